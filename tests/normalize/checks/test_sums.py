"""Sums of printed costs: what they confirm, and what they say of a total that is not the sum of its parts."""

from __future__ import annotations

import pytest

from extract.text import read_text
from normalize.reading import read_records
from schemas.records import Finding, Indicator, Observation
from schemas.rows import Tables, rows_of

ROWS = {
    "国庫支出金": ("10", "20"), "一般財源": ("5", "7"), "事業費": ("15", "27"), "人件費": ("4", "6"),
    "総事業費": ("19", "33"),
}  # fmt: skip


def read(**changed: tuple[str, str]) -> Tables:
    rows = ROWS | changed
    body = "\n".join(f"{name}\t{first}\t{second}" for name, (first, second) in rows.items())
    head = "令和4年度 事務事業評価シート\n\n事務事業名\t灯台の管理\n\n（単位：千円）\n\n区分\tR3決算\tR4決算\n"
    return read_records(read_text((head + body).encode(), "made.txt"))


def confirmed(tables: Tables) -> set[tuple[str | None, int | None]]:
    names = {row.indicator_id: row.indicator_name for row in rows_of(tables, Indicator)}
    rows = rows_of(tables, Observation)
    return {(names[row.indicator_id], row.fiscal_year) for row in rows if row.confirmed_by == "sum"}


def differing(tables: Tables) -> set[tuple[str | None, str | None]]:
    found = rows_of(tables, Finding)
    return {(one.observed, one.expected) for one in found if one.rule == "sum-differs"}


def test_sources_of_funds_and_personnel_confirm_the_costs_that_they_make_up() -> None:
    tables = read()
    assert confirmed(tables) == {(name, year) for name in ROWS for year in (2021, 2022)}
    assert not differing(tables)


def test_a_total_that_is_not_the_sum_of_its_parts_is_told_and_stands() -> None:
    tables = read(事業費=("15", "72"))
    assert differing(tables) == {("72", "27,000"), ("33", "78,000")}
    messages = {row.message for row in rows_of(tables, Finding) if row.observed == "72"}
    assert messages == {"the parts that are printed for 72 (20, 7) add up to 27,000"}
    values = {row.value for row in rows_of(tables, Observation)}
    assert {72_000.0, 33_000.0} <= values
    assert confirmed(tables) == {(name, 2021) for name in ROWS}


def test_sources_that_never_add_up_to_a_cost_say_nothing_of_it() -> None:
    tables = read(国庫支出金=("10", "99"), 一般財源=("9", "9"))
    assert not {observed for observed, _ in differing(tables)} & {"15", "27"}


@pytest.mark.parametrize("shown", ["16", "14"])
def test_a_sum_may_be_off_by_what_rounding_makes(shown: str) -> None:
    tables = read(事業費=(shown, "27"), 総事業費=(str(int(shown) + 4), "33"))
    assert not differing(tables)


def test_a_part_that_is_named_alone_is_no_breakdown() -> None:
    head = "令和4年度 事務事業評価シート\n\n事務事業名\t灯台の管理\n\n（単位：千円）\n\n区分\tR3決算\tR4決算\n"
    tables = read_records(read_text((head + "事業費\t15\t27\nうち一般財源\t5\t7\n").encode(), "made.txt"))
    assert not confirmed(tables)
    assert not differing(tables)
