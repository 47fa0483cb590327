"""Sheets of our own in many shapes, without a layout: NAME.txt gives the facts of NAME.csv, and no others.

One fact a line: ``record,of,what,fiscal_year,value,unit,text``. ``of`` is the node, of a measure its parent; ``what``
is the layout, the level, the role of a body, indicator and role, what is judged, or the section; ``value`` is the code
of the municipality or the node, the number with its comparator, or the grade; ``unit`` also tells who judges.
"""

import csv
from pathlib import Path

import pytest

from extract.read import read_document
from normalize.reading import read_records
from schemas.records import DocumentRow, Finding, Grade, Indicator, Measure, MeasureOrg, Observation, Passage, Record

FOLDER = Path(__file__).parents[3] / "golden" / "general"
COLUMNS = ("record", "of", "what", "fiscal_year", "value", "unit", "text")
SHEETS = sorted(path.stem for path in FOLDER.glob("*.txt"))


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_gives_its_facts_and_no_others(sheet: str) -> None:
    with (FOLDER / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert tuple(rows[0]) == COLUMNS
    assert sorted(facts_of(FOLDER / f"{sheet}.txt")) == sorted(map(tuple, rows[1:]))


def test_the_sheets_are_of_many_shapes() -> None:
    assert len(SHEETS) >= 8
    layouts = {row[2] for sheet in SHEETS for row in facts_of(FOLDER / f"{sheet}.txt") if row[0] == "document"}
    assert layouts == {"general.form", "general.progress", "general.review"}


def facts_of(path: Path) -> list[tuple[str, ...]]:
    """What the records of a sheet say, one row a fact."""
    tables = read_records(read_document(path.read_bytes(), path.name))
    rows = [row for name in tables for row in tables[name]]
    names: dict[str | None, str] = {None: ""}
    names |= {row.measure_id: row.measure_name or "" for row in rows if isinstance(row, Measure)}
    indicators = {row.indicator_id: row for row in rows if isinstance(row, Indicator)}
    return [fact for row in rows if (fact := _fact(row, names, indicators))]


def _fact(row: Record, names: dict[str | None, str], indicators: dict[str, Indicator]) -> tuple[str, ...] | None:
    match row:
        case DocumentRow():
            city = row.municipality_code
            return ("document", row.status, row.layout or "", _year(row.fiscal_year), city or "", "", row.title or "")
        case Measure():
            parent = names[row.parent_measure_id]
            return ("measure", parent, row.measure_level, "", row.measure_code or "", "", row.measure_name or "")
        case MeasureOrg():
            return ("org", names[row.measure_id], row.role, "", "", "", row.org_name)
        case Observation():
            indicator = indicators[row.indicator_id]
            what = f"{indicator.indicator_name} {row.role}"
            sign = "" if row.comparator in (None, "=") else row.comparator
            value = "" if row.value is None else f"{sign}{row.value:.12g}"
            year, text = _year(row.fiscal_year), row.value_text or ""
            return ("observation", names[indicator.measure_id], what, year, value, row.unit or "", text)
        case Grade():
            what = row.subject or (indicators[row.indicator_id].indicator_name if row.indicator_id else "") or ""
            year, judge = _year(row.fiscal_year), row.evaluator or ""
            return ("grade", names[row.measure_id], what, year, row.grade or "", judge, row.grade_text)
        case Passage():
            return ("passage", names[row.measure_id], row.section, _year(row.fiscal_year), "", "", row.text)
        case Finding() if row.rule == "layout-unknown":
            return ("finding", "", row.severity, "", "", "", row.observed or "")
        case _:
            return None


def _year(year: int | None) -> str:
    return "" if year is None else str(year)
