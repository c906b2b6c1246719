"""A figure that an office states by parts of its own, whatever the dimension is called."""

import json

import commands
import pytest

pytestmark = pytest.mark.slow

PLANTED = "z,soft,figures,,,,pupils(town_code=t9) <= pupils,题,t\n"
HEAD = 'words=("在校生|在校学生",), headline=True'


@pytest.fixture
def root(tmp_path):
    assert commands.zt("init", "mine", cwd=tmp_path).returncode == 0
    return tmp_path / "mine"  # each its own: an office is imported once in a process


def state(root, said):
    file = root / "office/indicators.py"
    text = file.read_text(encoding="utf-8")
    start = text.index(HEAD)
    file.write_text(text[: start + len(HEAD)] + said + text[text.index(")\n", start + len(HEAD)) :], encoding="utf-8")


def records(root):
    done = commands.zt("figures", "2025", "--format", "json", cwd=root)
    assert done.returncode == 0, done.stderr
    return {one["key"]: one["display"] for one in json.loads(done.stdout)}


@pytest.mark.slow
def test_its_parts_are_stated_at_both_dates_and_tied(root):
    state(root, ', stated_by={"town_code": ("t01", "t03")}')
    found = records(root)
    assert found["pupils[town_code=t01]@2025-09-20"] == "4068人"
    assert found["pupils[town_code=t03]@2024-09-20"] == "1890人"
    assert "pupils[town_code=t02]@2025-09-20" not in found
    (root / "one.txt").write_text("桃园镇、石桥乡在校生分别为4068人、1822人。", encoding="utf-8")
    done = commands.zt("tie", "one.txt", "--case", "2025", cwd=root)
    assert "tied 2; excused 0; unproven 0; " in done.stdout, done.stdout


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ('{"town_code": ("t01", "t99")}', "stated_by; found town_code=t99; expected t01, t02, t03"),
        ('{"town_code": "t01"}', "stated_by; found {'town_code': 't01'}; expected codes by dimension"),
    ],
)
def test_a_part_that_is_none_is_no_figure_of_nothing(root, said, expected):
    state(root, f", stated_by={said}")
    done = commands.zt("figures", "2025", cwd=root)
    assert done.returncode == 2
    assert expected in done.stderr


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("office/relations/statements.csv", "towns_add_up,", PLANTED + "towns_add_up,",
         "office/relations/statements.csv, row 3 (z), statement; found town_code=t9; expected t01, t02, t03"),
        ("data/demo/claims/2025.csv", "town_code=t01", "town_code=t04",
         "claim pupils.t01, column 'scope'; found town_code=t04; expected t01, t02, t03"),
    ],
)  # fmt: skip
def test_a_relation_and_a_claim_of_a_part_that_is_none_are_refused(root, file, old, new, said):
    path = root / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    done = commands.zt("check", "2025", cwd=root)
    assert done.returncode == 2
    assert said in done.stderr
