"""The tables of a snapshot, arranged as a person checks them: blocks by page, records by measure, findings by place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import get_args

from pipeline.printed import READ_FROM_PRINT
from pipeline.review.fields import (
    FieldView,
    Pointers,
    category_text,
    field_view,
    number_text,
    pointers_of,
    shown_columns,
)
from schemas.closed_sets import Severity
from schemas.declare import Text, declaration_of
from schemas.messages import phrase
from schemas.records import (
    Block,
    DocumentRow,
    Finding,
    Grade,
    GradeCount,
    Indicator,
    Measure,
    MeasureLink,
    MeasureOrg,
    Observation,
    Passage,
    Provenance,
    Record,
    Score,
    record_id,
)
from schemas.rows import Tables, rows_of
from schemas.wording import categories


@dataclass(frozen=True, slots=True)
class RecordView:
    """One record: its number on the page of the review, and its fields, one for each column of its group.

    `indicator` says which indicator an observation, or a grade, is of.
    """

    number: int
    table_name: str
    record_id: str
    fields: tuple[FieldView, ...]
    indicator: str | None = None

    @property
    def named(self) -> str | None:
        """The name of an indicator; None of other records."""
        return next((field.raw or field.printed for field in self.fields if field.name == "indicator_name"), None)


@dataclass(frozen=True, slots=True)
class TableView:
    """The records of one table that belong to one measure, with the columns in which any of them has a value."""

    name: str
    title: Text
    columns: tuple[Text, ...]
    records: tuple[RecordView, ...]

    @property
    def has_indicators(self) -> bool:
        return any(record.indicator for record in self.records)


@dataclass(frozen=True, slots=True)
class GridCell:
    """A value in the years of an indicator: the number of its record, and what it says."""

    record: int
    text: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """The values of one indicator and role, by year; `name` and `unit` stand in the first row of an indicator."""

    name: str | None
    unit: str | None
    role: Text
    cells: tuple[tuple[GridCell, ...], ...]


@dataclass(frozen=True, slots=True)
class GridView:
    """The observations of a measure as a person lays them out: indicators and roles down, years across."""

    years: tuple[int | None, ...]
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A measure with everything that is recorded of it; without a measure, what belongs to the whole document."""

    number: int
    level: Text | None
    code: str | None
    name: str | None
    depth: int
    tables: tuple[TableView, ...]
    grid: GridView | None = None


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block and its number in the document, from 1."""

    number: int
    block: Block


@dataclass(frozen=True, slots=True)
class TableBlocks:
    """The rows of one table of a document without boxes: its cells stand where they are printed."""

    rows: tuple[tuple[BlockView, ...], ...]


@dataclass(frozen=True, slots=True)
class PageView:
    """A page: its size in points (None in a text document) and its blocks; laid out as tables where it has no size."""

    number: int
    width: float | None
    height: float | None
    blocks: tuple[BlockView, ...]
    layout: tuple[BlockView | TableBlocks, ...]

    @property
    def is_recognised(self) -> bool:
        """Whether the page was read from its picture: its print has a confidence."""
        return any(view.block.confidence is not None for view in self.blocks)


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding, what it says in both languages, the blocks it is about and the record it names. `observed` is left out
    where the message says it."""

    number: int
    finding: Finding
    rule: Text
    severity: Text
    message: Text
    expected: Text | None
    observed: Text | None
    blocks: tuple[int, ...]
    record: int | None


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document as it is checked."""

    row: DocumentRow
    status: Text
    pages: tuple[PageView, ...]
    measures: tuple[MeasureView, ...]
    findings: tuple[FindingView, ...]
    counts: Mapping[str, int]

    @property
    def programme(self) -> str | None:
        """What tells a sheet from its like: the one measure that it is about; None where there are more."""
        names = dict.fromkeys(
            measure.name for measure in self.measures if measure.name and measure.level and measure.tables
        )
        return next(iter(names)) if len(names) == 1 else None

    @property
    def owners(self) -> tuple[tuple[str, str, str], ...]:
        """What a record may be added to: the table, the id and the name of each measure and indicator."""
        return tuple(
            (table.name, record.record_id, " ".join(filter(None, (measure.code, record.named or measure.name))))
            for measure in self.measures
            for table in measure.tables
            if table.name in ("measures", "indicators")
            for record in table.records
        )

    @property
    def severities(self) -> Mapping[str, int]:
        return Counter(found.finding.severity for found in self.findings)

    @property
    def unclaimed(self) -> tuple[BlockView, ...]:
        return tuple(view for page in self.pages for view in page.blocks if view.block.role == "unclaimed")


def document_view(tables: Tables) -> DocumentView:
    """The view of one document from its tables. Raises ValueError where the tables are not of exactly one document."""
    (row,) = rows_of(tables, DocumentRow)
    blocks = tuple(BlockView(number, block) for number, block in enumerate(rows_of(tables, Block), start=1))
    pointers = pointers_of(rows_of(tables, Provenance), {view.block.block_id: view.number for view in blocks})
    measures = tuple(_measure_views(row, tables, pointers))
    numbers = {
        (record.table_name, record.record_id): record.number
        for measure in measures
        for table in measure.tables
        for record in table.records
    }
    return DocumentView(
        row=row,
        status=category_text("documents", "status", row.status),
        pages=tuple(_page_views(blocks)),
        measures=measures,
        findings=tuple(_finding_views(rows_of(tables, Finding), blocks, pointers, numbers)),
        counts={
            declaration_of(kind).name: len(rows_of(tables, kind))
            for kind in READ_FROM_PRINT
            if tables.get(declaration_of(kind).name)
        },
    )


def _page_views(blocks: Sequence[BlockView]) -> Iterator[PageView]:
    by_page = sorted(blocks, key=lambda view: view.block.page)
    for number, group in groupby(by_page, key=lambda view: view.block.page):
        views = tuple(group)
        sized = next((view.block for view in views if view.block.page_width and view.block.page_height), None)
        yield PageView(
            number=number,
            width=sized.page_width if sized else None,
            height=sized.page_height if sized else None,
            blocks=views,
            layout=() if sized else tuple(_laid_out(views)),
        )


def _laid_out(views: Sequence[BlockView]) -> Iterator[BlockView | TableBlocks]:
    for table, group in groupby(views, key=lambda view: view.block.table_index):
        if table is None:
            yield from group
            continue
        cells = sorted(group, key=lambda view: (view.block.row or 0, view.block.col or 0))
        yield TableBlocks(tuple(tuple(row) for _, row in groupby(cells, key=lambda view: view.block.row)))


def _measure_views(row: DocumentRow, tables: Tables, pointers: Pointers) -> Iterator[MeasureView]:
    measures = {measure.measure_id: measure for measure in rows_of(tables, Measure)}
    belonging: dict[str | None, list[Record]] = {None: [row], **{identity: [] for identity in measures}}
    indicators = {indicator.indicator_id: indicator for indicator in rows_of(tables, Indicator)}
    owners = {identity: indicator.measure_id for identity, indicator in indicators.items()}
    names = {identity: _name_of(indicator) for identity, indicator in indicators.items()}
    shown: Iterable[Record]
    for kind in READ_FROM_PRINT:
        shown = rows_of(tables, kind)
        for record in shown:
            owner = _owner(record, owners)
            belonging.setdefault(owner if owner in measures else None, []).append(record)
    number = 0
    for position, (identity, records) in enumerate(belonging.items()):
        views = []
        grid = None
        for name, group in groupby(records, key=_table_name):
            found = tuple(group)
            views.append(_table_view(name, found, number + 1, pointers, names))
            if name == "observations":
                grid = _grid_view(found, number + 1, indicators)
            number += len(found)
        measure = measures.get(identity or "")
        yield MeasureView(
            number=position,
            level=category_text("measures", "measure_level", measure.measure_level) if measure else None,
            code=measure.measure_code if measure else None,
            name=measure.measure_name if measure else None,
            depth=_depth(measure, measures),
            tables=tuple(views),
            grid=grid,
        )


def _grid_view(found: Sequence[Record], first: int, indicators: Mapping[str, Indicator]) -> GridView:
    """The observations with years across; the roles of an indicator in the order of the contract."""
    numbered = [(number, row) for number, row in enumerate(found, start=first) if isinstance(row, Observation)]
    years = sorted({row.fiscal_year for _, row in numbered}, key=lambda year: (year is not None, year or 0))
    roles = [category.value for category in categories("observations", "role")]
    order = {identity: position for position, identity in enumerate(dict.fromkeys(r.indicator_id for _, r in numbered))}
    groups: dict[tuple[int, int], list[tuple[int, Observation]]] = {}
    for number, row in numbered:
        groups.setdefault((order[row.indicator_id], roles.index(row.role)), []).append((number, row))
    rows = []
    said: set[int] = set()
    for (position, _), group in sorted(groups.items(), key=lambda item: item[0]):
        one = group[0][1]
        indicator = indicators.get(one.indicator_id)
        units = {row.unit for _, row in group}
        rows.append(
            GridRow(
                name=_name_of(indicator) if indicator and position not in said else None,
                unit=one.unit if len(units) == 1 else None,
                role=category_text("observations", "role", one.role),
                cells=tuple(
                    tuple(GridCell(n, _grid_text(row, len(units) > 1)) for n, row in group if row.fiscal_year == year)
                    for year in years
                ),
            )
        )
        said.add(position)
    return GridView(tuple(years), tuple(rows))


def _name_of(indicator: Indicator) -> str:
    return indicator.indicator_name or indicator.indicator_text


def _indicator_of(record: Record, names: Mapping[str, str]) -> str | None:
    return names.get(record.indicator_id or "") if isinstance(record, Observation | Grade) else None


def _grid_text(row: Observation, with_unit: bool) -> str:
    if row.value is None:
        return row.value_text or "·"
    sign = row.comparator if row.comparator not in (None, "=") else ""
    return f"{sign}{number_text(row.value)}{row.unit or '' if with_unit else ''}"


def _table_name(record: Record) -> str:
    return declaration_of(record).name


def _owner(record: Record, owners: Mapping[str, str]) -> str | None:
    if isinstance(record, Observation):
        return owners.get(record.indicator_id)
    if isinstance(record, Measure | MeasureOrg | MeasureLink | Indicator | Grade | GradeCount | Score | Passage):
        return record.measure_id
    return None


def _depth(measure: Measure | None, measures: Mapping[str, Measure]) -> int:
    seen: set[str] = set()
    while measure is not None and measure.parent_measure_id and measure.measure_id not in seen:
        seen.add(measure.measure_id)
        measure = measures.get(measure.parent_measure_id)
    return len(seen)


def _table_view(
    name: str, records: Sequence[Record], first: int, pointers: Pointers, indicators: Mapping[str, str]
) -> TableView:
    declaration = declaration_of(records[0])
    columns = tuple(shown_columns(declaration, records))
    return TableView(
        name=name,
        title=declaration.title,
        columns=tuple(column.title for column in columns),
        records=tuple(
            RecordView(
                number=number,
                table_name=name,
                record_id=record_id(record),
                fields=tuple(field_view(declaration, record, column, pointers) for column in columns),
                indicator=_indicator_of(record, indicators),
            )
            for number, record in enumerate(records, start=first)
        ),
    )


def _finding_views(
    findings: Iterable[Finding],
    blocks: Sequence[BlockView],
    pointers: Pointers,
    numbers: Mapping[tuple[str, str], int],
) -> Iterator[FindingView]:
    grave = get_args(Severity)
    in_order = sorted(findings, key=lambda finding: (grave.index(finding.severity), finding.page or 0))
    for number, finding in enumerate(in_order, start=1):
        record = (finding.table_name or "", finding.record_id or "")
        places = pointers.blocks.get((*record, finding.field_name or "")) or pointers.of_record.get(record)
        yield FindingView(
            number=number,
            finding=finding,
            rule=category_text("findings", "rule", finding.rule),
            severity=category_text("findings", "severity", finding.severity),
            message=Text(finding.message_ja or finding.message, finding.message),
            expected=phrase(finding.expected) if finding.expected else None,
            observed=phrase(finding.observed) if finding.observed and finding.observed not in finding.message else None,
            blocks=places or tuple(_named_in(finding, blocks)),
            record=numbers.get(record),
        )


def _named_in(finding: Finding, blocks: Sequence[BlockView]) -> Iterator[int]:
    """The blocks that print what was observed, for a finding that names no record."""
    wanted = "".join((finding.observed or "").split())
    if not wanted:
        return
    on_page = [view for view in blocks if finding.page in (None, view.block.page)]
    found = [view for view in on_page if wanted in "".join(view.block.text.split())]
    left = [view for view in found if view.block.role == "unclaimed"]
    yield from (view.number for view in (left or found)[:20])
