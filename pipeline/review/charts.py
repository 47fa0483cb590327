"""The charts of the index: what is drawn where. The template only writes it down as SVG."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.summary import share_to_text
from schemas.declare import Text
from schemas.records import DocumentRow, GradeScheme, Result

_WIDTH = 340.0
_ROW = 44.0
_RATIO_ROW = 54.0
_LINE = 34.0
_MOST_ROWS = 60
_TOP_RATIO = 2.0
_SHADES = 5
_HUES = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of a row: how many have this grade. `text` is short, `label` in full; `shade` names a colour."""

    x: float
    width: float
    count: int
    text: Text
    label: str
    shade: str


@dataclass(frozen=True, slots=True)
class GradeRow:
    """The grades of one municipality, year and scheme."""

    top: float
    label: str
    note: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """An indicator's achievement ratio in one year."""

    x: float
    y: float
    is_reached: bool
    label: str


@dataclass(frozen=True, slots=True)
class RatioRow:
    """The achievement ratios of one municipality and year."""

    top: float
    label: str
    note: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A value on the axis of the achievement ratio."""

    x: float
    label: str
    is_goal: bool


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """The coverage of one document."""

    top: float
    label: str
    text: str
    width: float


@dataclass(frozen=True, slots=True)
class GradeChart:
    """Grades per municipality, year and scheme."""

    rows: tuple[GradeRow, ...]
    left_out: int
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class RatioChart:
    """Achievement ratios per municipality and year."""

    rows: tuple[RatioRow, ...]
    marks: tuple[Mark, ...]
    left_out: int
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class CoverageChart:
    """Coverage of the documents that have less than all, the lowest first; `whole` counts those that have all."""

    rows: tuple[CoverageRow, ...]
    left_out: int
    whole: int
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Charts:
    """What the index draws."""

    grades: GradeChart
    ratio: RatioChart
    coverage: CoverageChart


def draw_charts(documents: Sequence[DocumentRow], results: Sequence[Result], schemes: Iterable[GradeScheme]) -> Charts:
    """The charts of a snapshot. What two documents say alike (a sheet and its text form) counts once."""
    once = tuple(said_once(results))
    return Charts(_grade_chart(once, tuple(schemes)), _ratio_chart(once), _coverage_chart(documents))


def said_once(results: Iterable[Result]) -> Iterable[Result]:
    """The results without those that another document repeats word by word: same place, measure, year and values.

    What one document says twice stays twice: two of its rows may be alike.
    """
    taken: Counter[tuple[object, ...]] = Counter()
    seen: dict[str, Counter[tuple[object, ...]]] = {}
    for row in results:
        key = (
            row.municipality_code, row.plan_name, row.measure_code, row.measure_name, row.parent_name,
            row.indicator_text, row.indicator_name, row.fiscal_year, row.target_value, row.actual_value,
            row.grade_scheme_id, row.grade_text, row.subject, row.score,
        )  # fmt: skip
        own = seen.setdefault(row.document_id, Counter())
        own[key] += 1
        if own[key] > taken[key]:
            taken[key] += 1
            yield row


def _place(row: Result) -> tuple[str, int]:
    return (row.municipality_name or row.plan_name or "–", row.fiscal_year or 0)


def _label(place: tuple[str, int]) -> str:
    name, year = place
    short = name if len(name) <= 11 else name[:10] + "…"
    return f"{short} {year}" if year else short


def _grade_chart(results: Iterable[Result], schemes: Sequence[GradeScheme]) -> GradeChart:
    known = {(scheme.grade_scheme_id, scheme.grade): scheme for scheme in schemes}
    order = {key: position for position, key in enumerate(known)}
    groups: dict[tuple[tuple[str, int], str], Counter[str]] = {}
    for row in results:
        if row.grade and row.grade_scheme_id:
            groups.setdefault((_place(row), row.grade_scheme_id), Counter())[row.grade] += 1
    shown = sorted(groups.items())[:_MOST_ROWS]
    rows = []
    for number, ((place, scheme), counts) in enumerate(shown):
        grades = sorted(counts, key=lambda grade: (order.get((scheme, grade), len(order)), grade))
        bars: list[Bar] = []
        x = 0.0
        for grade in grades:
            width = counts[grade] / counts.total() * _WIDTH
            found = known.get((scheme, grade))
            name = (found.label_ja if found else None) or ""
            english = (found.label_en if found else None) or ""
            text = Text(grade, grade) if len(grade) == 1 else Text(name or grade, english or grade)
            bars.append(
                Bar(
                    round(x, 2), round(width, 2), counts[grade],
                    Text(_on_bar(text.ja, counts[grade], width), _on_bar(text.en, counts[grade], width)),
                    f"{grade} {name}".strip(), _shade(scheme, grade, known),
                )
            )  # fmt: skip
            x += width
        rows.append(GradeRow(number * _ROW, _label(place), f"{scheme} · {counts.total()}", tuple(bars)))
    return GradeChart(tuple(rows), len(groups) - len(shown), _WIDTH, max(len(rows), 1) * _ROW)


def _on_bar(text: str, count: int, width: float) -> str:
    """As much of a grade and its count as fits on its bar; a wide character takes 12 pixels, another 7."""
    taken = sum(7.0 if character.isascii() else 12.0 for character in text)
    if width > taken + 26:
        return f"{text} {count}"
    return text if width > taken + 4 else ""


def _shade(scheme: str, grade: str, known: Mapping[tuple[str, str], GradeScheme]) -> str:
    """One of five shades from the best rank to the last; another colour for a grade without a rank."""
    ranks = sorted({found.rank for (name, _), found in known.items() if name == scheme and found.rank is not None})
    found = known.get((scheme, grade))
    if found is None:
        return "g6"
    if found.rank is None or not ranks:  # a direction is no better than another: colours without an order
        every = [other for name, other in known if name == scheme]
        return f"n{1 + every.index(grade) % _HUES}"
    if len(ranks) == 1:
        return "g1"
    return f"g{1 + round(ranks.index(found.rank) * (_SHADES - 1) / (len(ranks) - 1))}"


def _ratio_chart(results: Iterable[Result]) -> RatioChart:
    groups: dict[tuple[str, int], list[Result]] = {}
    for row in results:
        if row.achievement_ratio is not None:
            groups.setdefault(_place(row), []).append(row)
    shown = sorted(groups.items())[:_MOST_ROWS]
    rows = []
    for number, (place, found) in enumerate(shown):
        top = number * _RATIO_ROW
        reached = sum((row.achievement_ratio or 0.0) >= 1 for row in found)
        rows.append(
            RatioRow(top, _label(place), f"{reached} / {len(found)} ≥ 100 %", tuple(_dots(found, top)))
        )  # fmt: skip
    marks = tuple(
        Mark(
            _across(share),
            f"{share:.0%}{'+' if share == _TOP_RATIO else ''}",
            share == 1,
        )
        for share in (0.0, 0.5, 1.0, 1.5, 2.0)
    )
    return RatioChart(tuple(rows), marks, len(groups) - len(shown), _WIDTH, max(len(rows), 1) * _RATIO_ROW + 24)


def _across(ratio: float) -> float:
    return round(12 + min(max(ratio, 0.0), _TOP_RATIO) * (_WIDTH - 34) / _TOP_RATIO, 2)


def _dots(found: Iterable[Result], top: float) -> Iterable[Dot]:
    """Dots that would lie on each other stand below each other, in up to four lanes."""
    lanes: Counter[int] = Counter()
    for row in sorted(found, key=lambda row: row.achievement_ratio or 0.0):
        ratio = row.achievement_ratio or 0.0
        x = _across(ratio)
        lane = lanes[round(x / 8)]
        lanes[round(x / 8)] += 1
        name = " ".join(part for part in (row.measure_code, row.measure_name, row.indicator_name) if part)
        yield Dot(round(x, 2), top + 20 + lane % 4 * 7, ratio >= 1, f"{name}: {ratio:.1%}")


def _coverage_chart(documents: Iterable[DocumentRow]) -> CoverageChart:
    every = [(document.coverage, document.source_name) for document in documents if document.coverage is not None]
    told = sorted(pair for pair in every if pair[0] < 1)
    rows = tuple(
        CoverageRow(
            top=number * _LINE,
            label=name if len(name) <= 38 else "…" + name[-37:],
            text=share_to_text(share),
            width=round(share * _WIDTH, 2),
        )
        for number, (share, name) in enumerate(told[:_MOST_ROWS])
    )
    return CoverageChart(rows, len(told) - len(rows), len(every) - len(told), _WIDTH, max(len(rows), 1) * _LINE)
