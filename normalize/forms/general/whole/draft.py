"""The facts of a document in the order of print, each with the headings that hold where it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Final

from normalize.cells.vocabulary import term_of, unit_note
from normalize.cells.years import YearSense
from normalize.document.dittos import with_dittos
from normalize.document.table_grid import Grid, grid_of
from normalize.document.text_span import Excerpt, Place
from normalize.forms.general.around.captions import money_over, storeys_over, tells_results, unit_over, year_over
from normalize.forms.general.around.headings import Over, chapters, headings_over
from normalize.forms.general.around.line_labels import quoted_names
from normalize.forms.general.around.lines import Flow, flush, line_facts
from normalize.forms.general.around.numbered import Sections
from normalize.forms.general.around.row_headings import goes_on, row_named, told_of_row
from normalize.forms.general.around.titles import titles_of
from normalize.forms.general.cells.vertical_words import without_vertical_words
from normalize.forms.general.facts import Fact, Named, Node, Number, RowKey, Text
from normalize.forms.general.form.form_values import Heading
from normalize.forms.general.rows.rows import Counted
from normalize.forms.general.rows.stubs import Setting
from normalize.forms.general.tables.apart import apart
from normalize.forms.general.tables.boxes import labels_of_boxes
from normalize.forms.general.tables.item_rows import with_item_rows
from normalize.forms.general.tables.legends import is_legend
from normalize.forms.general.tables.listed_again import listed_again
from normalize.forms.general.tables.sides import halves, turned
from normalize.forms.general.tables.spans import with_spans
from normalize.forms.general.tables.tables import Last, named_alone, referred, table_facts
from normalize.forms.general.view import View
from normalize.forms.general.whole.placing import (
    Draft,
    Placing,
    place,
    place_group,
    place_headings,
    place_line,
    place_table,
)
from normalize.text.folding import squeeze
from normalize.text.note_marks import BEGINS, RECKONING
from schemas.document import Document, Line, Table

_NOTE: Final = re.compile(rf"{BEGINS}|\s*[{RECKONING}]")
_PLANS: Final = re.compile("予算(?!.*(?:決算|執行|実績))")
"""What the title of a document of a budget names, and that of accounts does not."""

_PLAN_OF_YEARS: Final = re.compile(
    r"実施計画書?(?!の|.*(?:進捗|実績|評価|結果|報告|状況|検証|点検|決算|成果))"
    r".*?(?P<first>(?:令和|平成|[RH])\s*(?:元|[0-9０-９]{1,2})(?:年度?)?)\s*(?:から|[~～〜\-－―])"
)
"""The title of a plan for the years that it names, which all lie ahead: 実施計画書（令和７年度～令和９年度）."""

_OF_DOCUMENT: Final = 2
"""So many titles say what a document is; those behind them may be of its parts."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What a document tells of all its lines and tables, each by its position.

    `groups` are the headings of chapters, `boxes` the labels beside boxes, `over` the headings over tables that are
    names. `first` is the first item of the body. `most_rows` are the rows of the longest table with each first
    row. `setting` is what every table inherits.
    """

    document: Document
    sense: YearSense
    this_year: int | None
    groups: Mapping[int, Node]
    boxes: Mapping[int, Heading]
    over: Mapping[int, Over]
    first: int
    most_rows: Mapping[str, int]
    setting: Setting


@dataclass(slots=True)
class _Walk:
    """How far the reading has come: what the lines said, the last block, the indicators that tables may call up.

    `named_alone` is the item of a table that names one indicator without a number of it, and that indicator. `row` is
    that of a list whose name stands over the lines.
    """

    at: Placing
    sections: Sections = field(default_factory=Sections)
    flow: Flow = field(default_factory=Flow)
    before: Last | None = None
    named: Mapping[str, Counted] = field(default_factory=dict)
    named_alone: tuple[int, Counted] | None = None
    row: RowKey | None = None


def draft_of(
    document: Document, sense: YearSense, known_until: int | None, *, until_is_known: bool, this_year: int | None
) -> Draft:
    """The facts of a document. `known_until` is the year up to which it looks back, `this_year` its own."""
    titles = titles_of(document)
    is_body = (isinstance(one, Table) or one.role == "body" for one in document.items)
    first = next((index for index, is_first in enumerate(is_body) if is_first), 0)
    told = _Told(
        document,
        sense,
        this_year,
        groups=chapters(document),
        boxes=labels_of_boxes(document, sense),
        over=headings_over(document, tuple(titles), sense),
        first=first,
        most_rows=_most_rows(document),
        setting=_setting(titles, sense, known_until, until_is_known=until_is_known),
    )
    draft = Draft(chapters=frozenset(told.groups))
    walk = _Walk(Placing(draft))
    for index, item in enumerate(document.items):
        if isinstance(item, Table):
            _read_table(told, walk, index, item)
        elif item.role == "body" and item.text.strip():
            _read_line(told, walk, index, item)
    _place_answers(walk)
    draft.labels += [fact.label for fact in draft.facts if isinstance(fact, Text | Node) and fact.label is not None]
    draft.placed, again = listed_again(draft.placed, draft.rows)
    draft.labels += again
    return draft


def _setting(titles: Sequence[Excerpt], sense: YearSense, known_until: int | None, *, until_is_known: bool) -> Setting:
    """What all tables of a document inherit: up to which year it looks back, and whether it is a plan or a budget."""
    plans = (_PLAN_OF_YEARS.search(title.text) for title in titles[:_OF_DOCUMENT])
    first = next((sense.year_of(squeeze(plan["first"])) for plan in plans if plan is not None), None)
    if first is not None and (known_until is None or known_until >= first):
        return Setting(None, None, first - 1, plans_money=True)
    return Setting(None, None, known_until, until_is_known, plans_money=_plans_money(titles))


def _plans_money(titles: Sequence[Excerpt]) -> bool:
    """Whether the titles of a document are those of a budget."""
    return any(_PLANS.search(title.text) for title in titles[:_OF_DOCUMENT])


def _heads(table: Table) -> str:
    """The first row of a table, as a text that tells it from others."""
    return "|".join(squeeze(cell.text) for cell in table.cells if cell.row == 0)


def _most_rows(document: Document) -> Mapping[str, int]:
    """The rows of the longest table with each first row."""
    most: dict[str, int] = {}
    for item in document.items:
        if isinstance(item, Table):
            heads = _heads(item)
            most[heads] = max(item.n_rows, most.get(heads, 0))
    return most


def _place_answers(walk: _Walk) -> None:
    """Put what the options said that the lines above gave to choose from."""
    for fact in flush(walk.flow):
        place_line(walk.at, fact)


def _read_line(told: _Told, walk: _Walk, index: int, line: Line) -> None:
    """Read a line: the heading of a chapter, the title of the next sheet, names in quotes, or what it says itself."""
    text = Excerpt.of(line.text, Place(index)).strip()
    if (group := told.groups.get(index)) is not None:
        _place_answers(walk)
        walk.flow.heading = walk.flow.options = None
        place_line(walk.at, group)
    elif index > told.first and _is_title(told, text):  # the next sheet of the same form
        walk.flow.heading = walk.flow.options = None
    elif quoted := [*quoted_names(text)]:
        for fact in quoted:
            place(walk.at, fact)
    else:
        walk.at.context[:] = walk.sections.still_open(text.text, walk.at.context, walk.at.draft.placed)
        _place_line(told, walk, text)


def _is_title(told: _Told, text: Excerpt) -> bool:
    """Whether a line is the first line of the document, printed again."""
    title = told.document.items[told.first]
    return isinstance(title, Line) and squeeze(text.text) == squeeze(title.text)


def _place_line(told: _Told, walk: _Walk, text: Excerpt) -> None:
    own, before = row_named(text, walk.at.draft.rows), walk.flow.heading
    facts = [*line_facts(text, walk.flow, told.sense)]
    walk.row = own or (walk.row if goes_on(walk.flow, facts, before) else None)
    for fact in facts:
        place_line(walk.at, told_of_row(fact, walk.row))


def _read_table(told: _Told, walk: _Walk, index: int, item: Table) -> None:
    """Read the tables that a grid is; behind the first one that is read, the heading over it holds no longer."""
    _place_answers(walk)
    walk.row = None
    is_read = False
    for whole in apart(grid_of(index, item), told.sense):
        grid = with_spans(whole, told.sense)
        walk.at.draft.grids.append(grid)
        grid, dittos = with_dittos(grid, lambda cell: _is_head(cell.text))
        grid, letters = without_vertical_words(grid)
        grid = with_item_rows(grid, told.sense)
        walk.at.draft.labels += [cell.excerpt for cell in (*dittos, *letters)]
        if is_legend(View(grid, told.sense, told.this_year)):
            walk.at.draft.labels += [cell.excerpt for cell in grid.cells if cell]
        elif _is_box(item) and (walk.flow.heading is not None or index in told.boxes):
            _read_box(told, walk, index, grid)
        else:
            is_read = True
            listed = replace(told.setting, lists_rows=item.n_rows < told.most_rows[_heads(item)])
            _read_grid(replace(told, setting=listed), walk, index, grid)
    if is_read:
        if walk.flow.heading is not None:
            walk.at.draft.labels.append(walk.flow.heading.excerpt)
        walk.flow.heading = walk.flow.options = None


def _read_box(told: _Told, walk: _Walk, index: int, grid: Grid) -> None:
    """Read the text in a box as a line under the label beside it, or the heading over it."""
    walk.flow.heading = told.boxes.get(index, walk.flow.heading)
    for cell in grid.cells:
        if cell:
            _place_line(told, walk, cell.excerpt.strip())


def _read_grid(told: _Told, walk: _Walk, index: int, grid: Grid) -> None:
    """Read the halves of a table. One that goes on from the table before is a whole table."""
    setting = _setting_of(told, walk, index, grid)
    for half in (turn for one in halves(grid, told.sense) for turn in turned(one, told.sense)):
        before = walk.before if half is grid else None
        if before is not None:
            before = replace(before, noted=_is_behind_note(told.document, index))
        _read_half(told, walk, index, View(half, told.sense, told.this_year), setting, before)
        walk.flow.counted, setting = None, replace(setting, declared=None)


def _setting_of(told: _Told, walk: _Walk, index: int, grid: Grid) -> Setting:
    """What a table inherits: from the document, the lines over it, and the indicators that were named before."""
    unit, source = _unit_of_title(grid) or unit_over(told.document, index) or (None, None)
    counted = walk.flow.counted
    declared = Counted(counted.name, counted.unit) if counted is not None else None
    if declared is None and walk.named_alone is not None and walk.named_alone[0] == index - 1:
        declared = walk.named_alone[1]  # 指標名 | 参加者数 in a table of its own, right over that of the years
    return replace(
        told.setting,
        unit=unit,
        unit_source=source,
        referred=walk.named,
        over=year_over(told.document, index, told.sense),
        storeys=storeys_over(told.document, index),
        money=money_over(told.document, index),
        tells_results=tells_results(told.document, index),
        declared=declared,
    )


def _read_half(told: _Told, walk: _Walk, index: int, view: View, setting: Setting, before: Last | None) -> None:
    """Read one table and put what it says, under the indicator or the headings that the lines over it name."""
    flow, at = walk.flow, walk.at
    found = table_facts(view, setting, flow.heading, before)
    if found.last is not None or found.facts:
        walk.before = found.last
    alone = None if any(isinstance(fact, Number) for fact in found.facts) else named_alone(found.facts)
    walk.named_alone = (index, alone) if alone is not None else None
    if flow.counted is not None and any(_counts(fact, flow.counted) for fact in found.facts):
        place_line(at, flow.counted)
    if index in told.over:
        place_headings(at, told.over[index], found)
    else:
        place_group(at, flow, found)
    place_table(at, flow, found)
    walk.named = referred(found.facts, walk.named)
    at.draft.labels += [cell.excerpt for cell in view.grid.cells if cell and id(cell) in view.used]


def _is_behind_note(document: Document, index: int) -> bool:
    """Whether nothing but notes stands between a table and the one before it: ※令和5年度から数え方を変えた。"""
    between = [*takewhile(lambda item: isinstance(item, Line), reversed(document.items[:index]))]
    return 0 < len(between) < index and all(_NOTE.match(item.text) for item in between if isinstance(item, Line))


def _is_head(text: str) -> bool:
    """Whether a cell over a ditto is the head of its column, which the ditto cannot stand for."""
    term = term_of(text)
    return term is not None and term.is_whole and term.kind in {"name", "org", "indicator", "code", "passage", "axis"}


def _counts(fact: Fact, named: Named) -> bool:
    return isinstance(fact, Number) and fact.name == named.name


def _unit_of_title(grid: Grid) -> tuple[str, Excerpt] | None:
    """The unit that the first row of a table names where it is a title across it: …評価シート（単位：件）."""
    first = next((cell for cell in grid.starting(0) if cell), None)
    if first is None or first.cell.col_span < grid.table.n_cols or "単位" not in first.text:
        return None
    unit = unit_note(first.text)
    return (unit, first.excerpt) if unit is not None else None


def _is_box(item: Table) -> bool:
    return sum(bool(cell.text.strip()) for cell in item.cells) == 1
