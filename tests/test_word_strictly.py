"""What ``zt write`` and ``zt proof`` leave as .docx, held against the schemas and rules that Word opens a file by."""

import re
import shutil
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from commands import zt
from lxml import etree
from packages import ROOT

from conftest import copy_project

pytestmark = pytest.mark.thorough

LETTERHEAD = """bulletin:
  title: 年度简报
  office: 某县教育局
  number: "{issue_year}年第{issue_number}期"
  lists: {报: 县人民政府。, 送: 县政协办公室。, 抄送: 县财政局。, 发: 各学校。}
  printed_by: 某县教育局办公室
  copies: 100
"""
# one of each kind of block
TEXT = """---
typed: list
---
# 题目

截至{as_of | 月日}，全市劝返复学{劝返复学学生数}，**初中失辍学率{失辍学率 stage=初中}**。上门送教1951人。

## 一、甲

### （一）乙

#### 丙

- 小学失辍学率{失辍学率 stage=小学}

| 学段 | 失辍学率 |
|---|---|
| 小学 | {失辍学率 stage=小学} |

![各县区小学失辍学率](county_rates?stage=primary)

![各县区初中失辍学率](county_rates?stage=junior)
"""
NUMBERED = {
    "control": r'<w:id w:val="(\d+)"/>',
    "drawing": r'<wp:docPr [^>]*?\bid="(\d+)"',
    "comment": r'<w:comment [^>]*?\bw:id="(\d+)"',
}


@pytest.fixture(scope="module")
def drafts(once):
    """A .docx with every kind of block, and the copy of it that a proof has put comments in; read only."""

    def make(folder):
        copy_project(folder)
        shutil.copytree(ROOT / "papers", folder / "papers")
        (folder / "papers" / "letterhead.yml").write_text(LETTERHEAD, encoding="utf-8")
        (folder / "papers" / "2018-11.md").write_text(TEXT, encoding="utf-8")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("ZT_KEPT_ROWS", "on")  # what writing has asked, tying need not ask again
            done = zt("write", "2018-11", "--to", "docx", cwd=folder)
            assert done.returncode == 1, done.stdout + done.stderr
            tied = ("tie", "written/2018-11.docx", "--case", "2018-11", "--comments", "commented.docx")
            assert zt(*tied, cwd=folder).returncode == 1

    return once("drafts for Word", make)


def complaints(path):
    """What a port of Microsoft's own validator has against a .docx."""
    import openxml_audit as audit

    found = audit.OpenXmlValidator(file_format=audit.FileFormat.MICROSOFT_365, max_errors=0).validate(path)
    return [f"{one.part_uri} {one.description}" for one in found.errors]


def loose_ends(path):
    """What that does not see: numbers given twice, relations that lead nowhere or are missing, parts without a type."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    trees = {name: etree.fromstring(one) for name, one in parts.items() if name.endswith((".xml", ".rels"))}
    for given, pattern in NUMBERED.items():
        ids = re.findall(pattern, parts["word/document.xml"].decode() + parts.get("word/comments.xml", b"").decode())
        yield from (f"{given} {one} twice" for one in set(ids) if ids.count(one) > 1)
    for name, tree in trees.items():
        if name.endswith(".rels"):
            source = PurePosixPath(name).parent.parent / PurePosixPath(name).stem
            ids = {one.get("Id") for one in tree}
            used = set(re.findall(r'\br:(?:embed|id|link)="([^"]+)"', parts.get(str(source), b"").decode()))
            yield from (f"{source}: {one} is no relation" for one in used - ids)
            for one in tree:
                target = str("/" / PurePosixPath(name).parent.parent / one.get("Target")).lstrip("/")
                if one.get("TargetMode") != "External" and target not in parts:
                    yield f"{name}: no {target}"
    kinds = trees["[Content_Types].xml"]
    ends = {one.get("Extension").lower() for one in kinds if one.get("Extension")}
    named = {one.get("PartName") for one in kinds if one.get("PartName")}
    yield from (
        f"{name} has no type" for name in parts if f"/{name}" not in named and name.rpartition(".")[2] not in ends
    )
    yield from (f"type of no part: {name}" for name in named if name.lstrip("/") not in parts)


@pytest.mark.needs("openxml-audit")
@pytest.mark.parametrize("name", ["written/2018-11.docx", "commented.docx"])
@pytest.mark.part(2)
def test_word_has_nothing_against_it(drafts, name):
    assert list(loose_ends(drafts / name)) == []
    assert complaints(drafts / name) == []


def changed(drafts, tmp_path, part, before, after):
    """The written .docx with one thing wrong in ``part``."""
    path = tmp_path / "wrong.docx"
    with zipfile.ZipFile(drafts / "written" / "2018-11.docx") as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                assert before.encode() in text
                text = text.replace(before.encode(), after.encode(), 1)
            target.writestr(name, text)
    return path


CENTRED, OUTLINE = '<w:jc w:val="center"/>', '<w:outlineLvl w:val="0"/>'
GRID, WIDE = '<w:tblStyle w:val="Grid"/>', '<w:tblW w:w="5000" w:type="pct"/>'
KINDS, PICTURES = "[Content_Types].xml", "word/_rels/document.xml.rels"


@pytest.mark.part(3)
@pytest.mark.needs("openxml-audit")
@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        ("word/styles.xml", f"{CENTRED}{OUTLINE}", f"{OUTLINE}{CENTRED}"),
        ("word/styles.xml", "<w:b/><w:color", "<w:colour/><w:b/><w:color"),
        ("word/document.xml", '<w:rFonts w:hint="eastAsia"/><w:b/>', '<w:b/><w:rFonts w:hint="eastAsia"/>'),
        ("word/document.xml", f"{GRID}{WIDE}", f"{WIDE}{GRID}"),
        ("word/document.xml", "<w:tblpPr ", "<w:cantSplit/><w:tblpPr "),
        ("word/document.xml", '<w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>', "</w:sectPr><w:p/>"),
        ("word/document.xml", 'r:embed="svg2"', 'r:embed="svg9"'),
        (PICTURES, "styles.xml", "style.xml"),
    ],
)  # fmt: skip
def test_a_file_that_word_would_mend_is_found(drafts, tmp_path, part, before, after):
    path = changed(drafts, tmp_path, part, before, after)
    assert complaints(path) or list(loose_ends(path))


@pytest.mark.parametrize(
    ("part", "before", "after", "said"),
    [
        ("word/document.xml", '<w:id w:val="2"/>', '<w:id w:val="1"/>', "control 1 twice"),
        ("word/document.xml", '<wp:docPr id="2"', '<wp:docPr id="1"', "drawing 1 twice"),
        ("word/document.xml", 'r:embed="png1"', 'r:embed="png7"', "word/document.xml: png7 is no relation"),
        (PICTURES, "media/1.png", "media/3.png", f"{PICTURES}: no word/media/3.png"),
        (KINDS, '<Default Extension="svg"', '<Default Extension="gif"', "word/media/1.svg has no type"),
        (KINDS, "/word/footer2.xml", "/word/footer3.xml", "type of no part: /word/footer3.xml"),
    ],
)  # fmt: skip
def test_a_loose_end_is_found(drafts, tmp_path, part, before, after, said):
    assert said in list(loose_ends(changed(drafts, tmp_path, part, before, after)))


def test_the_imprint_is_a_table_at_the_foot_with_a_paragraph_after_it(drafts):
    """Word puts a floating table on the page of the paragraph that follows; without one it is another's."""
    with zipfile.ZipFile(Path(drafts) / "written" / "2018-11.docx") as archive:
        body = etree.fromstring(archive.read("word/document.xml"))[0]
    word = f"{{{body.nsmap['w']}}}"
    table = body[-3]
    place = table.find(f"{word}tblPr/{word}tblpPr")
    assert [place.get(f"{word}{name}") for name in ("vertAnchor", "tblpYSpec")] == ["margin", "bottom"]
    assert [body[-2].tag, body[-1].tag] == [f"{word}p", f"{word}sectPr"]
    rows = ["".join(row.itertext()) for row in table.iter(f"{word}tr")]
    assert rows == [
        "报：县人民政府。", "送：县政协办公室。", "抄送：县财政局。", "发：各学校。",
        "某县教育局办公室2018年11月15日印发", "（共印100份）",
    ]  # fmt: skip
    lines = [
        [edge.get(f"{word}sz") for edge in row.iter(f"{word}top", f"{word}bottom")] for row in table.iter(f"{word}tr")
    ]
    assert lines == [["8"], ["6"], ["6"], ["6"], ["6", "8"], []]
