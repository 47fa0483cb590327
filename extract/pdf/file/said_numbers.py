"""Numbers and grades that print is said to stand for (`/ActualText`), held against what its fonts' maps say it prints.

Office programs say of most of their numbers which text they are. Where a file says another one than it prints, every
fast engine reads what is said. Content and fonts are looked at as text here, without a page: whatever cannot be told
that way is taken for contested, and a careful reader looks at the page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_SPAN = re.compile(
    rb"/ActualText\s*(\((?:\\.|[^\\)])*\)|<[0-9A-Fa-f\s]*>)\s*(?:/\w+[^>]{0,40})?>>\s*BDC(.{0,2000}?)\bEMC\b", re.DOTALL
)
_FONT = re.compile(rb"/([^\s/<>\[\]()]+)\s+[-+.\d]+\s+Tf\b")
_STRING = re.compile(rb"\(((?:\\.|[^\\)])*)\)|<([0-9A-Fa-f\s]*)>", re.DOTALL)
_NAMED = re.compile(rb"/([^\s/<>\[\]()%]+)\s+(\d{1,10})\s+\d{1,10}\s+R\b")
_NUMBER = re.compile(rb"(\d{1,10})\s+\d{1,10}\s+obj\b")
_TO_UNICODE = re.compile(rb"/ToUnicode\s+(\d{1,10})\s+\d")
_BF_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_BF_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_TRIPLE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|\r?\n|(.))", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

_GRADES = frozenset("SABCDE")
_WIDEST = 256
"""Ranges of more characters hold no digits."""


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of print: the digits or the letter that it is said to stand for, the name of its font, and its codes."""

    digits: str
    font: bytes
    codes: bytes


def said_numbers(content: bytes) -> Iterator[Said]:
    """The numbers that pieces of a content stream are said to stand for.

    >>> list(said_numbers(b"/F1 9 Tf /Span <</ActualText (15)>> BDC <01> Tj EMC"))
    [Said(digits='15', font=b'F1', codes=b'\\x01')]
    """
    for span in _SPAN.finditer(content):
        if digits := _digits(_to_text(_to_bytes(span[1]))):
            fonts = _FONT.findall(span[2]) or _FONT.findall(content, max(0, span.start() - 4000), span.start())
            yield Said(digits, fonts[-1] if fonts else b"", b"".join(map(_to_bytes, _strings(span[2]))))


def are_contested(said: Iterable[Said], objects: Iterable[bytes], maps: Mapping[int, bytes]) -> bool:
    """Whether some number is printed by no font of its name as it is said.

    `maps` are the maps to Unicode of the file by the numbers of their objects.
    """
    every = {*said}
    if not every:
        return False
    of_font: dict[int, int] = {}
    called: dict[bytes, set[int]] = {}
    for text in objects:
        if (number := _NUMBER.search(text)) and (found := _TO_UNICODE.search(text)):
            of_font[int(number[1])] = int(found[1])
        for name, target in _NAMED.findall(text):
            called.setdefault(name, set()).add(int(target))
    digits = {number: _digit_codes(cmap) for number, cmap in maps.items()}
    return not all(
        any(
            _digits(_printed(one.codes, digits.get(of_font.get(font, -1), {}))) == one.digits
            for font in called.get(one.font, ())
        )
        for one in every
    )


def _digits(text: str) -> str:
    """The digits of a text; of a text that is one letter of a grade, that letter."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return plain if plain in _GRADES else "".join(c for c in plain if c in "0123456789")


def _printed(codes: bytes, digits: Mapping[bytes, str]) -> str:
    """The digits among codes, all of which are as long as those of the map."""
    width = len(next(iter(digits), b"x"))
    return "".join(digits.get(codes[at : at + width], "") for at in range(0, len(codes), width))


def _strings(content: bytes) -> Iterator[bytes]:
    return (match[0] for match in _STRING.finditer(content))


def _to_bytes(string: bytes) -> bytes:
    """What a string of PDF says, in brackets or in hexadecimal numbers."""
    if string[:1] == b"<":
        pairs = b"".join(string[1:-1].split())
        return bytes.fromhex((pairs + b"0" * (len(pairs) % 2)).decode())
    return _ESCAPE.sub(
        lambda match: bytes([int(match[1], 8) & 255]) if match[1] else _ESCAPED.get(match[2], match[2] or b""),
        string[1:-1],
    )


def _to_text(said: bytes) -> str:
    return said[2:].decode("utf-16-be", "replace") if said[:2] == b"\xfe\xff" else said.decode("latin-1")


def _digit_codes(cmap: bytes) -> dict[bytes, str]:
    """The codes of digits in a map to Unicode."""
    found: dict[bytes, str] = {}
    for part in _BF_CHARS.findall(cmap):
        for code, text in _PAIR.findall(part):
            _note(found, int(code, 16), len(code), int(text[-8:], 16) if len(text) == 4 else -1)
    for part in _BF_RANGES.findall(cmap):
        for first, last, text in _TRIPLE.findall(part):
            for step in range(min(int(last, 16) - int(first, 16) + 1, _WIDEST)):
                _note(found, int(first, 16) + step, len(first), int(text, 16) + step if len(text) == 4 else -1)
    return found


def _note(found: dict[bytes, str], code: int, n_digits: int, character: int) -> None:
    if 0 <= character < 0x10000 and (digits := _digits(chr(character))):
        found[code.to_bytes((n_digits + 1) // 2, "big")] = digits
