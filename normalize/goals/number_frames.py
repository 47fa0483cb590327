"""Number frames: what the words right in front of a number and right behind it say of it, before any verb is asked."""

from __future__ import annotations

import re
from typing import Final, Literal

from normalize.goals.clause_words import is_of
from normalize.goals.scope_marks import Reporter, marks_in
from normalize.language.tokens import morphs
from normalize.text.quantities import SHORT_COUNTERS, quantities_in

Verdict = Literal["stated", "as-of", "so-far", "reached", "unclear", "denied"]
"""`as-of` is stated, dated in a bracket behind it; `so-far` counted up to a day that the sentence names; `reached` is a
target that is said to be reached, so that another number may be the actual; `denied` is certainly no actual."""

_WHOLE: Final = re.compile(r"\s*(?:の\s*(?:うち|内(?!容|訳)|なか)|うち|中(?=\s*[、,でに]|\s*[0-9])|内(?=\s*[0-9、]))")
_PART: Final = re.compile(
    r"([、,(。]\s*|^\s*)?(?:このうち|そのうち|うち|その内|内訳は?|のなかで?|(?<=["
    + SHORT_COUNTERS
    + r"者])中)[^。、]{0,12}[、,]?\s*$"
)
_STANDARD: Final = re.compile(
    r"\s*(?:程度|以上|以下)?(?:に対し(?=[^。]*[0-9])|に比べ|と比べ|と比較|より|から(?:の?(?:増|減)|\s*[0-9])|(?:を|も)(?:上|下)回|を超え|に満た|に届)"
)
_EXCEEDED: Final = re.compile(r"\s*(?:程度|以上|以下)?(?:(?:を|も)(?:上|下)回|を超え|に満た|に届)")
_CHANGE: Final = re.compile(
    r"\s*の?\s*(?:大幅)?\s*(?:増(?!設|刷|築)|減(?!免|災|塩)|(?:上|下)回|上昇|低下|削減|縮減|不足|超過|アップ|ダウン|上乗せ|プラス|マイナス|多|少な|分の|分を)"
)
_SUM: Final = re.compile(r"累計|累積|通算")
_SIGN: Final = re.compile(r"(?:[+±△▲]|プラス|マイナス|残り|あと|不足)\s*(?:約|およそ)?\s*$")
_PER_OTHER: Final = re.compile(r"\s*(?:ずつ|おき|ごと|毎|目|分|用|単位|規模|枠|席|級|コース|クラス|台)(?!に実)")
_OR: Final = re.compile(r"\s*(?:又は|または|もしくは|若しくは|あるいは|ないし|か(?=[0-9])|~)\s*(?:約)?[0-9]")
_AFTER_OR: Final = re.compile(
    r"[0-9][^\W\d_]{0,3}\s*(?:又は|または|もしくは|若しくは|あるいは|ないし|か|~)\s*(?:約)?$|[0-9]\s*から\s*$|[0-9]\s*[、・]\s*$"
)
_FROM: Final = re.compile(r"[0-9]\s*[^\W\d_]{1,3}\s*から\s*$")
_TO: Final = re.compile(r"\s*(?:[にへと]|まで|の?[増減])")
REMARK: Final = re.compile(r"^\s*\(([^()]*)\)")
_OPEN_REMARK: Final = re.compile("中止|延期|未|予定|見込|訂正(?!前)|修正後|正し[くい]|正誤|誤り")
"""What a bracket with a number of its own says that leaves open which of the two is the result."""

_PLANNED_REMARK: Final = re.compile(r"予定|見込|計画|目標|想定|中止|延期|未|昨年|前年|前回|累計|通算|以来|予算|定員")
_IN_BREAKDOWN: Final = re.compile(r"[0-9][^\s()、。]{0,4}\s*\([^()]*$")
_PART_OF_TOTAL: Final = re.compile(r"[^。]{0,24}?(?:の|、|,|で|[分等数]と)\s*(?:合わせて|併せて|合計|総計|計)\s*[0-9]")
_TOTAL: Final = re.compile(r"合計|総計|計")
_SOURCE: Final = re.compile(
    r"\s*(?:から(?!の)|と(?![、,なしすいも]|前年|昨年|目標|計画|過去|例年|大きく|大幅|増加|減少|増え|減っ|横ばい|[堅好順]調|[多少高低]))"
)
_BRACKETED: Final = re.compile(r"[【〔<]([^】〕>]{1,20})[】〕>][^【〔<]*$")
_LED: Final = re.compile(r"[\s・]*(?:[(\[]([^)\]]{1,20})[)\]]|([^:。、()0-9]{1,20}):)")
_REFERENCE: Final = re.compile(r"参考|仮(?!設)|概算|速報|推計|暫定|概数|除く|除いた|含まない|含まず")
_EXTREME: Final = re.compile(r"最[大小高低多少]")
"""What makes a number one of many: 一日最大85人."""

_WITH_OLD: Final = re.compile(
    r"(?:既存|既設|従来|継続)[^。、0-9]*[とにを](?:合わせ|併せ|加え|含め)て?[、,]?[^。、0-9]*$|を含め(?:ると|れば|た場合)[^。0-9]*$"
)
"""What adds a number to what there was, or counts more than the rest: 既存分と合わせて5か所, 県内産を含めると38%."""

_NEW: Final = re.compile(r"新規[はに]?\s*$")
"""What makes a number one of those that came, beside those that left: 新規41人、退会17人."""

_RESPECTIVELY: Final = re.compile(r"(?:それぞれ|各々|順に)[^。は]{0,24}$")
"""Several numbers in the order of several things: 講座、見学会をそれぞれ13回、6回."""

_CALLED: Final = re.compile(
    r"\s*は[、,]?(?!.*(?:目標|計画|前年|昨年|過去))[^。0-9]{2,}の(?:人数|件数|回数|数値?|値)(?:で(?:ある|す|あり)|。|$)"
)
"""What a sentence says that a number is of: 43人は、窓口を通じた人数である."""

_REACHED: Final = re.compile(r"\s*を(?:達成|クリア|満た)")


def by_frame(before: str, number: str, after: str, own: frozenset[str]) -> Verdict | None:
    """The verdict on a number that its frame settles; None where the clause decides.

    >>> by_frame("目標", "5件", "に対し", frozenset()), by_frame("", "5件", "のうち3件", frozenset())
    ('denied', 'unclear')
    """
    if _is_change_or_share(before, number, after):
        return "denied"
    if part := _PART.search(before):
        return "denied" if part[1] else "unclear"  # 98件、うち新規は20件: the whole is stated beside it
    if _is_one_of_several(before, number, after) or _is_of_new_ones(before, after, own):
        return "unclear"
    if "目標" in before and _REACHED.match(after):
        return "reached"
    if _is_planned_by_its_noun(before, own):
        return "denied"
    if (verdict := _by_heading(before)) is not None:
        return verdict
    if _STANDARD.match(after):
        return "unclear" if _EXCEEDED.match(after) else "denied"
    if _SOURCE.match(after) and not number.endswith(("%", "割")):
        return "unclear"  # 20社から聞いた, 20社と結んだ: who took part, not what was done
    return None


def _is_change_or_share(before: str, number: str, after: str) -> bool:
    """Whether a number is a change, a sum of years, a rate per something else, or a share of a total that follows."""
    is_change = _SIGN.search(before) or _CHANGE.match(after)
    is_other_count = _SUM.search(number) or _PER_OTHER.match(after)
    is_share = _IN_BREAKDOWN.search(before) or (_PART_OF_TOTAL.match(after) and not is_total(number))
    return bool(is_change or is_other_count or is_share)


def _is_one_of_several(before: str, number: str, after: str) -> bool:
    """Whether others stand beside a number, so that it may not be the result: 13件から15件, 50人又は60人."""
    is_range = _FROM.search(before) and not _TO.match(after)
    is_choice = _OR.match(after) or _AFTER_OR.search(before)
    is_in_list = _RESPECTIVELY.search(before) or _EXTREME.match(number.strip())
    is_whole = _WHOLE.match(after) or _WITH_OLD.search(before)
    return bool(is_range or is_choice or is_in_list or is_whole or _CALLED.match(after))


def _is_of_new_ones(before: str, after: str, own: frozenset[str]) -> bool:
    """Whether a number counts those that came, beside another number; not where the indicator itself counts them."""
    return "新規" not in own and bool(_NEW.search(before)) and re.search(r"[0-9]", after) is not None


def _by_heading(before: str) -> Verdict | None:
    """What a heading in brackets or before a colon says of the numbers behind it: 【目標】, （参考）."""
    heading = _BRACKETED.search(before) or _LED.match(before)
    if heading is None:
        return None
    last = morphs(next(filter(None, heading.groups())))[-1]
    if is_of("target", last) or last.surface in ("計画", "案"):
        return "denied"
    return "unclear" if _REFERENCE.search(heading[0]) else None


def by_remark(after: str, reporter: Reporter) -> Verdict:
    """What a bracket directly behind a number says of it: (予定), (令和6年度), (累計), (12月末時点).

    A bracket with a number of its own speaks of that one: (前年度4件).

    >>> [by_remark(text, Reporter(2025)) for text in ("(予定)", "(R6)", "(R7)", "(前年度4件)", "")]
    ['denied', 'denied', 'stated', 'stated', 'stated']
    """
    match = REMARK.match(after)
    if match is None:
        return "stated"
    if quantities_in(match[1]):
        return "unclear" if _OPEN_REMARK.search(match[1]) else "stated"
    if _PLANNED_REMARK.search(match[1]):
        return "denied"
    if _REFERENCE.search(match[1]):
        return "unclear"
    kinds = {mark.kind for mark in marks_in(match[1], reporter)}
    if kinds & {"other-year", "many-years", "other-body"}:
        return "denied"
    return "unclear" if "part-year" in kinds else "as-of" if "as-of" in kinds else "stated"


def is_total(number: str) -> bool:
    """Whether a number is printed as a sum: 計5回."""
    return _TOTAL.match(number.strip()) is not None


def _is_planned_by_its_noun(before: str, own: frozenset[str]) -> bool:
    """Whether the noun in front of a number makes it a planned one: 目標5件, 定員は20名, 予定している5回 not."""
    words = [word for word in morphs(before) if word.pos1 != "空白"]
    while words and (words[-1].pos1 == "助詞" or words[-1].surface in (":", "、", "約", "延べ", "計", "で", "ある")):
        words.pop()
    kept = own - {"目標", "予定", "見込み"}
    return bool(words) and is_of("target", words[-1]) and words[-1].normalized_form not in kept
