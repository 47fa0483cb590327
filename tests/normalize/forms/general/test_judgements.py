"""Cells that print marks of a scale: one is a grade, more are none."""

from __future__ import annotations

import pytest

from extract.text import read_text
from normalize.reading import read_records
from schemas.records import Finding, Grade
from schemas.rows import Tables, rows_of

HEAD = "令和4年度 事務事業評価シート\n\n事務事業名\t灯台の管理\n担当課\t港湾課\n\n"


def read(judged: str) -> Tables:
    return read_records(read_text(f"{HEAD}評価\t{judged}\n".encode(), "made.txt"))


@pytest.mark.parametrize("judged", ["A・B", "ABC", "☆・★", "□、▲", "○ △", "A（自己）B（外部）", "自己A 外部B"])
def test_of_several_marks_none_is_the_grade_and_a_finding_says_so(judged: str) -> None:
    tables = read(judged)
    assert [row.grade for row in rows_of(tables, Grade) if row.grade] == []
    assert [row.observed for row in rows_of(tables, Finding) if row.rule == "ambiguous"] == [judged]


@pytest.mark.parametrize(("judged", "grade"), [("Ａ", "A"), ("★", "★"), ("AA", "AA"), ("◯", "○")])
def test_one_mark_is_the_grade(judged: str, grade: str) -> None:
    assert [row.grade for row in rows_of(read(judged), Grade)] == [grade]


@pytest.mark.parametrize("judged", ["A（仮）", "A（中間）", "A又はB", "Aに近いB", "Aに至らず"])
def test_what_is_not_settled_is_no_grade_and_told(judged: str) -> None:
    tables = read(judged)
    assert [row.grade for row in rows_of(tables, Grade)] == []
    assert [row.observed for row in rows_of(tables, Finding) if row.rule == "ambiguous"] == [judged]


@pytest.mark.parametrize(("judged", "grade"), [("A（順調）", "A"), ("○ おおむね達成", "○"), ("評価A", "A")])
def test_words_about_a_mark_leave_it_the_grade(judged: str, grade: str) -> None:
    assert [row.grade for row in rows_of(read(judged), Grade)] == [grade]
