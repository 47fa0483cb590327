"""Ways to break a text form: its bytes, its encoding, its tabs and lines, its markup, its numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

Mutation = Callable[[str, Random], str]

_NUMBER = re.compile(r"\d+")
_ENCODINGS = ("utf-8", "utf-8-sig", "cp932", "utf-16", "utf-16-be", "utf-32", "euc-jp", "iso2022_jp")
_MARKUP = (
    "<p>", "</p>", "<ul>", "</li>", "<li>", "<u>", "</u>", "<br>", "<script>alert(1)</script>", "$$",
    "$$\\frac{1}{0}$$", "**", "# ", "###### ", "<table><tr><td>", "&lt;&amp;&#0;&#x110000;", "<" * 300,
    "<p" + " a=b" * 300, "<!--", "]]>", "|",
)  # fmt: skip
_CHARACTERS = (
    "\x00", "\x07", "\x1b[31m", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u200b", "\u202e", "\ufeff", "\ufffd",
    "\ufffe", "\U0010ffff", "が" * 3, "e\u0301" * 40, "\u0301" * 300, "😀", "㍻㌔㈱", "ﷺ" * 40, "⼈⽣", "ｶﾞｷﾞ",
    "=HYPERLINK(1)", "'; DROP TABLE",
)  # fmt: skip
_NUMBERS = (
    "0", "00", "9" * 40, "９９", "十二億三千万", "1,23,4", "-5", "▲5", "1e309", "0.1e-400", "½", "Ⅷ", "①", "∞",
    "１．５．３", "12/0", "0/0", "%",
)  # fmt: skip
_ERAS = (
    "令和99年度",
    "令和0年度",
    "平成元年元月",
    "昭和200年",
    "R999",
    "西暦0年",
    "9999年13月99日",
    "令和７年度～令和２年度",
)


def drop_line(text: str, random: Random) -> str:
    lines = text.split("\n")
    del lines[random.randrange(len(lines))]
    return "\n".join(lines)


def repeat_line(text: str, random: Random) -> str:
    lines = text.split("\n")
    at = random.randrange(len(lines))
    return "\n".join([*lines[:at], *([lines[at]] * random.choice((2, 3, 400))), *lines[at + 1 :]])


def exchange_lines(text: str, random: Random) -> str:
    lines = text.split("\n")
    one, two = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return "\n".join(lines)


def change_tabs(text: str, random: Random) -> str:
    at = random.randrange(len(text) + 1)
    return text[:at] + "\t" * random.choice((1, 2, 5_000)) + text[at + random.choice((0, 1)) :]


def insert(text: str, random: Random) -> str:
    at = random.randrange(len(text) + 1)
    return text[:at] + random.choice((*_MARKUP, *_CHARACTERS, *_ERAS)) * random.choice((1, 1, 1, 50)) + text[at:]


def change_number(text: str, random: Random) -> str:
    found = list(_NUMBER.finditer(text))
    if not found:
        return text
    number = random.choice(found)
    return text[: number.start()] + random.choice((*_NUMBERS, *_ERAS)) + text[number.end() :]


def lengthen_cell(text: str, random: Random) -> str:
    at = random.randrange(len(text) + 1)
    unit = random.choice(("あ", "港の案内、", "1", "（", "「", "・", "○", "<u>", "2万", "前年度比"))
    return text[:at] + unit * random.choice((500, 8_000)) + text[at:]


def cut_out(text: str, random: Random) -> str:
    at = random.randrange(len(text) + 1)
    return text[:at] + text[at + random.choice((1, 20, 500)) :]


MUTATIONS: tuple[Mutation, ...] = (
    drop_line, repeat_line, exchange_lines, change_tabs, insert, insert, insert, change_number, change_number,
    lengthen_cell, cut_out,
)  # fmt: skip


def break_text(bases: Sequence[bytes], random: Random) -> bytes:
    """One sound text with one to six things wrong, in some encoding, at times with broken bytes."""
    text = random.choice(bases).decode()
    for _ in range(random.choice((1, 2, 6))):
        text = random.choice(MUTATIONS)(text, random)
    data = text.encode(random.choice(_ENCODINGS) if random.random() < 0.4 else "utf-8", errors="replace")
    if random.random() < 0.2 and data:
        at = random.randrange(len(data))
        data = (
            data[:at]
            + random.choice((random.randbytes(9), text[:30].encode("cp932", "replace"), b"\xff\xfe"))
            + data[at:]
        )
    return data
