"""Cells are found by label; covered places and empty header groups resolve to the cell that is meant."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.text import read_text
from normalize.document.table_grid import Grid, grid_of, grids, header_paths, values_of
from normalize.document.text_span import Excerpt, Place, excerpts
from normalize.text.labels import Labels
from schemas.document import Cell, Fragment, Table


def grid(text: str) -> Grid:
    return next(grids(read_text(text.encode(), "made.txt")))


def test_a_label_is_the_same_in_any_width_and_with_a_remark_behind_it() -> None:
    label = Labels("審議会報告事項")
    assert label.match("審 議 会\n報告事項")
    assert label.match("審議会報告事項（産業振興課記載）")
    assert not label.match("審議会報告")


def test_values_stand_right_of_their_label_up_to_the_next_label() -> None:
    made = grid("方針番号\t1\t\t方針名\t港のにぎわい\t\n")
    known = (Labels("方針番号"), Labels("方針名"))
    code, name = (next(made.find(labels)) for labels in known)
    assert [cell.text for cell in values_of(made, code, known)] == ["1"]
    assert [cell.text for cell in values_of(made, name, known)] == ["港のにぎわい"]


def test_a_covered_place_is_the_cell_that_covers_it() -> None:
    made = grid("港の整備\t予定\t桟橋を直す\n\t実施\t直した\n")
    assert (covering := made.at(1, 0)) is not None
    assert covering.text == "港の整備"
    assert [cell.text for cell in made.row(1)] == ["港の整備", "実施", "直した"]
    assert [cell.text for cell in made.starting(1)] == ["実施", "直した"]


def test_an_empty_header_place_belongs_to_the_group_on_its_left() -> None:
    made = grid("事業\t令和5年度\t\t令和6年度\t\n\t目標\t実績\t目標\t実績\n市場\t1回\t2回\t3回\t4回\n")
    paths = header_paths(made, range(2))
    assert [[cell.text for cell in paths[col]] for col in range(5)] == [
        ["事業"],
        ["令和5年度", "目標"],
        ["令和5年度", "実績"],
        ["令和6年度", "目標"],
        ["令和6年度", "実績"],
    ]


def test_a_group_without_a_name_begins_where_a_leaf_comes_again() -> None:
    made = grid("事業\t令和5年度\t\t\t\t令和7年度\n\t目標\t実績\t目標\t実績\t目標\n市場\t1回\t2回\t3回\t4回\t5回\n")
    paths = header_paths(made, range(2))
    assert [[cell.text for cell in paths[col]] for col in range(1, 6)] == [
        ["令和5年度", "目標"],
        ["令和5年度", "実績"],
        ["目標"],
        ["実績"],
        ["令和7年度", "目標"],
    ]


def test_leaves_come_again_under_each_part_of_a_group() -> None:
    heads = "事業\t令和5年度\t\t\t\n\t前期\t\t後期\t\n\t目標\t実績\t目標\t実績\n"
    paths = header_paths(grid(f"{heads}市場\t1回\t2回\t3回\t4回\n"), range(3))
    assert [[cell.text for cell in paths[col]] for col in range(1, 5)] == [
        ["令和5年度", "前期", "目標"],
        ["令和5年度", "前期", "実績"],
        ["令和5年度", "後期", "目標"],
        ["令和5年度", "後期", "実績"],
    ]


def _cell(row: int, col: int, cols: int, text: str) -> Cell:
    return Cell(row=row, col=col, row_span=1, col_span=cols, text=text, fragments=(Fragment(1, text),))


@pytest.mark.parametrize(("group", "empty"), [(2, 1), (1, 2)])
def test_a_group_without_a_name_begins_behind_a_merged_one(group: int, empty: int) -> None:
    heads = [_cell(0, 0, group, "令和5年度"), _cell(0, group, empty, "")]
    leaves = [_cell(1, col, 1, f"列{col}") for col in range(3)]
    made = grid_of(0, Table(2, 3, (*heads, *leaves)))
    assert [[cell.text for cell in path] for path in header_paths(made, range(2)).values()] == [
        ["令和5年度", f"列{col}"] if col < group else [f"列{col}"] for col in range(3)
    ]


@given(st.text(alphabet="港、。 \n・市A1", max_size=30), st.sampled_from(["、", r"\n", "港", r"\s+"]))
def test_the_parts_of_an_excerpt_stand_where_they_say(text: str, pattern: str) -> None:
    whole = Excerpt.of(text, Place(0))
    for part in whole.split(pattern):
        assert part.text == text[part.start : part.end]
        assert part.text == part.text.strip() != ""


@given(st.text(alphabet="港市\nAB ", max_size=20))
def test_the_print_of_an_excerpt_loses_no_character(text: str) -> None:
    printed = Excerpt.of(text, Place(0)).printed
    assert "\n" not in printed
    assert "".join(printed.split()) == "".join(text.split())


def test_a_group_of_a_match_is_the_part_that_it_holds_also_at_the_beginning() -> None:
    text = Excerpt.of("港湾課 灯台", Place(0)).slice(0)
    match = re.match(r"(?P<org>\S+) (?P<name>\S+)(?P<more>!)?", text.text)
    assert match is not None
    parts = [text.group(match, name) for name in ("org", "name", "more", "year")]
    assert [part.text if part is not None else None for part in parts] == ["港湾課", "灯台", None, None]


def test_every_cell_and_line_is_an_excerpt_of_its_own_place() -> None:
    document = read_text("題名\n\nA\tB\nC\tD\n".encode(), "made.txt")
    found = list(excerpts(document))
    assert [text.text for text in found] == ["題名", "A", "B", "C", "D"]
    assert len({text.place for text in found}) == 5
