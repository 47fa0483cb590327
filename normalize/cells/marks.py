"""Judgements as they are printed: a mark or letter alone or before its words, a word, a direction."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from normalize.cells.amounts import is_absent
from normalize.cells.choices import MARKS, are_opposites, options_listed
from normalize.cells.years import years_named
from normalize.document.text_span import Excerpt, Place
from normalize.grades.conditions import is_on_condition
from normalize.text.folding import enumerator, fold_mark, squeeze, unquoted, without_bullet
from normalize.text.periods import period_of
from normalize.text.text_cache import kept
from schemas.codes import directions, printed_marks

SCHEME: Final = "general"
"""Marks, letters and options as they are printed: nothing is known of their rank."""

DIRECTION_SCHEME: Final = "general-direction"

_HEAD: Final = re.compile(
    r"\s*(?P<mark>\S)\s*(?:[.:：．、，)）]|\s|(?=[一-龥ぁ-んァ-ヶ(（]))\s*(?P<words>\S.*)?", re.DOTALL
)
_ALIKE: Final = "".join(mark.printed for mark in printed_marks() if mark.mark in MARKS)
_JUDGING: Final = "[" + MARKS + _ALIKE + "".join(chr(ord(mark) + 0xFEE0) for mark in MARKS if mark.isascii()) + "]"
"""Any spelling of a letter or mark that judges, full-width letters with them."""

_WAVERING: Final = re.compile(
    rf"\s*{_JUDGING}\s*(?:に(?!て)|とは|とも|では|より|ほど|まで|から|寄り|又は|または|若しくは|もしくは|あるいは|相当(?=の|以)|以外|未満|以上|以下|か(?={_JUDGING})).*"
)
"""What begins with a mark and does not give it: Aに近いB, A又はB, Aとは言えない."""

_OPEN_REMARK: Final = re.compile(r".*\S\s*(?P<remark>[(（][^()（）]*[)）])\s*")
_NOT_SETTLED: Final = frozenset({"仮", "仮評価", "案", "予定", "未定", "調整中", "検討中", "協議中"})
_TO: Final = re.compile(r"\s*(?:→|⇒|➡)\s*")
_OF_ANOTHER_YEAR: Final = re.compile("前年|昨年|前回|次年|来年|翌年|[0-9]年度|[RH][0-9]")

_ALONE: Final = re.compile(rf"(?<![A-Za-zＡ-Ｚａ-ｚ]){_JUDGING}(?![A-Za-zＡ-Ｚａ-ｚ])")

_SUFFIXED: Final = re.compile(rf"(?P<mark>{_JUDGING})\s*[+＋*＊\-－—]")
_GRADE: Final = re.compile(
    rf"(?P<mark>{_JUDGING})\s*(?:評価|ランク|判定)|(?:評価|ランク|判定)\s*[:：]?\s*(?P<behind>{_JUDGING})"
)
_BRACKETED: Final = re.compile(
    rf"\s*(?:[(（\[［【〔]\s*(?P<closed>{_JUDGING})\s*[)）\]］】〕]|[(（][^()（）]{{2,}}[)）]\s*(?P<behind>{_JUDGING}))\s*"
)
"""A mark in brackets, or behind what brackets say of another time: (A), (前年度B)A."""

_NOTED: Final = re.compile(r"(?<=\S)\s*※\s*[0-9０-９]{0,2}\s*$")
_POINTED: Final = re.compile(
    rf"[0-9０-９]{{1,3}}\s*(?:点|％|%)\s*[(（]\s*(?P<mark>{_JUDGING})\s*(?:評価|ランク|判定)?\s*[)）]"
)
"""Points, and the mark that they make in brackets: 75点（A）."""

_CLOSED: Final = re.compile(r"\s*[(（\[［【〔]\s*([^()（）\[\]［］【】〔〕]+?)\s*[)）\]］】〕]\s*")
"""Words in brackets, and nothing else: （　継続　）."""

_PARTED: Final = re.compile("[・、/／]")

_LONGEST: Final = 32
"""Characters; a longer text is the prose about a judgement."""

_SHORT: Final = 14
"""Characters of an option that ends in a full stop (上がっている。); a longer one is a sentence."""

_UNANSWERED: Final = 3
"""So many options side by side are the form's, and the one that was meant is drawn around or not printed."""


def is_judgement(text: str) -> bool:
    """Whether a cell beside 評価 holds a judgement rather than the prose about it, a rate, a question, or its options.

    >>> is_judgement("B.順調に推移していない"), is_judgement("参加者が増え、目標を上回った。"), is_judgement("85％")
    (True, False, False)
    >>> is_judgement("目的を達しているか"), is_judgement("高い・普通・低い")
    (False, False)
    """
    squeezed = squeeze(text)
    if not squeezed or "。" in squeezed[:-1] or (squeezed[-1] == "。" and len(squeezed) > _SHORT) or is_absent(text):
        return False
    if re.fullmatch(r"[\d.,]+%|.*(?:[るいたなき]か\??|\?)", squeezed):
        return False
    if are_open(text):
        return False
    return len(squeezed) <= _LONGEST or mark_of(text) is not None


def are_open(text: str) -> bool:
    """Whether a text lists what can be said, and nothing tells which of it is: 高い・普通・低い, 有・無."""
    if _BRACKETED.fullmatch(text):
        return False  # one mark: ［　Ａ　］
    listed = options_listed(Excerpt.of(text.strip(), Place(0)))
    return (len(listed) >= _UNANSWERED or are_opposites(text)) and direction_of(text) is None


def is_unsettled(text: str) -> bool:
    """Whether a judgement or a direction is not given yet, of a part of the year, or between two: A（仮）, Aに近いB.

    >>> [is_unsettled(text) for text in ("A（仮）", "継続（案）", "A（上半期）", "Aに近いB", "A又はB")]
    [True, True, True, True, True]
    >>> [is_unsettled(text) for text in ("A（条件付き）", "B→A", "継続→縮小", "継続（見直しのうえ）", "→")]
    [True, True, True, True, False]
    >>> [is_unsettled(text) for text in ("A（順調）", "○ おおむね達成", "継続（令和9年度まで）", "A")]
    [False, False, False, False]
    """
    if _WAVERING.fullmatch(text) or is_on_condition(text) or _leads_on(text):
        return True
    found = _OPEN_REMARK.fullmatch(text)
    said = squeeze(found["remark"]) if found is not None else ""
    return (
        said.strip("()") in _NOT_SETTLED
        or _turns(text, said.strip("()"))
        or (bool(said) and period_of(said) != "year" and not years_named(said))
    )


def _leads_on(text: str) -> bool:
    """Whether an arrow leads from one mark or direction to another: B→A, 継続→縮小."""
    parts = [re.sub(r"[(（][^()（）]*[)）]$", "", part) for part in _TO.split(text.strip())]
    return len(parts) > 1 and all(mark_of(part) is not None or direction_of(part) is not None for part in parts)


def _turns(text: str, remark: str) -> bool:
    """Whether a direction or a mark is given with another one in brackets: 継続（見直しのうえ）, A（外部評価B）.

    What is done with a part (縮小（一部廃止）) and what was said another year (A（前年度B）) change nothing.
    """
    if squeeze(text) in _directions():
        return False
    if (told := direction_of(text)) is not None:
        if told == "reduce" and "一部" in remark:
            return False
        return any(code != told for word, code in _directions().items() if len(word) > 1 and word in remark)
    marked = mark_of(text)
    others = {fold_mark(one, MARKS) for one in _ALONE.findall(remark)} - {None}
    return marked is not None and _OF_ANOTHER_YEAR.search(remark) is None and bool(others - {marked})


@kept(20_000)
def mark_of(text: str) -> str | None:
    """The letter or mark that a judgement prints, alone or before its words.

    >>> mark_of("Ａ"), mark_of("B.改善の余地がある"), mark_of("〇 概ね達成"), mark_of("順調"), mark_of("A評価")
    ('A', 'B', '○', None, 'A')
    >>> mark_of("（Ｂ）"), mark_of("（前年度Ｂ）Ａ"), mark_of("75点（A）"), mark_of("75点（満点）")
    ('B', 'A', 'A', None)
    """
    text = _NOTED.sub("", text)
    alone = fold_mark(unquoted(text.strip()), MARKS)
    if alone is not None:
        return alone
    if graded := _GRADE.fullmatch(text.strip()):
        return fold_mark(graded["mark"] or graded["behind"], MARKS)
    if pointed := _POINTED.fullmatch(text.strip()):
        return fold_mark(pointed["mark"], MARKS)
    if bracketed := _BRACKETED.fullmatch(text):
        return fold_mark(bracketed["closed"] or bracketed["behind"], MARKS)
    if suffixed := _SUFFIXED.fullmatch(text.strip()):
        return squeeze(suffixed[0])
    match = _HEAD.fullmatch(text)
    if match is None or not match["words"]:
        return None
    mark = fold_mark(match["mark"], MARKS)
    is_letter = mark is not None and mark.isascii()
    is_parted = not re.match(r"\s*\S[A-Za-zァ-ヶ]", text)
    return mark if mark is not None and (is_parted or not is_letter) else None


@kept(20_000)
def direction_of(text: str) -> str | None:
    """The code of a direction, an enumerator or a letter before it aside; None for words that the data does not hold.

    >>> direction_of("現状維持"), direction_of("Ａ 拡充"), direction_of("１．縮小"), direction_of("別途検討")
    ('continue', 'expand', 'reduce', None)
    >>> direction_of("（　継続　）"), mark_of("［　Ａ　］")
    ('continue', 'A')
    """
    known = _directions()
    words = unquoted(without_bullet(text).strip())
    numbered = enumerator(words)
    shapes = [words, numbered[1] if numbered else words, re.sub(r"^\s*\S\s*[.:：．、\s)）]\s*", "", words)]
    shapes += [closed[1] for shape in shapes if (closed := _CLOSED.fullmatch(shape))]
    shapes += [re.sub(r"[(（].*[)）]$", "", shape) for shape in shapes]
    shapes += [shape.rstrip("。") for shape in shapes]
    shapes += [re.sub(r"(?:とする|する|していく)$", "", shape) for shape in shapes]
    told = next((known[key] for shape in dict.fromkeys(shapes) if (key := squeeze(shape)) in known), None)
    if told is None and len(codes := {known.get(squeeze(part)) for part in _PARTED.split(words)}) == 1:
        told = codes.pop()  # 維持・継続
    return told


@lru_cache(maxsize=1)
def _directions() -> dict[str, str]:
    return {squeeze(word): code for word, code in directions().items()}
