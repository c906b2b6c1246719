"""Signed from the page: a review is bound to its values, void when they move, and one person has one role."""

import json
import shutil

import pytest
from bs4 import BeautifulSoup
from commands import zt
from playwright.sync_api import sync_playwright

from zt_analysis.reports.pdf import find_browser

pytestmark = pytest.mark.slow

CASE = "2025"


@pytest.fixture
def run(brief_once, tmp_path, monkeypatch):
    root = tmp_path / "brief"
    shutil.copytree(brief_once, root)
    monkeypatch.chdir(root)
    return root


@pytest.fixture(scope="module")
def agreed_once(brief_once, tmp_path_factory):
    """That project when its checker 王某 has agreed on the page; what the import said."""
    root = tmp_path_factory.mktemp("agreed") / "brief"
    shutil.copytree(brief_once, root)
    items = [
        {"id": one["data-item"], "sha256": one["data-sha256"], "remark": "看过原表"}
        for one in page_of(root).select("[data-item]")[:1]
    ]
    return root, items[0], imported(root, saved(root, items=items), 0)


@pytest.fixture
def agreed(agreed_once, tmp_path, monkeypatch):
    root = tmp_path / "brief"
    shutil.copytree(agreed_once[0], root)
    monkeypatch.chdir(root)
    return root


def page_of(root):
    return BeautifulSoup((root / "outputs" / CASE / "report.html").read_text(encoding="utf-8"), "html.parser")


def saved(root, name="review.json", **changes):
    """What the page saves when its first two items are ticked, with ``changes``; its file name."""
    page = page_of(root)
    items = [
        {"id": one["data-item"], "sha256": one["data-sha256"], "remark": ""} for one in page.select("[data-item]")[:2]
    ]
    said = {
        "schema": "zt-review/1", "case": CASE, "values_sha256": page.select_one("#review-form")["data-values"],
        "role": "checker", "by": "王某", "decision": "agree", "remark": "", "items": items,
    }  # fmt: skip
    (root / name).write_text(json.dumps(said | changes, ensure_ascii=False), encoding="utf-8")
    return name


def imported(root, name, code):
    done = zt("review", "import", name, cwd=root)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def changed(root):
    """A boarder more than was counted, sealed and run anew."""
    path = root / "data" / "demo" / "pupils.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    *rest, last = lines[-1].split(",")
    path.write_text("\n".join([*lines[:-1], ",".join([*rest, str(int(last) + 1)])]) + "\n", encoding="utf-8")
    assert zt("seal", "data/demo", cwd=root).returncode == 0
    assert zt("run", CASE, "--engine", "warm", cwd=root).returncode == 1


class TestAgreed:
    def test_it_signs_and_the_page_says_who_ticked_what(self, agreed_once):
        root, item, said = agreed_once
        assert "agreed to by 王某 as checker, 1 item ticked" in said
        shown = page_of(root).select_one("#review .reviews").get_text()
        assert "王某" in shown
        assert "看过原表" in shown
        assert item["id"].partition(":")[2] in shown
        assert zt("verify", CASE, cwd=root).returncode == 0

    def test_one_person_is_not_maker_and_checker(self, agreed):
        run = agreed
        before = (run / "outputs" / f"{CASE}.signoffs.json").read_bytes()
        assert "somebody else" in imported(run, saved(run, "again.json", role="maker", by="王 某\u200b"), 2)
        assert "somebody else" in imported(
            run, saved(run, "again.json", role="maker", decision="return", remark="请核对"), 2
        )
        assert (run / "outputs" / f"{CASE}.signoffs.json").read_bytes() == before

    @pytest.mark.thorough
    def test_two_are(self, agreed):
        imported(agreed, saved(agreed, "maker.json", role="maker", by="李某"), 0)

    def test_an_altered_output_is_not_agreed_to(self, run):
        name = saved(run)
        path = run / "outputs" / CASE / "figures.csv"
        path.write_text(path.read_text(encoding="utf-8") + "x", encoding="utf-8")
        assert "not as recorded" in imported(run, name, 2)
        assert not (run / "outputs" / f"{CASE}.signoffs.json").exists()


class TestVoid:
    @pytest.mark.thorough
    def test_a_value_that_moved_voids_it(self, agreed):
        """What was signed from the page, and what was ticked and not yet read in."""
        name = saved(agreed, "maker.json", role="maker", by="李某")
        changed(agreed)
        assert not page_of(agreed).select("#review .badge.good")
        assert "the agreement is void" in imported(agreed, name, 1)
        assert page_of(agreed).select("#review .badge.open")
        assert not page_of(agreed).select("#review .badge.good")


class TestReturned:
    def test_it_is_shown_and_no_signature(self, run):
        assert "returned by 王某" in imported(run, saved(run, decision="return", remark="第二个数请核对"), 0)
        page = page_of(run)
        assert "第二个数请核对" in page.select_one("#review").get_text()
        assert page.select("header .badge.bad")
        (entry,) = json.loads((run / "outputs" / f"{CASE}.signoffs.json").read_text(encoding="utf-8"))
        assert entry["decision"] == "return"
        listed = json.loads(zt("history", CASE, "--format", "json", cwd=run).stdout)
        assert listed[0]["signed"] == {}

    @pytest.mark.thorough
    def test_who_signs_later_answers_it(self, run):
        imported(run, saved(run, decision="return", remark="请核对"), 0)
        imported(run, saved(run, "again.json"), 0)
        assert not page_of(run).select("header .badge.bad")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"schema": "zt-review/2"}, "'zt-review/2'; expected a review of schema zt-review/1"),
        ({"case": "2031"}, "2031"),
        ({"case": "../2025"}, "the name of a case"),
        ({"role": "boss"}, "maker or checker"),
        ({"by": " \u200b"}, "nobody"),
        ({"by": 7}, "found int"),
        ({"decision": "perhaps"}, "agree or return"),
        ({"items": {}}, "a list"),
        ({"items": ["claim:1"]}, "item 1"),
        ({"items": [{"id": "claim:none", "sha256": "0"}]}, "'claim:none'"),
        ({"remark": "长" * 3000}, "3000 characters"),
        ({"decision": "return"}, "expected why it is returned"),
        ({"decision": "return", "remark": "。"}, "no word on a returned issue"),
    ],
)
@pytest.mark.part(2)
def test_what_is_no_review_is_refused(run, changes, said):
    assert said in imported(run, saved(run, **changes), 2)
    assert not (run / "outputs" / f"{CASE}.signoffs.json").exists()


def test_what_is_no_file_of_a_page_is_refused(run):
    assert "expected a file" in imported(run, "none.json", 2)
    for content, said in ((b"[]", "no schema"), (b"{", "no JSON"), (b"\xff\xfe", "no JSON"), (b"[" * 99999, "no JSON")):
        (run / "x.json").write_bytes(content)
        assert said in imported(run, "x.json", 2)


def test_what_is_recorded_is_not_recorded_again(agreed):
    run = agreed
    assert "signed by 王某 already" in imported(run, "review.json", 2)
    name = saved(run, role="maker", by="李某", decision="return", remark="请核对")
    imported(run, name, 0)
    assert "a review that is recorded already" in imported(run, name, 2)


@pytest.mark.thorough
@pytest.mark.needs("chromium")
def test_a_page_saves_what_is_imported(run):
    """In a real Chromium at the width of a phone, by keyboard: nothing is saved before it is complete."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"])
        page = found.new_page(viewport={"width": 400, "height": 800})
        page.goto((run / "outputs" / CASE / "report.html").as_uri())
        page.locator("#review-form button").click()
        assert page.locator("#review-form output").inner_text()
        box = page.locator("[data-item] [type=checkbox]").first
        box.focus()
        page.keyboard.press("Space")
        page.locator("#review-form li input").fill("对过台账")
        page.get_by_label("姓名").fill("赵某")
        page.get_by_label("身份").select_option("checker")
        page.get_by_label("同意").check()
        # of an issue that has to be explained: each open finding is ticked, or a remark says why
        ticked = page.locator("#review-form li").get_attribute("data-item")
        for opened, said in ((f"{ticked} relation:other", "签发前须说明"), (ticked, "")):
            page.locator("#review-form").evaluate("(form, opened) => { form.dataset.open = opened }", opened)
            if said:
                page.locator("#review-form button").click()
                assert said in page.locator("#review-form output").inner_text()
        with page.expect_download() as download:
            page.locator("#review-form button").press("Enter")
        assert download.value.suggested_filename == f"review-{CASE}.json"
        download.value.save_as(run / "review.json")
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
        found.close()
    assert "agreed to by 赵某 as checker, 1 item ticked" in imported(run, "review.json", 0)
    assert "对过台账" in page_of(run).select_one("#review .reviews").get_text()
