"""The smallest PDFs that show something, drawn by the tests themselves."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extract.pdf.read_pdf import read_pdf
from schemas.document import Cell, Document, Line, Table

WIDTH, HEIGHT = 400.0, 500.0
FONT = "HeiseiKakuGo-W5"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


class Sheet:
    """A page to draw on, with y counted from the top as the document model counts it."""

    def __init__(self, canvas: Canvas, height: float = HEIGHT) -> None:
        self.canvas = canvas
        self.height = height

    def text(self, x: float, y: float, text: str, size: float = 10) -> None:
        """Text whose baseline begins at a point."""
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.height - y, text)

    def lines(self, x: float, y: float, texts: Sequence[str], size: float = 10, pitch: float | None = None) -> None:
        for number, text in enumerate(texts):
            self.text(x, y + number * (pitch or 1.2 * size), text, size)

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> None:
        self.canvas.setLineWidth(width)
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def fill(self, x0: float, top: float, x1: float, bottom: float, gray: float = 0.0) -> None:
        self.canvas.setFillGray(gray)
        self.canvas.rect(x0, self.height - bottom, x1 - x0, bottom - top, stroke=0, fill=1)
        self.canvas.setFillGray(0)

    def grid(self, xs: Sequence[float], ys: Sequence[float], width: float = 0.5) -> None:
        """Rules at all xs and ys, from the first to the last."""
        for y in ys:
            self.rule(xs[0], y, xs[-1], y, width)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1], width)

    def cells(self, xs: Sequence[float], ys: Sequence[float], texts: Sequence[Sequence[str]], size: float = 10) -> None:
        """The text of each cell of a grid, at its top left; lines are parted by a line end."""
        for row, of_row in enumerate(texts):
            for col, text in enumerate(of_row):
                self.lines(xs[col] + 2, ys[row] + 1.2 * size, text.split("\n"), size)


Drawing = Callable[[Sheet], None]


def make_pdf(
    *pages: Drawing,
    size: tuple[float, float] = (WIDTH, HEIGHT),
    rotation: int = 0,
    encryption: StandardEncryption | None = None,
) -> bytes:
    """A PDF with one page for each drawing."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, encrypt=encryption, invariant=True)
    for draw in pages:
        canvas.setPageRotation(rotation)
        draw(Sheet(canvas, size[1]))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def read(*pages: Drawing, size: tuple[float, float] = (WIDTH, HEIGHT), rotation: int = 0) -> Document:
    """The document that is read from drawings."""
    return read_pdf(make_pdf(*pages, size=size, rotation=rotation), "drawn.pdf")


def only_table(document: Document) -> Table:
    (table,) = document.tables
    return table


def texts(table: Table) -> list[list[str]]:
    """The texts of a table by row, without covered places."""
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(table.n_rows)]


def spans(table: Table) -> list[tuple[int, int, int, int]]:
    return [(cell.row, cell.col, cell.row_span, cell.col_span) for cell in table.cells]


def body(document: Document) -> list[str]:
    return [line.text for line in document.lines if line.role == "body"]


def pieces(document: Document) -> list[Line | Cell]:
    """Everything that holds text, in order."""
    return [
        piece
        for item in document.items
        for piece in ((*item.cells, *item.repeated) if isinstance(item, Table) else (item,))
    ]


def raw_pdf(content: bytes, *, resources: bytes = b"<< >>", more: Sequence[bytes] = ()) -> bytes:
    """A PDF of one page written by hand: its content stream, its resources, and objects from number 5 on."""
    stream = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 500] /Contents 4 0 R /Resources %s >>" % resources
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, stream, *more]
    return join_objects(objects)


def join_objects(objects: Sequence[bytes]) -> bytes:
    """Objects, numbered from 1, as a file with its table of references."""
    out = b"%PDF-1.7\n"
    offsets = []
    for number, body_of in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body_of)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    )


def panicking_pdf() -> bytes:
    """A file over which pdf_oxide panics: the last code of a map is cut within a character."""
    cmap = b"begincmap 1 beginbfchar <41> <0000000\xbd> endbfchar endcmap"
    return raw_pdf(
        b"BT /F1 9 Tf 40 400 Td (A) Tj ET",
        resources=b"<< /Font << /F1 5 0 R >> >>",
        more=(
            b"<< /Type /Font /Subtype /TrueType /BaseFont /A /FirstChar 65 /LastChar 65 /Widths [600] "
            b"/FontDescriptor 6 0 R /ToUnicode 7 0 R >>",
            b"<< /Type /FontDescriptor /FontName /A /Flags 32 /FontBBox [0 -200 1000 800] /Ascent 800 /Descent -200 >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap),
        ),
    )
