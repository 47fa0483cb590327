"""Blocks: a grid that was drawn, cut into the parts that were meant.

A block is a header, which says what its columns hold, and the rows under it. A row is a header by what its cells are:
years, roles, labels, words, and no numbers, marks or sentences. The block ends at the next header, at a title across
the table, and where a row's cells no longer keep to the header's columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from normalize.cells.row_words import is_total
from normalize.document.table_grid import GridCell, header_paths
from normalize.forms.general.answers import is_mark
from normalize.forms.general.block_ends import (
    is_across,
    is_form_again,
    is_form_row,
    is_judged,
    is_name_row,
    is_of_form,
    is_options_row,
    is_over_numbers,
    is_wide_name,
    opens_box,
    told_of,
)
from normalize.forms.general.choice_heads import heads_options, options_over_marks
from normalize.forms.general.header_shapes import LEAST, heads_alike, heads_group, may_head
from normalize.forms.general.headers import KNOWN, formulas, heads_no_numbers, is_header
from normalize.forms.general.list_heads import is_list
from normalize.forms.general.view import View
from normalize.text.folding import squeeze
from schemas.codes.signs import closing, leading, opening

_PAIR: Final = 2
"""A label and its value."""

_LONGEST_CAPTION: Final = 50
"""Characters of a name that stands over the numbers of a row."""


_OPENING: Final = opening("lenticular", "angle")
_CLOSING: Final = closing("lenticular", "angle")
_TITLE: Final = re.compile(
    rf"\s*(?:[{_OPENING}][^{_OPENING}{_CLOSING}]+[{_CLOSING}]|[{leading('heading', never=('value',))}]\s*\S.*)\s*"
)
"""A title between the rows of a list whose table tells no spans."""


@dataclass(frozen=True, slots=True)
class Block:
    """The header rows, the rows under it, and the header cells over each column from the top.

    `sections` are the titles that stand across the table between its rows: by the row that follows. `captions` are the
    names that stand over the numbers of rows: by row. `told` are the labels and the sentences that stand across the
    table under a row of a list and tell of it: by that row. `stop` is the row behind the block.
    """

    header: range
    body: tuple[int, ...]
    paths: dict[int, tuple[GridCell, ...]]
    sections: dict[int, tuple[GridCell, ...]]
    captions: dict[int, GridCell]
    told: dict[int, list[tuple[GridCell, GridCell]]]
    stop: int


def block_at(view: View, row: int) -> Block | None:
    """The block whose header begins at a row; None where no header stands there, or nothing under it."""
    if not is_header(view, row):
        return None
    stop = row + 1
    while stop < view.grid.table.n_rows and _goes_on(view, row, stop):
        stop += 1
    header = range(row, stop)
    letters = {id(cell) for row in header for cell in _letters(view, row)}
    paths = {
        col: _without(tuple(cell for cell in path if cell.cell.row in header), letters)  # what begins above is beside
        for col, path in header_paths(view.grid, header).items()
    }
    block = _block(view, header, paths)
    return block if block.body else None


def _letters(view: View, row: int) -> list[GridCell]:
    """The letters of a row that its columns are reckoned by; none where they are grades to choose from."""
    cells = [cell for cell in view.grid.starting(row) if cell]
    return [] if options_over_marks(view, row, cells) else formulas(cells)


def _without(path: tuple[GridCell, ...], letters: set[int]) -> tuple[GridCell, ...]:
    """The heads over a column without the letters that it is reckoned by, where others tell what it is."""
    return tuple(cell for cell in path if id(cell) not in letters) or path


def continued(view: View, before: View, block: Block) -> Block | None:
    """The block of a table that goes on from a page before: it prints no header, and keeps to the same columns."""
    if view.grid.table.n_cols != before.grid.table.n_cols:
        return None
    rest = _block(view, range(0), block.paths)
    return rest if rest.body and rest.body[0] == 0 else None


def _goes_on(view: View, first: int, row: int) -> bool:
    """Whether a row is one more row of the header that begins at `first`."""
    cells = [cell for cell in view.grid.starting(row) if cell]
    if not cells or any(view.is_full(cell) for cell in cells):
        return False
    reckoned = [*formulas(cells), *options_over_marks(view, row, cells)]
    if any(not may_head(view, cell) and cell not in reckoned for cell in cells):
        return False
    if row == first + 1 and heads_alike(view, first, [cell for cell in view.grid.starting(first) if cell]):
        return True
    if row == first + 1 and heads_group(view, first, view.printed(first)):
        return True
    axes = [cell for cell in cells if view.kind(cell) in {"axis", "year"}]
    known = [cell for cell in cells if view.kind(cell) in KNOWN or cell in reckoned]
    covering = [
        cell for cell in view.grid.row(row)
        if cell and first <= cell.cell.row < row and (view.kind(cell) in KNOWN or cell.cell.col > 0)
    ]  # fmt: skip
    over = [view.grid.at(row - 1, cell.cell.col) for cell in cells]
    if covering and all(_is_under(cell, above) for cell, above in zip(cells, over, strict=True)):
        stub_only = all(cell.cell.col < min(c.cell.col for c in cells) for cell in covering)
        return (
            len(axes) >= 1 or (len(known) * 2 >= len(cells) and (not stub_only or len(known) >= LEAST)) or _split(over)
        )
    stubs = [cell for cell in cells if cell not in axes]
    led = all(cell.cell.col < axes[0].cell.col and view.kind(cell) == "label" for cell in stubs) if axes else False
    return (
        len(axes) >= LEAST
        and led
        and all(above is None or not above or above.cell.col_span > 1 or view.kind(above) in KNOWN for above in over)
    )


def _is_under(cell: GridCell, above: GridCell | None) -> bool:
    return above is not None and set(cell.cell.cols) <= set(above.cell.cols)


def _split(over: Sequence[GridCell | None]) -> bool:
    """Whether several cells stand under one: the upper one is their group."""
    groups = [id(cell) for cell in over if cell is not None]
    return len(groups) >= LEAST and len(set(groups)) < len(groups)


def _block(view: View, header: range, paths: dict[int, tuple[GridCell, ...]]) -> Block:
    """The rows that keep to the columns of a header."""
    body: list[int] = []
    told: dict[int, list[tuple[GridCell, GridCell]]] = {}
    stop = header.stop if header else 0
    captions: dict[int, GridCell] = {}
    caption: GridCell | None = None
    sections: dict[int, tuple[GridCell, ...]] = {}
    titles: list[GridCell] = []
    leaves = {col: id(path[-1]) for col, path in paths.items() if path}
    values = {
        col for col, path in paths.items()
        if any(view.kind(cell) in {"axis", "year"} and not view.head(cell).heads_years for cell in path)
        or (path and view.head(path[-1]).year is not None and is_judged(view, path[-1]))
    }  # fmt: skip
    if header and heads_no_numbers(view, header.start):
        values = set()
    chooses = bool(header) and heads_options(view, header.start, view.printed(header.start))
    lists = is_list(view, paths)
    for row in range(header.stop if header else 0, view.grid.table.n_rows):
        starting = view.grid.starting(row)
        printed = [cell for cell in starting if cell]
        if len(printed) == 1 and (view.is_full(printed[0]) or (lists and _is_title(view, row, printed[0]))):
            if not lists and not _resumes(view, row + 1, paths, leaves, values):
                break
            titles.append(printed[0])
            continue
        if lists and body and (sentences := told_of(view, printed)) is not None:
            told.setdefault(body[-1], []).append(sentences)
            stop = row + 1
            continue
        if chooses and body and _is_apart(printed, paths):
            break
        opens = opens_box(view, row) or is_form_again(view, row, body) or is_name_row(view, row, paths)
        if body and (_is_box(view, printed, paths) if lists else opens):
            break
        if not lists and (over := _caption(view, row, values)) is not None:
            caption = over
            continue
        if caption is not None and _ends_caption(view, row, values, caption):
            caption = None
        if not _keeps_to(view, row, leaves, values, paths, is_list=lists) or (printed and is_header(view, row)):
            break
        if is_of_form(view, row, paths) or (
            not values and not lists and body and _is_judged_row(view, row, leaves, paths)
        ):
            break
        judged = _is_told(view, row, values) and not _counts(view, body, values)
        if (not judged and is_options_row(view, row, values, is_list=lists)) or is_form_row(view, row, values):
            break
        if body and _is_narrower(view, row, body, paths):
            break
        if titles:
            sections[row], titles = tuple(titles), []
        if caption is not None:
            captions[row] = caption
        body.append(row)
        stop = row + 1
    if set(told) == set(body[-1:]) and len(body) > 1:
        told, stop = {}, body[-1] + 1  # under the last row alone: they tell of the form, not of that row
    return Block(header, tuple(body), paths, sections, captions, told, stop)


def _is_narrower(view: View, row: int, body: Sequence[int], paths: dict[int, tuple[GridCell, ...]]) -> bool:
    """Whether a row has two cells under one head and none beside it, and each row above has one there."""
    printed = [cell for cell in view.grid.starting(row) if cell]
    head = paths.get(printed[0].cell.col, ())[-1:] if len(printed) > 1 else ()
    if not head or any(cell.cell.col not in head[0].cell.cols for cell in printed):
        return False
    if any((term := view.term(cell)) is not None and term.kind == "cost" for cell in printed):
        return False  # a source of funds without an amount
    above = [[cell for cell in view.grid.starting(at) if cell and cell.cell.col in head[0].cell.cols] for at in body]
    return max(map(len, above)) == 1


def _is_title(view: View, row: int, cell: GridCell) -> bool:
    """Whether the one text of a row is a title, in a table that tells no spans: 【地球環境】, 活動指標."""
    if cell.cell.col or len(view.grid.row(row)) < view.grid.table.n_cols:
        return False
    term = view.whole(cell)
    return _TITLE.fullmatch(cell.text) is not None or (term is not None and term.kind == "indicator")


def _resumes(
    view: View, row: int, paths: dict[int, tuple[GridCell, ...]], leaves: dict[int, int], values: set[int]
) -> bool:
    """Whether the row below a title across a table of numbers is one more of its rows: a name, and numbers."""
    if row >= view.grid.table.n_rows or not values or is_header(view, row):
        return False
    printed = [cell for cell in view.grid.starting(row) if cell]
    named = bool(printed) and printed[0].cell.col not in values and view.kind(printed[0]) in {"words", "label"}
    counted = [cell for cell in printed if set(cell.cell.cols) & values]
    return (
        named
        and len(counted) * 2 >= len(values)
        and all(view.kind(cell) in {"amount", "absent"} for cell in counted)
        and _keeps_to(view, row, leaves, values, paths, is_list=False)
    )


def _is_judged_row(view: View, row: int, leaves: dict[int, int], paths: dict[int, tuple[GridCell, ...]]) -> bool:
    """Whether a row under judgements is one of the form again, whose cells keep to other columns: 総合判定 | Ｂ | …"""
    printed = [cell for cell in view.grid.starting(row) if cell]
    if _judges_behind(view, printed):
        return True
    if len(printed) <= _PAIR or is_total(printed[0].text):
        return False
    term = view.whole(printed[0])
    if term is not None and term.kind in {"grade", "direction"} and not len(printed) % 2:
        labels = [view.term(cell) if view.kind(cell) == "label" else None for cell in printed[2::2]]
        return all(t is not None and t.kind in {"grade", "direction", "passage"} for t in labels)
    if len(printed) != _PAIR + 1:
        return False
    heads = {head.cell.cols for path in paths.values() for head in path}
    crossing = [
        cell for cell in printed[1:]
        if len({leaves[col] for col in cell.cell.cols if col in leaves}) > 1 and cell.cell.cols not in heads
    ]  # fmt: skip
    return term is not None and term.kind in {"grade", "direction"} and bool(crossing)


def _judges_behind(view: View, printed: Sequence[GridCell]) -> bool:
    """Whether a row ends in a judgement behind its label, and begins with a sum: 合計 | 9 | 総合判定 | Ｂ."""
    if len(printed) != _PAIR * 2 or view.kind(printed[1]) not in {"amount", "mark"}:
        return False
    term = view.whole(printed[2])
    judged = view.kind(printed[3]) in {"mark", "direction", "amount"}
    is_label = view.kind(printed[0]) in {"label", "words"}
    return judged and is_label and term is not None and term.kind in {"grade", "direction"}


def _is_apart(printed: Sequence[GridCell], paths: dict[int, tuple[GridCell, ...]]) -> bool:
    """Whether a row under options, in which marks choose, prints words that keep to none of their columns."""
    leaves = [path[-1].cell.cols for path in paths.values() if path]
    return any(not is_mark(cell) and cell.cell.cols not in leaves for cell in printed[1:])


def _is_box(view: View, printed: Sequence[GridCell], paths: dict[int, tuple[GridCell, ...]]) -> bool:
    """Whether a row of a list holds nothing but sentences where its names stand: the list is over."""
    first = view.whole(paths[0][-1]) if paths.get(0) else None
    if first is not None and first.kind == "passage":
        return False
    return (
        len(printed) == 1 and not printed[0].cell.col and view.kind(printed[0]) == "prose" and "。" in printed[0].text
    )


def _caption(view: View, row: int, values: set[int]) -> GridCell | None:
    """The one text of a row that stands over all its numbers: the name of what the next rows count."""
    printed = [cell for cell in view.grid.starting(row) if cell and set(cell.cell.cols) & values]
    if len(printed) != 1 or len(values) < LEAST or not values <= set(printed[0].cell.cols):
        return None
    below = [view.grid.at(row + 1, col) for col in values] if row + 1 < view.grid.table.n_rows else []
    numbers = [cell for cell in below if cell is not None and view.kind(cell) in {"amount", "absent"}]
    known = view.kind(printed[0]) in {"words", "label", "prose"} and len(squeeze(printed[0].text)) <= _LONGEST_CAPTION
    return printed[0] if known and len(numbers) >= LEAST else None


def _ends_caption(view: View, row: int, values: set[int], caption: GridCell) -> bool:
    """Whether a name over numbers names this row no more: its place is left blank, or the label beside it ended."""
    over = view.grid.at(row, min(values))
    if over is not None and not over and values <= set(over.cell.cols):
        return True
    beside = view.grid.at(caption.cell.row, 0)
    return beside is not None and beside.cell.row_span > 1 and row not in beside.cell.rows


def _keeps_to(
    view: View,
    row: int,
    leaves: dict[int, int],
    values: set[int],
    paths: dict[int, tuple[GridCell, ...]],
    *,
    is_list: bool,
) -> bool:
    """Whether the cells of a row keep to the columns of a header."""
    if not is_list and is_across(view, row, leaves):
        return False
    told = not is_list and (_is_told(view, row, values) or _is_scheduled(view, row, values))
    for cell in view.grid.row(row):
        if not cell:
            continue
        under = {leaves[col] for col in cell.cell.cols if col in leaves}
        if len(under) > 1 and not cell.cell.col and len(under) < len({*leaves.values()}) and view.head(cell).is_axis:
            continue  # a year as wide as the heads of the stub
        if len(under) > 1:
            if (term := view.whole(cell)) is not None and term.kind == "evaluator" and cell.cell.row == row:
                return False
            if is_total(cell.text) or (told and _same_year(view, cell, paths)):
                continue
            if is_list and is_over_numbers(view, row, cell, leaves, values):
                continue
            judges = cell.cell.row == row and (
                (view.kind(cell) in {"mark", "direction"} and _is_costs(view, paths)) or view.kind(cell) == "options"
            )
            if is_list and is_wide_name(view, row, cell, leaves, values):
                continue
            if is_list or judges or under & {leaves[col] for col in values if col in leaves}:
                return False
        is_value = not is_list and set(cell.cell.cols) & values and cell.cell.row == row
        is_label = view.kind(cell) == "label" and view.whole(cell) is not None and not _is_scheduled(view, row, values)
        tells = (view.kind(cell) == "prose" and not told) or is_label
        if is_value and tells:
            return False
    return True


def _is_costs(view: View, paths: dict[int, tuple[GridCell, ...]]) -> bool:
    """Whether the heads of a block name costs: nothing is judged under them."""
    terms = [view.term(path[-1]) for path in paths.values() if path]
    return any(term is not None and term.kind == "cost" for term in terms)


def _is_told(view: View, row: int, values: set[int]) -> bool:
    """Whether a row tells or judges what its years count: its label says so."""
    stubs = [cell for cell in view.grid.row(row) if cell and not set(cell.cell.cols) & values]
    terms = [term for cell in stubs if (term := view.whole(cell)) is not None]
    return any(term.kind in {"passage", "grade", "direction"} for term in terms)


def _is_scheduled(view: View, row: int, values: set[int]) -> bool:
    """Whether a row says under its years what is done in each: 検討 | 実施 | → | →."""
    cells = [cell for col in sorted(values) if (cell := view.grid.at(row, col)) and cell.cell.row == row]
    kinds = [view.kind(cell) for cell in cells]
    short = all(kind in {"words", "label", "arrow", "direction", "absent", "mark"} for kind in kinds)
    if any((term := view.whole(cell)) is not None and term.kind == "grade" for cell in cells):
        return False
    texts = {squeeze(cell.text) for cell in cells if view.kind(cell) in {"words", "label", "direction"}}
    return short and len(cells) >= LEAST and bool(texts) and ("arrow" in kinds or len(texts) < len(cells))


def _same_year(view: View, cell: GridCell, paths: dict[int, tuple[GridCell, ...]]) -> bool:
    years = {
        next((year for head in reversed(paths[col]) if (year := view.head(head).year) is not None), None)
        for col in cell.cell.cols
        if paths.get(col)
    }
    return len(years) == 1 and None not in years


def _counts(view: View, body: Sequence[int], values: set[int]) -> bool:
    """Whether a number stands in the columns of values so far."""
    cells = [cell for row in body for col in values if (cell := view.grid.at(row, col))]
    return any(view.kind(cell) == "amount" for cell in cells)
