"""A grid with its labels told from its values: terms, axes, header rows, and which label stands beside which value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise, takewhile
from operator import itemgetter
from typing import Final

from normalize.document.table_grid import Grid, GridCell
from normalize.document.text_span import Excerpt, Place
from normalize.forms.general.amounts import is_pair
from normalize.forms.general.axis import Axis, axis_of, role_of
from normalize.forms.general.choices import MARKS, are_unmarked, listed_choice, options_of
from normalize.forms.general.vocabulary import Term, term_of, without_unit_note
from normalize.forms.general.years import YearSense
from normalize.text.folding import fold_mark, narrow, squeeze
from normalize.text.quantities import quantity

_PROSE: Final = 40
"""A longer text is prose, no label and no name of a row."""

_TAKES_ONE: Final = frozenset({"name", "org", "document", "code"})
"""Kinds of labels that take the text beside them, whatever it looks like."""

_CHOSEN: Final = frozenset({"grade", "direction"})
"""Kinds of labels beside which options can stand in cells of their own."""

_BY_YEAR: Final = frozenset({"grade", "direction", "passage"})
"""Kinds of labels that head a value for each year that the columns name."""

_HEADS_ONE: Final = _TAKES_ONE | {"indicator", "passage", "grade", "direction"}
"""Kinds of labels that head one value: a text further right belongs to a label that nobody knows."""

Index = int
"""A cell's position among the cells of its table."""


@dataclass(frozen=True, slots=True)
class Above:
    """The header over a cell, the nearest first, and the captions that stand between the header and the cell."""

    header: tuple[GridCell, ...]
    captions: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class Sketch:
    """What each cell of a grid is. A cell that is neither term nor axis is a value, or a label nobody knows.

    `beside` gives the label of each value cell of a form: the one on its left, or the one above it.
    """

    grid: Grid
    terms: Mapping[Index, Term]
    axes: Mapping[Index, Axis]
    header_rows: frozenset[int]
    beside: Mapping[Index, GridCell]
    known_above: dict[Index, Above] = field(default_factory=dict, repr=False, compare=False)
    """What was already found above cells: it is asked for many times."""
    has_roles: bool = field(init=False, repr=False, compare=False)
    """Whether the table prints any role of numbers: without one, none of them can be told."""
    valued: Mapping[Index, list[Index]] = field(init=False, repr=False, compare=False)
    """The cells that each label stands beside, in reading order."""

    def __post_init__(self) -> None:
        valued: dict[Index, list[Index]] = {}
        for index, label in sorted(self.beside.items(), key=itemgetter(0)):
            valued.setdefault(index_of(label), []).append(index)
        object.__setattr__(self, "has_roles", any(axis.role not in (None, "year") for axis in self.axes.values()))
        object.__setattr__(self, "valued", valued)

    def term(self, cell: GridCell) -> Term | None:
        return self.terms.get(index_of(cell))

    def axis(self, cell: GridCell) -> Axis | None:
        return self.axes.get(index_of(cell))

    def label_of(self, cell: GridCell) -> GridCell | None:
        return self.beside.get(index_of(cell))

    def values_of(self, label: GridCell) -> list[GridCell]:
        """The cells that a label stands beside, in reading order, the empty ones too."""
        return [self.grid.cells[index] for index in self.valued.get(index_of(label), ())]

    def is_value(self, cell: GridCell) -> bool:
        return index_of(cell) not in self.terms and index_of(cell) not in self.axes

    def heads(self, cell: GridCell) -> bool:
        """Whether a cell stands in a header row: a label, or a text there that nobody knows."""
        is_text = bool(cell) and not is_number(cell.text) and not is_prose(cell.text)
        return cell.cell.row in self.header_rows and (is_text or not self.is_value(cell))

    def is_header(self, cell: GridCell) -> bool:
        return cell.cell.row in self.header_rows and not self.is_value(cell)


def index_of(cell: GridCell) -> Index:
    """The position of a cell in its table."""
    assert cell.excerpt.place.cell is not None
    return cell.excerpt.place.cell


def sketch_of(grid: Grid, years: YearSense) -> Sketch:
    """Tell the labels of a grid, its header rows, and the values that its labels stand beside."""
    axes = {index_of(cell): axis for cell in grid.cells if cell and (axis := axis_of(cell.text, years))}
    terms = {
        index_of(cell): term
        for cell in grid.cells
        if cell and index_of(cell) not in axes and (term := term_of(cell.text) or _cost_with_role(cell))
    }
    _without_values(grid, terms, axes)
    draft = Sketch(grid, terms, axes, frozenset(), {})
    rows = frozenset(_header_rows(draft))
    _without_listed(Sketch(grid, terms, axes, rows, {}), terms, axes)
    draft = Sketch(grid, terms, axes, rows, {})
    beside: dict[Index, GridCell] = {}
    for cell in grid.cells:
        term = draft.term(cell)
        if term is not None or (draft.axis(cell) and not draft.is_header(cell)):
            for value in _values(draft, cell):
                beside.setdefault(index_of(value), cell)
    return Sketch(grid, terms, axes, rows, beside)


@lru_cache(maxsize=8192)
def is_number(text: str) -> bool:
    """Whether a cell prints a number or the dash that stands for none."""
    has_digit = re.search("[0-9]", narrow(text)) is not None
    return (has_digit and quantity(text, money=True) is not None) or is_dash(text) or is_pair(text)


@lru_cache(maxsize=8192)
def is_dash(text: str) -> bool:
    """Whether a cell prints nothing but the mark for none."""
    return fold_mark(text, ("-",)) is not None or squeeze(text) in {"/", "…", "..."}


def _is_option(cell: GridCell) -> bool:
    """Whether a cell is the first of a row of options: empty or a mark before an option, or an option with its mark."""
    return not cell or is_lone_mark(cell.text) or squeeze(cell.text)[0] in "○●□■☐☑◯〇"


def _beside(sketch: Sketch, label: GridCell) -> list[GridCell]:
    """The cells on the right of a label up to the next one."""
    return list(takewhile(sketch.is_value, sketch.grid.right_of(label)))


def _yearly(sketch: Sketch, label: GridCell) -> list[GridCell]:
    """The printed values on the right of a label, where they stand under two years or more; else none."""
    beside = [cell for cell in sketch.grid.right_of(label) if cell]
    years = {year_over(sketch, cell) for cell in beside} if sketch.header_rows else set()
    values = [cell for cell in beside if sketch.is_value(cell) and year_over(sketch, cell) is not None]
    return values if len(years - {None}) > 1 and len(values) > 1 else []


def year_over(sketch: Sketch, cell: GridCell) -> int | None:
    """The year that heads the column of a cell."""
    over = (
        sketch.grid.at(row, cell.cell.col) for row in sorted(sketch.header_rows, reverse=True) if row < cell.cell.row
    )
    return next((axis.year for at in over if at and (axis := sketch.axis(at)) and axis.year), None)


def is_code(text: str) -> bool:
    """Whether a text is a number within a hierarchy: 2, １-3, 第3, (4), Ⅱ."""
    return re.fullmatch(r"[第(\[]?[0-9A-Z]{1,3}(?:[-.][0-9]{1,3})*[)\].章節]?", squeeze(text)) is not None


def _answers(text: str) -> bool:
    """Whether a cell is a judgement for sure: a letter or a mark alone, or options with one of them marked."""
    return fold_mark(text, MARKS) is not None or options_of(Excerpt.of(text, Place(0))) is not None


def is_lone_mark(text: str) -> bool:
    """Whether a cell prints nothing but a mark that can choose the option beside it."""
    return squeeze(text) in {"○", "◯", "〇", "●", "✓", "✔", "■", "□", "☑", "☐", "レ", "◎"}


def is_prose(text: str) -> bool:
    """Whether a text is too long for a label, or a sentence."""
    squeezed = squeeze(text)
    return len(squeezed) > _PROSE or "。" in squeezed


def _cost_with_role(cell: GridCell) -> Term | None:
    """A label of two lines, the first of which is the role of the cost under it: 予算案, then 経費（一財）."""
    first, *rest = cell.excerpt.lines()
    term = term_of(without_unit_note(rest[0].text)) if rest and role_of(first.text) else None
    return term if term is not None and term.kind == "cost" else None


def _without_values(grid: Grid, terms: dict[Index, Term], axes: dict[Index, Axis]) -> None:
    """Take back what only looks like a label: the text beside a label that takes one text."""
    for row in grid.rows:
        cells = [cell for cell in grid.starting(row) if cell]
        for label, cell in pairwise(cells):
            head, term, axis = terms.get(index_of(label)), terms.get(index_of(cell)), axes.get(index_of(cell))
            if head is None or not head.is_whole or label.cell.row_span != cell.cell.row_span:
                continue
            takes_a_year = head.kind == "document" or head.field == "schedule"
            is_unit = (head.kind, head.field) == ("indicator", "unit") and axis is not None and axis.role == "year"
            if axis is not None and (takes_a_year or is_unit):
                del axes[index_of(cell)]
            elif term is not None and not term.is_whole and head.kind in _TAKES_ONE:
                del terms[index_of(cell)]
        for label, cell, unit in zip(cells, cells[1:], cells[2:], strict=False):
            if _is_label_of(terms, label, "name") and _is_label_of(terms, unit, "unit"):
                terms.pop(index_of(cell), None)
                axes.pop(index_of(cell), None)


def _is_label_of(terms: Mapping[Index, Term], cell: GridCell, field: str) -> bool:
    """Whether a cell is the label of the name of an indicator, or of its unit."""
    term = terms.get(index_of(cell))
    return term is not None and term.is_whole and (term.kind, term.field) == ("indicator", field)


def _without_listed(sketch: Sketch, terms: dict[Index, Term], axes: dict[Index, Axis]) -> None:
    """Take back what only looks like a label in a column of names, units or numbers (an indicator called 満足度)."""
    for cell in sketch.grid.cells:
        if not cell or sketch.is_value(cell) or cell.cell.row in sketch.header_rows:
            continue
        if (term := sketch.term(cell)) is not None and term.kind == "indicator":  # 成果指標 below 活動指標
            continue
        head = column_head(sketch, cell)
        if head is not None and head.cell.cols == cell.cell.cols and _lists(sketch, head) and _counts(sketch, cell):
            terms.pop(index_of(cell), None)
            axes.pop(index_of(cell), None)


def _counts(sketch: Sketch, cell: GridCell) -> bool:
    """Whether a cell stands in a row of numbers, or beside the role of a row (想定 | 検討 | 実施)."""
    row = sketch.grid.row(cell.cell.row)
    has_role = any(
        axis.role not in (None, "year") for at in row if at is not cell and (axis := sketch.axis(at)) is not None
    )
    return has_role or any(
        at and is_number(at.text) and (head := column_head(sketch, at)) is not None and sketch.axis(head) is not None
        for at in row
    )


def column_head(sketch: Sketch, cell: GridCell) -> GridCell | None:
    """The lowest cell of a header row over a cell."""
    for row in range(cell.cell.row - 1, -1, -1):
        if row in sketch.header_rows:
            return sketch.grid.at(row, cell.cell.col)
    return None


def _lists(sketch: Sketch, head: GridCell) -> bool:
    """Whether a header cell heads names of indicators, units, or the numbers of a year or a role."""
    term, axis = sketch.term(head), sketch.axis(head)
    return (term is not None and term.kind == "indicator" and term.field in {"name", "unit"}) or (
        axis is not None and axis.role not in {"year", "ratio", "difference"}
    )


def _header_rows(sketch: Sketch) -> Iterator[int]:
    found: set[int] = set()
    for row in reversed(sketch.grid.rows):
        if _is_header_row(sketch, row, found):
            found.add(row)
            yield row


def _is_header_row(sketch: Sketch, row: int, below: set[int]) -> bool:
    """Labels side by side with values under them."""
    printed = [cell for cell in sketch.grid.starting(row) if cell]
    known = [cell for cell in printed if not sketch.is_value(cell)]
    if not known or any(is_prose(cell.text) for cell in printed):
        return False
    axes = [cell for cell in printed if sketch.axis(cell)]
    if len(known) < 2 and not (axes and len(printed) == 1 and not _is_over_prose(sketch, axes[0])):
        return False
    pairs = sum(not sketch.is_value(left) and not sketch.is_value(right) for left, right in pairwise(printed))
    if 2 * len(known) < len(printed) or 2 * pairs < len(printed) - 1:
        return False
    return sum(_has_values_below(sketch, cell, below) for cell in known) >= 0.6 * len(known)


def _is_over_prose(sketch: Sketch, cell: GridCell) -> bool:
    """Whether a cell heads a text (令和5年度の実績), not numbers."""
    under = sketch.grid.at(cell.cell.row + cell.cell.row_span, cell.cell.col)
    return under is not None and under.cell.cols == cell.cell.cols and is_prose(under.text)


def _has_values_below(sketch: Sketch, cell: GridCell, headers: set[int]) -> bool:
    under = sketch.grid.at(cell.cell.row + cell.cell.row_span, cell.cell.col)
    return under is not None and (under.cell.row in headers or sketch.term(under) is None)


def _values(sketch: Sketch, label: GridCell) -> Iterator[GridCell]:
    """The cells that a label of a form heads: those on its right up to the next label, else the one below."""
    if sketch.is_header(label):
        return
    grid = sketch.grid
    after = next(iter(grid.right_of(label)), None)
    if after is not None and sketch.is_value(after):
        term = sketch.term(label)
        yearly = _yearly(sketch, label) if term is not None and term.kind in _BY_YEAR else []
        if yearly:
            yield from yearly
            return
        if term is not None and term.kind in _HEADS_ONE and not (term.kind in _CHOSEN and _is_option(after)):
            if term.kind in _CHOSEN and are_unmarked([cell.text for cell in _beside(sketch, label)]):
                return
            answer = next(iter(grid.right_of(after)), None)
            if answer is None or not sketch.is_value(answer):
                yield after
            elif term.kind == "name" and is_code(after.text) and answer:  # 施策 | 2 | 商業の振興
                yield from (after, answer)
            elif term.kind not in _CHOSEN:
                yield after
            elif listed_choice(after.excerpt, answer.excerpt) or listed_choice(answer.excerpt, after.excerpt):
                yield from (after, answer)
            else:
                yield answer if _answers(answer.text) and not _answers(after.text) else after
            return
        for row in label.cell.rows:
            for cell in grid.right_of(label, row):
                if not sketch.is_value(cell) or cell.cell.row < label.cell.row:
                    break
                yield cell
        return
    below = grid.at(label.cell.row + label.cell.row_span, label.cell.col)
    if below is not None and sketch.is_value(below) and below.cell.cols == label.cell.cols:
        yield below
