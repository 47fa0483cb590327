"""What learning looks at of a sheet: its texts by their key, and what stands beside and below each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from normalize.document.table_grid import GridCell, grid_of
from normalize.text.folding import squeeze
from normalize.text.form_key import form_key
from schemas.document import Document, Line, Table

LONGEST_LABEL: Final = 60
"""Characters; a longer text is no label. Instructions stand in labels, so some are long."""

_SENTENCE: Final = "。"
_SAYS_NOTHING: Final = re.compile(r"[\W\d_#]*")
_LEAST_ALIKE: Final = 0.5
"""The share of label-like texts that two parts of a file must have in common to be two sheets of one form."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A text of a sheet, its key, and the texts on its right, below it, on its left and above it.

    `below_left` stands on the left of the one below: where that is a label, what is below is said of it.
    """

    text: str
    key: str
    right: str | None = None
    below: str | None = None
    below_left: str | None = None
    left: str | None = None
    above: str | None = None
    is_line: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: where it comes from, and its texts in reading order."""

    name: str
    texts: tuple[Shown, ...]

    @property
    def keys(self) -> frozenset[str]:
        """The keys that may be labels."""
        return frozenset(shown.key for shown in self.texts if may_be_label(shown.text))


def may_be_label(text: str) -> bool:
    """Whether a text may be a label: it is short, is no sentence, and holds a letter.

    >>> may_be_label("事業名"), may_be_label("1,234"), may_be_label("整備した。")
    (True, False, False)
    """
    squeezed = squeeze(text)
    return 0 < len(squeezed) <= LONGEST_LABEL and _SENTENCE not in squeezed and not _SAYS_NOTHING.fullmatch(squeezed)


def sheets_of(document: Document) -> tuple[Sheet, ...]:
    """The sheets of a file: one, or as many as its form repeats."""
    return tuple(
        Sheet(document.source_name if part is None else f"{document.source_name}#{part}", tuple(_shown(one)))
        for part, one in split_sheets(document)
    )


def split_sheets(document: Document) -> tuple[tuple[int | None, Document], ...]:
    """A file parted where its form begins again; whole, with no number, where it does not.

    The first text that is printed as often as most labels begins a sheet, if the parts are alike.
    """
    keys = [form_key(_first_text(item)) if may_be_label(_first_text(item)) else "" for item in document.items]
    counts = Counter(key for key in keys if key)
    often = Counter(count for count in counts.values() if count > 1).most_common(1)
    if not often:
        return ((None, document),)
    first = next(key for key in keys if key and counts[key] == often[0][0])
    starts = [at for at, key in enumerate(keys) if key == first]
    if starts[0] > len(document.items) // len(starts):
        return ((None, document),)
    ends = [*starts[1:], len(document.items)]
    parts = [
        replace(document, items=document.items[0 if number == 0 else start : end])
        for number, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]
    looks = [frozenset(shown.key for shown in _shown(part) if may_be_label(shown.text)) for part in parts]
    if all(_alike(looks[0], other) >= _LEAST_ALIKE for other in looks[1:]):
        return tuple(enumerate(parts, start=1))
    return ((None, document),)


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _first_text(item: Line | Table) -> str:
    if isinstance(item, Line):
        return item.text
    return next((cell.text for cell in item.cells if cell.text.strip()), "")


def _shown(document: Document) -> Iterator[Shown]:
    for at, item in enumerate(document.items):
        if isinstance(item, Line):
            if item.role == "body" and item.text.strip():
                yield Shown(item.text, form_key(item.text), below=_next_text(document.items, at), is_line=True)
            continue
        grid = grid_of(at, item)
        for cell in grid.cells:
            if not cell:
                continue
            below = grid.at(cell.cell.row + cell.cell.row_span, cell.cell.col)
            above = grid.at(cell.cell.row - 1, cell.cell.col) if cell.cell.row else None
            yield Shown(
                cell.text,
                form_key(cell.text),
                right=_first(grid.right_of(cell)),
                below=below.text if below else None,
                below_left=_first(grid.left_of(below)) if below else None,
                left=_first(grid.left_of(cell)),
                above=above.text if above else None,
            )


def _first(cells: Iterable[GridCell]) -> str | None:
    """The text of the first cell that has one."""
    return next((cell.text for cell in cells if cell), None)


def _next_text(items: Sequence[Line | Table], at: int) -> str | None:
    following = items[at + 1] if at + 1 < len(items) else None
    return following.text if isinstance(following, Line) else None
