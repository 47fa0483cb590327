"""Cells that print a label and, behind its colon, what it asks for: 総合評価：Ｂ."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from normalize.document.table_grid import GridCell
from normalize.document.text_span import Excerpt
from normalize.forms.general.view import View

Answered = tuple[GridCell, GridCell]
"""A label and its value, each as a cell where both are printed."""

_ANSWER: Final = re.compile(r"\s*(?P<label>[^:：。、\n]{2,20}?)\s*[:：]\s*(?P<said>\S.*?)\s*", re.DOTALL)
"""A label, and behind its colon what it asks for."""

_ASKED: Final = frozenset(
    {"name", "org", "passage", "grade", "direction", "evaluator", "cost", "code", "document", "aside"}
)
"""Kinds of labels that a cell answers: those of a form, and none of a column (単位：人, 令和5年度：計画)."""


def answered_in(view: View, cell: GridCell) -> list[Answered]:
    """The labels of a cell with their values, one a line; what runs on below is of the value above.

    An empty list for a cell that begins with no label of a form, or says nothing behind one.
    """
    found: list[tuple[Excerpt, Excerpt]] = []
    for line in cell.excerpt.lines():
        match = _ANSWER.fullmatch(line.text)
        label = line.slice(*match.span("label")) if match is not None else None
        if match is not None and label is not None and _asks(view, cell, label):
            found.append((label, line.slice(*match.span("said"))))
        elif found:
            label, said = found[-1]
            end = line.end - cell.excerpt.start
            found[-1] = label, cell.excerpt.slice(said.start - cell.excerpt.start, end)
        else:
            return []
    return [(part_of(cell, label), part_of(cell, said)) for label, said in found]


def part_of(cell: GridCell, text: Excerpt) -> GridCell:
    """A part of the text of a cell, as a cell at the same place."""
    return GridCell(replace(cell.cell, text=text.text), text)


def _asks(view: View, cell: GridCell, label: Excerpt) -> bool:
    term = view.whole(part_of(cell, label))
    return term is not None and term.kind in _ASKED
