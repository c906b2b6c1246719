"""The parts of a .docx besides its text: page, grid, styles, fonts and page numbers after GB/T 9704.

A4 with margins of 37, 28, 35 and 26 mm leaves 156 by 225 mm: 22 lines of 28 characters of 16 points (三号仿宋). Titles
are 22 points 小标宋, headings 黑体, 楷体 and bold 仿宋, page numbers 14 points between dashes, outside on either page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zt_analysis.writing.filling import Sheet, text_of
from zt_analysis.writing.word_theme import theme
from zt_analysis.xmls import escape

# twips: 20 to a point, 1440 to an inch
PAGE = (11906, 16838)
MARGINS = {"top": 2098, "right": 1474, "bottom": 1984, "left": 1587, "header": 851, "footer": 1587, "gutter": 0}
TEXT_WIDTH = PAGE[0] - MARGINS["left"] - MARGINS["right"]
LINE = 579
# 28 characters of 16 points are a little wider than 156 mm: each gives way by this, in twips. A grid of characters
# would do it in Word alone: LibreOffice spreads them
CHARACTER = -5
RED = "C00000"
SONG, FANG, HEI, KAI = "方正小标宋简体", "仿宋", "黑体", "楷体"
# what a machine without the font takes instead
INSTEAD = {
    SONG: "宋体;SimSun;STSong;Noto Serif CJK SC", FANG: "FangSong;仿宋_GB2312;STFangsong;Noto Serif CJK SC",
    HEI: "SimHei;STHeiti;Noto Sans CJK SC", KAI: "KaiTi;楷体_GB2312;STKaiti;Noto Serif CJK SC",
}  # fmt: skip
LATIN = "Times New Roman"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = (
    f'xmlns:w="{WORD}" xmlns:r="{OFFICE}/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
NAMED = ("styles", "settings", "fontTable", "theme1", "footer1", "footer2")


def parts(sheet: Sheet, body: str, pictures: Sequence[str]) -> dict[str, bytes]:
    """Every part of the file but its pictures, by name, in the order in which Word looks for them."""
    found = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            {"d": ("officeDocument", "word/document.xml"), "c": ("core", "docProps/core.xml")}
        ),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}{_section()}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relationships(_of_document(pictures)),
        "word/styles.xml": _styles(sheet.language),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _fonts(),
        "word/theme1.xml": theme(LATIN, HEI, FANG),
        "word/footer1.xml": _footer("PageRight"),
        "word/footer2.xml": _footer("PageLeft"),
        "docProps/core.xml": _core(sheet),
    }
    return {name: (HEAD + text).encode() for name, text in found.items()}


def masthead_size(title: str) -> int:
    """Half points of the masthead: as large as it fits on one line, at most 52 points."""
    return max(44, min(104, TEXT_WIDTH * 2 // 20 // max(len(title), 1) - 4))


def hanging(width: float) -> str:
    """The indents of a row of the imprint whose second line is set in by that many characters of 14 points."""
    set_in = round(width * 280)
    return f'<w:ind w:left="{280 + set_in}" w:right="280" w:hanging="{set_in}"/>' if width else ""


def pinned(rows: Sequence[tuple[str, Mapping[str, int]]]) -> str:
    """A table of one column at the foot of the type area, each row with its paragraph and its lines.

    It floats: Word and LibreOffice put it on the page of the paragraph after it, below all text. Its left edge is that
    of the text, told from the page's: one as wide as the text and beside it LibreOffice lets stand where it is.
    """
    cells = "".join(
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{TEXT_WIDTH}" w:type="dxa"/>'
        f"{_lines('tcBorders', lines)}</w:tcPr>{inside}</w:tc></w:tr>"
        for inside, lines in rows
    )
    return (
        '<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="page" '
        f'w:tblpX="{MARGINS["left"]}" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/><w:tblW w:w="{TEXT_WIDTH}" '
        'w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{TEXT_WIDTH}"/></w:tblGrid>{cells}</w:tbl>'
    )


def _content_types() -> str:
    kinds = {"xml": "application/xml", "rels": "application/vnd.openxmlformats-package.relationships+xml",
             "png": "image/png", "svg": "image/svg+xml"}  # fmt: skip
    own = {"document": "document.main", "styles": "styles", "settings": "settings", "fontTable": "fontTable",
           "footer1": "footer", "footer2": "footer"}  # fmt: skip
    defaults = "".join(f'<Default Extension="{end}" ContentType="{kind}"/>' for end, kind in kinds.items())
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{TYPES}.{kind}+xml"/>' for name, kind in own.items()
    )
    drawing = "application/vnd.openxmlformats-officedocument.theme+xml"
    overrides += f'<Override PartName="/word/theme1.xml" ContentType="{drawing}"/>'
    metadata = "application/vnd.openxmlformats-package.core-properties+xml"
    core = f'<Override PartName="/docProps/core.xml" ContentType="{metadata}"/>'
    return f'<Types xmlns="{PACKAGE}/content-types">{defaults}{overrides}{core}</Types>'


def _relationships(named: dict[str, tuple[str, str]]) -> str:
    def kind(word: str) -> str:
        return (
            f"{PACKAGE}/relationships/metadata/core-properties" if word == "core" else f"{OFFICE}/relationships/{word}"
        )

    lines = "".join(
        f'<Relationship Id="{rid}" Type="{kind(word)}" Target="{target}"/>' for rid, (word, target) in named.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def _of_document(pictures: Sequence[str]) -> dict[str, tuple[str, str]]:
    found = {name: (name.rstrip("12"), f"{name}.xml") for name in NAMED}
    for number in range(1, len(pictures) + 1):
        found |= {f"{end}{number}": ("image", f"media/{number}.{end}") for end in ("png", "svg")}
    return found


def _section() -> str:
    margins = " ".join(f'w:{name}="{value}"' for name, value in MARGINS.items())
    pages = {"default": "footer1", "even": "footer2"}
    feet = "".join(f'<w:footerReference w:type="{kind}" r:id="{rid}"/>' for kind, rid in pages.items())
    return (
        f'<w:sectPr>{feet}<w:pgSz w:w="{PAGE[0]}" w:h="{PAGE[1]}"/><w:pgMar {margins}/>'
        f'<w:docGrid w:type="lines" w:linePitch="{LINE}"/></w:sectPr>'
    )


def _footer(style: str) -> str:
    """— 1 —, the number a field that Word counts."""
    begin, parted, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    code = '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    field = f"{begin}{code}{parted}<w:r><w:t>1</w:t></w:r>{end}"
    before, after = ('<w:r><w:t xml:space="preserve">— </w:t></w:r>', '<w:r><w:t xml:space="preserve"> —</w:t></w:r>')
    inside = f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{before}{field}{after}</w:p>'
    return f"<w:ftr {NAMESPACES}>{inside}</w:ftr>"


def _settings() -> str:
    return (
        f'<w:settings xmlns:w="{WORD}"><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        'w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def _fonts() -> str:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/><w:family w:val="auto"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for name, others in INSTEAD.items()
    )
    return f'<w:fonts xmlns:w="{WORD}">{fonts}</w:fonts>'


def _core(sheet: Sheet) -> str:
    day = f"{sheet.paper.issued_on}T00:00:00Z"
    title = f"{sheet.title} {text_of(sheet.number)}".strip()
    when = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{day}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(sheet.office)}</dc:creator>"
        f"<dc:language>{'zh-CN' if sheet.language == 'zh' else 'en'}</dc:language>{when}</cp:coreProperties>"
    )


def _font(name: str) -> str:
    return f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{name}" w:cs="{LATIN}"/>'


def _style(style: str, name: str, paragraph: str, run: str = "") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _lines(element: str, edges: Mapping[str, int]) -> str:
    lines = "".join(
        f'<w:{edge} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>' for edge, size in edges.items()
    )
    return f"<w:{element}>{lines}</w:{element}>" if lines else ""


def _styles(language: str) -> str:
    tongue = "zh-CN" if language == "zh" else "en-US"
    exact = f'<w:spacing w:line="{LINE}" w:lineRule="exact"/>'
    small = '<w:spacing w:line="440" w:lineRule="exact"/>'
    two, centre = '<w:ind w:firstLineChars="200" w:firstLine="632"/>', '<w:jc w:val="center"/>'
    after = "<w:keepNext/><w:keepLines/>"
    red = f'<w:color w:val="{RED}"/>'
    row = '<w:ind w:left="280" w:right="280"/>'
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH - 280}"/></w:tabs>'
    line = f'<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="1" w:color="{RED}"/></w:pBdr>'
    right = f'<w:tabs><w:tab w:val="left" w:pos="280"/><w:tab w:val="right" w:pos="{TEXT_WIDTH - 280}"/></w:tabs>'
    lined = '<w:spacing w:line="480" w:lineRule="exact"/>'
    title = f'<w:spacing w:before="{LINE}" w:after="{LINE}" w:line="680" w:lineRule="exact"/>'
    picture = '<w:keepNext/><w:spacing w:before="120" w:line="240" w:lineRule="auto"/>'
    masthead = f'<w:spacing w:before="120" w:after="160"/>{centre}'
    to_right = '<w:ind w:right="280"/><w:jc w:val="right"/>'
    note = '<w:spacing w:before="120" w:line="360" w:lineRule="exact"/>'

    def heading(level: int, run: str) -> str:
        outline = f'{after}{exact}{two}<w:outlineLvl w:val="{level}"/>'
        return _style(f"Heading{level}", f"heading {level}", outline, run)

    styles = (
        _style("BodyText", "Body Text", f'{exact}{two}<w:jc w:val="both"/>'),
        _style("Masthead", "Masthead", masthead, f"{_font(SONG)}<w:b/>{red}"),
        _style("Draft", "Draft", centre, f"{_font(HEI)}{red}"),
        _style("IssueNumber", "Issue Number", exact + centre),
        _style("Issuer", "Issuer", f"{line}{right}{exact}"),
        _style("Title", "Title", f'{after}{title}{centre}<w:outlineLvl w:val="0"/>', _font(SONG) + _size(44)),
        heading(1, _font(HEI)),
        heading(2, _font(KAI)),
        heading(3, "<w:b/>"),
        _style("Picture", "Picture", picture + centre),
        _style("Caption", "caption", small + centre, _font(KAI) + _size(28)),
        _style("TableText", "Table Text", small + centre, _size(28)),
        _style("TableHead", "Table Head", f"<w:keepNext/>{small}{centre}", _font(HEI) + _size(28)),
        _style("AfterTable", "After Table", '<w:spacing w:line="240" w:lineRule="exact"/>'),
        _style("Imprint", "Imprint", after + tab + lined + row, _size(28)),
        _style("Copies", "Copies", after + lined + to_right, _size(28)),
        _style("Note", "Note", note, _font(KAI) + _size(24)),
        _style("PageRight", "Page Right", to_right, _font("宋体") + _size(28)),
        _style("PageLeft", "Page Left", '<w:ind w:left="280"/>', _font("宋体") + _size(28)),
    )
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="6" w:space="0" w:color="333333"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    narrow = f'<w:spacing w:val="{CHARACTER}"/>'
    return (
        f'<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr>{_font(FANG)}{narrow}{_size(32)}'
        f'<w:lang w:val="en-US" w:eastAsia="{tongue}"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr>'
        '<w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
        f'<w:style w:type="table" w:styleId="Grid"><w:name w:val="Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr>'
        f"<w:tblBorders>{edges}</w:tblBorders></w:tblPr></w:style>{''.join(styles)}</w:styles>"
    )
