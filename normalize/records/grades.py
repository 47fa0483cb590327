"""Judgements: a printed mark or word → a grade of a scheme."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from normalize.cells.choices import options_of
from normalize.document.text_span import Excerpt
from normalize.grades.schemes import marks_in, read_grade
from normalize.statements.numbering import draft_id
from normalize.statements.statement import Remark, Statement, entry
from normalize.text.folding import fold_mark
from schemas.document import Document
from schemas.messages import say
from schemas.records import Grade


def judgement(
    document: Document,
    mark: Excerpt,
    scheme: str,
    *,
    measure_id: str | None,
    indicator_id: str | None = None,
    fiscal_year: int | None = None,
    grade_recomputed: str | None = None,
    explained: Collection[str] = (),
) -> Iterator[Statement]:
    """One printed judgement. A mark that the scheme does not know gives a grade without a code, and a finding.

    `explained` are the marks that the document's own legend explains: they are grades too.
    """
    code = read_grade(mark.text, scheme).grade or fold_mark(mark.text, explained) or _chosen(mark, scheme)
    grade = Grade(
        grade_id=draft_id("grade", mark, measure_id, indicator_id),
        document_id=document.document_id,
        measure_id=measure_id,
        indicator_id=indicator_id,
        fiscal_year=fiscal_year,
        grade_scheme_id=scheme,
        grade=code,
        grade_text=mark.printed,
        grade_recomputed=grade_recomputed,
    )
    yield entry(grade, grade=mark, grade_text=mark)
    named = marks_in(mark.text, scheme)
    if code is None and len(named) > 1:
        yield Remark(
            "ambiguous",
            "error",
            say(
                "{mark} names several grades ({grades}): which one is given is not told; none is said",
                mark=mark.printed,
                grades=", ".join(named),
            ),
            mark,
            grade,
            "grade",
            observed=mark.printed,
        )
    elif code is None:
        yield Remark(
            "grade-unknown",
            "error",
            say(
                "{mark} is no grade of the scheme {scheme}; check the page, or add the mark to the scheme's file",
                mark=mark.printed,
                scheme=scheme,
            ),
            mark,
            grade,
            "grade",
            observed=mark.printed,
        )


def _chosen(printed: Excerpt, scheme: str) -> str | None:
    """The grade of the one option that is ticked among several: ☑継続 □拡充."""
    options = options_of(printed)
    if options is None or len(options.chosen) != 1 or not options.others:
        return None
    return read_grade(options.chosen[0].text, scheme).grade
