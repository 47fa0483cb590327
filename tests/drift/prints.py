"""Drift of print: another way to write the same document, for any layout."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

Encode = Callable[[str], bytes]

_WIDE = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}
_RADICALS = str.maketrans("日月目用金行", "⽇⽉⽬⽤⾦⾏")
_DASHES = str.maketrans("－-", "−−")


@dataclass(frozen=True, slots=True)
class Print:
    """One way of printing: what happens to the text, and how it becomes bytes."""

    name: str
    change: Callable[[str], str]
    encode: Encode = str.encode


def _same(text: str) -> str:
    return text


def _wide_digits(text: str) -> str:
    """Full-width digits, but not in a heading mark or a link."""
    return text.translate(_WIDE)


def _spread_labels(text: str) -> str:
    """Wide blanks inside short cells of ideographs: 担　当　課."""

    def spread(match: re.Match[str]) -> str:
        return "\u3000".join(match[0])

    return re.sub(r"(?m)(?:(?<=\t)|^)[\u4e00-\u9fff]{2,5}(?=\t)", spread, text)


def _trailing(text: str) -> str:
    """Blanks at line ends and empty lines at both ends of the file."""
    return "\n\n" + re.sub(r"(?m)([^\s])$", "\\1 ", text) + "\n\n\n"


PRINTS = (
    Print("windows line ends", lambda text: text.replace("\n", "\r\n")),
    Print("byte order mark", _same, lambda text: text.encode("utf-8-sig")),
    Print("UTF-16", _same, lambda text: text.encode("utf-16")),
    Print("full-width digits", _wide_digits),
    Print("CJK radicals", lambda text: text.translate(_RADICALS)),
    Print("wide blanks in labels", _spread_labels),
    Print("blanks at line ends", _trailing),
    Print("wide brackets", lambda text: re.sub(r"\(([^()\n\t]*)\)", "（\\1）", text)),
)
