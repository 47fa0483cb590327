"""Lines of counts: how many measures got each mark, and the score that is published for them.

`41施策中 ○30 △1 □7 ×1 ◎2 -0 → 85 (76) 点 / 100点`: a total, counts by mark, a score, the earlier score in brackets, the
highest score.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated

from normalize.document.text_span import Excerpt
from normalize.grades.schemes import read_grade
from normalize.records.measures import called
from normalize.records.passages import syntax
from normalize.statements.statement import Remark, Statement, entry
from normalize.text.folding import clean, narrow
from normalize.text.patterns import CheckedForm, Groups
from schemas.document import Document
from schemas.messages import say
from schemas.records import GradeCount, Measure, Score


@dataclass(frozen=True, slots=True)
class CountForm(CheckedForm):
    """`line` has the groups `total`, `counts`, `score`, `earlier` and `max`; all but the first two may be empty."""

    scheme: str
    line: Annotated[re.Pattern[str], Groups(("total", "counts", "score", "earlier", "max"))]


@dataclass(frozen=True, slots=True)
class AsOf:
    """The year of the scores in brackets, and where it is printed."""

    fiscal_year: int
    source: Excerpt


_COUNT = re.compile(r"(?P<mark>[^\s\d、,，:：])\s*[:：]?\s*(?P<count>\d+)")
_MOST = 1_000_000
"""No plan has more to count than this."""

_OR = r"(?:または|又は|もしくは|及び|・|、|,|/)"
_POINTS = re.compile(
    rf"(?P<marks>\S(?:\s*+{_OR}\s*+\S)*) [\s.．…・:：=＝]*+ (?P<points>\d+(?:[.．]\d+)?) \s*+ 点 \s*+"
    r"(?: [×✕xX*＊] \s*+ (?P<over>\d+) \s*+ [/／] \s*+ (?P<under>[1-9]\d*) )?",
    re.VERBOSE,
)


def legend_weights(lines: Iterable[Excerpt], scheme: str) -> dict[str, Fraction]:
    """The weight of each mark that a legend states, 1 for the mark that is worth most.

    >>> from normalize.document.text_span import Place
    >>> lines = [Excerpt.of(text, Place(0)) for text in ("○または◎ … 2.5点", "△ 2.5点 × 2 / 3", "× … 0点")]
    >>> {mark: str(weight) for mark, weight in legend_weights(lines, "musashino-2").items()}
    {'○': '1', '◎': '1', '△': '2/3', '×': '0'}
    """
    points: dict[str, Fraction] = {}
    shares: dict[str, Fraction] = {}
    for line in lines:
        match = _POINTS.fullmatch(narrow(line.text).strip())
        if match is None:
            continue
        for mark in re.split(_OR, match["marks"]):
            grade = read_grade(mark, scheme).grade
            if grade is not None:
                points[grade] = Fraction(narrow(match["points"]))
                shares[grade] = Fraction(int(match["over"]), int(match["under"])) if match["over"] else Fraction(1)
    most = max(points.values(), default=Fraction(0))
    return {grade: points[grade] / most * shares[grade] for grade in points} if most else {}


def weights_to_statements(weights: Mapping[str, Fraction], scheme: str, where: Excerpt | None) -> Iterator[Statement]:
    """Remarks where a legend weighs a mark otherwise than its scheme does."""
    for grade, weight in weights.items():
        known = read_grade(grade, scheme).score
        if known is not None and known != weight:
            yield Remark(
                "score-differs",
                "warning",
                say(
                    "the legend weighs {mark} with {weight}, the scheme {scheme} with {other}; scores "
                    "are recomputed with the legend's weight",
                    mark=grade,
                    weight=weight,
                    scheme=scheme,
                    other=known,
                ),
                where,
                expected=str(known),
                observed=str(weight),
            )


def counts_to_statements(
    document: Document,
    line: Excerpt,
    form: CountForm,
    measure: Measure | None,
    weights: Mapping[str, Fraction],
    as_of: AsOf | None,
) -> Iterator[Statement]:
    """Read one line of counts: a row per mark, the score with its recomputation, the earlier score at its own year.

    Raises ValueError for a line that is none.
    """
    match = form.line.fullmatch(narrow(line.text))
    if match is None:
        raise ValueError(f"no line of counts: {line.text}")
    counts, parts = yield from _counts(document, line, match, form, measure)
    complete = len(parts) == 2 * len(counts)
    total = line.group(match, "total")
    if total and complete and sum(counts.values()) != int(total.text):
        yield Remark(
            "counts-differ",
            "error",
            say(
                "the counts of {whose} add up to {sum}, the line says {total}",
                whose=called(measure),
                sum=sum(counts.values()),
                total=total.text,
            ),
            line,
            measure,
            expected=clean(total.text),
            observed=str(sum(counts.values())),
        )
    score = line.group(match, "score")
    if score:
        points = _recomputed(counts, int(match["total"]), weights, form.scheme, _number(match["max"]))
        yield _score(document, line, match, score, measure, recomputed=points if complete else None)
        parts.append(score)
    earlier = line.group(match, "earlier")
    if earlier and as_of:
        yield _score(document, line, match, earlier, measure, as_of=as_of)
    elif earlier:
        yield Remark(
            "label-missing",
            "error",
            say(
                "the score {score} in brackets of {whose} has no year: no line says of when it is",
                score=earlier.printed,
                whose=called(measure),
            ),
            earlier,
            measure,
            expected="a line such as () 内は令和3年度末時点",
        )
    yield from syntax(line, [*parts, *(part for part in (earlier, line.group(match, "max")) if part)])


def _counts(
    document: Document, line: Excerpt, match: re.Match[str], form: CountForm, measure: Measure | None
) -> Generator[Statement, None, tuple[dict[str, int], list[Excerpt]]]:
    """The counts by grade, and every mark and number of the line, also those that give no row."""
    counted = line.group(match, "counts")
    counts: dict[str, int] = {}
    parts: list[Excerpt] = []
    for pair in _COUNT.finditer(narrow(counted.text)) if counted else ():
        assert counted is not None
        mark, number = counted.slice(*pair.span("mark")), counted.slice(*pair.span("count"))
        parts += [mark, number]
        grade = read_grade(mark.text, form.scheme).grade
        if grade is None:
            yield Remark(
                "grade-unknown",
                "error",
                say(
                    "{mark} is no grade of the scheme {scheme}; check the page, or add the mark to the scheme's file",
                    mark=mark.printed,
                    scheme=form.scheme,
                ),
                mark,
                measure,
                observed=mark.printed,
            )
        elif grade in counts:
            yield Remark(
                "counts-differ",
                "error",
                say("{whose} counts {mark} twice", whose=called(measure), mark=mark.printed),
                mark,
                measure,
                expected=str(counts[grade]),
                observed=number.printed,
            )
        elif int(number.text) > _MOST:
            yield Remark(
                "counts-differ",
                "error",
                say("{whose} counts {mark} more often than any plan can", whose=called(measure), mark=mark.printed),
                number,
                measure,
                expected=f"at most {_MOST:,}",
                observed=number.printed,
            )
        else:
            counts[grade] = int(number.text)
            row = GradeCount(
                document_id=document.document_id,
                measure_id=measure.measure_id if measure else None,
                fiscal_year=None,
                grade_scheme_id=form.scheme,
                grade=grade,
                count=counts[grade],
            )
            yield entry(row, grade=mark, count=number)
    return counts, parts


def _score(
    document: Document,
    line: Excerpt,
    match: re.Match[str],
    printed: Excerpt,
    measure: Measure | None,
    *,
    recomputed: Fraction | None = None,
    as_of: AsOf | None = None,
) -> Statement:
    highest = line.group(match, "max")
    row = Score(
        document_id=document.document_id,
        measure_id=measure.measure_id if measure else None,
        fiscal_year=as_of.fiscal_year if as_of else None,
        score=float(narrow(printed.text)),
        score_max=float(narrow(highest.text)) if highest else None,
        score_text=printed.printed,
        score_recomputed=None if recomputed is None else float(recomputed),
    )
    return entry(row, score=printed, score_text=printed, score_max=highest, fiscal_year=as_of.source if as_of else None)


def _recomputed(
    counts: Mapping[str, int], total: int, weights: Mapping[str, Fraction], scheme: str, highest: Fraction | None
) -> Fraction | None:
    """Weights times counts over the total, of the highest score; None where a mark has no weight."""
    points = [
        (weights[grade] if grade in weights else read_grade(grade, scheme).score, count)
        for grade, count in counts.items()
    ]
    if not counts or not total or highest is None or any(weight is None for weight, _ in points):
        return None
    return sum((weight * count for weight, count in points if weight is not None), Fraction(0)) * highest / total


def _number(text: str | None) -> Fraction | None:
    return Fraction(narrow(text)) if text else None
