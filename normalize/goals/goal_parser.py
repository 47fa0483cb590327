"""Targets: one printed item of prose → the goals that it sets.

The grammar stands in ``goal_grammar.lark``, its words in `normalize.goals.goal_lexer`. An item is cut at its commas
into clauses, and clauses that lean on the next one (紹介動画を10本作成し、) stay with it. A group gives one goal for
each number that counts something, else one qualitative goal; an item without such a number is one qualitative goal.

Nothing is guessed: a change (前年度比5％増) is qualitative, and what holds several numbers for one thing (10人→15人)
gives a goal without a value that is not `parsed`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, Literal

from lark import Token, Tree, UnexpectedInput

from normalize.goals.clause_endings import ends_as_statement, noun_phrase_before
from normalize.goals.earlier_numbers import EARLIER, is_of_earlier
from normalize.goals.goal_clauses import Clause, clauses_of, span_of, tokens_of
from normalize.goals.goal_lexer import DAYS
from normalize.goals.goal_remarks import leaves_open
from normalize.goals.goal_times import clause_times, is_over_years, time_in_remark, times_of
from normalize.goals.goal_words import ACTUAL_WORDS, BASELINE_WORDS, UNSURE
from normalize.text.calendar import without_year
from normalize.text.folding import clean, enumerator, narrow
from normalize.text.quantities import COMPARATORS_AFTER, COMPARATORS_BEFORE, Quantity, decimal_of, quantity
from normalize.text.text_cache import remembered
from schemas.closed_sets import Comparator, Frequency

GoalRole = Literal["target", "baseline", "actual"]

_FREQUENCIES: Final[dict[str, Frequency]] = {
    "EACH_TIME": "per_event", "PER_EVENT": "per_event",
    "HALF_YEARLY": "per_half_year", "PER_HALF_YEAR": "per_half_year",
    "QUARTERLY": "per_quarter", "PER_QUARTER": "per_quarter", "MONTHLY": "per_month", "PER_MONTH": "per_month",
    "WEEKLY": "per_week", "PER_WEEK": "per_week", "DAILY": "per_day", "PER_DAY": "per_day",
    "YEARLY": "per_year", "PER_YEAR": "per_year",
}  # fmt: skip
"""How often a number is meant, by the words around it; of two (毎年、月2回) the first here."""

_OFTEN: Final[dict[str, Frequency]] = {"年": "per_year", "月": "per_month", "週": "per_week", "日": "per_day"}
"""How often a number further on is meant (毎月、勉強会を1回), by what follows 毎."""

_UNTOLD: Final = {"OTHER_RATE", "PER_OTHER"}
"""How often a number is meant by words that no frequency stands for: 隔週で1回, 20人／講座."""

_RELATIVE: Final = {"BASE", "CHANGE"}
_NO_NAMES: Final = {
    *BASELINE_WORDS,
    *ACTUAL_WORDS,
    "目標",
    "目標値",
    "指標",
    "成果指標",
    "数値目標",
    "活動指標",
    "KPI",
    "原則",
}


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal of an item. Its part of the item is `text`, from `start` to `end`; `item` is the whole of it.

    `role` is `baseline` or `actual` for a number that the item gives beside its target (現状20社→目標40社). A goal
    without a number has neither value, unit nor comparator. `parsed` is False for a goal whose numbers no rule
    reads. `name` is the noun printed before the number. `over_years` is whether it is a sum over several years.
    """

    item: str
    text: str
    start: int
    end: int
    name: str | None = None
    role: GoalRole = "target"
    value: Decimal | None = None
    unit: str | None = None
    comparator: Comparator | None = None
    frequency: Frequency | None = None
    fiscal_year: int | None = None
    deadline_fy: int | None = None
    parsed: bool = True
    over_years: bool = False


@remembered(most=1024)
def parse_target(text: str) -> tuple[Goal, ...]:
    """The goals of one item, at least one unless the item holds no letter and no digit; one that is not `parsed` where
    the grammar does not know the order of its words.

    >>> [(str(g.value), g.unit, g.comparator, g.frequency, g.name)
    ...  for g in parse_target("開催数年間2回以上、イベント参加者 20名/回")]
    [('2', '回', '>=', 'per_year', '開催数'), ('20', '名', '=', 'per_event', 'イベント参加者')]
    >>> [(g.value, g.deadline_fy, g.parsed) for g in parse_target("令和6年度までに具現化")]
    [(None, 2024, True)]
    """
    plain = narrow(text)
    if not any(character.isalnum() for character in plain):
        return ()
    goals: list[Goal] = []
    try:
        clauses = clauses_of(text)
    except UnexpectedInput:  # an order of words that no one thought of must not cost the rest of the document
        return (Goal(text, text, 0, len(text), parsed=False),)
    for group in _groups(plain, clauses):
        found = list(_goals_of_group(text, plain, group))
        previous = goals[-1] if goals else None
        if found and previous is not None and _is_plain(found[0]) and _is_plain(previous):
            goals[-1] = _qualitative(text, previous.start, found[0].end)
        else:
            goals += found
    if all(_is_plain(goal) for goal in goals):
        return (_qualitative(text, 0, len(text), clause_times(plain, clauses)),)
    goals = [_unless_doubled(goal, goals) for goal in goals]
    goals = [_from_there(goal, following) for goal, following in zip(goals, [*goals[1:], None], strict=True)]
    return tuple(_settled(goal, goals) for goal in goals)


def _unless_doubled(goal: Goal, goals: Sequence[Goal]) -> Goal:
    """A goal without its number where another one has no name either, and the same unit and time: 15社、20社."""
    said = (goal.unit, goal.role, goal.frequency, goal.fiscal_year, goal.deadline_fy)
    alike = [
        other
        for other in goals
        if other.value is not None
        and other.name is None
        and (other.unit, other.role, other.frequency, other.fiscal_year, other.deadline_fy) == said
    ]
    if goal.value is None or goal.name is not None or len(alike) < 2 or enumerator(goal.text):
        return goal
    return replace(goal, value=None, unit=None, comparator=None, frequency=None, parsed=False)


def _from_there(goal: Goal, following: Goal | None) -> Goal:
    """A number of an earlier year that an arrow leads on from is where the item starts: 令和3年度12社→令和8年度20社."""
    if following is None or goal.value is None or following.value is None or goal.unit != following.unit:
        return goal
    years = [told.fiscal_year or told.deadline_fy for told in (goal, following)]
    leads = re.search("[→⇒]", goal.item[goal.start : following.start]) is not None
    if leads and years[0] and years[1] and years[0] < years[1]:
        return replace(goal, role="baseline")
    return goal


def companions(goal: Goal, goals: Sequence[Goal]) -> list[Goal]:
    """The baselines and actuals that an item gives beside a target.

    >>> both = parse_target("現状20社→目標40社")
    >>> [(g.role, str(g.value)) for g in both], [str(g.value) for g in companions(both[1], both)]
    ([('baseline', '20'), ('target', '40')], ['20'])
    """
    return [other for other in goals if other.role != "target" and _target_of(other, goals) is goal]


def _target_of(goal: Goal, goals: Sequence[Goal]) -> Goal | None:
    """The target nearest to a baseline or an actual: the next one, else the one before, of its unit or of none."""
    at = next(position for position, other in enumerate(goals) if other is goal)
    nearest = [*goals[at + 1 :], *reversed(goals[:at])]
    fits = [other for other in nearest if other.role == "target" and other.value is not None]
    return next((other for other in fits if other.unit == goal.unit or None in (other.unit, goal.unit)), None)


def _settled(goal: Goal, goals: Sequence[Goal]) -> Goal:
    """A goal with the name that its baseline prints; a baseline or an actual without a target is not read."""
    if goal.role == "target":
        names = [other.name for other in companions(goal, goals) if other.name]
        return replace(goal, name=names[0]) if names and goal.name is None else goal
    if _target_of(goal, goals) is not None:
        return goal
    return replace(goal, role="target", value=None, unit=None, comparator=None, frequency=None, parsed=False)


def _groups(plain: str, clauses: list[Clause]) -> Iterator[list[Clause]]:
    """Clauses that belong together: one that does not end as a statement leans on the next."""
    group: list[Clause] = []
    for clause in clauses:
        group.append(clause)
        numbers = clause.trees("goal", "unread")
        behind = plain[span_of(numbers[-1])[1] if numbers else clause.start : clause.end]
        if (numbers and not behind.strip(" )。")) or ends_as_statement(behind):
            yield group
            group = []
    if group:
        yield group


def _goals_of_group(text: str, plain: str, group: list[Clause]) -> Iterator[Goal]:
    numbers = [
        (clause, tree)
        for clause in group
        for outer in clause.trees("goal", "unread")
        for tree in (outer, *_labelled_within(outer))
    ]
    times = [time for clause in group for time in clause.trees("time")]
    if not numbers:
        yield _qualitative(text, group[0].start, group[-1].end, clause_times(plain, group))
        return
    names = [_name(plain, clause, tree) if tree in clause.parts else None for clause, tree in numbers]
    starts = [_part_start(plain, clause, tree, name) for (clause, tree), name in zip(numbers, names, strict=True)]
    starts[0] = group[0].start
    for position, (clause, tree) in enumerate(numbers):
        end = starts[position + 1] if position + 1 < len(numbers) else group[-1].end
        name = names[position]
        often = [word for earlier in group if earlier.start <= clause.start for word in earlier.words("OFTEN")]
        meant = _OFTEN[often[-1][1]] if often else None
        yield _goal(text, tree, text[slice(*name)] if name else "", (starts[position], end), times, meant)


def _labelled_within(tree: Tree[Token]) -> Iterator[Tree[Token]]:
    """The numbers with a label of their own in a bracket behind a number: 実績21社（目標20社）."""
    for remark in tree.children:
        if isinstance(remark, Tree) and remark.data == "remark":
            for inner in remark.find_data("goal"):
                if any(isinstance(token, Token) and token.type == "ROLE" for token in inner.children):
                    yield inner


def _goal(
    text: str, tree: Tree[Token], name: str, span: tuple[int, int], times: list[Tree[Token]], often: Frequency | None
) -> Goal:
    start, end = _trimmed(text, *span)
    plain = narrow(text)
    at = span_of(tree)
    kinds = {token.type for token in tree.children if isinstance(token, Token)}
    amount = next((child for child in tree.children if isinstance(child, Tree) and child.data == "amount"), None)
    found = _amount(text[slice(*span_of(amount))]) if amount and len(amount.children) <= 2 else None
    fiscal_year, deadline = time_in_remark(plain, tree) or times_of(plain, times, at[0])
    of_before = found is not None and found.unit == "倍" and plain[: at[0]].endswith("の")  # 現状の2倍
    relative = of_before or bool(kinds & _RELATIVE)
    printed = clean(name)
    is_told = not (relative or kinds & _UNTOLD or printed in EARLIER or is_of_earlier(plain, at[0]))
    is_change = relative and (amount is not None or "BASE" in kinds)
    goal = Goal(
        item=text,
        text=text[start:end],
        start=start,
        end=end,
        name=printed if printed and printed not in _NO_NAMES and not relative else None,
        role=_role(tree),
        value=None,
        unit=None,
        comparator=None,
        frequency=None,
        fiscal_year=fiscal_year,
        deadline_fy=deadline,
        over_years=is_over_years(plain[start:end]),
        parsed=not _is_open(tree, plain[at[1] :]) and (is_change or (is_told and found is not None)),
    )
    if found is None or not is_told:
        return goal
    frequency = next((meant for kind, meant in _FREQUENCIES.items() if kind in kinds), often)
    return replace(goal, value=found.value, unit=found.unit, comparator=_comparator(tree), frequency=frequency)


def _is_open(tree: Tree[Token], behind: str) -> bool:
    """Whether what stands behind the number says that it is not settled: 20社（仮）, 20社？."""
    remarks = ("".join(map(str, tokens_of(found))) for found in tree.find_data("remark"))
    return UNSURE.match(behind) is not None or any(leaves_open(remark) for remark in remarks)


def _amount(text: str) -> Quantity | None:
    """A number with its unit, also of days (週3日)."""
    unit = next((unit for unit in sorted(DAYS, key=len, reverse=True) if text.rstrip().endswith(unit)), None)
    value = decimal_of(text.rstrip().removesuffix(unit)) if unit else None
    return quantity(text) if value is None else Quantity(value, unit, "=", text, 0, len(text))


def _role(tree: Tree[Token]) -> GoalRole:
    """What a label in front of a number, or a bracket behind it, makes of it: 現状20社, 12店舗（現状）."""
    label = "".join(str(token) for token in tree.children if isinstance(token, Token) and token.type == "ROLE")
    remark = "".join(str(token) for found in tree.find_data("remark") for token in tokens_of(found))
    within = narrow(remark).strip(" ()")
    said = {narrow(label).strip(" :=は"), within, without_year(within)}
    return "baseline" if said & {*BASELINE_WORDS} else "actual" if said & {*ACTUAL_WORDS} else "target"


def _comparator(tree: Tree[Token]) -> Comparator:
    words = {token.type: str(token).strip() for token in tree.children if isinstance(token, Token)}
    if "LIMIT" in words:
        return COMPARATORS_AFTER[narrow(words["LIMIT"])]
    if "AT_LIMIT" in words:
        return COMPARATORS_BEFORE[words["AT_LIMIT"]]
    return "~" if words.keys() & {"ABOUT", "ABOUT_AFTER"} else "="


def _name(plain: str, clause: Clause, tree: Tree[Token]) -> tuple[int, int] | None:
    """The noun phrase in front of a number, or in front of the bracket that the number opens (開催（年2回）).

    It reaches back to the number before, if any, or to the clause's beginning.
    """
    start, limit = clause.start, span_of(tree)[0]
    for part in clause.parts:
        first, last = span_of(part)
        if last > limit:
            break
        if isinstance(part, Token) and part.type == "OPEN" and last == limit:
            limit = first
        elif isinstance(part, Tree) or part.type in ("OFTEN", "OPEN", "CLOSE"):
            start = last
    return noun_phrase_before(plain, start, limit)


def _part_start(plain: str, clause: Clause, tree: Tree[Token], name: tuple[int, int] | None) -> int:
    """Where a goal's part of the item begins: with its clause, or behind another number of it with its own words."""
    start = span_of(tree)[0]
    if not any(span_of(other)[0] < start for other in clause.trees("goal", "unread")):
        return clause.start
    start = name[0] if name else start
    return len(plain[:start].rstrip("①②③④⑤⑥⑦⑧⑨⑩ "))


def _qualitative(text: str, start: int, end: int, times: tuple[int | None, int | None] | None = None) -> Goal:
    first, last = _trimmed(text, start, end)
    fiscal_year, deadline = times or (None, None)
    return Goal(text, text[first:last], first, last, fiscal_year=fiscal_year, deadline_fy=deadline)


def _is_plain(goal: Goal) -> bool:
    """Whether a goal is qualitative by its words: no number of it was met."""
    return goal.value is None and goal.parsed


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in "、，,;；/／→⇒"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "、，,;；/／→⇒(（" or _lonely(text, start, end)):
        end -= 1
    return start, end


def _lonely(text: str, start: int, end: int) -> bool:
    """Whether a part ends in a bracket that opens outside of it."""
    part = narrow(text[start:end])
    return part.endswith(")") and part.count(")") > part.count("(")
