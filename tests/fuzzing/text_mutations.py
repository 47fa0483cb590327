"""Ways to break a text form: its bytes, its encoding, its tabs and lines, its markup, its numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from tests.fuzzing.pdf_mutations import FOREIGN

Mutation = Callable[[str, Random], str]

_LARGE = 0.003
"""The share of the truly large among what is large: they take a hundred times as long as the rest."""

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

CELLS = (
    *_CHARACTERS, *_NUMBERS, *_ERAS, "－", "調査中", "※1", "未定", "皆増", "1,234千円", "約300人", "12～15", "５",
    "98.7%", "R5実績", "目標値", "2023", "(5)", "△1", "A", "○", "□継続 ■廃止", "#REF!", "３ 0", "12\n34", "1.234,5",
    "上期 12", "計",
)  # fmt: skip
"""What a stranger may write into a cell."""


def drop_line(text: str, random: Random) -> str:
    lines = text.split("\n")
    del lines[random.randrange(len(lines))]
    return "\n".join(lines)


def repeat_line(text: str, random: Random) -> str:
    lines = text.split("\n")
    at = random.randrange(len(lines))
    return "\n".join(
        [
            *lines[:at],
            *([lines[at]] * (4_000 if random.random() < _LARGE else random.choice((2, 3, 40)))),
            *lines[at + 1 :],
        ]
    )


def exchange_lines(text: str, random: Random) -> str:
    lines = text.split("\n")
    one, two = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return "\n".join(lines)


def change_tabs(text: str, random: Random) -> str:
    at = random.randrange(len(text) + 1)
    return (
        text[:at]
        + "\t" * (5_000 if random.random() < _LARGE else random.choice((1, 2, 30)))
        + text[at + random.choice((0, 1)) :]
    )


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
    """Hundreds of characters in a cell, or thousands; a million in a small share."""
    at = random.randrange(len(text) + 1)
    unit = random.choice(("あ", "港の案内、", "1", "（", "「", "・", "○", "<u>", "2万", "前年度比"))
    many = 1_000_000 // len(unit) if random.random() < _LARGE else random.choice((100, 500, 4_000))
    return text[:at] + unit * many + text[at:]


def add_rows(text: str, random: Random) -> str:
    """Rows and columns by the dozen, or by the thousand in a small share."""
    at = random.randrange(len(text) + 1)
    many = 1_000 if random.random() < _LARGE else random.choice((5, 30))
    return text[:at] + ("\n" + "\t".join(["数", "1"] * (many // 2))) * many + text[at:]


def cut_out(text: str, random: Random) -> str:
    at = random.randrange(len(text) + 1)
    return text[:at] + text[at + random.choice((1, 20, 500)) :]


MUTATIONS: dict[Mutation, float] = {
    drop_line: 1, repeat_line: 1, exchange_lines: 1, change_tabs: 1, insert: 3, change_number: 2, lengthen_cell: 1,
    add_rows: 0.5, cut_out: 1,
}  # fmt: skip
"""How often each comes, beside the others."""


def break_text(data: bytes, random: Random) -> tuple[bytes, tuple[str, ...]]:
    """A sound text with one to six things wrong, and the names of what was done to it.

    It comes in any encoding, at times with bytes of another one, at times behind the head of another kind of file.
    """
    text = data.decode()
    names = []
    for mutate in random.choices([*MUTATIONS], [*MUTATIONS.values()], k=random.choice((1, 2, 6))):
        text = mutate(text, random)
        names.append(mutate.__name__)
    if random.random() < 0.4:
        data = text.encode(random.choice(_ENCODINGS), errors="replace")
        names.append("encode_otherwise")
    else:
        data = text.encode(errors="replace")
    kind = random.random()
    if kind < 0.2:
        at = random.randrange(len(data) + 1)
        other = random.choice((random.randbytes(9), text[:30].encode("cp932", "replace"), b"\xff\xfe"))
        data = data[:at] + other + data[at:]
        names.append("mix_encodings")
    elif kind < 0.22:
        data = random.choice(FOREIGN) + data
        names.append("disguise")
    return data, tuple(names)
