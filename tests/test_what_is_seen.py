"""A number is what a reader sees: struck text is void, a caption may stand below, unclear digits prove nothing."""

import docx
import pytest
from shipped import tied_case

from zt_analysis.documents import read_document, read_plain
from zt_analysis.tying import tie_out


@pytest.fixture(scope="module")
def case():
    return tied_case(printed=False)


@pytest.fixture
def tied(case, tmp_path):
    def of_file(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return [(one.mention.surface, one.status) for one in tie_out(read_document(path), case).ties]

    return of_file


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("劝返复学l915人。", [("l915", "unproven")]),
        ("劝返复学19 15人。", [("19", "unproven"), ("15人", "unproven")]),
        ("小学失辍学率0·06%。", [("0·06", "unproven")]),
        ("劝返复学\u202e1915\u202c人。", [("1915人", "unproven")]),
        ("劝返复学1\u200b915人。", [("1915人", "agree")]),
        ("未\u200b劝返复学1915人。", [("1915人", "unproven")]),
        ("“一对一”劝返复学1915人。", [("一对一", "excused"), ("1915人", "unproven")]),
        ("“一对一”帮扶到位，劝返复学1915人。", [("一对一", "excused"), ("1915人", "agree")]),
        ("劝返复学稳定就读学生1915人。", [("1915人", "unproven")]),
    ],
)
def test_what_is_unclear_proves_nothing(case, text, said):
    found = [
        (one.mention.surface.replace("\u200b", ""), one.status) for one in tie_out(read_plain(text, "text"), case).ties
    ]
    assert [(surface.strip("\u202e\u202c"), status) for surface, status in found] == said


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", "<p>劝返复学<s>2000人</s>1915人。</p>"),
        ("a.html", "<p>劝返复学<del>2000人</del><ins>1915人</ins>。</p>"),
        ("a.html", '<p>劝返复学<span style="display:none">2000</span>1915人。</p>'),
        ("a.md", "劝返复学~~2000~~1915人。\n"),
    ],
)
def test_what_is_struck_out_or_hidden_is_not_said(tied, name, text):
    assert tied(name, text) == [("1915人", "agree")]


def test_struck_runs_of_a_word_file_are_not_said(case, tmp_path):
    draft = docx.Document()
    line = draft.add_paragraph("劝返复学")
    line.add_run("2000").font.strike = True
    line.add_run("19")
    line.add_run("15人。")
    draft.save(tmp_path / "draft.docx")
    assert [
        (one.mention.surface, one.status) for one in tie_out(read_document(tmp_path / "draft.docx"), case).ties
    ] == [("1915人", "agree")]


def test_a_caption_below_a_table_dates_it(tied):
    table = "<table><tr><th>学段</th><th>劝返复学（人）</th></tr><tr><td>小学</td><td>330</td></tr></table>"
    assert tied("a.html", f"<figure>{table}</figure>")[0] == ("330", "agree")
    assert tied("a.html", f"<figure>{table}<figcaption>表1 2017年情况</figcaption></figure>")[0] == ("330", "unproven")
    both = f"{table}<figcaption>表1 2017年情况</figcaption>{table}"
    assert [status for surface, status in tied("a.html", both) if surface == "330"] == ["agree", "unproven"]


def test_items_of_a_list_stand_under_what_heads_it_however_many(tied):
    items = "<ul><li>镇雄县<ul><li>劝返复学508人</li><li>上门送教218人</li><li>远程送教319人</li></ul></li></ul>"
    assert [status for _, status in tied("a.html", items)] == ["agree"] * 3
    assert [status for _, status in tied("a.html", items.replace("镇雄县", "宣威市"))] == ["unproven"] * 3
