"""The facts of a document in the order of print, each with the headings that hold where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Final

from normalize.cells.amounts import is_absent
from normalize.cells.choices import MARKS
from normalize.cells.row_words import is_total
from normalize.cells.vocabulary import term_of, unit_note
from normalize.cells.years import YearSense
from normalize.document.dittos import with_dittos
from normalize.document.table_grid import Grid, grid_of
from normalize.document.text_span import Excerpt, Place
from normalize.forms.general.apart import apart
from normalize.forms.general.captions import storeys_over, unit_over, year_over
from normalize.forms.general.entities import RANKS, rank_of
from normalize.forms.general.facts import Doubt, Fact, Named, Node, Number, RowKey, Text
from normalize.forms.general.headings import Over, chapters, headings_over, name_in
from normalize.forms.general.line_labels import quoted_names
from normalize.forms.general.lines import Flow, flush, labels_of_boxes, line_facts, titles_of
from normalize.forms.general.rows import Counted, ListRow
from normalize.forms.general.sides import halves, turned
from normalize.forms.general.spans import with_spans
from normalize.forms.general.stubs import Setting
from normalize.forms.general.tables import TableFacts, referred, section_node, table_facts
from normalize.forms.general.view import View
from normalize.text.folding import fold_mark, squeeze
from schemas.document import Document, Line, Table

_LEAST_LEGEND: Final = 3
_NOTE: Final = re.compile(r"\s*(?:[※＊*]|[(（]?注[0-9０-９:：)）])")
_BOUND: Final = re.compile(r"\d[%割]?(?:以上|以下|未満|超)")
_BOUNDS: Final = re.compile(r"\d[%割]?以上、?\d+(?:\.\d+)?[%割]?(?:未満|以下)")
"""A bound of a judgement, and a pair of them."""
_DIGITS: Final = frozenset("0123456789")
"""Points that a legend explains."""

_COUNT: Final = re.compile(r"(?:件|個|項目|指標|事業|施策|取組|目標)?数|割合|構成比|比率")
_SECTIONS: Final = frozenset("章節款項目編")


@dataclass(slots=True)
class Draft:
    """The facts of a document, each with the headings that hold where it stands, and what was understood as a label."""

    placed: list[tuple[Fact, tuple[Node, ...]]] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    labels: list[Excerpt] = field(default_factory=list)
    rows: dict[RowKey, ListRow] = field(default_factory=dict)
    chapters: frozenset[int] = frozenset()
    """The positions of the headings of chapters: what was named before one holds no longer."""

    @property
    def facts(self) -> list[Fact]:
        return [fact for fact, _ in self.placed]


def draft_of(
    document: Document, sense: YearSense, known_until: int | None, *, until_is_known: bool, this_year: int | None
) -> Draft:
    """The facts of a document. `known_until` is the year up to which it looks back, `this_year` its own."""
    groups = chapters(document)
    draft = Draft(chapters=frozenset(groups))
    flow = Flow()
    context: list[Node] = []
    before = None
    named: Mapping[str, Counted] = {}
    boxes = labels_of_boxes(document, sense)
    titles = titles_of(document)
    title = squeeze(document.items[0].text) if document.items and isinstance(document.items[0], Line) else ""
    over_tables = headings_over(document, tuple(titles), sense)
    levels: dict[str, str] = {}
    plans_money = any(re.search("予算(?!.*(?:決算|執行|実績))", one.text) for one in titles[:2])
    for index, item in enumerate(document.items):
        if isinstance(item, Line):
            if item.role != "body" or not item.text.strip():
                continue
            text = Excerpt.of(item.text, Place(index)).strip()
            if (group := groups.get(index)) is not None:
                for fact in flush(flow):
                    _place(draft, context, fact, from_line=True)
                flow.heading = flow.options = None
                _place(draft, context, group, from_line=True)
                continue
            if index and squeeze(text.text) == title:  # the next sheet of the same form
                flow.heading = flow.options = None
                continue
            quoted = [*quoted_names(text)]
            for fact in quoted or line_facts(text, flow, sense):
                _place(draft, context, fact, from_line=not quoted)
            continue
        for fact in flush(flow):
            _place(draft, context, fact, from_line=True)
        is_read = False
        for whole in apart(grid_of(index, item), sense):
            grid = with_spans(whole, sense)
            draft.grids.append(grid)
            grid, dittos = with_dittos(grid, lambda cell: _is_head(cell.text))
            draft.labels += [cell.excerpt for cell in dittos]
            if _is_legend(View(grid, sense, this_year)):
                draft.labels += [cell.excerpt for cell in grid.cells if cell]
                continue
            if _is_box(item) and (flow.heading is not None or index in boxes):
                flow.heading = boxes.get(index, flow.heading)
                for cell in grid.cells:
                    if cell:
                        for fact in line_facts(cell.excerpt.strip(), flow, sense):
                            _place(draft, context, fact, from_line=True)
                continue
            is_read = True
            over = _unit_of_title(grid) or unit_over(document, index)
            setting = Setting(
                over[0] if over else None, over[1] if over else None, known_until, until_is_known,
                plans_money=plans_money, referred=named, over=year_over(document, index, sense),
                storeys=storeys_over(document, index),
                declared=Counted(flow.counted.name, flow.counted.unit) if flow.counted else None,
            )  # fmt: skip
            for half in (turn for one in halves(grid, sense) for turn in turned(one, sense)):
                view = View(half, sense, this_year)
                noted = replace(before, noted=_is_behind_note(document, index)) if before is not None else None
                found = table_facts(view, setting, flow.heading, noted if half is grid else None)
                if found.last is not None or found.facts:
                    before = found.last
                if flow.counted is not None and any(_counts(fact, flow.counted) for fact in found.facts):
                    _place(draft, context, flow.counted, from_line=True)
                flow.counted, setting = None, replace(setting, declared=None)
                if index in over_tables:
                    _place_headings(draft, context, over_tables[index], found, levels)
                else:
                    _place_group(draft, context, flow, found)
                _place_table(draft, context, flow, found)
                named = referred(found.facts, named)
                draft.labels += [cell.excerpt for cell in half.cells if cell and id(cell) in view.used]
        if is_read:
            if flow.heading is not None:
                draft.labels.append(flow.heading.excerpt)
            flow.heading = flow.options = None
    for fact in flush(flow):
        _place(draft, context, fact, from_line=True)
    draft.labels += [fact.label for fact in draft.facts if isinstance(fact, Text | Node) and fact.label is not None]
    return draft


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


def _place(draft: Draft, context: list[Node], fact: Fact, *, from_line: bool) -> None:
    """Put a fact where it stands; a name in a heading holds for what follows, until the next of its rank."""
    if isinstance(fact, Text) and fact.row is None and from_line:
        context = _without_listed(draft, context)
    if isinstance(fact, Node) and from_line:
        below = [node for node in context if rank_of(node) > rank_of(fact)]
        kept = below if below and _is_one_head(draft, context, fact, below[0]) else []
        context[:] = [*(node for node in context if rank_of(node) < rank_of(fact)), fact, *kept]
        draft.placed.append((fact, tuple(context)))
        if kept:
            first = next(at for at, (other, _) in enumerate(draft.placed) if other is kept[0])
            draft.placed[first:] = [(other, tuple(context)) for other, _ in draft.placed[first:]]
        return
    draft.placed.append((fact, tuple(context)))


def _without_listed(draft: Draft, context: list[Node]) -> list[Node]:
    """The names over a text: where names of one rank stand one below the other, what follows is of the name over them.

    基本施策（1）…, 基本施策（2）…, and then 課題: nothing tells which of the two has it.
    """
    last = next((at for at in range(len(draft.placed) - 1, -1, -1) if isinstance(draft.placed[at][0], Node)), None)
    if last is None or not context:
        return context
    node, before = draft.placed[last][0], draft.placed[last - 1][0] if last else None
    if not isinstance(node, Node) or not isinstance(before, Node) or node is not context[-1]:
        return context
    is_listed = node.label is not None and before.label is not None and node.title == before.title
    if not is_listed or rank_of(node) != rank_of(before) or node.value.place.cell is not None:
        return context
    above = [other for other in context if rank_of(other) < rank_of(node)]
    return above or context


def _is_one_head(draft: Draft, context: list[Node], fact: Node, below: Node) -> bool:
    """Whether a name is of the head that a deeper one opened (事業名：… over 施策：…): nothing is said between them."""
    if any(rank_of(node) == rank_of(fact) for node in context):
        return False
    first = next((at for at, (other, _) in enumerate(draft.placed) if other is below), len(draft.placed))
    return all(
        isinstance(other, Node) or (isinstance(other, Text) and other.kind in {"org", "code", "document"})
        for other, _ in draft.placed[first:]
    )


def _place_group(draft: Draft, context: list[Node], flow: Flow, found: TableFacts) -> None:
    """Put the group that a numbered heading over a list names."""
    if found.lists_rows and flow.heading is not None and flow.heading.numbered and flow.heading.term is None:
        group = section_node(flow.heading.excerpt, found.columns)
        if group is not None:
            _place(draft, context, group, from_line=True)


def _place_headings(draft: Draft, context: list[Node], over: Over, found: TableFacts, levels: dict[str, str]) -> None:
    """Put the names that the headings over a table are: above its rows, or those of what its indicators count.

    `levels` keeps the level of the headings over each kind of table.
    """
    counts = any(
        fact.row is None and (isinstance(fact, Named) or (isinstance(fact, Number) and not fact.is_cost))
        for fact in found.facts
        if isinstance(fact, Named | Number)
    )
    if not found.lists_rows and (not counts or any(isinstance(fact, Node) and not fact.title for fact in found.facts)):
        return
    lowest = min((RANKS[column.field][0] for column in found.columns), default=RANKS["program"][0])
    between = [node for node in context if node.value.place.item < over.inner.place.item and not node.title]
    above = max((RANKS[node.field][0] for node in between), default=0)
    own = "policy" if found.lists_rows and over.outer is None else "measure"
    free = [field for field in RANKS if above < RANKS[field][0] < lowest]
    level = levels.setdefault(over.kind, own if own in free else free[-1] if free else "")
    if not level:
        return
    if over.outer is not None and above < RANKS["policy"][0] < RANKS[level][0]:
        outer = name_in(over.outer, "policy")
        if outer is not None:
            _place(draft, context, outer, from_line=True)
    inner = name_in(over.inner, level)
    if inner is None:
        return
    between_lines = [
        at for at, (fact, _) in enumerate(draft.placed)
        if isinstance(fact, Text) and fact.kind == "org" and fact.row is None
        and fact.value.place.item >= over.inner.place.item
    ]  # fmt: skip
    _place(draft, context, inner, from_line=True)
    for at in between_lines:  # who is in charge stands between the heading and its table
        draft.placed[at] = (draft.placed[at][0], tuple(context))


def _place_table(draft: Draft, context: list[Node], flow: Flow, found: TableFacts) -> None:
    draft.rows |= found.rows
    has_org = {fact.row for fact in found.facts if isinstance(fact, Text) and fact.kind == "org"}
    org = flow.org if found.rows and not any(key in has_org for key in found.rows) else None
    told: set[RowKey] = set()
    titles: list[Node] = []
    for fact in found.facts:
        if isinstance(fact, Node) and fact.title:
            context[:] = [node for node in context if node not in titles]
            deep = any(rank_of(node) >= RANKS["measure"][0] for node in context)
            titles.append(replace(fact, field="program") if deep else fact)
            _place(draft, context, titles[-1], from_line=True)
            continue
        row = fact.row if not isinstance(fact, Node | Doubt) else None
        if org is not None and row is not None and row not in told:
            told.add(row)
            draft.placed.append((Text("org", "responsible", org, None, row), tuple(context)))
        draft.placed.append((fact, tuple(context)))
    context[:] = [node for node in context if node not in titles]
    for key in found.rows:
        if key not in told and not any(getattr(fact, "row", None) == key for fact in found.facts):
            draft.placed.append((Text("row", "none", found.rows[key].nodes[-1].value, None, key), tuple(context)))


def _is_legend(view: View) -> bool:
    """Whether a table says what the marks mean: it is headed so, or its first column holds nothing but marks."""
    cells = [cell for cell in view.grid.cells if cell]
    term = view.term(cells[0]) if cells else None
    if term is not None and (term.kind, term.field) == ("grade", "scheme"):
        return True
    if _tells_bounds(view) or _counts_grades(view):
        return True
    column = [cell for cell in cells if cell.cell.col == 0 and not is_total(cell.text)]
    marks = [cell for cell in column if fold_mark(cell.text, MARKS) or is_absent(cell.text)]
    return len(marks) >= _LEAST_LEGEND and len(column) - len(marks) <= 1 and view.grid.table.n_cols in {2, 3}


def _tells_bounds(view: View) -> bool:
    """Whether a table says from which share on each word judges: 順調 | 80%以上100%未満."""
    rows = [[cell for cell in view.grid.starting(row) if cell] for row in view.grid.rows]
    if view.grid.table.n_cols not in {2, 3} or len(rows) < _LEAST_LEGEND or any(len(row) < 2 for row in rows):
        return False
    told = [_BOUND.search(squeeze(row[-1].text)) for row in rows[1:]]
    words = {squeeze(row[0].text) for row in rows[1:]}
    return (
        all(told)
        and any(_BOUNDS.search(squeeze(row[-1].text)) for row in rows[1:])
        and len(words) == len(rows) - 1
        and all(
            view.kind(row[0]) in {"words", "label", "mark", "direction", "absent"} or squeeze(row[0].text) in _DIGITS
            for row in rows[1:]
        )
    )


def _counts_grades(view: View) -> bool:
    """Whether a table counts how often each word judges: 評価 | 順調 | 遅れ | 合計 over 件数 | 7 | 3 | 10."""
    heads = [cell for cell in view.grid.starting(0) if cell]
    rows = [[cell for cell in view.grid.starting(row) if cell] for row in view.grid.rows[1:]]
    return (
        len(heads) > _LEAST_LEGEND
        and is_total(heads[-1].text)
        and bool(rows)
        and all(row and _COUNT.fullmatch(squeeze(row[0].text)) for row in rows)
        and all(view.kind(cell) in {"amount", "absent"} for row in rows for cell in row[1:])
        and not any(view.head(cell).is_axis for cell in heads[1:])
    )


def _is_labelled(fact: Fact) -> bool:
    """Whether a name or a text stands behind a label that the vocabulary knows, which is no number of a section."""
    label = fact.label if isinstance(fact, Node | Text) else None
    term = term_of(label.text) if label is not None else None
    return term is not None and term.is_whole and label is not None and label.text.strip() not in _SECTIONS


def _holds_plans(numbers: Iterable[Number]) -> bool:
    """Whether what was expected and what was found of one thing and year stand together: 見込量 and 実績値."""
    roles: dict[tuple[str, int | None], set[str]] = {}
    for number in numbers:
        if not number.is_cost and number.year is not None:
            roles.setdefault((squeeze(number.name.text), number.year), set()).add(number.role)
    return any(found >= {"forecast", "actual"} for found in roles.values())


def says_something(draft: Draft) -> bool:
    """Whether the facts make an evaluation: besides names, codes and bodies something is counted, judged or told."""
    content = [
        fact for fact in draft.facts if not (isinstance(fact, Text) and fact.kind in {"code", "document", "org"})
    ]
    said = [fact for fact in content if isinstance(fact, Number | Text)]
    kinds = {
        fact.kind if isinstance(fact, Text) else "node" if isinstance(fact, Node) else "number"
        for fact in draft.facts
        if not isinstance(fact, Doubt)
    }
    if kinds <= {"node", "passage", "row", "code", "org", "document"} and not any(map(_is_labelled, content)):
        return False  # sections and prose, as a law, a rule or a list of fees has them
    if kinds == {"number"} and _holds_plans(fact for fact in draft.facts if isinstance(fact, Number)):
        return True
    roles = {fact.role for fact in draft.facts if isinstance(fact, Number)}
    names = any(isinstance(fact, Node) or (isinstance(fact, Named) and not fact.is_cost) for fact in draft.facts)
    if not (names or draft.rows or kinds & {"grade", "direction"} or roles & {"target", "baseline"}):
        return False  # numbers by year and prose about nothing named, as a report of salaries has them
    return bool(said) and (
        len(kinds) >= 2 or ("target" in roles and bool(roles & {"actual", "baseline"})) or bool(draft.rows)
    )
