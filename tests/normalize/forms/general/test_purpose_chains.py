"""Forms that set what a project is for at the left, and the indicators of it at the right, by the letters of each."""

from __future__ import annotations

from extract import read_document
from normalize.reading import read_records
from schemas.records import Indicator, Observation, Passage
from schemas.rows import Tables, rows_of
from tests.normalize.made import html_rows

FORM = "<html><p>令和5年度 事務事業評価シート<table><tr><td>事務事業名<td>灯台の管理</table>"
CHAIN = (
    "1x2:（１）目的|1x2:（２）指標",
    "2x1:①手段|2x1:灯を替え、塔を塗る。|⑤活動指標（活動の量を表す指標）|単位",
    "ア　点検の回数/イ　塗った塔の数|回/基",
    "2x1:②対象（誰のためか）|2x1:湾に出る船|⑥対象指標（対象の大きさを表す指標）|単位",
    "ア　船の数|隻",
    "2x1:③意図（どうしたいか）|2x1:夜も安全に走れる。|⑦成果指標（意図の達成を表す指標）|単位",
    "ア　事故の件数|件",
)
NUMBERS = (
    "1x3:指標|令和4年度（実績）|令和5年度（実績）|令和6年度（計画）",
    "2x1:⑤活動指標|ア|回|10|12|14",
    "イ|基|3|4|5",
    "⑥対象指標|ア|隻|210|205|200",
    "⑦成果指標|ア|件|4|2|0",
)


def table(*lines: str) -> str:
    """A table by its rows, / for a new line in a cell; a label as high as two rows is printed 2x1:."""
    return html_rows(*(line.replace("/", "<br>") for line in lines))


def read() -> Tables:
    return read_records(read_document((FORM + table(*CHAIN) + "<p>" + table(*NUMBERS)).encode(), "made.html"))


def test_what_stands_at_the_left_of_indicators_is_told_of_the_project() -> None:
    texts = {row.text for row in rows_of(read(), Passage)}
    assert {"灯を替え、塔を塗る。", "湾に出る船", "夜も安全に走れる。"} <= texts


def test_the_names_of_one_cell_are_indicators_with_a_unit_each() -> None:
    found = {(row.indicator_name, row.unit) for row in rows_of(read(), Indicator)}
    assert found == {("点検の回数", "回"), ("塗った塔の数", "基"), ("船の数", "隻"), ("事故の件数", "件")}


def test_the_numbers_of_a_letter_are_of_the_indicator_that_it_names() -> None:
    tables = read()
    names = {row.indicator_id: row.indicator_name for row in rows_of(tables, Indicator)}
    said = {(names[row.indicator_id], row.fiscal_year, row.role, row.value) for row in rows_of(tables, Observation)}
    assert {("塗った塔の数", 2023, "actual", 4.0), ("塗った塔の数", 2024, "target", 5.0)} <= said
    assert ("事故の件数", 2022, "actual", 4.0) in said
