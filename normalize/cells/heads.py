"""Heads: what a label says of the numbers that it heads. A year, a role, a unit, and the words that remain.

`令和５年度（決算）`, `中間目標（Ｒ７）`, `H26`, `達成率`, `参加者数（人）` are heads; each is parsed once. An unknown
word is kept as what it is: words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, cast

from normalize.cells.vocabulary import Term, term_of, unit_note, without_unit_note
from normalize.cells.years import YearSense, without_years, years_named
from normalize.text.calendar import fiscal_year, month_mentions
from normalize.text.folding import squeeze
from normalize.text.periods import UNSETTLED
from normalize.text.text_cache import kept

HeadRole = Literal["baseline", "target", "actual", "forecast", "ratio", "difference"]

LONGEST_HEAD: Final = 60
"""Characters of a squeezed text; what is longer heads nothing."""

_WESTERN: Final = re.compile(r"\(?(?:19|20)\d\d(?:年度?)?\)?")
_FILLER: Final = re.compile(
    r"^通年$|^値$|^確定値?$|3月(?:末日?|31日)(?:現在|時点)?|^参考(?=実績|目標|値)|年度末現在|年度末|年度|時点|現在|現況|末日|末(?=$|[のま])|までの?|における|に向けた|(?<=.)以降|各年|単年度?|^の|の$"
)
_MARKS: Final = re.compile(r"[()\[\]【】<>〈〉《》≪≫:、,・/\-~※\s]|[①-⑳]")
_BRACKET: Final = re.compile(r"[(\[【〈<]([^()\[\]【】〈〉<>]*)[)\]】〉>]")
_MONEY: Final = re.compile(
    r"決算|予算|執行|支出|歳出|^補正(?:前の?|後の?)?額|^(?:実績|計画|目標|見込|予定|達成)額(?:\(?[A-Za-z①-⑳]\)?)?$"
)
_RATIO: Final = re.compile(
    r"\d+/\d+(?:年度?|度)|(?:.*[^A-Za-z])?[A-Z①-⑳]\)?/\(?[A-Z①-⑳](?:[^A-Za-z].*)?|.{0,3}(?:前年度?[比対]|対前年|年度比|前回比|対前回).{0,5}"
    r"|(?:目標値?|計画値?|予算|全体|年度|事業|対|前年度?|累計|平均|KPI|数値|に|する|の|対する)*(?:達成|進捗|増減|伸び|執行|伸|増加|減少|上昇)率(?:\(.*\)|%)?"
)
_DIFFERENCE: Final = re.compile(r".*(?:差引|増減(?!率)|差額|比較増減|乖離|[A-Z②]\)?-\(?[A-Z①]).*|差")
_ROLE_OF_YEARS: Final[dict[str, HeadRole]] = {
    "目標": "target", "達成": "target", "完了": "target", "基準": "baseline", "策定": "baseline", "現況": "baseline",
    "実績": "actual",
}  # fmt: skip
_WESTERN_CLOSED: Final = re.compile(
    r"[(\[](?P<year>(?:19|20)\d\d)[)\]]"
    r"|(?<=実績|目標|計画|見込|予定|予算|決算|基準)値?額?(?P<behind>(?:19|20)\d\d)$"
    r"|^(?P<before>(?:19|20)\d\d)(?=(?:[^\d()]{0,6}(?:決算|予算)|\(?(?:当初|中間|最終|策定|実績|目標|計画|見込|予定|推計|決算|予算|現状|現況|基準|数値|値|評価|判定)))"
)
"""A Western year without 年度, in brackets or in front of a role."""

_SHORT_YEAR: Final = re.compile(r"(?P<year>\d{2})(?P<rest>(?:実績|決算|予算|計画|目標|見込|評価|判定)(?:値|額|結果)?)")
"""A year without 年度 right in front of what its column holds: 19評価, 16実績."""

_FY: Final = re.compile(r"(?:FY|[\'’‘])(?P<year>[0-3][0-9])(?![0-9])(?:年度?)?", re.IGNORECASE)
"""A Western year by its last two digits: FY22, '22."""

_NO_SUFFIX: Final = re.compile(r"^((?:令和|平成|昭和)(?:元|[0-9]{1,2}))(?=$|[(（]|実績|目標|計画|決算|予算|見込|当初)")
"""A year of an era whose 年度 is left out: 令和4 over a column."""

_SPAN: Final = re.compile(r"(?P<first>20[0-9]{2})[-/](?P<second>[0-9]{2})(?:年度?)?(?=\D|$)")
"""A fiscal year by the two Western years that it reaches over: 2022-23."""

_YEAR_MONTH: Final = re.compile(
    r"(?<![A-Za-z0-9.,])(?:(?P<era>[RHS]|令和|平成)(?P<year>\d{1,2}|元)|(?P<western>(?:19|20)\d\d))"
    r"[./](?P<month>1[0-2]|0?[1-9])(?:月末|月|末)?(?![0-9./])"
)
"""A year and a month: R6.3, 2024/3."""

_AS_OF: Final = re.compile("現在$|時点$")
_ALL_MONTHS: Final = re.compile(r"\(?(?<![0-9])4月?(?:1日)?[~\-](?:翌年?)?3月(?:31日)?\)?")
_QUARTER: Final = re.compile(r"(?<=[0-9年度])(?:[1-4]Q|Q[1-4])$")
_RELATIVE: Final = re.compile(
    r"(?:前々|前|一?昨|今|本|当|当該|次|翌|来|翌々|実施|評価|対象)年度|[1-9]年(?:度)?目|第[1-9]年度"
)
"""A year that is told from another, which the sheet may print or not: 前年度, 当該年度."""

_RELATIVE_LEAD: Final = re.compile(
    r"^(?:前々|前|一?昨|今|本|当該?|次|翌々?|来)年度の?(?=決算|予算|実績|計画|目標|見込)"
)
"""The same before a role, where the year itself stands in brackets: 前年度決算（令和3年度）."""

_COUNTED: Final = re.compile(r"(?P<which>本|当|今|前々|前|昨|翌々|翌|次|来)年度(?:の|における)?(?P<rest>.*)")
_COUNTS: Final = {"本": 0, "当": 0, "今": 0, "前": -1, "昨": -1, "前々": -2, "翌": 1, "次": 1, "来": 1, "翌々": 2}

_SOURCES: Final = re.compile(r"(?P<of>.*?)の?(?:財源|財源内訳|内訳)")
"""What a head over the sources of an amount says behind its year: 本年度予算額の財源内訳."""

_YEARS_LONG: Final = re.compile(r"\d+[ヵカかケヶ箇]年間?")
_OF_YEARS: Final = re.compile(r"(?P<role>目標|達成|完了|基準|策定|実績|現況)?(?:設定)?(?:年度|年次|年月|年)")
_PART: Final = re.compile(
    r"[1-4]Q|Q[1-4]|[前後][期半](?=$|[()]|実績|目標|計画値|見込)|中間(?:値|期|時点)?(?=$|[()]|評価|実績)|半期|四半期|上期|下期|暦年|年次途中|年度途中|途中経過|中間実績|累計|通算|合計|平均|期間"
)
_PERIOD_WORDS: Final = re.compile(
    r"[1-4]Q|Q[1-4]|(?:上|下)半?期|第?[1-4一二三四]?四半期|半期|[前後][期半]|半年|中間(?:値|期|時点)?|暦年|年次途中|年度途中|途中経過"
    r"|累計|通算|合計|平均|期間|現在|時点|(?<![^()])[0-9]{0,2}[~\-]+[0-9]{0,2}月?(?![^()])|(?<=[)0-9])計$|^計$"
)
"""What a head says of a part of a year, or of several, where it names a year."""

_MIDDLE: Final = re.compile(r"中間(?:値|年度?|時点)?")
_MIDDLE_CLOSED: Final = re.compile(rf"[(\[]{_MIDDLE.pattern}[)\]]")
_MIDDLE_OF: Final = re.compile(
    rf"(?:{_MIDDLE.pattern})[(\[](?P<year>[^()\[\]]+)[)\]]|(?P<before>.+)[(\[]中間年度?[)\]]"
)
"""The year in the middle of a plan, as it is named where a year stands behind it: 中間（令和7年度）, R7（中間年度）.

令和7年度（中間） may be the middle of that year as well; what stands over it tells.
"""

_TAIL: Final = re.compile(
    r"(?P<name>.+?)(?:の)?(?P<role>目標数?値|計画値|実績値|基準値|現状値|見込値|決算額|予算額|目標|計画|実績|決算|予算|見込み?)"
)
_ROLE_OF_TAIL: Final[dict[str, HeadRole]] = {
    "目標": "target", "計画": "target", "実績": "actual", "決算": "actual", "予算": "forecast", "見込": "forecast",
    "基準": "baseline", "現状": "baseline",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """What a head says. `year` is one fiscal year; where several years or a part of one are named it is None and
    `is_period` holds. `is_open` is whether the numbers below are not final (速報値). `words` are what remains,
    squeezed. `term` is what the vocabulary makes of the whole label. `relative` counts from the year of the document:
    本年度 0, 前年度 -1. `middle` is the year of a part of a year that would be a whole one in the middle of a plan:
    令和7年度（中間）.
    """

    year: int | None = None
    is_period: bool = False
    role: HeadRole | None = None
    is_money: bool = False
    unit: str | None = None
    words: str = ""
    term: Term | None = None
    heads_years: bool = False
    is_open: bool = False
    relative: int | None = None
    middle: int | None = None

    @property
    def is_axis(self) -> bool:
        """Whether it says nothing but a year or a role."""
        return not self.words and (self.year is not None or self.role is not None or self.is_period)


@kept(20_000)
def read_head(text: str, sense: YearSense) -> Head:
    """Parse a label as a head.

    >>> sense = YearSense(1996, 2035)
    >>> head = read_head("平成20年度決算額（千円）", sense)
    >>> head.year, head.role, head.unit, head.words
    (2008, 'actual', '千円', '')
    >>> read_head("H26", sense).year, read_head("参加者数（人）", sense).words, read_head("5/4年度", sense).role
    (2014, '参加者数', 'ratio')
    >>> head = read_head("中間目標（Ｒ７）", sense)
    >>> head.year, head.role, read_head("H30～R4", sense).is_period
    (2025, 'target', True)
    >>> read_head("目標（R6.3）", sense).year, read_head("R6.9", sense).is_period
    (2023, True)
    >>> read_head("前々年度（R2）", sense).is_axis, read_head("前々年度（R2）", sense).year
    (True, 2020)
    >>> read_head("中間（令和7年度）", sense).year, read_head("令和7年度（中間）", sense).middle
    (2025, 2025)
    >>> head = read_head("前年度予算額（千円）", sense)
    >>> head.relative, head.role, read_head("前年度繰越金", sense).relative
    (-1, 'forecast', None)
    """
    squeezed = squeeze(text)
    if not squeezed or len(squeezed) > LONGEST_HEAD or "。" in squeezed:
        return Head(words=squeezed)
    unit = unit_note(text)
    bare = squeeze(without_unit_note(text)) or squeezed
    term = _term(text, squeezed)
    counts = term is not None and (
        term.kind == "cost" or (term.kind in {"grade", "passage", "indicator"} and term.is_whole)
    )
    if _RATIO.fullmatch(bare) and not counts:
        return Head(role="ratio", unit=unit, term=term, year=sense.year_of(bare) if "/" not in bare else None)
    if of_years := _OF_YEARS.fullmatch(bare):
        role = _ROLE_OF_YEARS.get(of_years["role"] or "")
        return Head(term=term, heads_years=True, role=role)
    if unit in {"年", "年度"}:
        unit = None
    if (counted := _COUNTED.fullmatch(bare)) and not years_named(counted["rest"]):
        role, words = _role_and_words(counted["rest"], None)
        if sources := _SOURCES.fullmatch(counted["rest"]):
            role = role_of(sources["of"])
        if not words or sources:
            which = _COUNTS[counted["which"]]
            is_money = _MONEY.search(counted["rest"]) is not None
            is_bare = role is None and not words
            return Head(
                is_period=is_bare, role=role, is_money=is_money, unit=unit, words=words, term=term, relative=which
            )
    year, is_period, rest = _year_and_rest(bare, sense)
    if is_period:
        rest = _PERIOD_WORDS.sub("", rest)
    if year is not None:
        rest = _RELATIVE_LEAD.sub("", rest)
    role, words = _role_and_words(rest, term)
    if year is not None and _RELATIVE.fullmatch(re.sub(r"[()]", "", rest)):
        words = ""  # 前々年度（R2）
    if words and _DIFFERENCE.fullmatch(bare) and term is not None and (term.kind, term.field) == ("axis", "difference"):
        role, words = "difference", ""
    is_money = _MONEY.search(rest) is not None
    if is_money and unit is not None and len(unit) == 1 and unit.isascii() and unit.isalpha():
        unit = None  # a letter that other heads reckon with: 計画額(a), 差(b-a)
    heads_years = term is not None and term.is_whole and (term.kind, term.field) == ("axis", "year") and year is None
    return Head(
        year=year,
        is_period=is_period,
        role=role,
        is_money=is_money,
        unit=unit,
        words="" if heads_years else words,
        term=term,
        heads_years=heads_years,
        is_open=UNSETTLED.search(rest) is not None,
        middle=sense.year_of(bare) if is_period and _MIDDLE_CLOSED.fullmatch(without_years(bare)) else None,
    )


def _term(text: str, squeezed: str) -> Term | None:
    """The term of a label, a number behind it aside: 成果指標2, 活動指標③."""
    term = term_of(text)
    if term is None or not term.is_whole:
        bare = re.sub(r"(?<=\D)(?:[0-9]|[A-Cア-ウ])$", "", squeezed)
        numbered = term_of(bare) if bare != squeezed else None
        return numbered if numbered is not None and numbered.is_whole else term
    return term


def _year_and_rest(bare: str, sense: YearSense) -> tuple[int | None, bool, str]:
    """The one year that a label names, whether it names several or a part of one, and the label without years."""
    if _YEARS_LONG.search(bare):
        return None, True, _YEARS_LONG.sub("", bare)
    bare = _NO_SUFFIX.sub(r"\1年度", _ALL_MONTHS.sub("", bare))
    if (span := _SPAN.match(bare)) is not None and (int(span["first"]) + 1) % 100 == int(span["second"]):
        return int(span["first"]), False, bare[span.end() :]
    if quarter := _QUARTER.search(bare):
        return None, True, without_years(bare[: quarter.start()])
    if (short := _FY.match(bare)) is not None and sense.first <= 2000 + int(short["year"]) <= sense.last:
        return 2000 + int(short["year"]), False, bare[short.end() :]
    if _RELATIVE.fullmatch(bare) and term_of(bare) is None:
        return None, True, ""
    if dated := [*_YEAR_MONTH.finditer(bare)]:
        first = dated[0]
        year = int(first["western"]) if first["western"] else sense.year_of(f"{first['era']}{first['year']}年度")
        ends = len(dated) == 1 and first["month"].lstrip("0") == "3"  # March ends the fiscal year
        rest = _YEAR_MONTH.sub("", bare)
        return (year - 1, False, rest) if ends and year is not None else (None, True, rest)
    if middle := _MIDDLE_OF.fullmatch(bare):
        of = middle["year"] or middle["before"]
        if (year := sense.year_of(of)) is not None and not without_years(of):
            return year, False, ""
    if _WESTERN.fullmatch(bare):
        digits = re.sub(r"\D", "", bare)
        return int(digits), False, ""
    if (closed := _WESTERN_CLOSED.search(bare)) is not None and not years_named(bare):
        rest = bare[: closed.start()] + bare[closed.end() :]
        return int(closed["year"] or closed["behind"] or closed["before"]), False, rest
    months = [m for m in month_mentions(bare) if m.day is None or m.month in (3, 4) or _AS_OF.search(bare)]
    if months:
        (month, *more) = months
        rest = bare[: month.start] + bare[month.end :]
        rest = re.sub(r"^(?:末|末日|末現在|末時点|現在|時点)+", "", rest)
        if not more and month.month == 3:  # the end of March is the end of the fiscal year
            repeated = fiscal_year(rest) == month.fiscal_year  # 令和6年度（R7.3.31）
            return month.fiscal_year, False, without_years(rest) if repeated else rest
        return None, True, rest
    if re.search(r"(?<!\d)(?:[12456789]|1[0-2])月(?!\d)", bare):
        return None, True, without_years(re.sub(r"\d+月(?:末|現在)*", "", bare))
    if short := _SHORT_YEAR.fullmatch(bare):
        bare = f"{short['year']}年度{short['rest']}"
    named = years_named(bare)
    if not named:
        return None, False, bare
    year = sense.year_of(bare)
    rest = re.sub(r"^(?:末|末日|末時点|末現在)(?=.)", "", without_years(bare))
    if year is None:
        return None, True, re.sub(r"^(?:から|より|~|-|→)+", "", rest)
    rest = re.sub(r"^調査(?:値|結果|時)?$", "", rest)
    if re.search("以降|から|~$", rest) or _PART.search(_FILLER.sub("", rest)):
        return None, True, rest
    return year, False, rest


def _role_and_words(rest: str, term: Term | None) -> tuple[HeadRole | None, str]:
    """The role that the words of a label tell, and the words that tell something else."""
    inner = [_plain(match[1]) for match in _BRACKET.finditer(rest)]
    main = _plain(_BRACKET.sub("", rest))
    roles = [role for words in (main, *inner) if (role := role_of(words))]
    left = "" if not main or role_of(main) else main
    if not main:
        left = "".join(words for words in inner if words and role_of(words) is None)
    tail = _TAIL.fullmatch(left) if left and not roles else None
    if tail and _names_role(tail, term):
        return _ROLE_OF_TAIL[tail["role"][:2]], tail["name"]
    return (roles[0] if roles else None), left


def _names_role(tail: re.Match[str], term: Term | None) -> bool:
    """Whether a label that is no term as a whole ends in a role: 会員数の目標, 人件費決算, 事業費決算 behind a year."""
    is_money = _MONEY.search(tail["role"]) is not None
    if term is None:
        return is_money and _is_cost(tail["name"])
    return not term.is_whole and (term.kind == "axis" or (term.kind == "cost" and is_money))


def _is_cost(words: str) -> bool:
    term = term_of(words)
    return term is not None and term.is_whole and term.kind == "cost"


def _plain(words: str) -> str:
    words = re.sub(r"※\d{0,2}|[*＊]\d{1,2}$", "", words)
    return _MARKS.sub("", UNSETTLED.sub("", _FILLER.sub("", words)))


@kept(20_000)
def role_of(words: str) -> HeadRole | None:
    """The role that a label without years tells: 目標値, 決算額, 見込; None for any other words.

    >>> role_of("数値目標値"), role_of("決算"), role_of("担当課")
    ('target', 'actual', None)
    """
    term = term_of(words) if words else None
    if term is None or not term.is_whole or term.kind != "axis" or term.field == "year":
        return None
    return cast(HeadRole, term.field)
