"""Amounts: a cell that prints one number, with its unit, its comparator, its year and a remark in brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from normalize.cells.years import YearSense
from normalize.text.folding import DASHES, narrow, squeeze
from normalize.text.note_marks import ONLY_SIGNS, SIGNS
from normalize.text.periods import Period, period_of
from normalize.text.quantities import (
    IN_WORDS,
    NUMBER,
    SHORT_COUNTERS,
    decimal_of,
    known_unit,
    quantity,
    unit_and_factor,
)
from normalize.text.text_cache import kept
from schemas.closed_sets import Comparator

ABSENT: Final = frozenset(
    [
        "未集計",
        "集計中",
        "調査中",
        "調査なし",
        "調査無し",
        "未調査",
        "隔年調査",
        "調査未実施",
        "未実施",
        "実施なし",
        "未公表",
        "公表前",
        "未確定",
        "未定",
        "未設定",
        "設定なし",
        "設定しない",
        "なし",
        "無し",
        "無",
        "無実績",
        "実績なし",
        "該当なし",
        "該当無し",
        "非該当",
        "記載なし",
        "中止",
        "廃止",
        "終了",
        "休止",
        "休館",
        "対象外",
        "評価対象外",
        "評価不能",
        "算出不能",
        "算定不能",
        "不明",
        "速報値なし",
        "更新数値なし",
        "数値なし",
        "データなし",
        "測定不能",
        "#DIV/0!",
        "#N/A",
        "#REF!",
        "#VALUE!",
        "皆増",
        "皆減",
        "***",
        "**",
        "*",
        "/",
        "\\",
        "n/a",
        "N/A",
    ]
)
"""What is printed where there is no number: it is no value of the year, and says why."""

_ONLY_DASHES: Final = re.compile(rf"[{re.escape(DASHES)}ー…‥・／/\\＼\s*＊]+")
_CLOSED: Final = re.compile(r"\s*\(([^()]*)\)\s*$")
_BRACKET: Final = re.compile(r"\s*[(（]([^()（）]*)[)）]\s*$")
_SIGNED: Final = re.compile(r"\s*(?P<sign>[△▲▽▼-]|マイナス)\s*(?=[0-9])")
_PLUS: Final = re.compile(r"\s*(?:\+|プラス)\s*(?=[0-9])")
_CHANGE: Final = re.compile(rf"(?<=[0-9{SHORT_COUNTERS}])\s*[↗↘→↑↓⇗⇘⇒⇑⇓]$")
"""An arrow behind a number: it rose or fell since the year before."""

_NOTE: Final = re.compile(
    rf"^\s*(?:[{ONLY_SIGNS}]\d{{1,2}}\s+|[{SIGNS}]\s*)(?=[0-9△▲-])|(?<=[0-9{SHORT_COUNTERS}])\s*[{SIGNS}]\d{{0,2}}\s*$"
)
"""The mark of a note in front of a number, or behind one with its unit."""

_NOTE_ALONE: Final = re.compile(rf"\s*(?:[{SIGNS}]\s*[0-9]{{1,2}}[\s,、・]*)+")
"""Marks of notes with their numbers, and nothing that they are of: the cell holds no number, or one that they hide."""

_YEAR_BEFORE: Final = re.compile(
    r"^\s*(?:(?P<year>[^\s()]*?(?:年度?|[RH]\s?\d{1,2}))\s*[:、\s]|\((?P<closed>[^()]+)\))\s*(?=[0-9△▲約])"
)
_MORE_UNITS: Final = re.compile(
    rf"(?P<number>{NUMBER})\s*(?P<unit>分|秒|時間|点|倍|ポイント|歳|か月|カ月|ヶ月|m2|m3|t-CO2|位)"
)
"""Units that mean something else in sentences (分 after 割, 点 of a list), but not behind the number of a cell."""

_DAYS: Final = re.compile(rf"(?P<number>{NUMBER})\s*(?P<unit>日)")
"""Days, where the year stands behind in brackets; alone it may be the day of a month."""

_WORDS: Final = re.compile(rf"{IN_WORDS}(?=件|人|名|社|回|団体|店舗)|(?:ゼロ|零)(?=[{SHORT_COUNTERS}]|$)")
"""A number in words in front of a counter: 二十人, ゼロ件."""

_LONGEST: Final = 60
"""Characters of a cell that prints one number."""

_POWERS: Final = "千百万億十"
"""Words of powers of ten, which a number does not begin with."""

_ADDED_UP: Final = re.compile("累計|累積|通算")
"""A word in front of a number that makes it a sum over years."""

_DATE: Final = re.compile(r"[年月]度?$")
_VAGUE: Final = re.compile("[台強弱増減超]|前半|後半|程度|未満|以[上下内]|うち|位")
_LEADS: Final = re.compile(r"\D{0,6}[0-9]")
_RANGE: Final = re.compile(rf"{NUMBER}\s*\D{{0,6}}?\s*(?:~|から|-)\s*{NUMBER}|以上.*(?:未満|以下)")


_NUMBERED: Final = re.compile(r"\d{1,2}\s+\D{2,}")
"""A number of a few digits, a blank, and words: an item of a list, where the words are no unit."""

_TIMES: Final = re.compile("年度|年次|次(?:評価|判定|審査)|.*(?:決算|予算|実績|計画|目標)額?$")
"""Words behind a number that make it a year, whatever follows, or all that there is to count it by."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as a cell prints it. `value` is in `unit`, which is None where the cell prints none.

    `year` is the fiscal year that stands with the number, `has_year` whether one does. `remark` is the text of a
    bracket that is no year.
    """

    value: Decimal
    unit: str | None
    comparator: Comparator
    year: int | None = None
    has_year: bool = False
    remark: str | None = None

    @property
    def period(self) -> Period:
        """What its remark says of how much of a year it holds: 20（9月末）, 20（見込）."""
        return "year" if self.remark is None else period_of(f"({self.remark})")

    def within(self, unit: str | None) -> tuple[Decimal, str | None]:
        """The value and unit, where the unit of the row or column is given: 12 of 千円 are 12000 円."""
        if self.unit is not None or unit is None:
            return self.value, self.unit
        base, factor = unit_and_factor(unit)
        return self.value * factor, base


def is_absent(text: str) -> bool:
    """Whether a cell says that there is no number: a dash, 未集計, 調査なし, or one of them with a remark.

    >>> is_absent("－"), is_absent("調査なし"), is_absent("（未集計）"), is_absent("なし（R6実施）"), is_absent("12")
    (True, True, True, True, False)
    """
    if _ONLY_DASHES.fullmatch(text):
        return True
    squeezed = re.sub(r"^\((.*)\)$", r"\1", squeeze(text))
    return squeezed in ABSENT or re.sub(r"\([^()]*\)$|のため$|により.*$", "", squeezed) in ABSENT


@kept(50_000)
def read_amount(text: str, sense: YearSense) -> Amount | None:
    """The amount that a whole cell prints; None where it prints several numbers, a range, or words beside one.

    >>> sense = YearSense(1996, 2035)
    >>> texts = "312件（R5）", "▲12.4", "※18.6％ (2022)", "95.0以上", "2014年 1,000億円"
    >>> [(str(a.value), a.unit, a.year) for text in texts if (a := read_amount(text, sense))]
    [('312', '件', 2023), ('-12.4', None, None), ('18.6', '%', 2022), ('95', None, None), ('100000000000', '円', 2014)]
    >>> read_amount("318.0↗", sense).value
    Decimal('318')
    >>> read_amount("（平成30年度）\\n872", sense).year, read_amount("（注１）872", sense)
    (2018, None)
    >>> read_amount("10～15", sense), read_amount("8分台前半", sense), read_amount("男性72% 女性73%", sense)
    (None, None, None)
    >>> read_amount("※1", sense), read_amount("※1件", sense).value
    (None, Decimal('1'))
    """
    if _NOTE_ALONE.fullmatch(narrow(text)):
        return None
    plain = _in_digits(_CHANGE.sub("", _NOTE.sub("", narrow(text)).strip()))
    if not re.search("[0-9]", plain) or len(plain) > _LONGEST:
        return None
    bare = _without_brackets(plain, sense)
    bare = _without_year_before(bare, sense) if bare is not None else None
    if bare is None or not bare.text or _RANGE.search(bare.text) or bare.text[0] in _POWERS:
        return None
    if bare.remark is None and (added := _ADDED_UP.match(bare.text)) is not None:
        bare = replace(bare, remark=added[0])
    sign, plain = _signed(bare.text)
    if counted := _MORE_UNITS.fullmatch(plain) or (_DAYS.fullmatch(plain) if bare.has_year else None):
        value = Decimal(counted["number"].replace(",", ""))
        return Amount(value * sign, counted["unit"], "=", bare.year, bare.has_year, bare.remark)
    read = quantity(plain)
    if read is None or not _LEADS.match(plain) or (read.unit is not None and _is_no_unit(read.unit, plain)):
        return None
    if sign == 1 and read.unit in {"年", "年度", "月"} and "." not in plain and _DATE.search(plain):
        return None
    return Amount(read.value * sign, read.unit, read.comparator, bare.year, bare.has_year, bare.remark)


def _in_digits(plain: str) -> str:
    """A number whose words stand in front of a counter, in digits: 二十人 as 20人."""
    words = _WORDS.match(plain)
    if words is None or words[0] in _POWERS:  # 千人 is a unit
        return plain
    number = decimal_of(words[0])
    return plain if number is None else f"{number}{plain[words.end() :]}"


@dataclass(frozen=True, slots=True)
class _Bare:
    """The text of a number, and the year and the remark that were printed with it."""

    text: str
    year: int | None = None
    has_year: bool = False
    remark: str | None = None


def _without_brackets(plain: str, sense: YearSense) -> _Bare | None:
    """A number without what stands behind it in brackets: one year and one remark; None where there is more."""
    bare = _Bare(plain)
    while closed := _CLOSED.search(bare.text):
        inner, text = squeeze(closed[1]), bare.text[: closed.start()].strip()
        year = _year(inner, sense)
        if year is not None and not bare.has_year:
            bare = replace(bare, text=text, year=year, has_year=True)
        elif bare.remark is None and text:
            bare = replace(bare, text=text, remark=inner)
        else:
            return None
    return bare


def _without_year_before(bare: _Bare, sense: YearSense) -> _Bare | None:
    """A number without the year before it; None where that is no year, or another stands behind."""
    before = _YEAR_BEFORE.match(bare.text)
    if before is None:
        return bare
    year = _year(squeeze(before["year"] or before["closed"]), sense)
    if year is None or bare.has_year:
        return None
    return replace(bare, text=bare.text[before.end() :], year=year, has_year=True)


def _signed(plain: str) -> tuple[int, str]:
    """The sign of a number, 1 or -1, and the number without it."""
    if minus := _SIGNED.match(plain):
        return -1, plain[minus.end() :]
    plus = _PLUS.match(plain)
    return 1, plain[plus.end() :] if plus else plain


def _is_no_unit(unit: str, plain: str) -> bool:
    """Whether words behind a number are no unit: a name (2 総務費), a vague amount, what makes it a year (22年度…)."""
    if known_unit(narrow(unit)) is not None:
        return False
    return bool(_NUMBERED.fullmatch(plain) or _VAGUE.search(unit) or _TIMES.match(unit))


def days_of(text: str) -> Amount | None:
    """The days that a cell of numbers prints (34日); elsewhere they may be the day of a month.

    >>> days_of("約34日"), days_of("6月4日")
    (Amount(value=Decimal('34'), unit='日', comparator='~', year=None, has_year=False, remark=None), None)
    """
    plain = narrow(text).strip()
    about = plain.removeprefix("約").strip()
    days = _DAYS.fullmatch(about)
    if days is None:
        return None
    return Amount(Decimal(days["number"].replace(",", "")), "日", "=" if about == plain else "~")


def year_behind(text: str, sense: YearSense) -> tuple[str, int | None]:
    """A text without the year that stands behind it in brackets, and that year.

    >>> year_behind("47回/年（2012）", YearSense(1996, 2035)), year_behind("40社（延べ）", YearSense(1996, 2035))
    (('47回/年', 2012), ('40社（延べ）', None))
    """
    closed = _BRACKET.search(text)
    year = _year(squeeze(closed[1]), sense) if closed else None
    return (text[: closed.start()].rstrip(), year) if closed and year is not None else (text, None)


def _year(text: str, sense: YearSense) -> int | None:
    """The fiscal year of a bracket or a prefix: R5, 令和5年度, 2018, H28年度末."""
    if re.fullmatch(r"(?:19|20)\d\d(?:年度?)?", text):
        return int(text[:4])
    bare = re.sub(r"(?:年度)?(?:末|末現在|現在|実績|時点)+$", "", text)
    if not re.fullmatch(r"(?:令和|平成|昭和|[RHS])?(?:元|\d{1,2})(?:年度?)?(?:\(\d{4}(?:年度?)?\))?|\d{4}年度?", bare):
        return None
    if re.fullmatch(r"\d{1,2}(?:年)?", bare):
        return None
    return sense.year_of(bare) or sense.year_of(bare + "年度")
