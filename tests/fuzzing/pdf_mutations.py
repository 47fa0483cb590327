"""Ways to break a PDF that know what a PDF is made of: objects, references, numbers, names, streams, operators."""

from __future__ import annotations

import base64
import contextlib
import re
import zlib
from collections.abc import Callable, Sequence
from random import Random

from tests.fuzzing.bases import choose_pdf

Mutation = Callable[[bytes, Random], bytes]

_OBJECT = re.compile(rb"\d+ \d+ obj\b.*?\bendobj\b", re.DOTALL)
_REFERENCE = re.compile(rb"\b(\d{1,6}) 0 R\b")
_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_NAME = re.compile(rb"/[A-Za-z][A-Za-z0-9]*")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_OPERATION = re.compile(rb"[^\n]+\n")
_PAGE_BOX = re.compile(rb"/(?:MediaBox|CropBox|Rotate)\s*(?:\[[^\]]*\]|-?\d+)")
_COUNT = re.compile(rb"(/(?:Count|N|First|Size|Length|Index))\s+\d+")
_KIDS = re.compile(rb"/Kids\s*\[([^\]]*)\]")
_FONT_ENTRY = re.compile(
    rb"(/(?:BaseFont|Encoding|Subtype|ToUnicode|DescendantFonts|FontDescriptor|FontFile2|W|DW|Widths|FirstChar|FontBBox|"
    rb"Ascent|Descent|FontMatrix|CIDSystemInfo|CIDToGIDMap))\s*(?:\d+ 0 R|/\w+|\[[^\[\]]*\]|-?[\d.]+)"
)
_TRAILER = re.compile(rb"(?<![a-z])xref\b.*?trailer\s*(<<.*>>)\s*startxref", re.DOTALL)
_HEAD = re.compile(rb"(?<!\d)(\d{1,6}) 0 obj\b")
_MOST_OBJECTS = 5_000

_LONGEST_PARTED = 200_000
"""Bytes of a stream that is taken apart into its operators: this takes the square of its length."""

_LONGEST_REPEATED = 2_000
"""Bytes of operators that may be repeated: again and again, they would fill the memory of the campaign itself."""

_LARGE = 0.003
"""The share of the truly large among what is large: they take a thousand times as long as the rest."""

_NUMBERS = (
    b"0", b"-1", b"1", b"0.0000001", b"-0.5", b"65536", b"2147483647", b"-2147483648", b"4294967296", b"1e30",
    b"99999999999999999999", b"-99999999999999999999", b"340282346638528859811704183484516925440.0", b"nan", b"--5",
    b".",
)  # fmt: skip
_NAMES = (
    b"/Type", b"/Page", b"/Pages", b"/Kids", b"/Parent", b"/Contents", b"/Font", b"/Type0", b"/Type3", b"/CIDFontType2",
    b"/ToUnicode", b"/Identity-H", b"/UniJIS-UTF16-V", b"/90ms-RKSJ-V", b"/FlateDecode", b"/LZWDecode", b"/JBIG2Decode",
    b"/ASCIIHexDecode", b"/RunLengthDecode", b"/Crypt", b"/Encrypt", b"/ObjStm", b"/XRef", b"/Prev", b"/W", b"/DW",
    b"/UserUnit", b"/Rotate", b"/MediaBox", b"/CropBox", b"/Resources", b"/XObject", b"/Form", b"/Subtype",
    b"/OCProperties",
)  # fmt: skip
_OPERATIONS = (
    b"q\n", b"Q\n", b"BT\n", b"ET\n", b"0 0 0 0 0 0 cm\n", b"1e9 0 0 1e9 0 0 cm\n", b"1e-9 0 0 1e-9 0 0 cm\n",
    b"0 -1 1 0 0 0 cm\n", b"0 0 100000 100000 re S\n", b"-5 -5 0 0 re f\n", b"0 0 m 1e20 1e20 l S\n", b"/F1 0 Tf\n",
    b"/F1 -9 Tf\n", b"/F1 1e9 Tf\n", b"0 Tz\n", b"-100 Tz\n", b"99999 Tc\n", b"3 Tr\n", b"99 Tr\n", b"0 0 0 0 0 0 Tm\n",
    b"<FFFFFFFFFFFF> Tj\n", b"<> Tj\n", b"(\\000\\377) Tj\n", b"[(a) -99999999 (b)] TJ\n", b"/Fm0 Do\n", b"/X Do\n",
    b"0 w\n", b"1e9 w\n", b"[0 0] 0 d\n", b"[-1] -1 d\n", b"W n\n", b"BI /W 99999 /H 99999 /BPC 8 /CS /G ID \x00 EI\n",
    b"/a BMC\n", b"EMC\n", b"sh\n", b"1 1 1 1 1 1 1 1 1 k\n", b"9 9 9 rg\n", b"/P sh\n",
)  # fmt: skip
_HOSTILE_CMAPS = (
    b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "
    b"1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap",
    b"begincmap 1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange endcmap",
    b"begincmap 1 beginbfchar <0001> <" + b"0041" * 4_000 + b"> endbfchar endcmap",
    b"begincmap 1 beginbfrange <0000> <00FF> [" + b"<D800>" * 256 + b"] endbfrange endcmap",
    b"begincmap 1 begincodespacerange <00> <FFFFFF> endcodespacerange 1 beginbfchar <01> <> endbfchar endcmap",
    b"begincmap /UniJIS-UTF16-H usecmap 1 begincidrange <0000> <FFFF> 0 endcidrange endcmap",
)
_FONT_VALUES = (
    b" 1 0 R", b" 999 0 R", b" -1", b" /Identity-V", b" /UniJIS-UTF16-H", b" /90ms-RKSJ-V", b" null",
    b" /Nonesuch", b" /Type0", b" /Type3", b" /CIDFontType0", b" []", b" [0 [1e30] 5 4 -9]", b" [1 65535 0]", b" [9]",
    b" << >>", b" (x)", b" [0 0 0 0 0 0]",
)  # fmt: skip
_PAGE_BOXES = (
    b"/MediaBox [0 0 0 0]", b"/MediaBox [0 0 1e9 1e9]", b"/MediaBox [9 9 1 1]", b"/MediaBox [0 0 14400 14400]",
    b"/MediaBox [-2147483648 -2147483648 2147483647 2147483647]", b"/MediaBox [0 0 nan 9]", b"/MediaBox [0 0]",
    b"/MediaBox [0 0 0.001 500]", b"/CropBox [1e6 1e6 2e6 2e6]", b"/CropBox [0 0 -1 -1]", b"/Rotate 45", b"/Rotate -90",
    b"/Rotate 99999999999", b"/UserUnit 1e9", b"/UserUnit 0", b"/UserUnit -1",
)  # fmt: skip
FOREIGN = (
    b"PK\x03\x04\x14\x00\x06\x00\x08\x00", b"PK\x05\x06" + b"\x00" * 18, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\x1f\x8b\x08\x00", b"\x89PNG\r\n\x1a\n", b"{\\rtf1", b"7z\xbc\xaf\x27\x1c", b"<!DOCTYPE html><html>", b"\x7fELF",
    b"%PDF-9.9 PK\x03\x04",
)  # fmt: skip
_HOSTILE_STREAMS = (
    b"",
    b"\x00" * 64,
    b"q " * 1_500,
    b"[" * 1_500,
    b"<<" * 1_500,
    b"(" * 1_500,
    b"BT /F1 9 Tf (x) Tj ET\n" * 200,
    b"0 0 m 9 9 l S\n" * 300,
    b"0 0 9 9 re f\n" * 300,
    b"1 0 0 1 1e5 0 cm\n" * 900,
    b"/Fm0 Do\n" * 900,
    *_HOSTILE_CMAPS,
)


def flip_bytes(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 2, 8, 64))):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def truncate(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data))]


def cut_out(data: bytes, random: Random) -> bytes:
    start = random.randrange(len(data))
    return data[:start] + data[start + random.choice((1, 7, 100, 4_000)) :]


def repeat_part(data: bytes, random: Random) -> bytes:
    start = random.randrange(len(data))
    part = data[start : start + random.choice((1, 30, 500))]
    return data[:start] + part * random.choice((2, 3, 60)) + data[start + len(part) :]


def insert_garbage(data: bytes, random: Random) -> bytes:
    start = random.randrange(len(data))
    garbage = random.choice(
        (random.randbytes(200), b"PK\x03\x04" + random.randbytes(60), b"%PDF-1.7\n", b"%%EOF\n", b"\x00" * 99)
    )
    return data[:start] + garbage + data[start:]


def change_number(data: bytes, random: Random) -> bytes:
    return _replace_one(_NUMBER, data, random, lambda _: random.choice(_NUMBERS))


def change_name(data: bytes, random: Random) -> bytes:
    return _replace_one(_NAME, data, random, lambda _: random.choice(_NAMES))


def redirect_reference(data: bytes, random: Random) -> bytes:
    """Let a reference name another object: cycles, kids that are parents, fonts that are pages."""
    known = [found[1] for found in _REFERENCE.finditer(data)] or [b"1"]
    return _replace_one(_REFERENCE, data, random, lambda _: random.choice((*known, b"0", b"999999")) + b" 0 R")


def drop_object(data: bytes, random: Random) -> bytes:
    return _replace_one(_OBJECT, data, random, lambda _: b"")


def double_object(data: bytes, random: Random) -> bytes:
    return _replace_one(_OBJECT, data, random, lambda found: found[0] + b"\n" + flip_bytes(found[0], random))


def nest_deeply(data: bytes, random: Random) -> bytes:
    depth = random.choice((50, 500, 1_500))
    opening, closing = random.choice(((b"[", b"]"), (b"<</A ", b">>")))
    return _replace_one(_NUMBER, data, random, lambda found: opening * depth + found[0] + closing * depth)


def change_operations(data: bytes, random: Random) -> bytes:
    """Drop, repeat, exchange or add operators in a content stream."""

    def change(content: bytes) -> bytes:
        lines = (_OPERATION.findall(content) if len(content) < _LONGEST_PARTED else []) or [content + b"\n"]
        for _ in range(random.choice((1, 3, 20))):
            at = random.randrange(len(lines))
            kind = random.randrange(5)
            if kind == 0:
                lines[at] = b""
            elif kind == 1:
                lines[at] *= random.choice((2, 12)) if len(lines[at]) < _LONGEST_REPEATED else 1
            elif kind == 2:
                other = random.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
            elif kind == 3:
                lines[at] += random.choice(_OPERATIONS)
            else:
                lines[at] = change_number(lines[at], random)
        return b"".join(lines)

    return _change_stream(data, random, change)


def change_stream_bytes(data: bytes, random: Random) -> bytes:
    """Flip bytes of a stream as it is after decompression: fonts, CMaps, object streams."""
    return _change_stream(data, random, lambda content: flip_bytes(content, random) if content else b"\x00")


def replace_stream(data: bytes, random: Random) -> bytes:
    return _change_stream(data, random, lambda _: random.choice(_HOSTILE_STREAMS))


def truncate_stream(data: bytes, random: Random) -> bytes:
    """A stream that ends early, as it stands in the file: its filter then meets the end too soon."""

    def cut(found: re.Match[bytes]) -> bytes:
        return b"stream\n" + found[1][: random.randrange(len(found[1]) + 1)] + b"\nendstream"

    return _replace_one(_STREAM, data, random, cut)


def break_font(data: bytes, random: Random) -> bytes:
    """Another descriptor, encoding, width or map to Unicode for a font, or something in it that is none."""
    return _replace_one(_FONT_ENTRY, data, random, lambda found: found[1] + random.choice(_FONT_VALUES))


def replace_cmap(data: bytes, random: Random) -> bytes:
    """Another map to Unicode where there is one, of no use or with the whole of Unicode in it."""
    maps = [
        found for found in _STREAM.finditer(data) if b"begincmap" in found[1] or b"begincmap" in _unpacked(found[1])
    ]
    return _change_stream(data, random, lambda _: random.choice(_HOSTILE_CMAPS), maps)


def make_cycle(data: bytes, random: Random) -> bytes:
    """An object that refers to itself, where it referred to another."""
    objects = [found for found in _OBJECT.finditer(data) if _REFERENCE.search(found[0])]
    if not objects:
        return data
    found = random.choice(objects)
    own = found[0].split()[0]
    changed = _replace_one(_REFERENCE, found[0], random, lambda _: own + b" 0 R")
    return data[: found.start()] + changed + data[found.end() :]


def make_page_absurd(data: bytes, random: Random) -> bytes:
    """A page of no size, or of kilometres, or turned by some degrees."""
    return _replace_one(_PAGE_BOX, data, random, lambda _: random.choice(_PAGE_BOXES))


def make_counts_absurd(data: bytes, random: Random) -> bytes:
    """Counts that are wrong, and pages that are there thousands of times."""
    if random.random() < 0.7:
        return _replace_one(_COUNT, data, random, lambda found: found[1] + b" " + random.choice(_NUMBERS))
    times = 6_000 if random.random() < _LARGE else 30
    return _replace_one(_KIDS, data, random, lambda found: b"/Kids [" + found[1] * times + b"]")


def draw_many(data: bytes, random: Random) -> bytes:
    """Thousands of rulings or areas in a content stream; a million in a small share."""
    many = 1_000_000 if random.random() < _LARGE else random.choice((100, 600))
    if random.random() < 0.5:
        drawn = random.choice((b"0 0 m 9 9 l S\n", b"9 9 300 1 re f\n", b"9 9 1 300 re S\n")) * many
    else:
        drawn = b"".join(b"%d %d m %d %d l S\n" % _corners(random) for _ in range(min(many, 600)))
    return _change_stream(data, random, lambda content: drawn + content)


def write_much(data: bytes, random: Random) -> bytes:
    """Thousands of characters at one place, so in one cell where there is one; a million in a small share."""
    many = 1_000_000 if random.random() < _LARGE else random.choice((300, 600))
    shown = b"(" + b"x1%/" * (many // 4) + b") Tj"
    return _change_stream(data, random, lambda content: content + b"\nBT /F1 9 Tf 42 430 Td " + shown + b" ET")


def bomb(data: bytes, random: Random) -> bytes:
    """A stream of some bytes that unpacks to thousands of times as many; to dozens of megabytes in a small share."""
    unit = random.choice((b"\x00", b"q ", b"[", b" ", b"0 g\n"))
    size = 30_000_000 if random.random() < _LARGE else random.choice((2_000, 20_000))
    return _change_stream(data, random, lambda _: unit * (size // len(unit)))


def disguise(data: bytes, random: Random) -> bytes:
    """Another kind of file, or the beginning of one before this one."""
    head = random.choice(FOREIGN) + random.randbytes(random.choice((0, 60, 1_200)))
    return head + (data if random.random() < 0.7 else b"")


def crossover(data: bytes, random: Random) -> bytes:
    """The head of one file and the tail of another."""
    other = choose_pdf(random).data
    return data[: random.randrange(len(data))] + other[random.randrange(len(other)) :]


def mend_offsets(data: bytes) -> bytes:
    """The file with a table of references that is true to what stands in it, so that readers get beyond the table."""
    found = _TRAILER.search(data)
    if not found:
        return data
    places = {int(at[1]): at.start(1) for at in _HEAD.finditer(data, 0, found.start())}
    places = {number: place for number, place in places.items() if 0 < number < _MOST_OBJECTS}
    size = max(places, default=0) + 1
    rows = [b"%010d 00000 n \n" % places[at] if at in places else b"0000000000 00000 f \n" for at in range(1, size)]
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, b"".join(rows))
    return b"%s%strailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (data[: found.start()], table, found[1], found.start())


MUTATIONS: dict[Mutation, float] = {
    flip_bytes: 8, truncate: 3, cut_out: 4, repeat_part: 4, insert_garbage: 4, disguise: 2, crossover: 2,
    change_number: 10, change_name: 4, redirect_reference: 6, make_cycle: 3, drop_object: 4, double_object: 3,
    nest_deeply: 3, make_page_absurd: 3, make_counts_absurd: 3, change_operations: 12, change_stream_bytes: 8,
    truncate_stream: 4, replace_stream: 3, break_font: 4, replace_cmap: 2, draw_many: 0.8, write_much: 0.8, bomb: 0.8,
}  # fmt: skip
"""How often each comes, beside the others."""


def break_pdf(data: bytes, random: Random) -> tuple[bytes, tuple[str, ...]]:
    """A sound PDF with one to four things wrong, and the names of what was done to it.

    The table of references is made to fit again, half of the time: else few get beyond it.
    """
    names = []
    for mutate in random.choices([*MUTATIONS], [*MUTATIONS.values()], k=random.choice((1, 1, 2, 4))):
        if data:
            data = mutate(data, random)
            names.append(mutate.__name__)
    if random.random() < 0.5:
        data = mend_offsets(data)
    return data, tuple(names)


def _replace_one(
    pattern: re.Pattern[bytes], data: bytes, random: Random, replace: Callable[[re.Match[bytes]], bytes]
) -> bytes:
    """Replace one place where a pattern fits, in the open parts of the file; nothing where it fits nowhere."""
    fits = list(pattern.finditer(data))
    if not fits:
        return data
    found = random.choice(fits)
    return data[: found.start()] + replace(found) + data[found.end() :]


def _change_stream(
    data: bytes, random: Random, change: Callable[[bytes], bytes], among: Sequence[re.Match[bytes]] | None = None
) -> bytes:
    """Change what a stream holds. Its length may then be said wrong, half of the time."""
    streams = list(_STREAM.finditer(data)) if among is None else among
    if not streams:
        return data
    found = random.choice(streams)
    changed = _recoded(found[1], change)
    head = data[: found.start()]
    if random.random() < 0.5:
        at = head.rfind(b"/Length ")
        if at >= 0:
            head = head[:at] + re.sub(rb"/Length \d+", b"/Length %d" % len(changed), head[at:], count=1)
    return head + b"stream\n" + changed + b"\nendstream" + data[found.end() :]


def _recoded(packed: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The content of a stream, changed, in the filters that it came in: Flate, or ASCII85 around Flate."""
    with contextlib.suppress(zlib.error):
        return zlib.compress(change(zlib.decompress(packed)), 1)
    with contextlib.suppress(zlib.error, ValueError):
        content = zlib.decompress(base64.a85decode(packed.strip().removesuffix(b"~>")))
        return base64.a85encode(zlib.compress(change(content), 1)) + b"~>"
    return change(packed)


def _unpacked(packed: bytes) -> bytes:
    with contextlib.suppress(zlib.error):
        return zlib.decompress(packed)
    return b""


def _corners(random: Random) -> tuple[int, int, int, int]:
    """The ends of a line along an axis."""
    x, y, length = random.randrange(400), random.randrange(500), random.randrange(300)
    return (x, y, x + length, y) if random.random() < 0.5 else (x, y, x, y + length)
