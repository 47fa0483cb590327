"""A document that no layout fits → statements, as far as the field's vocabulary goes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from normalize.document.table_grid import grid_of
from normalize.document.text_span import Excerpt, Place, excerpts
from normalize.forms.general.choices import MARKS, options_of
from normalize.forms.general.document_year import DocumentYear, document_year
from normalize.forms.general.facts import Fact, Number, RowKey, Text
from normalize.forms.general.indicators import Gathering
from normalize.forms.general.judgements import Whose, is_judgement, judgement_statements
from normalize.forms.general.lines import label_lines, labels_of_boxes, line_facts, money_unit_over, titles_of
from normalize.forms.general.lists import ListRow
from normalize.forms.general.municipality import Finding, municipality_of
from normalize.forms.general.numbers import Setting
from normalize.forms.general.prose import goals_of, indicators_in, parts_of
from normalize.forms.general.sketch import Sketch, is_dash, is_number, is_prose, sketch_of
from normalize.forms.general.tables import table_facts
from normalize.forms.general.tree import Block, Tree, blocks_of
from normalize.forms.general.vocabulary import unit_note
from normalize.forms.general.years import year_sense
from normalize.records.document_row import about, plan_name_of
from normalize.records.indicators import goal_to_statements
from normalize.records.organisations import orgs_to_statements
from normalize.records.passages import items_of, passages
from normalize.statements.statement import Entry, Label, Remark, Statement
from normalize.text.folding import fold_mark, squeeze
from schemas.closed_sets import ORG_ROLES, SECTIONS, Section
from schemas.document import Document, Line, Table
from schemas.messages import say
from schemas.records import Grade, Measure

LayoutName = Literal["general.form", "general.progress", "general.review"]

_LISTED: Final = 20
"""How many labels that were not understood a finding lists."""

_LONGEST_LABEL: Final = 20

_BY_GOAL: Final = re.compile("達成|進捗|KPI|ＫＰＩ|KGI")
"""Labels of judgements that hold an actual against its goal."""


@dataclass(frozen=True, slots=True)
class GeneralReading:
    """What was read of a document without a layout. `unknown` are the labels not understood, most frequent first."""

    layout: LayoutName
    municipality_code: str | None
    statements: tuple[Statement, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Draft:
    """The facts of a document with its sketches: labels told from values, and its lists' rows with their codes."""

    facts: tuple[Fact, ...]
    sketches: tuple[Sketch, ...]
    labels: tuple[Excerpt, ...]
    rows: Mapping[RowKey, ListRow]
    codes: Mapping[RowKey, Mapping[str, Excerpt]]


def general_reading(document: Document) -> GeneralReading | None:
    """Read a document by its labels; None where it prints no label that says anything."""
    draft = _draft(document)
    content = [
        fact for fact in draft.facts if not (isinstance(fact, Text) and fact.kind in {"code", "document", "org"})
    ]
    said = [fact for fact in content if not (isinstance(fact, Text) and fact.kind == "name")]
    kinds = {fact.kind if isinstance(fact, Text) else "number" for fact in draft.facts}
    roles = {fact.role for fact in draft.facts if isinstance(fact, Number)}
    if not said or (len(kinds) < 2 and not {"target", "actual"} <= roles):
        return None
    titles = titles_of(document)
    city = _municipality(document, draft, titles)
    year = _document_year(document, draft, titles)
    statements = (
        *_about(document, draft, titles, city, year),
        *_said(document, draft, year),
        *(Label(label) for label in draft.labels),
    )
    unknown = tuple(_unknown(draft, statements))
    statements = (*statements, *_remarks(city, unknown))
    code = city.municipality.municipality_code if city.municipality else None
    return GeneralReading(_layout(draft), code, statements, tuple(dict.fromkeys(text.printed for text in unknown)))


def _draft(document: Document) -> _Draft:
    years = year_sense(text.text for text in excerpts(document))
    lines = label_lines(document)
    boxes = labels_of_boxes(document, lines)
    facts: list[Fact] = []
    sketches: list[Sketch] = []
    rows: dict[RowKey, ListRow] = {}
    for index, item in enumerate(document.items):
        if isinstance(item, Line):
            facts += line_facts(document, index, lines)
            continue
        sketch = sketch_of(grid_of(index, item), years)
        sketches.append(sketch)
        if _is_legend(sketch):
            continue
        money = money_unit_over(document, index)
        setting = Setting(_unit_of(money), money)
        found = table_facts(sketch, setting, [boxes[index]] if index in boxes else [])
        facts += (part for fact in found.facts for part in _parts(fact))
        rows |= found.rows
    labels = [label.excerpt for label in lines.values()]
    labels += [fact.label for fact in facts if isinstance(fact, Text) and fact.label is not None]
    for sketch in sketches:
        legend = _is_legend(sketch)
        labels += [cell.excerpt for cell in sketch.grid.cells if cell and (legend or not sketch.is_value(cell))]
    return _Draft(tuple(facts), tuple(sketches), tuple(labels), rows, _codes(facts))


def _parts(fact: Fact) -> Iterator[Fact]:
    """A name or an organisation, and what stands behind known labels in brackets in the same cell."""
    if not isinstance(fact, Text) or fact.kind not in {"name", "org"} or fact.row is not None:
        yield fact
        return
    for label, term, text in parts_of(fact.value):
        if label is None or term is None:
            yield replace(fact, value=text)
        else:
            yield Text(term.kind, term.field, text, label)


def _unit_of(money: Excerpt | None) -> str | None:
    return unit_note(money.text) if money else None


def _is_legend(sketch: Sketch) -> bool:
    """Whether a table says what the marks mean: it is headed so, or its first column holds nothing but marks."""
    first = next((cell for cell in sketch.grid.cells if cell), None)
    term = sketch.term(first) if first else None
    if term is not None and (term.kind, term.field) == ("grade", "scheme"):
        return True
    column = [cell for cell in sketch.grid.cells if cell and cell.cell.col == 0]
    marks = [cell for cell in column if fold_mark(cell.text, MARKS)]
    return len(marks) >= 3 and len(column) - len(marks) <= 1 and sketch.grid.table.n_cols in {2, 3}


def _municipality(document: Document, draft: _Draft, titles: Sequence[Excerpt]) -> Finding:
    """From a labelled value, else from titles and running headers and footers, else from short lines: the issuer's."""
    labelled = [
        fact.value for fact in draft.facts
        if isinstance(fact, Text) and (fact.kind, fact.field) == ("document", "municipality")
    ]  # fmt: skip
    lines = [
        (Excerpt.of(item.text, Place(index)), item)
        for index, item in enumerate(document.items)
        if isinstance(item, Line)
    ]
    running = [text for text, item in lines if item.role != "body"]
    short = [text for text, item in lines if item.role == "body" and not is_prose(text.text)]
    plans = [
        fact.value for fact in draft.facts
        if isinstance(fact, Text) and (fact.kind, fact.field) == ("document", "plan_name")
    ]  # fmt: skip
    return municipality_of([labelled, [*titles, *running, *plans], short], (text.text for text in excerpts(document)))


def _document_year(document: Document, draft: _Draft, titles: Sequence[Excerpt]) -> DocumentYear:
    texts = [fact for fact in draft.facts if isinstance(fact, Text)]
    names = [fact.label for fact in texts if fact.kind == "name" and fact.label is not None]
    graded = [fact for fact in texts if fact.kind == "grade" and fact.row is not None]
    years = year_sense(text.text for text in excerpts(document))
    return document_year([fact for fact in texts if fact.kind == "document"], names, titles, graded, years)


def _about(
    document: Document, draft: _Draft, titles: Sequence[Excerpt], city: Finding, year: DocumentYear
) -> Iterator[Statement]:
    texts = [fact for fact in draft.facts if isinstance(fact, Text) and fact.kind == "document"]
    plans = [fact.value for fact in texts if fact.field == "plan_name"]
    named = [plan for title in titles if (plan := plan_name_of(title)) is not None]
    issued = next((fact.value for fact in texts if fact.field == "issued"), None)
    yield from about(
        document,
        title=titles[:1],
        plan_name=plans[:1] or named[:1],
        fiscal_year=year.year,
        fiscal_year_text=year.sources,
        issued_text=issued,
    )
    for text in (*titles, *city.printed):
        yield Label(text)


def _said(document: Document, draft: _Draft, year: DocumentYear) -> Iterator[Statement]:
    """The records: nodes with their organisations, passages and judgements, then the indicators."""
    tree = Tree(document)
    gathering = Gathering()
    counted: dict[RowKey, set[str]] = {}  # by the row that the numbers are printed in
    placed: list[tuple[Measure, Fact]] = []
    for block, fact in list(blocks_of(draft.facts)):
        node = _node(tree, draft, block, fact)
        placed.append((node, fact))
        inner = indicators_in(fact.value, fact.row) if isinstance(fact, Text) and fact.kind == "passage" else ()
        for counts in inner if isinstance(fact, Text) else (fact,):
            found = gathering.add(node.measure_id, counts)
            if isinstance(counts, Number) and counts.row is not None and not counts.is_cost:
                counted.setdefault(_printed_row(document, counts.printed), set()).add(found.indicator_id)
    yield from tree.entries
    yield from _texts(document, placed, year, counted)
    yield from gathering.statements()


def _texts(
    document: Document,
    placed: Iterable[tuple[Measure, Fact]],
    year: DocumentYear,
    counted: Mapping[RowKey, set[str]],
) -> Iterator[Statement]:
    """Organisations, passages and judgements. What is printed once more on another page is no new record."""
    said: set[tuple[str, str, str | None, RowKey | None, int | None, str, str]] = set()
    judged: set[tuple[str | None, ...]] = set()
    for node, fact in placed:
        if not isinstance(fact, Text) or fact.kind in {"name", "code", "document"}:
            continue
        row = _printed_row(document, fact.value) if fact.row is not None else None
        key = (
            node.measure_id, fact.kind, fact.evaluator, row, fact.year, _subject(fact) or fact.field,
            squeeze(fact.value.text),
        )  # fmt: skip
        if key in said:
            yield Label(fact.value)
            continue
        said.add(key)
        if fact.kind == "org":
            yield from orgs_to_statements(fact.value, node.measure_id, ORG_ROLES[fact.field])
        elif fact.kind == "passage":
            yield from _passages(document, fact, node)
            for item in goals_of(fact):
                yield from goal_to_statements(item, node.measure_id, fiscal_year=fact.year)
        else:
            for statement in _judgement(document, fact, node, year, counted):
                yield _once(statement, judged)


def _once(statement: Statement, judged: set[tuple[str | None, ...]]) -> Statement:
    """A judgement; a label where the same was said of the same node before, by a row without a name of its own."""
    if not isinstance(statement, Entry) or not isinstance(grade := statement.record, Grade):
        return statement
    key = (
        grade.measure_id, grade.indicator_id, str(grade.fiscal_year), grade.subject, grade.grade_text, grade.evaluator,
    )  # fmt: skip
    if key in judged and statement.evidence:
        return Label(statement.evidence[0].excerpt)
    judged.add(key)
    return statement


def _printed_row(document: Document, text: Excerpt) -> RowKey:
    item, cell = document.items[text.place.item], text.place.cell
    assert isinstance(item, Table)
    assert cell is not None
    return text.place.item, item.cells[cell].row


def _judged_indicator(document: Document, fact: Text, counted: Mapping[RowKey, set[str]]) -> str | None:
    """The indicator that a judgement in a list is about: the only one of its row, judged for a year or by its goal."""
    if fact.row is None or fact.kind != "grade":
        return None
    by_goal = fact.label is not None and _BY_GOAL.search(fact.label.text) is not None
    if not by_goal and (fact.year is None or fact.field != "result"):
        return None
    indicators = counted.get(_printed_row(document, fact.value), set())
    return next(iter(indicators)) if len(indicators) == 1 else None


def _subject(fact: Text) -> str:
    return squeeze("".join(part.text for part in fact.subject))


def _node(tree: Tree, draft: _Draft, block: Block, fact: Fact) -> Measure:
    row = draft.rows.get(fact.row) if fact.row is not None else None
    if row is None:
        return tree.node(block, printed=_printed(fact))
    names = [(field, cell.excerpt) for field, cell in row.names]
    return tree.node(block, row.key, names, draft.codes.get(row.key), _printed(fact))


def _printed(fact: Fact) -> Excerpt | None:
    """Where a fact is printed."""
    if isinstance(fact, Text):
        return fact.value
    return fact.printed if isinstance(fact, Number) else next(iter(fact.name.sources), None)


def _codes(facts: Iterable[Fact]) -> Mapping[RowKey, Mapping[str, Excerpt]]:
    codes: dict[RowKey, dict[str, Excerpt]] = {}
    for fact in facts:
        if isinstance(fact, Text) and fact.kind == "code" and fact.row is not None:
            codes.setdefault(fact.row, {})[fact.field] = fact.value
    return codes


def _passages(document: Document, fact: Text, node: Measure) -> Iterator[Statement]:
    yield from passages(
        items_of(fact.value), document.document_id, SECTIONS[fact.field],
        measure_id=node.measure_id, fiscal_year=fact.year,
    )  # fmt: skip


def _judgement(
    document: Document,
    fact: Text,
    node: Measure,
    year: DocumentYear,
    counted: Mapping[RowKey, set[str]],
) -> Iterator[Statement]:
    if fact.options is not None or options_of(fact.value) is not None or is_judgement(fact.value.text):
        whose = Whose(
            node.measure_id,
            _judged_indicator(document, fact, counted),
            fact.year if fact.year is not None else year.year,
        )
        yield from judgement_statements(document, fact, whose)
    elif is_prose(fact.value.text) or len(squeeze(fact.value.text)) > 32:
        section: Section = "next_year" if fact.kind == "direction" else "finding"
        yield from passages(
            items_of(fact.value), document.document_id, section,
            measure_id=node.measure_id, fiscal_year=fact.year,
        )  # fmt: skip


def _layout(draft: _Draft) -> LayoutName:
    if not draft.rows:
        return "general.form"
    in_lists = [fact for fact in draft.facts if isinstance(fact, Number) and fact.row is not None]
    return "general.progress" if in_lists else "general.review"


def _unknown(draft: _Draft, statements: Iterable[Statement]) -> Iterator[Excerpt]:
    """Short texts that nothing was read from and that stand where labels stand, the most frequent first."""
    claimed = {evidence.excerpt.place for s in statements if isinstance(s, Entry) for evidence in s.evidence}
    claimed |= {statement.excerpt.place for statement in statements if isinstance(statement, Label)}
    found: list[Excerpt] = []
    for sketch in draft.sketches:
        grid = sketch.grid
        for cell in grid.cells:
            if cell.excerpt.place in claimed or not _may_be_label(cell.excerpt):
                continue
            after = next(iter(grid.right_of(cell)), None)
            below = grid.at(cell.cell.row + cell.cell.row_span, cell.cell.col)
            if after is not None or below is not None:
                found.append(cell.excerpt)
    counts = Counter(squeeze(text.text) for text in found)
    first: dict[str, Excerpt] = {}
    for text in found:
        first.setdefault(squeeze(text.text), text)
    yield from sorted(first.values(), key=lambda text: -counts[squeeze(text.text)])


def _may_be_label(text: Excerpt) -> bool:
    squeezed = squeeze(text.text)
    return (
        1 < len(squeezed) <= _LONGEST_LABEL and not is_number(text.text) and not is_dash(text.text)
        and "。" not in squeezed and not squeezed[0].isdigit()
    )  # fmt: skip


def _remarks(city: Finding, unknown: Sequence[Excerpt]) -> Iterator[Remark]:
    listed = "、".join(text.printed for text in unknown[:_LISTED])
    told = say("every label was understood")
    if len(unknown) > _LISTED:
        told = say(
            "labels not understood, the most frequent first: {labels} and {more} more",
            labels=listed,
            more=len(unknown) - _LISTED,
        )
    elif unknown:
        told = say("labels not understood, the most frequent first: {labels}", labels=listed)
    yield Remark(
        "layout-unknown",
        "warning",
        say(
            "no layout fits; the document was read by the field's vocabulary alone, and what it "
            "does not know stays as blocks; {told}",
            told=told,
        ),
        unknown[0] if unknown else None,
        observed=listed or None,
    )
    if city.rivals:
        yield Remark(
            "layout-unknown",
            "note",
            say(
                "the document can be of more than one municipality: {names}; none is taken",
                names=", ".join(city.rivals),
            ),
            observed=", ".join(city.rivals),
        )
