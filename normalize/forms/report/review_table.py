"""Review tables: one row per measure of the plan so far, what came of it, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from normalize.document.labelled_cells import all_labels, label_cells, rows_below
from normalize.document.table_grid import Grid, GridCell
from normalize.document.text_span import Excerpt
from normalize.records.grades import judgement
from normalize.records.measures import code_or_place, node_of
from normalize.records.passages import items_of, passages
from normalize.statements.statement import Label, Remark, Statement, entry
from normalize.text.labels import Labels
from schemas.document import Document
from schemas.messages import say


@dataclass(frozen=True, slots=True)
class ReviewForm:
    """The labels of a review table's columns, and the scheme of its directions."""

    scheme: str
    name: Labels
    finding: Labels
    direction: Labels

    @property
    def labels(self) -> tuple[Labels, ...]:
        return (self.name, self.finding, self.direction)


def is_review(grid: Grid, form: ReviewForm) -> bool:
    """Whether a table is a review: two of its three columns are there. One label may be renamed."""
    return len(label_cells(grid, form.labels)) > 1


def review_to_statements(
    document: Document,
    grid: Grid,
    form: ReviewForm,
    phase: str | None,
    phase_source: Excerpt | None,
) -> Iterator[Statement]:
    """Read a review table. Its measures have no code and no parent; two of them may share a name."""
    for cell in all_labels(grid, form.labels):
        yield Label(cell.excerpt)
    for labels in form.labels:
        if labels not in label_cells(grid, form.labels):
            spelling = labels.told
            yield Remark(
                "label-missing",
                "error",
                say(
                    "the review table has no column {label}: what stands in it was not read; compare its "
                    "header, or add the label's new spelling to the city's file",
                    label=spelling,
                ),
                grid.cells[0].excerpt,
                expected=spelling,
            )
    node = None
    is_named = form.name in label_cells(grid, form.labels)
    for row in rows_below(grid, form.labels):
        if form.name in row or not is_named or node is None:
            name = row[form.name].excerpt if form.name in row else None
            first = next(iter(row.values())).excerpt
            node = replace(node_of(document, "measure", name=name, at=first), plan_phase=phase)
            yield entry(
                node,
                measure_code=code_or_place(None, name, first),
                measure_name=name,
                measure_name_text=name,
                plan_phase=phase_source,
            )
        yield from _row(document, row, form, node.measure_id)


def _row(document: Document, row: dict[Labels, GridCell], form: ReviewForm, measure_id: str) -> Iterator[Statement]:
    if finding := row.get(form.finding):
        items = items_of(finding.excerpt)
        yield from passages(items, document.document_id, "finding", measure_id=measure_id)
    if direction := row.get(form.direction):
        yield from judgement(document, direction.excerpt, form.scheme, measure_id=measure_id)
