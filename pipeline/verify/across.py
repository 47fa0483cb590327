"""What stands across documents: that `series` and `matches` follow from the records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from normalize import Edition, Family, Print, family_of, series_of
from pipeline.given_matches import matches_given
from schemas.declare import declaration_of
from schemas.records import (
    DocumentRow,
    Indicator,
    Match,
    Measure,
    Observation,
    Provenance,
    Record,
    Series,
    record_id,
)
from schemas.rows import Tables, rows_of


def series_that_differ(tables: Tables) -> Iterator[str]:
    """The rows of `series` and `matches` that do not follow from the records, and those that are missing."""
    derived: Counter[Record] = Counter()
    given = matches_given(tables)
    for family, editions in _families(tables).items():
        across = series_of(family, editions, given)
        derived.update(across.series)
        derived.update(across.matches)
    present: Counter[Record] = Counter((*rows_of(tables, Series), *rows_of(tables, Match)))
    for row in present - derived:
        yield f"{declaration_of(row).name} {record_id(row)}: does not follow from the records"
    for row in derived - present:
        yield f"{declaration_of(row).name} {record_id(row)}: is missing"


def _families(tables: Tables) -> dict[Family, list[Edition]]:
    measures: dict[str, list[Measure]] = {}
    indicators: dict[str, list[Indicator]] = {}
    observations: dict[str, list[Print]] = {}
    document_of: dict[str, str] = {}
    for measure in rows_of(tables, Measure):
        measures.setdefault(measure.document_id, []).append(measure)
        document_of[measure.measure_id] = measure.document_id
    for indicator in rows_of(tables, Indicator):
        document_id = document_of.get(indicator.measure_id, "")
        indicators.setdefault(document_id, []).append(indicator)
        document_of[indicator.indicator_id] = document_id
    for observation in rows_of(tables, Observation):
        observations.setdefault(document_of.get(observation.indicator_id, ""), []).append(Print.of(observation))
    codes = frozenset(
        row.record_id
        for row in rows_of(tables, Provenance)
        if row.table_name == "measures" and row.field_name == "measure_code"
    )
    families: dict[Family, list[Edition]] = {}
    for own_measures in measures.values():
        own_measures.sort(key=lambda measure: measure.position)
    for document in sorted(rows_of(tables, DocumentRow), key=lambda document: document.source_name):
        own = document.document_id
        families.setdefault(family_of(document), []).append(
            Edition(
                document, measures.get(own, ()), indicators.get(own, ()), observations.get(own, ()),
                frozenset(measure.measure_id for measure in measures.get(own, ()) if measure.measure_id in codes),
            )
        )  # fmt: skip
    return families
