"""Tables that run over pages become one: repeated headers set aside, rows and cells cut in two rejoined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile

from extract.pdf.tables.cell_assignment import Draft, DraftCell, Part, goes_on, part_area, usual_padding
from extract.pdf.tables.settings import GRIDS
from extract.pdf.text.line_breaks import starts_item

_SAME_BORDER = 3.0
"""Borders of columns on two pages are the same when they differ by up to this many points."""

_SAME_FORM = 0.4
"""Two tables of which this share of the filled cells says the same are one form printed twice, not one table."""

_LETTER = re.compile(r"[^\W\d_ー]")

_LONG = 10
"""A text of fewer characters is a label or a number, and never goes on over a page break without being cut open."""

_SELDOM = 0.25
"""The largest share of empty cells in a column of labels."""

_NEAR_END = 5.0
"""Below the last line of a text that goes on is room for so many font sizes at most: a line that was kept for the next
page, another one that found no room, and the padding."""

_SPARE = 20.0
"""Room for the next row and this many points more was left on the page: the table had ended."""


def is_continued(before: Draft, after: Draft, room: float, *, has_caption: bool = False) -> bool:
    """Whether a table at the top of a page goes on with the one at the bottom of the page before.

    `room` is the height, in points, that was left below the first one. Both have the same outer borders, and the
    borders of columns inside are the same, or those of one page are among those of the other, or at least half of
    those of both pages are: forms change their columns from row to row. Under a caption printed again (`has_caption`)
    the header must be printed again too.
    """
    if not _same_width(before.xs, after.xs):
        return False
    is_open = any(cell.parts[-1].is_open_below for cell in _bottom(before))
    n_common = len(before.xs) + len(after.xs) - len(_all_borders(before.xs, after.xs))
    is_nested = n_common == min(len(before.xs), len(after.xs))
    if not is_nested and not is_open and 2 * (n_common - 2) < max(len(before.xs), len(after.xs)) - 2:
        return False
    one, other = _with_all_columns(before, after)
    n_header = _repeated_rows(one, other)
    if _is_same_form(one, other, n_header):
        return False
    if n_header or is_open:
        return True
    if has_caption:
        return False
    first_row = min((part.box.height for cell in after.cells if cell.row == 0 for part in cell.parts), default=0.0)
    return n_common > 2 and room < first_row + _SPARE


def append_page(before: Draft, after: Draft) -> Draft:
    """The two drafts as one table: the rows of the second below those of the first.

    A cell cut by the page break is one cell with a part on each page; a text that is painted on both is read once.
    Where all cells are cut, so is the row.
    """
    before, after = _with_all_columns(before, after)
    n_header = _repeated_rows(before, after)
    repeated = tuple(cell for cell in after.cells if cell.row < n_header)
    rest = [cell for cell in after.cells if cell.row >= n_header]
    top = [cell for cell in rest if cell.row == n_header]
    pairs = _pairs(_bottom(before), top)
    is_row_cut = _is_row_cut(before, pairs, len(top))
    joined = pairs if is_row_cut else [(one, other) for one, other in pairs if _is_cell_cut(before, one, other, pairs)]
    shared = 1 if is_row_cut else 0
    rests = {id(other) for _, other in joined}
    again = [other for one, other in joined if other.plain and other.plain == one.plain]
    heads = {id(one): replace(other, parts=()) if other in again else other for one, other in joined}
    kept = [_join(cell, heads[id(cell)], shared) if id(cell) in heads else cell for cell in before.cells]
    shift = before.n_rows - n_header - shared
    moved = [replace(cell, row=cell.row + shift) for cell in rest if id(cell) not in rests]
    return replace(
        before,
        n_rows=before.n_rows + after.n_rows - n_header - shared,
        cells=tuple(sorted((*kept, *moved), key=lambda cell: (cell.row, cell.col))),
        repeated=(*before.repeated, *repeated, *again),
    )


def _join(cell: DraftCell, rest: DraftCell, shared: int) -> DraftCell:
    return replace(cell, row_span=cell.row_span + rest.row_span - shared, parts=(*cell.parts, *rest.parts))


def _bottom(draft: Draft) -> list[DraftCell]:
    return [cell for cell in draft.cells if cell.row + cell.row_span == draft.n_rows]


def _pairs(bottom: Sequence[DraftCell], top: Sequence[DraftCell]) -> list[tuple[DraftCell, DraftCell]]:
    """The cells above and below the page break that take the same columns, from left to right."""
    by_cols = {cell.cols: cell for cell in bottom}
    return sorted(((by_cols[cell.cols], cell) for cell in top if cell.cols in by_cols), key=lambda pair: pair[0].col)


def _same_width(before: Sequence[float], after: Sequence[float]) -> bool:
    """The same outer borders; both pages may be shifted as a whole, as left and right pages are."""
    return abs((before[-1] - before[0]) - (after[-1] - after[0])) <= _SAME_BORDER


def _all_borders(before: Sequence[float], after: Sequence[float]) -> tuple[float, ...]:
    """The borders of columns of both pages, as they lie on the first; those that are the same once."""
    shift = before[0] - after[0]
    new = (x + shift for x in after if not any(abs(x + shift - known) <= _SAME_BORDER for known in before))
    return tuple(sorted((*before, *new)))


def _with_all_columns(before: Draft, after: Draft) -> tuple[Draft, Draft]:
    """Both drafts on one set of columns, that of all their borders."""
    borders = _all_borders(before.xs, after.xs)
    return _on_columns(before, borders, 0.0), _on_columns(after, borders, before.xs[0] - after.xs[0])


def _on_columns(draft: Draft, borders: tuple[float, ...], shift: float) -> Draft:
    number = [min(range(len(borders)), key=lambda index: abs(borders[index] - x - shift)) for x in draft.xs]
    if number == list(range(len(borders))):
        return replace(draft, xs=borders)

    def moved(cell: DraftCell) -> DraftCell:
        col = number[cell.col]
        return replace(cell, col=col, col_span=number[cell.cols.stop] - col)

    cells, repeated = tuple(map(moved, draft.cells)), tuple(map(moved, draft.repeated))
    return replace(draft, xs=borders, cells=cells, repeated=repeated)


def _repeated_rows(before: Draft, after: Draft) -> int:
    """How many rows at the top of both tables are the same, cell by cell: the header printed again."""
    most = min(before.n_rows, after.n_rows - 1)
    found = 0
    for n_rows in range(1, most + 1):
        ones, others = _head(before, n_rows), _head(after, n_rows)
        if ones != others:
            break
        reaches_over = any(row + row_span > n_rows for row, _, row_span, *_ in ones)
        if not reaches_over and any(text for *_, text in ones):
            found = n_rows
    return found


def _head(draft: Draft, n_rows: int) -> list[tuple[int, int, int, int, str]]:
    """What the cells that begin in the first rows say, and where."""
    first = takewhile(lambda cell: cell.row < n_rows, draft.cells)  # the cells stand in the order of their rows
    return [(*_shape(cell), cell.plain) for cell in first]


def _is_same_form(before: Draft, after: Draft, n_header: int) -> bool:
    """Whether both tables say the same in the same places, below the header.

    Numbers and dashes say nothing, nor does what a list says again and again in one column (目標 and 実績 in turn).
    """
    others = _said_once(after, n_header)
    if len(others) < GRIDS.same_form:
        return False
    first = takewhile(lambda cell: cell.row < after.n_rows, before.cells)
    if sum(others.get(_shape(cell)) == cell.plain for cell in first) < _SAME_FORM * GRIDS.same_form:
        return False  # before all that was printed on many pages is looked at
    ones = _said_once(before, n_header)
    if len(ones) < GRIDS.same_form:
        return False
    same = sum(ones.get(shape) == text for shape, text in others.items())
    return same >= _SAME_FORM * min(len(ones), len(others))


def _said_once(draft: Draft, n_header: int) -> dict[tuple[int, int, int, int], str]:
    """The texts below the header that their columns hold once, by their places."""
    texts = [(cell, cell.plain) for cell in draft.cells if cell.row >= n_header]
    told = [(cell, text) for cell, text in texts if _LETTER.search(text)]
    times = Counter((cell.col, text) for cell, text in told)
    return {_shape(cell): text for cell, text in told if times[cell.col, text] == 1}


def _shape(cell: DraftCell) -> tuple[int, int, int, int]:
    return cell.row, cell.col, cell.row_span, cell.col_span


def _is_row_cut(before: Draft, pairs: Sequence[tuple[DraftCell, DraftCell]], n_top: int) -> bool:
    """Whether the first new row is the rest of the last one.

    It is when no rule closes the row before the break, or when all that stands below the break goes on from above, some
    of it in the middle of a sentence; only a label may stand in the middle of its row, so wholly below the break.
    Without such a text, the label column must be empty that is filled in other rows, and what is printed must be able
    to follow what stands above it.
    """
    if not pairs or len(pairs) != n_top or len(pairs) != len(_bottom(before)):
        return False
    if any(_is_open(one) for one, _ in pairs):
        return all(_is_open(one) for one, _ in pairs)
    rows = [(one, other) for one, other in pairs if not _is_spanning(one, other)]
    above = _Above(before)
    if _go_on_in_sentences(rows, above):
        return True
    label, new_label = rows[0] if rows else pairs[0]
    return (
        new_label.is_empty
        and _is_usually_filled(before, label)
        and any(not other.is_empty for _, other in rows)
        and all(_may_go_on(one, other, above) for one, other in rows)
    )


@dataclass(frozen=True)
class _Above:
    """What is asked of all cells above a page break; worked out where it is needed, for a long table has many."""

    draft: Draft

    @cached_property
    def padding(self) -> float:
        return usual_padding(part for cell in self.draft.cells for part in cell.parts)

    @cached_property
    def said(self) -> Collection[str]:
        """The texts of the cells that end above the last row."""
        stop = self.draft.n_rows
        return {cell.plain for cell in self.draft.cells if len(cell.parts) == 1 and cell.row + cell.row_span < stop}


def _go_on_in_sentences(rows: Sequence[tuple[DraftCell, DraftCell]], above: _Above) -> bool:
    """Whether all texts below the break go on from above, one at least in the middle of a sentence.

    A short label that is no item may stand wholly below the break.
    """
    below = [(one, other) for one, other in rows if not other.is_empty]
    return any(_goes_on_in_line(one, other) for one, other in below) and all(
        _goes_on_in_line(one, other)
        or _is_wrapped(one, other, above)
        or (one.is_empty and len(other.plain) < _LONG and not _is_item(other))
        for one, other in below
    )


def _is_usually_filled(draft: Draft, cell: DraftCell) -> bool:
    """Whether hardly a cell in the place of one, in other rows, is empty."""
    place = cell.col, cell.col_span
    alike = [other.is_empty for other in draft.cells if (other.col, other.col_span) == place]
    return sum(alike) <= _SELDOM * len(alike)


def _may_go_on(one: DraftCell, other: DraftCell, above: _Above) -> bool:
    """Whether what stands below the page break can belong to the cell above it: nothing, more prose, the rest of a
    line, or the next item of a list."""
    if one.is_empty or other.is_empty:
        return other.is_empty
    is_list = one.plain[0] == other.plain[0] and _is_item(one) and _is_item(other)
    return len(one.plain) >= _LONG or is_list or _is_wrapped(one, other, above)


def _is_item(cell: DraftCell) -> bool:
    return starts_item(cell.parts[0].lines[0].text)


def _is_wrapped(one: DraftCell, other: DraftCell, above: _Above) -> bool:
    """Whether the last line above the page break was wrapped into the first one below it.

    It was not where the part above has room for one more line, nor where other cells say just what stands below.
    """
    last = one.parts[-1]
    if not goes_on(last, other.parts[0], above.padding) or other.plain in above.said:
        return False
    return last.lines[-1].direction != 0 or _left(last) - 2 * above.padding < last.lines[-1].size


def _is_cell_cut(before: Draft, one: DraftCell, other: DraftCell, pairs: Sequence[tuple[DraftCell, DraftCell]]) -> bool:
    """Whether a cell goes on after the break, while a new row begins beside it.

    Where a rule closes it, it must span rows; or, on the left of what is printed, stand in a column that other rows
    fill. A text must go on in the middle of a sentence, behind a cell that goes on or before a group of rows that does.
    """
    if _is_open(one):
        is_one = other.parts[0].is_open_above or other.is_empty or one.is_empty
        return is_one or _goes_on_in_line(one, other) or _goes_on_in_word(one, other)
    if one.is_empty:
        return False
    left = [new for old, new in pairs if old.col < one.col]
    right = [new for old, new in pairs if old.col > one.col]
    if not other.is_empty:
        is_within = any(new.is_empty for new in left) or _goes_on_beside(one, pairs)
        return _is_spanning(one, other) and is_within and _goes_on_in_line(one, other)
    if one.cols.stop >= before.n_cols or all(new.is_empty for new in right):
        return False
    return _is_spanning(one, other) or (all(new.is_empty for new in left) and _is_usually_filled(before, one))


def _goes_on_in_word(one: DraftCell, other: DraftCell) -> bool:
    """Whether a page breaks between two Latin words of a text; two numbers in a narrow column are two."""
    last = one.parts[-1]
    return goes_on(last, other.parts[0]) and all(map(_LETTER.search, (last.lines[-1].text, other.plain[0])))


def _goes_on_beside(one: DraftCell, pairs: Sequence[tuple[DraftCell, DraftCell]]) -> bool:
    """Whether the cell on the right of one spans rows and goes on below the break: a group within its group."""
    beside = ((old, new) for old, new in pairs if old.col == one.cols.stop)
    return any(_is_spanning(old, new) and not old.is_empty and new.is_empty for old, new in beside)


def _is_spanning(one: DraftCell, other: DraftCell) -> bool:
    return one.row_span > 1 or other.row_span > 1


def _is_open(one: DraftCell) -> bool:
    """Whether no rule closes a cell below. The rest of it may begin under a repeated header, so may be closed above."""
    return one.parts[-1].is_open_below


def _left(part: Part) -> float:
    """The height of a part that its lines do not fill."""
    line = part.lines[-1]
    return part.box.height - abs(line.level - part.lines[0].level) - line.size


def _goes_on_in_line(before: DraftCell, after: DraftCell) -> bool:
    """Whether a text goes on in the middle of a sentence: its last line is full and near the end of the page, and no
    number in a narrow column."""
    last, first = before.parts[-1], after.parts[0]
    if not goes_on(last, first):
        return False
    line = last.lines[-1]
    if line.direction == 0 and _left(last) > _NEAR_END * line.size:
        return False
    is_sentence = sum(len(other.text) for other in last.lines) >= _LONG and not line.text.isascii()
    return is_sentence and line.text[-1] not in "。．.」）)】" and line.width >= 0.5 * part_area(last).width
