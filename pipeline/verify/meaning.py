"""Meaning: that numbers are those of their print, and that what is derived follows from what was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from normalize import (
    check_findings,
    grade_of_print,
    is_mark_of,
    is_print_of,
    results,
    terms,
)
from pipeline.verify.numerals import can_print, factors_of
from schemas.records import (
    Block,
    DocumentRow,
    Finding,
    Grade,
    Measure,
    MeasureOrg,
    Observation,
    Passage,
    Provenance,
    Record,
    Result,
    Score,
    Term,
    Token,
    record_id,
)
from schemas.rows import Tables, rows_of


def corrected_fields(tables: Tables) -> frozenset[tuple[str, str, str]]:
    """The fields that a person corrected, by table, record id and column: on purpose, they say other than the print."""
    return frozenset(
        (row.table_name, row.record_id, row.field_name)
        for row in rows_of(tables, Provenance)
        if row.method == "corrected"
    )


def values_off_print(tables: Tables) -> Iterator[str]:
    """The observations whose value their print cannot say, in the unit printed beside or above it."""
    corrected = corrected_fields(tables)
    units_of = _printed_units(tables)
    for seen in rows_of(tables, Observation):
        if seen.value is None or seen.value_text is None or ("observations", seen.observation_id, "value") in corrected:
            continue
        factors = factors_of(units_of.get(seen.observation_id, "") + seen.value_text)
        if not can_print(seen.value_text, Decimal(repr(seen.value)), factors):
            yield f"observations {seen.observation_id}: {seen.value} is not what {seen.value_text!r} says"


def _printed_units(tables: Tables) -> dict[str, str]:
    """What is printed where the unit of each observation was read, by the observation's id."""
    texts = {block.block_id: block.text for block in rows_of(tables, Block)}
    found: dict[str, str] = {}
    for row in rows_of(tables, Provenance):
        if (row.table_name, row.field_name) == ("observations", "unit"):
            found[row.record_id] = found.get(row.record_id, "") + texts.get(row.block_id, "")
    return found


def twins_off_print(tables: Tables) -> Iterator[str]:
    """The clean texts and grades that their print does not give: a name, a body, a passage, a mark, a score."""
    corrected = corrected_fields(tables)
    corrected_records = {key[:2] for key in corrected}
    for name, rows in tables.items():
        for row in rows:
            if (name, record_id(row)) in corrected_records:
                continue
            for twin, printed in _twins(row):
                if not is_print_of(twin, printed):
                    yield f"{name} {record_id(row)}: {twin!r} is not what {printed!r} says"
    for grade in rows_of(tables, Grade):
        read = grade_of_print(grade.grade_text, grade.grade_scheme_id)
        # A mark that only the document's own legend explains is its own code, a remark behind it aside.
        if ("grades", grade.grade_id, "grade") in corrected:
            continue
        if grade.grade != read and (read or not is_mark_of(grade.grade or "", grade.grade_text)):
            yield f"grades {grade.grade_id}: {grade.grade} is not what {grade.grade_text!r} says"
    for score in rows_of(tables, Score):
        if ("scores", record_id(score), "score") in corrected:
            continue
        if not can_print(score.score_text, Decimal(repr(score.score))):
            yield f"scores {record_id(score)}: {score.score} is not what {score.score_text!r} says"


def _twins(row: Record) -> Iterator[tuple[str, str]]:
    """The clean texts of a record, each with its print."""
    if isinstance(row, Passage):
        yield row.text, row.text_raw
    elif isinstance(row, Measure) and row.measure_name and row.measure_name_text:
        yield row.measure_name, row.measure_name_text
    elif isinstance(row, MeasureOrg):
        yield row.org_name, row.org_name_text


def tokens_off_text(tables: Tables) -> Iterator[str]:
    """The passages whose tokens, joined, are another text, or whose offsets do not follow each other."""
    texts = {passage.passage_id: passage.text for passage in rows_of(tables, Passage)}
    met = set()
    for passage_id, group in groupby(rows_of(tables, Token), key=lambda token: token.passage_id):
        tokens = list(group)
        met.add(passage_id)
        text = texts.get(passage_id, "")
        if "".join(token.surface for token in tokens) != text:
            yield f"tokens of {passage_id}: joined, they are not the passage's text"
        elif any(text[token.begin : token.end] != token.surface for token in tokens):
            yield f"tokens of {passage_id}: a token's offsets cut another text than its surface"
    for passage_id in texts.keys() - met:
        yield f"tokens of {passage_id}: the passage has none"


def contradictions_untold(tables: Tables) -> Iterator[str]:
    """What the self-checks say of the records and the findings do not, and the other way round."""
    told = Counter((row.rule, row.severity, row.message) for row in rows_of(tables, Finding))
    for document in rows_of(tables, DocumentRow):
        for found in check_findings(tables, document.document_id):
            if told[found.rule, found.severity, found.message]:
                told[found.rule, found.severity, found.message] -= 1
            else:
                yield f"findings: {found.rule} is untold of {found.record_id or ''}: {found.message}"
    for (rule, severity, message), count in told.items():
        if (rule, severity) in CHECKED_ONLY and count:
            yield f"findings: {rule} is told, but the records do not show it: {message}"


CHECKED_ONLY = {
    ("grade-differs", "error"),
    ("score-differs", "error"),
    ("reprint-differs", "warning"),
    ("unit-differs", "warning"),
}
"""What only a self-check states; any other finding may stem from the reading too."""


def results_that_differ(tables: Tables) -> Iterator[str]:
    """The rows of `results` that do not follow from the records, and those that are missing."""
    derived, present = Counter(results(tables)), Counter(rows_of(tables, Result))
    for row in present - derived:
        yield f"results {record_id(row)}: does not follow from the records"
    for row in derived - present:
        yield f"results {record_id(row)}: is missing"


def terms_that_differ(tables: Tables) -> Iterator[str]:
    """The rows of `terms` that do not follow from the passages' tokens, and those that are missing."""
    derived = Counter(terms(rows_of(tables, Measure), rows_of(tables, Passage), rows_of(tables, Token)))
    present = Counter(rows_of(tables, Term))
    for row in present - derived:
        yield f"terms {record_id(row)}: does not follow from the tokens"
    for row in derived - present:
        yield f"terms {record_id(row)}: is missing"
