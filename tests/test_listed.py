"""What a review shows without pandas is what pandas would show, and a frame of it is the same rows."""

import pandas as pd
import pytest
from packages import ROOT

import zt_analysis as zt
from zt_analysis.errors import InputError
from zt_analysis.listed import Listed


@pytest.fixture(scope="module")
def review():
    return zt.case("2018-11", project=ROOT).review


@pytest.mark.slow
@pytest.mark.parametrize("what", ["claims", "figures", "relations"])
def test_it_is_shown_as_pandas_shows_it(review, what):
    listed = review.listed(what)
    with pd.option_context("display.max_colwidth", None):
        shown = listed.frame().to_html(index=False), listed.frame().to_string()
    assert len(listed.rows) > 30
    assert (listed._repr_html_(), repr(listed)) == shown
    frames = {"claims": review.table, "figures": review.figures_table, "relations": review.relations_table}
    assert frames[what]().equals(listed.frame())


def test_markup_in_a_cell_is_text_and_no_row_is_a_heading():
    listed = Listed(("a<b",), (("<script>x & y</script>",),))
    assert "&lt;script&gt;x &amp; y&lt;/script&gt;" in listed._repr_html_()
    assert (repr(Listed(("a", "b"), ())), len(Listed(("a", "b"), ()).frame())) == ("  a  b", 0)


@pytest.mark.slow
def test_what_is_not_there_is_refused_by_name(review):
    with pytest.raises(InputError, match=r"found .*; expected claims, figures, relations"):
        review.listed("figure")
