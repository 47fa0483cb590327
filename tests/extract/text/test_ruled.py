"""Tables that characters rule."""

from __future__ import annotations

import pytest

from extract.text import read_text
from schemas.document import Line, Table

Cells = list[tuple[int, int, int, int, str]]


def cells(*lines: str) -> Cells | None:
    [item] = read_text("\n".join(lines).encode(), "made.txt").items
    if isinstance(item, Line):
        return None
    assert isinstance(item, Table)
    return [(cell.row, cell.col, cell.row_span, cell.col_span, cell.text) for cell in item.cells]


@pytest.mark.parametrize(
    "lines",
    [
        ("┌──┬──┐", "│灯台│　４│", "├──┼──┤", "│霧笛│　５│", "└──┴──┘"),
        ("┌────┬────┐", "│灯台│  ４│", "├────┼────┤", "│霧笛│  ５│", "└────┴────┘"),
        ("╔══╦══╗", "║灯台║　４║", "╠══╬══╣", "║霧笛║　５║", "╚══╩══╝"),
        ("+------+----+", "| 灯台 | ４ |", "+------+----+", "| 霧笛 | ５ |", "+------+----+"),
        ("┌──┬─┐", "│灯台│　　　４│", "├──┼─┤", "│霧笛│５│", "└──┴─┘"),
    ],
)
def test_rules_of_any_width_part_the_cells(lines: tuple[str, ...]) -> None:
    assert cells(*lines) == [(0, 0, 1, 1, "灯台"), (0, 1, 1, 1, "４"), (1, 0, 1, 1, "霧笛"), (1, 1, 1, 1, "５")]


def test_cells_span_rows_and_columns_where_no_rule_parts_them() -> None:
    assert cells("┌─┬───┐", "│灯│　実績│", "│　├─┬─┤", "│　│４│５│", "└─┴─┴─┘") == [
        (0, 0, 2, 1, "灯"), (0, 1, 1, 2, "実績"), (1, 1, 1, 1, "４"), (1, 2, 1, 1, "５")
    ]  # fmt: skip


def test_a_line_as_wide_as_its_cell_goes_on_and_another_ends() -> None:
    found = cells("┌───┬───┐", "│岬の灯│令和年│", "│台　　│実績　│", "└───┴───┘")
    assert found == [(0, 0, 1, 1, "岬の灯台"), (0, 1, 1, 1, "令和年実績")]
    assert cells("┌────┐", "│令和年　│", "│実績　　│", "└────┘") == [(0, 0, 1, 1, "令和年\n実績")]


def test_numbers_one_below_the_other_are_rows_of_their_own() -> None:
    rules = ("┌──┬───┬──┐", "└──┴───┴──┘")
    body = ("│岬　│灯台の│１２│", "│　　│保守　│　　│", "│　　│霧笛　│３４│")
    assert cells(rules[0], *body, rules[1]) == [
        (0, 0, 2, 1, "岬"), (0, 1, 1, 1, "灯台の保守"), (0, 2, 1, 1, "１２"), (1, 1, 1, 1, "霧笛"), (1, 2, 1, 1, "３４")
    ]  # fmt: skip


def test_rules_that_close_no_table_stay_lines() -> None:
    lines = ("┌──┬──┐", "│灯台│４│５│", "├──┼──┤", "└──┴──┘")
    items = read_text("\n".join(lines).encode(), "made.txt").items
    assert all(isinstance(item, Line) for item in items)
