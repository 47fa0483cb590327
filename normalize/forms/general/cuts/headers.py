"""Rows that head others: which row of a grid can be the first of a header, by what its cells are and stand over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from normalize.cells.kinds import CellKind
from normalize.cells.marks import direction_of
from normalize.document.table_grid import GridCell
from normalize.forms.general.cells.answers import bodies_before_levels, is_mark, is_said
from normalize.forms.general.cells.dating_rows import dates_above
from normalize.forms.general.cuts.choice_heads import CHOICES, heads_marks, options_over_marks
from normalize.forms.general.cuts.header_shapes import HEADS, LEAST, SHAPES, Asked, are_numbers, heads_prose, may_head
from normalize.forms.general.settings import FORMS
from normalize.forms.general.view import View
from normalize.text.folding import squeeze

KNOWN: Final[frozenset[CellKind]] = frozenset({"label", "axis", "year"})

_LETTER: Final = re.compile(r"\(?[A-Za-z①-⑳ア-オ]\)?")
_FORMULA: Final = re.compile(r"[A-Za-z①-⑳ア-オ0-9()+/÷×*=%-]*[A-Za-z①-⑳ア-オ]\)?[+/÷×*-][A-Za-z①-⑳ア-オ0-9()+/÷×*=%-]*")

_LONGEST_WORD: Final = 6
"""Characters of a judgement in a word: やや低い."""

_MANY: Final = 4
"""A row of so many cells, two of them known labels, is a header if the row below holds values."""


@dataclass(frozen=True, slots=True)
class Heads:
    """The cells of a row that may be a header, by what each is.

    `lowest` are those of one storey, `taller` those beside them that are merged over the storeys below. `known` are
    labels, years and roles, `axes` the years and roles, `whole` the known ones that say nothing unknown besides.
    """

    cells: Sequence[GridCell]
    lowest: Sequence[GridCell]
    taller: Sequence[GridCell]
    axes: Sequence[GridCell]
    known: Sequence[GridCell]
    whole: Sequence[GridCell]


def is_header(view: View, row: int) -> bool:
    """Whether a row can be the first of a header: by what stands below it, or by the words of its cells."""
    cells = view.printed(row)
    if not cells or dates_above(view, row):
        return False
    if any(heads(view, row, cells) for heads in (*SHAPES, *CHOICES)):
        return True
    chosen = options_over_marks(view, row, cells)
    cells = [cell for cell in cells if cell not in chosen]
    if len(cells) < LEAST or any(is_other(view, row, cells) for is_other in _NO_HEADERS):
        return False
    return _heads_by_words(view, row, _heads_of(view, cells))


def _heads_of(view: View, cells: Sequence[GridCell]) -> Heads:
    least = min(cell.cell.row_span for cell in cells)
    axes = [cell for cell in cells if view.kind(cell) in {"axis", "year"}]
    known = [cell for cell in cells if view.kind(cell) in KNOWN]
    return Heads(
        cells,
        lowest=[cell for cell in cells if cell.cell.row_span == least],
        taller=[cell for cell in cells if cell.cell.row_span > least],
        axes=axes,
        known=known,
        whole=[cell for cell in known if cell in axes or view.whole(cell)],
    )


def _heads_by_words(view: View, row: int, heads: Heads) -> bool:
    """Whether the words of a row make it a header: two years or roles, labels over their numbers, labels mostly."""
    if not _are_of_a_storey(view, row, heads) or not _are_heads(view, heads):
        return False
    if len(heads.known) >= LEAST and _is_counted_below(view, heads.lowest):
        return True
    rows = [heads.cells] if heads.taller and _are_groups(view, heads.lowest) else [heads.cells, heads.lowest]
    if (pairs := next((cells for cells in rows if _alternates(view, cells)), None)) is not None:
        return _is_judged_below(view, pairs)
    if len(heads.axes) >= LEAST:
        return len(heads.axes) * 2 >= len(heads.lowest) - 2 or len(heads.known) * 2 >= len(heads.cells)
    if heads.axes and not view.grid.starting(row)[0] and len(heads.known) == len(heads.cells):
        return True  # over the stub the place is blank
    if not heads.axes and _hides_spans(view, row, heads.cells):
        return False
    return _are_labels(view, row, heads)


def _are_of_a_storey(view: View, row: int, heads: Heads) -> bool:
    """Whether the heads of a row stand side by side, or one stands among heads merged over its storey."""
    if len(heads.lowest) >= LEAST:
        return True
    lowest = heads.lowest[0]
    return any(cell.cell.col > lowest.cell.col for cell in heads.taller) or _is_over_heads(view, row, lowest)


def _are_heads(view: View, heads: Heads) -> bool:
    """Whether each cell can head a column; one merged over more storeys may be a long text, or a dash, too."""
    merged = {*HEADS, "prose", "absent"}
    return all(view.kind(cell) in HEADS for cell in heads.lowest) and all(
        view.kind(cell) in merged for cell in heads.taller
    )


def _are_labels(view: View, row: int, heads: Heads) -> bool:
    """Whether enough cells of a row are known labels, as a whole and over values of a type, or by their share."""
    if len(heads.whole) >= LEAST and heads.cells[0] in heads.whole and _is_typed_below(view, row, heads.cells):
        return True
    is_half = len(heads.known) >= LEAST and len(heads.known) * 2 >= len(heads.cells)
    return is_half and len(heads.whole) * FORMS.known_heads >= len(heads.cells)


def _spans_table(view: View, _row: int, cells: Sequence[GridCell]) -> bool:
    """Whether a cell of a row is as wide as the table: a title."""
    return any(view.is_full(cell) for cell in cells)


def _has_number_alone(view: View, _row: int, cells: Sequence[GridCell]) -> bool:
    """Whether a cell of a row is a code of digits alone: the number of a row of a list."""
    return any(view.kind(cell) == "code" and cell.text.strip().isdigit() for cell in cells)


def _stands_over_forms(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether the titles of a row stand over rows of a form side by side: each over a known label and its value."""
    if any(view.head(cell).is_axis for cell in cells):
        return False
    below = view.printed(row + 1)
    return all(_is_over_label(view, cell, below) for cell in cells)


def _is_over_label(view: View, cell: GridCell, below: Sequence[GridCell]) -> bool:
    """Whether a known label and what may be its value stand under a cell."""
    under = [other for other in below if set(other.cell.cols) <= set(cell.cell.cols)]
    if len(under) < LEAST:
        return False
    label, value = under[:LEAST]
    term = view.whole(label)
    is_label = term is not None and term.kind not in {"cost", "group", "name"}
    return is_label and view.whole(value) is None and view.kind(value) not in {"axis", "amount"}


def _stands_over_name(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether a row ends in words, and the row under it is a label of the hierarchy with its name, or the unit of what
    the row names: two rows of a form.

    施策体系 | 施策 | 生涯学習の推進 over 事務事業名 | 移住支援事業; 指標１ | 指標名 | 参加者数 over 単位 | 人.
    """
    if view.kind(cells[-1]) != "words" or view.term(cells[-1]) is not None:
        return False
    below = view.printed(row + 1)
    if len(below) != LEAST or view.kind(below[1]) not in {"words", "prose", "unit"}:
        return False
    term = view.whole(below[0])
    if view.kind(below[1]) == "unit":
        return term is not None and (term.kind, term.field) == ("indicator", "unit")
    return term is not None and term.kind == "name" and view.whole(below[1]) is None


def _names_bodies(view: View, _row: int, cells: Sequence[GridCell]) -> bool:
    """Whether a row of a form names bodies, with the level of each behind it."""
    return bool(bodies_before_levels(view, cells))


def _says_directions(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether a row is the label of a direction and what each says, none of them over a mark: 方向性 | 拡充 | 継続."""
    term = view.whole(cells[0])
    if term is None or term.kind != "direction":
        return False
    is_chosen = any(is_mark(cell) for cell in view.printed(row + 1))
    return not is_chosen and any(direction_of(cell.text) is not None for cell in cells[1:])


def _ends_in_year_asked(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether a row ends in a label that asks for a year and that year, over no number.

    交付先 | 商店会 | 開始年度 | 平成20年度.
    """
    if len(cells) < _MANY or [cell for cell in cells if view.kind(cell) in {"axis", "year", "date"}] != [cells[-1]]:
        return False
    term = view.whole(cells[-2])
    asks = term is not None and (term.kind == "document" or (term.kind, term.field) == ("passage", "schedule"))
    under = view.grid.at(row + cells[-1].cell.row_span, cells[-1].cell.col)
    return asks and (not under or view.kind(under) != "amount")


def _prints_marks(view: View, _row: int, cells: Sequence[GridCell]) -> bool:
    """Whether a row ends in a letter that is a unit of area elsewhere, and a mark of a scale here: 公平性 | a | a."""
    return view.kind(cells[-1]) == "unit" and is_said(view, cells[-1])


_NO_HEADERS: Final[tuple[Asked, ...]] = (
    _prints_marks,
    _ends_in_year_asked,
    _says_directions,
    _spans_table,
    _has_number_alone,
    _stands_over_forms,
    _stands_over_name,
    _names_bodies,
)


def _is_over_heads(view: View, row: int, group: GridCell) -> bool:
    """Whether the next row holds nothing but two heads or more under one cell: 最終目標 over 年度, 数値."""
    below = view.printed(row + 1)
    chosen = options_over_marks(view, row + 1, below)
    return len(below) >= LEAST and all(
        set(cell.cell.cols) <= set(group.cell.cols) and (may_head(view, cell) or cell in chosen) for cell in below
    )


def heads_no_numbers(view: View, row: int) -> bool:
    """Whether a row heads sentences or marks, so that a year or a role in it says nothing of numbers: 基準 | 所管課."""
    cells = view.printed(row)
    return heads_prose(view, row, cells) or heads_marks(view, row, cells)


def _hides_spans(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether most of a row is blank, and the next one too under its heads: a form whose spans are not printed."""
    if len(view.grid.starting(row)) <= 2 * len(cells):
        return False
    printed = {cell.cell.col for cell in view.printed(row + 1)}
    return len([cell for cell in cells if cell.cell.col in printed]) < len(cells) - 1


def _is_counted_below(view: View, cells: Sequence[GridCell]) -> bool:
    """Whether a number, or the mark for none, stands right under each of two cells or more."""
    below = [view.grid.at(cell.cell.row + cell.cell.row_span, cell.cell.col) for cell in cells]
    aligned = [cell for cell, over in zip(below, cells, strict=True) if cell and cell.cell.cols == over.cell.cols]
    return len(aligned) == len(cells) >= LEAST and are_numbers(view, aligned)


def _is_typed_below(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether the next row keeps to the cells of this one and holds marks, numbers or sentences."""
    if len(cells) < _MANY:
        return False
    cols = [cell.cell.cols for cell in cells]
    aligned = [cell for cell in view.grid.starting(row + 1) if cell.cell.cols in cols]
    typed = [cell for cell in aligned if cell and view.kind(cell) in {"mark", "amount", "prose", "options"}]
    return len(aligned) >= len(cells) - 1 and len(typed) >= LEAST


def _alternates(view: View, cells: Sequence[GridCell]) -> bool:
    """Whether a row reads label, value, label, value: a row of a form. Its years and words are values."""
    labels, values = cells[::2], cells[1::2]
    if len(cells) % 2 or any(view.kind(cell) != "label" for cell in labels):
        return False
    if any(view.kind(cell) == "label" and not _is_plain_value(view, cell) for cell in values):
        return False
    return not all(view.head(cell).role for cell in values)


def _are_groups(view: View, cells: Sequence[GridCell]) -> bool:
    """Whether each cell stands over two heads or more of the next row: no label and no value of a form does."""
    below = view.printed(cells[0].cell.row + 1)
    under = [[other for other in below if set(other.cell.cols) <= set(cell.cell.cols)] for cell in cells]
    return all(len(heads) >= LEAST and all(may_head(view, head) for head in heads) for heads in under)


def _is_judged_below(view: View, cells: Sequence[GridCell]) -> bool:
    """Whether something stands under each cell: words under the first label, a mark, number or options under another.

    評価項目 | 施設の自己評価 | 所管課評価 | 所見 over 清掃 | Ａ | Ａ | …; under a label of a form stands a label.
    """
    below = view.printed(cells[0].cell.row + 1)
    under = {cell.cell.cols: cell for cell in below}
    typed = [
        label for label in cells[2::2] if label.cell.cols in under and _answers(view, label, under[label.cell.cols])
    ]
    first = [view.kind(cell) for cell in below if set(cell.cell.cols) <= set(cells[0].cell.cols)]
    are_filled = all(cell.cell.cols in under for cell in cells[1:])
    return bool(typed) and are_filled and bool(first) and all(kind in {"words", "label"} for kind in first)


def _answers(view: View, label: GridCell, cell: GridCell) -> bool:
    """Whether a cell can be what a label over it asks for: a mark, a number, options, a word under a judgement."""
    term = view.term(label)
    if view.kind(cell) in {"mark", "amount", "options"}:
        return True
    asks = term is not None and term.kind in {"grade", "evaluator"}
    return asks and view.kind(cell) == "words" and len(squeeze(cell.text)) <= _LONGEST_WORD and is_said(view, cell)


def _is_plain_value(view: View, cell: GridCell) -> bool:
    term = view.term(cell)
    return term is not None and not term.is_whole


def formulas(cells: Sequence[GridCell]) -> list[GridCell]:
    """The cells of a row that say by letters how its columns are reckoned: Ａ | Ｂ | Ａ－Ｂ.

    The letters stand in the order of the alphabet, each once, and a formula uses those that stand alone; marks do not.
    """
    letters = [cell for cell in cells if _LETTER.fullmatch(squeeze(cell.text))]
    reckoned = [cell for cell in cells if cell not in letters and _FORMULA.fullmatch(squeeze(cell.text))]
    named = [re.sub(r"[()]", "", squeeze(cell.text)) for cell in letters]
    used = {letter for cell in reckoned for letter in re.findall(r"[A-Za-z①-⑳ア-オ]", squeeze(cell.text))}
    in_order = all(ord(after) == ord(before) + 1 for before, after in pairwise(named))
    if len(named) < LEAST or not in_order or not used <= set(named) or (not reckoned and len(named) < len(cells)):
        return []
    return [*letters, *reckoned]
