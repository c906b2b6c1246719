"""JupyterLab as a person uses it, in a real Chromium: run all, edit, save, complete, look at a report, hand it out."""

import contextlib
import json
import os
import re
import subprocess
from pathlib import Path

import lab_server
import pytest
from commands import zt
from playwright.sync_api import TimeoutError, expect
from test_browser import browser  # noqa: F401  a fixture

from conftest import copy_folder

pytestmark = [pytest.mark.slow, pytest.mark.thorough]
PICTURES = os.environ.get("ZT_PICTURES", "")
ENDED = """() => {
  const found = window.jupyterapp.shell.currentWidget, cells = [...found.content.model.cells];
  const code = cells.filter(one => one.type === 'code');
  return code.every(one => one.executionCount !== null) && found.sessionContext.session.kernel.status === 'idle';
}"""
OUTPUTS = """() => [...window.jupyterapp.shell.currentWidget.content.model.cells].filter(one => one.type === 'code')
  .map(one => one.outputs.toJSON())"""


def git(root, *words):
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.invalid"]
    return subprocess.run(["git", *identity, *words], cwd=root, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def at_home(tmp_path_factory, finished):
    """The shipped project with three cases run, committed, and a JupyterLab on it; its notebooks are this user's."""
    root = tmp_path_factory.mktemp("home") / "project"
    copy_folder(finished, root)
    (root / ".gitignore").write_text("explore/\n.ipynb_checkpoints/\n.kept/\ndata/\n", encoding="utf-8")
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "as it was")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_DATA_DIR", str(root.parent / "jupyter-data"))
        assert zt("run", "2018-W45", "--force", cwd=root).returncode == 0
    git(root, "add", "-A")
    git(root, "commit", "-qm", "run here", "--allow-empty")
    exposed = "--LabApp.expose_app_in_browser=True"
    with lab_server.running(root, exposed, variables={"LC_ALL": "C.UTF-8"}) as lab:
        yield root, lab


def opened(browser, lab, path, size=(1280, 900)):  # noqa: F811
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.goto(lab.page(f"lab/tree/{path}?reset"))
    page.wait_for_function("() => window.jupyterapp && window.jupyterapp.shell.currentWidget", timeout=90_000)
    return page


def command(page, name, **given):
    return page.evaluate("([name, given]) => window.jupyterapp.commands.execute(name, given)", [name, given])


def save(page):
    """Saved, as a person sees it by the mark on the tab.

    JupyterLab passes over Ctrl+S while the checkpoint of the save before is still being made: a person presses again.
    """
    saved = "() => !window.jupyterapp.shell.currentWidget.context.model.dirty"
    for _ in range(20):
        page.keyboard.press("Control+s")
        with contextlib.suppress(TimeoutError):
            page.wait_for_function(saved, timeout=5_000)
            return
    pytest.fail("not saved after twenty times Ctrl+S: " + str(page.locator(".jp-Dialog").all_inner_texts()))


def picture(page, name):
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"))


@pytest.fixture(scope="module")
def explored(browser, at_home):  # noqa: F811
    """explore.ipynb open, every cell run."""
    _, lab = at_home
    page = opened(browser, lab, "notebooks/explore.ipynb")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
    page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget.sessionContext?.session?.kernel?.status === 'idle'", timeout=60_000
    )
    command(page, "notebook:run-all-cells")
    page.wait_for_function(ENDED, timeout=120_000)
    yield page
    page.context.close()


def test_runs_edits_and_saves_without_a_difference(at_home, explored):
    root, _ = at_home
    page = explored
    outputs = page.evaluate(OUTPUTS)
    assert [one for cell in outputs for one in cell if one["output_type"] == "error"] == []
    assert sum(bool(cell) for cell in outputs) >= 15
    save(page)
    assert git(root, "status", "--porcelain") == ""
    # outputs are on the screen, not on the disk
    assert sum(bool(cell) for cell in page.evaluate(OUTPUTS)) >= 15
    page.locator(".jp-OutputArea-output table").first.wait_for()
    assert not json.loads((root / "notebooks/explore.ipynb").read_text(encoding="utf-8"))["cells"][5]["outputs"]
    # a cell is edited: the difference is its line alone; taken back, there is none
    editor = page.locator(".jp-CodeCell .cm-content").nth(1)
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n# looked at")
    save(page)
    changed = [line for line in git(root, "diff", "-U0").splitlines() if re.match(r"[+-](?![+-])", line)]
    assert changed == ['-    "book"', '+    "book\\n",', '+    "# looked at"']
    assert sum(bool(cell) for cell in page.evaluate(OUTPUTS)) >= 15
    for _ in range(12):
        page.keyboard.press("Backspace")
    save(page)
    assert git(root, "status", "--porcelain") == ""
    assert [zt("verify", case, cwd=root).returncode for case in ("2018-11", "2018-W45")] == [0, 0]


def test_no_name_of_a_fact_is_broken(explored):
    """JupyterLab gives the terms of a list a fifth of the width, which of a narrow column is one character."""
    heights = explored.evaluate(
        "() => [...document.querySelectorAll('.zt-out dt')].map(one => one.getBoundingClientRect().height)"
    )
    assert len(heights) > 3
    assert max(heights) < 30


def test_names_are_offered_within_figure(explored):
    page = explored
    command(page, "notebook:insert-cell-below")
    page.keyboard.press("Enter")
    page.keyboard.type('book.figure("失辍学')
    page.keyboard.press("Tab")
    offered = page.locator(".jp-Completer-item")
    offered.first.wait_for(timeout=20_000)
    names = offered.all_inner_texts()
    assert any("失辍学率" in one for one in names)
    assert any("失辍学人数" in one for one in names)
    picture(page, "completion")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    command(page, "notebook:delete-cell")


# what is typed, then what is taken of what Tab offers; the cell is run where nothing more is typed
QUESTION = [
    [("import zt_analysis as zt", "")],
    [("book = zt.", "case"), ('("2018-11")', "")],
    [
        ("rows = book.", "figure"),
        ('("失辍', "失辍学人数"),
        ('", ', "county="),
        ('"镇', "镇雄县"),
        ('").', "rows"),
        ("()", ""),
    ],
    [("old = rows[rows.", "opened_on"), (' < "2018-10-09"]', "")],
    [("old.gr", "groupby"), ('("', "township_code"), ('").si', "size"), ("().sum()", "")],
]
TYPED = """() => window.jupyterapp.shell.currentWidget.content.activeCell.model.sharedModel.source"""


def test_a_new_question_is_answered_by_what_tab_offers(browser, at_home):  # noqa: F811
    """How many of 镇雄's open cases are over 30 days old: the words of the case are taken from the lists alone."""
    root, lab = at_home
    (root / "explore").mkdir(exist_ok=True)
    page = opened(browser, lab, "notebooks/explore.ipynb")
    made = command(page, "docmanager:new-untitled", path="explore", type="notebook")["path"]
    page.evaluate(
        """async path => { await window.jupyterapp.commands.execute(
          'docmanager:open', {path, kernel: {name: 'python3'}}); }""",
        made,
    )
    page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget.sessionContext?.session?.kernel?.status === 'idle'", timeout=60_000
    )
    page.locator(".jp-Notebook:visible .cm-content").first.click()
    page.wait_for_timeout(500)
    for cell in QUESTION:
        for typed, taken in cell:
            page.keyboard.type(typed)
            if taken:
                take(page, taken)
        page.keyboard.press("Shift+Enter")
        page.wait_for_function(ENDED.replace("code.every", "code.slice(0, -1).every"), timeout=60_000)
    picture(page, "a-new-question")
    shown = [one["data"]["text/plain"] for cell in page.evaluate(OUTPUTS) for one in cell if "data" in one]
    assert shown[-1] == "np.int64(1152)"
    page.context.close()


def take(page, taken):
    """Press Tab and take ``taken``; again where the tables are still being read when JupyterLab has waited enough."""
    before = page.evaluate(TYPED)
    offered = page.locator(".jp-Completer:not(.lm-mod-hidden) .jp-Completer-match")
    for _ in range(4):
        page.keyboard.press("Tab")
        with contextlib.suppress(TimeoutError):
            offered.first.wait_for(timeout=9_000)
            break
    for _ in range(offered.all_inner_texts().index(taken)):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_function(
        f"([before, taken]) => ({TYPED})() !== before && ({TYPED})().endsWith(taken)", arg=[before, taken]
    )


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_reads_in_either_theme(explored, theme):
    page = explored
    command(page, "apputils:change-theme", theme=theme)
    page.wait_for_function("name => document.body.dataset.jpThemeName === name", arg=theme, timeout=30_000)
    contrasts = page.evaluate(CONTRASTS)
    assert len(contrasts) > 50
    assert [one for one in contrasts if one[0] < 4.5][:5] == []
    for number in (3, 6, 7, 9, 12, 17):
        page.evaluate("n => window.jupyterapp.shell.currentWidget.content.scrollToItem(n)", number)
        page.wait_for_timeout(300)
        picture(page, f"{theme.split()[1].lower()}-{number}")


# of every text in outputs: its contrast with the first ground behind it that is not transparent
CONTRASTS = """() => {
  const parsed = words => words.match(/[\\d.]+/g).map(Number);
  const line = one => one <= .03928 ? one / 12.92 : ((one + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => [r, g, b].map(one => line(one / 255))
    .reduce((sum, one, at) => sum + one * [.2126, .7152, .0722][at], 0);
  const ground = one => {
    for (; one; one = one.parentElement) {
      const found = parsed(getComputedStyle(one).backgroundColor);
      if (found.length < 4 || found[3] > .9) return found;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const one of document.querySelectorAll('.jp-OutputArea-output :is(td, th, caption, p, code, text, span, b)')) {
    if (!one.textContent.trim() || !one.getClientRects().length || one.closest('.cm-editor')) continue;
    const style = getComputedStyle(one), ink = one.tagName === 'text' ? style.fill : style.color;
    if (!/^rgb/.test(ink)) continue;
    const [a, b] = [light(parsed(ink)), light(ground(one))].sort((x, y) => y - x);
    found.push([Math.round(100 * (a + .05) / (b + .05)) / 100, one.tagName, one.textContent.trim().slice(0, 40), ink]);
  }
  return found;
}"""


def test_no_style_of_an_answer_reaches_the_interface(browser, at_home, explored):  # noqa: F811
    """The fonts, colours and lines of JupyterLab's own parts are the same with answers on the screen as without."""
    _, lab = at_home
    command(explored, "apputils:change-theme", theme="JupyterLab Light")
    explored.wait_for_timeout(500)
    bare = opened(browser, lab, "notebooks/bulletin.ipynb")
    bare.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
    parts = [".jp-Toolbar", ".lm-MenuBar", ".jp-DirListing", ".jp-MarkdownOutput", ".jp-InputArea-editor", "body"]
    look = """parts => parts.map(name => { const s = getComputedStyle(document.querySelector(name));
      return [name, s.fontFamily, s.fontSize, s.color, s.lineHeight, s.margin, s.borderTopWidth]; })"""
    for name in parts:  # each is drawn in its own time
        bare.locator(name).first.wait_for(state="attached", timeout=60_000)
    assert explored.evaluate(look, parts) == bare.evaluate(look, parts)
    bare.context.close()


def test_what_was_published_shows_its_charts_and_is_not_saved(browser, at_home):  # noqa: F811
    root, lab = at_home
    page = opened(browser, lab, "outputs/2018-W45/weekly.ipynb")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
    page.wait_for_function("() => window.jupyterapp.shell.currentWidget.content.model.cells.length > 5")
    page.wait_for_timeout(1000)
    for number in range(page.evaluate("window.jupyterapp.shell.currentWidget.content.model.cells.length")):
        page.evaluate("n => window.jupyterapp.shell.currentWidget.content.scrollToItem(n)", number)
        page.wait_for_timeout(50)
    assert page.locator(".jp-RenderedSVG svg, .jp-RenderedSVG img").count() >= 1
    picture(page, "published")
    command(page, "notebook:insert-cell-below")
    page.keyboard.press("Control+s")
    dialog = page.locator(".jp-Dialog")
    dialog.wait_for(timeout=30_000)
    said = dialog.inner_text()
    picture(page, "refused")
    assert "outputs/ 里是已发布的结果" in said
    assert "explore/" in said
    assert git(root, "status", "--porcelain", "outputs") == ""
    assert zt("verify", "2018-W45", cwd=root).returncode == 0
    page.context.close()


def test_a_report_leads_on_and_is_taken_away(browser, at_home):  # noqa: F811
    _, lab = at_home
    page = opened(browser, lab, "outputs/2018-11/report.html")
    page.wait_for_selector("iframe", timeout=30_000)
    page.wait_for_function("() => document.querySelector('iframe').contentDocument?.querySelector('h1')")
    frame = page.query_selector("iframe").content_frame()
    # its script runs, and its files are taken away, where it is shown
    frame.locator(".tools input").nth(1).wait_for(state="attached")
    with page.expect_download() as taken:
        frame.locator("a[download$='.csv']").first.click()
    assert Path(taken.value.path()).read_bytes().startswith(b"\xef\xbb\xbf")
    picture(page, "report-in-lab")
    frame.locator("a[href='../index.html']").first.click()
    frame.get_by_role("heading", name="核对报告目录").wait_for()
    frame.locator("a[href='2018-W45/report.html']").first.click()
    frame.locator("a[href='../index.html']").first.wait_for()
    frame.locator(".keys .value a").first.click()
    expect(frame.locator("article:target, article:has(:target)")).to_have_count(1)
    with page.expect_download() as taken:
        frame.locator("a[download$='.xlsx']").first.click()
    assert Path(taken.value.path()).read_bytes().startswith(b"PK")
    page.context.close()


def test_a_page_that_runs_did_not_publish_runs_no_script(browser, at_home):  # noqa: F811
    """Neither as JupyterLab shows it, beside what was published, nor where it lies among it."""
    root, lab = at_home
    (root / "explore").mkdir(exist_ok=True)
    for place in ("explore/foreign.html", "outputs/foreign.html"):
        (root / place).write_text(
            "<h1>x</h1><script>document.querySelector('h1').textContent = 'ran'</script>", encoding="utf-8"
        )
        page = opened(browser, lab, place)
        page.wait_for_selector("iframe", timeout=30_000)
        frame = page.query_selector("iframe").content_frame()
        frame.locator("h1").wait_for()
        page.wait_for_timeout(500)
        assert frame.locator("h1").inner_text() == "x"
        page.context.close()
        (root / place).unlink()


def test_the_launcher_offers_the_notebooks_and_pages_of_the_project(browser, at_home):  # noqa: F811
    _, lab = at_home
    page = opened(browser, lab, "notebooks/explore.ipynb")
    command(page, "launcher:create")
    mine = page.locator(".jp-LauncherCard:visible")
    mine.get_by_text("bulletin", exact=True).wait_for(timeout=30_000)
    picture(page, "launcher")
    assert "This project" in page.locator(".jp-Launcher-sectionTitle:visible").all_inner_texts()
    assert mine.all_inner_texts()[-5:] == [
        "explore", "bulletin", "weekly", "Index of reports", "Catalogue of tables and figures",
    ]  # fmt: skip
    titles = page.locator(".jp-LauncherCard:visible[title*='教育兴昭简报：']")
    titles.click()
    page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget.context?.path === 'notebooks/bulletin.ipynb'", timeout=30_000
    )
    command(page, "launcher:create")
    mine.get_by_text("Index of reports").click()
    page.wait_for_selector("iframe:visible", timeout=30_000)
    frame = page.query_selector("iframe").content_frame()
    frame.get_by_role("heading", name="核对报告目录").wait_for()
    page.context.close()


def test_nobody_else_gets_what_is_published(browser, at_home):  # noqa: F811
    root, lab = at_home
    address = lab.page("files/outputs/2018-11/report.html").partition("?")[0]
    context = browser.new_context()
    answer = context.request.get(address)
    assert "/login" in answer.url
    page = context.new_page()
    page.goto(lab.page("lab"))
    (root / "outputs" / "foreign.html").write_text(
        "<script>document.title = 'ran'</script><h1>x</h1>", encoding="utf-8"
    )
    try:
        page.goto(address.replace("2018-11/report", "foreign"))
        assert page.locator("h1").inner_text() == "x"
        assert page.title() != "ran"
    finally:
        (root / "outputs" / "foreign.html").unlink()
    context.close()
