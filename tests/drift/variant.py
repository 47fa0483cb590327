"""A variant of a document: what is said otherwise, what is printed otherwise, and the findings that it must end in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from data.sources.facts import Content
from tests.drift.base import Change, Facts
from tests.facts import Row

Edit = Callable[[Content], object]


def _nothing(_: Content) -> None:
    return None


def _same(text: str) -> str:
    return text


def _as_written(facts: Facts) -> Facts:
    return facts


@dataclass(frozen=True, slots=True)
class Drift:
    """One variant. The facts follow from what is said; `expect` changes them where the print says it otherwise.

    `told` are the rules of findings, beyond those of the base, that the variant must end in. `is_read` tells whether it
    must be read as a whole all the same; else what is missing must be told, and nothing may be wrong.
    """

    name: str
    say: Edit = _nothing
    printed: Change = _same
    expect: Callable[[Facts], Facts] = _as_written
    told: frozenset[str] = frozenset()
    is_read: bool = True


def words(old: str, new: str) -> Change:
    """Rename whole cells and lines: a label of the form."""
    return lambda text: re.sub(rf"(?m)(?:(?<=\t)|^){re.escape(old)}(?=\t|$)", new, text)


def replaced(old: str, new: str, count: int = -1) -> Change:
    """Replace a text wherever it stands, or the first times."""
    return lambda text: text.replace(old, new, count)


def matching(pattern: str, new: str | Callable[[re.Match[str]], str]) -> Change:
    """Replace what a pattern finds, line by line."""
    return lambda text: re.sub(pattern, new, text, flags=re.MULTILINE)


def then(*changes: Change) -> Change:
    """One change after the other."""

    def change(text: str) -> str:
        for step in changes:
            text = step(text)
        return text

    return change


def columns(order: Callable[[list[str]], list[str]], head: str) -> Change:
    """Reorder, drop or add the columns of the table whose header row begins with `head`."""

    def change(text: str) -> str:
        lines, inside = text.split("\n"), False
        for index, line in enumerate(lines):
            inside = (inside or line.startswith(head)) and "\t" in line
            if inside:
                lines[index] = "\t".join(order(line.split("\t")))
        return "\n".join(lines)

    return change


def wide(text: str) -> str:
    """Digits and Latin capitals in full width.

    >>> wide("R8")
    'Ｒ８'
    """
    return re.sub(r"[0-9A-Z]", lambda match: chr(ord(match[0]) + 0xFEE0), text)


def respelled(**texts: tuple[str, str]) -> Callable[[Facts], Facts]:
    """Facts with another text in some columns: ``grade_text=("継続", "継続する")``."""

    def other(row: Row) -> Row:
        return {
            column: texts[column][1] if column in texts and texts[column][0] == text else text
            for column, text in row.items()
        }

    def expect(facts: Facts) -> Facts:
        return {table: [other(row) for row in rows] for table, rows in facts.items()}

    return expect


LABEL_MISSING = frozenset({"label-missing"})
UNCLAIMED = frozenset({"unclaimed-text"})
GRADE_UNKNOWN = frozenset({"grade-unknown"})
