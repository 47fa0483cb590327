"""Plans that are drawn, and their later editions. What became of each row is known, so every match can be judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

from normalize.derived.series.editions import Edition, Print
from normalize.derived.series.likeness import ALIKE, likeness
from schemas.records import DocumentRow, Indicator, Measure, Observation

FIRST_YEAR = 2023
THINGS = (
    "朝市",
    "桟橋",
    "灯台",
    "漁船",
    "遊歩道",
    "案内板",
    "直売所",
    "工房",
    "倉庫",
    "水産物",
    "観光船",
    "食堂",
    "塩",
)
DOINGS = ("再生", "整備", "活用", "発信", "連携", "普及", "保全", "改修", "開発", "継承", "貸出", "点検")
COUNTED = (("参加者数", "人"), ("開催数", "回"), ("来客数", "人"), ("貸出件数", "件"), ("満足度", "%"))
FATES = ("stays", "stays", "stays", "renamed", "dropped", "moved", "revised", "counted")
ADDED = ("促進", "推進", "支援")


@dataclass(frozen=True, slots=True)
class Row:
    """A programme with one indicator. `thing` is who it is, whatever it is called; its values by year."""

    thing: int
    parent: int
    name: str
    counted: str
    unit: str
    values: Mapping[int, int]
    code: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """An edition: the names of its measures, and its rows. `codes` tells whether their codes are printed, and whether
    they go with a thing or number the rows anew. `renamed` are the rows whose name or counted noun differs from the
    edition before, `recounted` those of the latter."""

    year: int
    measures: Sequence[str]
    rows: Sequence[Row]
    codes: str
    renamed: frozenset[int] = frozenset()
    recounted: frozenset[int] = frozenset()
    revised: Mapping[int, tuple[int, int]] = field(default_factory=dict)


@st.composite
def courses(draw: st.DrawFn) -> list[Plan]:
    """Two to four editions of one plan. No two things in it are called alike, for then nobody could tell."""
    names = draw(st.permutations([f"{thing}の{doing}" for thing in THINGS for doing in DOINGS]).map(_unlike))
    fresh = iter(names)
    measures = [next(fresh) for _ in range(draw(st.integers(1, 3)))]
    number = iter(range(1, 1000))
    codes = draw(st.sampled_from(("none", "kept", "numbered")))
    years_back = draw(st.sampled_from((0, 2)))

    def new(year: int) -> Row:
        counted, unit = draw(st.sampled_from(COUNTED))
        thing = next(number)
        values = {at: draw(st.integers(1, 500)) for at in range(year - years_back, year + 1)}
        return Row(thing, draw(st.integers(0, len(measures) - 1)), next(fresh), counted, unit, values, f"{thing:03}")

    rows = [new(FIRST_YEAR) for _ in range(draw(st.integers(2, 7)))]
    plans = [Plan(FIRST_YEAR, measures, rows, codes)]
    for year in range(FIRST_YEAR + 1, FIRST_YEAR + draw(st.integers(2, 4))):
        renamed: set[int] = set()
        recounted: set[int] = set()
        revised: dict[int, tuple[int, int]] = {}
        later = []
        for row in rows:
            fate = draw(st.sampled_from(FATES))
            if fate == "dropped":
                continue
            values = {**row.values, year: draw(st.integers(1, 500))}
            values = {at: value for at, value in values.items() if years_back or at == year}
            if fate == "revised" and years_back:
                values[year - 1] += 1
                revised[row.thing] = (year - 1, values[year - 1])
            row = replace(row, values=values)
            if fate == "renamed":
                row = replace(row, name=row.name + draw(st.sampled_from(ADDED)))
                renamed.add(row.thing)
            elif fate == "counted":
                row = replace(row, counted=f"年間{row.counted}")
                recounted.add(row.thing)
            elif fate == "moved":
                row = replace(row, parent=draw(st.integers(0, len(measures) - 1)))
            later.append(row)
        later.extend(new(year) for _ in range(draw(st.integers(0, 2))))
        rows = draw(st.permutations(later))
        plans.append(Plan(year, measures, rows, codes, frozenset(renamed | recounted), frozenset(recounted), revised))
    return plans


def plan_to_edition(plan: Plan) -> Edition:
    """The records that a perfect reading of an edition gives: a target and an actual for each year that it prints."""
    own = f"{plan.year:016}"
    document = DocumentRow(
        document_id=own, sha256=own * 4, source_name=f"{plan.year}.txt", media_type="text/plain", size_bytes=1,
        municipality_code="132039", plan_name="みなと振興プラン", fiscal_year=plan.year, status="converted",
    )  # fmt: skip
    measures = [_measure(own, f"m{at}", "measure", name, at + 1) for at, name in enumerate(plan.measures)]
    programmes = [
        replace(
            _measure(own, _programme(row), "program", row.name, at), parent_measure_id=f"{own}-m{row.parent}",
            measure_code=f"{at:03}" if plan.codes == "numbered" else row.code,
        )
        for at, row in enumerate(plan.rows, len(measures) + 1)
    ]  # fmt: skip
    codes = frozenset(measure.measure_id for measure in programmes) if plan.codes != "none" else frozenset[str]()
    return Edition(
        document,
        (*measures, *programmes),
        [*_indicators(plan, own)],
        [Print.of(seen) for seen in _observations(plan)],
        codes,
    )


def indicator_id(plan: Plan, row: Row) -> str:
    return f"{plan.year:016}-{_programme(row)}-i1"


def _unlike(names: Sequence[str]) -> list[str]:
    kept: list[str] = []
    for name in names:
        if len(kept) < 30 and all(likeness(name, other) < ALIKE / 2 for other in kept):
            kept.append(name)
    return kept


def _programme(row: Row) -> str:
    return f"p{row.thing}"


def _measure(document: str, own: str, level: str, name: str, position: int) -> Measure:
    return Measure(
        measure_id=f"{document}-{own}", document_id=document, measure_level="program" if level == "program" else
        "measure", measure_name=name, position=position,
    )  # fmt: skip


def _indicators(plan: Plan, own: str) -> Iterator[Indicator]:
    for row in plan.rows:
        yield Indicator(
            indicator_id=indicator_id(plan, row), measure_id=f"{own}-{_programme(row)}", indicator_name=row.counted,
            indicator_text=row.counted, unit=row.unit, indicator_measure="count", position=1,
        )  # fmt: skip


def _observations(plan: Plan) -> Iterator[Observation]:
    for row in plan.rows:
        for year, value in row.values.items():
            yield Observation(
                observation_id=f"{indicator_id(plan, row)}-actual-{year}", indicator_id=indicator_id(plan, row),
                fiscal_year=year, role="actual", value=float(value), value_text=f"{value}{row.unit}", unit=row.unit,
                comparator="=",
            )  # fmt: skip
