"""The actions of a sheet: a plan and a report side by side with their goals, and the findings that name them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from normalize.document.table_grid import Grid, GridCell
from normalize.document.text_span import Excerpt
from normalize.records.passages import items_of, passages
from normalize.statements.statement import Label, Remark, Statement
from normalize.text.folding import narrow, squeeze
from normalize.text.labels import Labels
from schemas.document import Document
from schemas.light import light
from schemas.messages import say
from schemas.records import Measure


@light
class Action:
    """An action of a sheet: its printed number, the cells of its plan, its report and its goals, and the label over
    the report.
    """

    number: GridCell | None
    planned: GridCell | None
    done: GridCell | None
    goals: tuple[GridCell, ...]
    label: GridCell | None = None


def actions_of(grid: Grid, planned: Labels, done: Labels, goals_label: Labels) -> Iterator[Action]:
    """The actions in reading order: a row with the label of a plan opens one, the row of its report belongs to it."""
    opened: dict[int, Action] = {}
    for row in grid.rows:
        for cell in grid.starting(row):
            is_plan = planned.match(cell.text)
            if not is_plan and not done.match(cell.text):
                continue
            number = next((left for left in grid.left_of(cell) if left and squeeze(left.text).isdecimal()), None)
            key = number.cell.row if number else row
            action = opened.get(key, Action(number, None, None, ()))
            right = grid.right_of(cell)
            value = right[0] if right else None
            goals = [
                other for other in right[1:]
                if other and other.cell.row == row and not goals_label.match(other.text) and other not in action.goals
            ]  # fmt: skip
            action = replace(action, goals=(*action.goals, *goals))
            opened[key] = replace(action, planned=value) if is_plan else replace(action, done=value, label=cell)
    yield from opened.values()


def attained_cells(grid: Grid, cells: Iterable[GridCell], goals: Labels, attained: Labels) -> set[GridCell]:
    """Those of the cells beside the actions that tell what was attained, on a sheet with goals and such a column.

    A cell is under the label above it in its column, else behind the nearest one to its left. Where a label that may
    mean either (達成状況) is the only one, it is that of the goals.
    """
    heads = list(grid.find(goals))
    results = [label for label in heads if attained.match(label.text)]
    if not results or len(results) == len(heads):
        return set()

    def head_of(cell: GridCell) -> GridCell | None:
        above = [head for head in heads if cell.cell.col in head.cell.cols and head.cell.row < cell.cell.row]
        left = [head for head in heads if head.cell.col < cell.cell.col]
        return max(above, key=lambda head: head.cell.row, default=None) or max(
            left, key=lambda head: head.cell.col, default=None
        )

    return {cell for cell in cells if head_of(cell) in results}


_OF_ACTIONS = re.compile(r"[【\[]\s*取\s*[り]?組\s*(?P<numbers>[0-9０-９][0-9０-９\s,，、・&＆〜～~-]*)[】\]］]")
_RANGE = re.compile(r"(\d+)\s*~\s*(\d+)")


def findings_to_statements(
    document: Document, text: Excerpt, measure: Measure, actions: dict[str, Measure]
) -> Iterator[Statement]:
    """Findings under 【取組n】 belong to that action, under 【取組1,3】 to each; before any heading, to the measure."""
    headings = list(_OF_ACTIONS.finditer(narrow(text.text)))
    starts = [match.start() for match in headings] + [len(text.text)]
    before = text.slice(0, starts[0]).strip()
    yield from passages(items_of(before), document.document_id, "finding", measure_id=measure.measure_id)
    spoken: set[str] = set()
    for match, end in zip(headings, starts[1:], strict=True):
        yield Label(text.slice(match.start(), match.end()))
        body = text.slice(match.end(), end).strip()
        for printed in _numbers(match["numbers"]):
            spoken.add(printed)
            if printed not in actions:
                yield Remark(
                    "numbering-gap",
                    "warning",
                    say("the sheet has no action {action}, but a finding on it", action=printed),
                    body,
                    measure,
                    expected=f"取組{printed}",
                    observed=match[0],
                )
            owner = actions.get(printed, measure)
            yield from passages(items_of(body), document.document_id, "finding", measure_id=owner.measure_id)
    for printed, node in actions.items():
        if headings and printed not in spoken:
            yield Remark(
                "label-missing",
                "warning",
                say(
                    "the findings of the sheet speak of its actions one by one, but not of action {action}",
                    action=node.measure_code,
                ),
                text,
                node,
                expected=f"取組{printed}",
            )


def _numbers(printed: str) -> list[str]:
    """The action numbers of a heading: `1,3`, `1・2`, `1～3`."""
    folded = squeeze(printed)
    spans = _RANGE.sub(lambda match: ",".join(map(str, range(int(match[1]), int(match[2]) + 1))), folded)
    return re.findall(r"\d+", spans)
