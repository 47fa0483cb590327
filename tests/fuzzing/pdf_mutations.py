"""Ways to break a PDF that know what a PDF is made of: objects, references, numbers, names, streams, operators."""

from __future__ import annotations

import base64
import contextlib
import re
import zlib
from collections.abc import Callable, Sequence
from random import Random

Mutation = Callable[[bytes, Random], bytes]

_OBJECT = re.compile(rb"\d+ \d+ obj\b.*?\bendobj\b", re.DOTALL)
_REFERENCE = re.compile(rb"\b(\d{1,6}) 0 R\b")
_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_NAME = re.compile(rb"/[A-Za-z][A-Za-z0-9]*")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_OPERATION = re.compile(rb"[^\n]+\n")

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
_HOSTILE_STREAMS = (
    b"", b"\x00" * 64, b"q " * 20_000, b"[" * 20_000, b"<<" * 20_000, b"(" * 20_000, b"BT /F1 9 Tf (x) Tj ET\n" * 500,
    b"0 0 m 9 9 l S\n" * 5_000, b"0 0 9 9 re f\n" * 5_000, b"1 0 0 1 1e5 0 cm\n" * 3_000, b"/Fm0 Do\n" * 3_000,
    b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "
    b"1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap",
    b"begincmap 1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange endcmap",
    b"begincmap 1 beginbfchar <0001> <" + b"0041" * 4_000 + b"> endbfchar endcmap",
    b"begincmap 1 beginbfrange <0000> <00FF> [" + b"<D800>" * 256 + b"] endbfrange endcmap",
)  # fmt: skip


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
    return data[:start] + part * random.choice((2, 3, 200)) + data[start + len(part) :]


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
    depth = random.choice((50, 500, 20_000))
    opening, closing = random.choice(((b"[", b"]"), (b"<</A ", b">>")))
    return _replace_one(_NUMBER, data, random, lambda found: opening * depth + found[0] + closing * depth)


def change_operations(data: bytes, random: Random) -> bytes:
    """Drop, repeat, exchange or add operators in a content stream."""

    def change(content: bytes) -> bytes:
        lines = _OPERATION.findall(content) or [content + b"\n"]
        for _ in range(random.choice((1, 3, 20))):
            at = random.randrange(len(lines))
            kind = random.randrange(5)
            if kind == 0:
                lines[at] = b""
            elif kind == 1:
                lines[at] *= random.choice((2, 300))
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


def bomb(data: bytes, random: Random) -> bytes:
    """A stream of some kilobytes that unpacks to dozens of megabytes."""
    unit = random.choice((b"\x00", b"q ", b"0 0 m 9 9 l S\n", b"(x) Tj\n", b"[", b" "))
    return _change_stream(data, random, lambda _: unit * (random.choice((2, 30)) * 1_000_000 // len(unit)))


def crossover(data: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """The head of one file and the tail of another."""
    other = random.choice(others)
    return data[: random.randrange(len(data))] + other[random.randrange(len(other)) :]


MUTATIONS: tuple[Mutation, ...] = (
    flip_bytes, flip_bytes, truncate, cut_out, repeat_part, insert_garbage, change_number, change_number, change_number,
    change_name, redirect_reference, redirect_reference, drop_object, double_object, nest_deeply, change_operations,
    change_operations, change_operations, change_stream_bytes, change_stream_bytes, replace_stream,
)  # fmt: skip


def break_pdf(bases: Sequence[bytes], random: Random) -> bytes:
    """One sound PDF with one to four things wrong."""
    data = random.choice(bases)
    for _ in range(random.choice((1, 1, 2, 4))):
        if not data:
            break
        kind = random.random()
        if kind < 0.03:
            data = crossover(data, random, bases)
        elif kind < 0.035:
            data = bomb(data, random)
        else:
            data = random.choice(MUTATIONS)(data, random)
    return data


def _replace_one(
    pattern: re.Pattern[bytes], data: bytes, random: Random, replace: Callable[[re.Match[bytes]], bytes]
) -> bytes:
    """Replace one place where a pattern fits, in the open parts of the file; nothing where it fits nowhere."""
    fits = list(pattern.finditer(data))
    if not fits:
        return data
    found = random.choice(fits)
    return data[: found.start()] + replace(found) + data[found.end() :]


def _change_stream(data: bytes, random: Random, change: Callable[[bytes], bytes]) -> bytes:
    """Change what a stream holds. Its length may then be said wrong, half of the time."""
    streams = list(_STREAM.finditer(data))
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
