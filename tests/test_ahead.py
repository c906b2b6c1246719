"""What a batch forks from is begun while its command still looks at the cases, and only where one has to be run."""

import psutil
import pytest

from zt_analysis.runs import ahead


def below():
    return [one for one in psutil.Process().children() if one.status() != psutil.STATUS_ZOMBIE]


@pytest.fixture
def outputs(tmp_path):
    for case in ("a", "b"):
        (tmp_path / "outputs" / case).mkdir(parents=True)
        (tmp_path / "outputs" / case / "run.json").write_text("{}")
    return tmp_path / "outputs"


@pytest.mark.parametrize(
    ("cases", "force", "some"),
    [
        (["a", "b"], False, False),
        (["a", "b"], True, True),
        (["a", "new"], False, True),
        (["a", "x" * 300], False, True),
        (["new"], False, False),
        (["new", "new"], True, False),
        ([], True, False),
    ],
)
def test_begun_where_several_are_typed_and_one_has_to_be_run(outputs, cases, force, some):
    before = below()
    with ahead.begun(outputs.parent, cases, outputs, force=force):
        assert (len(below()) > len(before)) == some
    assert below() == before


def test_what_was_begun_is_taken_once_and_by_its_project(outputs, tmp_path):
    with ahead.begun(outputs.parent, ["a", "new"], outputs, force=False):
        (process,) = [kernels.process.pid for kernels, _ in ahead._begun.values()]
        other = ahead.take(tmp_path / "outputs")
        taken = ahead.take(outputs.parent)
        again = ahead.take(outputs.parent)
    found = [kernels.process.pid for kernels, _ in (other, taken, again)]
    assert found[1] == process
    assert len(set(found)) == 3
    for pair in (other, taken, again):
        for one in reversed(pair):
            one.kill()
