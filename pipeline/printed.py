"""Which column holds the print of a value, and which values a person may correct."""

from __future__ import annotations

from schemas.declare import TableDeclaration, Value
from schemas.records import (
    DocumentRow,
    Grade,
    GradeCount,
    Indicator,
    Measure,
    MeasureLink,
    MeasureOrg,
    Observation,
    Passage,
    Score,
)

READ_FROM_PRINT: tuple[type, ...] = (
    Measure, MeasureOrg, MeasureLink, Indicator, Observation, Grade, Score, GradeCount, Passage,
)  # fmt: skip
"""The tables whose every record was read from the page, in the order in which a person checks them."""

CORRECTABLE_TABLES: tuple[type, ...] = (DocumentRow, *(kind for kind in READ_FROM_PRINT if kind is not MeasureLink))
"""The tables whose values are read from the page. What is derived from them follows a correction by itself."""

_OF_THE_FILE = frozenset(
    {"sha256", "source_name", "media_type", "size_bytes", "page_count", "layout", "status", "reader", "source_url",
     "retrieved_on"}
)  # fmt: skip
_NOT_READ = frozenset(
    {"position", "item", "coverage", "grade_recomputed", "score_recomputed", "municipality_name", "measure_level",
     "municipality_source", "fiscal_year_source", "reading", "confirmed_by"}
)  # fmt: skip


def twin_column(declaration: TableDeclaration, name: str) -> str | None:
    """The column that holds the print of a clean value, or None where the table keeps none beside it.

    >>> from schemas.declare import declaration_of
    >>> twin_column(declaration_of(Observation), "value"), twin_column(declaration_of(Passage), "text")
    ('value_text', 'text_raw')
    """
    names = {column.name for column in declaration.columns}
    return next((twin for twin in (f"{name}_text", f"{name}_raw") if twin in names), None)


def is_verbatim(name: str) -> bool:
    """Whether a column holds print, which nobody corrects: the clean column beside it is corrected.

    >>> is_verbatim("value_text"), is_verbatim("text_raw"), is_verbatim("text")
    (True, True, False)
    """
    return name.endswith(("_text", "_raw"))


def is_correctable(declaration: TableDeclaration, name: str) -> bool:
    """Whether a column's value may be accepted or corrected: read from the page, no key, no reference and no print.

    >>> from schemas.declare import declaration_of
    >>> [is_correctable(declaration_of(Observation), name) for name in ("value", "value_text", "observation_id")]
    [True, False, False]
    """
    column = next((column for column in declaration.columns if column.name == name), None)
    return (
        column is not None
        and declaration.record in CORRECTABLE_TABLES
        and name not in declaration.key
        and column.references is None
        and not is_verbatim(name)
        and name not in _OF_THE_FILE | _NOT_READ
    )


def value_to_text(value: Value) -> str:
    """A value as a person writes it: no trailing ``.0``, nothing for null, ``true`` and ``false``.

    >>> [value_to_text(value) for value in (20000.0, 0.5, None, True, "◎")]
    ['20000', '0.5', '', 'true', '◎']
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)
