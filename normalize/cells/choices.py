"""Marks among marks: the option that a form's writer chose, ● among ○, ■ among □, ☑ among ☐."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from normalize.cells.opposites import end_in_opposites
from normalize.document.text_span import Excerpt, Place
from normalize.text.folding import fold_mark, squeeze
from schemas.codes import directions, option_marks, printed_marks, scheme_grades

FAMILIES: Final = tuple((option_marks(family, True), option_marks(family, False)) for family in ("circle", "square"))
"""For each family of options the marks that choose and those that leave open."""

MARKS: Final = "".join(grade.grade for grade in scheme_grades() if grade.grade_scheme_id == "general")
"""Letters and marks that judge where they stand alone: the grades of the scheme of forms without one."""

LETTERS: Final = "".join(letter + chr(ord(letter) + 0xFEE0) for letter in MARKS if letter.isascii())
"""The letters among them, narrow and wide."""

_MARK: Final = re.compile("[" + "".join(mark.printed for mark in printed_marks() if mark.family) + "]")


_RINGED: Final = re.compile("[Ⓐ-ⓩ①-⑨]")

_CHOOSING: Final = "".join(FAMILIES[0]) + FAMILIES[1][0]
"""Marks that choose where no other is printed: any circle, a filled square, a tick."""

_LINE_END: Final = re.compile(r"\s*\n\s*")
_BETWEEN: Final = re.compile(r"[・/／、,，|｜\s]+")
_NUMBERED: Final = re.compile(
    r"(?:(?<=[・/／、,，|｜\s])|^)"
    r"(?P<number>[①-⑳]|[(（]?(?:[0-9０-９]{1,2}(?![0-9０-９,，])|[A-EＡ-Ｅ](?=[\s.．:：)）]))[)）.．:：]?)\s*(?=[^\s0-9０-９])"
)
_ANSWER: Final = re.compile(r"[【\[（(]\s*(?P<answer>[0-9０-９A-EＡ-Ｅ])\s*[】\]）)]\s*$")
"""The answer behind options, in brackets."""

_LONGEST_OPTION: Final = 16
_LEAST_OPTIONS: Final = 3
_LEAST_PAIR: Final = 2


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a cell, and those of them that are marked. `marks` are the marks themselves."""

    chosen: tuple[Excerpt, ...]
    others: tuple[Excerpt, ...]
    marks: tuple[Excerpt, ...]


def options_of(text: Excerpt) -> Options | None:
    """The options that a cell prints, each behind its mark; None where it prints no set of options.

    A set has at least two marks of one family. Where none is filled in, nothing is chosen. Letters and numbers are
    options where one of them has a ring around it.

    >>> from normalize.document.text_span import Place
    >>> options = options_of(Excerpt.of("○ 拡充　● 継続\\n○ 縮小", Place(0)))
    >>> [option.text for option in options.chosen], [option.text for option in options.others]
    (['継続'], ['拡充', '縮小'])
    >>> options_of(Excerpt.of("○ 概ね達成", Place(0))) is None
    True
    >>> [option.text for option in options_of(Excerpt.of("A Ⓑ C", Place(0))).chosen]
    ['Ⓑ']
    >>> [option.text for option in options_of(Excerpt.of("ある\\n○ない", Place(0))).chosen]
    ['ない']
    >>> options_of(Excerpt.of("○灯を新しいものに替えて点検もした。\\n○塔を白く塗り直した。", Place(0))) is None
    True
    """
    for filled, hollow in FAMILIES:
        marks = [match for match in re.finditer(f"[{filled}{hollow}]", text.text) if _stands_alone(text.text, match)]
        if len(marks) < 2 or not any(match[0] in hollow for match in marks):
            continue
        if text.text[: marks[0].start()].strip():
            continue
        ends = [match.start() for match in marks[1:]] + [len(text.text)]
        options = [(match, text.slice(match.end(), end).strip()) for match, end in zip(marks, ends, strict=True)]
        if not any(match[0] in filled for match in marks) and any(_is_told(option.text) for _, option in options):
            continue  # ○ before sentences is a bullet
        return Options(
            tuple(option for match, option in options if match[0] in filled and option),
            tuple(option for match, option in options if match[0] not in filled and option),
            tuple(text.slice(*match.span()) for match in marks),
        )
    readings = (_ringed, _one_ringed, _one_of_opposites, _among_bullets, _by_ringed_number, _by_last_number)
    return next((said for read in readings if (said := read(text)) is not None), None)


def _is_told(option: str) -> bool:
    """Whether what stands behind a mark is a sentence, longer than any option that ends as one does."""
    return option.endswith("。") and len(squeeze(option)) > _LONGEST_OPTION


def _ringed(text: Excerpt) -> Options | None:
    """The options of one character each, one of which has a ring around it."""
    marks = list(re.finditer(r"[^\s・/／、,，|｜]", text.text))
    ringed = [match for match in marks if _RINGED.fullmatch(match[0])]
    if len(marks) < 2 or len(ringed) != 1 or len({squeeze(match[0]) for match in marks}) != len(marks):
        return None
    if any(fold_mark(match[0], MARKS) is None and not match[0].isdigit() for match in marks):
        return None
    parts = [text.slice(*match.span()) for match in marks if match is not ringed[0]]
    return Options((text.slice(*ringed[0].span()),), tuple(parts), ())


def _one_ringed(text: Excerpt) -> Options | None:
    """The option of a list in one line that alone has a mark in front of it: A・○B・C."""
    listed = options_listed(text) if _MARK.search(text.text) else []
    marked = [part for part in listed if _MARK.match(part.text) and len(part.text.strip()) > 1]
    if len(listed) < _LEAST_OPTIONS or len(marked) != 1 or len(_MARK.findall(text.text)) != 1:
        return None
    (ringed,) = marked
    others = tuple(part for part in listed if part is not ringed)
    return Options((ringed.slice(1).strip(),), others, (ringed.slice(0, 1),))


def _one_of_opposites(text: Excerpt) -> Options | None:
    """The option with the one mark among opposites, or directions, of which the others have none: ○ある, ない.

    They stand on a line each, or in one line. Other words behind a mark may go on in the next line.
    """
    marks = [match for match in _MARK.finditer(text.text) if _stands_alone(text.text, match)]
    if len(marks) != 1 or marks[0][0] not in _CHOOSING:
        return None
    parts = text.split(_LINE_END) if "\n" in text.text.strip() else _options_beside(text, marks[0])
    found = _one_marked(text, parts, marks[0])
    words = [] if found is None else [_word_of(option) for option in _in_order(found)]
    return found if _are_scale(words) or end_in_opposites(words) else None


def one_marked_line(text: Excerpt) -> Options | None:
    """The option of a judgement with the one mark, on a line behind others without one; None where nothing tells that.

    Behind a mark on the first line the others may be its end, but where one line is part of another.

    >>> from normalize.document.text_span import Place
    >>> def chosen(text):
    ...     found = one_marked_line(Excerpt.of(text, Place(0)))
    ...     return [option.text for option in found.chosen] if found else None
    >>> chosen("順調\\n○やや遅れ\\n遅れ"), chosen("○順調\\n概ね順調"), chosen("○計画どおり\\n進んだ")
    (['やや遅れ'], ['順調'], None)
    """
    marks = [match for match in _MARK.finditer(text.text) if _stands_alone(text.text, match)]
    if len(marks) != 1 or marks[0][0] not in _CHOOSING or "\n" not in text.text.strip():
        return None
    found = _one_marked(text, text.split(_LINE_END), marks[0])
    if found is None or text.text[: marks[0].start()].strip():
        return found
    (chosen,) = map(_word_of, found.chosen)
    return found if any(chosen in word or word in chosen for word in map(_word_of, found.others)) else None


def _one_marked(text: Excerpt, parts: Sequence[Excerpt], mark: re.Match[str]) -> Options | None:
    """The options of a text, of which the one behind its mark is chosen; None where a part is blank or too long."""
    led = [re.match(rf"\s*{re.escape(mark[0])}\s*", part.text) for part in parts]
    options = [part.slice(lead.end() if lead else 0).strip() for part, lead in zip(parts, led, strict=True)]
    words = [_word_of(option) for option in options]
    if sum(lead is not None for lead in led) != 1 or not all(0 < len(word) <= _LONGEST_OPTION for word in words):
        return None
    if len(set(words)) < len(words) or len(words) < _LEAST_PAIR:
        return None
    at = next(at for at, lead in enumerate(led) if lead is not None)
    others = tuple(option for option in options if option is not options[at])
    return Options((options[at],), others, (text.slice(*mark.span()),))


def _in_order(options: Options) -> list[Excerpt]:
    return sorted((*options.chosen, *options.others), key=lambda option: option.start)


def _word_of(option: Excerpt) -> str:
    return squeeze(_without_number(option.text)).rstrip("。") or squeeze(option.text)


def _are_scale(words: Sequence[str]) -> bool:
    """Whether words are several directions, or different letters that judge."""
    are_letters = bool(words) and all(fold_mark(word, MARKS) for word in words)
    return are_letters or (len(words) >= _LEAST_OPTIONS and set(words) <= _direction_words())


def _options_beside(text: Excerpt, mark: re.Match[str]) -> list[Excerpt]:
    """The options of one line, the mark with the option behind it."""
    behind = re.match(r"\s*[^・/／、,，|｜\s]+", text.text[mark.end() :])
    if behind is None:
        return []
    end = mark.end() + behind.end()
    before, after = text.slice(0, mark.start()), text.slice(end)
    around = [[part for part in side.split(_BETWEEN) if part] for side in (before, after)]
    return [*around[0], text.slice(mark.start(), end), *around[1]]


def _by_ringed_number(text: Excerpt) -> Options | None:
    """The one of the options that count on from 1 whose number has a ring around it: １ 拡充　② 継続　３ 縮小."""
    listed = options_listed(text)
    numbers = [_NUMBERED.match(part.text) for part in listed]
    told = [(part, number) for part, number in zip(listed, numbers, strict=True) if number is not None]
    ringed = [(part, number) for part, number in told if _RINGED.search(number["number"])]
    counted = [_number_of(part.text) for part, _ in told]
    if (
        len(told) != len(listed)
        or len(listed) < _LEAST_PAIR
        or len(ringed) != 1
        or counted != [str(n + 1) for n in range(len(listed))]
    ):
        return None
    ((chosen, number),) = ringed
    others = tuple(part for part in listed if part is not chosen)
    return Options((chosen.slice(number.end()).strip(),), others, (chosen.slice(*number.span("number")),))


def _by_last_number(text: Excerpt) -> Options | None:
    """The one of numbered options whose number stands in brackets behind them all: １．拡充　２．継続　【２】."""
    answer = _ANSWER.search(text.text)
    if answer is None:
        return None
    listed = options_listed(text.slice(0, answer.start()).strip())
    numbers = [_number_of(part.text) for part in listed]
    if len(listed) < _LEAST_PAIR or None in numbers or len({*numbers}) < len(numbers):
        return None
    said = squeeze(answer["answer"])
    chosen = [part.slice(_number_end(part.text)).strip() for part in listed if _number_of(part.text) == said]
    others = tuple(part for part in listed if _number_of(part.text) != said)
    return Options(tuple(chosen), others, (text.slice(answer.start()).strip(),)) if len(chosen) == 1 else None


def _among_bullets(text: Excerpt) -> Options | None:
    """The one option behind a mark among options behind bullets: ・拡大　●継続　・縮小."""
    filled = "".join(marks for family in FAMILIES for marks in family)
    parts = list(re.finditer(r"\S+", text.text))
    leads = [part[0][0] for part in parts]
    if len(parts) < _LEAST_OPTIONS or sum(lead in filled for lead in leads) != 1:
        return None
    if any(
        lead not in filled + "・･" or not 1 < len(part[0]) <= _LONGEST_OPTION
        for lead, part in zip(leads, parts, strict=True)
    ):
        return None
    options = [
        (lead in filled, text.slice(part.start() + 1, part.end())) for lead, part in zip(leads, parts, strict=True)
    ]
    chosen = tuple(option for is_chosen, option in options if is_chosen)
    marks = tuple(text.slice(part.start(), part.start() + 1) for part in parts)
    return Options(chosen, tuple(option for is_chosen, option in options if not is_chosen), marks)


def options_among(cells: Sequence[Excerpt]) -> Options | None:
    """The options that stand in cells of their own, each behind its mark or beside the cell of its mark.

    The options can also be listed in the first of two cells, and the second say which. None where the cells print
    neither.

    >>> from normalize.document.text_span import Place
    >>> row = [Excerpt.of(text, Place(0, at)) for at, text in enumerate(("", "拡充", "○", "継続", "", "縮小"))]
    >>> [option.text for option in options_among(row).chosen]
    ['継続']
    """
    if len(cells) == 2 and cells[0] and cells[1] and (listed := listed_choice(*cells) or listed_choice(*cells[::-1])):
        return listed
    chosen: list[Excerpt] = []
    others: list[Excerpt] = []
    marks: list[Excerpt] = []
    mark: Excerpt | None = None
    told = {text.text.strip()[0] for text in cells if text}
    among = next(((filled, hollow) for filled, hollow in FAMILIES if told & set(filled) and told & set(hollow)), None)
    for text in cells:
        match = re.match(r"\s*(\S)", text.text)
        first = match[1] if match else ""
        is_mark = any(first in filled + hollow for filled, hollow in FAMILIES)
        if match is None:
            mark = None
        elif is_mark and len(text.text.strip()) == 1:
            mark = text
            marks.append(text)
        elif is_mark:
            marks.append(text.slice(*match.span(1)))
            is_chosen = first in among[0] if among else False
            (chosen if is_chosen else others).append(text.slice(match.end()).strip())
        else:
            is_chosen = mark is not None and (among is None or mark.text.strip() in among[0])
            (chosen if is_chosen else others).append(text.strip())
            mark = None
    return Options(tuple(chosen), tuple(others), tuple(marks)) if marks and (chosen or others) else None


def listed_choice(options: Excerpt, answer: Excerpt) -> Options | None:
    """The option of a list that the answer beside it repeats, or names by its number; None where it does neither.

    >>> from normalize.document.text_span import Place
    >>> def chosen(options, answer):
    ...     found = listed_choice(Excerpt.of(options, Place(0, 0)), Excerpt.of(answer, Place(0, 1)))
    ...     return [option.text for option in found.chosen] if found else None
    >>> chosen("高い・普通・低い", "普通"), chosen("①拡充　②継続　③縮小", "②"), chosen("1 拡充 2 継続", "２")
    (['普通'], ['②継続'], ['2 継続'])
    >>> chosen("窓口・電話", "市民課") is None
    True
    """
    listed = options_listed(options)
    if len(listed) < 2:
        return None
    said = squeeze(answer.text).strip("().")
    same = [option for option in listed if said in {squeeze(option.text), squeeze(_without_number(option.text))}]
    if len(same) == 1:
        return Options((answer.strip(),), tuple(listed), ())
    if fold_mark(answer.text, MARKS):  # a letter says it all (Ｂ | Ａ：計画どおり Ｂ：改善が必要)
        marked = any(_number_of(option.text) == said for option in listed)
        return Options((answer.strip(),), tuple(listed), ()) if marked else None
    numbered = [option for option in listed if said and _number_of(option.text) == said]
    if len(numbered) != 1:
        return None
    others = tuple(option for option in listed if option is not numbered[0])
    return Options((numbered[0],), others, (answer.strip(),))


def options_listed(text: Excerpt) -> list[Excerpt]:
    """The options that one line lists without a mark: 高い・普通・低い, ①拡充 ②継続. Bullets make no such list.

    >>> from normalize.document.text_span import Place
    >>> [option.text for option in options_listed(Excerpt.of("A：高い　B：普通", Place(0)))]
    ['A：高い', 'B：普通']
    """
    if (closed := re.fullmatch(r"\s*[(（](.*)[)）]\s*", text.text)) and not re.search("[()（）]", closed[1]):
        text = text.slice(*closed.span(1))
    plain = text.text.strip()
    if not plain or "\n" in plain or "。" in plain or plain[0] in "・･-":
        return []
    starts = [match.start() for match in _NUMBERED.finditer(text.text)]
    if len(starts) >= 2 and not text.text[: starts[0]].strip():
        parts = [text.slice(start, end).strip() for start, end in pairwise([*starts, len(text.text)])]
    else:
        parts = text.split(_BETWEEN)
    return parts if all(0 < len(squeeze(part.text)) <= _LONGEST_OPTION for part in parts) else []


def are_opposites(text: str) -> bool:
    """Whether a text prints a word and its opposite, so that nothing is said: 有・無, 可／不可.

    >>> are_opposites("有・無"), are_opposites("適切／不適切"), are_opposites("可・一部可・不可"), are_opposites("A・B")
    (True, True, True, False)
    >>> are_opposites("上がっている\\n上がっていない"), are_opposites("概ね達成\\nしている")
    (True, False)
    """
    lines = [line.strip() for line in text.strip().splitlines()]
    listed = lines if len(lines) > 1 else [part.text for part in options_listed(Excerpt.of(text.strip(), Place(0)))]
    return end_in_opposites([squeeze(_without_number(part)).rstrip("。") for part in listed])


def are_unmarked(cells: Sequence[str]) -> bool:
    """Whether cells side by side print the options of a form and none is marked: the circle around one is drawn.

    >>> are_unmarked(["拡充", "継続", "縮小", "廃止"]), are_unmarked(["A", "B", "C"]), are_unmarked(["B", "順調"])
    (True, True, False)
    """
    known = _direction_words()
    words = [squeeze(_without_number(text)) for text in cells if text.strip()]
    marks = [fold_mark(text, MARKS) for text in cells if text.strip()]
    is_scale = all(marks) and len(set(marks)) == len(marks)
    return len(words) >= _LEAST_OPTIONS and (is_scale or sum(word in known for word in set(words)) >= _LEAST_OPTIONS)


@cache
def _direction_words() -> frozenset[str]:
    return frozenset(map(squeeze, directions()))


def _without_number(text: str) -> str:
    match = _NUMBERED.match(text)
    return text[match.end() :] if match else text


def _number_end(text: str) -> int:
    match = _NUMBERED.match(text)
    return match.end() if match else 0


def _number_of(text: str) -> str | None:
    match = _NUMBERED.match(text)
    return squeeze(match["number"]).strip("().:、") if match else None


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether a mark leads an option: not レ inside a word, not ○ that counts something (○○市)."""
    before, after = text[: match.start()], text[match.end() :]
    if match[0] == "レ":
        return not before.strip(" \\n　") or before[-1].isspace()
    return not (after[:1] == match[0] or before[-1:] == match[0])
