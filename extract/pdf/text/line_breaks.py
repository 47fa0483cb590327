"""Where a line ends on purpose and where it was only wrapped, told by geometry.

A typesetter wraps a line when the next piece of text that may not be broken does not fit any more. So where that piece
would have fitted, the line ended on purpose. Where it would not, the line was wrapped, unless the next one opens with a
mark that begins an item.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from extract.pdf.text.lines import TextLine
from extract.pdf.text.runs import end_along, span_along
from extract.pdf.text.settings import LINES
from extract.pdf.text.vertical import is_japanese_letter
from schemas.codes.signs import leading

OPENING = "「『（([｛{〔【〈《“‘"
NO_START = (
    "、。，．・‧·：；？！」』）)]｝}〕】〉》”’ー々ゝゞヽヾ…‥％%‰℃゛゜.,:;!?｡､･ﾞﾟ"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶｧｨｩｪｫｬｭｮｯｰ"
)  # fmt: skip
SENTENCE_ENDS = "。．.！？!?」』）)】]"
"""After these a line may have ended on purpose, wherever that was."""

_WORD = r"[A-Za-z0-9À-ɏ](?:[A-Za-z0-9À-ɏ@_+#&'~-]|[.,:/](?=[A-Za-z0-9]))*"
_BEGINS_WITH_WORD = re.compile(rf"[{re.escape(OPENING)}]*{_WORD}")
# Some programs let a line begin with a tilde or a hyphen, others keep it with what stands before it.
_CLOSE = rf"[{re.escape(NO_START)}〜～~‐–-]"
# Some programs also keep a Latin word with the closing mark before it.
_PIECE = re.compile(rf"[{re.escape(OPENING)}]*(?:{_WORD}|.)(?: ?{_CLOSE}+(?:{_WORD})?)?", re.DOTALL)
_STRONG = "".join(sorted({*leading("heading", "value", "item", "note", never=("sign",))} - {*leading("dot")}))
_MARK = re.compile(
    "|".join(
        (
            rf"[{_STRONG}【①-⑳⑴-⒇㉑-㉟Ⓐ-ⓩ]",
            r"[(（]?[0-9０-９]{1,2}[)）.．](?![0-9０-９])",
            r"[０-９]{1,2}[ 　]|[0-9]{1,2}　|[ァ-ヶ]　",
            rf"[{leading('dot')}‐–—-](?=.)",
            r"[\ue000-\uf8ff]",
        )
    )
)
_WEAK_MARK = re.compile(rf"[{leading('dot', 'value')}‐–—-]")
_ONLY_MARKS = re.compile(r"[①-⑳⑴-⒇\s・、,]+")
_ENDING = re.compile(r"[。．.！？!?」』）)】]$")

_LATIN_WORD = re.compile(r"[A-Za-z0-9@._+#&'~,/-]+")

_ENDS_IN_NUMBER = re.compile(r"[0-9０-９][.,/．，／]?$")
_GOES_ON_AS_NUMBER = re.compile(r"[.,/．，／]?[0-9０-９]")
_NUMBER = re.compile(r"[△▲▼+＋−-]?[0-9０-９](?:[0-9０-９,.，．]*[0-9０-９])?[%％]?")
_FITS = 0.15
"""How close to the end of its area, in font sizes, a line is full."""

_SLACK = 0.2
"""How many font sizes more than its width a piece needs: the end of the area is not known exactly."""

_BLANK = 0.25
"""The least width of a blank, in font sizes: one at the end of a line stands between it and the next word."""

_MAX_HANGING = 2.5
"""The widest indent, in font sizes, of the lines of an item behind its mark."""

EMPTY_LINE = 1.75
"""From this many times the usual distance between lines on, an empty line stands in between."""


Alignment = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Area:
    """Where lines may run, along the direction of writing, and how they are aligned in it."""

    start: float
    end: float
    alignment: Alignment = "start"

    @property
    def width(self) -> float:
        return self.end - self.start


def text_area(lines: Sequence[TextLine], start: float, end: float, padding: float = LINES.widest_padding) -> Area:
    """The part of a cell that text may fill.

    `start` and `end` are the cell's borders along the direction of the lines. The padding is taken to be the same on
    both sides, and no more than `padding` points. Lines that run over the border tell nothing of it.
    """
    left = min([line.start for line in lines]) - start
    inner = [end - line.end for line in lines if line.end <= end + LINES.over_border]
    used = max(0.0, min(left, padding, *inner))
    return Area(start + used, end - used, _alignment(lines, (start + end) / 2))


def _alignment(lines: Sequence[TextLine], middle: float) -> Alignment:
    """What the lines have in common: where they start, their middle, or where they end.

    Lines of one length have all of it in common. They are centred where they stand in the `middle` of the area.
    """
    size = min([line.size for line in lines])
    starts = _spread([line.start for line in lines])
    middles, ends = _spread([line.middle for line in lines]), _spread([line.end for line in lines])
    if starts <= LINES.aligned * size:
        off = lines[0].middle - middle
        if (
            middles <= LINES.aligned * size
            and off > LINES.off_middle * size
            and all(_NUMBER.fullmatch(line.text) for line in lines)
        ):
            return "end"  # numbers of one length
        return "middle" if middles <= LINES.aligned * size and abs(off) <= LINES.off_middle * size else "start"
    if _is_hanging(lines):
        return "start"
    if middles <= LINES.nearly_aligned * size and middles < starts:
        return "middle"
    return "end" if ends <= LINES.nearly_aligned * size and ends < starts else "start"


def _is_hanging(lines: Sequence[TextLine]) -> bool:
    """Whether an item begins with its mark, and its other lines behind it."""
    first = lines[0]
    indents = [(line.start - first.start) / first.size for line in lines[1:]]
    return starts_item(first.text) and all(
        indent <= LINES.aligned or LINES.least_hanging <= indent <= _MAX_HANGING for indent in indents
    )


def _spread(values: Sequence[float]) -> float:
    return max(values) - min(values)


def starts_item(text: str) -> bool:
    """Whether a line opens with a mark that begins an item, a note or a heading.

    >>> [starts_item(text) for text in ("・活用", "① 支援", "(1) 支援", "※新規", "2.44 点", "支援", "-5")]
    [True, True, True, True, False, False, True]
    """
    return _MARK.match(text) is not None


def is_wrapped(before: TextLine, after: TextLine, area: Area, *, is_close: bool = False) -> bool:
    """Whether the first piece of a line had no room at the end of the line before.

    After a full stop, with room for a character more, a long Latin word alone is no reason to believe it, unless the
    lines stand as close as paragraphs never do (`is_close`).
    """
    room, slack = _room(before, area), _SLACK * after.size
    if not is_close and before.text[-1] in "。．" and room > after.size + slack and _BEGINS_WITH_WORD.match(after.text):
        return False
    blank = min(max(_BLANK * after.size, before.space_after), after.size) if before.has_space_after else 0.0
    least = blank + slack
    # Most lines are full, or have room for all of the next one: then its first piece need not be measured.
    return room < least or (room < least + after.width and room < least + _first_piece(after))


def _room(line: TextLine, area: Area) -> float:
    """What is left of the area beside a line: after it or, for a line in the middle or at the end, on both sides."""
    return area.end - line.end if area.alignment == "start" else area.width - line.width


def _first_piece(line: TextLine) -> float:
    """The width of what may not be parted at the start of a line."""
    match = _PIECE.match(line.text)
    length = match.end() if match else 1
    taken = 0
    for number in range(line.first, line.stop):
        taken += len(line.source.texts[number])
        if taken >= length:
            return end_along(line.source, number, line.direction) - line.start
    return line.width


def join_wrapped(before: str, after: str, *, has_space: bool, is_word_cut: bool = False) -> str:
    """Two parts of a wrapped line as one. Only Latin words are parted by a space, and only where one was printed or
    must have been, because words are not broken.

    >>> join_wrapped("産業", "振興", has_space=False), join_wrapped("INDIE", "GAMES", has_space=False)
    ('産業振興', 'INDIE GAMES')
    """
    if not before or not after:
        return before + after
    left, right = before[-1], after[0]
    is_latin = _is_latin(left) and _is_latin(right)
    if has_space and any(unicodedata.normalize("NFKC", side).isascii() and side.isalnum() for side in (left, right)):
        return f"{before} {after}"
    return f"{before} {after}" if is_latin and not is_word_cut else before + after


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def usual_leading(lines: Iterable[Sequence[TextLine]]) -> float:
    """The usual distance between two lines, in font sizes, over groups of lines; 1.2 where no group has two.

    It is the lower quarter of the distances, for empty lines stand in between too.
    """
    ratios = [
        (after.level - before.level) / before.size
        for group in lines
        for before, after in pairwise(group)
        if before.direction == after.direction and abs(before.size - after.size) < LINES.same_size * before.size
    ]
    sane = sorted(ratio for ratio in ratios if LINES.leadings[0] <= ratio <= LINES.leadings[1])
    return sane[len(sane) // 4] if sane else LINES.usual_leading


def lines_to_text(lines: Sequence[TextLine], area: Area, leading: float, marks: frozenset[str] = frozenset()) -> str:
    """The text of a cell: wrapped lines joined, a line ended on purpose kept, an empty line between paragraphs.

    `marks` are the item marks of what stands of the same text on other pages.
    """
    if not lines:
        return ""
    if is_stacked(lines):
        return "".join(line.text for line in lines)
    if any(_WEAK_MARK.match(line.text) for line in lines[1:]):  # else no mark is asked for
        marks |= item_marks(lines, area)
    text = lines[0].text
    for before, after in pairwise(lines):
        text = _joined(text, before, after, area, leading, marks)
    return text


def _joined(text: str, before: TextLine, after: TextLine, area: Area, leading: float, marks: frozenset[str]) -> str:
    if before.direction != after.direction or after.level <= before.level:
        return f"{text}\n{after.text}"
    if after.level - before.level > EMPTY_LINE * leading * max(before.size, after.size):
        return f"{text}\n\n{after.text}"
    if ends_on_purpose(before, after, area, marks):
        return f"{text}\n{after.text}"
    cut = is_word_cut(before, after, area)
    return join_wrapped(text, after.text, has_space=before.has_space_after, is_word_cut=cut)


def ends_on_purpose(before: TextLine, after: TextLine, area: Area, marks: frozenset[str]) -> bool:
    """Whether the print breaks between two lines on purpose. `marks` are the item marks seen at sure line starts."""
    if abs(before.size - after.size) > LINES.other_size * before.size:
        return True
    if not is_wrapped(before, after, area) or (_are_numbers(before, after) and not is_word_cut(before, after, area)):
        return True
    if not starts_item(after.text) or (_ENDS_IN_NUMBER.search(before.text) and _GOES_ON_AS_NUMBER.match(after.text)):
        return False
    if _ONLY_MARKS.fullmatch(after.text):
        return False
    if _WEAK_MARK.match(after.text):
        return after.text[0] in marks or _ENDING.search(before.text) is not None
    return True


def item_marks(lines: Sequence[TextLine], area: Area) -> frozenset[str]:
    """The marks that open the first line, or one before which the print breaks for sure."""
    sure = [lines[0], *(after for before, after in pairwise(lines) if not is_wrapped(before, after, area))]
    return frozenset(line.text[0] for line in sure if starts_item(line.text))


def is_word_cut(before: TextLine, after: TextLine, area: Area) -> bool:
    """Whether a Latin word was cut because it is longer than the area, so that no space stood there.

    A number is cut too, by programs that cut words, where its next digit found no room.
    """
    if _ENDS_IN_NUMBER.search(before.text) and _GOES_ON_AS_NUMBER.match(after.text):
        if _are_numbers(before, after) and not _may_be_one(before.text + after.text):
            return False
        first, last = span_along(after.direction, after.source[after.first])
        if last - first > _room(before, area) - _FITS * before.size:
            return True
        if _are_numbers(before, after):  # neither is the rest of the other, however narrow the area
            return False
    right = _LATIN_WORD.match(after.text)
    if right is None or not _LATIN_WORD.match(before.text[-1]):
        return False
    if before.text[-1] in "-/":
        return True
    left = _LATIN_WORD.match(before.text[::-1])
    length = len(before.text)
    return _width(before, length - (left.end() if left else 0), length) + _width(after, 0, right.end()) > area.width


def _are_numbers(before: TextLine, after: TextLine) -> bool:
    return _NUMBER.fullmatch(before.text) is not None and _NUMBER.fullmatch(after.text) is not None


def _may_be_one(number: str) -> bool:
    """Whether digits can be one number: their commas part thousands, or they have none."""
    plain = unicodedata.normalize("NFKC", number).lstrip("△▲▼+−-").rstrip("%")
    return "," not in plain or re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", plain) is not None


def _width(line: TextLine, first: int, last: int) -> float:
    """The width of the characters of a line from one offset to another."""
    spans, offset = [], 0
    for glyph in line.glyphs:
        if first < offset + len(glyph.text) and offset < last:
            spans.append(span_along(line.direction, glyph))
        offset += len(glyph.text)
    return spans[-1][1] - spans[0][0] if spans else line.width * (last - first) / max(len(line.text), 1)


def is_stacked(lines: Sequence[TextLine]) -> bool:
    """Whether the lines are one label written downwards, a character to a line: 取, 組, 内, 容.

    Single marks or digits below each other (○, ×, 3) are no label.
    """
    return (
        len(lines) >= 2
        and all(len(line.text) == 1 for line in lines)
        and sum(is_japanese_letter(line.text) for line in lines) * 2 > len(lines)
    )
