"""Names that stand over the numbers of a row, beside one label for name and numbers."""

from __future__ import annotations

import pytest

from extract import read_document
from normalize.reading import read_records
from schemas.records import Indicator, Measure, Observation
from schemas.rows import rows_of

_SHEET = """<h1>平成25年度 事務事業評価シート</h1>
<table><tr><td>事務事業名</td><td>灯台の管理</td></tr></table>
<table>
<tr><td rowspan="4">事業実績（C）</td><td colspan="2">項目（単位：百万円）【数値目標】</td></tr>
<tr><td>23年度実績</td><td>24年度実績</td></tr>
<tr><td colspan="2">使用料収入</td></tr><tr><td>12</td><td>15</td></tr>
<tr><td rowspan="2">単位あたりコスト（A／C）</td><td colspan="2">{over}</td></tr><tr><td>28.4</td><td>29.5</td></tr>
<tr><td>市民一人あたりの充当額（単位：円）</td><td>3,356</td><td>3,678</td></tr>
</table>"""


def said(over: str) -> dict[str, tuple[str | None, list[float | None]]]:
    tables = read_records(read_document(_SHEET.format(over=over).encode(), "sheet.html"))
    observations = rows_of(tables, Observation)
    return {
        str(row.indicator_name): (row.unit, [o.value for o in observations if o.indicator_id == row.indicator_id])
        for row in rows_of(tables, Indicator)
    }


@pytest.mark.parametrize(
    ("over", "name"), [("", "単位あたりコスト（A／C）"), ("使用1件", "単位あたりコスト（A／C）使用1件")]
)
def test_a_name_over_numbers_names_no_row_beside_another_label(over: str, name: str) -> None:
    found = said(over)
    assert found["使用料収入"] == ("円", [12_000_000.0, 15_000_000.0])
    assert found[name][1] == [28.4, 29.5]
    assert found["市民一人あたりの充当額"] == ("円", [3356.0, 3678.0])


def test_a_name_ends_before_the_sentences_under_it() -> None:
    policy = "<tr><td>施策名</td><td>１．窓口の見直し<br>待ち時間を短くし、市民の手間を減らすことを進める。</td></tr>"
    sheet = _SHEET.format(over="").replace("</table>", policy + "</table>", 1)
    tables = read_records(read_document(sheet.encode(), "sheet.html"))
    assert [row.measure_name for row in rows_of(tables, Measure)] == ["窓口の見直し", "灯台の管理"]
