"""A document that no layout fits → statements, as far as its labels, its cells and its arithmetic tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from normalize.cells.amounts import is_absent
from normalize.cells.choices import options_of
from normalize.cells.kinds import kind_of
from normalize.cells.marks import is_judgement
from normalize.cells.vocabulary import term_of
from normalize.cells.years import YearSense, year_sense
from normalize.document.table_grid import grid_of
from normalize.document.text_span import Excerpt, Place, excerpts
from normalize.forms.general.document_year import DocumentYear, TitleYears, document_year, title_years
from normalize.forms.general.draft import Draft, draft_of, says_something
from normalize.forms.general.entities import Sheet, Tree, chain_of_row, is_same, rank_of
from normalize.forms.general.facts import Doubt, Fact, Named, Node, Number, RowKey, Text
from normalize.forms.general.gather import Gathering, doubt_remark
from normalize.forms.general.judgements import Whose, judgement_statements
from normalize.forms.general.lines import titles_of
from normalize.forms.general.municipality import Finding, municipality_of
from normalize.forms.general.prose import goals_of, indicators_in
from normalize.records.document_row import about, plan_name_of
from normalize.records.indicators import goal_to_statements
from normalize.records.organisations import orgs_to_statements
from normalize.records.passages import items_of, passages
from normalize.statements.statement import Entry, Label, Remark, Statement
from normalize.text.folding import squeeze
from schemas.closed_sets import ORG_ROLES, SECTIONS, Section
from schemas.document import Document, Line
from schemas.messages import say
from schemas.records import Grade, Measure

LayoutName = Literal["general.form", "general.progress", "general.review"]


_LISTED: Final = 20
"""How many labels that were not understood a finding lists."""


_LONGEST_LABEL: Final = 20


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
    dates = [text.text for text in excerpts(document) if len(text.text) <= 40]
    years = title_years(titles, dates, sense)
    first = document_year(_labelled_years(document, sense), years, (), ())
    draft = draft_of(document, sense, first.known_until, until_is_known=first.until_is_known)
    if not says_something(draft):
        return None
    year = _document_year(document, draft, years, sense)
    city = _municipality(document, draft, titles)
    statements = (
        *_about(document, draft, titles, city, year),
        *_said(document, draft, year),
        *(Label(label) for label in draft.labels),
    )
    unknown = tuple(_unknown(draft, statements))
    statements = (*statements, *_remarks(city, year, unknown))
    code = city.municipality.municipality_code if city.municipality else None
    return GeneralReading(_layout(draft), code, statements, tuple(dict.fromkeys(text.printed for text in unknown)))


def _labelled_years(document: Document, sense: YearSense) -> list[tuple[int, Excerpt]]:
    """The years behind 対象年度 and the like: in the cell on the right, or behind a colon in a line."""
    found: list[tuple[int, Excerpt]] = []
    for index, item in enumerate(document.items):
        if isinstance(item, Line):
            head, colon, value = item.text.partition("：") if "：" in item.text else item.text.partition(":")
            term = term_of(head)
            asked = term is not None and term.is_whole and (term.kind, term.field) == ("document", "fiscal_year")
            if colon and asked and (year := sense.year_of(value)) is not None:
                found.append((year, Excerpt.of(item.text, Place(index)).slice(len(head) + 1).strip()))
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
    return document_year(labelled or named, years, [*actuals, *(year for year, _ in graded)], graded)


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
    short = [text for text, item in lines if item.role == "body" and "。" not in text.text and len(text.text) <= 60]
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


def _sheets(draft: Draft) -> list[tuple[Sheet, Fact, tuple[Node, ...]]]:
    """Each fact with the sheet that it stands on. A name under a label that the sheet has already begins a new one."""
    sheet = Sheet()
    found: list[tuple[Sheet, Fact, tuple[Node, ...]]] = []
    content_at: set[int] = set()
    for fact, context in draft.placed:
        if isinstance(fact, Node) and fact.own is None and fact not in context:
            known = sheet.named(fact)
            deeper = bool(sheet.names) and all(rank_of(fact) > rank_of(other) for other in sheet.names)
            begins = (known is not None and not is_same(known, fact)) or (
                deeper and known is None and bool(content_at - {fact.value.place.item})
            )
            if begins:
                upper = [node for node in sheet.chain() if rank_of(node) < rank_of(fact)]
                sheet = Sheet(inherited=upper)
                content_at = set()
            if known is None or begins:
                sheet.names.append(fact)
            elif is_same(known, fact):
                sheet.names[sheet.names.index(known)] = known
        elif isinstance(fact, Text) and fact.kind == "code" and fact.row is None:
            sheet.codes.setdefault(fact.field, fact.value)
        elif isinstance(fact, Number) and fact.row is None:
            content_at.add(fact.printed.place.item)
        elif isinstance(fact, Text) and fact.row is None and fact.kind in {"passage", "grade", "direction"}:
            content_at.add(fact.value.place.item)
        found.append((sheet, fact, context))
    return found


def _said(document: Document, draft: Draft, year: DocumentYear) -> Iterator[Statement]:
    """The records: nodes with their organisations, passages and judgements, then the indicators."""
    tree = Tree(document)
    gathering = Gathering()
    placed: list[tuple[Measure, Fact]] = []
    doubts: list[Doubt] = []
    for sheet, fact, context in _sheets(draft):
        chain = _chain(draft, sheet, fact, context)
        if isinstance(fact, Doubt):
            doubts.append(fact)
            continue
        if isinstance(fact, Text) and fact.kind in {"document", "code"}:
            continue
        if isinstance(fact, Node):
            if chain:
                tree.node(chain)
            continue
        node = tree.node(chain, _printed(fact))
        placed.append((node, fact))
        if isinstance(fact, Number | Named):
            gathering.add(node.measure_id, fact)
        elif fact.kind == "passage":
            for counts in indicators_in(fact.value, fact.row):
                gathering.add(node.measure_id, counts)
    yield from tree.entries()
    yield from _texts(document, placed, year, gathering)
    yield from gathering.statements()
    for doubt in doubts:
        yield doubt_remark(doubt)


def _chain(draft: Draft, sheet: Sheet, fact: Fact, context: tuple[Node, ...]) -> list[Node]:
    """The names above a fact, from the top down: headings, the sheet's, and those of its row."""
    own = sheet.chain()
    if isinstance(fact, Node) and fact in context:
        return list(context)
    top = min((rank_of(node) for node in own), default=99)
    upper = [node for node in context if rank_of(node) < top]
    below = [node for node in context if rank_of(node) >= top and node not in own and not _named_by(own, node)]
    chain = [*upper, *own]
    if isinstance(fact, Text | Number | Named) and fact.row is not None:
        row = draft.rows.get(fact.row)
        if row is not None:
            return chain_of_row([*upper, *own, *below], row.nodes)
    return [*chain, *below] if below and not own else chain


def _named_by(own: Sequence[Node], node: Node) -> bool:
    return any(is_same(node, other) for other in own)


def _printed(fact: Fact) -> Excerpt | None:
    """Where a fact is printed."""
    if isinstance(fact, Number):
        return fact.printed
    if isinstance(fact, Named):
        return next(iter(fact.name.sources), None)
    return fact.value


def _texts(
    document: Document, placed: Iterable[tuple[Measure, Fact]], year: DocumentYear, gathering: Gathering
) -> Iterator[Statement]:
    """Organisations, passages and judgements. What is printed once more on another page is no new record."""
    said: set[tuple[str, str, str | None, RowKey | None, int | None, str, str, str]] = set()
    judged: set[tuple[str | None, ...]] = set()
    for node, fact in placed:
        if not isinstance(fact, Text) or fact.kind == "row":
            continue
        about_what = squeeze("".join(part.text for part in fact.subject)) or fact.field
        row = fact.value.place.cell, fact.value.place.item
        counted = squeeze(fact.indicator.text) if fact.indicator else ""
        key = (
            node.measure_id, fact.kind, fact.evaluator, fact.row, fact.year, about_what, counted,
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
            for statement in _judgement(document, fact, node, year, gathering):
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


def _judgement(
    document: Document, fact: Text, node: Measure, year: DocumentYear, gathering: Gathering
) -> Iterator[Statement]:
    value = fact.value
    kind = kind_of(value.text, YearSense(1996, 2035))
    is_dash = kind == "absent" and len(squeeze(value.text)) == 1 and fact.row is not None
    if is_dash:
        yield Label(value)
        return
    if fact.options is not None or options_of(value) is not None or is_judgement(value.text):
        indicator = gathering.find(node.measure_id, fact.indicator) if fact.indicator is not None else None
        whose = Whose(node.measure_id, indicator, fact.year if fact.year is not None else year.year)
        yield from judgement_statements(document, fact, whose)
    elif "。" in value.text or len(squeeze(value.text)) > 32:
        section: Section = "next_year" if fact.kind == "direction" else "finding"
        yield from passages(items_of(value), document.document_id, section, measure_id=node.measure_id)


def _layout(draft: Draft) -> LayoutName:
    if not draft.rows:
        return "general.form"
    in_lists = [fact for fact in draft.facts if isinstance(fact, Number) and fact.row is not None]
    return "general.progress" if in_lists else "general.review"


def _unknown(draft: Draft, statements: Iterable[Statement]) -> Iterator[Excerpt]:
    """Short texts that nothing was read from and that stand where labels stand, the most frequent first."""
    claimed = {evidence.excerpt.place for s in statements if isinstance(s, Entry) for evidence in s.evidence}
    claimed |= {statement.excerpt.place for statement in statements if isinstance(statement, Label)}
    found: list[Excerpt] = []
    for grid in draft.grids:
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
        1 < len(squeezed) <= _LONGEST_LABEL and not re.match(r"[\d△▲(（]", squeezed) and not is_absent(text.text)
        and "。" not in squeezed
    )  # fmt: skip


def _remarks(city: Finding, year: DocumentYear, unknown: Sequence[Excerpt]) -> Iterator[Remark]:
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
    if year.rivals:
        years = ", ".join(dict.fromkeys(str(one) for one, _ in year.rivals))
        yield Remark(
            "ambiguous",
            "note",
            say("the document can be of more than one fiscal year: {years}; none is taken", years=years),
            year.rivals[0][1],
            observed=years,
        )
