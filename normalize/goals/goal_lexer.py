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

from normalize.text.calendar import fiscal_years, month_mentions, year_lists, year_ranges
from normalize.text.folding import narrow
from normalize.text.numerals import KANJI_NUMERALS
from normalize.text.quantities import (
    ABOUT,
    COMPARATORS_AFTER,
    COMPARATORS_BEFORE,
    NOT_VAGUE,
    SCALED_NUMBER,
    TOTALS,
    known_unit,
    unit_pattern,
    words_after,
)

_NUMBER: Final = (
    rf"(?:{NOT_VAGUE}(?<![A-Za-z0-9第])(?<!(?<![A-Za-z])[0-9][.,]){SCALED_NUMBER}"
    rf"|{NOT_VAGUE}(?<![第{KANJI_NUMERALS}])[{KANJI_NUMERALS}]{{1,8}}(?=件|人[^々]|名|社|回(?!り)|団体|店舗))"
)
_COUNTED_PART: Final = r"[^\W\d_ぁ-ん年月日]{1,6}"
_LEADS: Final = {
    "EACH_TIME": r"[1一]回\s*(?:あたり|当たり|当り|につき|ごとに)|各回|毎回",
    "OTHER_RATE": (
        r"毎月|月間|(?<![0-9かヶカヵ箇毎])月に?|毎週|(?<![0-9毎])週に?|毎日|隔年|隔月|四半期に|半期に"
        rf"|[1一](?!回|年){_COUNTED_PART}(?:あたり|当たり|当り|につき)"
    ),
    "YEARLY": (
        r"毎年度?\s*[、,]?|(?<![0-9])年間|[1一]年(?:間?に|あたり|当たり)"
        r"|(?<![0-9昨今来前毎各隔周少青翌同近々中])年に?"
    ),
    "BASE": r"(?:対?前年度?(?:同[月期])?|昨年度?|従来|現状値?|基準値?)(?:比|より|から|に比べ|と比べて?)",
    "AT_LIMIT": "|".join(COMPARATORS_BEFORE),
    "ABOUT": "|".join(sorted(ABOUT, key=len, reverse=True)),
    "TOTAL": "|".join(
        rf"(?<![設会統時家])({word})" if word == "計" else word for word in sorted(TOTALS, key=len, reverse=True)
    ),
}
"""Words in front of a number, told only where they lead up to one."""

_TRAILS: Final = {
    "PER_YEAR": r"[/]\s*(?:年間?|年度)|\(\s*(?:毎年度?|年間?)\s*\)",
    "PER_EVENT": r"[/]\s*回",
    "PER_OTHER": rf"[/]\s*(?:{_COUNTED_PART}|月|日)",
    "CHANGE": r"程度?の?(?:増加|減少)|(?:の)?(?:増加|減少|上昇|低下|向上|削減)|増(?!刷)|減|アップ|ダウン",
}
"""Words behind a number that counts, apart from the limits."""

_AFTER_YEAR: Final = {
    "UNTIL": r"[末中]?\s*まで(?:の間)?に?",
    "SINCE": r"\s*(?:から|より|以降|以来)",
    "IN": r"[中内末]?に(?:おいて)?(?!関|つい|対|よ|向|比|定|お)|\s*[:は]",
}


_MOST_LEADS: Final = 8
_LONGEST_NAME: Final = 40
"""How many words may lead up to a number, and how far back a number looks, so that any text is read in linear time."""

_FIGURES: Final = frozenset("0123456789" + KANJI_NUMERALS)
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
        counted = behind_remark or last in (*_COUNTED, *_TRAILS) or (counted and blank)
        timed = last == "YEAR"
        at = spans[-1].end


def _words(
    plain: str, at: int, times: dict[int, int], closings: dict[int, int], *, counted: bool, timed: bool
) -> Iterator[Span]:
    """The words that start at an offset: none, one, or a number and its unit."""
    if timed:
        for kind, pattern in _AFTER_YEAR.items():
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
    if plain.startswith("毎年", at):
        yield Span("OFTEN", at, at + (3 if plain.startswith("毎年度", at) else 2))
    elif at in closings:
        yield Span("OPEN", at, at + 1)
    elif _separates(plain, at, counted=counted):
        yield Span("COMMA", at, at + 1)


def _separates(plain: str, at: int, *, counted: bool) -> bool:
    """Whether a mark stands between two clauses: a comma, a full stop, and ・ or a line end behind a number."""
    return plain[at] in ("、,。;・\n" if counted else "、,。;") and _GOES_ON.search(plain, at + 1) is not None


def _trail(plain: str, at: int, closings: dict[int, int]) -> Span | None:
    for kind, pattern in _trail_patterns().items():
        if match := pattern.match(plain, at):
            return Span(kind, *match.span())
    if match := _after_pattern().match(plain, at):
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
    for kind, pattern in _lead_patterns().items():
        match = pattern.match(plain, at)
        if match and match.end() > at:
            return Span(kind, at, _skip_blanks(plain, match.end()))
    return None


def _ends_in_lead(plain: str, at: int) -> bool:
    """Whether the text before an offset ends in a word that leads up to it."""
    head = plain[max(0, at - _LONGEST_NAME) : at].rstrip()
    return any(pattern.search(head) for pattern in _lead_endings())


def _number(plain: str, at: int, *, after_lead: bool | None = None) -> list[Span]:
    """A number that counts something, with its unit; a range or a fraction; else nothing.

    A number of an unknown unit, or of none, must stand where a goal stands: behind a word of measure, behind a name and
    a colon or blank, or before a limit or a rate.
    """
    if at >= len(plain) or plain[at] not in _FIGURES:
        return []
    if unread := _several().match(plain, at):
        return [Span("UNREAD", *unread.span())]
    match = _number_pattern().match(plain, at)
    if match is None:
        return []
    number = Span("NUMBER", *match.span())
    behind = _skip_blanks(plain, match.end())
    unit = _unit_pattern().match(plain, behind)
    if unit:
        known = known_unit(unit[0])
        end = unit.end() + (2 if unit[0] == "割" and re.match("[0-9]分", plain[unit.end() :]) else 0)
        return [number, Span("UNIT", behind, end)] if known and known.indicator_measure else []
    if _limits(plain, behind):
        return [number]
    after_lead = _ends_in_lead(plain, at) if after_lead is None else after_lead
    stands = after_lead or _follows_a_name(plain, at)
    bare_year = bool(re.fullmatch(r"(?:19|20)[0-9]{2}", match[0]))
    other = _unknown_unit().match(plain, behind)
    if other and not bare_year and not _is_change(plain, behind):
        short = len(other[0]) <= 4
        if _limits(plain, other.end()) or (stands and short and _ends(plain, other.end())):
            return [number, Span("UNIT", *other.span())]
    if stands and not bare_year and _ends(plain, match.end()) and (after_lead or _name_of_number(plain, at)):
        return [number]
    return []


def _limits(plain: str, at: int) -> bool:
    """Whether a limit or a rate follows."""
    at = _skip_blanks(plain, at)
    rates = (_trail_patterns()["PER_YEAR"], _trail_patterns()["PER_EVENT"])
    return any(pattern.match(plain, at) for pattern in (_after_pattern(), *rates))


def _is_change(plain: str, at: int) -> bool:
    return _trail_patterns()["CHANGE"].match(plain, at) is not None


def _ends(plain: str, at: int) -> bool:
    """Whether a clause ends here."""
    behind = _skip_blanks(plain, at)
    return behind == len(plain) or plain[behind] in "\n、,。;)("


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


def without_rate(text: str) -> str:
    """A narrow text without the words at its end that say how often the number behind them is meant.

    >>> without_rate("来場者は毎年度 "), without_rate("講座の参加者 1回あたり"), without_rate("講座")
    ('来場者は', '講座の参加者 ', '講座')
    """
    while (match := _rate_pattern().search(text)) is not None:
        text = text[: match.start()]
    return text


def rate_before(text: str) -> str | None:
    """The kind of rate that a narrow text ends in: YEARLY, EACH_TIME, OTHER_RATE; None where it ends in none.

    >>> rate_before("会議を月"), rate_before("会議を毎年"), rate_before("会議を")
    ('OTHER_RATE', 'YEARLY', None)
    """
    match = _rate_pattern().search(text)
    return match.lastgroup if match else None


@cache
def _rate_pattern() -> re.Pattern[str]:
    kinds = ("EACH_TIME", "OTHER_RATE", "YEARLY")
    return re.compile("|".join(rf"(?P<{kind}>{_LEADS[kind]})\s*$" for kind in kinds))


@cache
def _lead_patterns() -> dict[str, re.Pattern[str]]:
    return {kind: re.compile(rf"(?:{pattern})") for kind, pattern in _LEADS.items()}


@cache
def _lead_endings() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?:{pattern})$") for pattern in _LEADS.values())


@cache
def _trail_patterns() -> dict[str, re.Pattern[str]]:
    return {kind: re.compile(pattern) for kind, pattern in _TRAILS.items()}


@cache
def _after_pattern() -> re.Pattern[str]:
    return re.compile(words_after())


@cache
def _unknown_unit() -> re.Pattern[str]:
    return re.compile(rf"(?:(?!{words_after()})[^\W\d_ぁ-ん年月日]){{1,6}}")


@cache
def _number_pattern() -> re.Pattern[str]:
    return re.compile(_NUMBER)


@cache
def _unit_pattern() -> re.Pattern[str]:
    return re.compile(unit_pattern())


@cache
def _several() -> re.Pattern[str]:
    """Two numbers for one thing: 10～20人, 10人→15人, 2／3以上, 3人から5人へ."""
    unit = rf"(?:\s*(?:{unit_pattern(measured_only=True)}))"
    goal = rf"(?:{unit}|\s*(?:{words_after()}))"
    return re.compile(
        rf"{_NUMBER}{unit}?\s*(?:→|⇒|~)\s*{SCALED_NUMBER}{goal}"
        rf"|{_NUMBER}\s*-\s*{SCALED_NUMBER}{unit}"
        rf"|{_NUMBER}{unit}\s*から\s*{SCALED_NUMBER}{unit}\s*[へに]"
        rf"|{_NUMBER}\s*(?:/\s*{SCALED_NUMBER}|分の\s*{SCALED_NUMBER}){goal}?(?![0-9年])"
    )
