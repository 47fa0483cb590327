"""Costs under heads that stand beside or over them: a year, a role and a unit said once for several amounts."""

from __future__ import annotations

import pytest

from extract import read_document
from extract.text import read_text
from normalize.reading import read_records
from schemas.records import Indicator, Observation
from schemas.rows import rows_of

HEAD = "令和4年度 事務事業評価シート\n\n事務事業名\t灯台の管理\n担当課\t港湾課\n\n"


def costs(table: str) -> set[tuple[str | None, int | None, str, float | None]]:
    tables = read_records(read_text((HEAD + table).encode(), "made.txt"))
    names = {row.indicator_id: row.indicator_name for row in rows_of(tables, Indicator)}
    return {(names[o.indicator_id], o.fiscal_year, o.role, o.value) for o in rows_of(tables, Observation)}


@pytest.mark.parametrize("head", ["令和3年度決算額<br>（千円）", "R3事業費決算<br>（千円）", "2021決算<br>（千円）"])
def test_a_head_beside_the_labels_and_the_amounts_says_year_and_unit(head: str) -> None:
    assert costs(f"{head}\t国庫支出金\t一般財源\n\t1,250\t40,679\n") == {
        ("国庫支出金", 2021, "actual", 1_250_000.0), ("一般財源", 2021, "actual", 40_679_000.0)
    }  # fmt: skip


def test_a_year_over_two_roles_is_the_year_of_both() -> None:
    assert costs("（単位：千円）\n\n項目\t令和3年度\t\n\t予算額\t決算額\n直接事業費\t479\t28,783\n") == {
        ("直接事業費", 2021, "forecast", 479_000.0), ("直接事業費", 2021, "actual", 28_783_000.0)
    }  # fmt: skip


def test_a_label_over_sentences_ends_a_table_of_costs() -> None:
    head = "R3決算<br>（千円）\t国庫支出金\t一般財源\n\t1\t2\n"
    rows = f"{head}改善案\t\t\n灯台の明かりを替えることを検討している。\t\t\n"
    assert {name for name, *_ in costs(rows)} == {"国庫支出金", "一般財源"}


_SOURCES = """<h1>令和4年度 主な事業</h1><table><tr><td rowspan="2">事業名</td><td rowspan="2">主管課</td>{heads}
<td colspan="2">財源内訳</td></tr><tr><td>県</td><td>一般財源</td></tr>
<tr><td>灯台の管理</td><td>港湾課</td>{first}<td>1,010</td><td>20</td></tr>
<tr><td>港の清掃</td><td>港湾課</td>{second}<td>1,015</td><td>35</td></tr></table>"""
_R4 = '<td rowspan="2">R4年度当初予算額（千円）</td>'
_R3 = '<td rowspan="2">R3年度当初予算額（千円）</td>'


def sources(heads: str, first: str, second: str) -> set[tuple[str, int | None, float | None]]:
    sheet = _SOURCES.format(heads=heads, first=first, second=second)
    tables = read_records(read_document(sheet.encode(), "sheet.html"))
    names = {row.indicator_id: str(row.indicator_name) for row in rows_of(tables, Indicator)}
    said = [(names[o.indicator_id], o.fiscal_year, o.value, o.role) for o in rows_of(tables, Observation)]
    assert {role for *_, role in said} == {"forecast"}
    return {(name, year, value) for name, year, value, _ in said if name != "当初予算額"}


def test_the_sources_of_one_budget_have_its_year_role_and_unit() -> None:
    assert sources(_R4, "<td>1,030</td>", "<td>1,050</td>") == {
        ("県", 2022, 1_010_000.0), ("一般財源", 2022, 20_000.0), ("県", 2022, 1_015_000.0), ("一般財源", 2022, 35_000.0)
    }  # fmt: skip


def test_of_two_budgets_the_sources_are_of_the_one_that_they_add_up_to() -> None:
    found = sources(_R3 + _R4, "<td>1,200</td><td>1,030</td>", "<td>1,300</td><td>1,050</td>")
    assert {year for _, year, _ in found} == {2022}


def test_budget_and_accounts_under_one_cost_are_of_that_cost() -> None:
    table = (
        "事務事業名\t活動指標\t\t令和6年度事業費（千円）\t\n\t指標名\t実績\t予算額\t決算額\n"
        "灯台の保守\t点検回数（回）\t4\t120\t110\n霧笛の保守\t点検回数（回）\t5\t80\t75\n"
    )
    found = {name for name, _, _, _ in costs(table)}
    assert "予算額" not in found
    assert "決算額" not in found


@pytest.mark.parametrize("corner", ["R3年度決算額<br>（千円）", "R3事業費決算<br>（千円）", "令和3年度決算（千円）"])
def test_one_cost_behind_the_label_of_its_year_is_of_that_year(corner: str) -> None:
    assert costs(f"{corner}\t事業費合計\n\t548\n") == {("事業費合計", 2021, "actual", 548_000.0)}


def test_a_part_of_an_amount_has_the_unit_of_the_amount_above_it() -> None:
    assert costs("区分\tR3決算\tR4決算\n補助金額（千円）\t2,400\t2,150\nうち一般財源\t1,400\t1,150\n") == {
        ("補助金額", 2021, "actual", 2_400_000.0), ("補助金額", 2022, "actual", 2_150_000.0),
        ("うち一般財源", 2021, "actual", 1_400_000.0), ("うち一般財源", 2022, "actual", 1_150_000.0),
    }  # fmt: skip
