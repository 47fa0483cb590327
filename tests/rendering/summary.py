"""Summaries: goals with their measures, lines of counts with scores, good points and issues with who says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import strategies as st

from normalize.municipalities.musashino import SUMMARY_FORM
from tests.rendering.amounts import fiscal_years
from tests.rendering.facts import Fact, called, fact
from tests.rendering.printed import Item, Line, Print, Words
from tests.rendering.words import labels, names, prose, wide

LABELS = {
    "legend": sorted(SUMMARY_FORM.legend.spellings),
    "whole_plan": sorted(SUMMARY_FORM.whole_plan.spellings),
    "captions": sorted(SUMMARY_FORM.captions.spellings),
    "good_point": sorted(SUMMARY_FORM.good_points.spellings),
    "issue": sorted(SUMMARY_FORM.issues.spellings),
}
PLANS = ("第二期武蔵野市産業振興計画", "第3期武蔵野市産業振興計画")
SCHEME = "musashino-2"
WEIGHTS = {
    "◎": Fraction(1), "○": Fraction(1), "△": Fraction(2, 3), "□": Fraction(1, 3), "×": Fraction(0), "-": Fraction(0),
}  # fmt: skip
ALIKE = {"◎": "◎", "○": "○〇◯", "△": "△", "□": "□", "×": "×", "-": "-－―"}
SAID = (
    ("市", "市"),
    ("関", "関"),
    ("関係機関", "関"),
    ("市・関", "市・関"),
    ("市・関係", "市・関"),
    ("市、関", "市・関"),
)


@dataclass(frozen=True, slots=True)
class Counts:
    """A line of counts. `marks` are in the order of print; `score` and `earlier` as printed; `total` may be wrong."""

    total: int
    what: str
    marks: tuple[tuple[str, str, int], ...]
    score: str | None
    earlier: str | None
    highest: int
    form: str

    @property
    def recomputed(self) -> Fraction:
        points = sum((WEIGHTS[grade] * count for grade, _, count in self.marks), Fraction(0))
        return points * self.highest / self.total

    @property
    def printed(self) -> str:
        marks = " ".join(f"{mark}{count}" for _, mark, count in self.marks)
        line = f"{self.total}{self.what}中 {marks}"
        if self.score is None:
            return line
        earlier = f" ({self.earlier}) " if self.earlier else ""
        return f"{line} → " + self.form.format(score=self.score, earlier=earlier, highest=self.highest)


@dataclass(frozen=True, slots=True)
class View:
    """A good point or an issue, and who says so, as printed and as meant."""

    words: Words
    said: tuple[str, str] | None
    stop: str

    @property
    def printed(self) -> str:
        return self.words.printed + (f"（{self.said[0]}）{self.stop}" if self.said else "")


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal of the plan."""

    name: Words
    measures: tuple[Words, ...]
    counts: Counts
    views: tuple[tuple[str, tuple[View, ...]], ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A document."""

    plan: str
    labels: Mapping[str, str]
    has_legend: bool
    note: Words | None
    as_of: tuple[int, str]
    whole_plan: Counts | None
    goals: tuple[Goal, ...]
    wide_numbers: bool


# --- what may be drawn ------------------------------------------------------------------------------------------------


@st.composite
def summary(draw: st.DrawFn) -> Summary:
    """Summaries of one to four goals."""
    year = draw(st.integers(2012, 2024))
    return Summary(
        plan=draw(st.sampled_from(PLANS)),
        labels={key: draw(labels(spellings)) for key, spellings in LABELS.items()},
        has_legend=draw(st.booleans()),
        note=draw(st.none() | prose()),
        as_of=(year, draw(fiscal_years(year).filter(lambda text: "（" not in text))),
        whole_plan=draw(st.none() | _counts()),
        goals=tuple(draw(st.lists(_goals(), min_size=1, max_size=4))),
        wide_numbers=draw(st.booleans()),
    )


@st.composite
def _goals(draw: st.DrawFn) -> Goal:
    return Goal(
        name=draw(names()),
        measures=tuple(draw(st.lists(names(), max_size=3))),
        counts=draw(_counts()),
        views=tuple(
            (section, tuple(draw(st.lists(_views(), min_size=1, max_size=4)))) for section in ("good_point", "issue")
        ),
    )


@st.composite
def _views(draw: st.DrawFn) -> View:
    said = draw(st.sampled_from((*SAID, *SAID, *SAID, None)))
    return View(draw(prose(2)), said, draw(st.sampled_from(("", "", "。"))))


@st.composite
def _counts(draw: st.DrawFn) -> Counts:
    order = draw(st.permutations(tuple(WEIGHTS)))
    marks = tuple((grade, draw(st.sampled_from(ALIKE[grade])), draw(st.integers(0, 30))) for grade in order)
    total = sum(count for *_, count in marks) or 1
    if draw(st.integers(0, 9)) == 9:
        total += 1  # the line contradicts itself
    form = "{score}{earlier}点 / {highest}点"
    has_score = draw(st.integers(0, 5)) > 0
    highest = draw(st.sampled_from((100, 100, 50)))
    line = Counts(total, draw(st.sampled_from(("施策", "基本施策", "事業", "項目"))), marks, None, None, highest, form)
    if not has_score:
        return line
    digits = draw(st.sampled_from(("1", "1", "0.1")))
    exact = line.recomputed
    score = (Decimal(exact.numerator) / exact.denominator).quantize(Decimal(digits), ROUND_HALF_UP)
    if draw(st.integers(0, 9)) == 9:
        score += 3  # another score than its counts give
    earlier = str(draw(st.integers(0, 100))) if draw(st.booleans()) else None
    forms = (form, "{score}点{earlier} / {highest}点", "{score}{earlier}点／{highest}点")
    return Counts(
        total, line.what, marks, str(score), earlier, highest, draw(st.sampled_from(forms))
    )  # fmt: skip


# --- what it prints ---------------------------------------------------------------------------------------------------


def summary_to_print(document: Summary) -> Print:
    """The title, the legend, the goals."""
    return tuple(_items(document))


def _items(document: Summary) -> Iterator[Item]:
    yield Line(f"{document.plan}進捗管理まとめ", level=1)
    if document.has_legend:
        yield Line(document.labels["legend"], level=2)
        yield Line(document.labels["captions"])
        yield from (
            Line(text) for text in ("○または◎ … 2.44点", "△ 2.44点 × 2 / 3", "□ 2.44点 × 1 / 3", "×または- … 0点")
        )
    if document.note:
        yield Line("※" + document.note.printed)
    if document.whole_plan:
        yield Line(document.labels["whole_plan"], level=2)
        yield Line(_numbers(document, document.whole_plan.printed))
    yield Line(f"() 内は{document.as_of[1]}末時点")
    for number, goal in enumerate(document.goals, 1):
        yield Line(f"目標 {_numbers(document, str(number))} {goal.name.printed}", level=2)
        for at, measure in enumerate(goal.measures, 1):
            yield Line(f"基本施策（{_numbers(document, str(at))}）{measure.printed}", level=3)
        yield Line(document.labels["captions"])
        yield Line(_numbers(document, goal.counts.printed))
        for section, views in goal.views:
            yield Line(document.labels[section], level=3)
            yield from (Line(view.printed) for view in views)


def _numbers(document: Summary, text: str) -> str:
    return wide(text) if document.wide_numbers else text


# --- what it means ----------------------------------------------------------------------------------------------------


def summary_to_facts(document: Summary) -> Iterator[Fact]:
    """The facts that the summary states."""
    yield fact(
        "documents", layout="musashino.summary", municipality_code="132039", plan_name=document.plan,
        title=f"{document.plan}進捗管理まとめ", status="converted", coverage=1.0,
    )  # fmt: skip
    if document.note:
        yield fact("passages", section="background", item=1, text="※" + document.note.clean)
    if document.whole_plan:
        yield from _counts_facts(document, document.whole_plan, None)
    position = 0
    for number, goal in enumerate(document.goals, 1):
        position += 1
        key = called("policy", str(number), goal.name.clean)
        yield fact("measures", measure=key, name_text=goal.name.printed, position=position)
        for at, measure in enumerate(goal.measures, 1):
            position += 1
            own = called("measure", f"{number}-{at}", measure.clean)
            yield fact("measures", measure=own, parent=key, name_text=measure.printed, position=position)
        yield from _counts_facts(document, goal.counts, key)
        for section, views in goal.views:
            for item, view in enumerate(views, 1):
                yield fact(
                    "passages", measure=key, section=section, item=item, text=view.words.clean,
                    attribution=view.said[1] if view.said else None,
                )  # fmt: skip
    for section in ("good_point", "issue"):
        said = [view.said for goal in document.goals for kind, views in goal.views if kind == section for view in views]
        silent = said.count(None)
        if 2 * silent < len(said):
            yield from [fact("findings", rule="label-missing", severity="warning")] * silent


def _counts_facts(document: Summary, counts: Counts, measure: str | None) -> Iterator[Fact]:
    for grade, _, count in counts.marks:
        yield fact("grade_counts", measure=measure, scheme=SCHEME, grade=grade, count=count)
    if counts.total != sum(count for *_, count in counts.marks):
        yield fact("findings", rule="counts-differ", severity="error")
    if counts.score is None:
        return
    yield fact(
        "scores", measure=measure, score=float(counts.score), score_max=float(counts.highest),
        score_text=_numbers(document, counts.score), recomputed=round(float(counts.recomputed), 9),
    )  # fmt: skip
    if _differs(counts):
        yield fact("findings", rule="score-differs", severity="error")
    if counts.earlier:
        yield fact(
            "scores", measure=measure, fiscal_year=document.as_of[0], score=float(counts.earlier),
            score_max=float(counts.highest), score_text=_numbers(document, counts.earlier),
        )  # fmt: skip


def _differs(counts: Counts) -> bool:
    """Whether the score is another than its counts give, the rounding of its last digit aside."""
    assert counts.score is not None
    exact = Decimal(counts.recomputed.numerator) / counts.recomputed.denominator
    unit = Decimal(1).scaleb(Decimal(counts.score).as_tuple().exponent)  # type: ignore[arg-type]
    return abs(exact - Decimal(counts.score)) > unit / 2
