"""Answers among options that stand in cells of their own."""

from __future__ import annotations

import pytest

from extract.text import read_text
from normalize.reading import read_records
from schemas.records import Grade
from schemas.rows import rows_of


def grades(row: str) -> list[tuple[str | None, str]]:
    text = f"令和6年度 事務事業評価シート\n\n事務事業名\t灯台の保守\n担当課\t港湾課\n今後の方向性\t{row}\n"
    return [(g.grade, g.grade_text) for g in rows_of(read_records(read_text(text.encode(), "made.txt")), Grade)]


@pytest.mark.parametrize(
    "row",
    [
        "□\t拡充\t☑\t現状維持\t□\t縮小",
        "○\t拡充\t●\t現状維持\t○\t縮小",
        "拡充\t□\t現状維持\t■\t縮小\t□",
        "規模\t拡充\t□\t現状維持\t☑",
    ],
)
def test_options_take_turns_with_their_marks_of_which_the_filled_one_chooses(row: str) -> None:
    assert grades(row) == [("continue", "現状維持")]


@pytest.mark.parametrize("mark", ["□", "○"])
def test_options_that_are_all_left_open_choose_nothing(mark: str) -> None:
    assert grades(f"{mark}\t拡充\t{mark}\t現状維持\t{mark}\t縮小") == []


def test_a_circle_alone_beside_an_option_chooses_it() -> None:
    assert grades("\t拡充\t○\t現状維持\t\t縮小") == [("continue", "現状維持")]


@pytest.mark.parametrize("row", ["拡充\t継続\t縮小\t廃止", "継続\t拡充\t廃止", "\t拡充\t\t継続\t\t廃止"])
def test_options_without_a_mark_choose_nothing_though_one_is_a_word_for_absence(row: str) -> None:
    assert grades(row) == []


@pytest.mark.parametrize(("mark", "said"), [("○", ["見直す余地がない"]), ("", []), ("-", []), ("\ufffd", [])])
@pytest.mark.parametrize("label", ["料金の見直し余地", "必要性"])
def test_a_word_and_its_opposite_say_nothing_without_a_mark_that_can_be_read(
    label: str, mark: str, said: list[str]
) -> None:
    row = f"{label}\t\t見直す余地がある\t{mark}\t見直す余地がない"
    text = f"令和6年度 事務事業評価シート\n\n事務事業名\t灯台の保守\n{row}\n"
    rows = rows_of(read_records(read_text(text.encode(), "made.txt")), Grade)
    assert [row.grade_text for row in rows] == said
