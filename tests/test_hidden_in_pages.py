"""A page says what a reader sees of it: hidden text says nothing and is counted, what a style alone prints is named."""

import pytest
from test_what_is_seen import case, tied  # noqa: F401 (fixtures)

from zt_analysis.documents.markup import read_html
from zt_analysis.errors import InputError
from zt_analysis.proof import prove

STYLE = "hidden by style"
HIDDEN = [
    (".x{display:none}", STYLE), (".x{font-size:0}", "of no size"), (".x{font:0/0 a}", "of no size"),
    (".x{position:absolute;left:-9999px}", "outside the page"), (".x{text-indent:-999em}", "outside the page"),
    (".x{overflow:hidden;height:0;display:inline-block}", STYLE), ("#y{display:none}", STYLE),
    (".x{position:absolute;clip:rect(1px,1px,1px,1px)}", STYLE), (".x{transform:scale(0)}", STYLE),
    (":root{--d:none}.x{display:var(--d)}", STYLE), ("p{& .x{display:none}}", STYLE),
    ("@media (min-width:1px){.x{display:none}}", STYLE), ("@supports(a:b){.x{display:none}}", STYLE),
    ("p > span:not(.z){display:none}", STYLE), (".x{display:none!important} #y{display:inline}", STYLE),
]  # fmt: skip
# what keeps its room: the digits beside it stand apart
ROOMY = [
    (".x{visibility:hidden}", "made invisible"), (".x{opacity:0}", "made invisible"),
    (".x{color:#fff}", "in the colour of its ground"), (".x{color:rgba(0,0,0,0)}", "in the colour of its ground"),
    ("p{background:navy}.x{color:#000080}", "in the colour of its ground"),
]  # fmt: skip
SEEN = [
    ".x{display:none} p .x{display:inline}", "@media print{.x{display:none}}", ".x:hover{display:none}",
    "@media (max-width:600px){.x{display:none}}", "p{background:navy;color:white}", ".q{display:none}",
    ".x::after{content:'•'}", ".x{opacity:.8}", ".x{font-size:80%}", ".x{overflow:hidden}", ".x{", ".x{color:#777}",
    ".x{left:-9999px}",
]  # fmt: skip
OF_GROUND = ("1 piece(s) of text in the colour of its ground",)
FOLDED = ("2 piece(s) of text in what is folded away",)
THINGS = ("1 picture(s)", "1 form field(s)", "1 drawing(s)")


def page(style, body):
    return read_html(f"<html><head><style>{style}</style></head><body>{body}</body></html>", "a.html")


@pytest.mark.parametrize(("style", "why"), HIDDEN)
def test_hidden_text_is_not_said_and_is_counted(style, why):
    read = page(style, "<p>劝返复学19<span class=x id=y>0</span>15人。</p>")
    assert read.prose.text == "劝返复学1915人。"
    assert read.unread == (f"1 piece(s) of text {why}",)


@pytest.mark.parametrize(("style", "why"), ROOMY)
def test_hidden_text_that_keeps_its_room_joins_nothing(style, why):
    read = page(style, "<p>劝返复学19<span class=x id=y>0</span>15人。</p>")
    assert read.prose.text == "劝返复学19 15人。"
    assert read.unread == (f"1 piece(s) of text {why}",)


@pytest.mark.parametrize("style", SEEN)
def test_what_is_seen_is_said(style):
    read = page(style, "<p>劝返复学19<span class=x id=y>0</span>15人。</p>")
    assert (read.prose.text, read.unread) == ("劝返复学19015人。", ())


def test_what_is_shown_inside_what_is_hidden():
    assert (
        page(".x{visibility:hidden}b{visibility:visible}", "<p><i class=x>未<b>已</b></i>返</p>").prose.text == "已返"
    )
    assert page(".x{font-size:0}b{font-size:9px}", "<p><i class=x>未<b>已</b></i>返</p>").prose.text == "已返"
    assert page(".x{display:none}b{display:inline}", "<p><i class=x>未<b>已</b></i>返</p>").prose.text == "返"


@pytest.mark.parametrize(
    ("body", "text", "unread"),
    [
        ("<details><summary>说明</summary>前<p>内</p></details>后", "说明\n后", FOLDED),
        ("<details open><summary>说明</summary>内</details>", "说明\n内", ()),
        ("<p hidden>内</p>后", "后", ("1 piece(s) of text hidden by style",)),
        ("<p hidden style='display:block'>内</p>", "内", ()),
        ("<dialog>内</dialog>后", "后", ("1 piece(s) of text hidden by style",)),
        ("<p><font color=white>内</font>后</p>", "后", OF_GROUND),
        ("<table bgcolor=black><tr><td><font color=white>内</font></td></tr></table>", "内", ()),
        ("<p aria-hidden=true>内</p><template>1</template><!-- 2 --><del>3</del>", "内", ()),
        ("<p>内<img src=a.png><input value=3><svg><text>5</text></svg></p>", "内", THINGS),
        ("<p>内<input type=hidden value=3></p>", "内", ()),
    ],
)  # fmt: skip
def test_elements(body, text, unread):
    assert (page("", body).text, page("", body).unread) == (text, unread)


def test_struck_by_style_is_void():
    read = page(".x{text-decoration:line-through}", "<p>劝返复学<span class=x>2000</span>1915人</p>")
    assert (read.text, read.unread) == ("劝返复学1915人", ())


@pytest.mark.parametrize(
    ("style", "body", "said"),
    [
        (
            ".x::before{content:'未'}",
            "<p><span class=x>劝返复学</span>1915人。</p>",
            "1 piece(s) of text that a style alone",
        ),
        (
            ".x::before{content:'\\672a'}",
            "<p><span class=x>劝返复学</span>1915人。</p>",
            "1 piece(s) of text that a style alone",
        ),
        ("b::after{content:'0'}", "<p>劝返复学<b>1915</b>人。</p>", "1 piece(s) of text that a style alone"),
        (
            "b::after{content:attr(data-n)}",
            "<p>劝返复学1915<b data-n=5></b>人。</p>",
            "1 piece(s) of text that a style alone",
        ),
        ("p::first-letter{font-size:0}", "<p>劝返复学1915人。</p>", "1 piece(s) of text that a style alone"),
        (".x{color:white;background:url(a.png)}", "<p class=x>劝返复学1915人。</p>", "1 piece(s) of white text"),
        ("b{direction:rtl;unicode-bidi:bidi-override}", "<p>劝返复学<b>1915</b>人。</p>", None),
        ("", "<p>劝返复学<bdo dir=rtl>1915</bdo>人。</p>", None),
    ],
)
def test_what_a_style_prints_or_turns_proves_nothing(tied, style, body, said):  # noqa: F811
    assert [status for _, status in tied("a.html", f"<style>{style}</style>{body}")] == ["unproven"]
    assert said is None or page(style, body).unread[0].startswith(said)
    assert [status for _, status in tied("b.html", "<p>劝返复学1915人。</p>")] == ["agree"]


def test_a_sheet_that_is_not_in_the_file_is_named():
    for link in ("<link rel=stylesheet href=a.css>", "<style>@import 'a.css';</style>"):
        read = read_html(f"<html><head>{link}</head><body><p>内</p></body></html>", "a.html")
        assert read.unread == ("1 style sheet(s) outside the file",)
    assert page("p:unheard-of{display:none}", "<p>内</p>").unread == ("1 style rule(s) that cannot be read",)


def test_more_rules_than_can_be_tried_are_refused(monkeypatch):
    monkeypatch.setattr("zt_analysis.documents.sheets.MAX_STYLED", 5)
    with pytest.raises(InputError, match="10 style rules times elements"):
        page("p,b{display:none}", "<p>内</p>")


def test_a_number_that_is_folded_away_is_not_missing():
    folded = "<details {}><summary>更多</summary><p>表2 乙县情况</p></details>"
    tables = f"<p>表1 甲县情况</p>{folded}<p>表3 丙县情况</p><p>共5人。</p>"
    assert not prove(page("", tables.format(""))).contradictions
    assert not prove(page("", tables.format("open"))).contradictions
    assert prove(page(".x{display:none}", tables.format("open class=x"))).contradictions


@pytest.mark.parametrize(
    ("style", "body", "read"),
    [
        # a harmless value undoes another's: where one of a property hides, all of it is asked
        ("p{font:0/0 a}b{font-size:12px}", "<p>内<b>外</b></p>", "外"),
        ("p{display:block}", "<p hidden>内</p>", "内"),
        ("p{color:#333}", "<div bgcolor=#333333><p>内</p></div><b>外</b>", "外"),
        ("p{-webkit-text-fill-color:white}b{color:#000;-webkit-text-fill-color:#000}", "<p>内<b>外</b></p>", "外"),
        ("p{width:0.5px;overflow:hidden}b{width:30px}", "<p>内</p><b>外</b>", "外"),
        ("p{display:none}p{display:block}", "<p>内</p>", "内"),
        ("p{color:var(--c);--c:white}b{color:#333}", "<p>内<b>外</b></p>", "外"),
        ("b{color:#333;font-size:12pt;width:40px}", "<p style='font-size:0'>内<b>外</b></p>", "外"),
    ],
)
def test_a_rule_that_hides_nothing_still_undoes_one_that_does(style, body, read):
    assert page(style, body).prose.text.strip() == read


def test_rules_that_can_hide_nothing_are_not_asked_of_every_element():
    from lxml import html

    from zt_analysis.documents.sheets import Sheets

    plain = "".join(f"td:nth-child({one}){{color:#333;width:{one}0px;font-size:12pt}}" for one in range(1, 9))
    for style, rules in ((plain, 0), (f"{plain}.x{{display:none}}", 1), (f"{plain}.x{{color:white}}", 9)):
        root = html.fromstring(f"<html><head><style>{style}</style></head><body><table></table></body></html>")
        assert Sheets.of(root, "page.html").rules == rules
