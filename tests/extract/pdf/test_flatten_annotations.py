"""What form fields and typed notes show is read like the rest of the page, where it stands."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from extract.pdf.engines.pdfplumber.reader import PdfplumberReader
from extract.pdf.read_pdf import read_pdf
from extract.second_opinion.comparison import second_opinion
from pipeline.review.pictures import opened
from schemas.document import Document
from tests.extract.pdf.pdf_making import join_objects

NOTE = b"/Subtype /FreeText /F 4 /AP << /N 9 0 R >>"
CLICKED = b"/Subtype /Text /F 4 /AP << /N 9 0 R >>"


def shown(text: str) -> bytes:
    return b"<%s>" % text.encode("utf-16-be").hex().encode()


FIELD = b"/Subtype /Widget /F 4 /FT /Tx /T (a) /DA (/F 10 Tf 0 g) /V <FEFF%s" % shown("令和7年度")[1:]
FORM = b"/AcroForm << /DR << /Font << /F 5 0 R >> >> /Fields [8 0 R] >>"


def drawing(text: str, x: int, y: int) -> bytes:
    return b"BT /F 10 Tf %d %d Td %s Tj ET" % (x, y, shown(text))


def annotated(annotation: bytes, *, page: bytes = b"", catalog: bytes = b"", is_packed: bool = False) -> bytes:
    """A page that prints a label, and an annotation right of it whose appearance, object 9, is 四十人."""
    fonts = b"<< /Font << /F 5 0 R >> >>"
    label, value = drawing("目標", 50, 400), drawing("四十人", 2, 5)
    note = b"<< /Type /Annot /Rect [100 395 160 412] %s >>" % annotation
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 500] /Resources %s /Contents 4 0 R /Annots [8 0 R] %s >>"
        % (fonts, page),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(label), label),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Gothic /Encoding /UniJIS-UCS2-H /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Gothic /DW 1000 /CIDSystemInfo << /Registry (Adobe) "
        b"/Ordering (Japan1) /Supplement 2 >> /FontDescriptor 7 0 R >>",
        b"<< /Type /FontDescriptor /FontName /Gothic /Flags 4 /FontBBox [0 -133 1000 862] /ItalicAngle 0 /Ascent 862 "
        b"/Descent -133 /CapHeight 862 /StemV 80 >>",
        b"null" if is_packed else note,
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 60 17] /Resources %s /Length %d >>\nstream\n%s\nendstream"
        % (fonts, len(value), value),
    ]
    return _with_packed(objects, 8, note) if is_packed else join_objects(objects)


def _with_packed(objects: list[bytes], number: int, text: bytes) -> bytes:
    """The file with one object in an object stream, as most programs write them today."""
    content = zlib.compress(b"%d 0 " % number + text)
    size = len(objects) + 3
    packed = b"<< /Type /ObjStm /N 1 /First %d /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (
        len(b"%d 0 " % number),
        len(content),
        content,
    )
    out = b"%PDF-1.7\n"
    rows = [bytes([0, 0, 0, 0, 255])]
    for at, body in enumerate([*objects, packed], start=1):
        rows.append(bytes([2, 0, 0, size - 2, 0]) if at == number else b"\1" + len(out).to_bytes(3, "big") + b"\0")
        if at != number:
            out += b"%d 0 obj\n%s\nendobj\n" % (at, body)
    rows.append(b"\1" + len(out).to_bytes(3, "big") + b"\0")
    table = b"".join(rows)
    return out + (
        b"%d 0 obj\n<< /Type /XRef /Size %d /W [1 3 1] /Root 1 0 R /Length %d >>\nstream\n%s\nendstream\nendobj\n"
        b"startxref\n%d\n%%%%EOF\n" % (size - 1, size, len(table), table, len(out))
    )


def lines(document: Document) -> list[tuple[str, float]]:
    assert not document.problems
    return [(line.text, round(line.fragments[0].box.x0)) for line in document.lines if line.fragments[0].box]


@pytest.mark.parametrize("is_packed", [False, True])
@pytest.mark.parametrize("reader", [None, PdfplumberReader()])
def test_a_typed_note_is_read_where_it_stands(reader: PdfplumberReader | None, is_packed: bool) -> None:
    data = annotated(NOTE, is_packed=is_packed)
    assert lines(read_pdf(data, "note.pdf", reader=reader)) == [("目標", 50), ("四十人", 102)]


def test_a_filled_field_is_read_with_and_without_a_drawing_of_its_own() -> None:
    drawn = FIELD + b"/AP << /N 9 0 R >>"
    assert lines(read_pdf(annotated(drawn, catalog=FORM), "form.pdf"))[1:] == [("四十人", 102)]
    assert lines(read_pdf(annotated(FIELD, catalog=FORM), "form.pdf"))[1:] == [("令和7年度", 101)]


@pytest.mark.parametrize("annotation", [CLICKED, NOTE.replace(b"/F 4", b"/F 2")])
def test_what_nobody_sees_on_the_page_is_no_text_of_it(annotation: bytes) -> None:
    assert lines(read_pdf(annotated(annotation), "clicked.pdf")) == [("目標", 50)]


@pytest.mark.parametrize("kind", [b"Square", b"Ink"])
def test_what_an_annotation_covers_is_not_seen(kind: bytes) -> None:
    box = b"/Subtype /%s /F 4 /Rect [40 390 90 412] /AP << /N 9 0 R >>" % kind
    data = annotated(box).replace(drawing("四十人", 2, 5), b"0 0 60 17 re f".ljust(len(drawing("四十人", 2, 5))))
    document = read_pdf(data, "covered.pdf")
    assert not [*document.lines]
    assert [(problem.rule, problem.observed) for problem in document.problems] == [("hidden-text", "目標")]


def test_places_hold_on_a_cropped_and_on_a_turned_page() -> None:
    cropped = read_pdf(annotated(NOTE, page=b"/CropBox [20 30 380 480]"), "cropped.pdf")
    assert lines(cropped) == [("目標", 30), ("四十人", 82)]
    turned = read_pdf(annotated(NOTE, page=b"/Rotate 90"), "turned.pdf")
    tops = [round(line.fragments[0].box.top) for line in turned.lines if line.fragments[0].box]
    assert ([line.text for line in turned.lines], tops) == (["目標", "四十人"], [50, 102])


def test_camelot_sees_it_too() -> None:
    data = annotated(NOTE)
    assert second_opinion(data, read_pdf(data, "note.pdf")) == ()


def test_the_review_shows_a_value_that_only_its_field_holds(tmp_path: Path) -> None:
    pictures = []
    for number, annotation in enumerate((FIELD, CLICKED)):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(annotated(annotation, catalog=FORM))
        with opened(path) as pdf:
            assert pdf is not None
            pictures.append(pdf.picture(1))
    assert pictures[0] != pictures[1]


def test_a_typed_note_of_an_encrypted_file_is_read() -> None:
    """Its objects stand in a stream that cannot be read before the file is opened.

    Made of `annotated(NOTE, is_packed=True)` by `qpdf --static-id --object-streams=generate --encrypt "" owner 256 --`.
    """
    data = Path(__file__).with_name("encrypted-note.pdf").read_bytes()
    assert lines(read_pdf(data, "note.pdf")) == [("目標", 50), ("四十人", 102)]
