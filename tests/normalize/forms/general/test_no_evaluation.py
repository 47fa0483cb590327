"""What is no evaluation sheet says nothing, however many numbers and known words it prints."""

from __future__ import annotations

import pytest

from extract import read_document
from normalize.reading import read_records
from schemas.records import DocumentRow, Measure, Observation
from schemas.rows import rows_of

_SALARIES = """<h1>職員の給与・定員管理等について</h1><p>１ 実施内容</p><p>給料表は平成27年4月に改めた。</p>
<table><tr><td>区分</td><td>令和3年度</td><td>令和4年度</td></tr><tr><td>一般行政</td><td>29</td><td>28</td></tr>
<tr><td>総合計</td><td>63</td><td>62</td></tr></table>"""

_BUDGET = """<h1>令和4年度 灯台特別会計予算</h1><p>（単位：千円）</p>
<table><tr><td rowspan="2">目</td><td rowspan="2">本年度</td><td rowspan="2">前年度</td><td colspan="2">節</td></tr>
<tr><td>区分</td><td>金額</td></tr><tr><td rowspan="2">１ 管理費</td><td rowspan="2">900</td><td rowspan="2">800</td>
<td>８ 旅費</td><td>400</td></tr><tr><td>１０ 需用費</td><td>500</td></tr></table>"""


@pytest.mark.parametrize("sheet", [_SALARIES, _BUDGET])
def test_salaries_and_kinds_of_expense_are_no_measures(sheet: str) -> None:
    tables = read_records(read_document(sheet.encode(), "sheet.html"))
    assert rows_of(tables, DocumentRow)[0].status == "unrecognised"
    assert not rows_of(tables, Measure)
    assert not rows_of(tables, Observation)
