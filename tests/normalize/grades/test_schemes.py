"""Grades: marks, words and bounds of the schemes, held against the legend and the grades that documents print."""

import csv
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.grades.schemes import bands_of, read_grade, recompute_grade, scheme_rows
from normalize.grades.thresholds import Band, grade_of_ratio, parse_legend, settle_bands
from schemas.codes import directions, scheme_grades

SCHEMES = sorted({grade.grade_scheme_id for grade in scheme_grades()})
LEGEND = [
    ("S", "目標値以上(120%~)：とてもよい"),
    ("A", "目標値どおり(90~120%)：よい"),
    ("B", "要改善(50~90%)：あと少し"),
    ("C", "要大幅改善(~50%)：まだまだ"),
]


def test_the_weights_are_exact() -> None:
    weights = [grade.score for grade in scheme_grades() if grade.grade_scheme_id == "musashino-2"]
    assert weights == [1, 1, Fraction(2, 3), Fraction(1, 3), 0, 0]


@pytest.mark.parametrize(
    ("text", "scheme", "grade"),
    [
        ("◎", "musashino-2", "◎"),
        ("〇", "musashino-2", "○"),
        (" ー ", "musashino-2", "-"),
        ("▲", "musashino-2", None),
        ("A", "musashino-2", None),
        ("Ｓ", "akiruno", "S"),
        ("B.要改善", "akiruno", "B"),
        ("C　要大幅改善", "akiruno", "C"),
        ("要 改善", "akiruno", "B"),
        ("D", "akiruno", None),
        ("AB", "akiruno", None),
        ("", "akiruno", None),
        ("A評価", "akiruno", "A"),
        ("評価：Ａ", "akiruno", "A"),
        ("A 目標値どおり", "akiruno", "A"),
        ("A：要大幅改善", "akiruno", None),
        ("A B", "akiruno", None),
        ("A、B", "akiruno", None),
        ("A→B", "akiruno", None),
        ("S・A・B・C", "akiruno", None),
        ("S・Ⓐ・B・C", "akiruno", "A"),
        ("A（前年度B）", "akiruno", "A"),
        ("A 昨年B", "akiruno", "A"),
        ("A（見込）", "akiruno", None),
        ("Aに近いB", "akiruno", None),
        ("Aとは言えない", "akiruno", None),
        ("◎：達成", "musashino-2", "◎"),
        ("○ △", "musashino-2", None),
        ("○ - 一部", "musashino-2", "○"),
        ("拡充", "musashino-3-direction", "expand"),
        ("継　続", "musashino-3-direction", "continue"),
        ("変更し\n実施", "akishima-direction", "modify"),
        ("終了", "akishima-direction", "terminate"),
        ("廃止", "akishima-direction", "terminate"),
        ("現状維持", "akishima-direction", "continue"),
        ("未定", "akishima-direction", None),
    ],
)
def test_cells(text: str, scheme: str, grade: str | None) -> None:
    assert read_grade(text, scheme).grade == grade


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_grade_of_a_scheme_is_read_by_its_print(scheme: str) -> None:
    for grade in scheme_grades():
        if grade.grade_scheme_id == scheme:
            printed = grade.label_ja if grade.kind == "direction" else grade.grade
            reading = read_grade(printed or "", scheme)
            assert (reading.grade, reading.score) == (grade.grade, grade.score)


def test_every_word_for_a_direction_leads_to_a_grade_of_each_direction_scheme() -> None:
    for scheme in ("akishima-direction", "musashino-3-direction"):
        for word, code in directions().items():
            assert read_grade(word, scheme).grade == code


def test_an_unknown_scheme_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"nowhere.*akiruno"):
        read_grade("A", "nowhere")


@pytest.mark.parametrize(
    ("actual", "grade"),
    [("0", "C"), ("50", "C"), ("50.1", "B"), ("89.999", "B"), ("90", "A"), ("119.9", "A"), ("120", "S"), ("500", "S")],
)
def test_the_limits_of_the_overlapping_legend(actual: str, grade: str) -> None:
    assert recompute_grade(Decimal(100), Decimal(actual), "akiruno") == grade


def test_a_ratio_is_not_rounded_first() -> None:
    assert recompute_grade(Decimal(105), Decimal(94), "akiruno") == "B"


@given(st.decimals(0, 10**6, places=2), st.decimals("0.01", 10**6, places=2))
def test_every_ratio_has_one_grade(actual: Decimal, target: Decimal) -> None:
    holding = [band for band in bands_of("akiruno") if band.holds(Fraction(actual) / Fraction(target))]
    assert [band.grade for band in holding] == [recompute_grade(target, actual, "akiruno")]


@pytest.mark.parametrize(("target", "scheme"), [("0", "akiruno"), ("-5", "akiruno"), ("10", "musashino-2")])
def test_no_grade_without_a_positive_target_or_without_bounds(target: str, scheme: str) -> None:
    assert recompute_grade(Decimal(target), Decimal(5), scheme) is None


def test_the_printed_legend_has_the_limits_of_the_built_in_scheme() -> None:
    limits = [(band.grade, band.lower, band.upper) for band in parse_legend(LEGEND)]
    assert limits == [(band.grade, band.lower, band.upper) for band in bands_of("akiruno")]


@given(st.integers(0, 3000), st.integers(1, 1000))
def test_the_settled_legend_grades_as_the_scheme_does(actual: int, target: int) -> None:
    settled = settle_bands(parse_legend(LEGEND), bands_of("akiruno"))
    assert grade_of_ratio(Decimal(target), Decimal(actual), settled) == recompute_grade(
        Decimal(target), Decimal(actual), "akiruno"
    )


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("90％以上120％未満", (Fraction(9, 10), True, Fraction(6, 5), False)),
        ("90%以上、120%未満", (Fraction(9, 10), True, Fraction(6, 5), False)),
        ("80%超100%以下", (Fraction(4, 5), False, Fraction(1), True)),
        ("50%未満", (None, True, Fraction(1, 2), False)),
        ("達成率が8割以上", (Fraction(4, 5), True, None, True)),
        ("(～50％)", (None, True, Fraction(1, 2), True)),
        ("120%～", (Fraction(6, 5), True, None, True)),
        ("100％を超える", (Fraction(1), False, None, True)),
        ("70～90％", (Fraction(7, 10), True, Fraction(9, 10), True)),
    ],
)
def test_bands(text: str, band: tuple[Fraction | None, bool, Fraction | None, bool]) -> None:
    assert parse_legend([("Ａ", text)]) == (Band("A", *band),)


@pytest.mark.parametrize("text", ["目標どおり", "90%", "3件以上", "50%未満または120%以上", ""])
def test_what_is_no_band(text: str) -> None:
    assert parse_legend([("A", text)]) == ()


@given(st.lists(st.integers(1, 200), min_size=2, max_size=5, unique=True), st.integers(0, 300))
def test_touching_bands_are_settled_without_overlap(limits: list[int], percent: int) -> None:
    steps = sorted(limits)
    rows = [("0", f"~{steps[0]}%")] + [
        (str(number), f"{low}~{high}%") for number, (low, high) in enumerate(pairwise(steps), 1)
    ]
    settled = settle_bands(parse_legend([*rows, (str(len(steps)), f"{steps[-1]}%~")]))
    assert grade_of_ratio(Decimal(100), Decimal(percent), settled) == str(sum(percent >= step for step in steps))


def test_scheme_rows_hold_each_grade_once() -> None:
    keys = [(row.grade_scheme_id, row.grade) for row in scheme_rows()]
    assert len(keys) == len(set(keys)) == len(scheme_grades())


def test_the_printed_grades_of_a_progress_table_are_those_recomputed(corpus: Path) -> None:
    folder = corpus / "facts" / "akiruno-r7-progress"

    def rows(name: str) -> list[dict[str, str]]:
        return list(csv.DictReader((folder / name).read_text(encoding="utf-8").splitlines()))

    values = {
        (row["measure_code"], row["fiscal_year"], row["role"]): Decimal(row["value"])
        for row in rows("observations.csv")
    }
    grades = rows("grades.csv")
    for grade in grades:
        place = (grade["measure_code"], grade["fiscal_year"])
        recomputed = recompute_grade(values[*place, "target"], values[*place, "actual"], "akiruno")
        assert recomputed == grade["grade"], place
    assert len(grades) == 42
