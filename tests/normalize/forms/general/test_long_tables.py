"""How far a long table is looked through before a row of it is known to head nothing."""

from __future__ import annotations

import pytest

from extract.text.grid import rows_to_table
from normalize.cells.years import YearSense
from normalize.document.table_grid import grid_of
from normalize.forms.general.choice_heads import heads_judgements, heads_marks
from normalize.forms.general.header_shapes import Asked
from normalize.forms.general.view import View

ROWS = [["灯台の管理", "見回りの道", "港の名"], *(["灯台の掃除", "朝の見回り", "北の港"] for _ in range(200))]


@pytest.mark.parametrize("question", [heads_judgements, heads_marks])
def test_the_first_row_tells_that_nothing_is_judged_below(question: Asked) -> None:
    view = View(grid_of(0, rows_to_table(ROWS)), YearSense(1996, 2035))
    assert not question(view, 0, view.printed(0))
    assert len(view.grid.known_rows) <= 3
