"""The judgement of a row by options in cells of their own: under heads, or one below the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from normalize.cells.choices import Options
from normalize.cells.marks import direction_of, mark_of
from normalize.document.text_span import Excerpt
from normalize.forms.general.cells.answers import is_mark
from normalize.forms.general.facts import RowKey, Text
from normalize.forms.general.rows.row_texts import stubs_left
from normalize.forms.general.rows.rows import Reading

_SEVERAL: Final = 2
"""So many known directions among options make them directions."""


def options_of_row(reading: Reading, row: int, key: RowKey | None) -> Iterator[Text]:
    """The judgement of a row whose options are the heads of its columns: the one over its mark."""
    columns = reading.of("option")
    for column in columns:
        mark = reading.at(row, column)
        if mark is None or column.leaf is None or id(mark) in reading.done:
            continue
        reading.done.add(id(mark))
        stubs = stubs_left(reading, row, columns[0])
        group = next((view_head for view_head in reversed(column.path[:-1])), None)
        term = reading.view.term(group) if group is not None else None
        judge = reading.view.whole(stubs[0]) if stubs else None
        is_judged_by = judge is not None and judge.kind == "evaluator"
        about = () if is_judged_by else tuple(cell.excerpt for cell in stubs[:1])
        subject = about or ((group.excerpt,) if group is not None else ())
        chosen = column.leaf.excerpt
        others = tuple(other.leaf.excerpt for other in columns if other.leaf is not None and other is not column)
        is_direction = (term is not None and term.kind == "direction") or _are_directions((chosen, *others))
        kind = "direction" if is_direction else "grade"
        yield Text(
            kind, kind, mark.excerpt, chosen, key, subject,
            evaluator=judge.field if judge is not None and is_judged_by else None,
            options=Options((chosen,), others, (mark.excerpt,)),
        )  # fmt: skip


def _are_directions(options: Sequence[Excerpt]) -> bool:
    """Whether options say where something is to go: several of them are known directions, and none is a mark."""
    known = sum(direction_of(option.text) is not None for option in options)
    return known >= _SEVERAL and not any(mark_of(option.text) for option in options)


def stacked_options_of_row(reading: Reading, row: int, key: RowKey | None) -> Iterator[Text]:
    """The judgement of several rows of options, one of which has its mark in a cell before it: レ | 目標どおり."""
    for column in reading.columns:
        if len(column.cols) < 2 or column.kind not in {"stub", "grade", "passage", "aside"}:
            continue
        mark, option = reading.view.grid.at(row, column.cols.start), reading.view.grid.at(row, column.cols.stop - 1)
        stubs = stubs_left(reading, row, column)
        if not mark or not option or mark is option or not is_mark(mark) or not stubs or id(mark) in reading.done:
            continue
        rows = [at for at in stubs[0].cell.rows if at != row]
        others = [reading.view.grid.at(at, option.cell.col) for at in rows]
        blank = [reading.view.grid.at(at, mark.cell.col) for at in rows]
        if not others or any(cell is None or not cell for cell in others) or any(cell for cell in blank):
            continue
        reading.done.update({id(mark), id(option)})
        rest = tuple(cell.excerpt for cell in others if cell is not None)
        chosen = option.excerpt.strip()
        term = reading.view.whole(stubs[0])
        kind = "direction" if term is not None and term.kind == "direction" else "grade"
        yield Text(
            kind, kind, chosen, stubs[0].excerpt, key, (stubs[0].excerpt,),
            options=Options((chosen,), rest, (mark.excerpt,)),
        )  # fmt: skip
