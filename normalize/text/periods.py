"""Periods: whether a heading speaks of a whole year, a part of one, a sum, of what is only expected, or not final."""

from __future__ import annotations

import re
from typing import Final, Literal

from normalize.text.folding import squeeze
from normalize.text.text_cache import remembered

Period = Literal["year", "part", "total", "forecast", "unsettled"]

_MONTH: Final = r"(?:1[0-2]|[1-9])月"
_PARTS: Final = re.compile(
    r"(?:上|下)半?期|(?<=年度)の?(?:前|後)期|(?:第?[1-4一二三四]四半期)|(?:年度)?(?:前半|後半)期?|半年|中間(?:期|値|時点)?(?=実績|評価|[)]|$)|年度途中|途中経過|暦年|(?<![0-9])[1-4]Q|Q[1-4](?![0-9])"
    rf"|(?<=[0-9年])[./](?!0?3(?![0-9]))(?:1[0-2]|0?[1-9])(?:末|[./][0-9]{{1,2}})|(?!3月){_MONTH}(?:[0-9]+日)?末?(?:時点|現在|末|まで)|(?<![0-9])(?:1[0-2]|[1-9])月?[~-](?!3月){_MONTH}|現在(?!値)|(?<=[(])(?!3月){_MONTH}分?(?=[)])|(?<=[(])(?!3/31)(?:1[0-2]|[1-9])/[1-3]?[0-9](?=[)])"
)
_HALVES: Final = re.compile("(?:上|下)半?期|四半期")
_TOTALS: Final = re.compile(r"通算|累計|累積|総累計")
_FORECASTS: Final = re.compile(r"(?<=\()予定(?=\))|見込み?(?:値|額|量|数)?|見通し|(?<!・)予測値?|推計値?|予想値?")
UNSETTLED: Final = re.compile(
    r"速報(?:値|数)?|暫定(?:値)?|(?<=\()仮(?:集計)?(?=\))|概数|仮集計(?:値)?|集計途中|未確定(?:値)?|確定前"
)
"""Words for a number of a whole year that may still change."""

_FULL: Final = re.compile(
    r"(?<![0-9])4月?(?:1日)?[~-](?:翌年?)?3月(?:31日)?|年度末|3月(?:末|31日)(?:時点|現在)?|(?<=[0-9年])[./]0?3(?:末|[./]31)|通年|年間計?|(?<!未)確定(?!前)値?|確報値?"
)


@remembered()
def period_of(text: str) -> Period:
    """What a heading says of how much of a year the numbers below it hold; a year unless it says otherwise.

    The end of March is the end of a fiscal year.

    >>> period_of("令和7年度上半期"), period_of("実績（12月末）"), period_of("実績(3月末)"), period_of("年間目標")
    ('part', 'part', 'year', 'year')
    >>> period_of("実績（通算）"), period_of("令和7年度(見込)"), period_of("成果(効果・予測)")
    ('total', 'forecast', 'year')
    >>> period_of("実績（速報値）")
    'unsettled'
    """
    plain = _FULL.sub("", squeeze(text))
    if _TOTALS.search(plain):
        return "total"
    if _PARTS.search(plain):
        return "part"
    if _FORECASTS.search(plain):
        return "forecast"
    return "unsettled" if UNSETTLED.search(plain) else "year"


@remembered()
def counts_part(name: str) -> bool:
    """Whether what is counted is counted over a half or a quarter of a year; on a day of it is another thing.

    >>> counts_part("来場者数（上半期）"), counts_part("うち第2四半期"), counts_part("待機児童数（4月1日現在）")
    (True, True, False)
    """
    return _HALVES.search(squeeze(name)) is not None


@remembered()
def without_period(text: str) -> str:
    """A squeezed heading without its words of period, and without the brackets that they stood in.

    >>> without_period("上半期実績"), without_period("実績(12月末)"), without_period("実績見込"), without_period("見込")
    ('実績', '実績', '実績', '見込')
    """
    rest = text
    for pattern in (_FULL, _TOTALS, _PARTS, _FORECASTS, UNSETTLED):
        rest = pattern.sub("", rest)
    return re.sub(r"\(\)|\[\]|[・の]$|^[・の]", "", rest) or text
