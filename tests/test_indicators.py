"""Each indicator's docstring is its definition, and its example is run."""

import doctest

import pytest
from shipped import INDICATORS

from zt_analysis.units import UNITS


@pytest.mark.part(3)
@pytest.mark.parametrize("name", INDICATORS)
def test_docstring_example_holds(name):
    indicator = INDICATORS[name]
    parser = doctest.DocTestParser()
    module_globals = dict(indicator.function.__globals__) | {name: indicator}
    test = parser.get_doctest(indicator.function.__doc__, module_globals, name, None, None)
    assert test.examples, f"{name} has no example"
    outcome = doctest.DocTestRunner().run(test)
    assert outcome.failed == 0


@pytest.mark.parametrize("name", INDICATORS)
def test_definition_is_complete(name):
    indicator = INDICATORS[name]
    for section in ("Definition", "Formula", "NULL", "Source"):
        said = indicator.said(section)
        assert said["en"], f"{name}: no {section}"
        assert any("\u4e00" <= letter <= "\u9fff" for letter in said["zh"]), f"{name}: no {section} in Chinese"
    assert indicator.section("Unit")
    assert indicator.unit in UNITS
    assert indicator.label == {"zh": indicator.zh, "en": indicator.en}
    for needed, _ in indicator.inputs:
        assert needed in INDICATORS
