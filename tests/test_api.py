"""The public names: typed, documented, each with an example that runs on the shipped project."""

import ast
import doctest
import re
from types import ModuleType

import pytest
from packages import ROOT

import zt_analysis
from zt_analysis import drawing
from zt_analysis.office import office_of
from zt_analysis.opened.defining import forget

DOCUMENT = ROOT / "docs" / "api.md"


def test_every_public_name_is_documented_with_an_example_of_it():
    sections = re.split(r"^## ", DOCUMENT.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    documented = {
        name for one in sections for name in re.findall(r"`zt\.(\w+)`", one.splitlines()[0])
        if re.search(rf">>> .*\bzt\.{name}\b", one)
    }  # fmt: skip
    assert documented == set(zt_analysis.__all__)


def test_every_name_that_charts_are_drawn_with_is_in_an_example():
    text = DOCUMENT.read_text(encoding="utf-8").partition("# The charts of an office")[2]
    shown = {
        name for line in re.findall(r"^(?:>>>|\.\.\.) .*", text, re.M) for name in re.findall(r"\bdrawing\.(\w+)", line)
    }
    assert shown | {"Said"} >= set(drawing.__all__)
    assert "`Said`" in text


@pytest.mark.thorough
@pytest.mark.slow
def test_every_example_gives_what_it_says(monkeypatch):
    monkeypatch.chdir(ROOT)
    found = doctest.testfile(str(DOCUMENT), module_relative=False, encoding="utf-8")
    forget(office_of(ROOT))
    assert (found.failed, found.attempted > 15) == (0, True)


def test_a_type_checker_sees_every_public_name():
    stub = ast.parse((ROOT / "zt_analysis" / "__init__.pyi").read_text(encoding="utf-8"))
    typed = {
        name.asname: (node.module, name.name)
        for node in stub.body if isinstance(node, ast.ImportFrom) and node.module != "typing" for name in node.names
    }  # fmt: skip
    assert set(typed) == set(zt_analysis.__all__)
    for name, (module, there) in typed.items():
        found = getattr(__import__(module, fromlist=[there]), there)
        public = getattr(zt_analysis, name)
        # a module of the same name, which can be called
        assert found is (public.__wrapped__ if isinstance(public, ModuleType) else public)
