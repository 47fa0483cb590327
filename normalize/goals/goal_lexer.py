"""The words of targets: a target's text → the terminals of ``goal_grammar.lark``.

Most of the work is to tell which numbers count something. A number counts when a unit of measure, a limit (以上) or a
rate (／年) follows it, or when it ends a clause behind a name; a year, an age, an ordinal and a number inside a name
(ローカル10000) do not. Words of measure (毎年, 約, 以上, ／年) are told only beside a number that counts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import Final, NamedTuple

from lark import Token
from lark.lexer import Lexer, LexerState

from normalize.goals.goal_words import (
    AFTER_YEAR,
    TRAILS,
    after_pattern,
    lead_endings,
    lead_patterns,
    number_pattern,
    rate_before,
    several,
    trail_patterns,
    units_of_measure,
    unknown_unit,
)
from normalize.goals.predicates import is_verbal
from normalize.language.tokens import morphs
from normalize.text.calendar import fiscal_years, month_mentions, year_lists, year_ranges
from normalize.text.folding import narrow
from normalize.text.numerals import KANJI_NUMERALS
from normalize.text.quantities import COMPARATORS_AFTER, counts_whole, known_unit, words_after
from schemas.codes import units

_MOST_LEADS: Final = 8
_LONGEST_NAME: Final = 40
"""How many words may lead up to a number, and how far back a number looks, so that any text is read in linear time."""

_FIGURES: Final = frozenset("0123456789" + KANJI_NUMERALS + "ゼ零△▲±-~○◯●×¥￥")
DAYS: Final = ("日", "日間")
"""Days are counted where a rate stands in front of them (週3日), else they are a date."""

_OF_NAMES: Final = ("時間", "分")
"""Units that, right in front of a noun, are part of a name: 24時間受付, 30分配達."""

_FURTHERED: Final = re.compile(
    r"[一-龥ァ-ヶー]{2,8}の(?:推進|促進|普及|定着|浸透|啓発|周知|支援|充実|強化)(?![^\s、。])"
)
"""What goes on as a name that is furthered, not counted: 2拠点居住の推進."""

_NAMED_ON: Final = re.compile(rf"(?!{words_after()}|[増減超未台])[一-龥ァ-ヶー]{{2,}}[^、。\n]*[0-9]")
"""A name that begins with a sum of money, and a number behind it: 100円商店街の開催2回."""

_SIZED: Final = re.compile(r"(?P<noun>[一-龥ァ-ヶー]{2,})[へで]?の[^、。\n]*[0-9]")
"""A name that begins with a size, and a number behind it: 1000人規模の催し1回, 駅から500m圏内の店3店."""

_MEASURED_OF: Final = re.compile(
    r"(?:以内|以下|未満|圏内?)?の[一-龥ァ-ヶー]{2,}\s*[0-9]|(?:以内|以下|未満|圏内?)の[一-龥ァ-ヶー]+$"
)
"""What goes on behind a price, a length or a time as a name with a number of its own: 500円の講座2回."""

_OF_SIZE: Final = ("時間", "分", "m", "km", "㎡")
"""Units that say of things how large, long or far they are."""

_FOR_AT_MOST: Final = re.compile(r"(?:定員|対象)\s*(?:約|各|最大)?\s*$")
_OF_A_NOUN: Final = re.compile(r"\s*の[一-龥ァ-ヶー]{2}")
"""What makes a number part of a name: 定員20人の講座10回."""

_PRICED: Final = re.compile(
    rf"(?!{words_after()}|[増減超未台]|(?:規模|程度|相当)の)(?:引き|[一-龥ァ-ヶー])[^、。\n0-9]*の[一-龥ァ-ヶー]{{2,}}(?=$|[、。)])"
)
"""What a sum of money in front of it gives its name: 50円引き券の発行, 100円バスの運行."""

_NAMES_ON: Final = re.compile(rf"(?!{words_after()}|[増減短延縮超])[一-龥ァ-ヶ]")
_OFTEN: Final = re.compile("毎(?:年度?|月|週|日)")
_POINT: Final = re.compile(r"[0-9]{1,2}\)\s*\S")
"""The number of a point at the beginning of an item: 1)20社."""

_LONGEST_COUNTER: Final = 4
"""Characters of a counter that the data does not hold: 団体, 小学校. Longer words behind a number are names."""

_BLANKS: Final = re.compile(" *")
_GOES_ON: Final = re.compile(r"[^\s。、]")
_COUNTED: Final = ("NUMBER", "UNIT", "UNREAD", "LIMIT", "ABOUT_AFTER")


class Span(NamedTuple):
    """A part of a text, and the kind of word that it is."""

    kind: str
    start: int
    end: int


class TargetLexer(Lexer):
    """`target_tokens` in the shape that lark asks for."""

    __future_interface__ = 2

    def __init__(self, lexer_conf: object) -> None:
        del lexer_conf

    def lex(self, lexer_state: LexerState, parser_state: object) -> Iterator[Token]:
        del parser_state
        return target_tokens(lexer_state.text.text)


def target_tokens(text: str) -> Iterator[Token]:
    """The terminals of a target's text, in its order; every character but blanks beside words of measure is in one.

    >>> [(token.type, str(token)) for token in target_tokens("参加者 約20名以上／回、継続実施")][:4]
    [('TEXT', '参加者 '), ('ABOUT', '約'), ('NUMBER', '20'), ('UNIT', '名')]
    >>> [(token.type, str(token)) for token in target_tokens("参加者 約20名以上／回、継続実施")][4:]
    [('LIMIT', '以上'), ('PER_EVENT', '／回'), ('COMMA', '、'), ('TEXT', '継続実施')]
    """
    for span in _joined(target_spans(narrow(text))):
        yield Token(span.kind, text[span.start : span.end], start_pos=span.start, end_pos=span.end)


def target_spans(plain: str) -> Iterator[Span]:
    """The words of a narrow text; characters that are no word come one by one as TEXT."""
    times = _times(plain)
    closings = _closings(plain)
    closing: list[tuple[int, bool]] = []
    at, counted, timed = 0, False, False
    while at < len(plain):
        spans = list(_words(plain, at, times, closings, counted=counted, timed=timed))
        if not spans:
            spans = [Span("CLOSE" if closing and at == closing[-1][0] else "TEXT", at, at + 1)]
        if spans[-1].kind in ("OPEN", "REMARK"):
            closing.append((closings[spans[-1].start], spans[-1].kind == "REMARK"))
        blank = spans[0].kind == "TEXT" and plain[at].isspace()
        if not (blank and counted):
            yield from spans
        last = spans[-1].kind
        behind_remark = closing.pop()[1] if last == "CLOSE" else False
        counted = behind_remark or last in (*_COUNTED, *TRAILS) or (counted and blank)
        timed = last == "YEAR"
        at = spans[-1].end


def _words(
    plain: str, at: int, times: dict[int, int], closings: dict[int, int], *, counted: bool, timed: bool
) -> Iterator[Span]:
    """The words that start at an offset: none, one, or a number and its unit."""
    if timed:
        for kind, pattern in AFTER_YEAR.items():
            if match := re.compile(pattern).match(plain, at):
                yield Span(kind, *match.span())
                return
    if at in times:
        yield Span("YEAR", at, times[at])
        return
    if counted and (span := _trail(plain, at, closings)):
        yield span
        return
    if span := _lead(plain, at, times):
        yield span
        return
    if numbers := _number(plain, at):
        yield from numbers
        return
    if often := _OFTEN.match(plain, at):
        yield Span("OFTEN", *often.span())
    elif at in closings:
        yield Span("OPEN", at, at + 1)
    elif _separates(plain, at, counted=counted):
        yield Span("COMMA", at, at + 1)


def _separates(plain: str, at: int, *, counted: bool) -> bool:
    """Whether a mark stands between two clauses: a comma, a full stop, and ・ or a line end behind a number."""
    return plain[at] in ("、,。;・\n" if counted else "、,。;") and _GOES_ON.search(plain, at + 1) is not None


def _trail(plain: str, at: int, closings: dict[int, int]) -> Span | None:
    for kind, pattern in trail_patterns().items():
        if match := pattern.match(plain, at):
            return Span(kind, *match.span())
    if match := after_pattern().match(plain, at):
        return Span("LIMIT" if match[0] in COMPARATORS_AFTER else "ABOUT_AFTER", *match.span())
    return Span("REMARK", at, at + 1) if at in closings else None


def _lead(plain: str, at: int, times: Collection[int]) -> Span | None:
    """A word that leads up to a number, maybe with a few others between; not to a year or month (約 2025/6/19)."""
    first = _lead_at(plain, at)
    if first is None:
        return None
    behind = first.end
    for _ in range(_MOST_LEADS):
        if behind in times:
            return None
        if _number(plain, behind, after_lead=True):
            return first
        following = _lead_at(plain, behind)
        if following is None:
            return None
        behind = following.end
    return None


def _lead_at(plain: str, at: int) -> Span | None:
    for kind, pattern in lead_patterns().items():
        match = pattern.match(plain, at)
        if match and match.end() > at:
            return Span(kind, at, _skip_blanks(plain, match.end()))
    return None


def _ends_in_lead(plain: str, at: int) -> bool:
    """Whether the text before an offset ends in a word that leads up to it."""
    head = plain[max(0, at - _LONGEST_NAME) : at].rstrip()
    return any(pattern.search(head) for pattern in lead_endings())


def _number(plain: str, at: int, *, after_lead: bool | None = None) -> list[Span]:
    """A number that counts something, with its unit; a range or a fraction; else nothing.

    A number of an unknown unit, or of none, must stand where a goal stands: behind a word of measure, behind a name and
    a colon or blank, or before a limit or a rate.
    """
    if at >= len(plain) or plain[at] not in _FIGURES:
        return []
    if at < _LONGEST_NAME and not plain[:at].strip():
        if _POINT.match(plain, at):
            return []
        if numbered := _list_number().match(plain, at):
            return [Span("UNREAD", *numbered.span())]
    if unread := several().match(plain, at):
        return [Span("UNREAD", *unread.span())]
    match = number_pattern().match(plain, at)
    if match is None:
        return []
    number = Span("NUMBER", *match.span())
    behind = _skip_blanks(plain, match.end())
    if unit := units_of_measure().match(plain, behind):
        return _with_known_unit(plain, number, unit)
    if _limits(plain, behind):
        return [number]
    return _by_its_place(plain, number, _ends_in_lead(plain, at) if after_lead is None else after_lead)


def _with_known_unit(plain: str, number: Span, unit: re.Match[str]) -> list[Span]:
    """A number with a unit of the data; nothing where the unit is part of a name or a word of the calendar."""
    end = unit.end() + (len("5分") if unit[0] == "割" and re.match("[0-9]分", plain[unit.end() :]) else 0)
    known = known_unit(unit[0])
    of_size = unit[0] in _OF_SIZE or (known is not None and known.indicator_measure == "currency")
    is_name = (
        _FURTHERED.match(plain, end)
        or (of_size and _MEASURED_OF.match(plain, end))
        or _is_size(plain, end)
        or (
            _OF_A_NOUN.match(plain, end)
            and _FOR_AT_MOST.search(plain[max(0, number.start - _LONGEST_NAME) : number.start])
        )
        or (unit[0] == "円" and (_NAMED_ON.match(plain, end) or _PRICED.match(plain, end)))
        or (unit[0] in _OF_NAMES and _NAMES_ON.match(plain, end))
    )
    if is_name:
        return []
    is_rate = unit[0] in DAYS and rate_before(plain[max(0, number.start - _LONGEST_NAME) : number.start]) in (
        "WEEKLY", "YEARLY",
    )  # fmt: skip
    is_measured = known is not None and known.indicator_measure is not None
    return [number, Span("UNIT", unit.start(), end)] if is_rate or is_measured else []


def _is_size(plain: str, at: int) -> bool:
    """Whether what follows a number and its unit is a noun of size, and no action: 100人規模の, not 20社訪問の."""
    named = _SIZED.match(plain, at)
    if named is None or re.match(rf"{words_after()}|[増減超未台]", named["noun"]):
        return False
    return not is_verbal(morphs(named["noun"])[0])


def _by_its_place(plain: str, number: Span, after_lead: bool) -> list[Span]:
    """A number of an unknown unit or of none, where a goal stands; a bare year is none."""
    if re.fullmatch(r"(?:19|20)[0-9]{2}", plain[number.start : number.end]):
        return []
    stands = after_lead or _follows_a_name(plain, number.start)
    behind = _skip_blanks(plain, number.end)
    other = unknown_unit().match(plain, behind)
    if other and (other[0].isascii() or not other[0][0].isascii()) and not _is_change(plain, behind):
        is_short = len(other[0]) <= _LONGEST_COUNTER
        if _limits(plain, other.end()) or (stands and is_short and _ends(plain, other.end())):
            return [number, Span("UNIT", *other.span())]
    is_named = after_lead or _name_of_number(plain, number.start)
    return [number] if stands and is_named and _ends(plain, number.end) else []


@cache
def _list_number() -> re.Pattern[str]:
    """A number with decimals, of what has none: 1.20社 may be item 1, 20社."""
    spellings = sorted((narrow(u.spelling) for u in units() if counts_whole(u.spelling)), key=len, reverse=True)
    return re.compile(rf"[1-9]\.[0-9]+\s*(?:{'|'.join(map(re.escape, spellings))})")


def _limits(plain: str, at: int) -> bool:
    """Whether a limit or a rate follows."""
    at = _skip_blanks(plain, at)
    rates = (pattern for kind, pattern in trail_patterns().items() if kind.startswith("PER_"))
    return any(pattern.match(plain, at) for pattern in (after_pattern(), *rates))


def _is_change(plain: str, at: int) -> bool:
    return trail_patterns()["CHANGE"].match(plain, at) is not None


def _ends(plain: str, at: int) -> bool:
    """Whether a clause ends here."""
    behind = _skip_blanks(plain, at)
    return (
        behind == len(plain) or plain[behind] in "\n、,。;)(" or re.match("[/→⇒] *[^ 0-9]", plain[behind:]) is not None
    )


def _follows_a_name(plain: str, at: int) -> bool:
    head = plain[max(0, at - _LONGEST_NAME) : at]
    return not head.strip() or head[-1] in " :(、,。" or _name_of_number(plain, at)


def _name_of_number(plain: str, at: int) -> bool:
    """Whether the text before is a name whose value is a number (参加者数, 受診率), or there is none."""
    head = plain[max(0, at - _LONGEST_NAME) : at].rstrip(" :はが")
    return not head or head[-1] in "数率額量度値高点計、,。"


def _times(plain: str) -> dict[int, int]:
    """Where the years and months stand, by their start; several years say no single one and are left as text."""
    ranges = [range(pair.first.start, pair.last.end) for pair in (*year_ranges(plain), *year_lists(plain))]
    spans = {year.start: year.end for year in fiscal_years(plain)}
    spans |= {month.start: month.end for month in month_mentions(plain)}
    return {start: end for start, end in spans.items() if not any(start in span for span in ranges)}


def _closings(plain: str) -> dict[int, int]:
    """The offset of the closing bracket of each opening one; brackets without a partner are text."""
    opened: list[int] = []
    pairs = {}
    for offset, character in enumerate(plain):
        if character in "([【":
            opened.append(offset)
        elif character in ")]】" and opened and "([【".index(plain[opened[-1]]) == ")]】".index(character):
            pairs[opened.pop()] = offset
    return pairs


def _joined(spans: Iterator[Span]) -> Iterator[Span]:
    """Characters of TEXT that touch as one span."""
    held: Span | None = None
    for span in spans:
        if held is not None and held.kind == span.kind == "TEXT" and held.end == span.start:
            held = Span("TEXT", held.start, span.end)
            continue
        if held is not None:
            yield held
        held = span
    if held is not None:
        yield held


def _skip_blanks(plain: str, at: int) -> int:
    match = _BLANKS.match(plain, at)
    return match.end() if match else at
