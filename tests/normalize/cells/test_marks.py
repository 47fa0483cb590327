"""Marks, options and words of judgements."""

import pytest

from normalize.cells.choices import options_among, options_of
from normalize.cells.marks import direction_of, is_judgement, mark_of
from normalize.document.text_span import Excerpt, Place


def cells(*texts: str) -> list[Excerpt]:
    return [Excerpt.of(text, Place(0, at)) for at, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("printed", "chosen"),
    [
        ("○達成 ●おおむね\n達成 ○未達成", ["おおむね\n達成"]),
        ("□ 必要である\n■ 必要でない", ["必要でない"]),
        ("☑Ａ ☐Ｂ", ["Ａ"]),
        ("○拡充 ○継続", []),
        ("●市民 ○企業 ●団体", ["市民", "団体"]),
    ],
)
def test_the_filled_mark_tells_the_option(printed: str, chosen: list[str]) -> None:
    options = options_of(cells(printed)[0])
    assert options is not None
    assert [option.text for option in options.chosen] == chosen


@pytest.mark.parametrize("printed", ["○", "○ 概ね達成", "○○市の事業", "・周知\n・集客", "対象は○印の団体"])
def test_what_is_no_set_of_options(printed: str) -> None:
    assert options_of(cells(printed)[0]) is None


def test_options_in_cells_of_their_own() -> None:
    beside = options_among(cells("", "拡充", "○", "継続", "", "縮小"))
    assert beside is not None
    assert [option.text for option in beside.chosen] == ["継続"]
    stacked = options_among(cells("□ 適切である", "■ 見直す"))
    assert stacked is not None
    assert [option.text for option in stacked.chosen] == ["見直す"]
    assert options_among(cells("継続", "縮小")) is None


@pytest.mark.parametrize(
    ("printed", "mark"),
    [
        ("Ａ", "A"),
        ("B.改善の余地がある", "B"),
        ("〇", "○"),
        ("◎：計画を上回る", "◎"),
        ("順調", None),
        ("ABC調査", None),
    ],
)
def test_marks(printed: str, mark: str | None) -> None:
    assert mark_of(printed) == mark


def test_prose_and_rates_are_no_judgements() -> None:
    assert not is_judgement("参加者が増え、目標を上回った。")
    assert not is_judgement("98.5%")
    assert not is_judgement("－")
    assert is_judgement("やや不十分")


@pytest.mark.parametrize(
    ("printed", "code"),
    [("現状のまま継続", "continue"), ("Ａ　拡充", "expand"), ("１．縮小", "reduce"), ("別途検討する", None)],
)
def test_directions(printed: str, code: str | None) -> None:
    assert direction_of(printed) == code
