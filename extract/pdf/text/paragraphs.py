"""Lines outside of tables become paragraphs: what was only wrapped is joined, also over the end of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from extract.pdf.model.raw_page import Direction
from extract.pdf.text.boxed_line import BoxedLine
from extract.pdf.text.line_breaks import (
    NO_START,
    SENTENCE_ENDS,
    Area,
    is_word_cut,
    is_wrapped,
    join_wrapped,
    starts_item,
)
from extract.pdf.text.lines import TextLine
from extract.pdf.text.runs import box_around, end_along, span_along
from extract.pdf.text.settings import LINES, PARAGRAPHS
from schemas.document import Fragment, Line

_LOOSER = 1.12
"""Lines further apart than this many times the distance within paragraphs belong to two paragraphs."""

_LONG_LINE = 20.0
"""Lines of fewer characters can end at one place by chance."""

_ENDED = re.compile(r"[。．.」]$|[。．]\s*[（(][^（()）]*[)）]$")
"""How the last line of a page ends that ends a paragraph: with a full stop, also where a bracket says who wrote it."""

_MAX_INDENT = 4.5
"""The widest hanging indent, in font sizes."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What the pages of a document have in common: where text runs, and how far apart its lines are.

    `areas` is by width of page and direction of writing, `pitch` by font size in half points; so is `apart`, the
    least distance between the lines of two paragraphs.
    """

    areas: Mapping[tuple[int, Direction], Area]
    pitch: Mapping[int, float]
    apart: Mapping[int, float]

    def area_of(self, item: BoxedLine, page_width: float) -> Area:
        if item.frame is not None:
            start, end = span_along(item.line.direction, item.frame)
            padding = max(0.0, min(item.line.start - start, end - item.line.end, LINES.widest_padding))
            return Area(start + padding, end - padding)
        # A line of another width or direction than those measured tells only of itself.
        known = self.areas.get((round(page_width), item.line.direction))
        return known or Area(item.line.start, item.line.end)


def measure(lines: Sequence[tuple[BoxedLine, float]], table_ends: Iterable[tuple[float, float]]) -> Measures:
    """Take the measures of the lines of a document, each with the width of its page.

    `table_ends` holds the right border of each table outside of pages' margins with the width of its page: tables are
    as wide as the text.
    """
    ends = list(table_ends)
    groups: dict[tuple[int, Direction], list[TextLine]] = {}
    for item, width in lines:
        groups.setdefault((round(width), item.line.direction), []).append(item.line)
    areas = {
        (width, direction): _text_area(
            group, [end for end, of in ends if round(of) == width] if direction == 0 else [], float(width)
        )
        for (width, direction), group in groups.items()
    }
    return Measures(areas, *_distances(lines, Measures(areas, {}, {})))


def _text_area(lines: Sequence[TextLine], table_ends: Sequence[float], page_width: float) -> Area:
    """The left border that lines begin at and the right one that full lines reach.

    Full lines tell themselves: three end within a character of each other, and none but a stray one further right; or
    two long ones end just where no other goes beyond. Without them both margins are taken to be equal, or the text as
    wide as a table. A line that ends a sentence tells nothing: short items often end alike.
    """
    left = min(line.start for line in lines)
    furthest = max(_end_without_hanging(line) for line in lines)
    unfinished = [line for line in lines if line.text[-1] not in SENTENCE_ENDS]
    ends = sorted(((_end_without_hanging(line), line.size) for line in unfinished), reverse=True)
    for end, size in ends:
        near = sum(end - PARAGRAPHS.one_end * size <= other <= end for other, _ in ends)
        beyond = sum(_end_without_hanging(line) > end + PARAGRAPHS.one_end * size for line in lines)
        if near >= PARAGRAPHS.lines_beyond * max(1, beyond) and end > (left + page_width) / 2:
            return Area(left, end)
    if len(ends) > 1:
        (last, size), (second, _) = ends[:2]
        if (
            last - second <= PARAGRAPHS.exact_end * size
            and last - left >= _LONG_LINE * size
            and furthest <= last + PARAGRAPHS.exact_end * size
        ):
            return Area(left, max(last, furthest))
    if lines[0].direction != 0:
        return Area(left, furthest)
    return Area(left, max(furthest, page_width - left, *table_ends, 0.0))


def _end_without_hanging(line: TextLine) -> float:
    """Where a line ends, closing marks aside: they may hang over the border of the text."""
    texts = line.source.texts
    inner = (number for number in range(line.stop - 1, line.first - 1, -1) if texts[number] not in NO_START)
    last = next(inner, None)
    return line.end if last is None else end_along(line.source, last, line.direction)


def _distances(
    lines: Sequence[tuple[BoxedLine, float]], measures: Measures
) -> tuple[dict[int, float], dict[int, float]]:
    """The distances between the lines of one paragraph and of two, by font size.

    Within a paragraph it is that of lines wrapped in the middle of a sentence, the lower quarter: a full line that
    ends a sentence may end a paragraph too.
    """
    within: dict[int, list[float]] = {}
    between: dict[int, list[float]] = {}
    for (before, width), (after, _) in pairwise(lines):
        one, other = before.line, after.line
        if one.page != other.page or _size_key(one) != _size_key(other) or one.direction != other.direction:
            continue
        distance = other.level - one.level
        if not PARAGRAPHS.distances[0] * one.size <= distance <= PARAGRAPHS.distances[1] * one.size:
            continue
        if not is_wrapped(one, other, measures.area_of(before, width), is_close=True):
            between.setdefault(_size_key(one), []).append(distance)
        elif one.text[-1] not in SENTENCE_ENDS:
            within.setdefault(_size_key(one), []).append(distance)
    pitch = {key: sorted(values)[len(values) // 4] for key, values in within.items()}
    return pitch, {key: min(values) for key, values in between.items()}


def _size_key(line: TextLine) -> int:
    return round(2 * line.size)


def lines_to_paragraphs(
    items: Sequence[tuple[BoxedLine, float]], measures: Measures
) -> Iterator[tuple[BoxedLine, Line]]:
    """Put lines that follow each other in the body together; each paragraph comes with its first printed line."""
    lines: list[BoxedLine] = []
    ruby: list[BoxedLine] = []
    above: list[BoxedLine] = []
    for item, width in items:
        if item.is_ruby:
            above.append(item)
            continue
        if lines and not _continues(lines, item, measures, width):
            yield from (_finish(group, measures, width) for group in (lines, *([line] for line in ruby)))
            lines, ruby = [], []
        lines.append(item)
        ruby += above
        above = []
    width = items[-1][1] if items else 0.0
    yield from (_finish(group, measures, width) for group in (lines, *([line] for line in (*ruby, *above))) if group)


def _continues(lines: Sequence[BoxedLine], item: BoxedLine, measures: Measures, width: float) -> bool:
    last = lines[-1]
    before, after = last.line, item.line
    if before.direction != after.direction or _size_key(before) != _size_key(after) or last.frame != item.frame:
        return False
    is_close = before.page == after.page and _is_close(after.level - before.level, before, measures)
    if starts_item(after.text) or not is_wrapped(before, after, measures.area_of(last, width), is_close=is_close):
        return False
    if before.page != after.page:
        return _ENDED.search(before.text) is None and _is_indented_alike(lines, after)
    distance = after.level - before.level
    return 0.5 * before.size < distance <= _furthest(before, measures) and _is_indented_alike(lines, after)


def _is_close(distance: float, before: TextLine, measures: Measures) -> bool:
    """Whether two lines stand as close as those of one paragraph, and those of two paragraphs stand further apart."""
    key = _size_key(before)
    pitch, apart = measures.pitch.get(key), measures.apart.get(key)
    if apart is None or _LOOSER * distance > apart:
        return False
    return pitch is None or distance <= _LOOSER * pitch


def _furthest(before: TextLine, measures: Measures) -> float:
    """How far below a full line the next line of its paragraph stands at most.

    Where no line of the document tells how far that is, a line that ends a sentence ends its paragraph too when the
    next one is as far away as other paragraphs are.
    """
    key = _size_key(before)
    if key in measures.pitch:
        return _LOOSER * measures.pitch[key]
    widest = _LOOSER * PARAGRAPHS.widest_leading * before.size
    if before.text[-1] in SENTENCE_ENDS and key in measures.apart:
        return min(widest, measures.apart[key] / _LOOSER)
    return widest


def _is_indented_alike(lines: Sequence[BoxedLine], after: TextLine) -> bool:
    """Whether a line begins where the next line of this paragraph would."""
    first, last = lines[0].line, lines[-1].line
    if len(lines) > 1:
        return abs(after.start - last.start) <= PARAGRAPHS.same_indent * after.size
    indent = (after.start - first.start) / after.size
    if abs(after.middle - first.middle) <= 0.5 * after.size:
        return True
    least, most = PARAGRAPHS.indent
    is_new_indent = least < indent <= most and not starts_item(first.text) and first.text[-1] in "。．"
    return -PARAGRAPHS.widest_outdent <= indent <= _MAX_INDENT and not is_new_indent


def _finish(lines: Sequence[BoxedLine], measures: Measures, width: float) -> tuple[BoxedLine, Line]:
    fragments: list[Fragment] = []
    text, before = "", None
    for page, group in groupby(lines, key=lambda item: item.line.page):
        of_page = list(group)
        part = ""
        for item in of_page:
            part = _join(part, item, before if part else None, measures, width)
            text = _join(text, item, before, measures, width)
            before = item
        fragments.append(Fragment(page, part, box_around(item.line.box for item in of_page)))
    return lines[0], Line(text, tuple(fragments))


def _join(text: str, item: BoxedLine, before: BoxedLine | None, measures: Measures, width: float) -> str:
    if before is None:
        return text + item.line.text
    cut = is_word_cut(before.line, item.line, measures.area_of(before, width))
    return join_wrapped(text, item.line.text, has_space=before.line.has_space_after, is_word_cut=cut)
