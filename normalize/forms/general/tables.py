"""A table → facts: forms by the label beside a value, lists and number tables by the labels above and on the left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from normalize.document.table_grid import GridCell
from normalize.document.text_span import Excerpt
from normalize.forms.general.axis import SECTIONS
from normalize.forms.general.choices import MARKS, Options, options_among
from normalize.forms.general.coordinates import above, axes_of, left
from normalize.forms.general.facts import Fact, Named, RowKey, Text
from normalize.forms.general.lists import ListRow, list_row
from normalize.forms.general.marked_columns import MarkedColumn, marked_columns
from normalize.forms.general.numbers import Setting, named, number_facts
from normalize.forms.general.sketch import Sketch, index_of, is_code, is_dash, is_number, is_prose, year_over
from normalize.forms.general.vocabulary import Term
from normalize.records.passages import items_of
from normalize.text.folding import fold_mark, squeeze


@dataclass(frozen=True, slots=True)
class TableFacts:
    """What a table says, in reading order, and its rows if it is a list."""

    facts: tuple[Fact, ...]
    rows: dict[RowKey, ListRow]


def table_facts(sketch: Sketch, setting: Setting, outer: Sequence[Text]) -> TableFacts:
    """Read every printed value of a table. `outer` are facts without a text: the labels that stand beside the table."""
    facts: list[Fact] = []
    rows: dict[RowKey, ListRow] = {}
    marked = {index_of(choice.mark): choice for choice in marked_columns(sketch)}
    taken = {index_of(cell) for choice in marked.values() for cell in choice.cells}
    for cell in sketch.grid.cells:
        if choice := marked.get(index_of(cell)):
            listed = list_row(sketch, cell)
            facts.append(_marked(choice, listed.key if listed else None))
            continue
        if not cell or not sketch.is_value(cell) or sketch.heads(cell) or index_of(cell) in taken:
            continue
        listed = list_row(sketch, cell) if sketch.label_of(cell) is None else None
        key = listed.key if listed else None
        if listed and key is not None:
            rows.setdefault(key, listed)
            if any(cell is name for _, name in listed.names):
                facts.append(Text("name", "row", cell.excerpt, row=key))
                continue
        facts += _cell_facts(sketch, cell, setting, listed)
    if not facts and len(sketch.grid.cells) == 1 and outer and sketch.grid.cells[0]:
        head = outer[0]
        facts.append(Text(head.kind, head.field, sketch.grid.cells[0].excerpt, head.label))
    return _with_forms(facts, rows)


def _with_forms(facts: Sequence[Fact], rows: Mapping[RowKey, ListRow]) -> TableFacts:
    """The facts and rows of a table, in which one row alone under its header is no list but a form."""
    lists = Counter(listed.header for listed in rows.values())
    alone = {key: listed for key, listed in rows.items() if lists[listed.header] == 1}
    found: list[Fact] = []
    named: set[RowKey] = set()
    for fact in facts:
        if fact.row not in alone:
            found.append(fact)
            continue
        if fact.row not in named:
            named.add(fact.row)
            found += (Text("name", field, cell.excerpt) for field, cell in alone[fact.row].names)
        if not (isinstance(fact, Text) and fact.kind == "name"):
            found.append(replace(fact, row=None))
    return TableFacts(tuple(found), {key: listed for key, listed in rows.items() if key not in alone})


def _marked(choice: MarkedColumn, row: RowKey | None) -> Text:
    is_direction = choice.term.kind == "direction"
    return Text(
        "direction" if is_direction else "grade",
        choice.term.field if is_direction else "grade",
        choice.mark.excerpt,
        choice.label.excerpt,
        row,
        choice.subject,
        evaluator=choice.term.field if choice.term.kind == "evaluator" else None,
        options=choice.options,
    )


def _cell_facts(sketch: Sketch, cell: GridCell, setting: Setting, listed: ListRow | None) -> Iterator[Fact]:
    label = sketch.label_of(cell)
    term = sketch.term(label) if label else None
    counts = is_number(cell.text) and _has_role(sketch, cell)
    if term and label and (term.kind in _NEVER_COUNTED or (term.kind not in _MAY_COUNT and not counts)):
        yield from _beside(sketch, cell, label, term)
        return
    numbers = list(number_facts(sketch, cell, setting, listed))
    if numbers:
        yield from numbers
        return
    if term is not None and label is not None and not is_dash(cell.text):
        yield from _beside(sketch, cell, label, term)
    elif label is not None and sketch.axis(label) is not None:
        yield from _prose_of_axis(sketch, cell, label)
    elif label is None:
        yield from _under_header(sketch, cell, listed.key if listed else None)


_NEVER_COUNTED: Final = frozenset({"code", "name", "document"})
_MAY_COUNT: Final = frozenset({"cost", "axis", "group", "grade", "evaluator"})
"""Kinds of labels beside which a number of a table can stand, or words where a number is expected."""


def _has_role(sketch: Sketch, cell: GridCell) -> bool:
    if not sketch.has_roles:
        return False
    cells = (*left(sketch, cell).axes, *above(sketch, cell).header)
    return any(axis.role not in (None, "year", "ratio", "difference") for _, axis in axes_of(sketch, cells))


def _beside(sketch: Sketch, cell: GridCell, label: GridCell, term: Term) -> Iterator[Fact]:
    """A value of a form: what its label says that it is."""
    if is_dash(cell.text) or term.kind in {"aside", "group", "cost"}:
        return
    if term.kind == "axis":
        yield from _prose_of_role(cell, label, term.field)
        return
    if term.kind == "indicator":
        if is_number(cell.text):
            return
        if term.field == "name" and not sketch.has_roles and len(items_of(cell.excerpt)) > 1:
            yield Text("passage", "target", cell.excerpt, label.excerpt)  # a list of goals, not a name
        elif term.field == "name":
            yield Named(named([cell.excerpt]), _unit_of_form(sketch, cell))
        return
    year = next(
        ((axis.year, at.excerpt) for at, axis in axes_of(sketch, above(sketch, cell).header) if axis.year), None
    )
    judge = _evaluator(sketch, label)
    if term.kind == "evaluator":
        yield Text("grade", "result", cell.excerpt, label.excerpt, subject=(label.excerpt,), evaluator=term.field)
        return
    if term.kind == "grade" and term.field == "result":
        subject = tuple(head.excerpt for head in _subjects(sketch, cell))
        yield Text("grade", "result", cell.excerpt, label.excerpt, subject=subject, evaluator=judge)
        return
    if term.kind == "passage" and year is not None and not is_prose(cell.text):
        return  # a word in a table of numbers (実施方法 under 20年度決算)
    if term.kind == "name" and is_code(cell.text) and len(sketch.values_of(label)) > 1:
        yield Text("code", term.field, cell.excerpt, label.excerpt)
        return
    kind = term.kind
    options: Options | None = None
    values = [value for value in sketch.values_of(label) if year_over(sketch, value) == year_over(sketch, cell)]
    if kind in {"grade", "direction"} and cell is next((value for value in values if value), None):
        options = options_among([value.excerpt for value in values]) if sum(map(bool, values)) > 1 else None
    elif kind in {"grade", "direction"}:
        return  # an option of those that the first cell stands for
    if kind == "passage" and fold_mark(cell.text, MARKS):
        kind = "grade"
    subject = (label.excerpt, *_asked(sketch, label, cell)) if kind in {"grade", "direction"} else ()
    yield Text(
        kind,
        term.field,
        cell.excerpt,
        label.excerpt,
        subject=subject,
        year=year[0] if year else None,
        year_source=year[1] if year else None,
        evaluator=judge,
        options=options,
    )


def _asked(sketch: Sketch, label: GridCell, cell: GridCell) -> list[Excerpt]:
    """The text between a label and the judgement beside it (有効性 | 成果の向上余地 | □ある ■ない)."""
    between = [other for other in reversed(sketch.grid.left_of(cell)) if other.cell.col > label.cell.col]
    return [other.excerpt for other in between if other and sketch.label_of(other) is None and not is_prose(other.text)]


def _unit_of_form(sketch: Sketch, cell: GridCell) -> Excerpt | None:
    """The unit printed beside the name of an indicator (細事業事業量 | … | 単位 | 件), or in its row."""
    for other in sketch.grid.row(cell.cell.row):
        label = sketch.label_of(other)
        term = sketch.term(label) if label else None
        if other and term is not None and (term.kind, term.field) == ("indicator", "unit"):
            return other.excerpt
    return None


def _prose_of_axis(sketch: Sketch, cell: GridCell, label: GridCell) -> Iterator[Fact]:
    """Words beside 目標, 実績 or 予定 in a form: a goal, a report, a plan."""
    axis = sketch.axis(label)
    yield from _prose_of_role(cell, label, axis.role if axis else None)


def _prose_of_role(cell: GridCell, label: GridCell, role: str | None) -> Iterator[Fact]:
    section = SECTIONS.get(role or "")
    if section and is_prose(cell.text):
        yield Text("passage", section, cell.excerpt, label.excerpt)


def _subjects(sketch: Sketch, cell: GridCell) -> list[GridCell]:
    """What a judgement under or beside 評価 is about: the header over it, from the top; none where that is 評価."""
    heads = [head for head in above(sketch, cell).header if sketch.axis(head) is None]
    heads = [head for head in heads if not _says_judgement(sketch.term(head)) and squeeze(head.text) != ""]
    return list(reversed(heads))


def _says_judgement(term: Term | None) -> bool:
    return term is not None and (
        (term.kind == "grade" and term.field == "result") or term.kind in {"evaluator", "group", "name", "code"}
    )


def _evaluator(sketch: Sketch, label: GridCell) -> str | None:
    """Who judges: the group of labels that a label stands in (内部評価, 外部評価)."""
    for group in (label, *sketch.grid.left_of(label), *above(sketch, label).header):
        term = sketch.term(group)
        if term is not None and term.kind == "evaluator":
            return term.field
    return None


def _under_header(sketch: Sketch, cell: GridCell, key: RowKey | None) -> Iterator[Fact]:
    """A value of a list: what the header over it says, and the head of its row."""
    if is_dash(cell.text):
        return
    over = above(sketch, cell).header
    row_heads = [head for head in sketch.grid.left_of(cell) if not sketch.is_value(head)]
    judged = next((head for head in row_heads if _is_result(sketch.term(head))), None)
    year = next(((axis.year, at.excerpt) for at, axis in axes_of(sketch, over) if axis.year is not None), None)
    if judged is not None and not is_prose(cell.text):
        subject = tuple(head.excerpt for head in _subjects(sketch, cell))
        yield Text("grade", "result", cell.excerpt, judged.excerpt, key, subject, evaluator=_evaluator(sketch, judged))
        return
    for head in over:
        term = sketch.term(head)
        if term is None or term.kind in {"group", "aside"}:
            continue
        if term.kind == "indicator":
            if term.field == "name":
                yield Named(named([cell.excerpt]), left_unit(sketch, cell), key)
            return
        if term.kind in {"cost", "name"}:
            return
        judge = next((t.field for h in over if (t := sketch.term(h)) and t.kind == "evaluator"), None)
        about: tuple[Excerpt, ...] = ()
        kind, field = ("grade", "result") if term.kind == "evaluator" else (term.kind, term.field)
        if kind == "passage" and fold_mark(cell.text, MARKS):
            kind, field = "grade", "grade"
        if kind == "grade":
            rated = [h for h in row_heads if (t := sketch.term(h)) and t.kind == "grade" and t.field == "grade"]
            about = (
                (head.excerpt,)
                if field == "grade"
                else tuple(h.excerpt for h in rated[:1] or _rated(sketch, cell, key))
            )
        elif kind == "direction":
            about = (head.excerpt,)
        yield Text(
            kind, field, cell.excerpt, head.excerpt, key, about, year[0] if year else None,
            year[1] if year else None, judge,
        )  # fmt: skip
        return


def _rated(sketch: Sketch, cell: GridCell, key: RowKey | None) -> list[GridCell]:
    """What a judgement under 評価 is about in a table that is no list of names: the text that its row opens with."""
    if key is not None:
        return []
    opens = [other for other in sketch.grid.left_of(cell) if other]
    return [
        first
        for first in opens[-1:]
        if sketch.is_value(first) and not is_number(first.text) and not is_prose(first.text)
    ]


def left_unit(sketch: Sketch, cell: GridCell) -> Excerpt | None:
    """The unit in the row of an indicator's name."""
    for other in sketch.grid.right_of(cell):
        if other and any(
            (term := sketch.term(head)) is not None and (term.kind, term.field) == ("indicator", "unit")
            for head in above(sketch, other).header
        ):
            return other.excerpt
    return None


def _is_result(term: Term | None) -> bool:
    return term is not None and (term.kind, term.field) == ("grade", "result")
