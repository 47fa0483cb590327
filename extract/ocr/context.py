"""Letters that print alike, told by the letters beside them; where these do not tell, by the picture alone."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from extract.ocr.mark_letters import CIRCLES, CROSSES, MARKS
from extract.ocr.readings import Letter
from extract.ocr.settings import OCR

_STRONG = 80.0
"""How much likelier a letter of katakana is between katakana, and another elsewhere, than the picture says."""

_LEAN = 3.0
"""The same at the end of a word of katakana."""

_FLOOR = 0.02
"""The share of a form that the reader did not name, of two that print alike."""

_AFTER_ONE = "覧般部括式定環層致番連時方切新次回人体歩例律応種台社件つ"
"""What follows 一 in words that stand behind katakana: サービス一覧, コスト一式."""

_STROKES, _STROKE_AND_KANA = "一ー", 2
"""A stroke across, and the letter behind it."""

_ONES = "lI|｜"


_PARTICLES = "のとやがはをにでなもへ"
"""A word of katakana begins behind these; behind another hiragana, り ends the word before: づくりプラン, のリスク."""


def by_context(letters: Sequence[Letter], line_before: str = "") -> tuple[Letter, ...]:
    """The letters of a line, those that print like another settled by their neighbours.

    `line_before` is the last letter of the line that this one goes on from.

    >>> line = [Letter(text, 0.0, 0.9) for text in "セミナ一を一つ二ーズ"]
    >>> "".join(letter.text for letter in by_context(line))
    'セミナーを一つニーズ'
    >>> lines = ("セミナ一参加者", "サ一ビス一覧")
    >>> ["".join(letter.text for letter in by_context([Letter(text, 0.0, 0.9) for text in line])) for line in lines]
    ['セミナー参加者', 'サービス一覧']
    >>> "".join(letter.text for letter in by_context([Letter(text, 0.0, 0.6) for text in "2O5 l2"]))
    '205 12'
    >>> "".join(letter.text for letter in by_context([Letter(text, 0.0, 0.9) for text in "CO2"]))
    'CO2'
    >>> "".join(letter.text for letter in by_context([Letter(text, 0.0, 0.9) for text in "(RI)"]))
    '(R1)'
    >>> "".join(letter.text for letter in by_context([Letter(text, 0.0, 0.9) for text in "イべ"]))
    'イベ'
    >>> "".join(letter.text for letter in by_context([Letter(text, 0.0, 0.9) for text in "_番号力一ド_"]))
    '番号カード'
    >>> [(letter.text, letter.sure) for letter in by_context([Letter(text, 0.0, 0.9) for text in "進抄"])]
    [('進', 0.9), ('捗', 0.5)]
    >>> lines = ("づくリプランのリスクでべビーカー", "ぺーパー")
    >>> ["".join(letter.text for letter in by_context([Letter(text, 0.0, 0.9) for text in line])) for line in lines]
    ['づくりプランのリスクでベビーカー', 'ペーパー']
    """
    settled = _without_low_lines(_by_words(letters))
    for number, letter in enumerate(settled):
        before = settled[number - 1].text if number else line_before
        after = settled[number + 1].text if number + 1 < len(settled) else ""
        if letter.text in _pairs():
            settled[number] = _settled(letter, before, _long_before(settled, number) or after)
        elif (number and _is_digit(before)) or (_is_digit(after) and not (number and _is_latin(before))):
            if letter.text in CIRCLES:
                settled[number] = _as(letter, "0")
            elif letter.text in _ONES:
                settled[number] = _as(letter, "1")
        elif letter.text in _ONES + "1" and _is_first_year(settled, number, after):
            settled[number] = _as(letter, "1")
    return tuple(settled)


def _unless_dust(line: tuple[Letter, ...]) -> tuple[Letter, ...]:
    """A line of letters; of nothing but stops none, for they end something.

    >>> [len(_unless_dust(tuple(Letter(text, 0.5, 0.9) for text in line))) for line in (",。", "1,", "・")]
    [0, 2, 1]
    """
    return () if all(letter.text in _STOPS for letter in line) else line


_STOPS = ",.，．、。:;'"


def _long_before(letters: Sequence[Letter], number: int) -> str:
    """ー where a stroke stands between a letter and katakana: 力一ド is no word, and カード is one."""
    beside = "".join(letter.text for letter in letters[number + 1 : number + 3])
    return "ー" if len(beside) == _STROKE_AND_KANA and beside[0] in _STROKES and _is_katakana(beside[1]) else ""


def _without_low_lines(letters: Sequence[Letter]) -> list[Letter]:
    """The letters without _ where nothing of an address is on both sides: a line under them, or a pencil's."""
    texts = ["", *(letter.text for letter in letters), ""]
    return [
        letter
        for number, letter in enumerate(letters, 1)
        if letter.text != "_" or (_is_address(texts[number - 1]) and _is_address(texts[number + 1]))
    ]


def _is_address(text: str) -> bool:
    return text.isascii() and (text.isalnum() or text == "_")


def by_marks(lines: Sequence[tuple[Letter, ...]], are_bars: Sequence[bool]) -> list[tuple[Letter, ...]]:
    """The lines of a page, letters that stand alone read as marks where they are: a stroke across, a cross.

    A stroke alone is a dash, unless 二 or 三 stand alone too; a cross alone is ×, where other marks stand alone too.

    >>> lines = [(Letter(text, 0.5, 0.9),) for text in "一x○"]
    >>> [line[0].text for line in by_marks(lines, [True, False, False])]
    ['－', '×', '○']
    """
    alone = {line[0].text for line in lines if len(line) == 1}
    is_dash, is_cross = not alone & {"二", "三"}, bool(alone & ({*MARKS} - {*CROSSES}))
    result: list[tuple[Letter, ...]] = []
    for line, is_bar in zip(map(_unless_dust, lines), are_bars, strict=True):
        if is_bar and is_dash and len(line) <= 1:
            result.append((Letter("－", 0.5, 1.0),))
        elif len(line) == 1 and is_cross and line[0].text in CROSSES:
            twins = sum(share for other, share in line[0].others if other in CROSSES)
            result.append((replace(line[0], text="×", sure=min(1.0, line[0].sure + twins), others=()),))
        else:
            result.append(line)
    return result


def by_columns(lines: Sequence[tuple[Letter, ...]], middles: Sequence[float], reach: float) -> list[tuple[Letter, ...]]:
    """The lines of a page; a digit that stands alone below or above Latin letters that stand alone, and the other way,
    is one of two that print alike: which, the picture does not tell.

    `middles` are how far from the left they stand, and what is no farther than `reach` apart stands in one column.

    >>> lines = [(Letter(text, 0.5, 0.99),) for text in "ABA8"]
    >>> [line[0].sure for line in by_columns(lines, [9.0, 9.0, 9.0, 9.0], 2.0)]
    [0.99, 0.99, 0.99, 0.5]
    """
    alone = [
        (middle, line[0].text) for middle, line in zip(middles, lines, strict=True) if len(line) == 1 and line[0].text
    ]
    result: list[tuple[Letter, ...]] = []
    for middle, line in zip(middles, lines, strict=True):
        twin = _TWINS.get(line[0].text) if len(line) == 1 else None
        if twin is not None:
            beside = [text for other, text in alone if abs(other - middle) <= reach]
            like = sum(_is_latin(text) == _is_latin(line[0].text) and text not in _TWINS for text in beside)
            unlike = sum(
                _is_latin(text) != _is_latin(line[0].text)
                and (_is_latin(text) or _is_digit(text))
                and text not in _TWINS
                for text in beside
            )
            if unlike > like:
                line = (replace(line[0], sure=min(line[0].sure, OCR.unsure), others=((twin, OCR.twin),)),)
        result.append(line)
    return result


_TWINS = {"8": "B", "B": "8", "5": "S", "S": "5", "1": "I", "I": "1", "0": "D", "2": "Z", "Z": "2", "6": "G", "G": "6"}
"""Digits and the capital letters that print alike where print is small."""


def _by_words(letters: Sequence[Letter]) -> list[Letter]:
    """The letters of a line, what is no word and looks like one read as that (`misread.csv`), and in doubt."""
    settled = list(letters)
    text = "".join(letter.text for letter in letters)
    if len(text) != len(letters):
        return settled
    for read, means in _misread():
        start = text.find(read)
        while start >= 0:
            for at, meant in enumerate(means, start):
                if settled[at].text != meant:
                    sure = min(settled[at].sure, OCR.unsure)
                    others = ((settled[at].text, sure), *settled[at].others)
                    settled[at] = replace(settled[at], text=meant, sure=sure, others=others)
            start = text.find(read, start + len(read))
    return settled


@cache
def _misread() -> tuple[tuple[str, str], ...]:
    text = files("extract.ocr").joinpath("misread.csv").read_text(encoding="utf-8")
    return tuple((row["read"], row["means"]) for row in csv.DictReader(text.splitlines()))


def _settled(letter: Letter, before: str, after: str) -> Letter:
    katakana, other = _pairs()[letter.text]
    shares = {letter.text: letter.sure, **dict(letter.others)}
    weight = _weight(katakana, before, after)
    kana, rest = weight * max(shares.get(katakana, 0.0), _FLOOR), max(shares.get(other, 0.0), _FLOOR)
    chosen = katakana if kana > rest else other
    return _as(letter, chosen)


def _weight(katakana: str, before: str, after: str) -> float:
    """How much likelier than the picture says katakana is."""
    left, right = _is_katakana(before), _is_katakana(after)
    if katakana == "ー":  # it goes on from a kana before it
        if left:
            return _LEAN if after and after in _AFTER_ONE else _STRONG
        return 1.0 if _is_hiragana(before) and not _is_kanji(after) else 1 / _STRONG
    if after == "ー" or (left and right):
        return _STRONG
    if katakana in "ベペ" and (left or (right and (not before or _is_hiragana(before)))):
        return _STRONG  # no word ends in べ or ぺ before one of katakana, and none begins with them behind one
    if right and _is_hiragana(before) and katakana == "リ":
        return _STRONG if before in _PARTICLES else 1 / _STRONG
    if left or right:
        other = after if left else before
        return 1.0 if _is_kanji(other) or _is_hiragana(other) else _LEAN
    return 1 / _STRONG


def _as(letter: Letter, text: str) -> Letter:
    """The letter read as another that prints like it. What the picture cannot tell is no doubt of the picture's."""
    if letter.text == text:
        twin = {other for pair in _pairs().get(text, ()) for other in pair} | set(CIRCLES + _ONES)
    else:
        twin = {letter.text, text}
    both = letter.sure + sum(share for other, share in letter.others if other in twin)
    return replace(letter, text=text, sure=min(1.0, both), others=tuple(o for o in letter.others if o[0] not in twin))


@cache
def _pairs() -> dict[str, tuple[str, str]]:
    """Pairs of letters that print alike (`lookalikes.csv`), by either."""
    text = files("extract.ocr").joinpath("lookalikes.csv").read_text(encoding="utf-8")
    rows = [(row["katakana"], row["other"]) for row in csv.DictReader(text.splitlines())]
    return {form: row for row in rows for form in row}


@cache
def look_alikes() -> dict[str, str]:
    """Of each letter that prints like another one, the one that stands for both."""
    circles = dict.fromkeys(CIRCLES + "0", "○")
    return {form: pair[0] for form, pair in _pairs().items()} | circles | dict.fromkeys(_ONES + "1", "1")


def _is_digit(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _is_first_year(letters: Sequence[Letter], number: int, after: str) -> bool:
    """Whether a letter is all that follows the initial of an era: R1 is a year, and RI no word."""
    if not number or letters[number - 1].text not in _ERAS or _is_latin(after) or _is_digit(after):
        return False
    return number < 2 or not letters[number - 2].text.isalnum()


_ERAS = "RHSＲＨＳ"
"""The initials of 令和, 平成 and 昭和."""


def _is_latin(text: str) -> bool:
    return text.isascii() and text.isalpha()


def _is_katakana(text: str) -> bool:
    return "ァ" <= text <= "ヺ" or text == "ー"


def _is_hiragana(text: str) -> bool:
    return "ぁ" <= text <= "ゖ"


def _is_kanji(text: str) -> bool:
    return "\u4e00" <= text <= "\u9fff" and text not in _pairs()
