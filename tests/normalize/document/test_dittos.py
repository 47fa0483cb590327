"""What 〃, 同上 and 同左 stand for: what is printed above or beside them, and nothing under a head."""

from __future__ import annotations

import pytest

from extract.text import read_text
from normalize.document.dittos import with_dittos
from normalize.document.table_grid import Grid, GridCell, grids


def grid(*rows: str) -> Grid:
    return next(grids(read_text("\n".join(rows).encode(), "made.txt")))


def in_first_row(cell: GridCell) -> bool:
    return cell.cell.row == 0


def told(*rows: str) -> list[list[str]]:
    """The texts of the rows below the heads, once dittos stand for what they repeat."""
    said, _ = with_dittos(grid(*rows), in_first_row)
    return [[cell.text for cell in said.row(row)] for row in range(1, said.table.n_rows)]


def test_a_ditto_stands_for_what_is_above_it_also_over_several_rows() -> None:
    assert told("担当\t事業", "港湾課\t灯台の保守", "〃\t桟橋の補修", "同上\t海図の作成") == [
        ["港湾課", "灯台の保守"], ["港湾課", "桟橋の補修"], ["港湾課", "海図の作成"]
    ]  # fmt: skip


@pytest.mark.parametrize("mark", ["〃", "同上", "同左"])
def test_a_ditto_under_a_head_or_beside_nothing_stands_for_nothing(mark: str) -> None:
    assert told("担当\t事業", f"{mark}\t灯台の保守") == [["", "灯台の保守"]]


def test_dittos_are_given_as_they_are_printed_and_other_cells_stay() -> None:
    printed = grid("担当\t事業", "港湾課\t灯台の保守", "〃\t桟橋の補修")
    said, marks = with_dittos(printed, in_first_row)
    assert [mark.text for mark in marks] == ["〃"]
    assert [cell.text for cell in said.cells if cell.text not in {"港湾課"}] == [
        cell.text for cell in printed.cells if cell.text not in {"港湾課", "〃"}
    ]
    assert with_dittos(grid("担当\t事業", "港湾課\t灯台の保守"), in_first_row)[1] == []


def test_the_same_as_left_is_the_nearest_under_the_same_head() -> None:
    heads = "理由\t評価\t理由\t評価\t理由"
    assert told(heads, "人が足りない\tＢ\t舟が足りない\tＣ\t同左") == [
        ["人が足りない", "Ｂ", "舟が足りない", "Ｃ", "舟が足りない"]
    ]
    assert told("理由\t評価\t理由", "人が足りない\tＢ\t左に同じ") == [["人が足りない", "Ｂ", "人が足りない"]]


def test_the_same_as_left_is_the_next_cell_where_no_head_comes_again() -> None:
    assert told("理由\t評価\t備考", "人が足りない\tＢ\t同左") == [["人が足りない", "Ｂ", "Ｂ"]]
