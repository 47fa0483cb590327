"""What a row of a list says in words: organisations, prose, and judgements with what they judge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from normalize.cells.marks import direction_of
from normalize.cells.vocabulary import term_of
from normalize.document.table_grid import GridCell
from normalize.document.text_span import Excerpt
from normalize.forms.general.facts import Fact, Name, RowKey, Text
from normalize.forms.general.meaning import Column, is_of_judges, is_result
from normalize.forms.general.names import (
    name_and_counted,
    name_and_org,
    name_of,
    without_arrow,
)
from normalize.forms.general.rows import Counted, Reading
from normalize.text.folding import squeeze

_MATRIX: Final = 3
"""So many columns of judgements side by side have each a subject of its own, also 判定 or ランク."""

_TITLED: Final = re.compile(r"[（(].+[)）]\s*$|^\s*[①-⑳]")
"""What a title of the form has that an answer has not: its number, or what it asks for."""

_TOLD: Final = re.compile(r"(?:意見|理由|説明|コメント|所見|根拠|課題|備考)等?(?:[(（][^()（）]*[)）])?$")
"""How the label of a row ends that tells of judgements and is none."""

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
        term = reading.view.whole(label)
        reading.view.mark(label)
        if term is not None:
            yield Text("passage", term.field, text.excerpt, label.excerpt, key)
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
        yield from _text(reading, row, column, cell, key, indicators)


def _text(
    reading: Reading, row: int, column: Column, cell: GridCell, key: RowKey | None, indicators: dict[int, Counted]
) -> Iterator[Fact]:
    view, label = reading.view, column.leaf.excerpt if column.leaf else None
    kind = view.kind(cell)
    is_end = column.kind == "direction" and direction_of(cell.text) is not None  # 廃止 is no number, but a direction
    if kind == "blank" or (kind == "absent" and column.kind != "grade" and not is_end):
        return
    if column.kind in {"org", "document"}:
        yield Text(column.kind, column.field, cell.excerpt, label, key)
        return
    if column.kind == "passage":
        if kind == "label" and view.whole(cell) is not None and _TITLED.search(cell.text):
            view.mark(cell)  # a title inside the column: ③意図（対象をどう変えるのか）
            return
        if kind in {"amount", "code", "arrow"} or (kind in {"axis", "date"} and column.field != "schedule"):
            return
        yield Text("passage", column.field, cell.excerpt, label, key)
        return
    stubs = stubs_left(reading, row, column)
    if key is None and kind in {"prose", "words"} and stubs and _TOLD.search(squeeze(stubs[0].text)):
        yield Text("passage", "finding", cell.excerpt, stubs[0].excerpt)  # a row of reasons among such as judge
        return
    judge = column.evaluator
    subject: tuple[Excerpt, ...] = (label,) if label is not None else ()
    if key is None and _stands_beside_several(reading, cell, stubs):
        stubs = []
    evaluators = [stub for stub in stubs if (term := view.term(stub)) is not None and term.kind == "evaluator"]
    judges = next((c for c in reading.of("stub", "aside", "evaluator") if is_of_judges(c.words)), None)
    stubs = [stub for stub in stubs if squeeze(stub.text) not in {"評価", "判定", "評定"}]
    if evaluators:
        term = view.term(evaluators[0])
        judge = term.field if term else judge
        stubs = [stub for stub in stubs if stub not in evaluators]
    elif judges is not None and (who := reading.at(row, judges)) is not None and who in stubs:
        term = term_of(squeeze(who.text) + "評価")
        judge = term.field if term is not None and term.kind == "evaluator" else judge
        stubs = [stub for stub in stubs if stub is not who]
    elif key is None and stubs and (is_result(column.words) or column.field == "result"):
        subject = (without_arrow(stubs[0].excerpt),)
    if column.path and view.head(column.path[-1]).is_axis:
        group = next((head for head in reversed(column.path[:-1]) if not view.head(head).is_axis), None)
        subject = (group.excerpt,) if group is not None else subject
        if key is None and stubs and (group is None or is_result(group.text)):
            subject = (without_arrow(stubs[0].excerpt),)
    if column.evaluator is not None and column.kind != "direction" and key is not None:
        subject = ()
    if subject == (label,) and is_result(column.words) and (key is not None or len(reading.of("grade")) < _MATRIX):
        subject = ()
    judged = _judged(reading, row, column, indicators)
    if judged is not None and key is None and subject and _part_beside(reading, row, subject[0]):
        subject = ()  # what is judged is the part that the indicator tells, and not the whole
    yield Text(
        "direction" if column.kind == "direction" else "grade",
        column.field,
        cell.excerpt,
        label,
        key,
        subject,
        year=column.year,
        year_source=column.year_source.excerpt if column.year_source and column.year is not None else None,
        evaluator=judge,
        indicator=judged,
    )


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
        cell = reading.at(row, other)
        if cell and reading.view.kind(cell) in {"words", "label", "prose"} and cell not in found:
            found.append(cell)
    return found


def _judged(reading: Reading, row: int, column: Column, indicators: dict[int, Counted]) -> Name | None:
    """The indicator that a judgement of a list is about: that of its row, judged by its goal or beside its numbers."""
    if column.kind == "direction":
        return None
    if not indicators:
        return _counted_of_row(reading, row, column)
    if reading.of("name") and _judges_several(reading, column):
        return None
    left = [at for at in indicators if at < column.cols.start]
    name = (indicators[max(left)] if left else next(iter(indicators.values()))).name
    others = [c for c in reading.of("value", "ratio", "indicator") if c.path and column.path]
    group = column.path[0] if len(column.path) > 1 else None
    if group is not None and any(other.path[0] is group for other in others):
        return name
    words = squeeze(column.words or (column.leaf.text if column.leaf else ""))
    if column.path and len(column.path) > 1:
        words = squeeze(column.path[0].text)
    if not _BY_GOAL.search(words) and column.evaluator is None:
        return None
    if column.evaluator is not None and reading.of("name") and not _by_indicator(reading):
        return None
    return name if _by_indicator(reading) or (_BY_GOAL.search(words) and not _many(reading, row)) else None


def _part_beside(reading: Reading, row: int, subject: Excerpt) -> bool:
    """Whether a text names the indicators of a row whose parts stand behind it: 適正体重の人の割合 | 男性."""
    cells = [cell for column in reading.of("indicator") if (cell := reading.at(row, column)) is not None]
    named = any(cell.excerpt.place == subject.place for cell in cells)
    return named and any(reading.at(row, column) is not None for column in reading.of("part"))


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
    return False


def _counted_of_row(reading: Reading, row: int, column: Column) -> Name | None:
    """What the name of a row says is counted (創業塾 over 参加者数), where the judgement stands among its numbers."""
    names = reading.of("name")
    cell = reading.at(row, names[-1]) if names and not reading.of("indicator") else None
    counted = name_and_counted(cell.excerpt)[1] if cell is not None else None
    numbers = [other for other in reading.of("value") if other.path and column.path and other.path[0] is column.path[0]]
    return name_of(counted)[0] if counted is not None and numbers else None


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
