"""Quantities: numbers with their scale, unit and comparator, in a whole cell or in running text.

Values are Decimals; whoever stores them makes floats of them at the very end. A range (10～20人) and a change
(10人→15人) are no single value and are not read. Units and their factors stand in ``schemas/codes/units.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Final

from normalize.text import note_marks
from normalize.text.folding import narrow, without_note_marks
from normalize.text.numerals import KANJI_NUMERALS, integer
from schemas.closed_sets import Comparator, IndicatorMeasure
from schemas.codes import Unit, units
from schemas.codes.signs import limit_words
from schemas.light import light

NUMBER: Final = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
"""Digits of a number in a narrow text."""

_SCALE: Final = "(?:[百千]?[兆億万]|[千百])"

NOT_VAGUE: Final = r"(?<!何)(?<!(?<![々ァ-ヶー一-龥A-Za-z])数)(?<!約数)"
"""Holds where 数 or 何 does not make a number vague (数10件); in 参加者数10人 it does not."""

SCALED_NUMBER: Final = rf"{NUMBER}(?:\s*{_SCALE}\s*{NUMBER}){{0,5}}+(?:\s*{_SCALE})?"
"""A number with scales, of which there are five: 2万, 1億2,000万, 10千."""

_NOUGHT: Final = ("ゼロ", "零")
IN_WORDS: Final = rf"(?:[{KANJI_NUMERALS}]{{1,8}}|{'|'.join(_NOUGHT)})"
"""A number that no digit writes: 二十, ゼロ."""

_BEFORE: Final[Mapping[str, Comparator]] = {word.word: word.comparator for word in limit_words("before", "number")}
_AFTER: Final[Mapping[str, Comparator]] = {word.word: word.comparator for word in limit_words("after", "number")}
ABOUT: Final = tuple(word for word, comparator in _BEFORE.items() if comparator == "~")
ABOUT_AFTER: Final = tuple(word for word, comparator in _AFTER.items() if comparator == "~")
COMPARATORS_BEFORE: Final = {word: comparator for word, comparator in _BEFORE.items() if comparator != "~"}
COMPARATORS_AFTER: Final = {word: comparator for word, comparator in _AFTER.items() if comparator != "~"}
TOTALS: Final = ("延べ", "延", "のべ", "合計", "累計", "総計", "計", "全", "総数")
"""Words before a number that say how it was added up; they change neither value nor comparator."""

_UNKNOWN_UNIT: Final = (
    r"(?![数余何幾①-⓿❶-➓Ⅰ-ⅿ]|[A-Za-z]+[^\W\d_A-Za-z]|\S*(?:見込|予定|計画|目標|実績|想定|予想|予測))"
    r"[^\W\d_ぁ-ん](?:[^\W\d_ぁ-ん増減引①-⓿❶-➓]|[/・](?![年回月])){0,11}?|つ"
)
"""A counter that the data does not hold, as printed (講習, 円/人). 増, 減 and 割引 say that it is a change, 見込 and
the like that it is none yet, 数 and 余 that it is vague (20数人); a Latin letter makes it part of a name (5G整備)."""

_THOUSANDTHS: Final = re.compile(r"[1-9][0-9]{0,2}(?:\.000)+")
"""45.000 may be forty-five, or forty-five thousand as others write it."""

_THREE_DECIMALS: Final = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
"""1.280 of what is counted one by one may be 1,280 as others write it."""

_MEASURED: Final = {"㎡", "㎢", "㎥", "時間", "倍", "点", "ポイント", "人日", "人泊"}
"""Units of count, next to those in Latin letters, that may have decimals: 1.20社 is rather item 1 and 20社."""

SHORT_COUNTERS: Final = "".join(unit.spelling for unit in units() if len(unit.spelling) == 1 and unit.indicator_measure)
"""Units of one character that are counted in: 人, 件, 円, %. Calendar words are none."""

MONEY: Final = "(?:" + "|".join(sorted((u.spelling for u in units() if u.unit == "円"), key=len, reverse=True)) + ")"
"""A unit of money as printed: 円, 千円, 百万円."""

_NOTED: Final = re.compile(
    rf"(?<=[0-9０-９％{SHORT_COUNTERS}])\s*(?![{note_marks.RECKONING}]\s*[0-9０-９]){note_marks.BEHIND}\s*$"
    rf"|(?<=\S)\s*{note_marks.CIRCLED}(?:[,、]?{note_marks.CIRCLED})*\s*$"
)
"""The mark of a note behind a number: 44人※1, 44人(注2), 44人①. 3*2 is a product."""

_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]")
_SPACED: Final = re.compile(
    r"(?:[0-9]( +)[0-9](?:\1[0-9])+|[0-9](?: +[0-9]){0,2}(?: ?, ?[0-9] +[0-9] +[0-9])+) *[^\d\s.,]{0,4}"
)
"""Digits that are spread over their cell: １　３　５, 2 3 1,4 8 0 冊."""

_PEOPLE: Final = {"人", "名"}

_NO_COUNTS: Final = {"一部", "一"}
"""What is written like a number and may be none: a word, and the numeral that prints take for a dash."""

_SCALES: Final = {"百": 100, "千": 1000, "万": 10_000, "億": 10**8, "兆": 10**12}
_ALTERNATIVES: Final = "|".join
_NOT_THE_WORD: Final = {"割": "(?![引合りれ増当高安])", "強": "(?![化いめ])", "弱": "(?![者点い])", "超": "(?!過)"}
"""What must not follow a word, for it is another word then (割引, 強化)."""


@light
class Quantity:
    """A value as printed at `start` to `end` of a text: 2万回 is 20000 回, 8割以上 is at least 80 %.

    `unit` is None where none is printed. `comparator` is one of ``= >= <= > < ~``.
    """

    value: Decimal
    unit: str | None
    comparator: Comparator
    text: str
    start: int
    end: int


def quantity(text: str, *, money: bool = False) -> Quantity | None:
    """The quantity that a whole cell prints; None where it prints anything else beside it.

    An unknown unit is taken as printed. △ ▲ and - before a number are minus signs where `money` is said to be meant or
    the unit is a currency's; elsewhere such a cell is not read.

    >>> [(str(q.value), q.unit, q.comparator) for q in map(quantity, ["１億２,０００万円", "約93％", "8割以上"]) if q]
    [('120000000', '円', '='), ('93', '%', '~'), ('80', '%', '>=')]
    """
    text = _NOTED.sub("", without_note_marks(text))
    printed = narrow(text)
    plain = _without_spacing(printed)
    match = _whole().fullmatch(plain)
    if match is None or known_unit(plain.strip()) or plain.strip() in _NO_COUNTS:  # 千円 is a unit, no quantity
        return None
    value = _value(match["number"])
    known = known_unit((match["unit"] or "").strip())
    if value is None or not _fits_unit(match, known, money=money):
        return None
    measured = (-value if match["minus"] else value) * (known.factor if known else 1)
    tenths = match["tenths"]
    whole = text if len(plain) == len(text) else plain
    start, end = len(printed) - len(printed.lstrip()), len(printed.rstrip())
    return Quantity(
        value=_plain(measured + (integer(tenths) or 0) if tenths else measured),
        unit=known.unit if known else (whole[match.start("unit") : match.end("unit")].strip() or None),
        comparator=_comparator(match),
        text=text[start:end],
        start=start,
        end=end,
    )


def _fits_unit(match: re.Match[str], known: Unit | None, *, money: bool) -> bool:
    """Whether a number is written as one of its unit may be; `known` is the unit if it is a known one.

    No decimals of what is counted whole, no calendar word, no numeral of a word (一定, 百貨), no minus but of money.
    """
    number, spelling = match["number"], (match["unit"] or "").strip()
    if _THOUSANDTHS.fullmatch(number):
        return False
    if spelling and _THREE_DECIMALS.fullmatch(number) and counts_whole(spelling):
        return False
    if known is None:
        is_numeral_of_word = bool(spelling) and not number[0].isascii()
        return not is_numeral_of_word and (money or not match["minus"])
    if known.indicator_measure is None:
        return False
    return money or known.indicator_measure == "currency" or not match["minus"]


def _without_spacing(plain: str) -> str:
    """A number whose digits are spread evenly over the cell without its blanks; any text without invisible characters.

    >>> _without_spacing("1 3 5"), _without_spacing("1 3"), _without_spacing("12 3 5")
    ('135', '1 3', '12 3 5')
    """
    plain = _INVISIBLE.sub("", plain)
    return plain.replace(" ", "") if _SPACED.fullmatch(plain.strip()) else plain


def quantities_in(text: str) -> list[Quantity]:
    """Every number with a known unit of measure in running text, in its order.

    Years, dates, ages, ordinals (3回目, 第4期), ranges and bare numbers are none. Japanese numerals count before the
    commonest counters only, for 一部 and 一体 are no counts.

    >>> [(q.text, q.value, q.unit) for q in quantities_in("令和7年度は14本、再生は約1.8万回、3回目は5月。")]
    [('14本', Decimal('14'), '本'), ('約1.8万回', Decimal('18000'), '回')]
    """
    return list(_quantities(text))


def indicator_measure_of(unit: str | None) -> IndicatorMeasure:
    """What a unit measures: ``count``, ``percentage``, ``currency`` or ``weight``. Unknown units count something.

    >>> [indicator_measure_of(unit) for unit in ("件", "％", "千円", "kg", "講座", None)]
    ['count', 'percentage', 'currency', 'weight', 'count', 'count']
    """
    known = known_unit(narrow(unit).strip().split("/")[0]) if unit else None
    return (known.indicator_measure if known else None) or "count"


def counts_whole(spelling: str) -> bool:
    """Whether what a known unit counts comes in whole numbers: 件, 社, but not 時間, kg or %.

    >>> counts_whole("件"), counts_whole("時間"), counts_whole("kg")
    (True, False, False)
    """
    plain = narrow(spelling).strip()
    known = known_unit(plain)
    return known is not None and known.indicator_measure == "count" and not plain.isascii() and plain not in _MEASURED


def has_doubtful_decimals(text: str, unit: str | None) -> bool:
    """Whether a cell prints a number with three decimals of what is counted one by one: 1.280 in a column of 件."""
    number = _THREE_DECIMALS.match(narrow(text).strip())
    return number is not None and unit is not None and counts_whole(unit)


def unit_and_factor(spelling: str) -> tuple[str, Decimal]:
    """The unit of a spelling, and what a value in the spelling is multiplied by; an unknown spelling is itself.

    >>> unit_and_factor("千円"), unit_and_factor("％"), unit_and_factor("講習")
    (('円', Decimal('1000')), ('%', Decimal('1')), ('講習', Decimal('1')))
    """
    known = known_unit(narrow(spelling).strip())
    return (known.unit, known.factor) if known else (spelling.strip(), Decimal(1))


def decimal_of(numeral: str) -> Decimal | None:
    """The value of a number with scales (1億2,000万), or of a Japanese numeral; None for anything else.

    >>> decimal_of("２万５千"), decimal_of("40.5"), decimal_of("三百"), decimal_of("ゼロ"), decimal_of("十万")
    (Decimal('25000'), Decimal('40.5'), Decimal('300'), Decimal('0'), None)
    """
    plain = narrow(numeral).strip()
    return _value(plain) if re.fullmatch(rf"{SCALED_NUMBER}|{IN_WORDS}", plain) else None


def unit_pattern(*, measured_only: bool = False) -> str:
    """A pattern for the known spellings of units in a narrow text, the longest first."""
    spellings = {narrow(unit.spelling) for unit in units() if unit.indicator_measure or not measured_only}
    ordered = sorted(spellings, key=lambda spelling: (-len(spelling), spelling))
    return "|".join(
        re.escape(spelling)
        + _NOT_THE_WORD.get(spelling, "")
        + ("(?![A-Za-z])" if spelling.isascii() and spelling.isalnum() else "")
        for spelling in ordered
    )


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(
        rf"""\s* (?: {words_before()} )?
        (?P<minus> [△▲-] \s* )?
        (?P<number> {SCALED_NUMBER} | {IN_WORDS} ) \s*
        (?P<unit> (?: {unit_pattern()} ) (?= \s* (?: {words_after()} ) | \s* $ | [0-9]分 )
                | (?! {words_after()} ) (?: {_UNKNOWN_UNIT} ) )?
        (?: (?<=割) (?P<tenths> [0-9] ) 分 )?
        \s* (?: {words_after()} )? \s*""",
        re.VERBOSE,
    )


@cache
def _running() -> re.Pattern[str]:
    words = rf"{IN_WORDS}(?=件|名|社|回(?![目り])|団体|店舗)|(?:[{KANJI_NUMERALS}]{{3,8}}|ゼロ)(?=人(?![々ひ一二]))"
    kanji = rf"(?<![第{KANJI_NUMERALS}]){NOT_VAGUE}(?:{words})"
    return re.compile(
        rf"""(?: {words_before()} )?
        (?P<number> (?<! [A-Za-z0-9第] ) (?<! [0-9][~→-] ) (?<! (?<! [A-Za-z] ) [0-9][.,] ) {NOT_VAGUE} {SCALED_NUMBER}
                  | {kanji} ) \s*
        (?P<unit> {unit_pattern()} ) (?! \s* [~→] \s* [0-9] )
        (?: (?<=割) (?P<tenths> [0-9] ) 分 )?
        (?: \s* (?: {words_after()} ) )?""",
        re.VERBOSE,
    )


def _quantities(text: str) -> Iterator[Quantity]:
    plain = narrow(text)
    for match in _running().finditer(plain):
        known = known_unit(match["unit"])
        value = _value(match["number"])
        if known is None or known.indicator_measure is None or value is None:
            continue
        measured = value * known.factor + (int(match["tenths"]) if match["tenths"] else 0)
        start, end = match.span()
        yield Quantity(_plain(measured), known.unit, _comparator(match), text[start:end], start, end)


def words_before() -> str:
    """A pattern for the words in front of a number that say how it is meant (約, 最低, 延べ), as the group `before`."""
    words = (*ABOUT, *COMPARATORS_BEFORE, *TOTALS)
    longest_first = sorted(words, key=len, reverse=True)
    return rf"(?P<before>(?:(?:{_ALTERNATIVES(longest_first)})\s*)+)"


def words_after() -> str:
    """A pattern for the words behind a number that say how it is meant (以上, 程度), the longest first."""
    longest_first = sorted((*ABOUT_AFTER, *COMPARATORS_AFTER), key=len, reverse=True)
    return _ALTERNATIVES(word + _NOT_THE_WORD.get(word, "") for word in longest_first)


def _comparator(match: re.Match[str]) -> Comparator:
    """From the words around the number; a limit says more than an approximation (約8割以上)."""
    before = match["before"] or ""
    last = match.end("tenths") if match["tenths"] else max(match.end("unit"), match.end("number"))
    after = match.string[last : match.end()].strip()
    if after in COMPARATORS_AFTER:
        return COMPARATORS_AFTER[after]
    for word, comparator in COMPARATORS_BEFORE.items():
        if word in before:
            return comparator
    return "~" if after in ABOUT_AFTER or any(word in before for word in ABOUT) else "="


_BEYOND = Decimal(10) ** 100
"""Far below where a column of numbers ends (10 to the 308th): a value must not become infinite."""


def _value(numeral: str) -> Decimal | None:
    """The value of a narrow numeral; None where its scales do not descend (2千3億), or no number has so many digits."""
    if numeral in _NOUGHT:
        return Decimal(0)
    if not numeral[:1].isascii():
        number = integer(numeral) if numeral.strip("〇") else None  # 〇人: left to be filled in
        return None if number is None else Decimal(number)
    total, below = Decimal(0), Decimal("Infinity")
    for digits, scale in re.findall(rf"({NUMBER})\s*({_SCALE})?", numeral):
        size = Decimal(1)
        for mark in scale:
            size *= _SCALES[mark]
        amount = Decimal(digits.replace(",", "")) * size
        if size >= below or amount >= below:
            return None
        total, below = total + amount, size
    return total if total < _BEYOND else None


def _plain(value: Decimal) -> Decimal:
    """Without an exponent and without zeros after the point."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


@cache
def _spellings() -> dict[str, Unit]:
    return {narrow(unit.spelling): unit for unit in units()}


def known_unit(spelling: str) -> Unit | None:
    """The unit of a narrow spelling, if the data holds it."""
    return _spellings().get(spelling)


def is_noted_unit(spelling: str) -> bool:
    """Whether a narrow spelling in brackets is a unit, or so many thousands of one: 千㎡, 万人.

    >>> is_noted_unit("人"), is_noted_unit("千人"), is_noted_unit("千葉")
    (True, True, False)
    """
    return known_unit(spelling) is not None or (spelling[:1] in {"千", "万"} and known_unit(spelling[1:]) is not None)


_COUNTED_IN: Final = re.compile(
    r"\s*[(\[]?(?P<of>[^()\[\]:、。]{2,}[数額費率量工]):\s*(?P<unit>[^()\[\]:、。]{1,6}?)\s*[)\]]?\s*"
)


def counted_in(plain: str) -> re.Match[str] | None:
    """The match of a narrow label that prints what is counted (`of`) and, behind a colon, its `unit`; None for others.

    >>> counted_in("(従事職員数:人)").groups(), counted_in("担当課:3") is None
    (('従事職員数', '人'), True)
    """
    match = _COUNTED_IN.fullmatch(plain)
    return match if match is not None and is_noted_unit(match["unit"]) else None


def in_printed_unit(value: Decimal, unit: str | None, printed: str | None) -> tuple[Decimal, str | None]:
    """A number and its unit; one without a unit is in that which its heading prints.

    >>> in_printed_unit(Decimal(29), None, "千部"), in_printed_unit(Decimal(70), "人", "千人")
    ((Decimal('29000'), '部'), (Decimal('70'), '人'))
    """
    one = quantity(f"1{printed}") if printed is not None and unit is None else None
    return (value, unit) if one is None else (value * one.value, one.unit)


def count_alike(one: str | None, other: str | None) -> bool:
    """Whether two units are one, as 人 and 名 are."""
    return one == other or {one, other} <= _PEOPLE
