"""Documents made for the tests: .docx from raw XML, .pdf from lines at places."""

import io
import zipfile
import zlib
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARTS = {one: one for one in ("footnotes", "endnotes", "comments", "styles")} | {"header": "hdr", "footer": "ftr"}


def run(text, properties=""):
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*content, properties=""):
    inner = "".join(one if one.startswith("<") else run(one) for one in content)
    return f"<w:p>{properties}{inner}</w:p>"


def cell(*paragraphs, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def table(*rows):
    return f"<w:tbl>{''.join(f'<w:tr>{chr(10).join(row)}</w:tr>' for row in rows)}</w:tbl>"


def members(body, parts=None, extra_relationships=""):
    """The members of a .docx; ``parts`` maps ``footnotes``, ``header`` ... to the XML inside their root."""
    parts = parts or {}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{CONTENT}.{name}+xml"/>' for name in ("document", *parts)
    )
    links = "".join(f'<Relationship Id="r_{name}" Type="{R}/{name}" Target="{name}.xml"/>' for name in parts)
    found = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        f'"application/xml"/>{overrides.replace("document+xml", "document.main+xml")}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{links}'
        f"{extra_relationships}</Relationships>",
        "word/document.xml": f"{HEAD}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
    }
    for name, content in parts.items():
        found[f"word/{name}.xml"] = f"{HEAD}<w:{PARTS[name]} {NAMESPACES}>{content}</w:{PARTS[name]}>"
    return found


def zipped(content, path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return path


def word(path, body, parts=None, extra_relationships=""):
    return zipped(members(body, parts, extra_relationships), path)


def pdf(path, pages, *, size=14, encrypt=None):
    """A PDF whose ``pages`` are lists of (x, y, text) or (x, y, text, size, font), in points from the lower left."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path), pagesize=(595, 842), encrypt=encrypt, invariant=True)
    for page in pages:
        for x, y, text, *own in page:
            canvas.setFont("STSong-Light" if len(own) < 2 else own[1], own[0] if own else size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return path


def scanned_pdf(path):
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=(595, 842), invariant=True)
    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 595, 842)
    canvas.showPage()
    canvas.save()
    return path


def column(lines, *, x=72, top=700, leading=24):
    """Lines one below another."""
    return [(x, top - leading * position, text) for position, text in enumerate(lines)]


class _Alike:
    """Packs pieces that are all alike: the first, and its packed bytes again for each further one."""

    def __init__(self):
        self.packer, self.packed = zlib.compressobj(9, zlib.DEFLATED, -15), b""

    def compress(self, piece):
        self.packed = self.packed or self.packer.compress(piece) + self.packer.flush(zlib.Z_FULL_FLUSH)
        return self.packed

    def flush(self):
        return self.packer.flush()


def bomb(path, members_of, name, size):
    """The archive with a member ``name`` of ``size`` equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, text in members_of.items():
            archive.writestr(member, text)
        equal_bytes(archive, name, size)
    path.write_bytes(buffer.getvalue())
    return path


def equal_bytes(archive, name, size):
    """A member ``name`` of ``size`` equal bytes, in whole megabytes."""
    with archive.open(name, "w") as stream:
        stream._compressor = _Alike()  # seconds for 600 MB otherwise
        piece = bytes(1 << 20)
        for _ in range(size >> 20):
            stream.write(piece)
