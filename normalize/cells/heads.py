"""Heads: what a label says of the numbers that it heads. A year, a role, a unit, and the words that remain.

`令和５年度（決算）`, `中間目標（Ｒ７）`, `H26`, `達成率`, `参加者数（人）` are heads; each is parsed once. An unknown
word is kept as what it is: words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, cast

from normalize.cells.head_years import FILLER, MIDDLE, RELATIVE, year_and_rest
from normalize.cells.vocabulary import Term, term_of, unit_note, without_unit_note
from normalize.cells.years import YearSense, without_years, years_named
from normalize.text.folding import squeeze
from normalize.text.note_marks import ONLY_SIGNS, RECKONING
from normalize.text.periods import UNSETTLED, period_of
from normalize.text.text_cache import kept

HeadRole = Literal["baseline", "target", "actual", "forecast", "ratio", "difference"]

LONGEST_HEAD: Final = 60
"""Characters of a squeezed text; what is longer heads nothing."""

_STOREYS: Final = re.compile(r"\s*[\d.,，．]+(?:\s*\n\s*[\d.,，．]+)+\s*")
"""Numbers one below the other in a cell: 20 over 14 is no year."""

_MARKS: Final = re.compile(r"[()\[\]【】<>〈〉《》≪≫:、,・/\-~※\s]|[①-⑳]")
_NOTED: Final = re.compile(rf"[{ONLY_SIGNS}]\d{{0,2}}|[{RECKONING}]\d{{1,2}}$")
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
_RELATIVE_LEAD: Final = re.compile(
    r"^(?:前々|前|一?昨|今|本|当該?|次|翌々?|来)年度の?(?=決算|予算|実績|計画|目標|見込)"
)
"""The same before a role, where the year itself stands in brackets: 前年度決算（令和3年度）."""

_COUNTED: Final = re.compile(r"(?P<which>本|当該?|今|前々|前|昨|翌々|翌|次|来)年度(?:の|における)?(?P<rest>.*)")
_COUNTS: Final = {
    "本": 0,
    "当": 0,
    "当該": 0,
    "今": 0,
    "前": -1,
    "昨": -1,
    "前々": -2,
    "翌": 1,
    "次": 1,
    "来": 1,
    "翌々": 2,
}

_SOURCES: Final = re.compile(r"(?P<of>.*?)の?(?:財源|財源内訳|内訳)")
"""What a head over the sources of an amount says behind its year: 本年度予算額の財源内訳."""

_OF_YEARS: Final = re.compile(r"(?P<role>目標|達成|完了|基準|策定|実績|現況)?(?:設定)?(?:年度|年次|年月|年)")
_RECKONED: Final = re.compile(r"[(\[][A-Za-zア-オ][)\]]$")
"""The letter behind a year by which other heads reckon with its column: 令和6年度（A）, 増減（A－B）."""

_FORMULA: Final = re.compile(
    r"(?<=\S)\s*\n\s*(?P<formula>[A-Za-zＡ-Ｚａ-ｚ](?:\s*[-－−+＋/／÷×*]\s*(?:[A-Za-zＡ-Ｚａ-ｚ]|[1１][0０]{2}[%％]?))*)\s*$"
)
"""The letter of a column, or what is reckoned with such letters, on a line of its own: 計画額 over a, 差 over b-a."""

_PERIOD_WORDS: Final = re.compile(
    r"[1-4]Q|Q[1-4]|(?:上|下)半?期|第?[1-4一二三四]?四半期|半期|[前後][期半]|半年|中間(?:値|期|時点)?|暦年|年次途中|年度途中|途中経過"
    r"|累計|通算|合計|平均|期間|現在|時点|(?<![^()])[0-9]{0,2}[~\-]+[0-9]{0,2}月?(?![^()])|(?<=[)0-9])計$|^計$"
)
"""What a head says of a part of a year, or of several, where it names a year."""

_MIDDLE_CLOSED: Final = re.compile(rf"[(\[]{MIDDLE.pattern}[)\]]")
_TAIL: Final = re.compile(
    r"(?P<name>.+?)(?:の)?(?P<role>目標数?値|計画値|実績値|基準値|現状値|見込値|決算額|予算額|目標|計画|実績|決算|予算|見込み?)"
)
_ROLE_OF_TAIL: Final[dict[str, HeadRole]] = {
    "目標": "target", "計画": "target", "実績": "actual", "決算": "actual", "予算": "forecast", "見込": "forecast",
    "基準": "baseline", "現状": "baseline",
}  # fmt: skip


_COUNTING: Final = frozenset({"grade", "passage", "indicator"})
"""Kinds of terms that are what they are, though their label be that of a rate."""


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
    >>> read_head("20\\n14", sense).year
    >>> read_head("令和6年度（Ａ）", sense).is_axis
    True
    >>> head = read_head("前年度予算額（千円）", sense)
    >>> head.relative, head.role, read_head("前年度繰越金", sense).relative
    (-1, 'forecast', None)
    """
    text = _FORMULA.sub(r"(\g<formula>)", text)
    squeezed = squeeze(text)
    if not squeezed or len(squeezed) > LONGEST_HEAD or "。" in squeezed or are_storeys(text):
        return Head(words=squeezed)
    bare = squeeze(without_unit_note(text)) or squeezed
    label = _Label(bare, unit_note(text), _term(text, squeezed))
    return _rate(label, sense) or _years_down(label) or _counted_from_now(label) or _dated(label, sense)


@dataclass(frozen=True, slots=True)
class _Label:
    """A label without its unit, squeezed, and what the vocabulary makes of the whole."""

    bare: str
    unit: str | None
    term: Term | None

    @property
    def own_unit(self) -> str | None:
        """Its unit, where that is none of years, which say of when the numbers are."""
        return None if self.unit in {"年", "年度"} else self.unit


def _rate(label: _Label, sense: YearSense) -> Head | None:
    """A rate, 達成率 or 5/4年度, but none that is a cost, a judgement, a text or an indicator."""
    term = label.term
    if _RATIO.fullmatch(label.bare) is None:
        return None
    if term is not None and (term.kind == "cost" or (term.kind in _COUNTING and term.is_whole)):
        return None
    year = sense.year_of(label.bare) if "/" not in label.bare else None
    return Head(role="ratio", unit=label.unit, term=term, year=year)


def _years_down(label: _Label) -> Head | None:
    """A head over years: 年度, 目標年度."""
    if (of_years := _OF_YEARS.fullmatch(label.bare)) is None:
        return None
    return Head(term=label.term, heads_years=True, role=_ROLE_OF_YEARS.get(of_years["role"] or ""))


def _counted_from_now(label: _Label) -> Head | None:
    """A year counted from that of the document, with a role or alone: 前年度予算額; none where a year is printed."""
    counted = _COUNTED.fullmatch(label.bare)
    if counted is None or years_named(counted["rest"]):
        return None
    role, words = _role_and_words(counted["rest"], None)
    sources = _SOURCES.fullmatch(counted["rest"])
    if sources is not None:
        role = role_of(sources["of"])
    elif words:
        return None
    return Head(
        is_period=role is None and not words,
        role=role,
        is_money=_MONEY.search(counted["rest"]) is not None,
        unit=label.own_unit,
        words=words,
        term=label.term,
        relative=_COUNTS[counted["which"]],
    )


def _dated(label: _Label, sense: YearSense) -> Head:
    """A head of a year, a role or words."""
    term = label.term
    year, is_period, rest = year_and_rest(label.bare, sense)
    if is_period:
        rest = _PERIOD_WORDS.sub("", rest)
    if year is not None:
        rest = _RECKONED.sub("", rest)
        rest = _RELATIVE_LEAD.sub("", rest)
    role, words = _role_and_words(rest, term)
    if role == "actual" and period_of(rest) == "forecast":
        role = "forecast"  # 実績値（見込）
    if year is not None and RELATIVE.fullmatch(re.sub(r"[()]", "", rest)):
        words = ""  # 前々年度（R2）
    if words and _DIFFERENCE.fullmatch(label.bare) and _is_axis(term, "difference"):
        role, words = "difference", ""
    is_money = _MONEY.search(rest) is not None
    heads_years = year is None and term is not None and term.is_whole and _is_axis(term, "year")
    return Head(
        year=year,
        is_period=is_period,
        role=role,
        is_money=is_money,
        unit=None if is_money and _is_letter(label.own_unit) else label.own_unit,
        words="" if heads_years else words,
        term=term,
        heads_years=heads_years,
        is_open=UNSETTLED.search(rest) is not None,
        middle=sense.year_of(label.bare) if is_period and _is_of_middle(label.bare) else None,
    )


def _is_of_middle(bare: str) -> bool:
    """Whether a year is called the middle one in brackets: 令和7年度（中間）."""
    return _MIDDLE_CLOSED.fullmatch(without_years(bare)) is not None


def _is_axis(term: Term | None, field: str) -> bool:
    return term is not None and (term.kind, term.field) == ("axis", field)


def _is_letter(unit: str | None) -> bool:
    """Whether a unit is a letter that other heads reckon with: 計画額(a), 差(b-a)."""
    return unit is not None and len(unit) == 1 and unit.isascii() and unit.isalpha()


def are_storeys(text: str) -> bool:
    """Whether a cell prints numbers one below the other, and nothing else.

    >>> are_storeys("20\\n14"), are_storeys("令和\\n6年度")
    (True, False)
    """
    return _STOREYS.fullmatch(text) is not None


def _term(text: str, squeezed: str) -> Term | None:
    """The term of a label, a number behind it aside: 成果指標2, 活動指標③."""
    term = term_of(text)
    if term is None or not term.is_whole:
        bare = re.sub(r"(?<=\D)(?:[0-9]|[A-Cア-ウ])$", "", squeezed)
        numbered = term_of(bare) if bare != squeezed else None
        return numbered if numbered is not None and numbered.is_whole else term
    return term


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
    words = _NOTED.sub("", words)
    return _MARKS.sub("", UNSETTLED.sub("", FILLER.sub("", words)))


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
