"""Grades: marks and words of a scheme, and the grade that a target and an actual give.

Schemes stand in ``schemas/codes/grade_schemes.csv``, the words for directions in ``directions.csv``. Achievement is
reckoned in exact fractions and never rounded first: 94 of 105 is below 90 %.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache

from normalize.grades.thresholds import Band, grade_of_ratio
from normalize.text.folding import fold_mark, squeeze
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


def _scheme(scheme_id: str) -> tuple[SchemeGrade, ...]:
    grades = tuple(grade for grade in scheme_grades() if grade.grade_scheme_id == scheme_id)
    if not grades:
        known = sorted({grade.grade_scheme_id for grade in scheme_grades()})
        raise ValueError(f"{scheme_id!r} is no grade scheme; expected one of {', '.join(known)}")
    return grades


def _by_mark(text: str, grades: tuple[SchemeGrade, ...]) -> str | None:
    """The mark of the cell, or the one before a label (B.要改善, ◎：達成)."""
    if grades[0].kind == "direction":
        return None
    marks = [grade.grade for grade in grades]
    head = re.match(r"\s*(\S)\s*(?:[.:：．、，)）]|\s)\s*\S", text)
    return fold_mark(text, marks) or (fold_mark(head[1], marks) if head else None)


def _by_label(text: str, grades: tuple[SchemeGrade, ...]) -> str | None:
    printed = squeeze(text)
    labels = {squeeze(grade.label_ja): grade.grade for grade in grades if grade.label_ja}
    if grades[0].kind == "direction":
        codes = {grade.grade for grade in grades}
        labels = {squeeze(word): code for word, code in directions().items() if code in codes} | labels
    return labels.get(printed)


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
