"""What a number in prose counts: the noun that it is said of, for telling an actual from any other number.

A number is said of the noun phrase in front of it in its clause (相談件数は30件, 動画を10本), else of the nouns behind
it (8割以上の高評価, 33件の認定). Words that only name the counting (件数) or the doing (実施) are no part of the thing
counted. Two numbers count the same thing when they have the unit and the last noun in common, and, where both
last nouns are qualified (農業セミナーの参加者), a noun around them too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from normalize.goals.clause_words import is_of, stem
from normalize.goals.goal_words import rate_before, without_rate
from normalize.goals.governed import deeds
from normalize.goals.number_frames import is_total
from normalize.goals.predicates import predicates
from normalize.language.tokens import Morph, morphs
from normalize.text.folding import narrow
from normalize.text.quantities import Quantity, count_alike, quantities_in
from normalize.text.text_cache import remembered

_BOUNDARY: Final = re.compile(r"[。、,;\n()「」【】]")
_FARTHEST: Final = 120
"""How far from a number its sentence is looked at, in characters, so that any text is read in linear time."""

_SENTENCE: Final = re.compile(r"[。\n]")
_OTHER_THAN: Final = re.compile(r"を除[いくき]て?|以外の?|を含まない|とは別に|のほかに?|の他に?|に加えて?")
"""What stands in front of these is not what the number behind them counts."""

_LEFT_OUT: Final = re.compile(rf"[^、。はが]*(?:{_OTHER_THAN.pattern})\s*$")
"""What a sentence leaves out right in front of a number: 受入れは、延期2校を除く5校."""

_INCLUDED: Final = re.compile(r"[^はがを]*を(?:含め|含む)て?")
"""What a number holds among others: 合同開催を含め9回."""

_RATE: Final = re.compile(r"\s*(?:あたり|当たり|当り|につき|ごとに)")
_BEHIND: Final = re.compile(r"\s*/\s*(?P<part>[^\s0-9年])")
_SAID_OF: Final = ("は", "が", "を", "も", ":")
_NOUNS: Final = ("名詞", "接頭辞", "接尾辞", "形状詞")
_MEASURE_WORDS: Final = re.compile(r"(?:実|延べ?|総)?[件人本回個台部枚点社冊組者]?数|実績|合計")
_DOING: Final = {"実施", "開催", "作成", "達成", "獲得", "確保", "実現", "予定", "想定", "目標", "計画", "変更"}
_EMPTY: Final = {
    "物",
    "大幅",
    "年度末",
    "期末",
    "足",
    "方",
    "者",
    "結果",
    "状況",
    "全体",
    "以上",
    "以下",
    "程度",
    "為",
    "事",
    "こと",
    "同じ",
    "ところ",
    "とき",
    "とも",
    "等",
    "計",
    "総",
    "約",
    "新規",
    "継続",
    "毎年",
    "増",
    "減",
    "年度",
    "年",
    "令和",
    "平成",
    "昭和",
}
_ERA: Final = re.compile("[A-Za-z]")
"""A letter alone: that of an era (R7), or of a list."""

_RATES: Final = {"率", "度", "額", "量", "値", "高"}


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity in a text and what it counts: one of the `heads`.

    `qualifiers` are the nouns of the phrase in front of the head, `around` all of the clause, `measure_word` is
    回数, 件数 and the like where one is printed before it. `excluded` are the nouns of what it leaves out, `rate` is
    how often it is meant, as `normalize.goals.goal_words.rate_before` says it. Its sentence, `said`, stands at
    `sentence` to `sentence_end`.
    """

    quantity: Quantity
    heads: frozenset[str]
    qualifiers: frozenset[str]
    around: frozenset[str]
    measure_word: str | None
    sentence: int
    sentence_end: int
    said: str
    rate: str | None
    excluded: frozenset[str]


def narrow_lines(text: str) -> str:
    """A text as `narrow` gives it, with its line ends.

    >>> narrow_lines("５回\\n３件")
    '5回\\n3件'
    """
    return "".join("\n" if printed == "\n" else plain for printed, plain in zip(text, narrow(text), strict=True))


@remembered(most=1024)
def counted_in(text: str) -> tuple[Counted, ...]:
    """Every quantity of a text and what it counts.

    >>> [(found.quantity.text, *found.heads) for found in counted_in("作成動画本数 14本、再生回数 80回、3件の認定。")]
    [('14本', '動画'), ('80回', '再生'), ('3件', '認定')]
    """
    plain = narrow_lines(text)
    found = [quantity for quantity in quantities_in(text) if not _RATE.match(plain, quantity.end)]
    earliest = [0, *(quantity.end for quantity in found)]
    latest = [*(quantity.start for quantity in found[1:]), len(plain)]
    counted: list[Counted] = []
    for quantity, first, last in zip(found, earliest, latest, strict=False):
        one = _counted(plain, quantity, first, last)
        counted.append(_named_before(one, counted[-1]) if counted else one)
    return tuple(counted)


def _named_before(one: Counted, other: Counted) -> Counted:
    """A number that names nothing of its own counts what the one before it does: 目標5回、実績は3回.

    That one stands in its sentence or, where no noun stands beside it at all, in the one before: 今年度は3回であった.
    """
    names = one.heads <= _DOING or all(is_of("undone", head) or is_of("changed", head) for head in one.heads)
    names = names or _says_only_what_was_done(one)
    is_near = one.sentence == other.sentence or (not one.heads and one.sentence - other.sentence_end <= 1)
    if not names or not is_near or one.quantity.unit != other.quantity.unit:
        return one
    return replace(one, heads=other.heads, qualifiers=other.qualifiers, around=one.around | other.around)


def _says_only_what_was_done(one: Counted) -> bool:
    """Whether the nouns beside a number only say what was done with it: 2路線で完了した, not 33件の認定."""
    end = one.quantity.end - one.sentence
    return not one.qualifiers and one.said[end : end + 1] == "で" and one.heads <= deeds(one.said, end)


def same_thing(wanted: Counted, stated: Counted) -> int:
    """How much two numbers have in common that count the same thing; 0 where they do not."""
    if not count_alike(wanted.quantity.unit, stated.quantity.unit):
        return 0
    if (wanted.heads | wanted.qualifiers) & stated.excluded:
        return 0
    heads = wanted.heads & stated.heads
    if (
        not heads and deeds(stated.said, stated.quantity.end - stated.sentence) & wanted.heads
    ):  # マップの配布: マップ500部を配布した
        things = wanted.qualifiers & (stated.heads | stated.qualifiers)
        if not stated.heads and all(noun in stated.said for noun in wanted.qualifiers):
            things = wanted.qualifiers  # 相談会には、163人が訪れた
        return len(things) + 1 if things or not wanted.qualifiers else 0
    if not heads:
        named = wanted.heads | wanted.qualifiers
        if wanted.heads == {wanted.quantity.unit} and stated.heads & wanted.qualifiers:  # 参加団体: 48団体が参加した
            return len(wanted.qualifiers) if wanted.qualifiers <= stated.around else 0
        turned = len(named) > 1 and named == stated.heads | stated.qualifiers  # 企業訪問: 訪問企業数
        return 1 if turned else 0
    shared = (wanted.around & stated.around) - heads
    if wanted.qualifiers and stated.qualifiers and not shared:
        return 0
    return len(heads) + len(shared)


def _counted(plain: str, quantity: Quantity, earliest: int, latest: int) -> Counted:
    earliest, latest = max(earliest, quantity.start - _FARTHEST), min(latest, quantity.end + _FARTHEST)
    opening = max((match.end() for match in _BOUNDARY.finditer(plain, earliest, quantity.start)), default=earliest)
    closing = _BOUNDARY.search(plain, quantity.end, latest)
    sentence, end = _sentence_around(plain, quantity)
    if plain[opening - 1 : opening] == "(" and plain[quantity.end : quantity.end + 1] == ")":  # 企業訪問（25社）
        opening = max((m.end() for m in _BOUNDARY.finditer(plain, earliest, opening - 1)), default=earliest)
    *others, before = _OTHER_THAN.split(_INCLUDED.sub("", plain[opening : quantity.start].removesuffix("(")))
    behind = plain[quantity.end : closing.start() if closing else latest]
    front, measure_word = _thing(_said_of(without_rate(before)))
    rear = [noun for noun in _nouns(behind) if noun not in _DOING and not is_of("changed", noun)]
    if not front and (measure_word or not rear):
        front, topic_word = _thing(_topic(plain[sentence : quantity.start]))
        measure_word = measure_word or topic_word
    return Counted(
        quantity=quantity,
        heads=frozenset(front[-1:] or rear or _nouns(behind)),
        qualifiers=frozenset(front[:-1]),
        around=frozenset(front) | frozenset(_nouns(before)) | frozenset(_nouns(behind)),
        measure_word=measure_word,
        sentence=sentence,
        sentence_end=end,
        said=plain[sentence:end],
        rate=(None if is_total(quantity.text) else rate_before(plain[opening : quantity.start]))
        or _rate_behind(behind),
        excluded=frozenset(noun for other in others for noun in _nouns(other)),
    )


def _sentence_around(plain: str, quantity: Quantity) -> tuple[int, int]:
    """The sentence that a number stands in, or as much of it as is near the number."""
    nearest = max(0, quantity.start - _FARTHEST)
    opening = max((match.end() for match in _SENTENCE.finditer(plain, nearest, quantity.start)), default=nearest)
    closing = _SENTENCE.search(plain, quantity.end, quantity.end + _FARTHEST)
    return opening, closing.start() if closing else min(len(plain), quantity.end + _FARTHEST)


def _rate_behind(behind: str) -> str | None:
    match = _BEHIND.match(behind)
    return None if match is None else "EACH_TIME" if match["part"] == "回" else "OTHER_RATE"


def _topic(before: str) -> list[Morph]:
    """The noun phrase further in front of a number that it is said of.

    That is the last topic (は, について) of the sentence, or the last object or subject (を, が) that no other
    predicate has taken.
    """
    rest = _OTHER_THAN.split(before)[-1]
    words = [word for word in morphs(rest if rest.strip() else _LEFT_OUT.sub("", before)) if word.pos1 != "空白"]
    # What stands right before the number qualifies it: 予定より1回多い6回.
    others = [found for found in predicates(words) if words and found.end < words[-1].end]
    taken = max((found.end for found in others if found.form != "relative" and not found.bare), default=0)
    topic: list[Morph] = []
    phrase: list[Morph] = []
    for position, word in enumerate(words):
        if word.pos1 in _NOUNS or (phrase and word.surface in ("の", "・")):
            phrase.append(word)
            continue
        about = "".join(later.surface for later in words[position : position + 4]).startswith(("について", "に関して"))
        free = word.surface in ("を", "が") and word.begin >= taken
        counts = any(part.pos2 == "数詞" for part in phrase)  # 目標の5回を: a number of its own
        if (
            not counts
            and (word.surface == "は" or about or free)
            and any(noun not in _EMPTY for noun in _stems(phrase))
        ):
            topic = phrase
        phrase = []
    return topic


def _said_of(before: str) -> list[Morph]:
    """The noun phrase that a number behind `before` is said of: the one beside it, else the last with は, が or を."""
    phrase: list[Morph] = []
    said: list[Morph] = []
    for word in morphs(before):
        if word.pos1 == "空白":
            continue
        if word.pos1 in _NOUNS or (phrase and word.surface in ("の", "・")):
            phrase.append(word)
            continue
        if word.surface in _SAID_OF and _says_something(phrase):
            said = phrase
        phrase = []
    of_these = bool(phrase) and phrase[-1].surface == "の"  # 参加者の9割: the whole, of which the number is a share
    if said and all(noun in _DOING for noun in _stems(phrase)):  # 訪問を実施（25社）
        return said
    return phrase if _says_something(phrase) and not of_these else said


def _says_something(phrase: list[Morph]) -> bool:
    """Whether a phrase names a thing: 今年度, 全体, 予定どおり and numbers name none."""
    if phrase and phrase[-1].surface in ("どおり", "とおり", "通り"):
        return False
    return any(noun not in _EMPTY for noun in _stems(phrase)) or any(_is_measure_word(word) for word in phrase)


def _thing(phrase: list[Morph]) -> tuple[list[str], str | None]:
    """The nouns of a phrase up to the thing counted, and the measure word behind it."""
    words = [word for word in phrase if word.pos1 in _NOUNS]
    measure_word = None
    while words and (_is_measure_word(words[-1]) or (len(words) > 1 and _says_no_thing(words[-1]))):
        word = words.pop()
        if _is_measure_word(word):
            measure_word = measure_word or word.surface
    return _stems(words), measure_word


def _says_no_thing(word: Morph) -> bool:
    return word.surface in _DOING or (word.surface not in _RATES and not _stems([word]))


def _is_measure_word(word: Morph) -> bool:
    return _MEASURE_WORDS.fullmatch(word.surface) is not None


def _nouns(text: str) -> list[str]:
    return _stems(morphs(text))


def _stems(words: Iterable[Morph]) -> list[str]:
    """The content nouns by their stem: 参加者数 and 参加者 are 参加, 満足度 is 満足, 受診 + 率 is 受診率."""
    stems: list[str] = []
    for word in words:
        if word.surface in _RATES and stems:
            stems[-1] += word.surface
        if _ERA.fullmatch(word.surface):
            continue
        if word.pos1 not in ("名詞", "形状詞") or word.pos2 == "数詞" or word.pos3 in ("副詞可能", "助数詞可能"):
            continue
        noun = stem(word)
        if noun not in _EMPTY and not _is_measure_word(word) and word.surface not in _RATES:
            stems.append(noun)
    return stems
