"""Labels by the vocabulary: spellings, remarks, years, units; and what is no label."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.cells.heads import read_head
from normalize.cells.vocabulary import term_of, unit_note, without_unit_note
from normalize.cells.years import YearSense, year_sense
from normalize.document.text_span import Excerpt, Place
from normalize.forms.general.around.lines import Flow, line_facts
from normalize.text.folding import squeeze
from schemas.closed_sets import SECTIONS
from schemas.codes.vocabulary import vocabulary

SENSE = YearSense(1996, 2035)
WHOLE = sorted({word.spelling for word in vocabulary() if word.match == "whole"})


def test_no_spelling_has_two_meanings() -> None:
    keys = [(word.match, word.spelling) for word in vocabulary()]
    assert len(keys) == len(set(keys))


def test_passage_labels_name_sections_of_the_contract() -> None:
    assert {word.field for word in vocabulary() if word.kind == "passage"} <= set(SECTIONS)


@given(
    st.sampled_from(WHOLE), st.sampled_from(["", "　", "\n"]), st.sampled_from(["{}", "（１）{}", "【{}】", "{}（注）"])
)
def test_white_space_numbers_and_remarks_do_not_change_a_label(word: str, blank: str, shape: str) -> None:
    printed = shape.format(blank.join(word))
    before, after = term_of(word), term_of(printed)
    assert before is not None
    assert after is not None
    assert (after.kind, after.field) == (before.kind, before.field)


@pytest.mark.parametrize(
    ("printed", "kind", "field"),
    [
        ("令和６年度事業名", "name", "program"),
        ("事業名（令和６年度）", "name", "program"),
        ("所　属　名", "org", "responsible"),
        ("Ｒ７年度以降の事業の方向性", "direction", "direction"),
        ("27年度における達成見込み", "grade", "grade"),
        ("（差引）一般財源（B）", "cost", "cost"),
        ("≪課題認識≫", "passage", "issue"),
        ("これまでの外部評価委員会における意見", "passage", "council_opinion"),
    ],
)
def test_labels_as_they_are_printed(printed: str, kind: str, field: str) -> None:
    term = term_of(printed)
    assert term is not None
    assert (term.kind, term.field) == (kind, field)


@pytest.mark.parametrize("printed", ["", "公民館の運営", "1,234", "窓口が足りない。", "○", "令和5年度"])
def test_values_are_no_labels(printed: str) -> None:
    assert term_of(printed) is None


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("（単位：千円）", "千円"),
        ("事業費（千円）", "千円"),
        ("経費(千円単位。四捨五入)", "千円"),
        ("（項目）届出件数", None),
    ],
)
def test_units_of_labels(printed: str, unit: str | None) -> None:
    assert unit_note(printed) == unit


def test_the_word_unit_inside_a_name_is_kept() -> None:
    assert without_unit_note("単位あたりコスト（A／C）") == "単位あたりコスト（A／C）"


@pytest.mark.parametrize(
    ("printed", "year", "role"),
    [
        ("令和５年度予算現額", 2023, "forecast"),
        ("R５年度実　績", 2023, "actual"),
        ("20年度決算", 2008, "actual"),
        ("25年度見込み", 2013, "forecast"),
        ("目標値（令和8年度）", 2026, "target"),
        ("基準値(令和元年度)", 2019, "baseline"),
        ("差引（増減）", None, "difference"),
    ],
)
def test_axes(printed: str, year: int | None, role: str) -> None:
    head = read_head(printed, SENSE)
    assert head.is_axis
    assert (head.year, head.role) == (year, role)


@pytest.mark.parametrize("printed", ["令和７年度 事業評価書", "担当課", "576", "令和６年度事業名"])
def test_what_is_no_axis(printed: str) -> None:
    assert not read_head(printed, SENSE).is_axis


@given(st.integers(1, 31), st.integers(1, 15))
def test_a_year_without_an_era_is_taken_only_where_one_era_can_be_meant(heisei: int, reiwa: int) -> None:
    for number in (heisei, reiwa):
        possible = [year for year in (1988 + number, 2018 + number) if 1996 <= year <= 2035]
        possible = [year for year in possible if year != 1988 + number or number <= 31]
        expected = possible[0] if len(possible) == 1 else None
        assert SENSE.year_of(f"{number}年度") == expected


def test_the_years_that_a_document_prints_settle_the_era() -> None:
    assert year_sense(["令和７年度 事業評価書"]).year_of("10年度") == 2028
    assert year_sense(["平成12年3月"]).year_of("10年度") == 1998


def test_a_line_of_thousands_of_characters_is_not_folded_at_each_of_its_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counted(text: str) -> str:
        asked.append(len(text))
        return squeeze(text)

    monkeypatch.setattr("normalize.cells.vocabulary.squeeze", counted)
    text = "所管の説明 " * 2_000
    assert list(line_facts(Excerpt.of(text, Place(0)), Flow(), SENSE)) == []
    assert sum(asked) < 100 * len(text)
