"""A sheet as .docx in the layout of a 简报, each figure in a content control that carries its key.

The measures are those of GB/T 9704 (``word_parts``). Nothing in the file depends on when or where it is made.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from zt_analysis.writing import imprint, word_parts
from zt_analysis.writing.charts import Picture
from zt_analysis.writing.filling import Part, Run, Runs, Sheet, text_of
from zt_analysis.xmls import escape, quoteattr

# of a tag Word takes no more characters
MOST_OF_TAG = 64
STYLE_OF_HEADING = {1: "Title", 2: "Heading1", 3: "Heading2"}
# English metric units: a drawing's own
EMU_OF_POINT = 12700
EPOCH = (1980, 1, 1, 0, 0, 0)
VIEW_BOX = re.compile(r'viewBox="[\d.]+ [\d.]+ ([\d.]+) ([\d.]+)"')
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
EMPTY = '<w:p><w:pPr><w:pStyle w:val="AfterTable"/></w:pPr></w:p>'
SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
SVG_NAMESPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"


def word_file(sheet: Sheet, drawn: Mapping[str, Picture]) -> bytes:
    """The .docx of ``sheet``, the same bytes for the same sheet."""
    document = _Document(sheet, drawn)
    body = "".join(document.body())
    parts = word_parts.parts(sheet, body, [one.key for one in document.pictures])
    for number, picture in enumerate(document.pictures, start=1):
        parts[f"word/media/{number}.svg"] = picture.svg.encode()
        parts[f"word/media/{number}.png"] = picture.png
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()


def tag_of(key: str) -> str:
    """The tag of a figure's content control: its key, or where Word takes none that long a checksum of it.

    >>> tag_of("pupils@2018-11-08")
    'pupils@2018-11-08'
    >>> len(tag_of("x" * 80))
    19
    """
    return key if len(key) <= MOST_OF_TAG else f"zt:{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def alias_of(run: Run) -> str:
    """What Word calls a figure's content control: the place as it is written, without how it is printed."""
    return (run.place.raw.partition("|")[0].strip() if run.place else run.key)[:MOST_OF_TAG]


@dataclass
class _Document:
    sheet: Sheet
    drawn: Mapping[str, Picture]
    controls: int = 0
    pictures: list[Picture] = field(default_factory=list)

    def body(self) -> Iterator[str]:
        """The paragraphs and tables of the document."""
        sheet = self.sheet
        for mark in sheet.marks:
            yield self._paragraph("Draft", (Run(mark),))
        yield self._paragraph("Masthead", (Run(sheet.title),), word_parts.masthead_size(sheet.title))
        if sheet.number:
            yield self._paragraph("IssueNumber", sheet.number)
        yield self._paragraph("Issuer", (Run("\t"), Run(sheet.office), Run("\t"), *sheet.date))
        for part in sheet.parts:
            yield self._part(part)
        yield from self._foot()

    def _foot(self) -> Iterator[str]:
        """The imprint: a table at the foot of the page of the paragraph after it, the last of the document."""
        rows = imprint.rows(self.sheet)
        cells = []
        for number, row in enumerate(rows):
            runs = (*row.left, Run("\t"), *row.right) if row.right else row.left
            lines = {"top": 6 if number else 8} | ({"bottom": 8} if number == len(rows) - 1 else {})
            cells.append((self._paragraph("Imprint", runs, properties=word_parts.hanging(row.hang)), lines))
        if said := imprint.copies(self.sheet):
            cells.append((self._paragraph("Copies", (Run(said),)), {}))
        if cells:
            yield word_parts.pinned(cells)
        for note in self.sheet.notes:
            yield self._paragraph("Note", (Run(note),))
        if cells and not self.sheet.notes:
            yield EMPTY

    def _part(self, part: Part) -> str:
        kind = part.source.kind
        if kind == "heading":
            return self._paragraph(STYLE_OF_HEADING.get(part.source.level, "Heading3"), part.runs)
        if kind == "table":
            return self._table(part)
        if kind == "picture":
            caption = self._paragraph("Caption", part.runs) if text_of(part.runs) else ""
            return self._picture(self.drawn[part.source.chart]) + caption
        return self._paragraph("BodyText", part.runs)

    def _paragraph(self, style: str, runs: Runs, size: int = 0, properties: str = "") -> str:
        inside = "".join(self._run(run, size) for run in runs)
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{inside}</w:p>'

    def _run(self, run: Run, size: int = 0) -> str:
        properties = ("<w:b/>" if run.bold else "") + (f'<w:sz w:val="{size}"/>' if size else "")
        # quotation marks and dashes are as wide as Chinese characters
        before = f'<w:rPr><w:rFonts w:hint="eastAsia"/>{properties}</w:rPr>'
        if run.text == "\t":
            return f"<w:r>{before}<w:tab/></w:r>"
        made = f'<w:r>{before}<w:t xml:space="preserve">{escape(run.text)}</w:t></w:r>'
        return self._control(run, made) if run.key else made

    def _control(self, run: Run, inside: str) -> str:
        """A content control around a number: it is found again by its key, whatever stands in it."""
        self.controls += 1
        words = f"<w:alias w:val={quoteattr(alias_of(run))}/><w:tag w:val={quoteattr(tag_of(run.key))}/>"
        return (
            f"<w:sdt><w:sdtPr>{words}"
            f'<w:id w:val="{self.controls}"/><w:text/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>'
        )

    def _table(self, part: Part) -> str:
        columns = len(part.rows[0])
        width = word_parts.TEXT_WIDTH // columns
        grid = f'<w:gridCol w:w="{width}"/>' * columns
        stands = [f'<w:jc w:val="{one}"/>' if one else "" for one in part.source.aligned]
        rows = "".join(self._row(row, width, stands, head=number == 0) for number, row in enumerate(part.rows))
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="5000" w:type="pct"/><w:jc w:val="center"/>'
            f'<w:tblLook w:firstRow="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
            f"{EMPTY}"
        )

    def _row(self, row: tuple[Runs, ...], width: int, stands: Sequence[str], *, head: bool) -> str:
        style = "TableHead" if head else "TableText"
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f"{self._paragraph(style, cell, properties=how)}</w:tc>"
            for how, cell in zip(stands, row, strict=True)
        )
        header = "<w:tblHeader/>" if head else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{cells}</w:tr>"

    def _picture(self, picture: Picture) -> str:
        self.pictures.append(picture)
        number = len(self.pictures)
        wide, high = _size(picture)
        name, words = quoteattr(picture.title), quoteattr(f"{picture.title}。{picture.alt}")
        extent = f'cx="{wide}" cy="{high}"'
        properties = f'<{{}} id="{number}" name={name} descr={words}/>'
        vector = (
            f'<a:extLst><a:ext uri="{SVG_EXTENSION}"><asvg:svgBlip xmlns:asvg="{SVG_NAMESPACE}" '
            f'r:embed="svg{number}"/></a:ext></a:extLst>'
        )
        stretch = "<a:stretch><a:fillRect/></a:stretch>"
        blip = f'<pic:blipFill><a:blip r:embed="png{number}">{vector}</a:blip>{stretch}</pic:blipFill>'
        shape = (
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        )
        frame = (
            f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>{properties.format("wp:docPr")}'
            f'<a:graphic xmlns:a="{DRAWING}/main"><a:graphicData uri="{DRAWING}/picture">'
            f'<pic:pic xmlns:pic="{DRAWING}/picture"><pic:nvPicPr>{properties.format("pic:cNvPr")}<pic:cNvPicPr/>'
            f"</pic:nvPicPr>{blip}{shape}</pic:pic></a:graphicData></a:graphic></wp:inline>"
        )
        return f'<w:p><w:pPr><w:pStyle w:val="Picture"/></w:pPr><w:r><w:drawing>{frame}</w:drawing></w:r></w:p>'


def _size(picture: Picture) -> tuple[int, int]:
    """How large a chart is drawn: as its SVG says, no wider than the text."""
    found = VIEW_BOX.search(picture.svg)
    pixels = struct.unpack(">II", picture.png[16:24])
    wide, high = (float(found[1]), float(found[2])) if found else map(float, pixels)
    scale = min(1.0, word_parts.TEXT_WIDTH / 20 / wide)
    return round(wide * scale * EMU_OF_POINT), round(high * scale * EMU_OF_POINT)
