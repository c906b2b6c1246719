"""``frame.zt.browse()``: a table to sort and filter, drawn from the notebook alone, and one to read without script."""

import re
import sys

import pandas as pd
import pytest
from playwright.sync_api import expect
from test_browser import browser, opened  # noqa: F401  a fixture

import zt_analysis as zt  # noqa: F401  registers frame.zt
from zt_analysis.errors import InputError, MissingExtraError
from zt_analysis.opened import browsing, frames, handing

handing.register()
NAMES = ["甲县", "乙县", "丙<b>县", *(f"{number}县" for number in range(30))]
ROWS = pd.DataFrame({"code": map(str, range(33)), "name": NAMES, "value": range(100, 133)})
KNOWN = {"code": frames.head(hidden=True), "name": frames.head("县区"), "value": frames.head("在校生", unit="人")}


@pytest.fixture
def shown():
    return frames.named(ROWS, KNOWN, language="zh", title="在校生 2018")


@pytest.fixture
def html(shown, monkeypatch):
    monkeypatch.setitem(browsing._STATE, "drawn", False)
    return shown.zt.browse()._repr_html_()


@pytest.mark.slow
def test_it_says_what_the_figure_says_and_fetches_nothing(html):
    written = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), html[-20_000:])
    assert "在校生（人）" in written
    assert "搜索：" in written
    assert "itables.org" not in written
    assert re.findall(r"""(?:src|href)=["']?(?:https?:)?//|import\(["']http|@import""", html) == []
    assert 500_000 < len(html) < 1_500_000


def test_what_draws_it_is_there_once(shown, html):
    again = shown.zt.browse()
    assert len(again._repr_html_()) < 20_000
    assert repr(again) == repr(shown)


def test_more_than_a_page_holds_is_refused():
    with pytest.raises(InputError, match=r"found 100001 rows of 2 columns; expected at most 200000 cells"):
        pd.DataFrame({"a": range(100_001), "b": 0}).zt.browse()


def test_without_itables_it_says_what_to_install(shown, monkeypatch):
    monkeypatch.setitem(sys.modules, "itables", None)
    with pytest.raises(MissingExtraError, match=r'frame.zt.browse\(\).*pip install "zt-analysis\[lab\]"'):
        shown.zt.browse()


@pytest.mark.thorough
@pytest.mark.slow
@pytest.mark.parametrize("script", [True, False])
def test_in_a_browser(browser, html, tmp_path, script):  # noqa: F811
    path = tmp_path / "cell.html"
    path.write_text(f"<!doctype html><meta charset=utf-8><body>{html}", encoding="utf-8")
    page = opened(browser, path, java_script_enabled=script)
    expect(page.get_by_text("甲县").first).to_be_visible()
    if script:
        page.get_by_role("searchbox").first.fill("乙")
        expect(page.locator("tbody tr:visible")).to_have_count(1)
        page.get_by_role("searchbox").first.fill("")
        expect(page.locator("tbody tr:visible")).to_have_count(10)
        expect(page.locator("b", has_text="县")).to_have_count(0)
    assert [url for url in page.asked if not url.startswith(("data:", "file:", "blob:"))] == []
