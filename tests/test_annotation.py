"""Comments on a copy of a .docx: around the words, and the document unchanged."""

import os
import zipfile
from datetime import datetime

import pytest
from documents import W, cell, members, paragraph, run, table, word, zipped
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sweeps import examples

from zt_analysis.documents import Note, annotate, read_document
from zt_analysis.errors import InputError

BOLD = "<w:rPr><w:b/></w:rPr>"


def note(document, words, text="查", author="核对"):
    start = document.text.index(words)
    return Note(start, start + len(words), text, author)


def marked(path):
    """The words each comment stands around, by its id."""
    from lxml import etree

    root = etree.fromstring(zipfile.ZipFile(path).read("word/document.xml"))
    found, opened = {}, set()
    for element in root.iter():
        name, identity = etree.QName(element).localname, element.get(f"{{{W}}}id")
        if name == "commentRangeStart":
            opened.add(identity)
            found[identity] = ""
        elif name == "commentRangeEnd":
            opened.remove(identity)
        elif name == "t":
            for one in opened:
                found[one] += element.text or ""
    assert opened == set()
    references = [one.get(f"{{{W}}}id") for one in root.iter(f"{{{W}}}commentReference")]
    assert sorted(references) == sorted(found)
    return found


def comments(path):
    import docx

    return [(one.text, one.author) for one in docx.Document(str(path)).comments]


@pytest.fixture
def made(tmp_path):
    import docx

    document = docx.Document()
    document.add_paragraph("全市核对名册").add_run("1915人").bold = True
    document.paragraphs[0].add_run("，比例下降。")
    document.add_table(1, 2).cell(0, 1).text = "823"
    document.sections[0].header.paragraphs[0].text = "第11期"
    path = tmp_path / "a.docx"
    document.save(path)
    return path


@pytest.mark.slow
class TestAnnotate:
    def test_comments_stand_around_their_words(self, made, tmp_path):
        import docx

        before = made.read_bytes()
        document = read_document(made)
        notes = [note(document, words) for words in ("1915", "823", "名册1915人，比例")]
        assert annotate(made, notes, tmp_path / "b.docx") == 3
        assert marked(tmp_path / "b.docx") == {"0": "1915", "1": "823", "2": "名册1915人，比例"}
        assert comments(tmp_path / "b.docx") == [("查", "核对")] * 3
        assert read_document(tmp_path / "b.docx").text == document.text
        assert made.read_bytes() == before
        again = docx.Document(str(tmp_path / "b.docx"))
        assert [one.text for one in again.paragraphs] == [one.text for one in docx.Document(str(made)).paragraphs]
        assert {one.text for one in again.paragraphs[0].runs if one.bold} == {"1915", "人"}

    def test_a_header_takes_its_comment_in_the_first_paragraph(self, made, tmp_path):
        document = read_document(made)
        annotate(made, [note(document, "11", "期数")], tmp_path / "b.docx")
        assert comments(tmp_path / "b.docx") == [("[header 1: “11”] 期数", "核对")]
        assert marked(tmp_path / "b.docx") == {"0": ""}

    def test_notes_and_boxes_take_theirs_beside_their_marks(self, tmp_path):
        mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
        box = (
            f"<w:r><w:pict><v:textbox><w:txbxContent>{paragraph('框内823')}</w:txbxContent></v:textbox></w:pict></w:r>"
        )
        parts = {"footnotes": f'<w:footnote w:id="2">{paragraph("注77")}</w:footnote>'}
        path = word(tmp_path / "a.docx", paragraph("甲", mark, "乙", box), parts)
        document = read_document(path)
        annotate(path, [note(document, "823"), note(document, "77")], tmp_path / "b.docx")
        assert [text for text, _ in comments(tmp_path / "b.docx")] == [
            "[text box 1: “823”] 查",
            "[footnote 1: “77”] 查",
        ]
        assert marked(tmp_path / "b.docx") == {"0": "框内823", "1": ""}
        assert read_document(tmp_path / "b.docx").text == document.text

    def test_insertions_links_and_formulas(self, tmp_path):
        body = paragraph(
            f"<w:ins>{run('19')}{run('15')}</w:ins>",
            f"<w:hyperlink>{run('链接123号')}</w:hyperlink>",
            "<m:oMath><m:r><m:t>x=5</m:t></m:r></m:oMath>",
            "尾",
        )
        path = word(tmp_path / "a.docx", body)
        document = read_document(path)
        notes = [note(document, words) for words in ("915", "123", "=5", "5链接1")]
        annotate(path, notes, tmp_path / "b.docx")
        found = marked(tmp_path / "b.docx")
        assert [found[one] for one in "0123"] == ["915", "123", "x=5", "5链接1"]
        assert read_document(tmp_path / "b.docx").text == document.text

    def test_earlier_comments_stay(self, made, tmp_path):
        document = read_document(made)
        annotate(made, [note(document, "1915", "一")], tmp_path / "b.docx")
        annotate(tmp_path / "b.docx", [note(document, "823", "二\n三")], tmp_path / "c.docx")
        assert comments(tmp_path / "c.docx") == [("一", "核对"), ("二\n三", "核对")]
        assert marked(tmp_path / "c.docx") == {"0": "1915", "1": "823"}

    def test_the_same_notes_make_the_same_bytes(self, made, tmp_path):
        import docx

        document = read_document(made)
        for name in ("b.docx", "c.docx"):
            annotate(made, [note(document, "1915")], tmp_path / name)
        assert (tmp_path / "b.docx").read_bytes() == (tmp_path / "c.docx").read_bytes()
        day = datetime(2018, 11, 15, 8, 30)
        annotate(made, [note(document, "1915")], tmp_path / "d.docx", written_at=day)
        (dated,) = docx.Document(str(tmp_path / "d.docx")).comments
        assert dated.timestamp.replace(tzinfo=None) == day
        assert annotate(made, [], tmp_path / "d.docx") == 0
        assert read_document(tmp_path / "d.docx").text == document.text

    def test_members_outside_the_document_are_left_out(self, tmp_path):
        path = zipped(members(paragraph("共5人")) | {"../evil.txt": "x", "word/media/a.bin": "y"}, tmp_path / "a.docx")
        annotate(path, [Note(1, 2, "查", "核对")], tmp_path / "b.docx")
        names = zipfile.ZipFile(tmp_path / "b.docx").namelist()
        assert "../evil.txt" not in names
        assert "word/media/a.bin" in names

    @pytest.mark.parametrize("link", [os.link, os.symlink, None])
    def test_the_original_is_never_written_to(self, made, tmp_path, link):
        before = made.read_bytes()
        output = tmp_path / "other.docx" if link else made
        if link:
            link(made, output)
        with pytest.raises(InputError, match="found the document itself"):
            annotate(made, [], output)
        assert made.read_bytes() == before

    @pytest.mark.parametrize(
        ("start", "end", "text", "words"),
        [
            (0, 0, "x", "no such characters"),
            (3, 2, "x", "no such characters"),
            (0, 999, "x", "no such characters"),
            (-1, 2, "x", "no such characters"),
            (0, 1, "\x00", r"character '\\x00'"),
        ],
    )
    def test_wrong_notes_are_refused(self, made, tmp_path, start, end, text, words):
        with pytest.raises(InputError, match=words):
            annotate(made, [Note(start, end, text, "核对")], tmp_path / "b.docx")
        assert not (tmp_path / "b.docx").exists()

    def test_wrong_paths_are_refused(self, made, tmp_path):
        (tmp_path / "a.txt").write_text("x")
        for path, output in (
            (tmp_path / "a.txt", tmp_path / "b.docx"),
            (made, tmp_path / "none" / "b.docx"),
            (made, tmp_path / "b.txt"),
        ):
            with pytest.raises(InputError, match="Hint"):
                annotate(path, [], output)
        (tmp_path / "d.docx").mkdir()
        with pytest.raises(InputError, match="Hint"):
            annotate(made, [], tmp_path / "d.docx")
        assert sorted(one.name for one in tmp_path.iterdir()) == ["a.docx", "a.txt", "d.docx"]

    @pytest.mark.slow
    @examples(60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        runs=st.lists(st.text("甲乙12 ３\t", min_size=1, max_size=6), min_size=1, max_size=6),
        data=st.data(),
    )
    def test_any_spans_leave_the_text_as_it_was(self, tmp_path, runs, data):
        runs = ["甲", *runs]
        cells = table([cell(paragraph(run(one, BOLD))) for one in runs])
        path = word(tmp_path / "a.docx", paragraph(*[run(one) for one in runs]) + cells)
        document = read_document(path)
        offset = st.integers(0, len(document.text) - 1)
        spans = data.draw(st.lists(st.tuples(offset, offset), max_size=8))
        notes = [Note(min(pair), max(pair) + 1, "查", "核对") for pair in spans]
        assert annotate(path, notes, tmp_path / "b.docx") == len(notes)
        assert read_document(tmp_path / "b.docx").text == document.text
        found = marked(tmp_path / "b.docx") if notes else {}
        for position, one in enumerate(notes):
            words = document.text[one.start : one.end].replace("\n", "")
            assert found[str(position)] == words
