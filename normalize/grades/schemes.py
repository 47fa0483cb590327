"""Grades: marks and words of a scheme, and the grade that a target and an actual give.

Schemes stand in ``schemas/codes/grade_schemes.csv``, the words for directions in ``directions.csv``. Achievement is
reckoned in exact fractions and never rounded first: 94 of 105 is below 90 %.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Final

from normalize.grades.conditions import is_on_condition
from normalize.grades.thresholds import Band, grade_of_ratio
from normalize.text.folding import fold_mark, squeeze
from normalize.text.periods import period_of
from schemas.codes import SchemeGrade, directions, scheme_grades
from schemas.records import GradeScheme


@dataclass(frozen=True, slots=True)
class GradeReading:
    """What a grade cell says in a scheme. `grade` is None where the scheme does not know the print."""

    grade: str | None
    score: Fraction | None
    label_ja: str | None


def read_grade(text: str, scheme_id: str) -> GradeReading:
    """The grade that a cell prints: a mark or its lookalike, a mark before a label (B.要改善), a label, a word.

    Raises ValueError for a scheme that is not in the data.

    >>> read_grade("〇", "musashino-2").grade, read_grade("変更し実施", "akishima-direction").grade
    ('○', 'modify')
    """
    grades = _scheme(scheme_id)
    code = _by_mark(text, grades) or _by_label(text, grades)
    if code is None:
        return GradeReading(None, None, None)
    found = next(grade for grade in grades if grade.grade == code)
    return GradeReading(found.grade, found.score, found.label_ja)


def recompute_grade(target: Decimal, actual: Decimal, scheme_id: str) -> str | None:
    """The grade that a target and an actual give; None where the scheme has no bounds or the target is not positive.

    >>> [recompute_grade(Decimal(10), Decimal(actual), "akiruno") for actual in (5, 6, 9, 12)]
    ['C', 'B', 'A', 'S']
    """
    return grade_of_ratio(target, actual, bands_of(scheme_id))


def marks_of(scheme_id: str) -> tuple[str, ...]:
    """The marks of a scheme, the best first as it lists them.

    >>> marks_of("akiruno")
    ('S', 'A', 'B', 'C')
    """
    return tuple(grade.grade for grade in _scheme(scheme_id))


@cache
def bands_of(scheme_id: str) -> tuple[Band, ...]:
    """The bands of a built-in scheme; empty where its grades are no ratios of achievement."""
    return tuple(
        Band(
            grade.grade,
            grade.lower_bound,
            bool(grade.lower_inclusive),
            grade.upper_bound,
            bool(grade.upper_inclusive),
        )
        for grade in _scheme(scheme_id)
        if grade.lower_bound is not None or grade.upper_bound is not None
    )


@cache
def scheme_rows() -> tuple[GradeScheme, ...]:
    """The built-in schemes as rows of the contract's table.

    >>> {row.grade_scheme_id for row in scheme_rows() if row.kind == "direction"} == {
    ...     "akishima-direction", "general-direction", "musashino-3-direction"}
    True
    """
    return tuple(
        GradeScheme(
            grade_scheme_id=grade.grade_scheme_id,
            kind=grade.kind,
            grade=grade.grade,
            label_ja=grade.label_ja,
            label_en=grade.label_en,
            rank=grade.rank,
            score=_float(grade.score),
            lower_bound=_float(grade.lower_bound),
            lower_inclusive=grade.lower_inclusive,
            upper_bound=_float(grade.upper_bound),
            upper_inclusive=grade.upper_inclusive,
        )
        for grade in scheme_grades()
    )


@cache
def _scheme(scheme_id: str) -> tuple[SchemeGrade, ...]:
    grades = tuple(grade for grade in scheme_grades() if grade.grade_scheme_id == scheme_id)
    if not grades:
        known = sorted({grade.grade_scheme_id for grade in scheme_grades()})
        raise ValueError(f"{scheme_id!r} is no grade scheme; expected one of {', '.join(known)}")
    return grades


def marks_in(text: str, scheme_id: str) -> tuple[str, ...]:
    """The marks of a scheme that stand alone in a text, each once; - stands alone only where it is the whole of it.

    >>> marks_in("S Ⓐ B", "akiruno"), marks_in("A、Ｂ", "akiruno"), marks_in("PRの実施", "akiruno")
    (('S', 'A', 'B'), ('A', 'B'), ())
    """
    if _scheme(scheme_id)[0].kind == "direction":
        return ()
    marks = [grade.grade for grade in _scheme(scheme_id)]
    parts = [part for part in _ALONE.findall(text) if part not in _DASHES or squeeze(text) == part]
    return tuple(dict.fromkeys(mark for part in parts if (mark := fold_mark(part, marks))))


_ALONE: Final = re.compile(r"(?<![A-Za-zＡ-Ｚａ-ｚ])[A-Za-zＡ-Ｚａ-ｚ](?![A-Za-zＡ-Ｚａ-ｚ])|[^\w\s]|[〇Ⓐ-ⓩ]")
_DASHES: Final = "-‐‑‒–—―−－ー"
_RINGED: Final = re.compile("[Ⓐ-ⓩ]")
_BEFORE_MARK: Final = re.compile(r"(?:(?:総合)?(?:評価|判定|評定|達成度)(?:結果)?\s*[:：]?\s*)?(\S)")
_AFTER_MARK: Final = re.compile(r"\s*(?:評価|判定|評定|ランク|相当)?\s*")
_LABEL: Final = re.compile(r"\s*[.:：．、，)）(（]\s*(\S.*)|\s+(\S.*)", re.DOTALL)
_OTHERWISE: Final = {"前年度", "前年", "昨年度", "昨年", "前回", "前々年度"}
_PROVISIONAL: Final = {"見込", "見込み", "予定", "仮", "仮評価", "暫定", "速報"}
_EARLIER: Final = re.compile(
    r"(?:昨年度?|前年度?|前回|前々年度?|(?:令和|平成|[RH])?[0-9０-９]+年度)(?:の?(?:評価|判定))?\s*[:：は]?"
)
"""What makes a second mark in a cell an earlier judgement: A（前年度B）."""


def _by_mark(text: str, grades: tuple[SchemeGrade, ...]) -> str | None:
    """The mark of the cell: alone, before its label (B.要改善, ◎：達成), ringed among all, before an earlier one.

    Two marks, or a mark with the label of another one, say no grade.
    """
    if grades[0].kind == "direction":
        return None
    marks = [grade.grade for grade in grades]
    if whole := fold_mark(text, marks):
        return whole
    scheme = grades[0].grade_scheme_id
    if len(ringed := _RINGED.findall(text)) == 1 and len(marks_in(text, scheme)) > 1:
        return fold_mark(ringed[0], marks)
    head = _BEFORE_MARK.match(text.strip())
    mark = fold_mark(head[1], marks) if head else None
    if head is None or mark is None:
        return None
    rest = text.strip()[head.end() :]
    if _AFTER_MARK.fullmatch(rest):
        return mark
    label = _LABEL.fullmatch(rest)
    said = (label[1] or label[2]) if label else ""
    others = [other for other in marks_in(said, scheme) if other != mark]
    remark = squeeze(said).strip("()")
    if is_on_condition(text) or remark in _PROVISIONAL | _OTHERWISE or period_of(f"({remark})") in ("part", "total"):
        return None
    if not said or (others and not _EARLIER.match(said)):
        return None
    labels = {squeeze(grade.label_ja): grade.grade for grade in grades if grade.label_ja}
    return mark if labels.get(squeeze(said), mark) == mark else None


def _by_label(text: str, grades: tuple[SchemeGrade, ...]) -> str | None:
    return _grades_by_label(grades[0].grade_scheme_id).get(squeeze(text))


@cache
def _grades_by_label(scheme_id: str) -> Mapping[str, str]:
    """The grades of a scheme by their squeezed labels; those of directions by every word for them."""
    grades = _scheme(scheme_id)
    labels = {squeeze(grade.label_ja): grade.grade for grade in grades if grade.label_ja}
    if grades[0].kind == "direction":
        codes = {grade.grade for grade in grades}
        labels = {squeeze(word): code for word, code in directions().items() if code in codes} | labels
    return labels


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
