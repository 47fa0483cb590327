"""Rows of a form that hold more than labels and values side by side: heads over values, a direction by its parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from normalize.cells.marks import direction_of
from normalize.document.table_grid import GridCell
from normalize.forms.general.facts import Fact, Text
from normalize.forms.general.form.matrices import Matrix
from normalize.forms.general.view import View
from normalize.text.folding import squeeze

_LEAST_HEADS: Final = 3
"""So many labels over as many values are heads; two may be a label and its value, and so the two under them."""

_TWO_PARTS: Final = 5
"""A label, and two parts with what is said of each."""

_LONGEST_PART: Final = 8
"""Characters of what is to become of one part: 向上, 現状のまま維持."""


def heads_over_values(view: View, cells: Sequence[GridCell], below: Sequence[GridCell]) -> list[GridCell]:
    """The cells of a row that head those of the next row, beside labels and values of both rows.

    会計 | 款 | 項 | 目 over 一般 | 03 | 01 | 03, and behind them 事業期間 | 単年度 as high as both.
    """
    values = [cell for cell in below if cell]
    heads = [cell for cell in cells if cell and cell.cell.row_span == 1]
    others = [cell for cell in cells if cell not in heads]
    if len(heads) < _LEAST_HEADS or len(heads) == len(cells) or any(cell.cell.row_span == 1 for cell in others):
        return []
    if [cell.cell.cols for cell in below] != [head.cell.cols for head in heads] or not values:
        return []
    known = [head for head in heads if view.whole(head) is not None]
    are_labels = all(view.kind(head) in {"label", "words", "axis"} for head in heads) and len(known) * 2 >= len(heads)
    like_labels = [value for value in values if view.whole(value) is not None]  # 一般 is a source of funds, too
    return heads if are_labels and len(like_labels) * 2 < len(heads) else []


def _is_part(view: View, cell: GridCell) -> bool:
    """Whether a cell can be what a direction is given for: no body and nobody who judges."""
    term = view.whole(cell)
    return view.kind(cell) in {"words", "label"} and (term is None or term.kind not in {"org", "evaluator"})


def direction_by_parts(view: View, cells: Sequence[GridCell]) -> Iterator[Fact]:
    """What a row says of each part of a direction: 今後の方向性 | 成果 | 向上 | コスト | 維持."""
    lead, parts, said = cells[0], cells[1::2], cells[2::2]
    if len(cells) < _TWO_PARTS or len(parts) != len(said) or not all(cells):
        return
    term = view.whole(lead)
    if term is None or term.kind != "direction" or not all(_is_part(view, cell) for cell in parts):
        return
    if not all(_is_said(view, cell) for cell in said):
        return
    view.mark(lead, *parts)
    for part, value in zip(parts, said, strict=True):
        yield Text("direction", "direction", value.excerpt, lead.excerpt, subject=(part.excerpt,))


def parts_at(view: View, row: int) -> Matrix | None:
    """The parts of a direction that begin at a row, one a row or as heads over what is said of them.

    今後の方向性 over 成果 | 拡充 and コスト | 縮小 beside it; or beside or over 成果 | コスト over 拡充 | 縮小.
    """
    printed = view.printed(row)
    lead = printed[0] if printed else None
    term = view.whole(lead) if lead is not None else None
    if lead is None or term is None or term.kind != "direction":
        return None
    pairs = _one_a_row(view, lead) or _heads_of_parts(view, lead, row)
    if not pairs or not any(direction_of(value.text) for _, value in pairs):
        return None
    if not all(_is_part(view, part) and _is_said(view, value) for part, value in pairs):
        return None
    facts = [
        Text("direction", "direction", value.excerpt, lead.excerpt, subject=(part.excerpt,)) for part, value in pairs
    ]
    stop = max(lead.cell.row + lead.cell.row_span, pairs[-1][1].cell.row + 1)
    return Matrix(tuple(facts), (lead, *(part for part, _ in pairs)), stop)


def _one_a_row(view: View, lead: GridCell) -> list[tuple[GridCell, GridCell]]:
    """A part and what is said of it in each row beside a label of several rows."""
    found: list[tuple[GridCell, GridCell]] = []
    for at in lead.cell.rows if lead.cell.row_span > 1 else ():
        cells = [cell for cell in view.printed(at) if cell is not lead]
        if len(cells) != 2 or (found and [c.cell.cols for c in cells] != [c.cell.cols for c in found[0]]):
            return []
        found.append((cells[0], cells[1]))
    return found if all(_is_said(view, value) for _, value in found) else []


def _heads_of_parts(view: View, lead: GridCell, row: int) -> list[tuple[GridCell, GridCell]]:
    """Parts side by side, over what is said of each, beside a label of both rows or under one as wide as they are."""
    beside = [cell for cell in view.printed(row) if cell is not lead]
    parts = beside or view.printed(row + 1)
    if bool(beside) != (lead.cell.row_span == 2) or len(parts) < 2:
        return []
    if not beside and not all(set(part.cell.cols) <= set(lead.cell.cols) for part in parts):
        return []
    said = view.printed(parts[0].cell.row + 1)
    if [cell.cell.cols for cell in said] != [part.cell.cols for part in parts]:
        return []
    return list(zip(parts, said, strict=True))


def _is_said(view: View, cell: GridCell) -> bool:
    """Whether a cell can be what is to become of a part: a word or two."""
    return view.kind(cell) in {"words", "direction"} and len(squeeze(cell.text)) <= _LONGEST_PART
