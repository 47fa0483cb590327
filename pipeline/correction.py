"""One correction of a document: what it is, and whether it can apply to any."""

from __future__ import annotations

import datetime
import json
import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from normalize import fiscal_year
from pipeline.printed import is_correctable
from schemas.declare import Column, Text, Value
from schemas.messages import say
from schemas.records import TABLES

Decision = Literal["accept", "correct", "remove", "add"]
_DECLARED = {declaration.name: declaration for declaration in TABLES}

ADDED: Mapping[str, tuple[str, ...]] = {
    "passages": ("section", "text", "fiscal_year"),
    "observations": ("role", "value", "fiscal_year", "unit"),
    "grades": ("grade", "fiscal_year", "subject"),
    "measure_orgs": ("role", "org_name"),
    "indicators": ("indicator_name", "indicator_measure"),
    "measures": ("measure_name", "measure_level", "measure_code"),
}
"""The tables that a record may be added to, and the columns that are said of it; what follows from them is not."""

_NEEDED = frozenset(
    {"section", "role", "value", "grade", "org_name", "indicator_name", "indicator_measure", "measure_name",
     "measure_level"}
)  # fmt: skip

REMOVED = frozenset({*ADDED, "grade_counts", "scores"})
"""The tables whose records may be removed, with what hangs on them."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision about one field: the value that was read is accepted, or replaced by `value` (empty for null); or
    about a whole record: it is removed, or one is added, with `values` by column and its print in a block.

    `printed` is the print that the reviewer saw; `document_id` and `source_name` say of which document.
    """

    document_id: str
    source_name: str
    table: str
    record: str
    field: str
    printed: str
    decision: Decision
    value: str
    reason: str
    reviewer: str
    block: str = ""
    values: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        if self.decision == "add":
            return (self.table, self.record, "+" + json.dumps([self.block, *self.values], ensure_ascii=False))
        return (self.table, self.record, self.field)


class CorrectionError(ValueError):
    """A correction that can apply to no document. `said` says in both languages what was met and what was expected."""

    def __init__(self, said: Text) -> None:
        super().__init__(said.en)
        self.said = said


def checked(correction: Correction) -> Correction:
    """The correction itself, where it can apply to some document. Raises CorrectionError where it cannot."""
    declaration = _DECLARED.get(correction.table)
    if declaration is None:
        raise CorrectionError(say("there is no table {table}", table=correction.table))
    if correction.decision in ("remove", "add"):
        _check_record(correction)
    elif not is_correctable(declaration, correction.field):
        open_ = ", ".join(c.name for c in declaration.columns if is_correctable(declaration, c.name)) or None
        raise CorrectionError(
            say(
                "{field} is not read from the page as such, so it cannot be corrected; of this table these can: {open}",
                field=f"{correction.table}.{correction.field}",
                open=open_,
            )
        )
    if correction.decision == "correct":
        text_to_value(correction.value, column_of(correction.table, correction.field))
    if correction.decision != "accept" and not correction.reason.strip():
        raise CorrectionError(say("reason: a corrected value needs one"))
    return correction


def _check_record(correction: Correction) -> None:
    """Raise CorrectionError where a record of a table cannot be removed, or added with these values."""
    if correction.decision == "remove":
        if correction.table not in REMOVED:
            raise CorrectionError(say("records of {table} cannot be removed", table=correction.table))
        return
    columns = ADDED.get(correction.table, ())
    if not columns:
        raise CorrectionError(say("no record can be added to {table}", table=correction.table))
    given = dict(correction.values)
    if unknown := sorted(given.keys() - set(columns)):
        raise CorrectionError(
            say("unknown keys {keys}; expected {names}", keys=", ".join(unknown), names=", ".join(columns))
        )
    if missing := [name for name in columns if name in _NEEDED and not given.get(name, "").strip()]:
        raise CorrectionError(say("no {keys}; expected {names}", keys=", ".join(missing), names=", ".join(columns)))
    for name, text in given.items():
        text_to_value(text, column_of(correction.table, name))


def column_of(table_name: str, field_name: str) -> Column:
    """The declaration of a column. Raises KeyError where there is none."""
    found = [column for column in _DECLARED[table_name].columns if column.name == field_name]
    if not found:
        raise KeyError(field_name)
    return found[0]


def text_to_value(text: str, column: Column) -> Value:
    """A value as it is written in a correction, in its column's type; an empty text is null.

    A year may be written as it is printed. Raises CorrectionError where the text is none of the column's values.

    >>> text_to_value("２０,０００", column_of("observations", "value"))
    20000.0
    >>> text_to_value("令和６年度", column_of("observations", "fiscal_year"))
    2024
    """
    text = text.strip()
    if not text:
        if not column.nullable:
            raise CorrectionError(say("value: {column} may not be empty", column=column.name))
        return None
    if column.categories and text not in column.categories:
        raise CorrectionError(
            say("value: expected one of {values}, met {text}", values=", ".join(column.categories), text=text)
        )
    try:
        return _parsed(text, column)
    except ValueError as error:
        raise CorrectionError(
            say("value: expected {kind}, met {text}", kind=say(_expected(column)), text=text)
        ) from error


_EXPECTED = {
    "string": "a text",
    "int32": "a whole number",
    "int64": "a whole number",
    "float64": "a number",
    "bool": "true or false",
    "date32": "a date as 2025-04-01",
}
_YEAR = "a fiscal year as 2024 or 令和6年度"
_FIRST_YEAR, _LAST_YEAR = 1868, 2199
"""The fiscal years that a sheet can speak of: from 明治元年 on, to the end of the next century. 6 alone is none."""
_DIGITS_OF_YEAR = 4
_NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?")
_MOST = 2**31


def plain_number(text: str) -> str | None:
    """The digits of a number without a unit, or None.

    >>> plain_number("２,０００"), plain_number("-0.5"), plain_number("20人"), plain_number("1e5")
    ('2000', '-0.5', None, None)
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    return plain.replace(",", "") if plain.isascii() and _NUMBER.fullmatch(plain) else None


def _parsed(text: str, column: Column) -> Value:
    if column.type == "string":
        return text
    if column.type == "bool":
        return {"true": True, "false": False}[text] if text in ("true", "false") else _refuse()
    if column.type == "date32":
        return datetime.date.fromisoformat(text)
    number = plain_number(text)
    if _is_year(column):
        year = int(number) if number and number.isdecimal() and len(number) <= _DIGITS_OF_YEAR else fiscal_year(text)
        return year if year is not None and _FIRST_YEAR <= year <= _LAST_YEAR else _refuse()
    if number is None:
        return _refuse()
    if column.type == "float64":
        return value if math.isfinite(value := float(number)) else _refuse()
    return int(number) if abs(int(number)) < _MOST else _refuse()


def _expected(column: Column) -> str:
    return _YEAR if _is_year(column) else _EXPECTED[column.type]


def _is_year(column: Column) -> bool:
    return column.type == "int32" and column.name.endswith(("fiscal_year", "_fy"))


def _refuse() -> Value:
    raise ValueError
