"""A small snapshot of two towns and two years, made by hand: every type, nulls, Japanese text, text like a formula."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from pipeline.columns import DECLARED
from pipeline.descriptor import data_package
from pipeline.parquet import write_snapshot
from pipeline.run.replace import MANIFEST
from pipeline.snapshot import TableFiles
from schemas.arrow import records_to_table
from schemas.declare import declaration_of
from schemas.records import (
    TABLES,
    Block,
    DocumentRow,
    Grade,
    GradeCount,
    GradeScheme,
    Indicator,
    Measure,
    MeasureOrg,
    Municipality,
    Observation,
    Passage,
    Provenance,
    Record,
    Result,
    Score,
    Series,
    Term,
    Token,
)
from schemas.validate import violations

NOTES = {"hyoka.schema_version": "1", "hyoka.inputs_sha256": "00"}

EAST, WEST = "012025", "132039"
"""Codes of two places; the first begins with a nought, which a reader that guesses types loses."""

FORMULA = '=HYPERLINK("http://example.invalid","見る")'


def _document(identity: str, code: str, name: str, year: int | None) -> DocumentRow:
    return DocumentRow(
        document_id=identity, sha256=identity * 4, source_name=f"{name}.pdf", media_type="application/pdf",
        size_bytes=3_000_000_000, page_count=2, layout="example", municipality_code=code, municipality_name=name,
        plan_name="産業振興計画", fiscal_year=year, status="converted", coverage=0.5,
    )  # fmt: skip


def _result(document: str, code: str, name: str, indicator: str, year: int | None, actual: float | None) -> Result:
    grade = None if actual is None else "S" if actual >= 10 else "C"
    return Result(
        document_id=document, municipality_code=code, municipality_name=name, plan_name="産業振興計画",
        measure_id=f"{document}-m2", measure_level="measure", measure_code="1-1", measure_name="創業支援",
        parent_name="産業", indicator_id=indicator, indicator_name="相談者数", indicator_text="相談者数 10人",
        unit="人", fiscal_year=year, target_value=10.0, target_text="10人", target_comparator=">=",
        actual_value=actual, achievement_ratio=None if actual is None else actual / 10,
        grade_scheme_id=None if grade is None else "example", grade=grade, grade_text=grade, source_name=f"{name}.pdf",
        open_findings=int(year is None),
    )  # fmt: skip


def _town(document: str, code: str, name: str, years: Sequence[tuple[int | None, float | None]]) -> list[Record]:
    indicator = f"{document}-i1"
    text = f"{name}は創業支援を進める。"
    rows: list[Record] = [
        _document(document, code, name, max((year for year, _ in years if year), default=None)),
        Measure(
            measure_id=f"{document}-m1", document_id=document, measure_level="policy", measure_code="1",
            measure_name="産業", position=1, set_on=datetime.date(2024, 4, 1),
        ),
        Measure(
            measure_id=f"{document}-m2", document_id=document, parent_measure_id=f"{document}-m1",
            measure_level="measure", measure_code="1-1", measure_name="創業支援", position=2, is_new=True,
        ),
        MeasureOrg(
            measure_id=f"{document}-m2", role="responsible", org_name="商工課", org_name_text="商工課", position=1
        ),
        Indicator(
            indicator_id=indicator, measure_id=f"{document}-m2", indicator_name="相談者数",
            indicator_text="相談者数 10人", unit="人", indicator_measure="count", position=1,
        ),
        Indicator(
            indicator_id=f"{document}-i2", measure_id=f"{document}-m2", indicator_name="事業費",
            indicator_text="事業費", unit="円", indicator_measure="currency", position=2, cost_kind="project",
        ),
        Observation(
            observation_id=f"{document}-i2-a", indicator_id=f"{document}-i2", fiscal_year=2024, role="actual",
            value=5_000_000.0, value_text="5,000千円", unit="円", comparator="=",
        ),
        Series(
            series_id=f"{document[:8]}00000000", municipality_code=code, plan_name="産業振興計画",
            measure_name="創業支援", indicator_name="事業費", unit="円", fiscal_year=2024, role="actual",
            value=5_000_000.0, value_text="5,000千円", observation_id=f"{document}-i2-a", document_id=document,
            editions=1, revised=False, first_value=5_000_000.0,
        ),
        Passage(
            passage_id=f"{document}-p1", document_id=document, measure_id=f"{document}-m2", section="done", item=1,
            text=text, text_raw=f"・{text}",
        ),
        Passage(
            passage_id=f"{document}-p2", document_id=document, section="background", item=1, text=FORMULA,
            text_raw=FORMULA,
        ),
        Token(
            passage_id=f"{document}-p1", token_index=0, surface=name, normalized_form=name, dictionary_form=name,
            reading_form="マチ", pos1="名詞", pos2="固有名詞", begin=0, end=len(name), is_oov=False, is_content=True,
        ),
        Term(
            measure_id=f"{document}-m2", document_id=document, rank=1, term="創業支援", normalized_form="創業支援",
            count=1, measure_count=1, tf_idf=1.0,
        ),
        Block(block_id=f"{document}-b1", document_id=document, page=2, kind="cell", table_index=0, row=0, col=0,
              x0=1.5, top=2.5, x1=3.5, bottom=4.5, text="10人\n", role="value"),
        Block(block_id=f"{document}-b2", document_id=document, page=1, kind="line", text="", role="furniture"),
        Provenance(table_name="indicators", record_id=indicator, field_name="indicator_text",
                   block_id=f"{document}-b1", document_id=document, page=2),
        GradeCount(document_id=document, grade_scheme_id="example", grade="S", count=0),
        Score(document_id=document, measure_id=f"{document}-m1", score=85.0, score_max=100.0, score_text="85点",
              score_recomputed=85.36),
    ]  # fmt: skip
    for year, actual in years:
        rows.append(_result(document, code, name, indicator, year, actual))
        rows.append(
            Observation(
                observation_id=f"{indicator}-t{year}", indicator_id=indicator, fiscal_year=year, role="target",
                value=10.0, value_text="10人", unit="人", comparator=">=",
            )
        )  # fmt: skip
        if actual is not None:
            rows.append(
                Grade(
                    grade_id=f"{indicator}-g{year}", document_id=document, measure_id=f"{document}-m2",
                    indicator_id=indicator, fiscal_year=year, grade_scheme_id="example", grade="-",
                    grade_text="-",
                )
            )  # fmt: skip
    return rows


def example_records() -> dict[str, tuple[Record, ...]]:
    """The tables by name; they keep the contract."""
    rows: list[Record] = [
        *_town("d" * 16, EAST, "東町", [(2024, 9.0), (2025, 12.0), (None, None)]),
        *_town("e" * 16, WEST, "西市", [(2025, None)]),
        GradeScheme(grade_scheme_id="example", kind="rating", grade="S", label_ja="目標以上", label_en="Above", rank=1,
                    score=1.0, lower_bound=1.0, lower_inclusive=True),
        GradeScheme(grade_scheme_id="example", kind="rating", grade="C", label_ja="要改善", label_en="Below", rank=2),
        Municipality(municipality_code=EAST, area_code="01202", municipality_name="東町", prefecture_iso="JP-01"),
        Municipality(municipality_code=WEST, area_code="13203", municipality_name="西市", prefecture_iso="JP-13"),
    ]  # fmt: skip
    tables = {d.name: tuple(row for row in rows if declaration_of(row) is d) for d in TABLES}
    assert list(violations(tables)) == []
    return tables


def example_tables() -> dict[str, pa.Table]:
    records = example_records()
    return {declaration.name: records_to_table(records[declaration.name], declaration) for declaration in TABLES}


def write_example(out: Path, keys: Sequence[str] = ()) -> Path:
    """The example as a snapshot in folder `out`, whole or in Hive layout."""
    write_snapshot(example_tables(), out, NOTES, keys)
    return out


def describe_anew(out: Path) -> None:
    """Write the descriptor of a snapshot whose files were changed by hand, as if another version had written them."""
    present = [
        TableFiles(declaration, (f"{declaration.name}.parquet",))
        for declaration in DECLARED
        if (out / f"{declaration.name}.parquet").is_file()
    ]
    (out / MANIFEST).write_text(data_package(out, present), encoding="utf-8")
