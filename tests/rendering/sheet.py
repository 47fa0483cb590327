"""Evaluation sheets: one form per measure, its actions with plan and report, goals in one of several places."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from hypothesis import strategies as st

from normalize.municipalities.musashino import SHEET_FORM
from schemas.codes import directions, scheme_grades
from tests.rendering.amounts import UNITS, Amount, fiscal_years, numerals
from tests.rendering.facts import Fact, called, fact
from tests.rendering.goal_facts import goals_to_facts, narrowed
from tests.rendering.goals import Item, lists
from tests.rendering.printed import Cell, Line, NewPage, Paragraph, Print, Table, Words, bulleted, texts
from tests.rendering.words import bodies, labels, names, prose, spellings_of, wide

LABELS = spellings_of(SHEET_FORM)
PLANS = ("第三期武蔵野市産業振興計画", "第4期武蔵野市産業振興計画", "武蔵野市産業振興ビジョン")
SCHEME = "musashino-3-direction"
DIRECTIONS = tuple(
    (spelling, code)
    for spelling, code in directions().items()
    if code in {grade.grade for grade in scheme_grades() if grade.grade_scheme_id == SCHEME}
)
BULLETS = ("・", "・", "●", "■", "")

Place = Literal["sheet", "sheet labelled beside", "actions", "actions labelled beside", "below"]
"""Where the goals stand: in one cell with the label in it or beside it, in a cell per action, in rows after them."""

PLACES: tuple[Place, ...] = ("sheet", "sheet labelled beside", "actions", "actions labelled beside", "below")


@dataclass(frozen=True, slots=True)
class Action:
    """A plan, a report and the goals of one action; `actuals` are stated in the report, by the name of their goal."""

    number: int
    planned: Words
    done: Words | None
    goals: tuple[Item, ...]
    actuals: Mapping[str, Amount]


@dataclass(frozen=True, slots=True)
class Finding:
    """Findings under a head that names actions; under no head where it names none."""

    numbers: tuple[int, ...]
    items: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One sheet."""

    labels: Mapping[str, str]
    year_text: str
    policy: tuple[int, Words]
    code: int
    name: Words
    responsible: tuple[Words, ...]
    participating: tuple[Words, ...]
    dates: tuple[tuple[str, datetime.date | None], ...]
    actions: tuple[Action, ...]
    place: Place
    goals: tuple[Item, ...]
    findings: tuple[Finding, ...]
    direction: tuple[str, str]
    next_year: tuple[Words, ...]
    report: tuple[Words, ...]
    opinion: tuple[Words, ...]
    bullet: str


@dataclass(frozen=True, slots=True)
class Sheets:
    """A document of one year's sheets."""

    plan: str
    year: int
    forms: tuple[Form, ...]
    on_new_pages: bool


# --- what may be drawn ------------------------------------------------------------------------------------------------


@st.composite
def sheet(draw: st.DrawFn) -> Sheets:
    """One to three sheets, of one policy or of two that follow each other."""
    year = draw(st.integers(2019, 2035))
    first = draw(st.integers(1, 5))
    policies = [(first, draw(names())), (first + 1, draw(names()))]
    forms: list[Form] = []
    policy, code = policies[0], draw(st.integers(1, 20))
    for _ in range(draw(st.sampled_from((1, 1, 1, 2, 3)))):
        forms.append(draw(_forms(year, policy, code)))
        code += 1
        if policy is policies[0] and draw(st.booleans()):
            policy = policies[1]
    return Sheets(draw(st.sampled_from(PLANS)), year, tuple(forms), draw(st.booleans()))


@st.composite
def _forms(draw: st.DrawFn, year: int, policy: tuple[int, Words], code: int) -> Form:
    count = draw(st.sampled_from((1, 1, 2, 2, 3, 3, 4, 7)))
    place: Place = draw(st.sampled_from(PLACES))
    if count == 1 and place == "actions":
        place = "sheet"  # one cell that opens with the label is the sheet's
    if count == 1 and place == "sheet labelled beside":
        place = "actions labelled beside"  # one cell beside one action is the action's
    own_goals = place in ("actions", "actions labelled beside")
    numbers = list(range(1, count + 1))
    if count > 1 and draw(st.integers(0, 9)) == 9:
        numbers[-1] += 1  # a number is left out
    bullet = draw(st.sampled_from(BULLETS))
    return Form(
        labels={key: draw(labels(spellings)) for key, spellings in LABELS.items()},
        year_text=draw(fiscal_years(year)),
        policy=policy,
        code=code,
        name=draw(names()),
        responsible=draw(bodies()),
        participating=draw(st.just(()) | bodies()),
        dates=tuple(draw(_dates(year)) for _ in range(3)),
        actions=tuple(draw(_actions(number, own_goals)) for number in numbers),
        place=place,
        goals=() if own_goals else draw(lists(3)),
        findings=draw(_findings(numbers)),
        direction=draw(st.sampled_from(DIRECTIONS)),
        next_year=tuple(draw(st.lists(prose(), max_size=3))),
        report=tuple(draw(st.lists(prose(), max_size=2))),
        opinion=tuple(draw(st.lists(prose(), max_size=2))),
        bullet=bullet,
    )


@st.composite
def _dates(draw: st.DrawFn, year: int) -> tuple[str, datetime.date | None]:
    if draw(st.integers(0, 3)) == 0:
        return "", None
    day = draw(st.dates(datetime.date(year, 4, 1), datetime.date(year + 1, 3, 31)))
    era = f"令和{day.year - 2018}年" if day.year > 2019 else f"{day.year}年"
    forms = [f"{day.year}/{day.month}/{day.day}", f"{era}{day.month}月{day.day}日", f"{day.year}.{day.month}.{day.day}"]
    return wide(draw(st.sampled_from(forms))) if draw(st.booleans()) else draw(st.sampled_from(forms)), day


@st.composite
def _actions(draw: st.DrawFn, number: int, has_goals: bool) -> Action:
    goals: tuple[Item, ...] = draw(lists(2)) if has_goals else ()
    numeric = [goal for item in goals for goal in item.goals if goal.value is not None and goal.name is not None]
    done: Words | None = draw(prose())
    actuals: dict[str, Amount] = {}
    is_counted = draw(st.booleans())
    goal = draw(st.sampled_from(numeric)) if numeric and is_counted else None
    if goal is not None:
        value = Decimal(draw(st.integers(1, 5000)))
        printed = f"{draw(numerals(value))}{goal.spelling}"
        assert goal.name is not None
        assert goal.value is not None
        factor = next(unit.factor for unit in UNITS if unit.spelling == goal.spelling)
        actuals[goal.name] = Amount(printed, value * factor, goal.unit or "", "=", goal.kind)
        said = f"{goal.name}は{printed}であった。"
        assert done is not None
        done = Words(done.printed + said, done.clean + narrowed(said))
    elif draw(st.integers(0, 5)) == 5:
        done = None  # not yet reported
    return Action(number, draw(prose()), done, goals, actuals)


@st.composite
def _findings(draw: st.DrawFn, numbers: Sequence[int]) -> tuple[Finding, ...]:
    items = st.lists(prose(), min_size=1, max_size=2).map(tuple)
    if draw(st.integers(0, 3)) == 0:
        return (Finding((), draw(items)),)
    found = [Finding((), draw(items))] if draw(st.integers(0, 3)) == 0 else []
    left = list(numbers)
    if draw(st.integers(0, 5)) == 5 and len(left) > 1:
        left.pop()  # of one action nothing is said
    while left:
        count = draw(st.integers(1, len(left)))
        found.append(Finding(tuple(left[:count]), draw(items)))
        left = left[count:]
    return tuple(found)


# --- what it prints ---------------------------------------------------------------------------------------------------


def sheet_to_print(document: Sheets) -> Print:
    """Each sheet under its title."""

    def items() -> Iterator[Line | Table | NewPage]:
        for at, form in enumerate(document.forms):
            if at and document.on_new_pages:
                yield NewPage()
            yield Line(f"{document.plan} 管理・評価シート", level=1)
            yield _table(form)

    return tuple(items())


def _table(form: Form) -> Table:
    beside = form.place in ("sheet labelled beside", "actions labelled beside")
    end = 8 if beside else 7
    rows = _Rows(form.labels, end)
    rows.head(form)
    rows.actions(form)
    rows.foot(form)
    widths = (2.0, 0.8, 1.4, 2.4, 1.6, 2.0, 1.2, 3.4) if beside else (2.0, 0.8, 1.4, 2.4, 1.6, 2.0, 4.0)
    return Table(widths, tuple(sorted(rows.cells, key=lambda cell: (cell.row, cell.col))))


class _Rows:
    """The rows of a sheet, as they are filled in from the top."""

    def __init__(self, known: Mapping[str, str], end: int) -> None:
        self.known, self.end, self.row = known, end, 0
        self.cells: list[Cell] = []

    def label(self, key: str, col: int, rows: int = 1, cols: int = 1) -> None:
        self.cells.append(Cell(self.row, col, texts(self.known[key]), rows, cols, centred=True))

    def value(self, paragraphs: Sequence[Paragraph], col: int, end: int, rows: int = 1) -> None:
        self.cells.append(Cell(self.row, col, tuple(paragraphs), rows, end - col))

    def head(self, form: Form) -> None:
        self.label("fiscal_year", 0, 2)
        self.value(texts(form.year_text), 1, 3, 2)
        self.label("responsible", 3)
        self.value(texts("、".join(body.printed for body in form.responsible)), 4, self.end)
        self.row += 1
        self.label("participating", 3)
        self.value(texts("、".join(body.printed for body in form.participating) or "—"), 4, self.end)
        self.row += 1
        self.label("dates", 0)
        ends = (3, 5, self.end)
        for key, (text, _), start, end in zip(
            ("set_on", "reviewed_on", "evaluated_on"), form.dates, (1, 3, 5), ends, strict=True
        ):
            self.label(key, start)
            self.value(texts(text), start + 1, end)
        self.row += 1
        number, policy = form.policy
        for code, name, printed, words in (
            ("policy_code", "policy_name", number, policy), ("measure_code", "measure_name", form.code, form.name)
        ):  # fmt: skip
            self.label(code, 0)
            self.value(texts(str(printed)), 1, 2)
            self.label(name, 2)
            self.value(texts(words.printed), 3, self.end)
            self.row += 1

    def actions(self, form: Form) -> None:
        wide_goals = form.place == "below"
        goals_at = self.end if wide_goals else self.end - 1
        labelled = form.place in ("sheet labelled beside", "actions labelled beside")
        text_end = goals_at - 1 if labelled else goals_at
        count = 2 * len(form.actions)
        self.label("actions", 0, count)
        if labelled:
            self.label("goals", goals_at - 1, count)
        for at, action in enumerate(form.actions):
            if at == 0 and form.place in ("sheet", "sheet labelled beside"):
                head = [Paragraph(self.known["goals"])] if form.place == "sheet" else []
                self.value([*head, *_goal_lines(form.goals, form.bullet)], goals_at, self.end, count)
            elif form.place.startswith("actions"):
                head = [Paragraph(self.known["goals"])] if at == 0 and not labelled else []
                self.value([*head, *_goal_lines(action.goals, form.bullet)], goals_at, self.end, 2)
            self.cells.append(Cell(self.row, 1, texts(str(action.number)), 2, centred=True))
            for key, words in (("planned", action.planned), ("done", action.done)):
                self.label(key, 2)
                self.value(texts(words.printed if words else ""), 3, text_end)
                self.row += 1
        if wide_goals:
            self.label("goals", 0, len(form.goals))
            for item in form.goals:
                self.value(_goal_lines((item,), ""), 1, self.end)
                self.row += 1

    def foot(self, form: Form) -> None:
        self.label("finding", 0)
        self.value(list(_finding_lines(form)), 1, self.end)
        self.row += 1
        self.label("next_year", 0, 2)
        self.label("direction", 1, cols=2)
        self.value(texts(form.direction[0]), 3, self.end)
        self.row += 1
        self.label("next_year_text", 1, cols=2)
        self.value(_listed(form.next_year, form.bullet), 3, self.end)
        self.row += 1
        for key, words in (("council_report", form.report), ("council_opinion", form.opinion)):
            self.label(key, 0)
            self.value(_listed(words, form.bullet), 1, self.end)
            self.row += 1


def _goal_lines(items: Sequence[Item], bullet: str) -> tuple[Paragraph, ...]:
    return bulleted((item.printed for item in items), bullet)


def _listed(items: Sequence[Words], bullet: str) -> tuple[Paragraph, ...]:
    return bulleted((words.printed for words in items), bullet)


def _finding_lines(form: Form) -> Iterator[Paragraph]:
    for finding in form.findings:
        if finding.numbers:
            yield Paragraph(f"【取組{','.join(map(str, finding.numbers))}】")
        for at, words in enumerate(finding.items):
            yield Paragraph(words.printed, form.bullet, apart=at > 0 and not form.bullet)


# --- what it means ----------------------------------------------------------------------------------------------------


def sheet_to_facts(document: Sheets) -> Iterator[Fact]:
    """The facts that the sheets state."""
    yield fact(
        "documents", layout="musashino.sheet", municipality_code="132039", plan_name=document.plan,
        title=f"{document.plan}管理・評価シート", fiscal_year=document.year, status="converted", coverage=1.0,
    )  # fmt: skip
    position = 0
    known: set[str] = set()
    for form in document.forms:
        number, policy = form.policy
        over = called("policy", str(number), policy.clean)
        if over not in known:
            known.add(over)
            position += 1
            yield fact("measures", measure=over, name_text=policy.printed, position=position)
        yield from _form_facts(document, form, over, position)
        position += 1 + len(form.actions)


def _form_facts(document: Sheets, form: Form, over: str, position: int) -> Iterator[Fact]:
    year = document.year
    key = called("measure", str(form.code), form.name.clean)
    set_on, reviewed_on, evaluated_on = (day for _, day in form.dates)
    yield fact(
        "measures", measure=key, parent=over, name_text=form.name.printed, position=position + 1, fiscal_year=year,
        set_on=set_on, reviewed_on=reviewed_on, evaluated_on=evaluated_on,
    )  # fmt: skip
    for role, found in (("responsible", form.responsible), ("participating", form.participating)):
        for place, body in enumerate(found, 1):
            yield fact(
                "measure_orgs", measure=key, role=role, org_name=body.clean, org_name_text=body.printed, position=place
            )
    nodes: dict[int, str] = {}
    for at, action in enumerate(form.actions, 2):
        own = called("action", f"{form.policy[0]}-{form.code}-{action.number}", None)
        nodes[action.number] = own
        yield fact("measures", measure=own, parent=key, position=position + at, fiscal_year=year)
        yield fact("passages", measure=own, section="planned", item=1, text=action.planned.clean)
        if action.done:
            yield fact("passages", measure=own, section="done", item=1, text=action.done.clean)
        yield from _target_facts(action.goals, own)
        yield from goals_to_facts(action.goals, own, fiscal_year=year, actuals=action.actuals)
    yield from _target_facts(form.goals, key)
    yield from goals_to_facts(form.goals, key, fiscal_year=year)
    yield from _finding_facts(form, key, nodes)
    missing = form.actions[-1].number - len(form.actions)
    yield from [fact("findings", rule="numbering-gap", severity="warning")] * missing
    yield fact(
        "grades", measure=key, fiscal_year=year, scheme=SCHEME, grade=form.direction[1], grade_text=form.direction[0]
    )
    for section, words in (
        ("next_year", form.next_year), ("council_report", form.report), ("council_opinion", form.opinion)
    ):  # fmt: skip
        for item, text in enumerate(words, 1):
            yield fact("passages", measure=key, section=section, item=item, text=text.clean)


def _target_facts(items: Sequence[Item], measure: str) -> Iterator[Fact]:
    for number, item in enumerate(items, 1):
        yield fact("passages", measure=measure, section="target", item=number, text=narrowed(item.printed))


def _finding_facts(form: Form, key: str, nodes: Mapping[int, str]) -> Iterator[Fact]:
    spoken = [number for finding in form.findings for number in finding.numbers]
    for finding in form.findings:
        for owner in [nodes[number] for number in finding.numbers] or [key]:
            for item, words in enumerate(finding.items, 1):
                yield fact("passages", measure=owner, section="finding", item=item, text=words.clean)
    silent = [number for number in nodes if spoken and number not in spoken]
    yield from [fact("findings", rule="label-missing", severity="warning")] * len(silent)
