"""What the general reader leaves open, and says that it does."""

from __future__ import annotations

import pytest

from extract.text import read_text
from normalize.reading import read_records
from schemas.records import Finding, Observation
from schemas.rows import Tables, rows_of

TITLE = "見本市 施策評価シート\n\n"


def read(table: str) -> Tables:
    return read_records(read_text((TITLE + table).encode(), "made.txt"))


def test_several_numbers_in_a_cell_are_not_said_and_their_head_is_named() -> None:
    tables = read(
        "施策名\t指標名\t単位\t目標値<br>実績値\t評価\n子育て支援\t相談件数\t件\t120<br>135\tA\n防犯対策\t犯罪件数\t件\t300<br>280\tB\n"
    )
    assert not rows_of(tables, Observation)
    told = [finding for finding in rows_of(tables, Finding) if finding.rule == "ambiguous"]
    assert [finding.message for finding in told] == [
        "2 cells under 目標値実績値 hold several numbers each; none is said"
    ]


def test_a_year_without_an_era_is_none_where_no_other_year_is_printed() -> None:
    tables = read(
        "施策名\t指標名\t単位\t目標値\t23年度実績値\t評価\n子育て支援\t相談件数\t件\t120\t135\tA\n防犯対策\t犯罪件数\t件\t300\t280\tB\n"
    )
    assert {row.fiscal_year for row in rows_of(tables, Observation)} == {None}


def test_a_difference_behind_a_column_without_a_head_is_of_no_year() -> None:
    form = (
        "事務事業評価シート\n\n事務事業名\t港の朝市\n担当課\t港湾課\n目的\t港を守る。\n\n"
        "活動指標\t単位\t令和4年度実績\t{head}\t増減\n来場者数\t人\t580\t600\t20\n出店者数\t店\t31\t28\t▲3\n"
    )

    def years(head: str) -> set[int | None]:
        records = read_records(read_text(form.format(head=head).encode(), "form.txt"))
        return {seen.fiscal_year for seen in rows_of(records, Observation) if seen.role == "difference"}

    assert years("令和5年度実績") == {2023}
    assert not years("") & {2022, 2023}


FORM = (
    "令和5年度 事務事業評価シート\n\n事務事業名\t港の朝市\n担当課\t港湾課\n目的\t港を守る。\n\n"
    "指標名\t単位\t区分\t令和3年度\t令和4年度\n来場者数\t人\t目標値\t580\t600\n\t\t{role}\t541\t577\n"
)


@pytest.mark.parametrize(
    "role",
    [
        "実績値（累計）",
        "実績値（上半期）",
        "前年度実績値",
        "実績値（類似団体平均）",
        "実績値（県平均）",
        "令和2年度実績値",
        "実績値（順位）",
        "実績値（暦年）",
    ],
)
def test_a_row_of_another_time_or_of_others_is_no_actual_of_the_year_over_it(role: str) -> None:
    tables = read_records(read_text(FORM.format(role=role).encode(), "made.txt"))
    assert {(seen.role, seen.value) for seen in rows_of(tables, Observation)} == {("target", 580), ("target", 600)}
    assert [each.observed for each in rows_of(tables, Finding) if each.rule == "ambiguous"] == ["541", "577"]


@pytest.mark.parametrize("role", ["実績値（見込）", "実績値（推計）"])
def test_a_row_of_what_is_expected_is_a_forecast(role: str) -> None:
    tables = read_records(read_text(FORM.format(role=role).encode(), "made.txt"))
    assert {seen.role for seen in rows_of(tables, Observation)} == {"target", "forecast"}


def test_a_sum_over_years_in_a_cell_is_no_actual_of_one() -> None:
    form = FORM.replace("577", "累計577")
    tables = read_records(read_text(form.format(role="実績値").encode(), "made.txt"))
    assert {seen.value for seen in rows_of(tables, Observation) if seen.role == "actual"} == {541}
    assert "累計577" in {each.observed for each in rows_of(tables, Finding) if each.rule == "ambiguous"}


@pytest.mark.parametrize("role", ["実績", "実績値（確定値）", "実績値（年間合計）", "年度末実績値"])
def test_a_row_of_the_whole_year_is_the_actual(role: str) -> None:
    tables = read_records(read_text(FORM.format(role=role).encode(), "made.txt"))
    assert {(seen.fiscal_year, seen.value) for seen in rows_of(tables, Observation) if seen.role == "actual"} == {
        (2021, 541),
        (2022, 577),
    }
