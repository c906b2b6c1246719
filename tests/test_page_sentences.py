"""Sentences of a page that name views: in the unit that texts print, with the word for a rise or fall."""

import pytest

from zt_analysis.indicators import find
from zt_analysis.office import office_of
from zt_analysis.reports.cards import Figures
from zt_analysis.reports.sentences import sentence
from zt_analysis.reports.words import Words

from packages import EXAMPLE  # isort: skip


def said(monkeypatch, text, exact, language="zh"):
    """``text`` as the page says it, of figures with these exact values."""
    monkeypatch.setattr("zt_analysis.reports.sentences.label", _label(text))
    with office_of(EXAMPLE).active():
        records = [
            {"key": f"{find(name).id}@2019", "indicator": find(name).id, "at": "2019", "scope": {}, "exact": value,
             "unit": find(name).unit, "display": {"zh": f"{value}!", "en": f"{value}!"}}
            for name, value in exact.items()
        ]  # fmt: skip
        ledger = {"figures": records, "verdicts": [], "relations": [], "package": {}, "case": {"base_on": "2018-12-31"}}
        found = sentence("said", Figures(ledger, Words(language)), {})
        return None if found is None else found.striptags()


def _label(text):
    from zt_analysis.terms import label

    return lambda key, language: text if key == "said" else label(key, language)


@pytest.mark.parametrize(
    ("text", "exact", "zh", "en"),
    [
        ("{primary_pupils|万人}", {"primary_pupils": "105612358"}, "10561.24万人", "105612358!"),
        ("{change( primary_schools )|moved}", {"change(primary_schools)": "-1663"}, "减少1663所", "down 1,663 schools"),
        ("{change(primary_pupils)|万人|moved}", {"change(primary_pupils)": "2219817"}, "增加221.98万人",
         "up 2,219,817 persons"),
        # what rounds to nothing in the unit that is printed has not moved
        ("{change(primary_pupils)|万人|moved}", {"change(primary_pupils)": "-49"}, "持平", "down 49 persons"),
        ("{growth(primary_pupils)|moved}", {"growth(primary_pupils)": "1/47"}, "增长2.13%", "up 2.13%"),
        ("{growth(primary_pupils)|moved}", {"growth(primary_pupils)": "-1/47"}, "下降2.13%", "down 2.13%"),
        ("{growth(primary_pupils)}", {"growth(primary_pupils)": None}, None, None),
        ("{growth(primary_pupils)}", {}, None, None),
    ],
)  # fmt: skip
def test_a_view_in_a_sentence(monkeypatch, text, exact, zh, en):
    assert said(monkeypatch, text, exact) == zh
    assert said(monkeypatch, text, exact, "en") == en


def test_a_unit_that_is_none_of_the_figure_is_refused(monkeypatch):
    from zt_analysis.errors import InputError

    with pytest.raises(InputError, match="万人"):
        said(monkeypatch, "{primary_schools|万人}", {"primary_schools": "5"})
