"""`matches.csv`: what a user knows of renamed things, as a table that any spreadsheet writes.

One line for each: ``table`` (``measures`` or ``indicators``, 施策 or 指標), ``name`` as the later edition prints it,
``same_as`` as an earlier one does, and, where it does not hold for all documents, ``municipality`` and ``plan``. It
stands beside `sources.csv` in an input folder. Tables keep what was given: `--into` and `merge` read it from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from normalize import GivenMatch, MatchedTable, given_again, given_match, thing_key
from pipeline.manifest import table_rows, text_to_municipality
from pipeline.snapshot import every_table, open_table, whole_snapshot
from pipeline.sources import MATCHES_NAME, Input, UsageError, printable
from schemas.arrow import table_to_records
from schemas.declare import declaration_of
from schemas.records import DocumentRow, Indicator, Match, Measure
from schemas.rows import Tables, rows_of

_HEADS: Mapping[str, str] = {
    **dict.fromkeys(("table", "表", "種類"), "table"),
    **dict.fromkeys(("name", "名称", "新しい名称"), "name"),
    **dict.fromkeys(("same_as", "旧名称", "以前の名称"), "same_as"),
    **dict.fromkeys(("municipality", "自治体", "自治体名", "市区町村"), "municipality"),
    **dict.fromkeys(("plan", "計画", "計画名"), "plan"),
}
_TABLES: Mapping[str, MatchedTable] = {
    "measures": "measures",
    "施策": "measures",
    "事業": "measures",
    "indicators": "indicators",
    "指標": "indicators",
}
_NEEDED = ("table", "name", "same_as")


def parse_matches(data: bytes, name: str) -> Iterator[GivenMatch]:
    """The matches of a file, in UTF-8 or CP932. Raises UsageError where a line cannot be meant.

    >>> [one.same_as for one in parse_matches("table,name,same_as\\n指標,来場者数,来館者数\\n".encode(), "matches.csv")]
    ['来館者数']
    """
    rows = table_rows(data, name)
    heads = [_HEADS.get(cell.strip().lower()) for cell in next(rows, [])]
    if missing := [column for column in _NEEDED if column not in heads]:
        raise UsageError(f"“{name}”: no column {missing[0]}. The first line names the columns: table, name, same_as")
    for number, cells in enumerate(rows, start=2):
        said = {column: cell.strip() for column, cell in zip(heads, cells, strict=False) if column and cell.strip()}
        if not said:
            continue
        where = f"“{name}”, line {number}"
        if missing := [column for column in _NEEDED if column not in said]:
            raise UsageError(f"{where}: no {missing[0]}")
        if said["table"] not in _TABLES:
            raise UsageError(f"{where}: {said['table']} is none of measures, indicators")
        code = text_to_municipality(said["municipality"], where) if "municipality" in said else None
        yield given_match(_TABLES[said["table"]], said["name"], said["same_as"], code, said.get("plan"))


def matches_in_folders(inputs: Iterable[Input]) -> list[GivenMatch]:
    """What the `matches.csv` of the input folders say. Raises UsageError as `parse_matches`, and OSError."""
    paths = [place / MATCHES_NAME for place in inputs if isinstance(place, Path) and place.is_dir()]
    return [one for path in paths if path.is_file() for one in parse_matches(path.read_bytes(), printable(str(path)))]


def matches_in_snapshot(out: Path) -> list[GivenMatch]:
    """What was given when a snapshot was made. Raises UsageError where there is none."""
    import pyarrow.compute as pc  # it takes a tenth of a second to load

    files = {found.declaration.name: found for found in every_table(whole_snapshot(out))}
    matches = open_table(out, files["matches"])
    series = pc.unique(matches.to_table(columns=["series_id"], filter=pc.field("method") == "given")["series_id"])
    if not len(series):
        return []
    tables: dict[str, Sequence[object]] = {}
    for kind in (Match, Measure, Indicator, DocumentRow):
        declaration = declaration_of(kind)
        table = open_table(out, files[declaration.name]).to_table(
            filter=pc.field("series_id").isin(series) if kind is Match else None
        )
        tables[declaration.name] = table_to_records(table, declaration)
    return matches_given(tables)  # type: ignore[arg-type]  # records of the tables that they are named by


def matches_given(tables: Tables) -> list[GivenMatch]:
    """The matches that were given, told from the rows of tables."""
    documents = {row.document_id: row for row in rows_of(tables, DocumentRow)}
    own = {row.measure_id: row.document_id for row in rows_of(tables, Measure)}
    keys = {}
    rows: list[Measure | Indicator] = [*rows_of(tables, Measure), *rows_of(tables, Indicator)]
    for row in rows:
        document = documents[own[row.measure_id]]
        plan = document.plan_name
        identity = row.measure_id if isinstance(row, Measure) else row.indicator_id
        of_plan = given_match("measures", "", "", plan_name=plan).plan_key
        keys[identity] = (thing_key(row), document.municipality_code, of_plan)
    return [*given_again(rows_of(tables, Match), keys)]
