"""grade-differs: a printed grade that target and actual do not give."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.records.measures import called
from normalize.statements.statement import Remark
from schemas.messages import say
from schemas.records import Grade, Measure
from schemas.rows import Tables, rows_of


def grades_differ(records: Tables) -> Iterator[Remark]:
    """Grades that differ from the one that their scheme gives for target and actual."""
    measures = {measure.measure_id: measure for measure in rows_of(records, Measure)}
    for grade in rows_of(records, Grade):
        if grade.grade_recomputed is None or grade.grade is None or grade.grade == grade.grade_recomputed:
            continue
        whose = called(measures.get(grade.measure_id or ""))
        said = {"whose": whose, "grade": grade.grade, "other": grade.grade_recomputed}
        yield Remark(
            "grade-differs", "error",
            say(
                "the grade of {whose} in fiscal year {year} is {grade}, its target and actual give {other}",
                year=grade.fiscal_year, **said,
            )
            if grade.fiscal_year
            else say("the grade of {whose} is {grade}, its target and actual give {other}", **said),
            record=grade, field_name="grade", expected=grade.grade_recomputed, observed=grade.grade,
        )  # fmt: skip
