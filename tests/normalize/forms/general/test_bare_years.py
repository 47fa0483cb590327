"""Amounts of four digits that look like years."""

from __future__ import annotations

from functools import partial

import pytest

from extract.text import read_text
from normalize.reading import read_records
from schemas.rows import Tables
from tests.normalize import said

HEAD = "令和5年度事務事業評価シート\n\n事務事業名\t灯台の管理\n\n"


def read(table: str) -> Tables:
    return read_records(read_text((HEAD + table).encode(), "made.txt"))


numbers = partial(said.numbers, columns="indicator year role value")


def test_amounts_under_years_head_nothing() -> None:
    tables = read("（単位：千円）\n\n区分\tR4決算\tR5決算\n人件費\t2000\t2050\n需用費\t1999\t2001\n合計\t3999\t4051\n")
    assert numbers(tables) == {
        ("人件費", 2022, "actual", 2_000_000.0), ("人件費", 2023, "actual", 2_050_000.0),
        ("需用費", 2022, "actual", 1_999_000.0), ("需用費", 2023, "actual", 2_001_000.0),
        ("合計", 2022, "actual", 3_999_000.0), ("合計", 2023, "actual", 4_051_000.0),
    }  # fmt: skip


def test_amounts_under_roles_head_nothing() -> None:
    tables = read("指標名\t単位\t目標\t実績\n見学者数\t人\t2000\t2001\n点検回数\t回\t10\t12\n")
    assert numbers(tables) == {
        ("見学者数", None, "target", 2000.0), ("見学者数", None, "actual", 2001.0),
        ("点検回数", None, "target", 10.0), ("点検回数", None, "actual", 12.0),
    }  # fmt: skip


@pytest.mark.parametrize("years", ["2015\t2025", "2020\t2021"])
def test_years_under_roles_are_years_where_nothing_else_stands_in_their_row(years: str) -> None:
    before, after = map(int, years.split("\t"))
    tables = read(f"指標名\t単位\t基準値\t目標値\n\t\t{years}\n見学者数\t人\t20\t30\n")
    assert numbers(tables) == {("見学者数", before, "baseline", 20.0), ("見学者数", after, "target", 30.0)}


def test_years_that_run_on_under_others_head_the_next_rows() -> None:
    tables = read("指標\tR3\tR4\n見学者数（人）\t20\t30\n指標\t2021\t2022\n点検回数（回）\t4\t5\n")
    assert {one for one in numbers(tables) if one[0] == "点検回数"} == {
        ("点検回数", 2021, "actual", 4.0), ("点検回数", 2022, "actual", 5.0)
    }  # fmt: skip


def test_what_is_counted_beside_a_cost_under_years_that_go_down() -> None:
    tables = read("年度\t見学者数（人）\t事業費（千円）\nR3\t2,100\t1,898\nR4\t2,150\t2,211\n")
    assert {name for name, *_ in numbers(tables)} == {"見学者数", "事業費"}


def test_labels_of_judgements_with_their_answers_end_a_table_of_costs() -> None:
    tables = read(
        "（単位：千円）\n\n区分\t\tR4決算\tR5決算\n直接事業費\t\t52\t49\n人件費\t\t12\t13\n評価\tＡ\t方向性\t拡充\n"
    )
    assert {text for _, text in said.grades(tables)} == {"Ａ", "拡充"}
    assert len(numbers(tables)) == 4
