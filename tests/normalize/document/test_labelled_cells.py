"""Small tables by their labels: values below labels that stand side by side, else beside each."""

from __future__ import annotations

from extract.text import read_text
from normalize.document.labelled_cells import fields_of, rows_below
from normalize.document.table_grid import Grid, grids
from normalize.text.labels import Labels

CODE, NAME = Labels("番号"), Labels("名称")


def grid(*rows: str) -> Grid:
    return next(grids(read_text("\n".join(rows).encode(), "made.txt")))


def below(*rows: str) -> list[dict[Labels, str]]:
    return [{labels: cell.text for labels, cell in row.items()} for row in rows_below(grid(*rows), (CODE, NAME))]


def fields(*rows: str) -> dict[Labels, list[str]]:
    return {labels: [cell.text for cell in cells] for labels, cells in fields_of(grid(*rows), (CODE, NAME)).items()}


def test_rows_below_labels_are_told_by_the_label_of_each_column() -> None:
    assert below("番号\t名称", "1\t灯台", "2\t桟橋") == [{CODE: "1", NAME: "灯台"}, {CODE: "2", NAME: "桟橋"}]


def test_a_row_that_prints_the_labels_again_is_left_out() -> None:
    assert below("番号\t名称", "1\t灯台", "番号\t名称", "2\t桟橋") == [
        {CODE: "1", NAME: "灯台"}, {CODE: "2", NAME: "桟橋"}
    ]  # fmt: skip


def test_fields_are_below_labels_side_by_side_and_right_of_labels_below_each_other() -> None:
    assert fields("番号\t名称", "1\t灯台", "\t桟橋") == {CODE: ["1"], NAME: ["灯台", "桟橋"]}
    assert fields("番号\t1", "名称\t灯台") == {CODE: ["1"], NAME: ["灯台"]}
