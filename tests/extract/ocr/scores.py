"""How far a scan is read as the text layer of the PDF it was made from: characters and grids.

    python -m tests.extract.ocr.scores SCAN.pdf TEXT.pdf [FIRST-LAST]

FIRST-LAST are the pages of TEXT.pdf that SCAN.pdf shows. Widths of characters, spaces, and forms that print alike
(dashes, tildes, dots, circles) are no errors.
"""

from __future__ import annotations

import sys
import time
import unicodedata
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from extract.read import read_document
from schemas.document import Document, Line, Table

_ALIKE = str.maketrans({**dict.fromkeys("―—‐−–－", "-"), **dict.fromkeys("〜∼～", "~"), **dict.fromkeys("·•･", "・"),
                        **dict.fromkeys("〇◯", "○"), **dict.fromkeys("“”", '"')})  # fmt: skip

Shape = tuple[tuple[int, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Characters that must be changed to make one text of the other, and grids that are alike in every cell."""

    characters: int
    errors: int
    tables: int
    tables_alike: int

    @property
    def error_rate(self) -> float:
        return self.errors / max(1, self.characters)


def compare(scan: Document, text: Document, pages: range | None = None) -> Score:
    """A scan against the document with the text; of that one, its `pages` only."""
    ours, theirs = [*scan.items], [item for item in text.items if pages is None or item.page in pages]
    own_tables = [item for item in ours if isinstance(item, Table)]
    tables = [item for item in theirs if isinstance(item, Table)]
    errors = characters = alike = 0
    left = list(own_tables)
    for table in tables:
        same = [other for other in left if _shape(other) == _shape(table)]
        twin = min(same, key=lambda other: _distance_of_tables(other, table), default=None)
        characters += sum(len(_plain(cell.text)) for cell in table.cells)
        if twin is None:
            continue
        alike += 1
        left.remove(twin)
        errors += _distance_of_tables(twin, table)
    lost = "".join(_plain(cell.text) for table in tables for cell in table.cells if not _has_twin(table, own_tables))
    more = "".join(_plain(cell.text) for table in left for cell in table.cells)
    lines, own_lines = _lines(theirs), _lines(ours)
    errors += distance(more, lost) + distance(own_lines, lines)
    return Score(characters + len(lines), errors, len(tables), alike)


def _has_twin(table: Table, others: list[Table]) -> bool:
    return any(_shape(other) == _shape(table) for other in others)


def _shape(table: Table) -> Shape:
    return tuple((cell.row, cell.col, cell.row_span, cell.col_span) for cell in table.cells)


def _distance_of_tables(one: Table, other: Table) -> int:
    pairs = zip(one.cells, other.cells, strict=True)
    return sum(distance(_plain(a.text), _plain(b.text)) for a, b in pairs)


def _lines(items: list[Line | Table]) -> str:
    return "".join(_plain(item.text) for item in items if isinstance(item, Line))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text.translate(_ALIKE)).translate(_ALIKE).split())


def distance(one: str, other: str) -> int:
    """The least number of characters to change, add or leave out.

    >>> distance("評価", "評価値"), distance("産業", "産案")
    (1, 1)
    """
    if one == other:
        return 0
    row = list(range(len(other) + 1))
    for number, character in enumerate(one, 1):
        before, row[0] = row[0], number
        for place, wanted in enumerate(other, 1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (character != wanted))
    return row[-1]


def differences(one: str, other: str) -> Counter[tuple[str, str]]:
    """What stands for what: pairs of what the second prints and what the first has."""
    codes = SequenceMatcher(None, other, one, autojunk=False).get_opcodes()
    return Counter((other[a:b], one[c:d]) for kind, a, b, c, d in codes if kind != "equal")


def main(scan: str, text: str, pages: str | None = None) -> None:
    """Print the score of one scan."""
    began = time.process_time()
    read = read_document(Path(scan).read_bytes(), Path(scan).name, ocr="auto")
    seconds = time.process_time() - began
    first, _, last = (pages or "1-9999").partition("-")
    score = compare(read, read_document(Path(text).read_bytes(), Path(text).name), range(int(first), int(last) + 1))
    print(
        f"{Path(scan).name}: {score.errors} of {score.characters} characters ({score.error_rate:.2%}), "
        f"{score.tables_alike} of {score.tables} grids, {seconds / max(1, len(read.pages)):.1f} CPU seconds a page"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
