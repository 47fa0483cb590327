"""Targets: one printed item of prose → the goals that it sets.

The grammar stands in ``goal_grammar.lark``, its words in `normalize.goals.goal_lexer`. An item is cut at its commas
into clauses, and clauses that lean on the next one (紹介動画を10本作成し、) stay with it. A group gives one goal for
each number that counts something, else one qualitative goal; an item without such a number is one qualitative goal.

Nothing is guessed: a change (前年度比5％増) is qualitative, and what holds several numbers for one thing (10人→15人)
gives a goal without a value that is not `parsed`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Final

from lark import Lark, Token, Tree, UnexpectedInput

from normalize.goals.clause_endings import ends_as_statement, is_verbal_noun, noun_phrase_before, qualifies_a_noun
from normalize.goals.goal_lexer import TargetLexer
from normalize.text.calendar import fiscal_years, month_mentions
from normalize.text.folding import clean, narrow
from normalize.text.quantities import COMPARATORS_AFTER, COMPARATORS_BEFORE, quantity
from normalize.text.text_cache import remembered
from schemas.closed_sets import Comparator, Frequency

_PER_YEAR: Final = {"YEARLY", "PER_YEAR"}
_PER_EVENT: Final = {"EACH_TIME", "PER_EVENT"}
_RELATIVE: Final = {"BASE", "CHANGE"}
_NO_NAMES: Final = {"目標", "目標値", "指標", "成果指標", "数値目標", "活動指標", "KPI"}


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal of an item. Its part of the item is `text`, from `start` to `end`; `item` is the whole of it.

    A goal without a number has neither value, unit nor comparator. `parsed` is False for a goal whose numbers no rule
    reads. `name` is the noun printed before the number.
    """

    item: str
    text: str
    start: int
    end: int
    name: str | None = None
    value: Decimal | None = None
    unit: str | None = None
    comparator: Comparator | None = None
    frequency: Frequency | None = None
    fiscal_year: int | None = None
    deadline_fy: int | None = None
    parsed: bool = True


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause of the item: its span and its words and goals, in their order."""

    start: int
    end: int
    parts: tuple[Tree[Token] | Token, ...]

    def trees(self, *names: str) -> list[Tree[Token]]:
        return [part for part in self.parts if isinstance(part, Tree) and part.data in names]

    def has(self, word: str) -> bool:
        return any(isinstance(part, Token) and part.type == word for part in self.parts)


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
        clauses = _clauses(text)
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
        return (_qualitative(text, 0, len(text), _clause_times(plain, clauses)),)
    return tuple(goals)


def _clauses(text: str) -> list[_Clause]:
    tree = _parser().parse(text)
    clauses, start = [], 0
    end = len(text)
    for position, child in enumerate(tree.children):
        if isinstance(child, Token):
            start = child.end_pos or 0
            continue
        following = tree.children[position + 1 :]
        stop = next((later.start_pos or 0 for later in following if isinstance(later, Token)), end)
        clauses.append(_Clause(start, stop, tuple(child.children)))
    return clauses


def _groups(plain: str, clauses: list[_Clause]) -> Iterator[list[_Clause]]:
    """Clauses that belong together: one that does not end as a statement leans on the next."""
    group: list[_Clause] = []
    for clause in clauses:
        group.append(clause)
        numbers = clause.trees("goal", "unread")
        behind = plain[_span(numbers[-1])[1] if numbers else clause.start : clause.end]
        if (numbers and not behind.strip(" )。")) or ends_as_statement(behind):
            yield group
            group = []
    if group:
        yield group


def _goals_of_group(text: str, plain: str, group: list[_Clause]) -> Iterator[Goal]:
    numbers = [(clause, tree) for clause in group for tree in clause.trees("goal", "unread")]
    times = [time for clause in group for time in clause.trees("time")]
    if not numbers:
        yield _qualitative(text, group[0].start, group[-1].end, _clause_times(plain, group))
        return
    names = [_name(plain, clause, tree) for clause, tree in numbers]
    starts = [_part_start(plain, clause, tree, name) for (clause, tree), name in zip(numbers, names, strict=True)]
    starts[0] = group[0].start
    for position, (clause, tree) in enumerate(numbers):
        end = starts[position + 1] if position + 1 < len(numbers) else group[-1].end
        name = names[position]
        often = any(earlier.has("OFTEN") for earlier in group if earlier.start <= clause.start)
        yield _goal(text, tree, text[slice(*name)] if name else "", (starts[position], end), times, often=often)


def _goal(
    text: str, tree: Tree[Token], name: str, span: tuple[int, int], times: list[Tree[Token]], *, often: bool
) -> Goal:
    start, end = _trimmed(text, *span)
    kinds = {token.type for token in tree.children if isinstance(token, Token)}
    amount = next((child for child in tree.children if isinstance(child, Tree) and child.data == "amount"), None)
    words = amount.children if amount else []
    found = quantity(text[_span(amount)[0] : _span(amount)[1]]) if amount and len(words) <= 2 else None
    fiscal_year, deadline = _times_of(narrow(text), times, _span(tree)[0])
    frequency: Frequency | None = None
    if kinds & _PER_EVENT:
        frequency = "per_event"
    elif kinds & _PER_YEAR or often:
        frequency = "per_year"
    relative = bool(kinds & _RELATIVE)
    value = None if relative or found is None else found
    printed = clean(name)
    return Goal(
        item=text,
        text=text[start:end],
        start=start,
        end=end,
        name=printed if printed and printed not in _NO_NAMES and not relative else None,
        value=value.value if value else None,
        unit=value.unit if value else None,
        comparator=_comparator(tree) if value else None,
        frequency=frequency if value else None,
        fiscal_year=fiscal_year,
        deadline_fy=deadline,
        parsed=relative or found is not None,
    )


def _comparator(tree: Tree[Token]) -> Comparator:
    words = {token.type: str(token).strip() for token in tree.children if isinstance(token, Token)}
    if "LIMIT" in words:
        return COMPARATORS_AFTER[narrow(words["LIMIT"])]
    if "AT_LIMIT" in words:
        return COMPARATORS_BEFORE[words["AT_LIMIT"]]
    return "~" if words.keys() & {"ABOUT", "ABOUT_AFTER"} else "="


def _name(plain: str, clause: _Clause, tree: Tree[Token]) -> tuple[int, int] | None:
    """The noun phrase in front of a number, or in front of the bracket that the number opens (開催（年2回）).

    It reaches back to the number before, if any, or to the clause's beginning.
    """
    start, limit = clause.start, _span(tree)[0]
    for part in clause.parts:
        first, last = _span(part)
        if last > limit:
            break
        if isinstance(part, Token) and part.type == "OPEN" and last == limit:
            limit = first
        elif isinstance(part, Tree) or part.type in ("OFTEN", "OPEN", "CLOSE"):
            start = last
    return noun_phrase_before(plain, start, limit)


def _part_start(plain: str, clause: _Clause, tree: Tree[Token], name: tuple[int, int] | None) -> int:
    """Where a goal's part of the item begins: with its clause, or behind another number of it with its own words."""
    start = _span(tree)[0]
    if not any(_span(other)[0] < start for other in clause.trees("goal", "unread")):
        return clause.start
    start = name[0] if name else start
    return len(plain[:start].rstrip("①②③④⑤⑥⑦⑧⑨⑩ "))


def _times_of(plain: str, times: list[Tree[Token]], at: int) -> tuple[int | None, int | None]:
    """The fiscal year and the deadline of a number: of the last time before it, else of the first behind it."""
    before = [time for time in times if _span(time)[0] < at]
    nearest = before[-1:] or times[:1]
    if not nearest:
        return None, None
    (time,) = nearest
    between = plain[_span(time)[1] : at]
    return (None, None) if qualifies_a_noun(between) else _meant(plain, time, adjoining=not between.strip())


def _clause_times(plain: str, clauses: list[_Clause]) -> tuple[int | None, int | None]:
    """The fiscal year and the deadline of a qualitative goal; a time inside a relative clause is not the goal's."""
    found = []
    for clause in clauses:
        for time in clause.trees("time"):
            behind = plain[_span(time)[1] : clauses[-1].end]
            if not qualifies_a_noun(behind):
                alone = not plain[clauses[0].start : _span(time)[0]].strip()
                found.append(_meant(plain, time, adjoining=alone and (is_verbal_noun(behind) or not behind.strip())))
    years = {year for year, _ in found if year}
    deadlines = {deadline for _, deadline in found if deadline}
    return (years.pop() if len(years) == 1 else None), (deadlines.pop() if len(deadlines) == 1 else None)


def _meant(plain: str, time: Tree[Token], *, adjoining: bool) -> tuple[int | None, int | None]:
    """A time as fiscal year (に, は) or deadline (までに). より is neither; a bare year counts where it adjoins."""
    printed, *words = (child for child in time.children if isinstance(child, Token))
    # By its place, for what is printed there may lean on what stands before it: 同年11月.
    years = {mention.start: mention.year for mention in fiscal_years(plain)}
    years |= {mention.start: mention.fiscal_year for mention in month_mentions(plain)}
    year = years.get(printed.start_pos or 0)
    kind = words[0].type if words else ("IN" if adjoining else None)
    return (year if kind == "IN" else None), (year if kind == "UNTIL" else None)


def _qualitative(text: str, start: int, end: int, times: tuple[int | None, int | None] | None = None) -> Goal:
    first, last = _trimmed(text, start, end)
    fiscal_year, deadline = times or (None, None)
    return Goal(text, text[first:last], first, last, fiscal_year=fiscal_year, deadline_fy=deadline)


def _is_plain(goal: Goal) -> bool:
    """Whether a goal is qualitative by its words: no number of it was met."""
    return goal.value is None and goal.parsed


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in "、，,;；"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "、，,;；"):
        end -= 1
    return start, end


def _span(part: Tree[Token] | Token) -> tuple[int, int]:
    tokens = [part] if isinstance(part, Token) else list(part.scan_values(lambda value: isinstance(value, Token)))
    return tokens[0].start_pos or 0, tokens[-1].end_pos or 0


@cache
def _parser() -> Lark:
    grammar = files(__package__ or "normalize").joinpath("goal_grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer=TargetLexer)
