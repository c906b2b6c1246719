"""What a run or a batch asks for many times is made once, and is what it was made from."""

import json
import os
import subprocess
import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.sign import NotebookNotary
from nbformat.v4 import new_code_cell, new_notebook, new_output

from zt_analysis import contents
from zt_analysis.documents import prose
from zt_analysis.errors import InputError
from zt_analysis.jsons import laid_out
from zt_analysis.notebooks.trusting import notary
from zt_analysis.reports.escaping import _UNSEEN, visible, visible_everywhere
from zt_analysis.runs.definitions import Graph, graph_of
from zt_analysis.scanning.reading import values
from zt_analysis.sources import read_package
from zt_analysis.sources.descriptor import DESCRIPTOR

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=20,
)


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project whose files are old enough to be believed unchanged."""
    monkeypatch.setattr(contents, "SETTLED_NS", -1)
    office = tmp_path / "office"
    office.mkdir()
    (tmp_path / "zt.toml").write_text('office = "office"\n', encoding="utf-8")
    (office / "__init__.py").write_text("", encoding="utf-8")
    (office / "charts.py").write_text(
        "from helping import LIMIT\n\n\ndef shown():\n    return LIMIT\n", encoding="utf-8"
    )
    return tmp_path


def told(graph):
    """What the graph says of ``shown`` and all it leads to."""
    return graph.closure([("office/charts.py", "shown")]), graph.loaded, graph.effects()


def test_a_graph_is_kept_as_long_as_its_files_are_the_same(project):
    first = graph_of(project)
    before = told(first)
    assert graph_of(project) is first
    assert told(Graph(project)) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "helping.py").write_text("LIMIT = 9\n", encoding="utf-8"),
        lambda root: (root / "office" / "charts.py").write_text("def shown():\n    return 3\n", encoding="utf-8"),
        lambda root: (root / "office" / "more.py").write_text("AT = print(1)\n", encoding="utf-8"),
        lambda root: (root / "office" / "charts.py").unlink(),
        lambda root: ((root / "helping").mkdir(), (root / "helping" / "__init__.py").write_text("LIMIT = 1\n")),
    ],
)
def test_a_graph_is_made_anew_when_a_file_is_another_or_comes_or_goes(project, change):
    first = graph_of(project)
    before = told(first)
    change(project)
    found = graph_of(project)
    assert found is not first
    assert told(found) == told(Graph(project)) != before


def test_a_folder_named_like_a_module_becomes_one(project):
    (project / "helping.py").mkdir()
    first = graph_of(project)
    before = told(first)
    (project / "helping.py").rmdir()
    (project / "helping.py").write_text("LIMIT = 9\n", encoding="utf-8")
    assert told(graph_of(project)) == told(Graph(project)) != before


def test_a_file_that_cannot_be_parsed_is_told_although_a_graph_was_kept(project):
    graph_of(project)
    (project / "office" / "charts.py").write_text("def shown(:\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"office/charts\.py"):
        graph_of(project)


@pytest.mark.thorough
@given(JSON)
def test_json_is_laid_out_as_python_lays_it_out(value):
    assert laid_out(value) == json.dumps(value, ensure_ascii=False, indent=1)
    assert laid_out(value, ordered=True) == json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)


def test_what_is_printable_has_nothing_unseen():
    printable = "".join(chr(code) for code in range(sys.maxunicode + 1) if chr(code).isprintable())
    assert len(printable) > 100_000
    assert not _UNSEEN.search(printable)


def test_what_is_not_seen_is_written_out_in_keys_and_texts():
    found = visible_everywhere({"a\u202e": ["b\u200b", {"plain": "镇雄县\u2028"}], "n": 3})
    assert found == {"a〈U+202E〉": ["b〈U+200B〉", {"plain": "镇雄县〈U+2028〉"}], "n": 3}
    assert visible("line\nline") == "line\nline"


class Own(dict):
    """A mapping of another library, as nbformat's are."""


def test_every_text_and_number_of_nested_values_is_given_with_its_place():
    value = {"a": [Own(b="x"), True, None, 2.5, ["y"]], "c": "<p>z</p>"}
    found = list(values(value, "", ""))
    assert found == [
        ("", "", "a"), ("a[0]", "", "b"), ("a[0].b", "b", "x"), ("a[3]", "a", "2.5"), ("a[4][0]", "a", "y"),
        ("", "", "c"), ("c", "c", "<p>z</p>"), ("c", "c", "|z|"),
        ("c", "c", "<p>z</p>"),
    ]  # fmt: skip
    assert list(values("x", "at", "k")) == [("at", "k", "x")]


def test_a_package_read_again_is_what_is_declared_now(tmp_path):
    declared = {
        "name": "p", "title": "t", "synthetic": True,
        "resources": [{"name": "one", "path": "one.csv", "hash": "sha256:00",
                       "schema": {"fields": [{"name": "a", "type": "string"}]}}],
    }  # fmt: skip
    (tmp_path / DESCRIPTOR).write_text(json.dumps(declared), encoding="utf-8")
    (tmp_path / "one.csv").write_text("a\n1\n", encoding="utf-8")
    first = read_package(tmp_path)
    seen = first.tables["one"].sha256
    (tmp_path / "one.csv").write_text("a\n2\n", encoding="utf-8")
    again = read_package(tmp_path)
    assert first.tables["one"] == again.tables["one"]
    assert again.tables["one"].sha256 != seen
    declared["resources"][0]["schema"]["fields"][0]["type"] = "integer"
    time.sleep(0.01)
    (tmp_path / DESCRIPTOR).write_text(json.dumps(declared), encoding="utf-8")
    assert read_package(tmp_path).tables["one"].columns[0].type == "integer"


@pytest.mark.thorough
@pytest.mark.slow
def test_papermill_of_a_run_looks_for_nothing_that_others_registered():
    said = (
        "import sys\nfrom zt_analysis.notebooks.libraries import papermill\n"
        "import zt_analysis.notebooks.libraries, importlib.metadata\n"
        "found = papermill()\nassert 'entrypoints' not in sys.modules\n"
        "import entrypoints\nassert entrypoints.get_group_all('console_scripts')\n"
        "print(found.engines.papermill_engines.get_engine('nbclient').__name__)\n"
    )
    environment = os.environ | {"PYTHONWARNINGS": "ignore"}
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == "NBClientEngine"


def test_spaces_of_prose_are_those_that_separate():
    separating = {code for code in range(0x80, 0x10000) if unicodedata.category(chr(code)).startswith("Z")}
    assert {code for code, text in prose._plain_characters().items() if text == " "} == separating
    assert 0x3000 in separating


@pytest.mark.parametrize("text", ["数字核对", "a" * 5000, ""])
def test_a_notebook_is_signed_as_jupyter_signs_it(tmp_path, text):
    cell = new_code_cell(text, outputs=[new_output("display_data", {"application/json": {"b": [1, None, 2.5, text]}})])
    notebook = new_notebook(cells=[cell], metadata={"signature": "sha256:0"})
    ours, theirs = notary()(data_dir=str(tmp_path)), NotebookNotary(data_dir=str(tmp_path))
    ours.sign(notebook)
    assert theirs.check_signature(notebook)
    assert ours.compute_signature(notebook) == theirs.compute_signature(notebook)
    assert notebook.metadata["signature"] == "sha256:0"
    cell.source += "0"
    assert not theirs.check_signature(notebook)
