"""How far a long table is looked through: each of its rows as often as each of a short one."""

from __future__ import annotations

import pytest

from extract.read import read_document
from extract.text.grid import rows_to_table
from normalize.cells.years import YearSense
from normalize.document.table_grid import Grid, GridCell, grid_of
from normalize.forms.general.cuts.choice_heads import heads_judgements, heads_marks
from normalize.forms.general.cuts.header_shapes import Asked
from normalize.forms.general.view import View
from normalize.reading import read_records

ROWS = [["灯台の管理", "見回りの道", "港の名"], *(["灯台の掃除", "朝の見回り", "北の港"] for _ in range(200))]


@pytest.mark.parametrize("question", [heads_judgements, heads_marks])
def test_the_first_row_tells_that_nothing_is_judged_below(question: Asked) -> None:
    view = View(grid_of(0, rows_to_table(ROWS)), YearSense(1996, 2035))
    assert not question(view, 0, view.printed(0))
    assert len(view.grid.known_rows) <= 3


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (
            "施策,指標名,単位,目標値（令和6年度）,実績値（令和5年度）,達成状況",
            "灯台{group},見学者{n},人,{n},{n},○",
        ),
        ("施策,取組内容,実施状況", "灯台の管理{group},朝の見回り{n},港の掃除を{n}回行った。"),
        ("区分,令和4年度,令和5年度", "事業費{n}（千円）,{n},{n}"),
        ("区分,令和4年度,令和5年度", "人件費（千円）,{n},{n}"),
        ("視点,項目,所管課,財政課", "視点{group},項目{n},A,B"),
        ("事務事業名,予算額（千円）,評価", "灯台の管理{n},{n},A"),
    ],
)
def test_a_list_is_read_in_a_time_that_grows_as_its_rows(head: str, row: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [0]
    at = Grid.at

    def counted(grid: Grid, row: int, col: int) -> GridCell | None:
        asked[0] += 1
        return at(grid, row, col)

    monkeypatch.setattr(Grid, "at", counted)
    counts = []
    for n_rows in (30, 120):
        asked[0] = 0
        rows = [row.format(n=number + 1, group=number // 5) for number in range(n_rows)]
        read_records(read_document("\n".join([head, *rows]).encode(), "made.csv"))
        counts.append(asked[0])
    assert counts[1] < 5 * counts[0]
