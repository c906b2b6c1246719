"""Drawings kept for the next run: the bytes that would be drawn, of what is shown, by this code; no others."""

import functools
import inspect
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import pytest
import wells

import zt_analysis
from zt_analysis import drawing, kept_texts
from zt_analysis.drawing import bars, before_after, changes, kept, lines, panels, rates, stock_and_flow, theme
from zt_analysis.drawing.panels import Panel

pytestmark = pytest.mark.slow  # it begins a project of its own

SHOWN = ("打井", ["甲", "乙"], [Panel("", [3.0, 1.0], ["3", "1"], theme.BLUE)])


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where they are kept, with a list of fonts as matplotlib leaves one."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("ZT_KEPT_ROWS", "on")
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path / "matplotlib"))
    (tmp_path / "matplotlib").mkdir()
    (tmp_path / "matplotlib/fontlist-v390.json").write_text("{}", encoding="utf-8")
    kept_texts._folder.cache_clear()
    yield tmp_path / "zt-analysis" / "svg"
    kept_texts._folder.cache_clear()


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    found = zt_analysis.case("2025", project=wells.project(tmp_path_factory.mktemp("wells")))
    with found._here():
        yield found


def counted(calls, draw):
    @functools.wraps(draw)
    def drawing_it(*shown):
        calls.append(shown)
        return draw(*shown)

    return drawing_it


def charts(book):
    days = [book.paper.period.at(book.paper.period.base_on), book.paper.period]
    return [
        bars(book.paper, book.tables, "water", "field_water", by="basin_code"),
        before_after(book.paper, book.tables, "field_share", by="basin_code", norms={"b1": wells.NORM}),
        lines(book.paper, book.tables, "water", periods=days),
        stock_and_flow(book.paper, book.tables, "wells", ("dug", "closed")),
        rates(book.paper, book.tables, "field_share", of=("field_water", "water"), by="basin_code"),
    ]


def test_a_chart_is_drawn_once_and_is_the_same(folder, book, monkeypatch):
    plain = [panels.draw(*SHOWN), *(one.svg for one in charts(book))]
    assert len(list(folder.iterdir())) == 5
    calls = []
    for module, name in ((changes, "_draw"), (rates_module(), "_draw"), (lines_module(), "_draw_lines"),
                         (lines_module(), "_draw_flow"), (bars_module(), "draw")):  # fmt: skip
        monkeypatch.setattr(module, name, counted(calls, getattr(module, name)))
    again = [one.svg for one in charts(book)]
    assert again == plain[1:]
    assert calls == []
    # what is kept is not shown for other numbers, words or settings
    monkeypatch.setitem(mpl.rcParams, "lines.linewidth", 9.0)
    charts(book)
    assert len(calls) == 5


def bars_module():
    return sys.modules["zt_analysis.drawing.bars"]


def rates_module():
    return sys.modules["zt_analysis.drawing.rates"]


def lines_module():
    return sys.modules["zt_analysis.drawing.lines"]


class TestNotTaken:
    @pytest.fixture
    def drawn(self, folder, book):
        """How often it is drawn, and the drawing; once before."""
        calls = []

        def again(*shown):
            svg = kept.drawn(book.tables, counted(calls, panels.draw), *(shown or SHOWN))
            return len(calls), svg

        first = again()
        assert again() == first
        assert first[0] == 1
        return again

    @pytest.mark.parametrize("change", [lambda text: text[: len(text) // 2], lambda text: text.replace(b"3", b"4"),
                                        lambda _: b"", lambda _: b"\xff\n<svg/>"])  # fmt: skip
    def test_when_cut_short_or_changed(self, folder, drawn, change):
        svg = drawn()[1]
        (path,) = folder.iterdir()
        path.write_bytes(change(path.read_bytes()))
        assert drawn() == (2, svg)
        assert drawn() == (2, svg)

    def test_for_other_numbers_names_or_colours(self, drawn):
        for place, other in enumerate((("打井!", *SHOWN[1:]), (SHOWN[0], ["甲", "丙"], SHOWN[2]),
                                       (*SHOWN[:2], [Panel("", [3.0, 1.1], ["3", "1"], theme.BLUE)]))):  # fmt: skip
            assert drawn(*other)[0] == place + 2

    def test_of_another_version(self, drawn, monkeypatch):
        monkeypatch.setattr(kept, "made_by", lambda: "another")
        assert drawn()[0] == 2

    def test_with_other_fonts_or_settings(self, folder, drawn, monkeypatch, tmp_path):
        (tmp_path / "matplotlib/fontlist-v390.json").write_text("{ }", encoding="utf-8")
        assert drawn()[0] == 2
        (tmp_path / "matplotlib/matplotlibrc").write_text("lines.linewidth: 9", encoding="utf-8")
        assert tmp_path / "matplotlib/matplotlibrc" in kept._places_of_settings()
        (tmp_path / "matplotlib/fontlist-v390.json").unlink()
        assert drawn()[0] == 3
        assert drawn()[0] == 4

    @pytest.mark.parametrize("word", ["off", "read"])
    def test_where_nothing_is_to_be_kept(self, drawn, monkeypatch, word):
        monkeypatch.setenv("ZT_KEPT_ROWS", word)
        assert drawn()[0] == 2

    def test_of_tables_that_name_persons(self, drawn, book, monkeypatch):
        monkeypatch.setattr(type(book.tables), "keeps", False)
        assert drawn()[0] == 2

    def test_when_pixels_are_wanted_too(self, drawn):
        with theme.renderings() as found:
            assert drawn()[0] == 2
        assert len(found) == 1

    def test_where_no_folder_can_be_written(self, folder, drawn):
        kept_texts._folder.cache_clear()
        folder.chmod(0o777)
        svg = drawn()[1]
        assert drawn() == (3, svg)


def test_what_decides_a_drawing_is_listed():
    """Every function of ours that drawing calls lies in a file whose bytes are part of a drawing's name."""
    base = Path(zt_analysis.__file__).parent
    listed = {path for one in kept.CODE for path in ([base / one] if "." in one else (base / one).glob("*.py"))}
    known, left = set(), [panels.draw, changes._draw, rates_module()._draw, lines_module()._draw_lines,
                          lines_module()._draw_flow]  # fmt: skip
    while left:
        function = inspect.unwrap(left.pop())
        if function in known:
            continue
        known.add(function)
        assert Path(inspect.getsourcefile(function)) in listed, function
        for name in function.__code__.co_names:
            one = function.__globals__.get(name) or getattr(theme, name, None)
            if inspect.isfunction(one) and one.__module__.startswith("zt_analysis"):
                left.append(one)
    assert len(known) > 20


@pytest.mark.thorough
def test_a_kept_chart_needs_no_matplotlib(folder, book):
    # alone, what the first drawing of a process kept is not found by another; from the second on it is
    kept.drawn(book.tables, panels.draw, *SHOWN)
    before = kept.drawn(book.tables, panels.draw, *SHOWN)
    text = (
        "import sys\nfrom types import SimpleNamespace\nfrom zt_analysis.drawing import kept, panels, theme\n"
        "shown = ('打井', ['甲', '乙'], [panels.Panel('', [3.0, 1.0], ['3', '1'], theme.BLUE)])\n"
        "svg = kept.drawn(SimpleNamespace(keeps=True), panels.draw, *shown)\n"
        "print([name for name in ('matplotlib', 'pandas') if name in sys.modules], len(svg))"
    )
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)
    assert done.stdout == f"[] {len(before)}\n"


def test_every_primitive_is_asked_through_it():
    found = [getattr(sys.modules[f"zt_analysis.drawing.{name}"], "drawn", None)
             for name in ("bars", "changes", "lines", "rates")]  # fmt: skip
    assert found == [kept.drawn] * 4
    assert drawing.theme is theme
