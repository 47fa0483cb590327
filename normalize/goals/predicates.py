"""Predicates: what the clauses of a sentence say was, was not or is to be done. By SudachiPy's words, no syntax tree.

A predicate begins with a verb, an adjective, a verbal noun (実施した, 実施。) or a noun with だ, and holds the
auxiliaries behind it, also where they stand apart: することができた, するには至らなかった, したところである,
しなければならない.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from normalize.goals.clause_words import clause_words
from normalize.language.tokens import Morph

Form = Literal["final", "contrast", "cause", "running", "relative", "condition", "quoted", "nominal"]
"""How a clause goes on: it ends, ends in が, ends in ので, runs on (し、), qualifies a noun, is a condition, is what is
said or asked (と, か), or is a noun itself (するに当たり)."""

_NEGATIONS: Final = ("ない", "ず", "無い", "まい")
_UNREAL: Final = ("たい", "べし", "らしい", "まい", "みたい", "む", "う", "様", "欲しい")
_COPULA: Final = ("だ", "です")
_LIGHT: Final = (
    "為る",
    "成る",
    "有る",
    "行う",
    "出来る",
    "至る",
    "無い",
    "致す",
    "居る",
    "得る",
    "受ける",
    "入る",
    "図る",
    "来す",
    "行く",
)
"""Verbs that say little without the noun in front of them: 中止となる, 検討を行う, 苦情を受ける."""

_CONTRAST: Final = ("が", "けれど", "けれども", "けど", "のに", "ものの", "し")
_CAUSE: Final = ("ので", "から", "ため", "為")
_CONDITION: Final = ("ば", "と", "たら", "なら", "ても", "とも")
_PADDING: Final = ("所", "物", "の", "訳", "次第", "状況")
"""Nouns that with だ only round a predicate off: 実施したところである."""

_MOST_LEANT: Final = 4
"""Words between a light verb and its noun are fewer: 検討 をも 行う."""

_DONE_WITH: Final = ("済み", "済")
"""What makes a verbal noun in front of it done: 設置済みで."""

_PARTICLES: Final = (
    "おく",
    "つく",
    "よる",
    "対する",
    "関する",
    "係る",
    "伴う",
    "基づく",
    "わたる",
    "際する",
    "当たる",
    "かける",
)
"""Verbs that behind に are no predicate but part of a particle: において, による, に対し."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate from `begin` to `end` of the text that its words were cut from.

    `words` are what it says (実施, 出来る), with the noun that a light verb leans on (中止 of 中止となる). `bare` is a
    verbal noun without a verb. `unreal` is wished, decided, due or supposed. `head` is the noun that it qualifies.
    """

    begin: int
    end: int
    words: tuple[Morph, ...]
    negated: bool
    past: bool
    lasting: bool
    unreal: bool
    form: Form
    head: Morph | None = None
    bare: bool = False
    copula: bool = False


def predicates(words: Sequence[Morph]) -> Iterator[Predicate]:
    """The predicates of a sentence, from left to right.

    >>> from normalize.language.tokens import morphs
    >>> [(p.words[0].surface, p.negated, p.form) for p in predicates(morphs("5回を計画したが、実施できなかった"))]
    [('計画', False, 'contrast'), ('実施', True, 'final')]
    """
    words = [word for word in words if word.pos1 != "空白"]
    at = 0
    while at < len(words):
        found = _starts(words, at)
        if found is None:
            at += 1
            continue
        predicate, at = _read(words, at, found)
        yield predicate


def is_verbal(word: Morph) -> bool:
    """Whether a word is a noun that する makes a verb."""
    return word.pos1 == "名詞" and word.pos3 == "サ変可能"


def _starts(words: Sequence[Morph], at: int) -> Literal["verb", "copula", "bare"] | None:
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) else None
    if word.normalized_form == "過ぎる" and at and words[at - 1].surface == "に":
        return "copula"  # 8社にすぎない
    if word.pos1 in ("動詞", "形容詞"):
        return None if _is_particle(words, at) else "verb"
    if word.pos1 == "助動詞" and word.normalized_form in _COPULA and at and words[at - 1].pos1 != "動詞":
        return "copula"
    if _says_something(word):
        if (
            following is not None
            and following.pos1 == "動詞"
            and following.normalized_form in (*_LIGHT, "頂く", "下さる")
        ):
            return "verb"
        if following is not None and following.normalized_form in _DONE_WITH:
            return "verb"
        if following is None or following.surface in ("。", "、", "(", ")", "・", "\n", ";", "」", "』"):
            return "bare"
    return None


def _is_particle(words: Sequence[Morph], at: int) -> bool:
    word = words[at]
    return (
        at > 0
        and words[at - 1].surface == "に"
        and {word.dictionary_form, word.normalized_form} & {*_PARTICLES} != set()
    )


def _says_something(word: Morph) -> bool:
    if is_verbal(word):
        return True
    known = clause_words()
    return word.pos1 in ("名詞", "形状詞") and any(
        word.normalized_form in known[sense] for sense in ("planned", "undone", "changed", "asked")
    )


@dataclass(slots=True)
class _Draft:
    """What has been read of a predicate so far."""

    said: list[Morph]
    negations: int = 0
    past: bool = False
    lasting: bool = False
    unreal: bool = False

    def take(self, word: Morph) -> None:
        """Take in a word of the predicate."""
        form = word.normalized_form
        self.negations += form in _NEGATIONS
        self.past = self.past or (form == "た" and word.pos1 == "助動詞")
        self.unreal = self.unreal or (word.pos1 in ("助動詞", "形状詞") and form in _UNREAL)
        self.unreal = self.unreal or word.conjugation.startswith(("意志推量形", "命令形")) or form == "欲しい"

    def again(self, word: Morph) -> None:
        """Take in a verb behind こと or て that the tense is told by."""
        self.past = False
        self.take(word)


def _read(words: Sequence[Morph], at: int, kind: Literal["verb", "copula", "bare"]) -> tuple[Predicate, int]:
    first = words[at]
    draft = _Draft([*_leant_on(words, at), first])
    draft.take(first)
    end = at + 1
    while kind != "bare" and (taken := _goes_on(words, end, draft)):
        end = taken
    form, head = ("final", None) if end >= len(words) else _form(words, end, draft)
    if kind == "bare":
        form = "running" if end < len(words) and words[end].surface in ("、", "・") else "final"
    predicate = Predicate(
        begin=first.begin,
        end=words[end - 1].end,
        words=tuple(draft.said),
        negated=draft.negations % 2 == 1 and first.normalized_form != "過ぎる",
        past=draft.past or kind == "bare",
        lasting=draft.lasting,
        unreal=draft.unreal or (draft.negations > 0 and draft.negations % 2 == 0),
        form=form,
        head=head,
        bare=kind == "bare",
        copula=kind == "copula",
    )
    return predicate, end


def _is_case(word: Morph) -> bool:
    return word.pos1 == "助詞" and word.surface in "とにをがはもで"


def _leant_on(words: Sequence[Morph], at: int) -> list[Morph]:
    """The noun that a light verb or だ leans on: of 中止となる, 検討を行う, 予定である."""
    if words[at].normalized_form not in (*_LIGHT, *_COPULA):
        return []
    before = at - 1
    while before >= 0 and at - before < _MOST_LEANT and _is_case(words[before]):
        before -= 1
    noun = words[before] if before >= 0 else None
    if noun is not None and noun.surface == "中" and noun.pos1 == "接尾辞":
        return [*words[max(0, before - 1) : before], noun]  # 協議中である
    if noun is None or noun.pos1 not in ("名詞", "形状詞") or noun.pos3 == "助数詞可能" or noun.pos2 == "数詞":
        return []
    return [noun]


def _goes_on(words: Sequence[Morph], at: int, draft: _Draft) -> int | None:
    """The offset behind the next part of a predicate; None where it has ended."""
    word = words[at] if at < len(words) else None
    following = words[at + 1] if at + 1 < len(words) else None
    if word is None:
        return None
    if word.normalized_form in _DONE_WITH:
        return _behind_done(words, at + 1, draft)
    if word.pos1 == "助動詞" or (word.pos1 == "形状詞" and word.pos2 == "助動詞語幹"):
        draft.take(word)
        return at + 1
    if word.pos1 == "動詞" and word.pos2 == "非自立可能" and words[at - 1].pos1 in ("動詞", "名詞", "助動詞"):
        draft.take(word)
        draft.said.append(word)
        return at + 1
    if word.surface in ("て", "で") and word.pos2 == "接続助詞" and following is not None:
        return _behind_te(words, at + 1, draft)
    if word.surface == "に" and following is not None:
        return _behind_ni(words, at, draft)
    if word.surface == "ば" and words[at - 1].normalized_form in _NEGATIONS and following is not None:
        draft.unreal = True  # しなければならない
        return at + 1
    if word.pos1 in ("名詞", "助詞") and word.normalized_form in ("事", "こと", *_PADDING):
        return _behind_noun(words, at, draft)
    return None


def _behind_done(words: Sequence[Morph], at: int, draft: _Draft) -> int:
    """設置済みで, 設置済みではない."""
    draft.past = draft.lasting = True
    here = at
    while here < len(words) and words[here].surface in ("で", "に", "と", "は", "も"):
        here += 1
    if here > at and here < len(words) and words[here].normalized_form in (*_NEGATIONS, "無い"):
        draft.negations += 1
        return here + 1
    return min(here, at + 1)


def _behind_te(words: Sequence[Morph], at: int, draft: _Draft) -> int | None:
    """している, していない, してはいない, してほしい."""
    here = at
    while here < len(words) and words[here].surface in ("は", "も", "すら"):
        here += 1
    if here >= len(words):
        return None
    word = words[here]
    if (word.pos1, word.pos2) in (("動詞", "非自立可能"), ("形容詞", "非自立可能")):
        draft.lasting = draft.lasting or word.normalized_form in ("居る", "有る", "おる")
        draft.past = False
        draft.take(word)
        return here + 1
    return None


def _behind_ni(words: Sequence[Morph], at: int, draft: _Draft) -> int | None:
    """せずに終わった, するには至らなかった."""
    here = at + 1
    while here < len(words) and words[here].surface in ("は", "も", "まで"):
        here += 1
    if here >= len(words) or words[here].pos1 != "動詞":
        return None
    behind_not = words[at - 1].normalized_form == "ず"
    if not behind_not and words[here].normalized_form not in ("至る", "及ぶ", "届く"):
        return None
    draft.said.append(words[here])
    draft.again(words[here])
    return here + 1


def _behind_noun(words: Sequence[Morph], at: int, draft: _Draft) -> int | None:
    """することができた, することとした, することはなかった, したところである."""
    here = at + 1
    particles = ""
    while here < len(words) and words[here].pos1 == "助詞":
        particles += words[here].surface
        here += 1
    if here >= len(words):
        return None
    word, noun = words[here], words[at].normalized_form
    if noun in ("事", "こと"):
        if word.normalized_form == "出来る" or word.normalized_form in _NEGATIONS:
            draft.again(word)
            return here + 1
        if particles in ("と", "に") and word.normalized_form in ("為る", "成る", "致す"):
            draft.unreal = True
            draft.take(word)
            return here + 1
        return None
    if word.normalized_form in ("有る", *_NEGATIONS) and particles in ("では", "でも"):
        draft.take(word)  # したわけではない, したわけではありません
        return here + 1
    if not particles.strip("は") and word.normalized_form in _COPULA:
        draft.take(word)
        return _behind_copula(words, here + 1, draft)
    return None


def _behind_copula(words: Sequence[Morph], at: int, draft: _Draft) -> int:
    """したところである, したわけではない."""
    here = at
    while here < len(words) and words[here].surface in ("は", "も"):
        here += 1
    word = words[here] if here < len(words) else None
    if word is None or word.normalized_form not in ("有る", *_NEGATIONS):
        return at
    draft.negations += word.normalized_form in _NEGATIONS
    return here + 1


def _form(words: Sequence[Morph], at: int, draft: _Draft) -> tuple[Form, Morph | None]:
    """How the clause goes on behind its predicate."""
    last, following = words[at - 1], words[at]
    if last.conjugation.startswith("仮定形"):
        return "condition", None
    if following.pos1 == "補助記号":
        runs = last.conjugation.startswith("連用形") or last.surface in ("て", "で")
        return ("running" if runs and following.surface not in "。)" else "final"), None
    if following.pos2 == "接続助詞":
        if following.surface in ("て", "で", "ながら", "つつ"):
            return "running", None
        if following.surface in _CONDITION:
            return ("condition" if following.surface != "と" or not draft.past else "quoted"), None
        return ("cause" if following.surface in _CAUSE else "contrast"), None
    if following.pos1 == "助詞":
        return _before_particle(words, at), None
    if following.pos1 in ("名詞", "代名詞", "接頭辞", "形状詞", "連体詞") and last.conjugation.startswith(
        ("連体形", "終止形")
    ):
        if following.normalized_form in _CAUSE and draft.past:
            return "cause", None
        return "relative", following
    return ("running" if last.conjugation.startswith("連用形") else "final"), None


def _before_particle(words: Sequence[Morph], at: int) -> Form:
    surface = words[at].surface
    if surface in _CONTRAST and surface != "が":
        return "contrast"
    if surface == "が":
        return "contrast"
    if surface == "と" and at + 1 < len(words) and words[at + 1].normalized_form in ("とも", "共"):
        return "running"  # 開催するとともに
    if surface in ("と", "か", "との"):
        return "quoted"
    if surface == "など":
        return "running"
    if surface in ("ので", "から"):
        return "cause"
    return "nominal"
