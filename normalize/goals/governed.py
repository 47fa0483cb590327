"""What a predicate says of the number that it governs: done, not done, planned, or open.

The questions are asked in their order (`_OF_PREDICATES`), and the first that holds tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from normalize.goals.clause_words import Sense, is_of
from normalize.goals.number_frames import Verdict
from normalize.goals.predicates import Predicate, predicates
from normalize.language.tokens import Morph, morphs

_CAME: Final = ("来場", "来訪", "来館", "来園", "参加")
_AS_NOUNS: Final = {
    "訪れる": ("訪問", *_CAME), "集まる": _CAME, "詰め掛ける": _CAME, "運ぶ": _CAME, "回る": ("訪問",),
    "配る": ("配布",), "配付": ("配布",), "開く": ("開催",), "催す": ("開催",), "作る": ("作成",),
    "使う": ("活用",), "利用": ("活用",), "生み出す": ("創出",), "受け付ける": ("受け付け",), "植える": ("植樹",),
    "設ける": ("設置",), "受け入れる": ("受け入れ",),
}  # fmt: skip
"""Verbs that say the same as a verbal noun."""

_THROUGH: Final = re.compile(r"[^。、]{0,12}(?:を通[じし]て|により|によって)")
_GIVEN: Final = re.compile(r"\s*に(?:対し(?:て)?)?、?[^、。はが]{2,12}を$")
"""What is given to those who are counted."""

_EXISTS: Final = re.compile(
    r"\s*[一-龥ァ-ヶー]{0,8}(?:[者体業社店校所会人市町村区園館]|組合|グループ|ところ)[がもは](?:ある|あった|いる|いた|あり|おり)"
)
"""Bodies that a clause qualifies and of which there only are some: 開催した団体がある; whether that counts is open."""

_TOPIC_REACH: Final = 8
"""Characters behind a number up to the は of what it is said of: 10人の参加者は."""

_ONLY: Final = re.compile(r"\s*しか")
_TO_THERE: Final = re.compile(r"(?:に|へ|まで|と)(?:大幅に|まで)?\s*$")
"""What says that a number is what something was changed to."""


def governing_of(text: str, end: int) -> Predicate | None:
    """The predicate that the number belongs to: the next one, or behind a topic (5回は、…) the next main one.

    A clause with a subject of its own (講師の都合がつかず) is passed over where another predicate follows.
    """
    words = [word for word in morphs(text) if word.begin >= end]
    found = [*predicates(words)]
    particle = next((word.surface for word in words if word.pos1 not in ("名詞", "接尾辞", "空白", "補助記号")), "")
    behind = end
    for position, predicate in enumerate(found):
        between = [word for word in words if behind <= word.begin < predicate.begin]
        subject = any(
            word.surface == "が" and index and between[index - 1].pos3 != "助数詞可能"
            for index, word in enumerate(between)
        )
        topic = particle == "は" or "は" in text[end : end + _TOPIC_REACH].split("、")[0]
        passed = (subject and position == 0 and particle not in ("が", "")) or (
            topic and predicate.form == "running" and not is_of("undone", *predicate.words)
        )
        if predicate.form == "relative" and predicate.words and not predicate.copula and position + 1 < len(found):
            passed = passed or (bool(between) and any(word.surface == "、" for word in between))
        passed = passed or (predicate.form == "relative" and predicate.words[-1].pos1 == "形容詞")
        if passed and position + 1 < len(found):
            behind = predicate.end
            continue
        return predicate
    return None


@dataclass(frozen=True, slots=True)
class _Clause:
    """A number and the predicate that governs it: what stands between them, and what the goal itself names."""

    text: str
    end: int
    predicate: Predicate
    own: frozenset[str]

    @property
    def link(self) -> str:
        return self.text[self.end : self.predicate.begin]

    @property
    def is_of_goal(self) -> bool:
        """Whether the predicate is what the goal names: 申請 of a goal of 申請件数."""
        return any(is_own(word, self.own) for word in self.predicate.words)

    def is_of(self, kind: Sense) -> bool:
        return is_of(kind, *self.predicate.words)


def by_predicate(text: str, end: int, governing: Predicate | None, own: frozenset[str]) -> Verdict:
    """What a predicate says of the number that ends at `end` of a sentence; `own` are the nouns of the goal.

    >>> said = lambda text: by_predicate(text, 4, governing_of(text, 4), frozenset())
    >>> said("講座5回を開いた。"), said("講座5回を見送った。"), said("講座5回を開いた団体がある。")
    ('stated', 'denied', 'unclear')
    """
    if governing is None:
        return "stated"  # 講座 5回: a list
    clause = _Clause(text, end, governing, own)
    says = next((says for asks, says in _OF_PREDICATES if asks(clause)), None)
    return "unclear" if says is None else says(clause) if callable(says) else says


def _is_taken_for(clause: _Clause) -> bool:
    """3件とした: decided, or counted."""
    return clause.link.strip() == "と" and [word.normalized_form for word in clause.predicate.words] == ["為る"]


def _is_means(clause: _Clause) -> bool:
    """講座5回を通じて: what was done by it is said, and it was done."""
    return _THROUGH.match(clause.text, clause.end) is not None


def _is_copula_behind(clause: _Clause) -> bool:
    """参加者は10人である."""
    predicate = clause.predicate
    return predicate.copula and predicate.begin <= clause.end + 1 and not predicate.negated


def _is_given_to(clause: _Clause) -> bool:
    """出店者25人にアンケートを実施した: those are counted whom something else was done to."""
    if _GIVEN.match(clause.link) is None or not clause.own or clause.predicate.negated:
        return False
    return deeds(clause.text, clause.end).isdisjoint(clause.own)


def _is_no_more_than(clause: _Clause) -> bool:
    """5回しか開けなかった."""
    return clause.predicate.negated and _ONLY.match(clause.link) is not None


def _is_not(clause: _Clause) -> bool:
    """開かなかった, 中止した."""
    return clause.predicate.negated or clause.is_of("undone")


def _is_unreal(clause: _Clause) -> bool:
    """開きたい, 開けば."""
    return clause.predicate.unreal or clause.predicate.form == "condition"


def _only_qualifies(clause: _Clause) -> bool:
    """開催した団体がある, 開催したという, 開催した例: how many did so is open."""
    predicate = clause.predicate
    if predicate.form == "relative" and _EXISTS.match(clause.text, predicate.end):
        return True
    return predicate.form == "quoted" or (predicate.head is not None and is_of("instance", predicate.head))


def _is_planned(clause: _Clause) -> bool:
    return clause.is_of("planned") and not clause.is_of_goal


def _is_changed_by(clause: _Clause) -> bool:
    """5回増やした, and no 5回に増やした."""
    return clause.is_of("changed") and _TO_THERE.search(clause.link) is None


def _is_asked_for(clause: _Clause) -> bool:
    """補助5件の要望があった, where the goal counts no 要望."""
    return clause.is_of("asked") and not clause.is_of_goal


def _is_untensed(clause: _Clause) -> bool:
    return not (clause.predicate.past or clause.predicate.lasting)


def _goes_on(clause: _Clause) -> bool:
    """協議中, 実施中: nothing is said to be done."""
    return any(word.surface.endswith("中") for word in clause.predicate.words)


def _says_what_was_done(clause: _Clause) -> bool:
    return clause.predicate.copula or clause.is_of_goal or is_done(clause.predicate)


def _if_it_lasts(clause: _Clause) -> Verdict:
    return _lasting(clause.text, clause.predicate)


def _if_it_stays_planned(clause: _Clause) -> Verdict:
    return "denied" if _stays_planned(clause.text, clause.predicate) else "unclear"


def _by_what_follows(clause: _Clause) -> Verdict:
    return _untensed(clause.text, clause.predicate)


_OF_PREDICATES: Final[tuple[tuple[Callable[[_Clause], bool], Verdict | Callable[[_Clause], Verdict]], ...]] = (
    (_is_taken_for, "unclear"),
    (_is_means, "stated"),
    (_is_copula_behind, _if_it_lasts),
    (_is_given_to, "unclear"),
    (_is_no_more_than, "stated"),
    (_is_not, "denied"),
    (_is_unreal, "denied"),
    (_only_qualifies, "unclear"),
    (_is_planned, _if_it_stays_planned),
    (_is_changed_by, "denied"),
    (_is_asked_for, "denied"),
    (_is_untensed, _by_what_follows),
    (lambda clause: clause.is_of("changed"), "stated"),
    (_goes_on, "unclear"),
    (_says_what_was_done, _if_it_lasts),
)
"""The questions in their order, and what the number is where one holds; where none does, that is unclear."""


def is_done(predicate: Predicate) -> bool:
    """Whether a predicate says that something was done; a light verb says what its noun says (確認を行った)."""
    nouns = [word for word in predicate.words if word.pos1 in ("名詞", "形状詞")]
    return is_of("done", *(nouns or predicate.words))


def _stays_planned(text: str, governing: Predicate) -> bool:
    """Whether no later clause says that the plan was carried out (5回を計画し、全て実施した)."""
    later = [*predicates([word for word in morphs(text) if word.begin >= governing.end])]
    done = [found for found in later if found.past and not found.negated and is_done(found)]
    return not done or re.search(r"[0-9]", text[governing.end : done[0].begin]) is not None


def _untensed(text: str, governing: Predicate) -> Verdict:
    """A clause without a tense of its own takes that of the one that it runs on to: 5回開催し、好評を得た."""
    if governing.copula or any(word.normalized_form == "有る" for word in governing.words):
        return "unclear" if any(word.surface.endswith("中") for word in governing.words) else "stated"
    if governing.form != "running":
        return "denied"
    later = [*predicates([word for word in morphs(text) if word.begin >= governing.end])]
    if not later:
        return "stated" if is_done(governing) else "unclear"
    last = later[-1]
    if is_of("changed", *governing.words) and last.past and not last.negated and is_done(last):
        return "stated"  # 2回から3回に増やして開催した
    if last.unreal or last.form == "condition" or not (last.past or last.lasting or last.copula):
        return "unclear"
    return "stated" if is_done(governing) else "unclear"


def _lasting(text: str, governing: Predicate) -> Verdict:
    """A stated number stays so unless the rest of the sentence takes a part of it back (うち2回は中止となった)."""
    rest = text[governing.end :]
    taken = re.search(r"(?:うち|内)[^。]{0,12}[0-9]", rest)
    if taken and any(
        found.negated or is_of("undone", *found.words)
        for found in predicates([word for word in morphs(text) if word.begin >= governing.end])
    ):
        return "unclear"
    return "unclear" if re.match(r"(?:と|とは|か|かは|かどうか)", rest) and governing.form == "quoted" else "stated"


def is_own(word: Morph, own: frozenset[str]) -> bool:
    """Whether a word is one of the nouns of a goal, in whatever form."""
    return word.normalized_form in own or word.surface in own


def deeds(text: str, end: int) -> frozenset[str]:
    """What is said to be done with the number that ends at `end` of a sentence, as verbal nouns.

    >>> [sorted(deeds(text, 5)) for text in ("企業20社を回った。", "地図50部を配った。", "地図50部を作成・配布。")]
    [['訪問'], ['配布'], ['作成', '配布']]
    """
    found = [*predicates([word for word in morphs(text) if word.begin >= end])]
    governing = governing_of(text, end)
    at = next((position for position, each in enumerate(found) if governing and each.begin == governing.begin), 0)
    said: list[Morph] = []
    for predicate in found[at:] if governing else ():
        said += predicate.words
        following = re.split("[。、]", text[predicate.end :].lstrip("、"), maxsplit=1)[0]
        takes_on = predicate.form == "running" and re.search("[をがは]", following) is None
        if not (takes_on or (predicate.bare and text[predicate.end : predicate.end + 1] in ("・", "、"))):
            break
    named = [word.normalized_form for word in said if word.pos1 == "名詞"]
    on_foot = governing is not None and text[end : governing.begin].endswith("足を")
    for word in said:
        is_same = word.normalized_form != "運ぶ" or on_foot  # 足を運んだ, not 荷物を運んだ
        named += _AS_NOUNS.get(word.normalized_form, ()) if is_same else ()
    objects = re.findall(r"([一-龥ァ-ヶー]{2,8}?)金?を$", text[end : governing.begin]) if governing else []
    return frozenset((*named, *objects))
