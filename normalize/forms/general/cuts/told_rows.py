"""What rows between those of a list tell of the row above: a label and sentences behind it, or sentences alone."""

from __future__ import annotations

import re
from typing import Final

from normalize.cells.vocabulary import term_of
from normalize.document.table_grid import GridCell
from normalize.forms.general.cells.answered_cells import part_of
from normalize.forms.general.cuts.frames import BlockRow
from normalize.forms.general.cuts.header_shapes import LEAST
from schemas.codes.signs import closing, opening

Told = tuple[GridCell | None, GridCell]
"""The label, where one is printed, and what is told."""

_OPENING: Final = opening("lenticular", "angle")
_CLOSING: Final = closing("lenticular", "angle")
_HEADING: Final = re.compile(rf"[{_OPENING}](?P<label>[^{_OPENING}{_CLOSING}]+)[{_CLOSING}]")
"""A label in brackets, and nothing else on its line."""

_LABELLED: Final = re.compile(
    rf"\s*(?:[{_OPENING}](?P<closed>[^{_OPENING}{_CLOSING}]{{2,16}})[{_CLOSING}]|(?P<plain>[^:：。]{{2,16}})[:：])"
    r"\s*(?P<text>\S.*。.*)",
    re.DOTALL,
)
"""A label in brackets or before a colon, and sentences behind it in the same cell."""


def told_under(at: BlockRow) -> Told | None:
    """What a row tells of the row of a list above it; None where it tells nothing of it."""
    return (_across(at) or _behind_label(at) or _beside_names(at)) if at.body else None


def tells_of_form(at: BlockRow, told: Told) -> bool:
    """Whether what a row tells may as well be of the form: nothing that began above stands beside it."""
    return at.view.is_full(told[1]) or not _merged_beside(at)


def tells_all(at: BlockRow) -> bool:
    """Whether a row is one cell with several labels, each in brackets on a line of its own: a box that tells all."""
    if len(at.printed) != 1:
        return False
    headings = filter(None, (_HEADING.fullmatch(line.text.strip()) for line in at.printed[0].excerpt.lines()))
    terms = [term_of(heading["label"]) for heading in headings]
    return len(terms) >= LEAST and all(term is not None and term.kind == "passage" for term in terms)


def _across(at: BlockRow) -> Told | None:
    """A label and its sentences in one cell across the table: ≪成果と見直し≫ 登録が進んだ。"""
    if len(at.printed) != 1 or not at.view.is_full(at.printed[0]) or tells_all(at):
        return None
    label, text = _parted(at.printed[0])
    term = at.view.whole(label) if label is not None else None
    return (label, text) if term is not None and term.kind == "passage" else None


def _behind_label(at: BlockRow) -> Told | None:
    """A label and the sentences behind it, up to the end of the table: 事業の成果 | 庁舎の工事を進めた。"""
    if not at.frame.is_list or len(at.printed) != 2:
        return None
    label, text = at.printed
    if label.cell.col or text.cell.cols.stop != at.view.grid.table.n_cols or text.cell.col_span <= LEAST:
        return None
    return (label, text) if _is_told(at, label, text) else None


def _beside_names(at: BlockRow) -> Told | None:
    """A label and sentences, or sentences alone, that fill a row beside what is merged over it and the row above."""
    cells = at.view.grid.starting(at.row)
    if not at.frame.is_list or not _merged_beside(at) or cells != at.printed:
        return None
    text = cells[-1]
    if len(at.frame.under(text)) < LEAST or text.cell.row_span > 1:
        return None
    if len(cells) == 2:
        return (cells[0], text) if _is_told(at, cells[0], text) else None
    return _parted(text) if len(cells) == 1 and at.view.kind(text) == "prose" and "。" in text.text else None


def _merged_beside(at: BlockRow) -> bool:
    """Whether cells stand beside those of a row that are merged over the row of the list above it, too."""
    beside = [cell for cell in at.view.grid.row(at.row) if cell.cell.row < at.row]
    return any(cell and cell.cell.row >= at.frame.first and at.body[-1] in cell.cell.rows for cell in beside)


def _is_told(at: BlockRow, label: GridCell, text: GridCell) -> bool:
    """Whether a label has words behind it that it is for; behind a role (実績) they have to be sentences."""
    term = at.view.whole(label)
    if at.view.head(label).role is not None and at.view.head(label).is_axis:
        return at.view.kind(text) == "prose" and "。" in text.text
    return term is not None and term.kind == "passage" and at.view.kind(text) in {"prose", "words"}


def _parted(cell: GridCell) -> Told:
    """The label in front of sentences, if there is one, and the sentences."""
    match = _LABELLED.fullmatch(cell.text)
    if match is None:
        return None, cell
    spans = (match.span("closed" if match["closed"] else "plain"), match.span("text"))
    label, text = (part_of(cell, cell.excerpt.slice(*span).strip()) for span in spans)
    return label, text
