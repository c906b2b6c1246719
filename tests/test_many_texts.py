"""Several documents at once, a pipe of texts, and the same from Python: one answer each, in order."""

import json

import pytest
from commands import zt
from packages import ROOT

import zt_analysis

pytestmark = pytest.mark.slow

KEYS = ["id", "holds", "coverage", "remarks", "ties"]
TIE_KEYS = ["surface", "start", "end", "kind", "role", "status", "figure", "expected", "reason"]
TEXTS = {
    "right": "全市劝返复学1915人。",
    "wrong": "全市劝返复学1951人。",
    "other": "曲靖市劝返复学1915人。",
    "none": "没有数字。",
    "remark": "小学失辍学率从0.06%降至0.09%。",
}


def piped(*lines):
    return zt("tie", "-", "--case", "2018-11", "--format", "jsonl", cwd=ROOT, stdin="\n".join([*lines, ""]))


def test_each_line_is_answered_by_one_line_in_order():
    done = piped(*(json.dumps({"id": name, "text": text}) for name, text in TEXTS.items()), "")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [one["id"] for one in found] == list(TEXTS)
    assert all(list(one) == KEYS for one in found)
    assert all(list(tie) == TIE_KEYS for one in found for tie in one["ties"])
    for one in found:
        for tie in one["ties"]:
            assert TEXTS[one["id"]][tie["start"] : tie["end"]] == tie["surface"]
    right, wrong, other, none, remark = found
    assert (right["holds"], right["coverage"], right["ties"][0]["status"]) == (True, 1.0, "agree")
    assert right["ties"][0]["figure"] == "returned_students@2018-11-08"
    assert (wrong["holds"], wrong["ties"][0]["status"], wrong["ties"][0]["expected"]) == (False, "differs", "1915人")
    assert (other["holds"], other["ties"][0]["status"], other["ties"][0]["figure"]) == (False, "unproven", None)
    assert "曲靖" in other["ties"][0]["reason"]
    assert (none["holds"], none["coverage"], none["ties"]) == (False, 0.0, [])
    assert "direction" in [one["kind"] for one in remark["remarks"]]


def test_all_that_hold_end_with_0():
    done = piped('{"id": 1, "text": "全市劝返复学1915人。"}', '{"id": "乙", "text": "远程送教1208人。"}')
    assert done.returncode == 0
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [1, "乙"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("no json", "no JSON"),
        ('{"id": 1}', '"text"'),
        ('{"text": "1915人"}', '"id"'),
        ('{"id": 1, "text": 1915}', "text"),
        ('["id", "text"]', "text"),
        ('{"id": null, "text": "1915人"}', "id"),
        ('{"id": 1, "text": "a"} {"id": 2, "text": "b"}', "no JSON"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_answered(line, said):
    done = piped('{"id": 1, "text": "全市劝返复学1915人。"}', line)
    assert (done.returncode, done.stdout) == (2, "")
    assert "line 2" in done.stderr
    assert said in done.stderr


@pytest.mark.thorough
def test_the_same_from_python():
    book = zt_analysis.case("2018-11", project=ROOT)
    lines = [json.dumps({"id": name, "text": text}) for name, text in TEXTS.items()]
    for line, text in zip(piped(*lines).stdout.splitlines(), TEXTS.values(), strict=True):
        said, found = json.loads(line), book.tie(text)
        assert (found.holds, float(found.coverage)) == (said["holds"], said["coverage"])
        assert [(one.start, one.status) for one in found.ties] == [
            (one["start"], one["status"]) for one in said["ties"]
        ]


@pytest.fixture
def drafts(tmp_path):
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def many(folder, *names, form="json"):
    files = (str(folder / name) for name in names)
    return zt("tie", *files, "--case", "2018-11", "--format", form, cwd=ROOT)


@pytest.mark.thorough
def test_several_documents_are_tied_each_by_itself(drafts):
    done = many(drafts, "right.txt", "wrong.txt")
    first, second = json.loads(done.stdout)
    assert (first["document"], second["document"]) == ("right.txt", "wrong.txt")
    assert [one["ties"][0]["status"] for one in (first, second)] == ["agree", "differs"]
    assert done.returncode == 1
    table = many(drafts, "right.txt", "wrong.txt", form="table").stdout
    assert table.index("right.txt") < table.index("wrong.txt")


def test_one_that_cannot_be_read_loses_none_of_the_others(drafts):
    (drafts / "broken.docx").write_bytes(b"no zip")
    done = many(drafts, "broken.docx", "none.txt", "right.txt")
    assert done.returncode == 2
    (found,) = json.loads(done.stdout)
    assert found["document"] == "right.txt"
    assert "broken.docx" in done.stderr
    assert "none.txt" in done.stderr


@pytest.mark.parametrize("option", ["--html", "--comments"])
def test_what_is_written_beside_is_of_one_document(drafts, option):
    files = [str(drafts / "right.txt"), str(drafts / "wrong.txt")]
    done = zt("tie", *files, "--case", "2018-11", option, str(drafts / "x"), cwd=ROOT)
    assert done.returncode == 2
    assert option in done.stderr
    assert not (drafts / "x").exists()


def test_lines_of_files_are_named_by_file(drafts):
    (drafts / "a.jsonl").write_text('{"id": 1, "text": "劝返复学1915人。"}\n', encoding="utf-8")
    (drafts / "b.jsonl").write_text('{"id": 2, "text": "远程送教1208人。"}\nx\n', encoding="utf-8")
    done = many(drafts, "a.jsonl", "b.jsonl", form="jsonl")
    assert (done.returncode, done.stdout) == (2, "")
    assert "b.jsonl, line 2" in done.stderr
    (drafts / "b.jsonl").write_text('{"id": 2, "text": "远程送教1208人。"}\n', encoding="utf-8")
    done = many(drafts, "a.jsonl", "b.jsonl", form="jsonl")
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [1, 2]
