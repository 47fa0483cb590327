"""Titles: the lines that say what a document is."""

from __future__ import annotations

from dataclasses import replace

from extract.text import read_text
from normalize.forms.general.around.titles import titles_of
from schemas.document import Box, Document, Fragment, Line, Table


def placed(item: Line | Table, top: float) -> Line | Table:
    """An item as it stands on a page, its rows 20 points high from `top` on."""
    if isinstance(item, Line):
        return replace(item, fragments=(Fragment(1, item.text, Box(40, top, 300, top + 12)),))
    cells = tuple(
        replace(
            cell, fragments=(Fragment(1, cell.text, Box(320, top + 20 * cell.row, 400, top + 20 * (cell.row + 1))),)
        )
        for cell in item.cells
    )
    return replace(item, cells=cells)


def sheet(top: float) -> Document:
    """A table of two rows from 50 points on, and behind it a line at `top`."""
    document = read_text("事業コード\t12\n事業名\t灯台の管理\n\n令和4年度灯台評価個票\n".encode(), "made.txt")
    table, line = document.items
    return replace(document, items=(placed(table, 50), placed(line, top)))


def test_the_title_may_stand_beside_the_box_of_a_number() -> None:
    assert [title.text for title in titles_of(sheet(52))] == ["令和4年度灯台評価個票"]
    assert not titles_of(sheet(100))
