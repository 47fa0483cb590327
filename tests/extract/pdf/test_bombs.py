"""Small files that contain themselves end in seconds: each way in its smallest form."""

from __future__ import annotations

import time
from collections.abc import Mapping

import pytest

from extract.pdf.read_pdf import read_pdf

SECONDS = 15.0
"""Of a processor. What is meant takes one or two; without its check, each takes hours."""

TEXT = b"BT /F 12 Tf 50 700 Td (hello 123) Tj ET"
DEEP = range(20, 50)


def stream(about: bytes, data: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (about, len(data), data)


def page(resources: bytes = b"", entries: bytes = b"", content: bytes = TEXT) -> dict[int, bytes]:
    return {
        1: b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [20 0 R] >> >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> "
        b"%s >> %s >>" % (resources, entries),
        4: stream(b"", content),
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }


def pdf(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    data = b"%PDF-1.7\n"
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    size = max(objects) + 1
    table = b"".join(
        b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
        for number in range(1, size)
    )
    end = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end


def forms(painted: bytes, content: bytes = b"") -> dict[int, bytes]:
    """Forms that each paint another, thirty deep."""
    about = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
    nested = {
        number: stream(b"%s /Resources << /XObject << /X %d 0 R >> >>" % (about, number + 1), content + painted)
        for number in DEEP
    }
    return {**nested, DEEP.stop: stream(about, b"")}


def shared(text: bytes) -> dict[int, bytes]:
    """Objects that each name the next one twice, thirty deep."""
    return {number: text.replace(b"NEXT", b"%d 0 R" % (number + 1)) for number in DEEP}


def in_annotation() -> dict[int, bytes]:
    stamp = b"<< /Type /Annot /Subtype /Stamp /F 4 /Rect [0 0 99 99] /AP << /N 20 0 R >> >>"
    return {**page(entries=b"/Annots [60 0 R]"), **forms(b"/X Do /X Do"), 60: stamp}


def many_ranges() -> dict[int, bytes]:
    font = b"<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [10 0 R] /ToUnicode 11 0 R >>"
    system = b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    descendant = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Foo /CIDSystemInfo %s >>" % system
    cmap = b"begincmap 100 beginbfrange %s endbfrange endcmap" % (b"<0000> <FFFF> <0041> " * 2_000)
    return {**page(content=TEXT.replace(b"(hello 123)", b"<00410042>")), 5: font, 10: descendant, 11: stream(b"", cmap)}


LOOP = {20: b"21 0 R", 21: b"20 0 R"}
FUNCTION = b"<< /FunctionType 3 /Domain [0 1] /Functions [NEXT NEXT] /Bounds [.5] /Encode [0 1 0 1] >>"
BOMBS = {
    "an encryption dictionary that is itself": pdf(page() | {20: b"20 0 R"}, b"/Encrypt 20 0 R /ID [(a) (a)]"),
    "references that lead to each other": pdf(page(entries=b"/Rotate 20 0 R") | LOOP, b"/Info 20 0 R"),
    "metadata that hold themselves twice": pdf(page() | shared(b"[NEXT NEXT]"), b"/Info << /Title 20 0 R >>"),
    "forms that paint each other": pdf(
        page(b"/XObject << /X 20 0 R >>", content=TEXT + b" /X Do") | forms(b"/X Do /X Do", b"0 0 1 1 re f ")
    ),
    "empty forms that paint each other": pdf(
        page(b"/XObject << /X 20 0 R >>", content=TEXT + b" /X Do") | forms(b"/X Do /X Do")
    ),
    "a stamp of such forms": pdf(in_annotation()),
    "fields that share their fields": pdf(
        page(entries=b"/Annots [20 0 R]") | shared(b"<< /FT /Tx /Kids [NEXT NEXT] >>")
    )
    + b"% /Subtype /Widget",
    "functions of functions": pdf(
        page(b"/ColorSpace << /C [/Separation /X /DeviceGray 20 0 R] >>", content=b"/C cs 1 scn 0 0 9 9 re f " + TEXT)
        | shared(FUNCTION)
    ),
    "a map of all characters, two thousand times": pdf(many_ranges()),
}


@pytest.mark.parametrize("data", BOMBS.values(), ids=BOMBS)
def test_a_file_that_contains_itself_ends_in_seconds(data: bytes) -> None:
    began = time.process_time()
    document = read_pdf(data, "a.pdf")
    assert time.process_time() - began < SECONDS
    assert "hello 123" in str(document.items) or document.problems
