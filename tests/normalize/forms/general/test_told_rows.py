"""Lists with rows between theirs: what is told of the row above, and the list that goes on behind any other row."""

from __future__ import annotations

import pytest

from extract import read_document
from normalize.reading import read_records
from schemas.records import Grade, Indicator, Measure, MeasureOrg, Observation, Passage
from schemas.rows import Tables, rows_of
from tests.normalize.made import html_rows

HEAD = "施策|指標|単位|R5|R6|評価|担当課"
FIRST, SECOND = "見学者数|人|5|6|Ａ", "催しの数|回|2|3|Ｂ"


def read(*lines: str) -> Tables:
    return read_records(read_document(f"<html><p>令和6年度 実施状況{html_rows(*lines)}".encode(), "made.html"))


def numbers(tables: Tables) -> set[tuple[str | None, int | None, float | None]]:
    names = {row.indicator_id: row.indicator_name for row in rows_of(tables, Indicator)}
    return {(names[o.indicator_id], o.fiscal_year, o.value) for o in rows_of(tables, Observation)}


def told(tables: Tables) -> set[tuple[str | None, str, str]]:
    names = {row.measure_id: row.measure_name for row in rows_of(tables, Measure)}
    return {(names.get(row.measure_id or ""), row.section, row.text) for row in rows_of(tables, Passage)}


ALL = {("見学者数", 2023, 5), ("見学者数", 2024, 6), ("催しの数", 2023, 2), ("催しの数", 2024, 3)}


@pytest.mark.parametrize(
    ("between", "section"),
    [
        ("1x5:≪成果と見直し≫　船が増えた。", "finding"),
        ("1x5:評価の理由：船が増えた。", "finding"),
        ("課題|1x4:船が増えた。", "issue"),
        ("実績|1x4:船が増えた。", "done"),
        ("1x5:船が増えた。", "background"),
    ],
)
def test_a_row_beside_merged_cells_tells_of_the_row_above(between: str, section: str) -> None:
    tables = read(HEAD, f"4x1:灯台の公開|{FIRST}|2x1:港湾課", between, f"{SECOND}|2x1:観光課", between)
    assert numbers(tables) == ALL
    assert told(tables) == {("灯台の公開", section, "船が増えた。")}
    assert [row.grade_text for row in rows_of(tables, Grade)] == ["Ａ", "Ｂ"]
    assert {row.org_name for row in rows_of(tables, MeasureOrg)} == {"港湾課", "観光課"}


def test_a_list_goes_on_behind_a_row_that_is_none_of_it() -> None:
    tables = read(HEAD, f"3x1:灯台の公開|{FIRST}|港湾課", "1x3:写真|1x3:図", f"{SECOND}|観光課")
    assert numbers(tables) == ALL
    assert [row.grade_text for row in rows_of(tables, Grade)] == ["Ａ", "Ｂ"]


def test_the_same_judgement_of_two_bodies_is_two() -> None:
    tables = read("事業|担当課|R5評価|R6評価", "2x1:灯台の公開|港湾課|Ａ|Ａ", "観光課|Ａ|Ｂ", "霧笛の更新|港湾課|Ｃ|Ｃ")
    assert [row.grade_text for row in rows_of(tables, Grade)] == ["Ａ", "Ａ", "Ａ", "Ｂ", "Ｃ", "Ｃ"]


@pytest.mark.parametrize(
    "lines",
    [
        ("2x1:1-1 港の備え|11|灯台の公開|Ａ", "12|霧笛の更新|Ｂ"),
        ("2x1:1-1 港の備え|11|灯台の公開|Ａ", "12|霧笛の更新|Ｂ", "1-2 船の安全|21|海図の配布|Ａ"),
    ],
)
def test_numbered_issues_over_codes_and_names_are_a_level(lines: tuple[str, ...]) -> None:
    tables = read("課題|コード|事業|評価", *lines)
    names = {row.measure_id: row.measure_name for row in rows_of(tables, Measure)}
    parents = {row.measure_name: names.get(row.parent_measure_id or "") for row in rows_of(tables, Measure)}
    assert parents["灯台の公開"] == parents["霧笛の更新"] == "港の備え"
    assert told(tables) == set()
