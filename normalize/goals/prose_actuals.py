"""Actuals in prose: the number of a report that answers a goal, where the report states it; else why not.

A number answers a goal when it has the goal's unit, counts the same thing (`normalize.goals.counted_nouns`) and is
stated as done in the year and by the body of the report (`normalize.goals.assertion`). Where the words leave that
open, or two numbers answer equally well, none is taken and all are named.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from normalize.goals.assertion import verdict
from normalize.goals.clause_words import is_of
from normalize.goals.counted_nouns import Counted, counted_in, narrow_lines, same_thing
from normalize.goals.goal_parser import Goal, parse_target
from normalize.goals.goal_words import RATES
from normalize.goals.number_frames import Verdict
from normalize.goals.predicates import is_verbal, predicates
from normalize.goals.scope_marks import Reporter, marks_in
from normalize.goals.sentence_rest import is_taken_back_behind, with_bracket_behind
from normalize.language.tokens import morphs
from normalize.text.folding import narrow
from normalize.text.quantities import NUMBER, Quantity, count_alike, known_unit, quantities_in, quantity
from schemas.codes.signs import bracket_pairs, leading

_JAPANESE: Final = re.compile(
    r"[\u3005\u3040-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff0-9０-９、。，）」]"
)
_SET_OFF: Final = " :" + leading("dot", "heading") + "".join(map("".join, bracket_pairs().items()))
"""What stands around a heading and says nothing."""

_BULLET: Final = re.compile(rf"[ \u3000]+(?=[{leading('item', 'heading', 'note', never=('sign',))}①-⑳])")
_LINE_END: Final = re.compile(r"[^\S\n]*\n\s*")
_SLACK: Final = 4
"""By how many half-width characters a full line may be shorter than the longest: a mark that must not begin a line."""

_TIMES: Final = {"this-year", "other-year", "many-years", "part-year"}
_LINE: Final = re.compile(r"[^。\n]+")
_LONGEST_HEADING: Final = 40
"""In characters; what is longer is a sentence."""

_CASES: Final = ("格助詞", "係助詞", "副助詞")
_TOTAL: Final = re.compile(r"累計|累積|通算|までの(?:総|合)計")


_STATED: Final = ("stated", "as-of", "so-far")
NOBODY: Final = Reporter()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a report answers a goal: the number, or, where it leaves that open, the numbers that may be meant.

    `as_of` is whether a bracket behind the number dates it, `so_far` whether the sentence counts up to a day of the
    year. The offsets are those of the report as printed.
    """

    actual: Quantity | None = None
    as_of: bool = False
    so_far: bool = False
    unclear: tuple[tuple[int, int], ...] = ()


def actual_in_prose(goal: Goal, report: str, reporter: Reporter = NOBODY) -> Answer:
    """The answer of a report to a goal. `reporter` says of which year and which bodies it is told.

    Where an item sets several goals, a report that answers one of them and gives, in the same sentence, one number of
    another's unit and measure word (回数), answers that one as well.

    >>> goal, = parse_target("補助件数 120件")
    >>> actual_in_prose(goal, "補助は98件であった。").actual.value, actual_in_prose(goal, "補助98件を見送った。").actual
    (Decimal('98'), None)
    """
    wanted = _counted_by(goal)
    if not wanted:
        return Answer(unclear=tuple(_counted_so(goal, report)))
    alone = quantity(report)
    if alone is not None and alone.unit == goal.unit:  # a cell of results: 6回
        return Answer(alone)
    text, offsets = _unwrapped(report)
    said = _Report(text, reporter)
    own = frozenset(noun for want in wanted for noun in (*want.heads, *want.around))
    found = _mentions(goal, wanted, said)
    if not found:
        near = [mention for mention in counted_in(text) if _is_near(wanted[0], mention)]
        return Answer(unclear=tuple(_sentence(m, offsets) for m in near if said.of(m, own) in (*_STATED, "unclear")))
    is_total = _TOTAL.search(goal.text) is not None
    told = [_Told(like, mention, said.of(mention, own, cumulative=is_total)) for like, mention in found]
    chosen = _chosen([each for each in told if each.verdict != "denied"], wanted[0])
    if _is_one_answer(chosen):
        mention, word = chosen[0]
        return Answer(_printed(mention.quantity, report, offsets), as_of=word == "as-of", so_far=word == "so-far")
    if not chosen:  # what answers the goal was denied; another number of the same thing may be the result
        others = [mention for mention in counted_in(text) if _is_of_same_thing(wanted[0], mention)]
        chosen = [(m, word) for m in others if (word := said.of(m, own)) in (*_STATED, "unclear")]
    return Answer(unclear=tuple(_sentence(mention, offsets) for mention, _ in chosen))


class _Told(NamedTuple):
    """A number of a report: how much it is the same thing as the goal counts, and what the report says of it."""

    likeness: int
    mention: Counted
    verdict: Verdict


def _mentions(goal: Goal, wanted: Sequence[Counted], said: _Report) -> list[tuple[int, Counted]]:
    """The numbers of a report that count what a goal counts, with how much they do."""
    alike = ((max(same_thing(want, mention) for want in wanted), mention) for mention in counted_in(said.text))
    return [each for each in alike if each[0]] or [(1, mention) for mention in _parallel(goal, wanted[0], said)]


def _chosen(told: Sequence[_Told], wanted: Counted) -> list[tuple[Counted, Verdict]]:
    """The numbers that may be the answer: those most like what the goal counts, and the parts beside them."""
    told = [each if _is_as_often(wanted, each.mention) else each._replace(verdict="unclear") for each in told]
    if any(each.verdict in _STATED for each in told):
        told = [each for each in told if each.verdict != "reached"]
    best = max((each.likeness for each in told), default=0)
    chosen = [(each.mention, each.verdict) for each in told if each.likeness == best]
    return chosen + [(each.mention, each.verdict) for each in told if _is_beside(each.mention, each.verdict, chosen)]


def _is_one_answer(chosen: Sequence[tuple[Counted, Verdict]]) -> bool:
    """Whether numbers that may be the answer are one number, stated, and none is a part of it."""
    values = {(mention.quantity.value, mention.quantity.comparator) for mention, _ in chosen}
    if len(values) != 1 or any(word in ("unclear", "reached") for _, word in chosen):
        return False
    return not any(_is_beside(mention, word, chosen) for mention, word in chosen)


def _counted_so(goal: Goal, report: str) -> Iterator[tuple[int, int]]:
    """The sentences of a report with a number of a goal's unit, where the data does not hold that unit: 29橋."""
    unit = narrow(goal.unit or "")
    if goal.value is None or not unit or known_unit(unit) is not None:
        return
    plain = narrow_lines(report)
    for number in re.finditer(rf"{NUMBER}\s*{re.escape(unit)}", plain):
        start = max(plain.rfind(mark, 0, number.start()) for mark in "。\n") + 1
        ends = [at for mark in "。\n" if (at := plain.find(mark, number.end())) >= 0]
        yield start, min(ends, default=len(plain))


def _is_beside(mention: Counted, word: Verdict, chosen: Sequence[tuple[Counted, Verdict]]) -> bool:
    """Whether a number is stated of the same thing in the sentence of the chosen one: 春に3回、秋に4回.

    It is where it counts what the other does, or where no clause parts the two: 駅前に4基、港に7基設置した.
    """
    return word in _STATED and any(
        other is not mention
        and told in _STATED
        and (other.sentence, other.quantity.unit) == (mention.sentence, mention.quantity.unit)
        and (other.heads == mention.heads or _are_in_one_clause(other, mention))
        for other, told in chosen
    )


def _are_in_one_clause(one: Counted, other: Counted) -> bool:
    """Whether no predicate stands between two numbers of a sentence."""
    start, end = sorted((one, other), key=lambda each: each.quantity.start)
    between = one.said[start.quantity.end - one.sentence : end.quantity.start - one.sentence]
    return next(predicates(morphs(between)), None) is None and "は" not in between


def _is_near(wanted: Counted, stated: Counted) -> bool:
    """Whether a number may be the answer though its words say it of another thing: what the goal counts stands beside
    it or elsewhere in its sentence, and it has the goal's unit (講演会及び展示会を計5回).
    """
    if not count_alike(wanted.quantity.unit, stated.quantity.unit) or wanted.heads & stated.excluded:
        return False
    if not wanted.heads.isdisjoint(stated.around) or all(noun in stated.said for noun in wanted.heads):
        return True
    names_none = all(is_of("thing", noun) or is_of("there", noun) for noun in stated.heads)
    return names_none and bool(wanted.qualifiers) and all(noun in stated.said for noun in wanted.qualifiers)


def _is_of_same_thing(wanted: Counted, stated: Counted) -> bool:
    """Whether a number in the goal's unit names a part of what the goal counts alone: 食堂は5か所となった."""
    is_alike = count_alike(wanted.quantity.unit, stated.quantity.unit)
    return is_alike and bool(stated.heads) and stated.heads <= wanted.heads | wanted.qualifiers


def _is_as_often(wanted: Counted, stated: Counted) -> bool:
    """Whether two numbers may be held against each other: a number a month is none of a year."""
    rates = {rate for rate in (wanted.rate, stated.rate) if rate in RATES and rate != "YEARLY"}
    return not rates or wanted.rate == stated.rate or (wanted.rate == "EACH_TIME" and stated.rate is None)


class _Report:
    """A report and its headings of other years: what stands below 【令和6年度】 is told of that year."""

    def __init__(self, text: str, reporter: Reporter) -> None:
        self.text = text
        self.plain = narrow_lines(text)
        self.reporter = reporter
        self._headings: list[tuple[int, bool]] | None = None

    def of(self, mention: Counted, own: frozenset[str], *, cumulative: bool = False) -> Verdict:
        """What the report says of one of its numbers; a sum over years answers a goal for such a sum, and no other."""
        span = mention.quantity.start - mention.sentence, mention.quantity.end - mention.sentence
        said = mention.said
        if cumulative:
            if _TOTAL.search(said[: span[1]]) is None:
                return "unclear"
            said = _TOTAL.sub(lambda match: "\u3000" * len(match[0]), said)
        behind = self.plain[mention.sentence_end :]
        found = verdict(with_bracket_behind(said, behind), span, mention.heads, own, self.reporter)
        if found not in _STATED:
            return found
        if is_taken_back_behind(behind, mention.quantity.unit or "", own):
            return "unclear"
        if self.reporter.fiscal_year is None and "other-year" in _kinds(said, self.reporter):
            return "unclear"  # nobody knows which year the report is of
        return "denied" if not cumulative and self._is_below_another_year(mention) else found

    def _is_below_another_year(self, mention: Counted) -> bool:
        above = [is_other for end, is_other in self._years_above() if end <= mention.sentence]
        return bool(above) and above[-1] and "this-year" not in _kinds(mention.said, self.reporter)

    def _years_above(self) -> list[tuple[int, bool]]:
        """The headings that name a time: where each ends, and whether it is another one than the year reported on."""
        if self._headings is None:
            self._headings = []
            for match in _LINE.finditer(self.plain):
                kinds = _kinds(match[0], self.reporter) & _TIMES if len(match[0]) <= _LONGEST_HEADING else set()
                if kinds and _is_heading(match[0]):
                    self._headings.append((match.end(), "this-year" not in kinds))
        return self._headings


def _kinds(text: str, reporter: Reporter) -> set[str]:
    return {mark.kind for mark in marks_in(text, reporter)}


def _is_heading(text: str) -> bool:
    """Whether a line heads others: it states nothing and holds no number of its own."""
    head = text.strip(_SET_OFF)
    says = [found for found in predicates(morphs(head)) if not found.bare]
    return (
        bool(head)
        and not quantities_in(head)
        and (not says or head.endswith(("次のとおり", "以下のとおり")) or "とおり" in head)
    )


def _counted_by(goal: Goal) -> list[Counted]:
    """What a goal counts: its own number first, then numbers of the same unit in the remarks on it."""
    if goal.value is None:
        return []
    found = [mention for mention in counted_in(goal.text) if mention.quantity.unit == goal.unit]
    return sorted(found, key=lambda mention: mention.quantity.value != goal.value)


def _parallel(goal: Goal, wanted: Counted, said: _Report) -> list[Counted]:
    """The one number of a goal's unit and measure word in a sentence that answers another goal of the same item."""
    mentions = counted_in(said.text)
    answered = {
        mention.sentence
        for sibling in parse_target(goal.item)
        if sibling.unit != goal.unit
        for want in _counted_by(sibling)
        for mention in mentions
        if same_thing(want, mention) and said.of(mention, want.heads | want.around) != "denied"
    }
    parallel = [m for m in mentions if m.sentence in answered and m.quantity.unit == goal.unit]
    if len(parallel) == 1 and wanted.measure_word is not None and parallel[0].measure_word == wanted.measure_word:
        return parallel
    return []


def _printed(quantity: Quantity, report: str, offsets: list[int]) -> Quantity:
    """A quantity of the unwrapped text where it is printed."""
    start, end = offsets[quantity.start], offsets[quantity.end - 1] + 1
    return Quantity(quantity.value, quantity.unit, quantity.comparator, report[start:end], start, end)


def _sentence(mention: Counted, offsets: list[int]) -> tuple[int, int]:
    return offsets[mention.sentence], offsets[mention.sentence_end - 1] + 1


def _unwrapped(report: str) -> tuple[str, list[int]]:
    """A report without the line ends and blanks inside its sentences, and the offset that each character had."""
    broken = _BULLET.sub(lambda match: "\n" * len(match[0]), report)
    longest = max(_width(line.rstrip()) for line in broken.split("\n"))
    dropped: set[int] = set()
    ends = [*(match.span() for match in _LINE_END.finditer(broken)), (len(broken), len(broken))]
    opening = 0
    for (start, end), (closing, _) in pairwise(ends):
        line, following = broken[opening:start], broken[end:closing]
        is_one = broken.count("\n", start, end) == 1 and _runs_on(broken, start, end)
        if is_one and _goes_on(line, following, full=_width(line) >= longest - _SLACK):
            dropped.update(range(start, end))
        opening = end
    for match in re.finditer(" +", broken):
        if _runs_on(broken, *match.span()):
            dropped.update(range(*match.span()))
    offsets = [offset for offset in range(len(broken)) if offset not in dropped]
    return "".join(broken[offset] for offset in offsets), offsets


def _goes_on(line: str, following: str, *, full: bool) -> bool:
    """Whether a sentence goes on over a line end, as its words tell; `full` is whether the line had no more room.

    >>> _goes_on("講座を5回開催で", "きなかった", full=False), _goes_on("講座を5回開催した", "参加は3人", full=True)
    (True, False)
    >>> _goes_on("講座を5回", "開催した", full=False), _goes_on("講座 5回", "見学会は中止", full=False)
    (True, False)
    """
    behind = morphs(following)
    if not behind or line.endswith("。"):
        return False
    if behind[0].pos1 in ("助詞", "助動詞", "接尾辞", "動詞") or line.endswith(("、", ",", "(", "（", "「")):
        return True
    clause = [word for word in morphs(re.split("[。、]", line)[-1]) if word.pos1 != "空白"]
    if not clause or clause[-1].conjugation.startswith("終止形"):
        return False
    is_list = all(word.pos2 not in _CASES or word.surface == "の" for word in clause)
    return full or not (is_list or is_verbal(clause[-1]))


def _runs_on(text: str, start: int, end: int) -> bool:
    """Whether what stands between two offsets parts no two words: letters or digits on both sides, not only digits."""
    before, behind = text[max(0, start - 1) : start], text[end : end + 1]
    return bool(_JAPANESE.match(before) and _JAPANESE.match(behind)) and not (before.isdigit() and behind.isdigit())


def _width(line: str) -> int:
    """How wide a line is, in half-width characters."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in line)
