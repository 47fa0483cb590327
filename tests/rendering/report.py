"""Reports: a review of what was done, policies with aims and cards, reprints, a matrix of years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from hypothesis import strategies as st

from normalize.municipalities.akishima import CARD_FORM, REPORT_FORM, REVIEW_FORM
from schemas.codes import directions, scheme_grades
from tests.rendering.amounts import fiscal_years
from tests.rendering.goals import Item, items
from tests.rendering.printed import Cell, Line, NewPage, Print, Table, Words, bulleted, texts
from tests.rendering.printed import Item as Printed
from tests.rendering.words import NOUNS, bodies, labels, names, prose, spellings_of, wide

LABELS = spellings_of(REVIEW_FORM, CARD_FORM, REPORT_FORM)
PLANS = ("昭島市産業振興計画", "第2次昭島市産業振興計画")
TITLES = ("{}についての 報告書", "{} 中間報告書", "{}についての報告書")
PHASES = (("前期", "後期"), ("前期", "中期"), ("中期", "後期"))
REVIEW_HEADINGS = ("{}計画の評価と見直しについて", "{}計画の評価", "{}計画の検証について")
PLAN_HEADINGS = ("{}計画について", "{}計画の概要", "{}計画の施策について")
SCHEME = "akishima-direction"
DIRECTIONS = tuple(
    (spelling, code)
    for spelling, code in directions().items()
    if code in {grade.grade for grade in scheme_grades() if grade.grade_scheme_id == SCHEME}
)
POLICIES = (("港業", "港"), ("市場", "市"), ("宿泊", "宿"), ("海運", "海"), ("共通の取組", "共"), ("灯台守", "灯台"))
"""The names of policies, and the letters of their cards' codes."""
REMARKS = ("", "", "（漁業・海運業）", "(旅館・民宿)")
SLOGANS = ("海とともに生きる町", "潮の香りのする通りへ", "網を編む手を次の世代に", "灯りのともる港")
DASHES = (" - ", "-", "－", " － ", "ー")
BULLETS = ("・", "・", "●", "■", "")

Fields = Literal["name", "aims", "orgs", "goals"]
CARD_FIELDS: tuple[Fields, ...] = ("name", "aims", "orgs", "goals")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A measure of the plan so far; its findings and what becomes of it in one row or, under one name, in two."""

    name: Words
    rows: tuple[tuple[tuple[Words, ...], tuple[str, str] | None], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A card. `repeats` is the position of its original among all cards, told by its code or by its name alone.

    Related cards are told by their codes; one that no card has is no mistake of the form.
    """

    number: int
    name: Words
    aims: tuple[int, ...]
    orgs: tuple[Words, ...]
    goals: Item | None
    related: tuple[tuple[str, int], ...]
    is_new: bool
    repeats: int | None
    tells_code: bool
    description: tuple[Words, ...]
    schedule: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy with its aims, what is said under each, and its cards."""

    number: int
    name: str
    series: str
    remark: str
    slogan: tuple[str, ...]
    aims: tuple[tuple[Words, tuple[Words, ...]], ...]
    opening: Words | None
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """What is done in which year; a row for the plan, one for the whole, one for each policy. `counts` heads it."""

    years: tuple[tuple[int, str], ...]
    counts: bool
    plan: tuple[tuple[Words, ...], ...]
    whole: tuple[tuple[Words, ...], ...]
    policies: tuple[tuple[tuple[Words, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A document."""

    plan: str
    title: str
    issued: str
    term: tuple[int, str, int, str] | None
    labels: Mapping[str, str]
    phases: tuple[str, str]
    headings: tuple[str, str]
    preface: tuple[Words, ...]
    reviews: tuple[tuple[Reviewed, ...], ...]
    policies: tuple[Policy, ...]
    matrix: Matrix | None
    columns: tuple[Fields, ...]
    is_upright: bool
    dash: str
    bullet: str
    wide_numbers: bool
    on_new_pages: bool


# --- what may be drawn ------------------------------------------------------------------------------------------------


@st.composite
def report(draw: st.DrawFn) -> Report:
    """Reports of one to three policies."""
    first = draw(st.integers(2019, 2028))
    plan = draw(st.sampled_from(PLANS))
    phases = draw(st.sampled_from(PHASES))
    before, after = draw(st.sampled_from(REVIEW_HEADINGS)), draw(st.sampled_from(PLAN_HEADINGS))
    named = draw(st.lists(st.sampled_from(POLICIES), min_size=1, max_size=3, unique=True))
    policies = _with_reprints(
        draw, [draw(_policies(number, name, series)) for number, (name, series) in enumerate(named, 1)]
    )
    columns = draw(st.permutations(CARD_FIELDS).filter(lambda order: order[0] in ("name", "orgs")))
    last = first + draw(st.integers(2, 9))
    return Report(
        plan=plan,
        title=draw(st.sampled_from(TITLES)).format(plan),
        issued=draw(st.sampled_from(("令和5年3月", "令和５年３月", "2023年3月", "令和5年度"))),
        term=(first, draw(fiscal_years(first)), last, draw(fiscal_years(last))) if draw(st.booleans()) else None,
        labels={key: draw(labels(spellings)) for key, spellings in LABELS.items()},
        phases=phases,
        headings=(before.format(phases[0]), after.format(phases[1])),
        preface=tuple(draw(st.lists(prose(), max_size=2))),
        reviews=tuple(draw(st.lists(st.lists(_reviewed(), min_size=1, max_size=3).map(tuple), max_size=2))),
        policies=policies,
        matrix=draw(st.none() | _matrices(first, len(policies))),
        columns=tuple(columns),
        is_upright=draw(st.integers(0, 3)) == 3,
        dash=draw(st.sampled_from(DASHES)),
        bullet=draw(st.sampled_from(BULLETS)),
        wide_numbers=draw(st.booleans()),
        on_new_pages=draw(st.booleans()),
    )


@cache
@st.composite
def _reviewed(draw: st.DrawFn) -> Reviewed:
    findings = st.lists(prose(), min_size=1, max_size=2).map(tuple)
    decided = st.none() | st.sampled_from(DIRECTIONS) | st.sampled_from(DIRECTIONS)
    rows = tuple((draw(findings), draw(decided)) for _ in range(2 if draw(st.integers(0, 7)) == 7 else 1))
    if len(rows) == 1:
        return Reviewed(draw(_quoted()), rows)
    # A name over two rows that filled its last line at the end of a page could go on in the name of the next.
    short = draw(st.sampled_from(NOUNS))
    return Reviewed(Words(short, short), rows)


@cache
@st.composite
def _quoted(draw: st.DrawFn) -> Words:
    """A name; seldom all of it in quotation marks, which are none of it."""
    name = draw(names())
    return Words(f"「{name.printed}」", name.clean) if draw(st.integers(0, 7)) == 7 else name


@st.composite
def _policies(draw: st.DrawFn, number: int, name: str, series: str) -> Policy:
    aims = tuple((draw(names()), tuple(draw(st.lists(prose(), max_size=2)))) for _ in range(draw(st.integers(1, 3))))
    slogan = draw(st.lists(st.sampled_from(SLOGANS), max_size=2, unique=True))
    numbers = list(range(1, 1 + draw(st.integers(1, 3))))
    if len(numbers) > 1 and draw(st.integers(0, 9)) == 9:
        numbers[-1] += 1  # a number is left out
    return Policy(
        number, name, series, draw(st.sampled_from(REMARKS)), tuple(slogan), aims, draw(st.none() | prose(1)),
        tuple(draw(_cards(at, len(aims))) for at in numbers),
    )  # fmt: skip


@cache
@st.composite
def _cards(draw: st.DrawFn, number: int, aims: int) -> Card:
    related = st.tuples(st.sampled_from([series for _, series in POLICIES]), st.integers(1, 4))
    goals = draw(items(draw(st.sampled_from(((None,), ("参加者数",), ("相談件数", "実施農家数"))))))
    return Card(
        number=number,
        name=draw(_quoted()),
        aims=tuple(draw(st.lists(st.integers(1, aims), max_size=2, unique=True))),
        orgs=draw(st.just(()) | bodies() | bodies()),
        goals=goals if draw(st.integers(0, 7)) else None,
        related=tuple(draw(st.lists(related, max_size=2, unique=True))) if draw(st.booleans()) else (),
        is_new=draw(st.integers(0, 3)) == 3,
        repeats=None,
        tells_code=False,
        description=draw(_texts(3)),
        schedule=draw(_texts(1)),
    )


@cache
@st.composite
def _texts(draw: st.DrawFn, longest: int) -> tuple[Words, ...]:
    """Paragraphs; seldom a numbered list, whose items look like the headings of policies."""
    if draw(st.integers(0, 7)) < 7:
        return tuple(draw(st.lists(prose(longest), min_size=1, max_size=2)))
    listed = enumerate(draw(st.lists(names(), min_size=1, max_size=3)), 1)
    return tuple(Words(f"{number}. {name.printed}", f"{number}.{name.clean}") for number, name in listed)


def _with_reprints(draw: st.DrawFn, policies: Sequence[Policy]) -> tuple[Policy, ...]:
    """Make some of the cards repeat another one: its name and goals, or others, which is then told."""
    first_prints = [card for policy in policies for card in policy.cards]
    repeated = [draw(st.integers(0, 5)) == 5 and len(first_prints) > 1 for _ in first_prints]
    originals = [at for at, again in enumerate(repeated) if not again]
    if not originals:
        return tuple(policies)
    drawn: list[Card] = []
    for card, again in zip(first_prints, repeated, strict=True):
        drawn.append(_reprint(draw, card, draw(st.sampled_from(originals)), first_prints) if again else card)
    cards = iter(drawn)
    return tuple(
        Policy(
            policy.number, policy.name, policy.series, policy.remark, policy.slogan, policy.aims, policy.opening,
            tuple(next(cards) for _ in policy.cards),
        )
        for policy in policies
    )  # fmt: skip


def _reprint(draw: st.DrawFn, card: Card, original: int, cards: Sequence[Card]) -> Card:
    tells_code = draw(st.booleans())
    is_renamed, has_own_goals = tells_code and draw(st.booleans()), draw(st.booleans())
    first = cards[original]
    return Card(
        number=card.number,
        name=card.name if is_renamed else first.name,
        aims=card.aims,
        orgs=card.orgs,
        goals=card.goals if has_own_goals else first.goals,
        related=(),
        is_new=False,
        repeats=original,
        tells_code=tells_code,
        description=(),
        schedule=(),
    )


@st.composite
def _matrices(draw: st.DrawFn, first: int, policies: int) -> Matrix:
    count = draw(st.integers(2, 6))
    cell = st.just(()) | st.lists(names(), min_size=1, max_size=2).map(tuple)
    row = st.tuples(*[cell] * count)
    return Matrix(
        years=tuple((year, draw(fiscal_years(year))) for year in range(first, first + count)),
        counts=draw(st.booleans()),
        plan=draw(row),
        whole=draw(row),
        policies=tuple(draw(row) for _ in range(policies)),
    )


# --- what it prints ---------------------------------------------------------------------------------------------------


def report_to_print(document: Report) -> Print:
    """The cover, the preface, the review, the policies, the matrix."""
    return tuple(_items(document))


def _items(document: Report) -> Iterator[Printed]:
    known = document.labels
    yield Line(document.title, level=1)
    yield Line(document.issued)
    yield Line("みなと昭島の会")
    yield Line(known["preface"], level=2)
    if document.term:
        yield Line(term_sentence(document))
    yield from (Line(words.printed) for words in document.preface)
    yield Line(document.headings[0], level=2)
    yield from (_review(document, reviewed) for reviewed in document.reviews)
    yield Line(document.headings[1], level=2)
    for policy in document.policies:
        yield from [NewPage()] * document.on_new_pages
        yield from _policy(document, policy)
    if document.matrix:
        yield from [NewPage()] * document.on_new_pages
        yield _matrix(document, document.matrix)


def term_sentence(document: Report) -> str:
    assert document.term
    first, start, last, end = document.term
    return f"{start}から{end}までの{last - first + 1}年間の「{document.plan}」について述べる。"


def _review(document: Report, reviewed: Sequence[Reviewed]) -> Table:
    known = document.labels
    cells = [Cell(0, col, texts(known[key]), centred=True) for col, key in enumerate(("name", "finding", "direction"))]
    row = 1
    for measure in reviewed:
        cells.append(Cell(row, 0, texts(measure.name.printed), len(measure.rows)))
        for findings, direction in measure.rows:
            cells.append(Cell(row, 1, bulleted((words.printed for words in findings), document.bullet)))
            cells.append(Cell(row, 2, texts(direction[0] if direction else ""), centred=True))
            row += 1
    return Table((2.0, 5.0, 1.2), tuple(cells), header_rows=1)


def _policy(document: Report, policy: Policy) -> Iterator[Printed]:
    number = wide(f"{policy.number}．") if document.wide_numbers else f"{policy.number}. "
    yield Line(f"{number}{policy.name}{policy.remark}", level=2)
    yield from (Line(line) for line in policy.slogan)
    for at, (aim, said) in enumerate(policy.aims):
        yield Line(f"{chr(0x2460 + at)}{aim.printed}", level=3)
        yield from (Line(words.printed, bullet=document.bullet) for words in said)
    yield Line(document.labels["measures"], level=3)
    if policy.opening:
        yield Line(policy.opening.printed)
    for card in policy.cards:
        yield from _card(document, policy, card)


def _card(document: Report, policy: Policy, card: Card) -> Iterator[Printed]:
    yield Line(f"【{code_of(document, policy.series, card.number)}】{_remarks(document, card)}", level=3)
    aims = (" " if document.wide_numbers else "、").join(chr(0x245F + number) for number in card.aims)
    values = {
        "name": card.name.printed,
        "aims": aims,
        "orgs": "、".join(body.printed for body in card.orgs) or "—",
        "goals": card.goals.printed if card.goals else "",
    }
    cells = []
    for at, key in enumerate(document.columns):
        label, value = texts(document.labels[key]), texts(values[key])
        if document.is_upright:
            cells += [Cell(at, 0, label, centred=True), Cell(at, 1, value)]
        else:
            cells += [Cell(0, at, label, centred=True), Cell(1, at, value)]
    widths = (
        (1.0, 3.0) if document.is_upright else tuple({"name": 3.0, "aims": 1.2}.get(key, 2.0) for key in CARD_FIELDS)
    )
    yield Table(widths, tuple(sorted(cells, key=lambda cell: (cell.row, cell.col))))
    for section, said in (("description", card.description), ("schedule", card.schedule)):
        if said:
            yield Line(document.labels[section], level=3)
            yield from (Line(words.printed) for words in said)


def code_of(document: Report, series: str, number: int) -> str:
    return f"{series}{document.dash}{number}"


def _remarks(document: Report, card: Card) -> str:
    related = related_codes(document, card)
    parts = []
    if related:
        parts.append("※" + "、".join(f"【{code_of(document, *code)}】" for code in related) + "と連携")
    if card.is_new:
        parts.append("※新規")
    if card.repeats is not None:
        parts.append("（再掲）")
    return " ".join(parts) if document.wide_numbers else "".join(parts)


def related_codes(document: Report, card: Card) -> tuple[tuple[str, int], ...]:
    """The codes that a card's heading names; a reprint's is its original's."""
    if card.repeats is None or not card.tells_code:
        return card.related
    return (codes_of(document)[card.repeats],)


def codes_of(document: Report) -> list[tuple[str, int]]:
    return [(policy.series, card.number) for policy in document.policies for card in policy.cards]


def _matrix(document: Report, matrix: Matrix) -> Table:
    cells: list[Cell] = []
    row = 0
    if matrix.counts:
        cells.append(Cell(0, 0))
        cells += [Cell(0, col, texts(f"{col}年目"), centred=True) for col in range(1, len(matrix.years) + 1)]
        row = 1
    cells.append(Cell(row, 0, texts("年度"), centred=True))
    cells += [Cell(row, col, texts(printed), centred=True) for col, (_, printed) in enumerate(matrix.years, 1)]
    labelled = [(document.plan, matrix.plan), ("全体", matrix.whole)]
    labelled += [(policy.name, said) for policy, said in zip(document.policies, matrix.policies, strict=True)]
    header = row + 1
    for label, said in labelled:
        row += 1
        cells.append(Cell(row, 0, texts(label)))
        for col, words in enumerate(said, 1):
            # Without a mark, a page break between two names that fill their lines would not show.
            cells.append(Cell(row, col, bulleted((one.printed for one in words), document.bullet or "・")))
    return Table((1.2, *[1.5] * len(matrix.years)), tuple(cells), header_rows=header)
