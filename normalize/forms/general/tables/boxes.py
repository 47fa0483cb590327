"""Boxes, tables of one cell, whose label stands beside them on the page."""

from __future__ import annotations

from normalize.cells.heads import read_head
from normalize.cells.vocabulary import Term
from normalize.cells.years import YearSense
from normalize.document.text_span import Excerpt, Place
from normalize.forms.general.form.form_values import Heading
from normalize.forms.general.settings import FORMS
from schemas.document import Box, Document, Line, Table


def labels_of_boxes(document: Document, sense: YearSense) -> dict[int, Heading]:
    """The label line on the left of each box, a table of one cell, on the page."""
    labels: list[tuple[Excerpt, Term, Line, Box]] = []
    for number, item in enumerate(document.items):
        if not isinstance(item, Line) or item.role != "body":
            continue
        term, at = read_head(item.text, sense).term, item.fragments[0].box
        if term is not None and term.is_whole and at is not None:
            labels.append((Excerpt.of(item.text, Place(number)).strip(), term, item, at))
    found: dict[int, Heading] = {}
    for index, item in enumerate(document.items):
        if not (isinstance(item, Table) and len(item.cells) == 1):
            continue
        box = item.cells[0].fragments[0].box
        if box is None:
            continue
        beside = [
            (box.x0 - at.x1, number)
            for number, (_, _, line, at) in enumerate(labels)
            if line.page == item.page and _is_left_of(at, box)
        ]
        if beside:
            text, term, _, _ = labels[min(beside)[1]]
            found[index] = Heading(text, term)
    return found


def _is_left_of(line: Box, box: Box) -> bool:
    middle = (line.top + line.bottom) / 2
    is_before = line.x1 <= box.x0 + FORMS.box_slack and box.x0 - line.x1 <= FORMS.box_label * line.height
    return is_before and box.top <= middle <= box.bottom
