"""grade-differs: a printed grade that target and actual do not give."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.records.measures import called
from normalize.statements.statement import Remark
from schemas.records import Grade, Measure
from schemas.rows import rows_of
from schemas.tables import Tables


def grades_differ(records: Tables) -> Iterator[Remark]:
    """Grades that differ from the one that their scheme gives for target and actual."""
    measures = {measure.measure_id: measure for measure in rows_of(records, Measure)}
    for grade in rows_of(records, Grade):
        if grade.grade_recomputed is None or grade.grade is None or grade.grade == grade.grade_recomputed:
            continue
        whose = called(measures.get(grade.measure_id or ""))
        year = f" in fiscal year {grade.fiscal_year}" if grade.fiscal_year else ""
        yield Remark(
            "grade-differs", "error",
            f"the grade of {whose}{year} is {grade.grade}, its target and actual give {grade.grade_recomputed}",
            record=grade, field_name="grade", expected=grade.grade_recomputed, observed=grade.grade,
        )  # fmt: skip
