"""Documents that are damaged, disguised or made to harm: an InputError each time, never a crash."""

import contextlib
import http.server
import os
import threading
import time
import zipfile

import pytest
from bounds import within
from documents import HEAD, NAMESPACES, bomb, column, members, paragraph, pdf, run, word, zipped
from sweeps import each_with_each

from zt_analysis.documents import limits, read_document
from zt_analysis.errors import InputError

SIGNS = [" ", "|", "*", "[", "<!--", "<a", "](", "> ", "#", "- ", "\\", "。", "“", "("]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def refused(path, words, **options):
    with pytest.raises(InputError, match=words) as caught:
        read_document(path, **options)
    assert caught.value.exit_code == 2
    assert path.name in str(caught.value)
    assert "Hint: " in str(caught.value)


def utf16(name):
    return name.encode("utf-16-le")


class TestKinds:
    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("a.docx", b"<html><body>1</body></html>", "found an HTML page; expected a .docx file"),
            ("a.docx", b"plain", "found plain text"),
            ("a.docx", OLE + utf16("WordDocument"), r"Word 97-2003 document \(\.doc\).*save it as \.docx"),
            ("a.docx", OLE + utf16("EncryptedPackage"), "protected by a password"),
            ("a.txt", OLE + utf16("Workbook"), "Excel 97-2003"),
            ("a.docx", b"%PDF-1.7\n%%EOF", "found a PDF"),
            ("a.docx", b"{\\rtf1 x}", "found an RTF file"),
            ("a.pdf", b"\x89PNG\r\n\x1a\n", "found a PNG image"),
            ("a.pdf", b"\xff\xd8\xff\xe0", "found a JPEG image"),
            ("a.md", b"\x1f\x8b\x08", "found a gzip archive"),
            ("a.txt", b"  <!DOCTYPE html><p>1", "found an HTML page"),
            ("a.txt", b"PK\x03\x04cut", "damaged or unfinished zip"),
            ("a.html", b"%PDF-1.4", "found a PDF"),
            ("a.doc", b"x", r"found the ending '\.doc'"),
            ("a", b"x", "found no ending"),
            ("a.txt", b" \n", "found an empty file"),
            ("a.pdf", b"", "found an empty file"),
        ],
    )
    def test_the_real_kind_is_named(self, tmp_path, name, content, words):
        path = tmp_path / name
        path.write_bytes(content)
        refused(path, words)

    @pytest.mark.parametrize(
        ("member", "words"),
        [
            ("xl/workbook.xml", "Excel workbook"),
            ("ppt/a.xml", "PowerPoint"),
            ("content.xml", "OpenDocument"),
            ("a", "zip"),
        ],
    )
    def test_other_archives_are_named(self, tmp_path, member, words):
        refused(zipped({member: "x"}, tmp_path / "a.docx"), words)

    def test_a_document_named_txt(self, tmp_path):
        refused(word(tmp_path / "a.txt", paragraph("1")), r"found a Word document \(\.docx\); expected a \.txt file")

    def test_paths(self, tmp_path):
        refused(tmp_path / "none.txt", "No such file")
        (tmp_path / "a.txt").mkdir()
        refused(tmp_path / "a.txt", "found no file")
        os.mkfifo(tmp_path / "b.txt")
        refused(tmp_path / "b.txt", "found no file")
        with pytest.raises(InputError):
            read_document(tmp_path / "a\x00.txt")


class TestArchives:
    @pytest.mark.slow
    def test_a_bomb_is_refused_before_it_is_unpacked(self, tmp_path):
        path = bomb(tmp_path / "a.docx", members(paragraph("1")), "word/media/a.bin", 600 << 20)
        assert path.stat().st_size < 1 << 20
        with within(2):
            refused(path, "629,.* bytes unpacked; expected at most 536,870,912 bytes unpacked")
        refused(bomb(tmp_path / "b.docx", members(paragraph("1")), "word/a.bin", 20 << 20), r"packed \d+ to 1")

    def test_a_size_that_lies_is_refused_while_unpacking(self, tmp_path):
        path = word(tmp_path / "a.docx", paragraph("1" * 200_000))
        content = bytearray(path.read_bytes())
        at = content.rindex(b"word/document.xml") - 46
        assert content[at : at + 4] == b"PK\x01\x02"
        content[at + 24 : at + 28] = (10).to_bytes(4, "little")
        path.write_bytes(content)
        refused(path, "damaged|no well-formed")

    def test_many_members_and_large_parts(self, tmp_path, monkeypatch):
        monkeypatch.setattr(limits, "MAX_MEMBERS", 4)
        refused(word(tmp_path / "a.docx", "", {"header": paragraph("1")}), "found 5 members; expected at most 4")
        monkeypatch.setattr(limits, "MAX_MEMBERS", 9)
        monkeypatch.setattr(limits, "MAX_PART_BYTES", 2000)
        refused(word(tmp_path / "b.docx", paragraph("1" * 3000)), r"word/document\.xml; found 2,001 bytes unpacked")

    def test_two_members_of_one_name(self, tmp_path):
        path = word(tmp_path / "a.docx", paragraph("1"))
        with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("word/document.xml", "<a/>")
        refused(path, "two members named word/document.xml")

    def test_paths_out_of_the_archive_touch_nothing(self, tmp_path):
        folder = tmp_path / "in"
        folder.mkdir()
        found = members(paragraph("1")) | {"../../evil.txt": "x", "/evil.txt": "x", "..\\evil.txt": "x"}
        assert read_document(zipped(found, folder / "a.docx")).text == "1"
        assert sorted(one.name for one in tmp_path.rglob("*")) == ["a.docx", "in"]

    def test_a_target_out_of_the_archive_is_no_part(self, tmp_path):
        found = members(paragraph("1"))
        found["_rels/.rels"] = found["_rels/.rels"].replace("word/document.xml", "../../../../etc/passwd")
        refused(zipped(found, tmp_path / "a.docx"), "no body")

    def test_nothing_is_fetched(self, tmp_path):
        asked = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                self.send_response(404)
                self.end_headers()

        server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}"
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        links = "".join(
            f'<Relationship Id="e{name}" Type="{kind}/{name}" Target="{address}/{name}.xml" TargetMode="External"/>'
            for name in ("attachedTemplate", "header", "footnotes", "styles")
        )
        body = paragraph("1") + '<w:sectPr><w:headerReference r:id="eheader"/></w:sectPr>'
        assert read_document(word(tmp_path / "a.docx", body, extra_relationships=links)).text == "1"
        page = (
            f"<html><head><base href='{address}'><link rel=stylesheet href='{address}/a.css'></head><p>1<img src='/b'>"
        )
        (tmp_path / "a.html").write_text(page)
        assert read_document(tmp_path / "a.html").text == "1"
        server.shutdown()
        server.server_close()
        assert asked == []

    @pytest.mark.parametrize(
        "declaration",
        [
            '<!DOCTYPE w:document [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
            '<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY e "&a;&a;&a;&a;&a;">]>',
            '<!DOCTYPE w:document SYSTEM "http://127.0.0.1:9/a.dtd">',
        ],
    )
    def test_document_types_are_refused(self, tmp_path, declaration):
        found = members("")
        use = "&e;" if "ENTITY" in declaration else "1"
        found["word/document.xml"] = (
            f"<?xml version='1.0'?>{declaration}<w:document {NAMESPACES}><w:body><w:p><w:r><w:t>{use}</w:t></w:r></w:p>"
            "</w:body></w:document>"
        )
        refused(zipped(found, tmp_path / "a.docx"), r"word/document\.xml; found a document type \(DTD\)")

    @pytest.mark.parametrize("depth", [90, 240, 5000])
    def test_nesting(self, tmp_path, depth):
        body = "<w:p>" + "<w:ins>" * depth + run("1") + "</w:ins>" * depth + "</w:p>"
        path = word(tmp_path / "a.docx", body)
        if depth == 90:
            assert read_document(path).text == "1"
        else:
            refused(path, r"inside each other; expected at most 200|no well-formed XML")
        inner = "<w:tbl><w:tr><w:tc>" * (depth // 3) + paragraph("1") + "</w:tc></w:tr></w:tbl>" * (depth // 3)
        path = word(tmp_path / "b.docx", inner)
        if depth == 90:
            assert read_document(path).text == "1"
        else:
            refused(path, r"inside each other|no well-formed XML")

    @pytest.mark.parametrize(
        ("part", "content"),
        [
            ("word/document.xml", "<a/>"),
            ("word/document.xml", ""),
            ("word/document.xml", "<w:document"),
            ("_rels/.rels", "<a/>"),
            ("word/document.xml", f"{HEAD}<w:document {NAMESPACES}/>"),
        ],
    )
    def test_broken_parts(self, tmp_path, part, content):
        refused(zipped(members("") | {part: content}, tmp_path / "a.docx"), "found no ")


class TestSizes:
    @pytest.mark.thorough
    @pytest.mark.slow
    def test_five_megabytes_of_text_take_seconds(self, tmp_path):
        line = "截至本期全市各级各类学校学生已核对名册１９１５人，其中比例由2.41%变为1.39%，\n"
        path = tmp_path / "a.txt"
        path.write_text("　　" + line * (5_000_000 // len(line.encode())), encoding="utf-8")
        with within(15):
            document = read_document(path)
        assert "1915人，其中" in document.prose.text

    @pytest.mark.slow
    @pytest.mark.thorough
    def test_thousands_of_runs_are_linear(self, tmp_path):
        def seconds(count):
            path = word(tmp_path / f"{count}.docx", paragraph(*["数1915"] * count) + paragraph("尾") * count)
            begun = time.process_time()
            assert len(read_document(path).text) == count * 7
            return time.process_time() - begun

        # four times the work; what grows with its square would take sixteen times as long
        small, large = (min(seconds(count) for _ in range(3)) for count in (1500, 6000))
        assert large < small * 10

    def test_text_beyond_the_limit_is_refused_with_its_size(self, tmp_path, monkeypatch):
        from zt_analysis.documents import drafting, kinds, plain

        path = tmp_path / "a.txt"
        path.write_text("字" * 101)
        monkeypatch.setattr(plain, "MAX_TEXT_CHARACTERS", 100)
        refused(path, "found 101 characters; expected at most 100 characters")
        monkeypatch.setattr(kinds, "MAX_FILE_BYTES", 302)
        refused(path, "found 303 bytes; expected at most 302 bytes")
        monkeypatch.setattr(kinds, "MAX_FILE_BYTES", 10_000)
        monkeypatch.setattr(drafting, "MAX_TEXT_CHARACTERS", 100)
        refused(word(tmp_path / "a.docx", paragraph("字" * 101)), "found 101 characters")

    @pytest.mark.thorough
    @pytest.mark.slow
    def test_short_lines_without_end_are_refused(self, tmp_path):
        path = tmp_path / "a.txt"
        path.write_text("1\n" * (limits.MAX_LINES + 1))
        refused(path, "found 300,001 lines; expected at most 300,000 lines")

    @pytest.mark.slow
    @each_with_each(("name", "sign"), ["a.md", "a.txt", "a.html"], SIGNS)
    @pytest.mark.part(4)
    def test_no_run_of_signs_takes_long(self, tmp_path, name, sign):
        path = tmp_path / name
        path.write_text(f"x{sign * (100_000 // len(sign))}x\n#{sign * 30_000}x\n")
        with within(10), contextlib.suppress(InputError):
            read_document(path)

    def test_pages_beyond_the_limit(self, tmp_path, monkeypatch):
        from zt_analysis.documents import pdf as reader

        monkeypatch.setattr(reader, "MAX_PAGES", 1)
        refused(pdf(tmp_path / "a.pdf", [column(["甲"]), column(["乙"])]), "found 2 pages; expected at most 1 pages")

    def test_html_nesting(self, tmp_path):
        path = tmp_path / "a.html"
        for tag in ("div", "span", "table><tr><td"):
            path.write_text(f"<html><body>{f'<{tag}>' * 5000}1")
            refused(path, "inside each other|no HTML|without visible text")


class TestTruncations:
    @pytest.mark.parametrize("kind", ["docx", "pdf"])
    def test_any_part_of_a_file_is_read_or_refused(self, tmp_path, kind):
        if kind == "docx":
            whole = word(tmp_path / "w.docx", paragraph("共1915人") * 300, {"header": paragraph("头")})
        else:
            whole = pdf(tmp_path / "w.pdf", [column(["共1915人，全市核对名册。"] * 20)] * 3)
        content = whole.read_bytes()
        for part in range(20):
            path = tmp_path / f"a.{kind}"
            path.write_bytes(content[: len(content) * part // 20])
            refused(path, "found ")

    @pytest.mark.slow
    @pytest.mark.parametrize("kind", ["docx", "pdf"])
    def test_changed_bytes_are_read_or_refused(self, tmp_path, kind):
        if kind == "docx":
            whole = word(tmp_path / "w.docx", paragraph("共1915人") * 30)
        else:
            whole = pdf(tmp_path / "w.pdf", [column(["共1915人，全市核对名册。"] * 5)])
        content = whole.read_bytes()
        for part in range(60):
            at = len(content) * part // 60
            path = tmp_path / f"a.{kind}"
            path.write_bytes(content[:at] + bytes([content[at] ^ 0x5A]) + content[at + 1 :])
            with contextlib.suppress(InputError):
                read_document(path)
