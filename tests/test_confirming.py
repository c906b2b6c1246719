"""Words that a person confirms: asked by a text, answered on the page or the terminal, known to the next draft."""

import csv
import io
import json

import docx
import pytest
from commands import zt
from packages import own_office
from playwright.sync_api import sync_playwright

from zt_analysis.reports.pdf import find_browser

OFFICE = "昭通市教育体育局"
HEAD = "office,words,number,sentence,means,figure,by"
DRAFT = "全市啊哈劝返复学1915人。受益学生743740人。受助学生女娃488235人。\n"


@pytest.fixture
def own(project):
    """A project whose office is its own: what is confirmed is written there."""
    own_office(project)
    (project / "draft.txt").write_text(DRAFT, encoding="utf-8")
    return project


def tied(root, *more, stdin=None):
    return zt("tie", "draft.txt", "--case", "2018-11", "--format", "json", *more, cwd=root, stdin=stdin)


def statuses(done):
    return {one["surface"]: one["status"] for one in json.loads(done.stdout)["ties"]}


def answers(root, *rows, name="words.csv"):
    (root / name).write_text("\n".join([HEAD, *rows, ""]), encoding="utf-8")
    return name


def confirmed(root):
    file = root / "office" / "words" / "texts" / "confirmed.csv"
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8")))) if file.exists() else []


def test_a_text_asks_for_its_unknown_words(own):
    done = tied(own)
    asked = {one["words"]: one for one in json.loads(done.stdout)["questions"]}
    assert set(asked) == {"啊哈", "受益学生", "女娃"}
    assert asked["啊哈"]["sentence"] == "全市啊哈劝返复学1915人。"
    assert (asked["啊哈"]["names"], asked["受益学生"]["names"]) == (False, True)
    # only figures that a number of persons can state
    assert "nutrition_students" in asked["受益学生"]["figures"]
    assert "aid_paid" not in asked["受益学生"]["figures"]


def test_what_a_person_says_is_written_and_the_next_draft_knows_it(own):
    name = answers(
        own,
        f"{OFFICE},啊哈,1915人,,nothing,,李某",
        f"{OFFICE},受益学生,743740人,,figure,nutrition_students,李某",
        f"{OFFICE},女娃,488235人,,narrows,,李某",
    )
    first = tied(own, "--confirm", name)
    assert statuses(first) == {"1915人": "agree", "743740人": "agree", "488235人": "unproven"}
    rows = confirmed(own)
    assert [(one["words"], one["means"], one["figure"], one["by"]) for one in rows] == [
        ("啊哈", "nothing", "", "李某"),
        ("受益学生", "figure", "nutrition_students", "李某"),
        ("女娃", "narrows", "", "李某"),
    ]  # fmt: skip
    assert all(len(one["on"]) == len("2018-11-15") for one in rows)
    # the next draft, another text of the same office, in a process of its own or not
    (own / "draft.txt").write_text("今年我市啊哈劝返复学1920人。女娃受助学生488235人。\n", encoding="utf-8")
    second = json.loads(tied(own).stdout)
    assert [one["status"] for one in second["ties"]] == ["differs", "unproven"]
    assert second["questions"] == []
    assert "已经人确认" in second["ties"][1]["reason"]["zh"]
    # once more: nothing is written twice
    again = tied(own, "--confirm", name)
    assert "0 of 3 words new" in again.stderr
    assert len(confirmed(own)) == 3


@pytest.mark.thorough
def test_a_page_asks_and_a_terminal_too(own):
    done = tied(own, "--html", "page.html")
    page = (own / "page.html").read_text(encoding="utf-8")
    assert 'data-office="昭通市教育体育局"' in page
    assert page.count("data-words=") == 3
    assert done.returncode == 1
    said = tied(own, "--confirm", "--by", "王某", stdin="nothing\nfigure\nnutrition_students\nskip\n")
    assert statuses(said) == {"1915人": "agree", "743740人": "agree", "488235人": "unproven"}
    assert [one["by"] for one in confirmed(own)] == ["王某", "王某"]


REFUSED = {
    "unknown figure": (["{o},受益学生,743740人,,figure,nutrition_pupils,李某"], "nutrition_students"),
    "no figure": (["{o},受益学生,743740人,,figure,,李某"], "indicator"),
    "figure of another unit": (["{o},受益学生,743740人,,figure,aid_paid,李某"], "743740人"),
    "figure beside nothing": (["{o},啊哈,1915人,,nothing,aid_paid,李某"], "figure"),
    "wrong kind": (["{o},啊哈,1915人,,whatever,,李某"], "nothing, narrows, figure, apart"),
    "twice": (["{o},啊哈,1915人,,nothing,,李某", "{o},啊哈,1915人,,narrows,,李某"], "each word once"),
    "another office's": (["昆明市教育局,啊哈,1915人,,nothing,,李某"], OFFICE),
    "nobody": (["{o},啊哈,1915人,,nothing,,"], "by name"),
    "a denial": (["{o},尚未,1915人,,nothing,,李某"], "denies"),
    "a place": (["{o},宣威市,1915人,,nothing,,李某"], "place"),
    "a time": (["{o},去年,1915人,,nothing,,李某"], "time"),
    "a character": (["{o},啊,1915人,,nothing,,李某"], "single character"),
    "a formula": (["{o},=cmd,1915人,,nothing,,李某"], "characters of text"),
    "two words": (["{o},啊|哈,1915人,,nothing,,李某"], "characters of text"),
    "no answer": (["{o},啊哈,1915人,,,,李某"], "no answer"),
    "a sentence with a number": (["{o},后来,1915人,后来又走了八百人。,apart,,李某"], "states a number"),
    "a sentence on numbers": (["{o},口径,1915人,以上为学校自报数。,apart,,李某"], "points at numbers"),
    "a sentence that corrects": (
        ["{o},有误,1915人,校对发现写错了，应予更正。,apart,,李某"],
        "whether numbers are right",
    ),
    "a sentence with a bare number": (["{o},应为,1915人,应为1920。,apart,,李某"], "states a number"),
    "a sentence with a wrong one": (["{o},说错,1915人,刚才说错了。,apart,,李某"], "whether numbers are right"),
    "a sentence on a picture": (["{o},比方,1915人,打个比方。,apart,,李某"], "whether numbers are right"),
    "a sentence on a table": (["{o},附表,1915人,详情见附表。,apart,,李某"], "points at numbers"),
    "a sentence of English": (["{o},number,1915人,The number is wrong.,apart,,李某"], "points at numbers"),
    "a sentence of a time alone": (["{o},去年,1915人,（去年）。,apart,,李某"], "when or where"),
    "a sentence of a place alone": (["{o},宣威市,1915人,宣威市的。,apart,,李某"], "when or where"),
    "no sentence": (["{o},喵喵,1915人,,apart,,李某"], "column 'sentence'"),
    "cells": (["{o},啊哈,1915人,,nothing,,李某,更多"], "cells"),
}


@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.part(6)
def test_an_answer_that_cannot_be_is_refused_and_nothing_is_written(own, case):
    rows, said = REFUSED[case]
    good = f"{OFFICE},女娃,488235人,,narrows,,李某"
    name = answers(own, *([] if case == "no answer" else [good]), *(row.format(o=OFFICE) for row in rows))
    done = tied(own, "--confirm", name)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert f"{name}" in done.stderr
    assert "Traceback" not in done.stderr
    assert confirmed(own) == []


@pytest.mark.thorough
def test_a_word_confirmed_otherwise_before_is_not_changed_in_silence(own):
    tied(own, "--confirm", answers(own, f"{OFFICE},啊哈,1915人,,nothing,,李某"))
    done = tied(own, "--confirm", answers(own, f"{OFFICE},啊哈,1915人,,narrows,,王某"))
    assert done.returncode == 2
    assert "李某" in done.stderr
    assert [one["means"] for one in confirmed(own)] == ["nothing"]


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "no column"), (b"\xff\xfe\x00", "UTF-8"), ("什么,都不是\n1,2\n".encode(), "no column")],
)
def test_a_file_that_is_none_of_answers_is_refused(own, content, said):
    (own / "words.csv").write_bytes(content)
    done = tied(own, "--confirm", "words.csv")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert tied(own, "--confirm", "none.csv").returncode == 2


def test_a_line_of_the_office_that_cannot_be_is_named(own):
    file = own / "office" / "words" / "texts" / "confirmed.csv"
    file.write_text("words,means,figure,by,on\n啊哈,figure,no_such,李某,2018-11-15\n", encoding="utf-8")
    done = tied(own)
    assert done.returncode == 2
    assert "confirmed.csv, line 2" in done.stderr


def test_comments_give_the_reason(own):
    made = docx.Document()
    made.add_paragraph(DRAFT.strip())
    made.save(own / "draft.docx")
    done = zt("tie", "draft.docx", "--case", "2018-11", "--comments", "out.docx", cwd=own)
    assert "3 comments" in done.stderr
    said = [one.text for one in docx.Document(own / "out.docx").comments]
    assert said[0] == "未证实; “啊哈”不在词表中，不能确认它不改变这个数的含义"


@pytest.mark.thorough
def test_a_page_saves_the_file_that_is_read(own):
    """In a real Chromium: without a name nothing is saved; the file it saves is one that --confirm takes."""
    tied(own, "--html", "page.html")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"])
        page = found.new_page(viewport={"width": 400, "height": 800})
        page.goto((own / "page.html").as_uri())
        page.locator("#confirm button").click()
        assert page.locator("#confirm output").inner_text()
        page.locator("#confirm li", has_text="啊哈").first.locator("[name=means]").select_option("nothing")
        second = page.locator("#confirm li[data-words=受益学生]")
        second.locator("[name=means]").select_option("figure")
        second.locator("[name=figure]").select_option("nutrition_students")
        page.locator("#confirm [name=by]").fill("赵某")
        with page.expect_download() as saved:
            page.locator("#confirm button").click()
        assert saved.value.suggested_filename == "words-2018-11.csv"
        saved.value.save_as(own / "saved.csv")
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
        found.close()
    assert statuses(tied(own, "--confirm", "saved.csv")) == {
        "1915人": "agree", "743740人": "agree", "488235人": "unproven",
    }  # fmt: skip
    assert {one["by"] for one in confirmed(own)} == {"赵某"}


@pytest.mark.thorough
def test_one_round_asks_for_every_unknown_word(own):
    text = "在集中行动中下发通告，派出队伍深入全市11个县区、300多户卡户学生家中，核看对象、归类落细到底。\n"
    (own / "draft.txt").write_text(text, encoding="utf-8")
    asked = json.loads(tied(own).stdout)["questions"]
    assert len(asked) > 5
    assert all(len(one["words"]) > 1 and one["words"] in text for one in asked)
    said = answers(own, *(f"{OFFICE},{one['words']},{one['number']},,nothing,,李某" for one in asked))
    found = json.loads(tied(own, "--confirm", said).stdout)
    assert [one["status"] for one in found["ties"]] == ["agree", "within_bound"]
    assert found["questions"] == []


@pytest.mark.parametrize("more", [("--by", "李某"), ("--confirm", "words.csv", "--by", "李某")])
def test_a_name_that_nobody_asks_for_is_refused(own, more):
    answers(own, f"{OFFICE},啊哈,1915人,,nothing,,王某")
    done = tied(own, *more)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--by" in done.stderr
    assert confirmed(own) == []


def test_a_pipe_confirms_nothing(own):
    done = zt("tie", "-", "--case", "2018-11", "--format", "jsonl", "--confirm", cwd=own, stdin='{"id":1,"text":"1人"}')
    assert done.returncode == 2
    assert "--confirm" in done.stderr


@pytest.mark.thorough
def test_the_words_of_another_sentence_are_asked_for_with_it(own):
    after = "全市劝返复学1915人。数据由喵喵平台导出。\n"
    (own / "draft.txt").write_text(after, encoding="utf-8")
    done = tied(own)
    (asked,) = json.loads(done.stdout)["questions"]
    assert asked["sentence"] == "数据由喵喵平台导出。"
    assert asked["words"] in asked["sentence"]
    assert asked["figures"] == []  # it names no figure of the number before it
    assert statuses(done)["1915人"] == "unproven"
    said = answers(own, f"{OFFICE},{asked['words']},1915人,{asked['sentence']},nothing,,李")
    assert statuses(tied(own, "--confirm", said))["1915人"] == "agree"
    # what takes a number back is nothing to confirm
    (own / "draft.txt").write_text("全市劝返复学1915人。以上为去年数。\n", encoding="utf-8")
    assert json.loads(tied(own).stdout)["questions"] == []


@pytest.mark.thorough
def test_the_words_of_a_heading_are_asked_for_with_it(own):
    (own / "draft.txt").write_text("喵喵平台专页\n\n全市劝返复学1915人。\n", encoding="utf-8")
    asked = json.loads(tied(own).stdout)["questions"]
    assert [one["sentence"] for one in asked][:1] == ["喵喵平台专页"]


BESIDE = "县领导冒雨进了村。全市劝返复学1915人。食堂阿姨寒假前还要再学一道喵喵菜。下一步，各校将先补课、再跟班。\n"


def test_a_sentence_beside_is_said_to_be_of_another_thing_once(own):
    """Whatever its words: some could be said of the number, and cannot be said to change nothing."""
    (own / "draft.txt").write_text(BESIDE, encoding="utf-8")
    assert statuses(tied(own)) == {"1915人": "unproven"}
    asked = json.loads(tied(own).stdout)["questions"]
    said = ["食堂阿姨寒假前还要再学一道喵喵菜。", "下一步，各校将先补课、再跟班。", "县领导冒雨进了村。"]
    assert [one["sentence"] for one in asked] == said
    assert all("apart" in one["means"] for one in asked)
    rows = (f"{OFFICE},{one['words']},{one['number']},{one['sentence']},apart,,李某" for one in asked)
    assert statuses(tied(own, "--confirm", answers(own, *rows))) == {"1915人": "agree"}
    assert [(one["words"], one["means"], one["by"]) for one in confirmed(own)] == [
        (one, "apart", "李某") for one in said
    ]
    # each as it stands, wherever it does, and no other
    for text, status in (
        ("全市上门送教823人。下一步，各校将先补课、再跟班。", "agree"),
        ("全市上门送教823人。 下一步，各校将先补课、\n再跟班。", "agree"),
        ("全市上门送教823人。下一步，各校将先补课、再跟班，寒假前补完。", "unproven"),
        ("全市上门送教824人。下一步，各校将先补课、再跟班。", "differs"),
        ("全市上门送教823人。以上为会泽县数据。下一步，各校将先补课、再跟班。", "unproven"),
    ):
        (own / "draft.txt").write_text(f"{text}\n", encoding="utf-8")
        assert (text, *statuses(tied(own)).values()) == (text, status)


def by_hand(root, *sentences):
    file = root / "office" / "words" / "texts" / "confirmed.csv"
    rows = (f"{one},apart,,李某,2018-11-15" for one in sentences)
    file.write_text("\n".join(["words,means,figure,by,on", *rows, ""]), encoding="utf-8")


def test_a_line_written_by_hand_says_no_more_than_one_that_was_asked_for(own):
    by_hand(own, "应为1920。", "以上为会泽县数据。")
    (own / "draft.txt").write_text("全市劝返复学1915人。应为1920。\n", encoding="utf-8")
    assert statuses(tied(own))["1915人"] == "unproven"


def test_a_time_or_a_place_that_is_named_holds_for_what_follows(own):
    """Whatever is said of the rest of the sentence, and nobody is asked for what would change nothing."""
    for said in ("回头看去年。", "民办学校起步较晚。"):
        by_hand(own, said)
        (own / "draft.txt").write_text(f"{said}上门送教823人。\n", encoding="utf-8")
        done = tied(own)
        assert (said, statuses(done)["823人"], json.loads(done.stdout)["questions"]) == (said, "unproven", [])


def test_what_no_answer_can_hold_is_not_asked_for(own):
    (own / "draft.txt").write_text("全市劝返复学1915人。食堂阿姨要再学一道喵喵|菜。\n", encoding="utf-8")
    assert all("apart" not in one["means"] for one in json.loads(tied(own).stdout)["questions"])


def test_one_answer_given_twice_is_one(own):
    (own / "draft.txt").write_text("全市劝返复学1915人，啊哈。全市上门送教823人，啊哈。\n", encoding="utf-8")
    row = f"{OFFICE},啊哈,1915人,,nothing,,李某"
    assert tied(own, "--confirm", answers(own, row, row)).returncode in (0, 1)
    assert len(confirmed(own)) == 1


@pytest.mark.thorough
def test_a_page_saves_what_is_said_of_a_sentence(own):
    (own / "draft.txt").write_text(BESIDE, encoding="utf-8")
    tied(own, "--html", "page.html")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"])
        page = found.new_page()
        page.goto((own / "page.html").as_uri())
        for row in page.locator("#confirm li").all():
            row.locator("[name=means]").select_option("apart")
        page.locator("#confirm [name=by]").fill("赵某")
        with page.expect_download() as saved:
            page.locator("#confirm button").click()
        saved.value.save_as(own / "saved.csv")
        found.close()
    assert statuses(tied(own, "--confirm", "saved.csv")) == {"1915人": "agree"}
    assert [one["means"] for one in confirmed(own)] == ["apart"] * 3
