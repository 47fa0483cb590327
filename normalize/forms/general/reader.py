"""A document that no layout fits → statements, as far as its labels, its cells and its arithmetic tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from normalize.cells.choices import options_of
from normalize.cells.kinds import kind_of
from normalize.cells.marks import are_open, direction_of, is_judgement
from normalize.cells.vocabulary import term_of
from normalize.cells.years import ANY_YEAR, YearSense, year_sense
from normalize.document.table_grid import grid_of
from normalize.document.text_span import Excerpt, Place, excerpts
from normalize.forms.general.around.titles import titles_of
from normalize.forms.general.cells.prose import goals_of, indicators_in
from normalize.forms.general.entities import Tree
from normalize.forms.general.facts import Doubt, Fact, Named, Node, Number, RowKey, Text
from normalize.forms.general.settings import FORMS
from normalize.forms.general.whole.document_year import DocumentYear, TitleYears, document_year, last_found, title_years
from normalize.forms.general.whole.draft import draft_of
from normalize.forms.general.whole.evaluation import says_something
from normalize.forms.general.whole.gather import Gathering, doubt_remark
from normalize.forms.general.whole.judgements import (
    Whose,
    is_year_before,
    judged_by_both,
    judgement_statements,
    left_open,
    no_grade,
)
from normalize.forms.general.whole.municipality import Finding, municipality_of
from normalize.forms.general.whole.placing import Draft
from normalize.forms.general.whole.sheets import chain_of, printed_of, sheets_of
from normalize.forms.general.whole.unknown import remarks, unknown_labels
from normalize.records.document_row import about, plan_name_of
from normalize.records.indicators import goal_to_statements
from normalize.records.organisations import orgs_to_statements
from normalize.records.passages import items_of, passages
from normalize.statements.statement import Entry, Label, Remark, Statement
from normalize.text.calendar import fiscal_year
from normalize.text.folding import squeeze
from schemas.closed_sets import ORG_ROLES, SECTIONS, Section
from schemas.document import Document, Line
from schemas.messages import say
from schemas.records import Grade, Measure

_NO_NAMES: Final = frozenset({"name", "org", "code", "document", "passage", "evaluator", "direction", "group"})
"""What labels tell that name no indicator: none of 1,163 that were written down by hand is called so. Roles may."""

_ASKS_NAME: Final = re.compile("(?:指標|指標名|名称|名)$")
"""How a label of indicators ends that asks for their names; others (量の見込み) may name one."""

LayoutName = Literal["general.form", "general.progress", "general.review"]


@dataclass(frozen=True, slots=True)
class GeneralReading:
    """What was read of a document without a layout. `unknown` are the labels not understood, most frequent first."""

    layout: LayoutName
    municipality_code: str | None
    statements: tuple[Statement, ...]
    unknown: tuple[str, ...]


def general_reading(document: Document) -> GeneralReading | None:
    """Read a document by its labels; None where it prints no label that says anything."""
    sense = year_sense(text.text for text in excerpts(document))
    titles = titles_of(document)
    dates = [text.text for text in excerpts(document) if len(text.text) <= FORMS.longest_date]
    years = title_years(titles, dates, sense)
    labelled = _labelled_years(document, sense)
    first = document_year(labelled, years, (), ())
    this = _this_year(labelled, years)
    draft = draft_of(document, sense, first.known_until, until_is_known=first.until_is_known, this_year=this)
    if not first.until_is_known and (last := last_found(f for f in draft.facts if isinstance(f, Number))) is not None:
        draft = draft_of(document, sense, last, until_is_known=True, this_year=this)
    if not says_something(draft):
        return None
    draft.placed = judged_by_both(draft.placed)
    year = _document_year(document, draft, years, sense)
    city = _municipality(document, draft, titles)
    statements = (
        *_about(document, draft, titles, city, year),
        *_said(document, draft, year),
        *(Label(label) for label in draft.labels),
    )
    unknown = tuple(unknown_labels(draft, statements))
    statements = (*statements, *remarks(document, draft, statements, city, year, unknown))
    code = city.municipality.municipality_code if city.municipality else None
    return GeneralReading(_layout(draft), code, statements, tuple(dict.fromkeys(text.printed for text in unknown)))


def _this_year(labelled: Sequence[tuple[int, Excerpt]], years: TitleYears) -> int | None:
    """The year that 前年度 and 翌年度 count from: that of the titles, or that behind 対象年度 where they have none."""
    told = {year for year, _ in labelled}
    is_alone = len(told) == 1 and not (years.of_projects or years.of_sheet)
    return told.pop() if is_alone else years.only


def _labelled_years(document: Document, sense: YearSense) -> list[tuple[int, Excerpt]]:
    """The years behind 対象年度 and the like: in the cell on the right, or behind a colon or a blank in a line."""
    found: list[tuple[int, Excerpt]] = []
    for index, item in enumerate(document.items):
        if isinstance(item, Line):
            colon = re.search("[:：]", item.text) or re.search(r"(?<=\S)\s+(?=\S)", item.text)
            head, value = (item.text[: colon.start()], item.text[colon.end() :]) if colon else (item.text, "")
            term = term_of(head)
            asked = term is not None and term.is_whole and (term.kind, term.field) == ("document", "fiscal_year")
            if colon and asked and (year := sense.year_of(value)) is not None:
                found.append((year, Excerpt.of(item.text, Place(index)).slice(colon.end()).strip()))
            continue
        grid = grid_of(index, item)
        for cell in grid.cells:
            term = term_of(cell.text) if cell else None
            if term is None or not term.is_whole or (term.kind, term.field) != ("document", "fiscal_year"):
                continue
            beside = next((other for other in grid.right_of(cell) if other), None)
            if beside is not None and (year := sense.year_of(beside.text)) is not None:
                found.append((year, beside.excerpt))
    return found


def _document_year(document: Document, draft: Draft, years: TitleYears, sense: YearSense) -> DocumentYear:
    actuals = [
        fact.year for fact in draft.facts
        if isinstance(fact, Number) and fact.role == "actual" and fact.year is not None and fact.value is not None
    ]  # fmt: skip
    graded = [
        (fact.year, fact.year_source) for fact in draft.facts
        if isinstance(fact, Text) and fact.kind == "grade" and fact.year is not None and fact.year_source is not None
        and not is_year_before(fact.year_source)
    ]  # fmt: skip
    labelled = _labelled_years(document, sense)
    labelled += [
        (year, fact.value) for fact in draft.facts
        if isinstance(fact, Text) and (fact.kind, fact.field) == ("document", "fiscal_year")
        and (year := sense.year_of(fact.value.text)) is not None
    ]  # fmt: skip
    named = [
        (year, fact.label) for fact in draft.facts
        if isinstance(fact, Node) and fact.label is not None and (year := sense.year_of(fact.label.text)) is not None
    ]  # fmt: skip
    return document_year(labelled or _of_names(named, years), years, [*actuals, *(year for year, _ in graded)], graded)


def _of_names(named: list[tuple[int, Excerpt]], years: TitleYears) -> list[tuple[int, Excerpt]]:
    """The years in the labels of names (事業名（令和6年度）), with those of a title that tells others."""
    differs = {year for year, _ in named} != {year for year, _ in years.of_projects}
    return [*named, *years.of_projects] if named and differs else named


def _municipality(document: Document, draft: Draft, titles: Sequence[Excerpt]) -> Finding:
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
    body = [text for text, item in lines if item.role == "body"]
    short = [text for text in body if "。" not in text.text and len(text.text) <= FORMS.longest_line]
    plans = [
        fact.value for fact in draft.facts
        if isinstance(fact, Text) and (fact.kind, fact.field) == ("document", "plan_name")
    ]  # fmt: skip
    return municipality_of([labelled, [*titles, *running, *plans], short], (text.text for text in excerpts(document)))


def _about(
    document: Document, draft: Draft, titles: Sequence[Excerpt], city: Finding, year: DocumentYear
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


def _said(document: Document, draft: Draft, year: DocumentYear) -> Iterator[Statement]:
    """The records: nodes with their organisations, passages and judgements, then the indicators."""
    tree = Tree(document)
    gathering = Gathering()
    placed: list[tuple[Measure, Fact]] = []
    doubts: list[Doubt] = []
    for sheet, fact, context in sheets_of(document, draft):
        chain = chain_of(draft, sheet, fact, context)
        if isinstance(fact, Number | Named) and (label := _label_for_name(fact)) is not None:
            fact = Doubt(label, "the name of an indicator", "a label")
        if isinstance(fact, Doubt):
            doubts.append(fact)
            continue
        if isinstance(fact, Text) and fact.kind in {"document", "code"}:
            continue
        if isinstance(fact, Node):
            if chain:
                tree.node(chain)
            continue
        node = tree.node(chain, printed_of(fact))
        placed.append((node, fact))
        if isinstance(fact, Number | Named):
            gathering.add(node.measure_id, fact)
        elif fact.kind == "passage":
            for counts in indicators_in(fact.value, fact.row):
                gathering.add(node.measure_id, counts)
    yield from tree.entries()
    yield from _texts(document, placed, year, gathering)
    yield from gathering.statements()
    for doubt in dict.fromkeys(doubts):
        yield doubt_remark(doubt)
    if placed and not any(node.measure_name for node, _ in placed):
        yield _nameless([fact for _, fact in placed])


def _nameless(facts: Sequence[Fact]) -> Remark:
    """What a finding says of a document that prints no name that is known as one: all its records are of nobody."""
    first = printed_of(facts[0])
    return Remark(
        "label-missing",
        "warning",
        say(
            "no label of a name was found, so nothing tells which project or measure is evaluated: what was read is of "
            "one without a name. Add it by a correction, or its label to the vocabulary"
        ),
        first,
        observed=first.printed if first is not None else None,
    )


def _label_for_name(fact: Number | Named) -> Excerpt | None:
    """The label that stands for the name of an indicator, and names nothing: 指標名, 担当課."""
    term = term_of(fact.name.text) if not fact.is_cost else None
    if term is None or not term.is_whole or not fact.name.sources:
        return None
    asks = term.kind == "indicator" and _ASKS_NAME.search(squeeze(fact.name.text)) is not None
    return fact.name.sources[0] if asks or term.kind in _NO_NAMES else None


def _texts(
    document: Document, placed: Iterable[tuple[Measure, Fact]], year: DocumentYear, gathering: Gathering
) -> Iterator[Statement]:
    """Organisations, passages and judgements.

    A text repeated for the same node and year is one record; a passage outside of named rows is one for each cell.
    """
    said: set[tuple[str, str, str | None, RowKey | None, int | None, str, str, str, str]] = set()
    judged: set[tuple[str | None, ...]] = set()
    graded = [fact for _, fact in placed if isinstance(fact, Text) and fact.kind in {"grade", "direction"}]
    named = [fiscal_year(squeeze(fact.label.text)) for fact in graded if fact.label is not None]
    latest = max((one for one in named if one is not None), default=None)
    for node, fact in placed:
        if not isinstance(fact, Text) or fact.kind == "row":
            continue
        about_what = squeeze("".join(part.text for part in fact.subject)) or fact.field
        row = fact.value.place.cell, fact.value.place.item
        counted = squeeze(fact.indicator.text) if fact.indicator else ""
        body = squeeze(fact.body.text) if fact.body is not None else ""
        judged_in = _judged_year(fact, year.year, latest) if fact.kind in {"grade", "direction"} else None
        key = (
            node.measure_id, fact.kind, fact.evaluator, fact.row, fact.year or judged_in, about_what, counted, body,
            squeeze(fact.value.text) + (str(row) if fact.kind == "passage" and fact.row is None else ""),
        )  # fmt: skip
        if key in said:
            yield Label(fact.value)
            continue
        said.add(key)
        if fact.kind == "org":
            yield from orgs_to_statements(fact.value, node.measure_id, ORG_ROLES[fact.field])
        elif fact.kind == "passage":
            yield from passages(
                items_of(fact.value), document.document_id, SECTIONS[fact.field],
                measure_id=node.measure_id, fiscal_year=fact.year,
            )  # fmt: skip
            for item in goals_of(fact):
                yield from goal_to_statements(item, node.measure_id, fiscal_year=fact.year)
        elif fact.kind in {"grade", "direction"}:
            for statement in _judgement(document, fact, node, year, latest, gathering):
                yield _once(statement, body, judged)


def _once(statement: Statement, body: str, judged: set[tuple[str | None, ...]]) -> Statement:
    """A judgement of a body; a label where it said the same of the same node in a row without a name of its own."""
    if not isinstance(statement, Entry) or not isinstance(grade := statement.record, Grade):
        return statement
    key = (
        grade.measure_id, grade.indicator_id, str(grade.fiscal_year), grade.subject, grade.grade_text, grade.evaluator,
        body,
    )  # fmt: skip
    if key in judged and statement.evidence:
        return Label(statement.evidence[0].excerpt)
    judged.add(key)
    return statement


def _judgement(
    document: Document, fact: Text, node: Measure, year: DocumentYear, latest: int | None, gathering: Gathering
) -> Iterator[Statement]:
    value = fact.value
    kind = kind_of(value.text, ANY_YEAR)
    is_dash = kind == "absent" and len(squeeze(value.text)) == 1 and fact.row is not None
    said_none = kind == "absent" and not is_dash and fact.row is not None and fact.kind == "grade"
    is_end = fact.kind == "direction" and direction_of(value.text) is not None
    if is_dash:
        yield Label(value)
        return
    if said_none or is_end or fact.options is not None or options_of(value) is not None or is_judgement(value.text):
        indicator = gathering.find(node.measure_id, fact.indicator) if fact.indicator is not None else None
        whose = Whose(node.measure_id, indicator, fact.year or _judged_year(fact, year.year, latest))
        yield from judgement_statements(document, fact, whose)
    elif "。" in value.text or len(squeeze(value.text)) > FORMS.longest_judgement:
        section: Section = "next_year" if fact.kind == "direction" else "finding"
        yield from passages(items_of(value), document.document_id, section, measure_id=node.measure_id)
    elif kind == "amount" and fact.kind == "grade":
        yield no_grade(value)
    elif are_open(value.text):
        yield left_open(value)


def _judged_year(fact: Text, year: int | None, latest: int | None) -> int | None:
    """The year that a judgement without its own is about: the document's, unless its label is of an earlier one.

    A label may name the year in which was judged (令和6年度評価); `latest` is the last that any label names.
    """
    label = squeeze("".join(text.text for text in (fact.label, *fact.subject) if text is not None))
    named = fiscal_year(squeeze(fact.label.text)) if fact.label is not None else None
    if named is not None and latest is not None:
        return named if year is None or latest < year else year - (latest - named)
    if re.search("前年度?(?:の|評価|判定|総合|結果)|昨年度|前回", label) or is_year_before(fact.label):
        return year - 1 if year is not None and "前回" not in label else None
    return year


def _layout(draft: Draft) -> LayoutName:
    if not draft.rows:
        return "general.form"
    in_lists = [fact for fact in draft.facts if isinstance(fact, Number) and fact.row is not None]
    return "general.progress" if in_lists else "general.review"
