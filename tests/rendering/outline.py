"""Outlines: policies with directions and issues, surveys on them, and prose on the plan as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from normalize.municipalities.nishitokyo import OUTLINE_FORM
from tests.rendering.amounts import fiscal_years
from tests.rendering.facts import Fact, called, fact
from tests.rendering.goal_facts import narrowed
from tests.rendering.printed import Item, Line, Print, Words
from tests.rendering.words import labels, names, prose, wide

LABELS = {"issues": sorted(OUTLINE_FORM.issues.spellings), "aims": sorted(OUTLINE_FORM.aims.spellings)}
PLANS = ("西東京市産業振興マスタープラン", "西東京市第3次商工業振興計画", "第2次西東京市みなとプラン")
SECTIONS = ("《これまでの施策推進》", "《計画の位置付け》", "《港の今》", "現計画等の検証と調査による庁内分析")
POLICY_HEADINGS = ("「{}」の現状と課題", "『{}』の現状・課題", "「{}」の現状及び課題")
SURVEY_HEADINGS = ("「{}」に対する意識", "「{}」に関する意識", "「{}」関係機関に対する意向", "『{}』に対する意識調査")
SURVEYS = ("アンケートに盛り込むべき事項", "アンケートに盛り込むべき事項(案)")
EFFECTS = ("期待する効果", "期待される効果")
POLICIES = ("港", "朝市", "商い", "港のしごと", "みなとブランド")
COUNTERS = ("①", "(1)", "（1）", "1.", "")
"""How the items of a list are counted, shown by the first."""
AIMS = (
    ("海と畑が人を呼び", "・人が育つまち"),
    ("潮の香りのする暮らしが続く",),
    ("灯りのともる港に人が集い、", "次の船出を支えるまちをめざす。"),
)
SUBTITLES = ("～人が来る、人が残る～", "〜灯りを継ぐ〜")


@dataclass(frozen=True, slots=True)
class Direction:
    """A direction of a policy; `form` puts its name into quotation marks or not."""

    name: Words
    form: str
    states: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy with its directions and issues."""

    name: str
    heading: str
    states: tuple[Words, ...]
    directions: tuple[Direction, ...]
    issues: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """What is asked about a policy, or about something else."""

    name: str
    heading: str
    items: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Prose under a heading that names no policy: paragraphs, or the items of a list."""

    heading: str
    is_list: bool
    texts: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A document."""

    plan: str
    labels: Mapping[str, str]
    term: tuple[int, str, int, str] | None
    before: tuple[Section, ...]
    policies: tuple[Policy, ...]
    surveys: tuple[Survey, ...]
    after: tuple[Section, ...]
    aim: tuple[str, ...]
    effects: tuple[Words, ...]
    motto: tuple[Words, str] | None
    survey_title: str
    effects_title: str
    counter: str
    bullet: str
    wide_numbers: bool


# --- what may be drawn ------------------------------------------------------------------------------------------------


@st.composite
def outline(draw: st.DrawFn) -> Outline:
    """Outlines of one to four policies."""
    named = draw(st.lists(st.sampled_from(POLICIES), min_size=1, max_size=4, unique=True))
    asked = draw(st.lists(st.sampled_from((*named, "その他")), max_size=4, unique=True))
    first = draw(st.integers(2019, 2034))
    last = first + draw(st.integers(2, 11))
    return Outline(
        plan=draw(st.sampled_from(PLANS)),
        labels={key: draw(labels(spellings)) for key, spellings in LABELS.items()},
        term=(first, draw(fiscal_years(first)), last, draw(fiscal_years(last))) if draw(st.booleans()) else None,
        before=tuple(draw(st.lists(_sections(), max_size=2))),
        policies=tuple(draw(_policies(name)) for name in named),
        surveys=tuple(draw(_surveys(name)) for name in asked),
        after=tuple(draw(st.lists(_sections(), max_size=2))),
        aim=draw(st.sampled_from(AIMS)),
        effects=tuple(draw(st.lists(names(), max_size=3))),
        motto=draw(st.none() | st.tuples(names(), st.sampled_from(SUBTITLES))),
        survey_title=draw(st.sampled_from(SURVEYS)),
        effects_title=draw(st.sampled_from(EFFECTS)),
        counter=draw(st.sampled_from(COUNTERS)),
        bullet=draw(st.sampled_from(("・", "・", "●", "■", ""))),
        wide_numbers=draw(st.booleans()),
    )


@st.composite
def _policies(draw: st.DrawFn, name: str) -> Policy:
    states = st.lists(prose(2), min_size=1, max_size=3).map(tuple)
    direction = st.builds(Direction, names(), st.sampled_from(("「{}」", "{}", "「{}」の構築")), states)
    return Policy(
        name,
        draw(st.sampled_from(POLICY_HEADINGS)),
        draw(st.just(()) | states),
        tuple(draw(st.lists(direction, max_size=3))),
        tuple(draw(st.lists(names(), max_size=4))),
    )


def _surveys(name: str) -> st.SearchStrategy[Survey]:
    texts = st.lists(names(), min_size=1, max_size=4).map(tuple)
    return st.builds(Survey, st.just(name), st.sampled_from(SURVEY_HEADINGS), texts)


def _sections() -> st.SearchStrategy[Section]:
    texts = st.lists(prose(), min_size=1, max_size=3).map(tuple)
    return st.builds(Section, st.sampled_from(SECTIONS), st.booleans(), texts)


# --- what it prints ---------------------------------------------------------------------------------------------------


def outline_to_print(document: Outline) -> Print:
    """The title, the term, the policies, the surveys, the aim and what is hoped for."""
    return tuple(_items(document))


def _items(document: Outline) -> Iterator[Item]:
    yield Line(f"{document.plan} 策定概要", level=1)
    if document.term:
        yield Line("《計画期間》", level=2)
        yield Line(_term_sentence(document))
    for section in document.before:
        yield from _section(document, section)
    yield Line("後期計画における「取組みの方向性」の現状と課題", level=3)
    for number, policy in enumerate(document.policies, 1):
        yield Line(f"{_closed(document, number)} {policy.heading.format(policy.name)}", level=4)
        yield from _listed(document, policy.states)
        for at, direction in enumerate(policy.directions):
            yield Line(f"{chr(0x2460 + at)}{direction.form.format(direction.name.printed)}")
            yield from _listed(document, direction.states)
        if policy.issues:
            yield Line(document.labels["issues"], level=4)
            yield from (Line(text) for text in _counted(document, policy.issues))
    if document.surveys:
        yield Line(document.survey_title, level=3)
    for number, survey in enumerate(document.surveys, 1):
        yield Line(f"{_closed(document, number)} {survey.heading.format(survey.name)}", level=4)
        yield from _listed(document, survey.items)
    for section in document.after:
        yield from _section(document, section)
    yield Line(document.labels["aims"], level=3)
    yield from (Line(text) for text in document.aim)
    yield Line(document.effects_title, level=3)
    yield from (Line(text) for text in _counted(document, document.effects))
    if document.motto:
        yield Line(f"『{document.motto[0].printed}』")
        yield Line(document.motto[1])


def _term_sentence(document: Outline) -> str:
    assert document.term
    _, start, _, end = document.term
    return f"計画の期間は、{start}から{end}までとする。"


def _closed(document: Outline, number: int) -> str:
    return f"（{wide(str(number))}）" if document.wide_numbers else f"({number})"


def _section(document: Outline, section: Section) -> Iterator[Item]:
    yield Line(section.heading, level=2)
    if section.is_list:
        yield from _listed(document, section.texts)
    else:
        yield from (Line(words.printed) for words in section.texts)


def _listed(document: Outline, items: Sequence[Words]) -> Iterator[Item]:
    return (Line(words.printed, bullet=document.bullet) for words in items)


def _counted(document: Outline, items: Sequence[Words]) -> Iterator[str]:
    for at, words in enumerate(items):
        yield f"{_counter(document, at)}{words.printed}"


def _counter(document: Outline, at: int) -> str:
    if document.counter == "①":
        return chr(0x2460 + at)
    return document.counter.replace("1", str(at + 1))


# --- what it means ----------------------------------------------------------------------------------------------------


def outline_to_facts(document: Outline) -> Iterator[Fact]:
    """The facts that the outline states."""
    start, end = (document.term[0], document.term[2]) if document.term else (None, None)
    yield fact(
        "documents", layout="nishitokyo.outline", municipality_code="132292", plan_name=document.plan,
        title=f"{document.plan}策定概要", plan_start_fy=start, plan_end_fy=end, status="converted", coverage=1.0,
    )  # fmt: skip
    keys: dict[str, str] = {}
    position = 0
    for number, policy in enumerate(document.policies, 1):
        position += 1
        keys[policy.name] = called("policy", str(number), policy.name)
        quoted = policy.heading[: policy.heading.index("の")].format(policy.name)
        yield fact("measures", measure=keys[policy.name], name_text=quoted, position=position)
        yield from _policy_facts(policy, number, keys[policy.name], position)
        position += len(policy.directions)
    yield from _survey_facts(document, keys)
    yield from _prose_facts(document)


def _policy_facts(policy: Policy, number: int, key: str, position: int) -> Iterator[Fact]:
    for item, words in enumerate(policy.states, 1):
        yield fact("passages", measure=key, section="state", item=item, text=words.clean)
    for at, direction in enumerate(policy.directions, 1):
        name = direction.name.clean if direction.form == "「{}」" else direction.form.format(direction.name.clean)
        own = called("measure", f"{number}-{at}", name)
        yield fact(
            "measures", measure=own, parent=key, name_text=direction.form.format(direction.name.printed),
            position=position + at,
        )  # fmt: skip
        for item, words in enumerate(direction.states, 1):
            yield fact("passages", measure=own, section="state", item=item, text=words.clean)
    for item, words in enumerate(policy.issues, 1):
        yield fact("passages", measure=key, section="issue", item=item, text=words.clean)


def _survey_facts(document: Outline, keys: Mapping[str, str]) -> Iterator[Fact]:
    for survey in document.surveys:
        for item, words in enumerate(survey.items, 1):
            yield fact("passages", measure=keys.get(survey.name), section="survey", item=item, text=words.clean)


def _prose_facts(document: Outline) -> Iterator[Fact]:
    texts = [narrowed(_term_sentence(document))] if document.term else []
    texts += [words.clean for section in (*document.before, *document.after) for words in section.texts]
    texts += [f"{_counter(document, at)}{words.clean}" for at, words in enumerate(document.effects)]
    if document.motto:
        texts.append(f"『{document.motto[0].clean}』{document.motto[1]}")
    for item, text in enumerate(texts, 1):
        yield fact("passages", section="background", item=item, text=text)
    yield fact("passages", section="aim", item=1, text="".join(document.aim))
