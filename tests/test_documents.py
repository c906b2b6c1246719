"""Documents read: text, blocks, places, and prose whose sentences are whole."""

import unicodedata

import pytest
from documents import cell, column, paragraph, pdf, run, scanned_pdf, table, word
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sweeps import examples

from zt_analysis.documents import read_document
from zt_analysis.documents.prose import UNPRINTED, plain
from zt_analysis.errors import InputError
from zt_analysis.reports.pdf import print_pdf

ANYTHING = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff\u2028\u2029\x85\ufeff")
PARAGRAPHS = st.lists(st.text(ANYTHING, min_size=1, max_size=30), min_size=1, max_size=6)
QUICK = examples(60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def write(path, content, encoding="utf-8"):
    path.write_bytes(content.encode(encoding))
    return path


def kinds(document):
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def places(document):
    return {document.text[block.start : block.end]: str(block.place) for block in document.blocks}


def check_invariants(document):
    """What holds for every document."""
    prose, text = document.prose, document.text
    assert len(prose.text) == len(prose.origin)
    assert all(left < right for left, right in zip(prose.origin, prose.origin[1:], strict=False))
    same = plain(text)
    for character, offset in zip(prose.text, prose.origin, strict=True):
        assert character in "\n " or character == same[offset]
    ends = [edge for block in document.blocks for edge in (block.start, block.end)]
    assert ends == sorted(ends)
    for block in document.blocks:
        assert text[block.start : block.end].strip() == text[block.start : block.end] != ""
        assert document.block_at(block.start) is block is document.block_at(block.end - 1)
    for offset in range(0, len(text), 7):
        assert str(document.place_of(offset))


class TestWord:
    def test_reads_in_order_with_kinds_and_places(self, tmp_path):
        import docx

        made = docx.Document()
        made.add_heading("某月通报", 2)
        made.add_paragraph("全市劝返").add_run("1915").bold = True
        made.add_paragraph("核对名册", style="List Number")
        grid = made.add_table(2, 2)
        grid.cell(1, 1).text = "823"
        made.sections[0].header.paragraphs[0].text = "内部资料"
        made.sections[0].footer.paragraphs[0].text = "第一页"
        path = tmp_path / "a.docx"
        made.save(path)
        document = read_document(path)
        assert kinds(document) == [
            ("heading", "某月通报"),
            ("paragraph", "全市劝返1915"),
            ("list-item", "核对名册"),
            ("table-cell", "823"),
            ("header", "内部资料"),
            ("footer", "第一页"),
        ]
        assert [block.level for block in document.blocks][:2] == [2, None]
        assert document.blocks[2].numbered
        assert places(document)["823"] == "table 1, row 2, column 2"
        assert places(document)["内部资料"] == "header 1"
        place = document.place_of(document.text.index("1915"))
        assert (str(place), place.run) == ("paragraph 2", 2)
        check_invariants(document)

    def test_counts_what_is_printed(self, tmp_path):
        body = paragraph(
            "共",
            f"<w:ins>{run('19')}</w:ins><w:del><w:r><w:delText>88</w:delText></w:r></w:del>",
            f"<w:moveFrom>{run('77')}</w:moveFrom><w:moveTo>{run('15')}</w:moveTo>",
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE 66</w:instrText></w:r>',
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("人")}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            run("藏", "<w:rPr><w:vanish/></w:rPr>"),
            f'<w:hyperlink r:id="r9">{run("，链接")}</w:hyperlink>',
            f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>",
            '<w:r><w:tab/><w:noBreakHyphen/><w:sym w:font="Wingdings" w:char="F0FC"/><w:softHyphen/><w:br/></w:r>',
            run("4", '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'),
            "<w:r><w:ruby><w:rt><w:r><w:t>zhao</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>昭</w:t></w:r></w:rubyBase>"
            "</w:ruby></w:r><m:oMath><m:r><m:t>x=5</m:t></m:r></m:oMath>",
        )
        document = read_document(word(tmp_path / "a.docx", body))
        assert document.text == "共1915人，链接控件\t-\uf0fc\xad\n⁴昭x=5"
        assert document.prose.text.startswith("共1915人，链接控件\t-")
        check_invariants(document)

    def test_deleted_paragraph_end_joins(self, tmp_path):
        deleted = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
        body = paragraph("共19", properties=deleted) + paragraph("15人") + paragraph("另起")
        assert read_document(word(tmp_path / "a.docx", body)).prose.text == "共1915人\n另起"

    def test_merged_cells_count_once(self, tmp_path):
        wide, top, below = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
        inner = table([cell(paragraph("里"))])
        body = table(
            [cell(paragraph("跨列"), properties=wide), cell(paragraph("三"))],
            [cell(paragraph("跨行"), properties=top), cell(paragraph("乙"), paragraph("丙")), cell(inner)],
            [cell(paragraph("重"), properties=below), cell(paragraph("丁")), cell(paragraph("戊"))],
        )
        document = read_document(word(tmp_path / "a.docx", body))
        found = places(document)
        assert list(found) == ["跨列", "三", "跨行", "乙", "丙", "里", "丁", "戊"]
        assert found["三"] == "table 1, row 1, column 3"
        assert found["丁"] == "table 1, row 3, column 2"
        assert found["里"] == "table 2, row 1, column 1"

    def test_text_boxes_count_once(self, tmp_path):
        box = f"<w:txbxContent>{paragraph('框内823')}</w:txbxContent>"
        modern = f"<w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>"
        old = f"<w:pict><v:textbox>{box}</v:textbox></w:pict>"
        both = (
            f"<w:r><mc:AlternateContent><mc:Choice>{modern}</mc:Choice><mc:Fallback>{old}</mc:Fallback>"
            "</mc:AlternateContent></w:r>"
        )
        body = paragraph("前", both, "后") + paragraph(f"<w:r>{old.replace('823', '77')}</w:r>")
        document = read_document(word(tmp_path / "a.docx", body))
        assert kinds(document) == [("paragraph", "前后"), ("textbox", "框内823"), ("textbox", "框内77")]
        assert str(document.blocks[2].place) == "text box 2"

    def test_notes_stand_after_the_body_in_order_of_their_marks(self, tmp_path):
        mark = '<w:r><w:{0}Reference w:id="{1}"/></w:r>'
        body = paragraph("甲", mark.format("footnote", 3), "乙", mark.format("footnote", 2), mark.format("endnote", 2))
        notes = "".join(f'<w:{{0}} w:id="{number}">{paragraph(f"注{number}")}</w:{{0}}>' for number in (1, 2, 3))
        parts = {"footnotes": notes.format("footnote"), "endnotes": notes.format("endnote")}
        document = read_document(word(tmp_path / "a.docx", body, parts))
        assert document.text == "甲¹乙²³\n¹注3\n²注2\n³注2"
        assert [str(block.place) for block in document.blocks[1:]] == ["footnote 1", "footnote 2", "endnote 1"]

    def test_says_about_which_page(self, tmp_path):
        body = (
            paragraph("甲")
            + paragraph("乙", "<w:r><w:lastRenderedPageBreak/><w:t>丙</w:t></w:r>", "戊")
            + paragraph("丁")
        )
        document = read_document(word(tmp_path / "a.docx", body))
        assert [document.place_of(document.text.index(one)).page for one in "甲乙丙戊丁"] == [1, 1, 2, 2, 2]
        assert str(document.place_of(document.text.index("丁"))) == "paragraph 3 (about page 2)"

    def test_says_what_it_did_not_read(self, tmp_path):
        pictures = "<w:r><w:drawing><w:pic/></w:drawing></w:r>" * 2
        assert read_document(word(tmp_path / "a.docx", paragraph("图", pictures))).unread == ("2 picture(s)",)
        with pytest.raises(InputError, match=r"found no text; 2 picture\(s\); .*run OCR"):
            read_document(word(tmp_path / "b.docx", paragraph(pictures)))

    def test_strict_and_unusual_names(self, tmp_path):
        from documents import members, zipped

        found = {
            name: text.replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "urn:strict")
            for name, text in members(paragraph("共5人")).items()
        }
        assert read_document(zipped(found, tmp_path / "a.docx")).text == "共5人"

    @pytest.mark.slow
    @QUICK
    @given(paragraphs=PARAGRAPHS)
    def test_any_text_comes_back_at_its_place(self, tmp_path, paragraphs):
        path = word(tmp_path / "a.docx", "".join(paragraph(run(one)) for one in paragraphs))
        if not "".join(paragraphs).strip():
            return
        document = read_document(path)
        assert document.text == "\n".join(paragraphs)
        check_places(document, paragraphs, "paragraph")
        check_invariants(document)


def check_places(document, paragraphs, step):
    start = 0
    for number, one in enumerate(paragraphs, start=1):
        for offset in (start, start + len(one) - 1):
            assert getattr(document.place_of(offset), step) == number
        start += len(one) + 1


class TestPlain:
    @QUICK
    @given(lines=PARAGRAPHS, encoding=st.sampled_from(["utf-8", "gb18030"]))
    def test_any_text_comes_back_at_its_place(self, tmp_path, lines, encoding):
        path = write(tmp_path / "a.txt", "\r\n".join(lines), encoding)
        try:
            document = read_document(path, encoding=encoding)
        except InputError:
            assert not "".join(lines).strip() or path.read_bytes().startswith((b"\xff\xfe", b"\xfe\xff"))
            return
        assert document.text == "\n".join(lines)
        check_places(document, lines, "line")
        check_invariants(document)

    @QUICK
    @given(text=st.text(ANYTHING, min_size=1, max_size=80))
    def test_prose_is_nfkc_of_its_origin(self, tmp_path, text):
        path = write(tmp_path / "a.txt", f"甲{text}")
        document = read_document(path)
        for character, offset in zip(document.prose.text, document.prose.origin, strict=True):
            origin = document.text[offset]
            assert (
                character == origin
                or character == unicodedata.normalize("NFKC", origin)
                or origin.isspace()
                or origin == "．"
            )
            assert not UNPRINTED.match(character)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "utf-32"])
    def test_finds_the_encoding(self, tmp_path, encoding):
        path = write(tmp_path / "a.txt", "全市核对名册学生总数为一九一五人，镕㐀。", encoding)
        assert read_document(path).text == "全市核对名册学生总数为一九一五人，镕㐀。"

    @pytest.mark.parametrize("cut", range(1, 3))
    def test_damaged_utf8_is_not_taken_for_gb18030(self, tmp_path, cut):
        path = tmp_path / "a.txt"
        path.write_bytes("第一行\n全市核对名册学生总数".encode()[:-cut])
        with pytest.raises(InputError, match=r"a\.txt, byte \d+ \(line 2\); found 0xE6; expected text in utf-8"):
            read_document(path)

    @pytest.mark.parametrize(
        ("content", "encoding", "words"),
        [
            (b"\x81\x20\xff", None, "byte 0 .*utf-8 or gb18030"),
            (b"abc\xff", "ascii", "byte 3 .*ascii"),
            (b"abc", "base64", "encoding 'base64'"),
            (b"abc", "no-such", "encoding 'no-such'"),
            (b"a\x00b", None, "character 1; found a NUL"),
            (b"\xff\xfea", None, "byte 2 "),
        ],
    )
    def test_wrong_bytes_are_named(self, tmp_path, content, encoding, words):
        path = tmp_path / "a.txt"
        path.write_bytes(content)
        with pytest.raises(InputError, match=words):
            read_document(path, encoding=encoding)

    def test_kinds_of_lines(self, tmp_path):
        path = write(tmp_path / "a.txt", "一、基本情况\n\n（一）进展\n1. 核对名册。\n表1 各县人数\n甲县\t823\n")
        document = read_document(path)
        assert [block.kind for block in document.blocks] == [
            *("heading", "heading", "list-item", "caption", "paragraph"),
        ]
        assert str(document.place_of(document.text.index("823"))) == "line 6"


class TestProse:
    @pytest.mark.parametrize(
        ("text", "prose"),
        [
            ("全市核对名册19\n15人。", "全市核对名册1915人。"),
            ("全市共有学生１９\n１５人，占０．０\n６％。", "全市共有学生1915人，占0.06%。"),
            ("全市核对名册19\n15人，其中", "全市核对名册1915人，其中"),
            ("占在校生的0.\n06%，比上月少。", "占在校生的0.06%，比上月少。"),
            ("全市核对名册。\n15人返校。", "全市核对名册。\n15人返校。"),
            ("全市情况如下：\n15人返校。", "全市情况如下：\n15人返校。"),
            ("说“已全部返校。”\n15人在册。", "说“已全部返校。”\n15人在册。"),
            ("通报\n截至十一月，全市核对名册学生为1915人。", "通报\n截至十一月，全市核对名册学生为1915人。"),
            ("截至十一月，全市核对名册\n　　另一段由此开始。", "截至十一月，全市核对名册\n另一段由此开始。"),
            ("截至十一月，全市核对名册\n二、资助情况", "截至十一月，全市核对名册\n二、资助情况"),
            ("截至十一月，全市核对名册\n（二）资助情况，", "截至十一月，全市核对名册\n（二）资助情况，"),
            ("823\n1208", "823\n1208"),
            ("823\n1208\n共计2031人。", "823\n1208\n共计2031人。"),
            ("甲县 823\n乙县 1208", "甲县 823\n乙县 1208"),
            ("甲县\t823，\n乙县\t1208。", "甲县\t823，\n乙县\t1208。"),
            ("The number of\npupils is 19, of whom\n5 came back.", "The number of pupils is 19, of whom 5 came back."),
            ("in all there were 1915\n2018 was better, they say.",) * 2,
            ("零\u200b宽1\u00ad9\ue00015人\ufeff", "零宽1915人"),
            ("面积15㎡（甲）①Ⅳm²", "面积15㎡（甲）①Ⅳm²"),
            ("𝟏𝟗人⼈均", "19人人均"),
        ],
    )  # fmt: skip
    def test_joins_wrapped_lines_only(self, tmp_path, text, prose):
        document = read_document(write(tmp_path / "a.txt", text))
        assert document.prose.text == prose
        check_invariants(document)

    def test_joins_a_long_unfinished_sentence_over_a_blank_line(self, tmp_path):
        first = "各县区落实包保责任，县领导包乡、乡领导包村，形成了上下联动的责任制和政"
        text = f"标题一行\n\n{first}\n\n府、学校两条线的制度，效果明显。\n\n另有19"
        document = read_document(write(tmp_path / "a.txt", text))
        assert document.prose.text == f"标题一行\n{first}府、学校两条线的制度，效果明显。\n另有19"

    def test_never_joins_a_long_title_to_what_follows(self, tmp_path):
        text = "合力核对 逐户走访 名册清楚 各县：每一名学生都有人负责到底的标题\n\n全市核对名册，成效明显。"
        assert read_document(write(tmp_path / "a.txt", text)).prose.text == text.replace("\n\n", "\n")

    def test_never_joins_numbers_over_a_blank_line(self, tmp_path):
        text = "各县区落实包保责任，县领导包乡、乡领导包村，全市共计19\n\n15人，效果明显。"
        assert read_document(write(tmp_path / "a.txt", text)).prose.text.count("\n") == 1

    @examples(40, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(width=st.integers(8, 30))
    def test_a_paragraph_wrapped_at_any_width_is_whole_again(self, tmp_path, width):
        sentence = "截至本月八日，全市各级各类学校已核对名册学生1915人，其中送教上门823人，比例由2.41%变为1.39%。"
        wrapped = "\n".join(sentence[at : at + width] for at in range(0, len(sentence), width))
        document = read_document(write(tmp_path / "a.txt", f"　　{wrapped}\n　　第二段。"))
        assert document.prose.text == f"{sentence}\n第二段。"
        assert document.blocks[0].end == len(wrapped) + 2

    def test_span_leads_back(self, tmp_path):
        document = read_document(write(tmp_path / "a.txt", "全市核对名册１９\n１５人。"))
        at = document.prose.text.index("1915")
        start, end = document.prose.span(at, at + 4)
        assert document.text[start:end] == "１９\n１５"


class TestMarkdown:
    TEXT = """# 某月**通报** #

全市劝返**1915**人，见[名册](a.md)\\*。
- 第一项 `823`
3) 第三项

| 县区 | 人数 |
|------|-----:|
| 甲县 | 823 |

副题
----
> 引文12人
```
代码
```
"""

    def test_recognises_blocks(self, tmp_path):
        document = read_document(write(tmp_path / "a.md", self.TEXT))
        assert document.text == self.TEXT
        assert document.prose.text.split("\n") == [
            *("某月通报", "全市劝返1915人，见名册*。", "第一项 823", "第三项"),
            *("县区", "人数", "甲县", "823", "副题", "引文12人", "代码"),
        ]
        assert [block.kind for block in document.blocks] == [
            *("heading", "paragraph", "list-item", "list-item"),
            *(["table-cell"] * 4),
            *("heading", "paragraph", "paragraph"),
        ]
        assert str(document.place_of(document.text.index("823 |"))) == "table 1, row 2, column 2"
        assert document.place_of(document.text.index("823 |")).line == 9
        check_invariants(document)


class TestHtml:
    def test_reads_what_a_browser_shows(self, tmp_path):
        page = """<!doctype html><html><head><title>题</title><style>p{}</style></head><body>
        <h2>某月通报</h2><p>全市<b>劝返</b>
          1915人，
          缺勤比例<script>var x=88</script><span style="display: none">77</span>降低<sup>1</sup>。<!-- 66 --></p>
        <div>甲<p>乙</p>丙<br>丁</div><ul><li>项</li></ul><p hidden>55</p>
        <table><tr><th>县区<th>人数<tr><td>甲县<td><p>823</p></table></body></html>"""
        document = read_document(write(tmp_path / "a.html", page))
        assert kinds(document) == [
            ("heading", "某月通报"),
            ("paragraph", "全市劝返 1915人，缺勤比例降低¹。"),
            ("paragraph", "甲"),
            ("paragraph", "乙"),
            ("paragraph", "丙\n丁"),
            ("list-item", "项"),
            *(("table-cell", one) for one in ("县区", "人数", "甲县", "823")),
        ]
        assert str(document.place_of(document.text.index("823"))) == "table 1, row 2, column 2"
        assert str(document.place_of(document.text.index("乙"))) == "line 5"
        check_invariants(document)

    def test_cells_that_reach_over_others(self, tmp_path):
        rows = "<tr><td rowspan=2>甲<td colspan=2>乙<td>丙<tr><td>丁<td>戊<td>己<tr><td>庚<td colspan=x>辛"
        found = places(read_document(write(tmp_path / "a.html", f"<table>{rows}</table>")))
        assert found["丙"] == "table 1, row 1, column 4"
        assert found["丁"] == "table 1, row 2, column 2"
        assert found["己"] == "table 1, row 2, column 4"
        assert found["庚"] == "table 1, row 3, column 1"

    def test_honours_the_declared_encoding(self, tmp_path):
        page = '<html><head><meta charset="gb2312"></head><body><p>镕㐀1915人</p></body></html>'
        assert read_document(write(tmp_path / "a.html", page, "gb18030")).text == "镕㐀1915人"
        page = page.replace("gb2312", "big5").replace("镕㐀", "國")
        assert read_document(write(tmp_path / "b.html", page, "big5")).text == "國1915人"

    @pytest.mark.parametrize("page", ["<html></html>", "<p></p>", "<!-- x -->", "<html><script>1</script>"])
    def test_an_empty_page_is_refused(self, tmp_path, page):
        with pytest.raises(InputError, match=r"a\.html; found"):
            read_document(write(tmp_path / "a.html", page))


FULL = "截至本期，全市各级各类学校核对名册学生总数继续增加，全市"


class TestPdf:
    def test_a_page_end_does_not_split_a_sentence(self, tmp_path):
        head, foot = (250, 800, "简报第3期"), "— {} —"
        first = [
            head,
            *column([FULL, FULL, "各级各类学校核对名册学生的总数，经过逐县核对以后为19"]),
            (290, 40, foot.format(1)),
        ]
        second = [head, *column(["15人，缺勤比例降低。", "另起一段。"]), (290, 40, foot.format(2))]
        document = read_document(pdf(tmp_path / "a.pdf", [first, second]))
        assert "总数，经过逐县核对以后为1915人，缺勤比例降低。\n另起一段。" in document.prose.text
        assert [block.kind for block in document.blocks] == ["paragraph"] * 2 + ["header"] * 2 + ["footer"] * 2
        assert str(document.place_of(document.text.index("15人"))) == "page 2, line 2"
        assert document.unread == ()
        check_invariants(document)

    def test_headings_paragraphs_and_cells(self, tmp_path):
        lines = [
            (200, 760, "某月通报", 22),
            (100, 700, "首行缩进的一段，全市各级各类学校核对名册学生总数继续增加"),
            (72, 676, "，续行到此为止，没有句号"),
            (100, 652, "第二段也缩进，全市共15人。"),
            (72, 600, "甲县"), (200, 600, "823"), (300, 600, "0.06%"),
            (72, 576, "乙县"), (200, 576, "1208"), (300, 576, "1.59%"),
        ]  # fmt: skip
        document = read_document(pdf(tmp_path / "a.pdf", [lines]))
        assert document.prose.text.split("\n") == [
            "某月通报",
            "首行缩进的一段，全市各级各类学校核对名册学生总数继续增加，续行到此为止，没有句号",
            "第二段也缩进，全市共15人。",
            "甲县\t823\t0.06%",
            "乙县\t1208\t1.59%",
        ]
        assert document.blocks[0].kind == "heading"

    def test_a_note_mark_joins_no_number(self, tmp_path):
        document = read_document(
            pdf(tmp_path / "a.pdf", [[(72, 700, "共1915"), (113, 706, "2", 8, "Helvetica"), (118, 700, "人")]])
        )
        assert document.text == "共1915²人"

    def test_numbers_at_the_top_of_pages_are_no_page_numbers(self, tmp_path):
        pages = [[(72, 800, number), *column([FULL, FULL])] for number in ("1915", "823", "823")]
        document = read_document(pdf(tmp_path / "a.pdf", pages))
        assert {block.kind for block in document.blocks} == {"paragraph"}

    def test_a_scan_is_refused_and_a_scanned_page_named(self, tmp_path):
        with pytest.raises(InputError, match=r"no text layer.*Hint: run OCR"):
            read_document(scanned_pdf(tmp_path / "a.pdf"))
        with pytest.raises(InputError, match="no text on its pages, no text layer"):
            read_document(pdf(tmp_path / "b.pdf", [[]]))

    def test_text_in_a_font_that_no_machine_has_is_read_alike(self, tmp_path):
        # a digit alone, and a character whose shape is private: fonts of a machine may have neither
        document = read_document(pdf(tmp_path / "a.pdf", [[(72, 700, "7"), (72, 600, "甲镇"), (72, 500, "\ue123")]]))
        assert document.text == "7\n甲镇\n\ue123"
        assert document.unread == ()

    def test_a_protected_file_is_refused(self, tmp_path):
        with pytest.raises(InputError, match="protected by a password"):
            read_document(pdf(tmp_path / "a.pdf", [column([FULL])], encrypt="geheim"))

    @pytest.mark.thorough
    @pytest.mark.needs("chromium", "chinese-font")
    def test_reads_what_a_browser_prints(self, tmp_path):
        sentences = "".join(
            f"第{number}批核对{1000 + 7 * number}人，各县区逐村逐户核对了名单，" for number in range(120)
        )
        page = tmp_path / "a.html"
        foot = "<style>@page{margin:3cm;@bottom-center{content:'第' counter(page) '页'}}</style>"
        page.write_text(
            f"<meta charset=utf-8><body style='font-size:20px'>{foot}<p>{sentences}共计１９１５人。", "utf-8"
        )
        print_pdf(page, tmp_path / "a.pdf")
        document = read_document(tmp_path / "a.pdf")
        assert document.prose.text.split("\n")[0] == f"{sentences}共计1915人。"
        assert {block.kind for block in document.blocks[1:]} <= {"footer"}
