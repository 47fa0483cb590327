"""What a row of a list says in words: organisations, prose, and judgements with what they judge."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from normalize.cells.marks import direction_of
from normalize.cells.vocabulary import term_of
from normalize.document.table_grid import GridCell
from normalize.document.text_span import Excerpt
from normalize.forms.general.cells.answered_cells import answered_in
from normalize.forms.general.cells.names import (
    name_and_counted,
    name_and_org,
    name_of,
    without_arrow,
)
from normalize.forms.general.cells.prose import SECTIONS_OF_ROLES, section_under
from normalize.forms.general.facts import Fact, Name, RowKey, Text
from normalize.forms.general.heads.meaning import Column, content, is_of_judges, is_result
from normalize.forms.general.rows.asked_once import asked_once
from normalize.forms.general.rows.rows import Counted, Reading
from normalize.forms.general.view import View
from normalize.text.folding import squeeze

_MATRIX: Final = 3
"""So many columns of judgements side by side have each a subject of its own, also 判定 or ランク."""

_TITLED: Final = re.compile(r"[（(].+[)）]\s*$|^\s*[①-⑳]")
"""What a title of the form has that an answer has not: its number, or what it asks for."""

_TOLD: Final = re.compile(r"(?:意見|理由|説明|コメント|所見|根拠|課題|備考)等?(?:[(（][^()（）]*[)）])?$")
"""How the label of a row ends that tells of judgements and is none."""

_DAY_BEHIND: Final = re.compile(r"\(?(?:令和|平成|[RH])?(?:元|[0-9]{1,4})[年.][0-9]{1,2}[月.][0-9]{1,2}日?\)?$")
"""The day behind a label, squeezed: 一次評価 令和6年5月10日."""

_MERELY_JUDGES: Final = frozenset({"評価", "判定", "評定"})
"""Texts beside a judgement that say neither what is judged nor who judges."""

_LABEL_AND_TEXT: Final = 2

_NO_PROSE: Final = frozenset({"amount", "code", "arrow"})
"""Kinds of cells that tell nothing under a label of prose."""

_BY_GOAL: Final = re.compile("達成|進捗|KPI|ＫＰＩ|KGI|^評価$|^判定$|^区分$|前年|^評価区分$|^評定$")
"""Labels of judgements that hold an actual against its goal."""


def texts_of_row(reading: Reading, row: int, key: RowKey | None, indicators: dict[int, Counted]) -> Iterator[Fact]:
    """The organisations, prose and judgements of a row, each cell once."""
    for column in reading.of("name"):
        cell = reading.at(row, column)
        if cell is not None and column.leaf is not None and cell.cell.row == row:
            _, org = name_and_org(cell.excerpt, column.leaf.excerpt)
            if org is not None:
                yield Text("org", "responsible", org, column.leaf.excerpt, key)
    for label, text in reading.block.told.get(row, ()):
        term = reading.view.term(label) if label is not None else None
        reading.view.mark(*([label] if label is not None else []))
        if term is None or term.kind in {"passage", "axis"}:
            section = section_under(term)
            yield Text("passage", section, text.excerpt, label.excerpt if label is not None else None, key)
    for column in reading.columns:
        if column.kind not in {"org", "passage", "grade", "direction", "document"}:
            continue
        cell = reading.at(row, column)
        is_shared = column.kind == "org" and key is not None and cell is not None and cell.cell.row_span > 1
        if cell is None or (id(cell) in reading.done and not is_shared) or cell.cell.row in reading.block.header:
            continue
        if column.kind in {"grade", "direction"} and _reaches_in(reading, column, cell):
            continue
        reading.done.add(id(cell))
        if column.kind == "passage" and (pair := _labelled_within(reading, row, column)) is not None:
            label, told, section = pair
            reading.done.add(id(told))
            reading.view.mark(label)
            yield Text("passage", section, told.excerpt, label.excerpt, key)
            continue
        yield from _text(reading, row, column, cell, key, indicators)


def _labelled_within(reading: Reading, row: int, column: Column) -> tuple[GridCell, GridCell, str] | None:
    """The label of prose and the prose beside it under one head (①手段 | 相談を受ける。), and its section."""
    cells = [*dict.fromkeys(cell for col in column.cols if (cell := reading.view.grid.at(row, col)))]
    if len(cells) != _LABEL_AND_TEXT or reading.view.kind(cells[1]) not in {"prose", "words"}:
        return None
    label, told = cells
    head = reading.view.head(label)
    section = SECTIONS_OF_ROLES.get(head.role) if head.role is not None and not head.words else None
    if head.term is not None and head.term.is_whole and head.term.kind == "passage":
        section = head.term.field
    return (label, told, section) if section is not None else None


def _text(
    reading: Reading, row: int, column: Column, cell: GridCell, key: RowKey | None, indicators: dict[int, Counted]
) -> Iterator[Fact]:
    """What one cell says under its column: a body or a document as it stands, prose, or a judgement."""
    label = column.leaf.excerpt if column.leaf else None
    kind = reading.view.kind(cell)
    is_end = column.kind == "direction" and direction_of(cell.text) is not None  # 廃止 is no number, but a direction
    if kind == "blank" or (kind == "absent" and column.kind != "grade" and not is_end):
        return
    if column.kind in {"org", "document"}:
        yield Text(column.kind, column.field, cell.excerpt, label, key)
    elif column.kind == "passage":
        yield from _passage(reading.view, column, cell, key)
    else:
        yield from _judgement(reading, row, column, cell, key, indicators)


def _passage(view: View, column: Column, cell: GridCell, key: RowKey | None) -> Iterator[Fact]:
    """Prose under its head; a title inside the column is a label: ③意図（対象をどう変えるのか）.

    A cell may answer a label of its own: 今後の方向性：継続.
    """
    kind = view.kind(cell)
    answers = [(label, said) for label, said in answered_in(view, cell) if direction_of(said.text) is not None]
    for label, said in answers:
        term = view.whole(label)
        if term is not None and term.kind == "direction":
            yield Text("direction", term.field, said.excerpt, label.excerpt, key, subject=(label.excerpt,))
            return
    if kind == "label" and view.whole(cell) is not None and _TITLED.search(cell.text):
        view.mark(cell)
    elif kind not in _NO_PROSE and (kind not in {"axis", "date"} or column.field == "schedule"):
        yield Text("passage", column.field, cell.excerpt, column.leaf.excerpt if column.leaf else None, key)


def _judgement(
    reading: Reading, row: int, column: Column, cell: GridCell, key: RowKey | None, indicators: dict[int, Counted]
) -> Iterator[Fact]:
    """A judgement with what it judges and who judges, or the reasons that stand in a row among such as judge."""
    stubs = stubs_left(reading, row, column)
    if key is None and reading.view.kind(cell) in {"prose", "words"} and stubs and _TOLD.search(squeeze(stubs[0].text)):
        yield Text("passage", "finding", cell.excerpt, stubs[0].excerpt)
        return
    if key is None and _stands_beside_several(reading, cell, stubs):
        stubs = []
    judge, judges = _who_judges(reading, row, column, stubs)
    beside = [stub for stub in stubs if stub not in judges and squeeze(stub.text) not in _MERELY_JUDGES]
    subject = _subject(reading, column, key, beside, is_judged_by_row=bool(judges))
    indicator = _indicator_judged(reading, row, column, indicators)
    if indicator is not None and key is None and subject and _part_beside(reading, row, subject[0]):
        subject = ()  # what is judged is the part that the indicator tells, and not the whole
    directs = column.kind == "direction" or (len(beside) > 0 and _is_direction(reading.view, beside[0]))
    yield Text(
        "direction" if directs else "grade",
        "direction" if directs else column.field,
        cell.excerpt,
        column.leaf.excerpt if column.leaf else None,
        key,
        subject,
        year=column.year,
        year_source=column.year_source.excerpt if column.year_source and column.year is not None else None,
        evaluator=judge,
        indicator=indicator,
        body=_body_of(reading, row, cell) if key is not None else None,
    )


def _body_of(reading: Reading, row: int, judgement: GridCell) -> Excerpt | None:
    """The body in the row of a judgement, where the name of the row goes on over rows of other bodies."""
    names = [name for column in reading.of("name")[-1:] if (name := reading.at(row, column)) is not None]
    bodies = [body for column in reading.of("org") if (body := reading.at(row, column)) is not None]
    if not names or not bodies or judgement.cell.row_span > bodies[0].cell.row_span:
        return None
    return bodies[0].excerpt if bodies[0].cell.row_span < names[0].cell.row_span else None


def _is_direction(view: View, stub: GridCell) -> bool:
    """Whether a text beside a judgement is the label of a direction: 方向性 under 一次評価, 二次評価."""
    term = view.whole(stub)
    return term is not None and term.kind == "direction"


def _who_judges(
    reading: Reading, row: int, column: Column, stubs: list[GridCell]
) -> tuple[str | None, list[GridCell]]:  # fmt: skip
    """Who judges by the texts beside a judgement (一次評価, or a body under 評価者), and the cells that say so.

    Where none does, it is whoever the head of the column names.
    """
    view = reading.view
    evaluators = [stub for stub in stubs if _judge_of(view, stub) is not None]
    if evaluators:
        return _judge_of(view, evaluators[0]), evaluators
    bodies = next((c for c in reading.of("stub", "aside", "evaluator") if is_of_judges(c.words)), None)
    body = reading.at(row, bodies) if bodies is not None else None
    if body is None or body not in stubs or squeeze(body.text) in _MERELY_JUDGES:
        return column.evaluator, []
    term = term_of(squeeze(body.text) + "評価")
    return (term.field if term is not None and term.kind == "evaluator" else column.evaluator), [body]


def _judge_of(view: View, stub: GridCell) -> str | None:
    """Who judges by the text beside a judgement, the day on which aside: 一次評価（課長） over 令和6年5月10日."""
    term = view.term(stub) or term_of(_DAY_BEHIND.sub("", squeeze(stub.text)))
    return term.field if term is not None and term.kind == "evaluator" else None


def _subject(
    reading: Reading, column: Column, key: RowKey | None, stubs: list[GridCell], *, is_judged_by_row: bool
) -> tuple[Excerpt, ...]:
    """The label that says what a column judges: its head, the head over a year, or the text beside a mere 評価.

    `stubs` are the texts beside that name no judge; `is_judged_by_row` is whether one does.
    """
    label = _label_of(reading.view, column)
    beside = (without_arrow(stubs[0].excerpt),) if key is None and stubs else ()
    subject = label
    if not is_judged_by_row and beside and (is_result(column.words) or column.field == "result"):
        subject = beside
    if len(label) > 1:
        return label
    if column.path and reading.view.head(column.path[-1]).is_axis:
        group = next((head for head in reversed(column.path[:-1]) if not reading.view.head(head).is_axis), None)
        over = (group.excerpt,) if group is not None else subject
        subject = beside if beside and (group is None or is_result(group.text)) else over
    if column.evaluator is not None and column.kind != "direction" and key is not None:
        return label if _is_viewpoint(reading, column) else ()
    words = column.words or (column.leaf.text if column.leaf else "")
    is_nothing = is_result(words) and (key is not None or len(reading.of("grade")) < _MATRIX)
    return () if subject == label and is_nothing else subject


def _label_of(view: View, column: Column) -> tuple[Excerpt, ...]:
    """The label of a column: its lowest head, with the one over it where both are one: 今後の, 方向性."""
    if column.leaf is None:
        return ()
    over = column.path[-2] if len(column.path) > 1 else None
    if over is not None and over.cell.cols == column.leaf.cell.cols and view.kind(over) == "words":
        whole = term_of(squeeze(over.text + column.leaf.text))
        if whole is not None and whole.is_whole:
            return (over.excerpt, column.leaf.excerpt)
    return (column.leaf.excerpt,)


def _is_viewpoint(reading: Reading, column: Column) -> bool:
    """Whether a judgement is one of several that one head gives to a judge: 一次評価 over 達成度, 有効性, 効率性."""
    if len(column.path) < 2:
        return False
    beside = [other for other in reading.of("grade") if other is not column and len(other.path) > 1]
    return any(other.path[0] is column.path[0] and other.words != column.words for other in beside)


def _reaches_in(reading: Reading, column: Column, cell: GridCell) -> bool:
    """Whether a cell is what the row is called, and only reaches into a column of judgements: 合計点数（18点満点）."""
    stubs = [other for other in reading.of("stub") if cell.cell.col in other.cols]
    return bool(stubs) and cell.cell.col < column.cols.start and reading.view.kind(cell) in {"words", "label", "prose"}


def _stands_beside_several(reading: Reading, cell: GridCell, stubs: list[GridCell]) -> bool:
    """Whether a merged judgement stands beside several rows with a name each: it judges none of them alone."""
    if cell.cell.row_span == 1 or not stubs:
        return False
    beside = {id(other) for row in cell.cell.rows if (other := reading.view.grid.at(row, stubs[0].cell.col))}
    return len(beside) > 1


def stubs_left(reading: Reading, row: int, column: Column) -> list[GridCell]:
    """The texts of a row on the left of a column that are no values of it, the nearest first."""
    found = []
    for other in reversed(reading.columns):
        if other.cols.start >= column.cols.start or other.kind not in {
            "stub",
            "evaluator",
            "aside",
            "grade",
            "indicator",
        }:
            continue
        if other.kind == "grade" and not is_result(other.words):
            continue  # a judgement of its own, which a word may tell
        if other.kind == "aside" and (other.field == "number" or other.year is not None or other.is_period):
            continue  # a number in words: 年6回
        cells = [reading.view.grid.at(row, col) for col in reversed(other.cols)]  # a group and its item under one head
        found += [
            cell for cell in dict.fromkeys(cells)
            if cell and reading.view.kind(cell) in {"words", "label", "prose"} and cell not in found
        ]  # fmt: skip
    return found


def _indicator_judged(reading: Reading, row: int, column: Column, indicators: dict[int, Counted]) -> Name | None:
    """The indicator that a judgement of a list is about: that of its row, judged by its goal or beside its numbers."""
    if column.kind == "direction":
        return None
    if not indicators:
        return _counted_of_row(reading, row, column)
    if reading.of("name") and _judges_several(reading, column):
        return None
    if _is_grouped_with_numbers(reading, column):
        return _nearest_left(indicators, column)
    if len(indicators) == 1 and column.evaluator is None and _judges_each(reading, column):
        return _nearest_left(indicators, column)
    is_aimed = len(indicators) > 1 and bool(reading.of("name"))
    name = _only_with_goal(reading, indicators) if is_aimed else _nearest_left(indicators, column)
    return name if _judges_indicator(reading, row, column) else None


def _nearest_left(indicators: Mapping[int, Counted], column: Column) -> Name:
    """The indicator whose name stands nearest on the left of a column, else the first one."""
    left = [at for at in indicators if at < column.cols.start]
    return (indicators[max(left)] if left else next(iter(indicators.values()))).name


def _is_grouped_with_numbers(reading: Reading, column: Column) -> bool:
    """Whether a judgement stands under one group with the numbers, or the name, of an indicator."""
    if len(column.path) <= 1:
        return False
    others = [other for other in reading.of("value", "ratio", "indicator") if other.path]
    return any(other.path[0] is column.path[0] for other in others)


def _only_with_goal(reading: Reading, indicators: Mapping[int, Counted]) -> Name | None:
    """The only indicator of a row that has a goal; None of several: then it is the row itself that is judged."""
    aimed = [at for at in indicators if _has_goal(reading, at)]
    return indicators[aimed[0]].name if len(aimed) == 1 else None


def _judges_indicator(reading: Reading, row: int, column: Column) -> bool:
    """Whether a judgement is of the indicator of its row, and not of what the row is about."""
    words = column.words or (column.leaf.text if column.leaf else "")
    is_by_goal = _BY_GOAL.search(squeeze(column.path[0].text if len(column.path) > 1 else words)) is not None
    is_list = bool(reading.of("name"))
    judges_row = not is_list and not _judges_several(reading, column)
    if not (is_by_goal or judges_row or column.evaluator is not None):
        return False
    if _by_indicator(reading):
        return True
    is_by_judge = column.evaluator is not None and is_list
    return is_by_goal and not is_by_judge and not _many(reading, row)


@asked_once
def _judges_each(reading: Reading, column: Column) -> bool:
    """Whether each row of a name that goes on over several has a judgement of its own, about what is counted there."""
    names = {
        id(name): name for row in reading.block.body for of in reading.of("name")[-1:] if (name := reading.at(row, of))
    }
    tall = [name for name in names.values() if name.cell.row_span > 1]
    judged = [[cell for row in name.cell.rows if (cell := reading.at(row, column)) is not None] for name in tall]
    return bool(tall) and all(
        len({id(cell) for cell in cells}) == name.cell.row_span for cells, name in zip(judged, tall, strict=True)
    )


def _has_goal(reading: Reading, start: int) -> bool:
    """Whether a goal stands among the numbers of the indicator whose name is in a column, before the next one's."""
    stop = min((c.cols.start for c in reading.of("indicator") if c.cols.start > start), default=None)
    values = [c for c in reading.of("value") if c.cols.start > start and (stop is None or c.cols.start < stop)]
    return any(column.role == "target" for column in values)


def _part_beside(reading: Reading, row: int, subject: Excerpt) -> bool:
    """Whether a text names the indicators of a row whose parts stand behind it: 適正体重の人の割合 | 男性."""
    cells = [cell for column in reading.of("indicator") if (cell := reading.at(row, column)) is not None]
    named = any(cell.excerpt.place == subject.place for cell in cells)
    return named and any(reading.at(row, column) is not None for column in reading.of("part"))


@asked_once
def _judges_several(reading: Reading, column: Column) -> bool:
    """Whether a judgement of a column stands beside several indicators: what the column judges are their names."""
    for row in reading.block.body:
        cell = reading.at(row, column)
        if cell is None or cell.cell.row_span == 1 or cell.cell.row != row:
            continue
        for of in reading.of("indicator"):
            beside = {id(other) for at in cell.cell.rows if (other := reading.at(at, of))}
            if len(beside) > 1:
                return True
    return _stands_in_first_rows(reading, column)


def _stands_in_first_rows(reading: Reading, column: Column) -> bool:
    """Whether a column is blank in all rows of a name but its first, where nothing tells spans: it judges the name."""
    last = reading.of("name")[-1:]
    names = {id(name): name for row in reading.block.body for of in last if (name := reading.at(row, of))}
    tall = [name for name in names.values() if name.cell.row_span > 1]
    if not tall or any(cell.cell.row_span > 1 for cell in content(reading.view, reading.block, column.cols)):
        return False
    printed = [[row for row in name.cell.rows if reading.at(row, column) is not None] for name in tall]
    return all(rows == [name.cell.row] for rows, name in zip(printed, tall, strict=True))


def _counted_of_row(reading: Reading, row: int, column: Column) -> Name | None:
    """What the name of a row says is counted (創業塾 over 参加者数), where the judgement stands among its numbers."""
    names = reading.of("name")
    cell = reading.at(row, names[-1]) if names and not reading.of("indicator") else None
    counted = name_and_counted(cell.excerpt)[1] if cell is not None else None
    numbers = [other for other in reading.of("value") if other.path and column.path and other.path[0] is column.path[0]]
    return name_of(counted)[0] if counted is not None and numbers else None


@asked_once
def _by_indicator(reading: Reading) -> bool:
    """Whether the rows of a list are its indicators, and its names groups of them."""
    names = reading.of("name")
    if not names:
        return True
    rows = [id(cell) for row in reading.block.body if (cell := reading.at(row, names[-1]))]
    return len(set(rows)) < len(rows)


def _many(reading: Reading, row: int) -> bool:
    names = reading.of("name")
    cell = reading.at(row, names[-1]) if names else None
    return cell is not None and cell.cell.row_span > 1
