"""Marks of scope: the words of a report that say of which time or body a number is told.

A mark governs a number unless it is only compared with (昨年度に比べ), belongs to a noun that is not counted
(昨年度の課題を踏まえ), or stands in a clause that qualifies such a noun (昨年度に策定した計画に基づき).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from normalize.goals.clause_words import stem
from normalize.goals.predicates import predicates
from normalize.language.tokens import Morph, morphs
from normalize.text.calendar import LAST_MONTH, fiscal_years, month_mentions, year_lists, year_ranges
from schemas.codes import eras, municipality_rows, prefectures
from schemas.codes.vocabulary import level_pattern

Kind = Literal["this-year", "other-year", "many-years", "part-year", "as-of", "other-body", "partner"]


@dataclass(frozen=True, slots=True)
class Reporter:
    """What a report is told of: its fiscal year, and the names of the city and of the bodies that act with it."""

    fiscal_year: int | None = None
    bodies: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark from `begin` to `end` of a text. `as-of` is a day up to which is counted, `many-years` a sum too,
    `partner` a body of which nobody knows whether what it does is counted here.
    """

    kind: Kind
    begin: int
    end: int


_NOT_AT_ITS_END: Final = r"(?<!年度末)(?<!(?<![0-9])3月末)(?<!(?<![0-9])3月31日)"
_WORDS: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    ("this-year", re.compile(r"今年度?|本年度?|当年度|当該年度|今期|今回|今般|この1年|この一年")),
    (
        "other-year",
        re.compile(
            r"一?昨年度?|例年|前年同[期月]?|前々?年度?|先年度?|去年度?|前回|従来|従前|以前(?!より)|かつて|過去(?!最|[0-9一二三四五六七八九十]+年間?で最)|過年度|当時|昨季|旧年度"
            r"|(?:導入|開始|事業|制度|開設|計画)?初年度?(?=の|は|に(?!お))|(?:コロナ禍?|震災|改正|開始|導入|移転|合併|計画)前|次年度|来年度?|翌々?年度?(?!\s*[0-9]{1,2}月)|再来年度?|次回|次期(?!計画)|今後|将来|来期|来季"
        ),
    ),
    (
        "many-years",
        re.compile(
            r"計画期間(?:中|内|全体)?|これで(?=[^。]*(?:目|なった|達した|なる))|これまで|今まで|いままで|現在まで|今日まで|累計|累積|通算|総累計|以来|当初から|開始から|開始後|発足から|発足後|創設から|創設後"
            r"|開設から|開設後|設立から|設立後|初年度から|導入から|導入後|開校から|[0-9一二三四五六七八九十]+\s*(?:年間|[かヶカヵケ箇]年)(?![0-9]*\s*計画)"
        ),
    ),
    (
        "part-year",
        re.compile(
            r"上半期|下半期|上期|下期|前期(?!計画|基本)|後期(?!計画|基本|高齢)|(?:年度)?(?:前半|後半)|第?[1-4一二三四]\s*四半期|半年|年度途中|[0-9]+か月間?"
            r"|[0-9一二三]+(?:日|期|年|校|会場|部)目(?=[のはにで、:])|初日(?=[のはにで、:0-9])|最も[^、。0-9]{1,5}[月日]|ピーク時|午[前後]の部(?=[のには、:0-9])|最終日(?=[のはにで、:0-9])"
            r"|[0-9]{1,2}月[^。、]{0,6}から[^。、0-9]{0,6}(?:[0-9]+年)?(?:[4-9]|1[0-2]|[12])月|(?<![0-9])(?:[4-9]|1[0-2]|[12])月[中末]?まで"
        ),
    ),
    ("as-of", re.compile(rf"{_NOT_AT_ITS_END}(?:時点|現在(?!まで|の課題|地))|(?<!3)月末|現時点")),
    (
        "other-body",
        re.compile(
            r"(?:他|同規模|同程度|近隣|周辺|隣接|先進|姉妹|友好|類似)(?:の)?(?:市町村|市区町村|自治体|団体|都市|市|区|町|村|地域|県)|近隣|(?:県|府|道|都)の?[東西南北中央]{1,2}部|(?<![一-龥])市町村?(?=[ではがに])|全国|都内|県内|府内|道内"
            r"|(?<![一-龥])(?:国|都|県|府|道)(?=が|は|で|に(?:お|よ)|の(?:補助|委託)?事業(?:として|で、|により|によって)|の(?!補助|支援|制度|交付|助成|計画|方針|基準|事業))|民間(?=が|は|で)|他社"
        ),
    ),
)
_BETWEEN_MONTHS: Final = 4
"""Characters between two months of a range at most: ～同年."""

_SINCE_OR_UNTIL: Final = re.compile(r"\s*(?:当初|末)?\s*(?:から|より|以降|以来|まで)")
_AS_OF: Final = re.compile(r"(?:\s*[0-9]{1,2}\s*日)?\s*末?\s*(?:時点|現在|末|まで)")
_COMPARED: Final = re.compile(
    r"\s*(?:の?実績|の?同[期月]|の?件数|の?数値)?\s*(?:(?:の?[一-龥ァ-ヶー]{1,6})?の?\s*[0-9,.]+[^\s0-9、。]{1,3}(?:から(?!の)|を[上下]回|を超え|より|と同|に対し|[にと]比べ)|で(?:最[多高大]|初|一番)|に比べ|と比べ|に比し|比|より|に引き?続|から引き?続|に続|と同|同様|同程度|並み|並の|と変わ|を上回|を下回|を超え"
    r"|に対し|と比較|との比較|から継続|に加え|に倣|をもとに|を基に|を踏まえ|から\s*(?:[0-9]|大幅に)|の反省|に準|までと)"
)
_SUMMED: Final = re.compile(r"^の(?:合計|総計|累計|延べ|通算)(?:数|で|は)*")
_PARTNERS: Final = re.compile(
    r"(?:本市|当市|本町|当町|本区|当区)を含む[0-9]+(?:市町村|市区町村|市町|市|町|区|自治体)|商工会議所|商工会(?!議)|商店会(?:連合会)?|商店街(?:連合会|振興組合)|実行委員会|自治会|町内会|社会福祉協議会|社協|青年会議所|(?:観光|振興|まちづくり)?(?:協会|機構|財団|公社)|(?:農業)?(?:協同)?組合|農協|大学|金融機関"
    r"|民間(?:事業者|企業|団体)|[一-龥]{1,4}(?<![各市全当同本元象])(?:地域|圏域|広域)(?:全体)?"
)
_BODY: Final = re.compile(
    r"[^\s、。はがのを]{0,12}(?:機関|団体|協議会|センター|会議所|組合|事業者|企業|大学|自治体|部局|課)(?:は|が|で)"
    r"|(?:状況|事例|例|実績|取り?組み?):"
)
_BY_ITSELF: Final = re.compile(r"(?:でも?は?|[がはも]|には)[、,]?[^。、0-9]{0,8}(?:独自|自主的|単独)[にでの]")
"""What says behind a body of the report that it acted without the city: 商工会では、独自に."""

_PROJECT: Final = re.compile(
    rf"(?:補助|委託)?(?:主催|{level_pattern('measure', 'program', 'action')})"
    r"(?:として|(?:(?<=主催)で|で(?=[、,]))|により|によって)"
)
"""What says behind a body and の that it is the body's own doing: 県の事業として."""

_THERE: Final = re.compile(r"[^\s、。はがを]{1,12}(?:[でに]は|において)")
_BODY_LINK: Final = re.compile(
    r"(?:全体|全域|管内)?(?:の(?:中|なか|うち)[でに]?(?:は|も)?|:|では|における|においても?|で(?:も|の)?|は|が|も|の|による)"
    r"(?!補助|支援|制度)"
)


def marks_in(text: str, reporter: Reporter) -> list[Mark]:
    """The marks of a narrow text.

    >>> [(mark.kind, mark.begin) for mark in marks_in("令和6年度は4件、今年度は5件", Reporter(2025))]
    [('other-year', 0), ('this-year', 9)]
    """
    found = [*_years(text, reporter.fiscal_year), *_bodies(text, reporter.bodies)]
    for kind, pattern in _WORDS:
        found += [Mark(kind, *match.span()) for match in pattern.finditer(text)]
    found.sort(key=lambda mark: (mark.begin, -mark.end))
    kept: list[Mark] = []
    for mark in found:  # of two that overlap the longer, which stands first
        if not kept or mark.begin >= kept[-1].end or mark.kind != kept[-1].kind:
            kept.append(mark)
    return kept


def _years(text: str, fiscal_year: int | None) -> Iterator[Mark]:
    spans = [range(pair.first.start, pair.last.end) for pair in (*year_ranges(text), *year_lists(text))]
    months = {mention.start: mention for mention in month_mentions(text)}
    for run in spans:
        first = next((months[at] for at in months if at == run.start), None)
        last = next((months[at] for at in months if run.start < at < run.stop + _BETWEEN_MONTHS), None)
        if first is None or last is None or {first.fiscal_year, last.fiscal_year} != {fiscal_year}:
            yield Mark("many-years", run.start, run.stop)
        elif last.month != LAST_MONTH:
            yield Mark("part-year", run.start, run.stop)
    for mention in fiscal_years(text, _era_of(fiscal_year)):
        if any(mention.start in span for span in spans) or mention.start in months:
            continue
        if span := _SINCE_OR_UNTIL.match(text, mention.end):
            yield Mark("many-years", mention.start, span.end())
        elif mention.is_fiscal or mention.era is not None:
            yield Mark("this-year" if mention.year == fiscal_year else "other-year", mention.start, mention.end)
    for month in months.values():
        if month.fiscal_year != fiscal_year:
            yield Mark("other-year", month.start, month.end)
        elif as_of := _AS_OF.match(text, month.end):
            yield Mark("as-of", month.start, as_of.end())


def _bodies(text: str, own: frozenset[str]) -> Iterator[Mark]:
    """Other municipalities by their names, and bodies of the kinds that a city works with."""
    for word in morphs(text):
        if word.pos2 == "固有名詞" and word.surface not in own and word.surface in _places():
            yield Mark("other-body", word.begin, word.end)
    for match in _PARTNERS.finditer(text):
        is_own = any(match[0] in name or text[: match.end()].endswith(name) for name in own)
        if not is_own or _BY_ITSELF.match(text, match.end()):
            yield Mark("partner", *match.span())


@cache
def _places() -> frozenset[str]:
    return frozenset((*(row.municipality_name for row in municipality_rows()), *prefectures().values()))


def _era_of(fiscal_year: int | None) -> str | None:
    """The era that a bare year (6年度) is of in a report on a fiscal year."""
    begun = [era.name for era in eras() if fiscal_year is not None and era.first_year <= fiscal_year]
    return begun[-1] if begun else None


def governs(mark: Mark, text: str, number: int, counted: frozenset[str]) -> bool | None:
    """Whether a mark in front of a number (which begins at `number`) is told of it; None where that is open.

    `counted` are the nouns that the number counts.

    >>> text = "昨年度に比べ、講座を5回開催した"
    >>> governs(marks_in(text, Reporter(2025))[0], text, 10, frozenset({"講座"}))
    False
    """
    gap = _SUMMED.sub("", text[mark.end : number])
    if mark.kind in ("other-body", "partner"):
        link = _BODY_LINK.match(gap)
        if link is None:
            return False
        if mark.kind == "partner" and _holds(text[mark.begin : mark.end], counted):
            return False
        if link[0] == "の" and _PROJECT.match(gap[1:]):
            return None
        there = _BODY.match(gap[1:]) or _THERE.match(gap[1:])
        if link[0] == "の" and not there and not _holds(_phrase(gap[1:]), counted):
            return False
    elif _COMPARED.match(gap):
        return False
    elif gap.startswith("の") and gap[1:].strip(" 、:は"):
        return _holds(_phrase(gap[1:]), counted) or not _phrase(gap[1:])
    for predicate in predicates(morphs(gap)):
        if predicate.form == "relative":
            behind = gap[predicate.end :]
            return _holds(_phrase(behind), counted) or not _phrase(behind).strip()
        if predicate.form in ("contrast", "running", "cause", "final") and not predicate.bare:
            return True if gap.lstrip().startswith(("は", "には", "では")) and predicate.form == "running" else None
    return True


def _phrase(text: str) -> str:
    """The noun phrase that a text begins with, up to a particle that is not の."""
    words: list[Morph] = []
    told = morphs(text)
    for position, word in enumerate(told):
        following = told[position + 1].surface if position + 1 < len(told) else ""
        joins = word.surface in ("の", "・") or (word.pos1 == "助詞" and following == "の")  # 出店者への補助
        if word.pos1 not in ("名詞", "接頭辞", "接尾辞", "形状詞", "代名詞", "空白") and not joins:
            break
        words.append(word)
    return text[: words[-1].end] if words else ""


def _holds(text: str, counted: frozenset[str]) -> bool:
    return any(not counted.isdisjoint((word.surface, word.normalized_form, stem(word))) for word in morphs(text))
