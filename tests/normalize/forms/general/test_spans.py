"""Merged cells that a text does not print: restoring them loses no print, and no two cells lie over each other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.text.grid import rows_to_table
from normalize.cells.years import YearSense
from normalize.document.table_grid import grid_of
from normalize.forms.general.tables.spans import with_spans

SENSE = YearSense(1996, 2035)
TEXTS = st.sampled_from(
    ["", "", "", "施策名", "担当課", "港の振興", "R3実績", "12", "○", "高い", "千円", "船が増えた。"]
)
ROWS = st.integers(3, 7).flatmap(lambda n: st.lists(st.lists(TEXTS, min_size=n, max_size=n), min_size=1, max_size=7))


@given(ROWS.filter(lambda rows: any(any(row) for row in rows)))
def test_restored_cells_keep_all_print_and_lie_beside_each_other(rows: list[list[str]]) -> None:
    table = rows_to_table(rows)
    grid = grid_of(0, table)
    spanned = with_spans(grid, SENSE)
    before = sorted((cell.cell.row, cell.cell.col, cell.text) for cell in grid.cells if cell)
    assert sorted((cell.cell.row, cell.cell.col, cell.text) for cell in spanned.cells if cell) == before
    taken = [(row, col) for cell in spanned.cells for row in cell.cell.rows for col in cell.cell.cols]
    assert len(taken) == len(set(taken))
    assert set(taken) == set(spanned.places)
    assert all(spanned.cells[at].cell.row <= row for (row, _), at in spanned.places.items())


def test_a_column_of_blanks_is_the_rest_of_the_cell_before_it() -> None:
    rows = [["指標名", "", "R3実績", "", "R4実績"], ["見学者数", "", "5", "", "6"], ["点検回数", "", "4", "", ""]]
    spanned = with_spans(grid_of(0, rows_to_table(rows)), SENSE)
    assert [cell.cell.col_span for cell in spanned.row(2)] == [2, 2, 1]
    assert [cell.text for cell in spanned.row(2)] == ["点検回数", "4", ""]
