"""A mark in one of several columns: the option chosen is what heads the column (はい | いいえ, 拡充 | 継続)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from normalize.document.table_grid import GridCell
from normalize.document.text_span import Excerpt
from normalize.forms.general.choices import HOLLOW, Options
from normalize.forms.general.sketch import Sketch, is_dash, is_lone_mark, is_number, is_prose
from normalize.forms.general.vocabulary import Term
from normalize.text.folding import squeeze
from normalize.text.quantities import known_unit

_JUDGED: Final = frozenset({"grade", "direction", "evaluator"})
_LONGEST_OPTION: Final = 16


@dataclass(frozen=True, slots=True)
class MarkedColumn:
    """A row of places for a mark, the option that is marked there, and what is judged by it.

    `cells` are the places and the heads of their columns: none of them says anything else.
    """

    mark: GridCell
    label: GridCell
    term: Term
    subject: tuple[Excerpt, ...]
    options: Options
    cells: tuple[GridCell, ...]


def marked_columns(sketch: Sketch) -> Iterator[MarkedColumn]:
    """The choices of a table whose options head columns: side by side, each with an empty place or a mark under it."""
    over: dict[int, GridCell] = {}  # by column, the text printed last
    for row in sketch.grid.rows:
        starting = sketch.grid.starting(row)
        marks = [cell for cell in starting if is_lone_mark(cell.text) and squeeze(cell.text) not in HOLLOW]
        for mark in marks:
            run = _run(sketch, mark, over)
            if len(run) > 1 and sum(place in marks for place, _ in run) == 1:
                yield from _choice(sketch, mark, run)
        over |= {col: cell for cell in starting if not _is_place(cell) for col in cell.cell.cols}


Pair = tuple[GridCell, GridCell]
"""A place for a mark, and the option over it."""


def _run(sketch: Sketch, mark: GridCell, over: Mapping[int, GridCell]) -> list[Pair]:
    """The places side by side around a mark, whose options stand side by side too."""
    chosen = _option(sketch, mark, mark.cell.row, over)
    if chosen is None:
        return []
    run: list[Pair] = []
    for cell in sketch.grid.row(mark.cell.row):
        option = _option(sketch, cell, mark.cell.row, over)
        if option is not None and option.cell.row == chosen.cell.row:
            run.append((cell, option))
        elif any(place is mark for place, _ in run):
            break
        else:
            run = []
    return run


def _option(sketch: Sketch, cell: GridCell, row: int, over: Mapping[int, GridCell]) -> GridCell | None:
    """The option over a place for a mark.

    An option that covers the row itself is its own: the text form takes an empty place for a part of what is over it.
    """
    option = over.get(cell.cell.col) if cell.cell.row == row and _is_place(cell) else cell
    if option is None or option.cell.cols != cell.cell.cols or option.cell.row == row:
        return None
    return option if _can_be_option(sketch, option) else None


def _can_be_option(sketch: Sketch, cell: GridCell) -> bool:
    is_label = sketch.axis(cell) is not None or _is_judged(sketch.term(cell))
    numbered = re.fullmatch(r"[0-9][.:、)]?(?P<words>\D*)", squeeze(cell.text))
    if is_number(cell.text) and (numbered is None or known_unit(numbered["words"])):  # 5台, but 5 and 1 拡充
        return False
    return not is_label and not _is_place(cell) and len(squeeze(cell.text)) <= _LONGEST_OPTION


def _is_place(cell: GridCell) -> bool:
    return not cell or is_lone_mark(cell.text) or is_dash(cell.text)


def _choice(sketch: Sketch, mark: GridCell, run: Sequence[Pair]) -> Iterator[MarkedColumn]:
    """The choice that a run is; nothing where no label says that something is judged by it."""
    chosen = next(option for place, option in run if place is mark)
    places = [place for place, option in run if place is not option]
    options = [option for _, option in run]
    judged = _judged(sketch, run[0][0], options[0])
    if judged is None or len({squeeze(option.text) for option in options}) < len(options):
        return
    label, term, subject = judged
    others = tuple(option.excerpt for option in options if option is not chosen)
    printed = tuple(place.excerpt for place in places if place)
    yield MarkedColumn(mark, label, term, subject, Options((chosen.excerpt,), others, printed), (*places, *options))


def _judged(sketch: Sketch, place: GridCell, option: GridCell) -> tuple[GridCell, Term, tuple[Excerpt, ...]] | None:
    """What a choice is about: the label left of its first place or its first option, else the one over the option."""
    beside = [cell for cell in sketch.grid.left_of(place) if cell]
    for cell in beside:
        term = sketch.term(cell)
        if term is not None and _is_judged(term):
            asked = [other for other in reversed(beside) if sketch.is_value(other) and other.cell.col > cell.cell.col]
            return cell, term, tuple(part.excerpt for part in (cell, *asked) if not is_prose(part.text))
    for head in (next(iter(sketch.grid.left_of(option)), None), sketch.grid.at(option.cell.row - 1, option.cell.col)):
        term = sketch.term(head) if head else None
        if head is not None and term is not None and _is_judged(term):
            return head, term, (head.excerpt,)
    return None


def _is_judged(term: Term | None) -> bool:
    return term is not None and term.kind in _JUDGED
