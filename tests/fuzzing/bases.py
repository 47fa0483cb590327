"""The sound documents that are broken. Small ones mostly, so that a campaign gets far; whole ones in a small share."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

import pypdfium2 as pdfium
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from extract.text.encodings import decode
from tests.extract.pdf.pdf_making import Drawing, Sheet, join_objects, make_pdf, raw_pdf
from tests.rendering.layouts import LAYOUTS
from tests.rendering.long_run import document_of

RAW = Path(__file__).parents[2] / "data" / "raw"
_LINES_OF_A_PART = 60
_GENERATED = 4
_FONT_FILE = re.compile(rb"/FontFile[23]? \d+ \d+ R")


class Base(NamedTuple):
    """A sound document, and the group that it is counted in."""

    group: str
    data: bytes


def choose_pdf(random: Random) -> Base:
    """A PDF to break: drawn by us mostly, a page of `data/raw` in one of 25, a whole one in one of 300."""
    return _choose(random, {drawn_pdfs: 95.7, slim_pages: 2.0, pages: 2.0, whole_pdfs: 0.3})


def choose_text(random: Random) -> Base:
    """A text to break: a part of one of `data/raw`, a generated form, or a whole text."""
    return _choose(random, {text_parts: 60, generated_texts: 35, whole_texts: 5})


def _choose(random: Random, groups: dict[Callable[[], tuple[Base, ...]], float]) -> Base:
    (group,) = random.choices([*groups], [*groups.values()])
    return random.choice(group())


@cache
def pages() -> tuple[Base, ...]:
    """The pages of the PDFs of `data/raw`, each a document with its fonts. Read fast where nothing is wrong."""
    return tuple(Base("page", page) for path in sorted(RAW.glob("*.pdf")) for page in _pages(path.read_bytes()))


@cache
def slim_pages() -> tuple[Base, ...]:
    """The same without the files of their fonts: a tenth of the bytes, so that mutations meet all else."""
    bare = (_FONT_FILE.sub(lambda found: b" " * len(found[0]), page.data) for page in pages())
    return tuple(Base("page without font files", page) for data in bare for page in _pages(data))


@cache
def whole_pdfs() -> tuple[Base, ...]:
    """The PDFs of `data/raw`."""
    return tuple(Base("whole PDF", path.read_bytes()) for path in sorted(RAW.glob("*.pdf")))


@cache
def text_parts() -> tuple[Base, ...]:
    """Parts of the texts of `data/raw`, in UTF-8."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(RAW.glob("*.txt"))]
    return tuple(Base("part of a text", part.encode()) for text in texts for part in _parts(text))


@cache
def whole_texts() -> tuple[Base, ...]:
    """The texts of `data/raw`."""
    return tuple(Base("whole text", path.read_bytes()) for path in sorted(RAW.glob("*.txt")))


@cache
def generated_texts() -> tuple[Base, ...]:
    """Forms of every layout as the round-trip tests draw them."""
    made = (document_of(layout, "text", 0, number).data for layout in LAYOUTS for number in range(_GENERATED))
    return tuple(Base("generated text", decoded.text.encode()) for data in made if (decoded := decode(data)))


def _pages(data: bytes) -> Iterator[bytes]:
    with pdfium.PdfDocument(data) as whole:
        for number in range(len(whole)):
            with pdfium.PdfDocument.new() as one:
                one.import_pages(whole, [number])
                buffer = io.BytesIO()
                one.save(buffer)
                yield buffer.getvalue()


def _parts(text: str) -> Iterator[str]:
    lines = text.split("\n")
    yield from ("\n".join(lines[at : at + _LINES_OF_A_PART]) for at in range(0, len(lines), _LINES_OF_A_PART))


@cache
def drawn_pdfs() -> tuple[Base, ...]:
    """PDFs of one or two small pages, each with something that the others have not."""
    return tuple(Base("drawn PDF", data) for data in (*_drawn(), *_written()))


def _drawn() -> Iterator[bytes]:
    """As reportlab writes them; those left open have operators that can be changed one by one."""
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))

    def table(sheet: Sheet) -> None:
        xs, ys = (40.0, 140.0, 260.0, 360.0), (60.0, 90.0, 120.0, 150.0)
        sheet.text(40, 40, "令和7年度 施策評価シート", 12)
        sheet.grid(xs, ys)
        sheet.cells(xs, ys, [["指標名", "目標値", "実績値"], ["参加者数", "120人", "98人"], ["開催回数", "4回", "5回"]])

    def prose(sheet: Sheet) -> None:
        sheet.lines(40, 60, ["港の案内を続け、", "桟橋の補修を終えた。", "・灯台の公開", "・船着場の見直し"])
        sheet.fill(40, 200, 300, 230, 0.8)

    def figures(sheet: Sheet) -> None:
        """Set in a font that the file holds, and so read by both engines alike."""
        xs, ys = (40.0, 140.0, 260.0), (60.0, 90.0, 120.0)
        sheet.grid(xs, ys)
        sheet.canvas.setFont("Vera", 10)
        for x in xs[:-1]:
            for y in ys[:-1]:
                sheet.canvas.drawString(x + 2, sheet.height - y - 14, f"{x:.0f}/{y:.0f} %")

    def downwards(sheet: Sheet) -> None:
        sheet.canvas.saveState()
        sheet.canvas.rotate(90)
        sheet.text(60, 560, "縦に置く見出し")
        sheet.canvas.restoreState()
        sheet.canvas.setDash(2, 2)
        sheet.grid((40.0, 200.0, 360.0), (60.0, 90.0, 120.0))

    def left_open(draw: Drawing) -> Drawing:
        def drawn(sheet: Sheet) -> None:
            sheet.canvas.setPageCompression(0)
            draw(sheet)

        return drawn

    for drawings in ((table,), (prose,), (figures,), (table, prose)):
        yield make_pdf(*drawings)
        yield make_pdf(*map(left_open, drawings))
    yield make_pdf(downwards)
    yield make_pdf(table, rotation=90)
    yield make_pdf(table, encryption=StandardEncryption("", canPrint=0))


def _written() -> Iterator[bytes]:
    """Written by hand: forms in forms, a font of drawings, a font with a map to Unicode, objects in a stream."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    yield raw_pdf(
        b"q 1 0 0 1 40 300 cm /Fm0 Do Q BT /F1 9 Tf 40 400 Td (Form) Tj ET",
        resources=b"<< /Font << /F1 5 0 R >> /XObject << /Fm0 6 0 R >> >>",
        more=(
            font,
            _form(b"0 0 200 60 re S /Fm0 Do", b"/XObject << /Fm0 7 0 R >>"),
            _form(b"BT /F1 9 Tf 5 5 Td (12 %) Tj ET 0 30 m 200 30 l S", b"/Font << /F1 5 0 R >>"),
        ),
    )
    letter = b"700 0 0 0 700 700 d1 0 0 700 700 re f"
    yield raw_pdf(
        b"/Span << /ActualText <FEFF65BD7B56> >> BDC BT /F1 9 Tf 40 400 Td (aab) Tj ET EMC\n"
        b"BI /W 2 /H 2 /BPC 8 /CS /G ID abcd EI",
        resources=b"<< /Font << /F1 5 0 R >> >>",
        more=(
            b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 700 700] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 97 "
            b"/LastChar 98 /Widths [700 700] /CharProcs << /a 6 0 R /b 6 0 R >> "
            b"/Encoding << /Type /Encoding /Differences [97 /a /b] >> /Resources << >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(letter), letter),
        ),
    )
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def 1 begincodespacerange "
        b"<0000> <FFFF> endcodespacerange 2 beginbfrange <0001> <0004> <65BD> <0005> <0006> [<7B56> <8A55>] endbfrange "
        b"1 beginbfchar <0007> <D842DFB7> endbfchar endcmap end end"
    )
    yield raw_pdf(
        b"BT /F1 9 Tf 40 400 Td <0001000500060007> Tj 0 -12 Td [<0002> -200 <0003>] TJ ET 40 380 100 30 re S",
        resources=b"<< /Font << /F1 5 0 R >> >>",
        more=(
            b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [6 0 R] "
            b"/ToUnicode 8 0 R >>",
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A "
            b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            b"/DW 1000 /W [1 [500 500] 3 7 900] /FontDescriptor 7 0 R >>",
            b"<< /Type /FontDescriptor /FontName /A /Flags 4 /FontBBox [0 -120 1000 880] /Ascent 880 /Descent -120 >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap),
        ),
    )
    inside = (font, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 500] /Contents 4 0 R >>")
    heads = b"5 0 3 %d " % (len(inside[0]) + 1)
    content = b"BT /F1 9 Tf 40 400 Td (In a stream of objects) Tj ET"
    yield join_objects(
        (
            b"<< /Type /Catalog /Pages 2 0 R /StructTreeRoot << /Type /StructTreeRoot /K [] >> >>",
            b"<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 /Resources << /Font << /F1 5 0 R >> >> >>",
            inside[1],
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
            font,
            inside[1].replace(b"/Contents 4 0 R", b"/Contents [4 0 R 4 0 R] /UserUnit 2 /CropBox [9 9 300 400]"),
            b"<< /Type /ObjStm /N 2 /First %d /Length %d >>\nstream\n%s%s\nendstream"
            % (len(heads), len(heads) + sum(map(len, inside)) + 1, heads, b"\n".join(inside)),
        )
    )


def _form(content: bytes, resources: bytes) -> bytes:
    head = b"<< /Type /XObject /Subtype /Form /BBox [0 0 300 300] /Resources << %s >> /Length %d >>"
    return head % (resources, len(content)) + b"\nstream\n" + content + b"\nendstream"


GROUPS = (drawn_pdfs, slim_pages, pages, whole_pdfs, text_parts, generated_texts, whole_texts)
"""All that is broken. Making it takes seconds: a worker asks for it before it begins to count."""
