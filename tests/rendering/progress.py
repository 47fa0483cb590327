"""Progress tables: year groups over target, actual and grade; merged policies and measures; a legend of grades."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from normalize.municipalities.akiruno import PROGRESS_FORM
from tests.rendering.amounts import UNITS, Amount, amounts, fiscal_years
from tests.rendering.facts import Fact, called, fact
from tests.rendering.printed import Cell, Item, Line, Paragraph, Print, Table, Words, bulleted, texts
from tests.rendering.words import bodies, labels, names, prose, spellings_of

LABELS = spellings_of(PROGRESS_FORM)
PLANS = ("あきる野市商工業振興プラン", "第2次あきる野市商工業振興計画", "あきる野市みなと振興プラン")
NONE = ("-", "－", "―", "ー")
GRADES = "SABC"
LIMITS = ((Fraction(6, 5), Fraction(9, 10), Fraction(1, 2)), (Fraction(11, 10), Fraction(4, 5), Fraction(2, 5)))
"""What a legend may print: from which ratio S, A and B are given. The first is the built-in scheme's."""


@dataclass(frozen=True, slots=True)
class Year:
    """A year group and the columns under it."""

    year: int
    printed: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What one row prints under a year. A number that is not there is empty or a dash."""

    target: Amount | None
    actual: Amount | None
    grade: str | None
    dash: str


@dataclass(frozen=True, slots=True)
class Programme:
    """One row."""

    name: Words
    indicator: Words | None
    is_new: bool
    reference: str
    orgs: tuple[Words, ...]
    aims: tuple[Words, ...]
    bullet: str
    done: Words | None
    issues: tuple[Words, ...]
    years: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """A document: measures by policy, programmes by measure."""

    plan: str
    since: str
    labels: Mapping[str, str]
    years: tuple[Year, ...]
    policies: tuple[tuple[Words, tuple[tuple[Words, tuple[Programme, ...]], ...]], ...]
    legend: tuple[Fraction, Fraction, Fraction] | None
    limits_in_words: bool
    note: Words | None
    sheet_number: str


def _name(node: tuple[Words, object]) -> str:
    """What a policy or measure is called: a name like the one above it in the list is the same node."""
    return node[0].clean


# --- what may be drawn ------------------------------------------------------------------------------------------------


@st.composite
def progress(draw: st.DrawFn) -> Progress:
    """Progress tables of one to three policies."""
    first = draw(st.integers(2017, 2028))
    years = draw(_years(first))
    legend = draw(st.sampled_from((None, *LIMITS)))
    programme = _programmes(years, legend or LIMITS[0])
    measure = st.tuples(names(), st.lists(programme, min_size=1, max_size=3).map(tuple))
    policy = st.tuples(names(), st.lists(measure, min_size=1, max_size=2, unique_by=_name).map(tuple))
    return Progress(
        plan=draw(st.sampled_from(PLANS)),
        since=draw(fiscal_years(first)),
        labels={key: draw(labels(spellings)) for key, spellings in LABELS.items()},
        years=years,
        policies=tuple(draw(st.lists(policy, min_size=1, max_size=2, unique_by=_name))),
        legend=legend,
        limits_in_words=draw(st.booleans()),
        note=draw(st.none() | prose()),
        sheet_number=draw(st.sampled_from(("", "資料2", "資料"))),
    )


@st.composite
def _years(draw: st.DrawFn, first: int) -> tuple[Year, ...]:
    groups = []
    for offset in range(draw(st.integers(1, 4))):
        roles: tuple[str, ...] = ("target", "actual", "grade")
        if offset == 0 and draw(st.booleans()):
            roles = ("actual",)
        groups.append(Year(first + offset, draw(fiscal_years(first + offset)), roles))
    if all("grade" not in group.roles for group in groups):
        groups.append(Year(first + 4, draw(fiscal_years(first + 4)), ("target", "actual", "grade")))
    return tuple(groups)


@st.composite
def _programmes(draw: st.DrawFn, years: Sequence[Year], limits: Sequence[Fraction]) -> Programme:
    spelling = draw(st.integers(0, len(UNITS) - 1))
    return Programme(
        name=draw(names()),
        indicator=draw(st.none() | names()),
        is_new=draw(st.booleans()),
        reference=draw(st.sampled_from(("", "P.33", "p.8", "Ｐ．１２"))),
        # In this cell ・ parts two bodies, also where it is part of a name.
        orgs=tuple(body for body in draw(st.just(()) | bodies()) if "・" not in body.clean),
        aims=tuple(draw(st.lists(prose(), max_size=2))),
        bullet=draw(st.sampled_from(("・", "", "●"))),
        done=draw(st.none() | prose()),
        issues=tuple(draw(st.lists(names(), max_size=3))),
        years=tuple(draw(_judged(year, spelling, limits)) for year in years),
    )


@st.composite
def _judged(draw: st.DrawFn, year: Year, spelling: int, limits: Sequence[Fraction]) -> Judged:
    target = draw(st.none() | amounts(spelling, least=1)) if "target" in year.roles else None
    actual = draw(st.none() | amounts(spelling)) if "actual" in year.roles else None
    grade = None
    if "grade" in year.roles and target and actual:
        given = given_grade(target.value, actual.value, limits)
        grade = draw(st.sampled_from((given, given, given, None, *GRADES)))
    return Judged(target, actual, grade, draw(st.sampled_from(("", *NONE))))


def given_grade(target: Decimal, actual: Decimal, limits: Sequence[Fraction]) -> str:
    """The grade by the limits. At the lower limit of B the built-in scheme gives C; every other limit is within."""
    ratio = Fraction(actual) / Fraction(target)
    best, good, fair = limits
    if ratio >= best:
        return "S"
    if ratio >= good:
        return "A"
    return "B" if ratio > fair or (ratio == fair and limits != LIMITS[0]) else "C"


# --- what it prints ---------------------------------------------------------------------------------------------------


def progress_to_print(document: Progress) -> Print:
    """The title, the table, the legend, the note."""
    items: list[Item] = [Line(f"{document.plan} {document.since}～進捗状況まとめ", level=1)]
    if document.sheet_number:
        items.append(Line(document.sheet_number))
    items.append(_table(document))
    if document.legend:
        items.append(_legend(document, document.legend))
    if document.note:
        items.append(Line("※" + document.note.printed))
    return tuple(items)


def _table(document: Progress) -> Table:
    leaves = [(year, role) for year in document.years for role in year.roles]
    n_fixed = 6
    widths = (1.2, 1.2, 1.6, 1.2, 3.0, 3.6, *[1.1] * len(leaves))
    cells = [*_header(document, n_fixed), *_rows(document, n_fixed)]
    return Table(widths, tuple(cells), header_rows=2)


def _header(document: Progress, n_fixed: int) -> Iterator[Cell]:
    for col, key in enumerate(("policy", "measure", "program", "orgs", "aim", "state")):
        yield Cell(0, col, texts(document.labels[key]), row_span=2, centred=True)
    col = n_fixed
    for year in document.years:
        yield Cell(0, col, texts(year.printed), col_span=len(year.roles), centred=True)
        for role in year.roles:
            yield Cell(1, col, texts(document.labels[role]), centred=True)
            col += 1


def _rows(document: Progress, n_fixed: int) -> Iterator[Cell]:
    row = 2
    for policy, measures in document.policies:
        yield Cell(row, 0, texts(policy.printed), row_span=sum(len(programmes) for _, programmes in measures))
        for measure, programmes in measures:
            yield Cell(row, 1, texts(measure.printed), row_span=len(programmes))
            for programme in programmes:
                yield from _row(document, programme, row, n_fixed)
                row += 1


def _row(document: Progress, programme: Programme, row: int, n_fixed: int) -> Iterator[Cell]:
    new = "【新規事業】" if programme.is_new else ""
    indicator = f"({programme.indicator.printed})" if programme.indicator else ""
    yield Cell(row, 2, texts(f"{programme.name.printed}{new}{indicator}", programme.reference))
    yield Cell(row, 3, texts("・".join(org.printed for org in programme.orgs)))
    bullet = programme.bullet if len(programme.aims) > 1 else ""
    yield Cell(row, 4, bulleted((aim.printed for aim in programme.aims), bullet))
    yield Cell(row, 5, tuple(_state(programme)))
    col = n_fixed
    for year, judged in zip(document.years, programme.years, strict=True):
        for role in year.roles:
            yield Cell(row, col, texts(_judged_text(judged, role)), centred=True)
            col += 1


def _state(programme: Programme) -> Iterator[Paragraph]:
    """The report and the issues; of a programme that reports nothing, only the issues that it has."""
    if programme.done:
        yield Paragraph(programme.done.printed)
    if programme.done or programme.issues:
        yield Paragraph("課題：" + ("、".join(issue.printed for issue in programme.issues) or "なし"))


def _judged_text(judged: Judged, role: str) -> str:
    if role == "grade":
        return judged.grade or ""
    amount = judged.target if role == "target" else judged.actual
    return amount.printed if amount else judged.dash


def _legend(document: Progress, limits: Sequence[Fraction]) -> Table:
    best, good, fair = (f"{int(limit * 100)}" for limit in limits)
    bands = (f"({best}%~)", f"({good}~{best}%)", f"({fair}~{good}%)", f"(~{fair}%)")
    if document.limits_in_words:
        bands = (f"{best}％以上", f"{good}％以上{best}％未満", f"{fair}％以上{good}％未満", f"{fair}％未満")
    if document.limits_in_words and limits == LIMITS[0]:
        bands = (*bands[:2], f"{fair}％超{good}％未満", f"{fair}％以下")
    rows = [(document.labels["legend"], "詳細"), *zip(GRADES, bands, strict=True)]
    cells = (
        Cell(row, col, texts(text), centred=not col) for row, pair in enumerate(rows) for col, text in enumerate(pair)
    )
    return Table((1, 6), tuple(cells))


# --- what it means ----------------------------------------------------------------------------------------------------


def progress_to_facts(document: Progress) -> Iterator[Fact]:
    """The facts that the table states."""
    graded = [
        year.year
        for number, year in enumerate(document.years)
        if any(programme.years[number].grade for programme in _programmes_of(document))
    ]
    yield fact(
        "documents", layout="akiruno.progress", municipality_code="132284", plan_name=document.plan,
        title=f"{document.plan}{clean_year(document.since)}～進捗状況まとめ", fiscal_year=max(graded, default=None),
        status="converted", coverage=1.0,
    )  # fmt: skip
    position = 0
    for p, (policy, measures) in enumerate(document.policies, 1):
        position += 1
        over = called("policy", str(p), policy.clean)
        yield fact("measures", measure=over, name_text=policy.printed, position=position)
        for m, (measure, programmes) in enumerate(measures, 1):
            position += 1
            under = called("measure", f"{p}-{m}", measure.clean)
            yield fact("measures", measure=under, parent=over, name_text=measure.printed, position=position)
            for n, programme in enumerate(programmes, 1):
                position += 1
                key = called("program", f"{p}-{m}-{n}", programme.name.clean)
                yield from _programme_facts(document, programme, key, under, position)
    if document.note:
        yield fact("passages", section="background", item=1, text="※" + document.note.clean)


def clean_year(printed: str) -> str:
    """A printed year with narrow digits."""
    return printed.translate({code: chr(code - 0xFEE0) for code in range(0xFF10, 0xFF1A)})


def _programmes_of(document: Progress) -> Iterator[Programme]:
    return (one for _, measures in document.policies for _, programmes in measures for one in programmes)


def _programme_facts(document: Progress, programme: Programme, key: str, parent: str, position: int) -> Iterator[Fact]:
    new = "【新規事業】" if programme.is_new else ""
    indicator = f"({programme.indicator.printed})" if programme.indicator else ""
    whole = f"{programme.name.printed}{new}{indicator}{programme.reference}"
    yield fact("measures", measure=key, parent=parent, name_text=whole, position=position, is_new=programme.is_new)
    for place, org in enumerate(programme.orgs, 1):
        yield fact(
            "measure_orgs", measure=key, role="participating", org_name=org.clean, org_name_text=org.printed,
            position=place,
        )  # fmt: skip
    for section, items in (
        ("aim", programme.aims),
        ("done", (programme.done,) if programme.done else ()),
        ("issue", programme.issues),
    ):
        for item, words in enumerate(items, 1):
            yield fact("passages", measure=key, section=section, item=item, text=words.clean)
    yield from _indicator_facts(document, programme, key)


def _indicator_facts(document: Progress, programme: Programme, key: str) -> Iterator[Fact]:
    seen = [amount for judged in programme.years for amount in (judged.target, judged.actual) if amount]
    name = (programme.indicator or programme.name).clean
    yield fact(
        "indicators", measure=key, position=1, name=name, indicator_text=name, unit=seen[0].unit if seen else None,
        indicator_measure=seen[0].kind if seen else "qualitative",
    )  # fmt: skip
    own = f"{key}#1"
    pairs = list(zip(document.years, programme.years, strict=True))
    # A row without a target is a year's baseline where the year has no column for one and comes before those that have.
    set_in = [year.year for year, judged in pairs if judged.target]
    first_target = min(set_in or [year.year for year in document.years if "target" in year.roles], default=None)
    limits = document.legend or LIMITS[0]
    for year, judged in pairs:
        for role, amount in (("target", judged.target), ("actual", judged.actual)):
            early = role == "actual" and first_target is not None and year.year < first_target
            if amount:
                yield fact(
                    "observations", indicator=own, role="baseline" if early else role, fiscal_year=year.year,
                    value=float(amount.value), unit=amount.unit, comparator=amount.comparator,
                    value_text=amount.printed,
                )  # fmt: skip
        if judged.grade and judged.target and judged.actual:
            given = given_grade(judged.target.value, judged.actual.value, limits)
            yield fact(
                "grades", measure=key, indicator=own, fiscal_year=year.year, scheme="akiruno", grade=judged.grade,
                grade_text=judged.grade, recomputed=given,
            )  # fmt: skip
            if given != judged.grade:
                yield fact("findings", rule="grade-differs", severity="error")
