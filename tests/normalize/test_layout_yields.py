"""A layout in code that a document only seems to be of gives way to the reading that understands it."""

from __future__ import annotations

from extract.text import read_text
from normalize.municipalities import LAYOUTS
from normalize.reading import read_records
from schemas.records import DocumentRow, Finding, Observation
from schemas.rows import rows_of
from tests.normalize.test_proposing import SHEET_TEXT

OTHER_FORM = (
    "武蔵野市 施策カルテ 令和6年度\n\n施策名\t桟橋の再生\n担当課\t港湾課\n\n予定\t実施\n\n"
    "指標名\t単位\t令和5年度実績\t令和6年度目標\t令和6年度実績\n利用者数\t人\t120\t130\t128\n修繕箇所\t箇所\t4\t5\t6\n\n"
    "事業費（千円）\t令和5年度決算\t令和6年度決算\n事業費\t1,200\t1,350\n一般財源\t1,000\t1,100\n\n"
    "現状と課題\t傷んだ板を替える人手が足りない。\n成果\t渡る人の足もとを確かにした。\n"
)
"""It shows 武蔵野市, 施策名, 予定 and 実施, as the sheets of Musashino do, and is another form."""


def test_a_layout_that_understands_little_yields_and_a_finding_says_so() -> None:
    document = read_text(OTHER_FORM.encode(), "other.txt")
    tables = read_records(document)
    (row,) = rows_of(tables, DocumentRow)
    assert (row.layout, row.status) == ("general.form", "partial")
    assert rows_of(tables, Observation) == rows_of(read_records(document, layouts=()), Observation) != ()
    told = [finding for finding in rows_of(tables, Finding) if finding.expected == "musashino.sheet"]
    assert [(finding.rule, finding.severity) for finding in told] == [("layout-unknown", "warning")]


def test_a_layout_that_understands_its_form_does_not_yield() -> None:
    tables = read_records(read_text(SHEET_TEXT.format(goals="達成指標").encode(), "own.txt"), layouts=LAYOUTS)
    assert rows_of(tables, DocumentRow)[0].layout == "musashino.sheet"
