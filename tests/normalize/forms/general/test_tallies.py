"""Tables that count judgements say nothing of their own, and groups of heads name what their years count."""

from __future__ import annotations

import pytest

from extract import read_document
from extract.text import read_text
from normalize.reading import read_records
from schemas.records import Grade, Measure
from schemas.rows import Tables, rows_of
from tests.normalize.made import html_rows
from tests.normalize.said import numbers

SAID = "indicator unit year role value"
LIST = ("コード|施策名|担当課|評価", "1-1|港の備え|港湾課|Ａ", "1-2|岬の案内|観光課|Ｂ")


def read(*tables: tuple[str, ...]) -> Tables:
    body = "".join(f"<p>別表</p>{html_rows(*lines)}" for lines in tables)
    return read_records(read_document(f"<html><p>令和5年度 評価結果{body}".encode(), "made.html"))


@pytest.mark.parametrize(
    "tally",
    [
        ("政策|Ａ|Ｂ|Ｃ|計", "安らぎのまち|1|1|0|2", "豊かな海|3|0|2|5", "合計|4|1|2|7"),
        ("2x1:政策|1x3:令和4年度|1x3:令和5年度", "Ａ|Ｂ|Ｃ|Ａ|Ｂ|Ｃ", "安らぎのまち|1|1|0|0|2|0", "合計|4|1|2|3|3|1"),
        ("政策|順調|概ね順調|遅れ|計", "安らぎのまち|1|0|1|2", "豊かな海|2|1|0|3", "合計|3|1|1|5"),
        ("部|拡充|継続|縮小|廃止", "港湾部|1件|2件|－|－", "観光部|－|1件|1件|－"),
    ],
)
def test_counts_of_judgements_name_no_measure_and_judge_nothing(tally: tuple[str, ...]) -> None:
    tables = read(LIST, tally)
    assert {row.measure_name for row in rows_of(tables, Measure)} == {"港の備え", "岬の案内"}
    assert [row.grade_text for row in rows_of(tables, Grade)] == ["Ａ", "Ｂ"]
    assert numbers(tables, SAID) == set()


def test_a_head_with_a_unit_over_years_names_what_is_counted_beside_names() -> None:
    heads = ("2x1:施策名|2x1:担当課|1x2:市民満足度（％）|2x1:評価", "R4|R5")
    assert numbers(read((*heads, "港の備え|港湾課|41.2|44.0|Ａ", "岬の案内|観光課|30|28|Ｂ")), SAID) == {
        ("市民満足度", "%", 2022, "actual", 41.2), ("市民満足度", "%", 2023, "actual", 44.0),
        ("市民満足度", "%", 2022, "actual", 30), ("市民満足度", "%", 2023, "actual", 28),
    }  # fmt: skip


@pytest.mark.parametrize("head", ["中間評価時<br>令和4年度", "中間値 令和4年度", "中間評価時（R4）"])
def test_the_time_in_the_middle_of_a_plan_is_a_year(head: str) -> None:
    heads = f"指標|対象|策定時<br>平成29年度|{head}|実績値<br>令和5年度|判定"
    tables = read((heads, "案内の回数|－|年4回|年6回|年8回|ａ", "見学した人|成人|20人|30人|40人|ｂ"))
    assert ("案内の回数", "回", 2022, "actual", 6) in numbers(tables, SAID)
    assert {row.subject for row in rows_of(tables, Grade)} == {"案内の回数", "見学した人"}


HEADS = """
                                決算額    予算額                今後の
  No   事業名           担当課      R5        R6   必要性       方向性
"""


def test_heads_of_two_lines_in_a_text_are_read_together() -> None:
    rows = "   1   灯台補修事業     港湾課     120       130     Ａ           拡充\n"
    rows += "   2   霧笛更新事業     観光課      80        70     Ｂ           縮小\n"
    tables = read_records(read_text(f"令和5年度　事業評価\n\n（単位：千円）\n{HEADS}{rows}".encode(), "made.txt"))
    assert numbers(tables, SAID) == {
        ("決算額", "円", 2023, "actual", 120_000), ("予算額", "円", 2024, "forecast", 130_000),
        ("決算額", "円", 2023, "actual", 80_000), ("予算額", "円", 2024, "forecast", 70_000),
    }  # fmt: skip
    assert {row.subject for row in rows_of(tables, Grade)} == {"必要性", "今後の方向性"}
