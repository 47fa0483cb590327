"""Rows that date the numbers above them, goals before bare years, titles in tables, and headings that name rows."""

from __future__ import annotations

import pytest

from extract import read_document
from extract.text import read_text
from normalize.cells.years import ANY_YEAR
from normalize.document.table_grid import grid_of
from normalize.forms.general.cells.dating_rows import dates_above
from normalize.forms.general.view import View
from normalize.reading import read_records
from schemas.document import Table
from schemas.records import Grade, Measure, Passage
from schemas.rows import Tables, rows_of
from tests.normalize.made import html_rows
from tests.normalize.said import numbers, parents

SAID = "measure indicator year role value"


def read(*lines: str) -> Tables:
    return read_records(read_document(f"<html><p>令和5年度 達成状況{html_rows(*lines)}".encode(), "made.html"))


@pytest.mark.parametrize(
    ("first", "label", "beside"),
    [
        ("4x1:港の備え|2x1:見学者数|2x1:人|数値|12|15|20|2x1:Ａ", "時点|", "2x1:案内の回数|2x1:回|数値|3|4|5|2x1:Ｂ"),
        ("4x1:港の備え|2x1:見学者数|2x1:人||12|15|20|2x1:Ａ", "|", "2x1:案内の回数|2x1:回||3|4|5|2x1:Ｂ"),
        ("港の備え|見学者数|人|数値|12|15|20|Ａ", "|||年度|", "|案内の回数|回|数値|3|4|5|Ｂ"),
    ],
)
def test_a_row_of_years_dates_the_numbers_of_its_name_and_heads_nothing(first: str, label: str, beside: str) -> None:
    rows = (first, f"{label}R1|R5|R7", beside, f"{label}（H30）|（R4）|（R7）")
    tables = read("施策|指標|単位|区分|策定時|現状|目標|評価", *rows)
    assert numbers(tables, SAID) == {
        ("港の備え", "見学者数", 2019, "baseline", 12), ("港の備え", "見学者数", 2023, "actual", 15),
        ("港の備え", "見学者数", 2025, "target", 20), ("港の備え", "案内の回数", 2018, "baseline", 3),
        ("港の備え", "案内の回数", 2022, "actual", 4), ("港の備え", "案内の回数", 2025, "target", 5),
    }  # fmt: skip
    assert [row.grade_text for row in rows_of(tables, Grade)] == ["Ａ", "Ｂ"]


def test_a_row_of_years_may_stand_over_the_numbers_of_its_name() -> None:
    rows = ("2x1:見学者数|2x1:人|R1|R5|R7|2x1:Ａ", "12|15|20", "2x1:案内の回数|2x1:回|H30|R4|R7|2x1:Ｂ", "3|4|5")
    tables = read("指標|単位|策定時|現状|目標|評価", *rows)
    assert {(year, value) for _, _, year, _, value in numbers(tables, SAID)} == {
        (2019, 12), (2023, 15), (2025, 20), (2018, 3), (2022, 4), (2025, 5),
    }  # fmt: skip


def test_years_under_numbers_with_nothing_beside_them_head_the_next_rows() -> None:
    rows = html_rows("区分|R4|R5", "見学者数|5|6", "|R2|R3", "案内の回数|7|8")
    (table,) = read_document(f"<html>{rows}".encode(), "made.html").items
    assert isinstance(table, Table)
    assert dates_above(View(grid_of(0, table), ANY_YEAR), 2) == {}


def test_goals_before_bare_years_stand_together_under_what_is_counted() -> None:
    heads = ("2x1:施設名|2x1:所管課|1x4:利用者数（人）|2x1:総合評価", "目標|R4年度|目標|R5年度")
    tables = read(*heads, "灯台|港湾課|50|48|60|62|Ａ", "岬の館|観光課|20|25|30|28|Ｂ")
    assert ("灯台", "利用者数", 2022, "target", 50) in numbers(tables, SAID)
    assert ("灯台", "利用者数", 2023, "actual", 62) in numbers(tables, SAID)
    assert ("岬の館", "利用者数", 2023, "target", 30) in numbers(tables, SAID)


@pytest.mark.parametrize("number", ["Ⅰ Ⅱ", "① ②", "A. B.", "1 2"])
def test_titles_in_the_first_row_of_tables_of_one_kind_are_names(number: str) -> None:
    one, two = number.split()
    head = ("指標名|単位|R4|R5", "見学者数|人|5|6", "案内の回数|回|2|3")
    tables = "".join(html_rows(f"1x4:{code} {name}", *head) for code, name in ((one, "港の備え"), (two, "岬の案内")))
    found = read_records(read_document(f"<html><p>令和5年度 達成状況{tables}".encode(), "made.html"))
    assert parents(found) == {("港の備え", None), ("岬の案内", None)}


def test_letters_and_numbers_are_codes_of_the_plan() -> None:
    tables = read(
        "1x4:政策Ａ　港の備え", "施策|施策名|担当課|評価", "Ａ１|灯台の公開|港湾課|Ａ", "Ａ２|霧笛の更新|港湾課|Ｂ"
    )
    assert parents(tables) == {("港の備え", None), ("灯台の公開", "港の備え"), ("霧笛の更新", "港の備え")}


@pytest.mark.parametrize("heading", ["【{}】", "（1）{}", "■ {}"])
def test_a_heading_that_is_the_name_of_a_row_tells_of_that_row(heading: str) -> None:
    table = "事業名\t担当課\t予算額\t決算額\n灯台補修事業\t港湾課\t120\t110\n霧笛更新事業\t観光課\t80\t70\n"
    texts = {"灯台補修事業": "灯台を直した。", "霧笛更新事業": "笛を替えた。"}
    told = "".join(f"{heading.format(name)}\n\n{text}\n\n" for name, text in texts.items())
    text = f"令和5年度　主要施策の成果\n\n第２項　管理費\n\n{table}\n{told}"
    found = read_records(read_text(text.encode(), "made.txt"))
    names = {row.measure_id: row.measure_name for row in rows_of(found, Measure)}
    assert {(names[row.measure_id or ""], row.text) for row in rows_of(found, Passage)} == {*texts.items()}


def test_words_that_come_again_under_an_effect_are_judgements() -> None:
    lines = (
        "灯台の公開|港湾課|効果あり|船が増えた。",
        "霧笛の更新|港湾課|効果なし|古い。",
        "海図の配布|観光課|効果あり|助かった。",
    )
    tables = read("事業名|担当課|事業効果|意見", *lines)
    assert {(row.subject, row.grade_text) for row in rows_of(tables, Grade)} == {
        ("事業効果", "効果あり"), ("事業効果", "効果なし"),
    }  # fmt: skip
