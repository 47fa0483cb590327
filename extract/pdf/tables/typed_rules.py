"""Tables whose rows are parted by lines of typed characters (-----) and whose columns are parted by room alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from extract.pdf.model.glyph_array import Columns, Floats, Ints, to_columns
from extract.pdf.model.raw_page import RawPage, Stroke
from extract.pdf.tables.settings import CELLS

_TYPED = "-‐‑–—―─━－ー=＝_＿~〜～.…‥・"
_CROSSINGS = "+＋|｜│"
_DOWN = "|｜│"
"""What stands between two columns where they are not parted by room alone."""

_LEAST = 12
"""A line of fewer characters is no rule."""

_LINES = 3
"""A table has so many lines at least: above and below its head, and at its foot."""

_ALIGNED = 3.0
"""The rules of one table begin no further apart than this, in points."""

_ROOM = 0.5
"""The room between two columns is at least so wide, in font sizes."""

_MARGIN = 2.0
"""How far, in points, the rules that are drawn reach beyond the text."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """A typed line: where it lies, begins and ends, and the numbers of its characters."""

    y: float
    x0: float
    x1: float
    numbers: Ints


def with_typed_rules(raw: RawPage) -> RawPage:
    """The page with lines in place of the characters that part the rows of its tables, and lines between columns."""
    glyphs = to_columns(raw.glyphs)
    if sum(map(glyphs.text.count, _TYPED)) < _LINES * _LEAST:
        return raw
    lost: list[Ints] = []
    strokes: list[Stroke] = []
    for rules in _stacks([*_rules(glyphs)]):
        typed, drawn = _to_strokes(glyphs, rules)
        lost += typed
        strokes += drawn
    if not strokes:
        return raw
    rest = glyphs.take(np.setdiff1d(np.arange(len(glyphs)), np.concatenate(lost)))
    return replace(raw, glyphs=rest, strokes=(*raw.strokes, *strokes))


def _rules(glyphs: Columns) -> Iterator[_Rule]:
    """The lines of the page that are typed of one character, from the top of the page to its bottom."""
    printed = np.flatnonzero(~glyphs.blanks & (glyphs.directions == 0))
    _, at = np.unique(np.round(glyphs.origin_y[printed], 1), return_inverse=True)
    are_typed = [glyphs.texts[number] in _TYPED for number in printed.tolist()]
    for level in np.flatnonzero(np.bincount(at, are_typed) >= _LEAST).tolist():
        row = printed[at == level]
        texts = Counter(glyphs.texts[number] for number in row.tolist())
        character, count = texts.most_common(1)[0]
        if count >= _LEAST and character in _TYPED and all(text in character + _CROSSINGS for text in texts):
            x0, x1 = float(glyphs.x0[row].min()), float(glyphs.x1[row].max())
            widths = float((glyphs.x1[row] - glyphs.x0[row]).sum())
            if widths >= CELLS.rule_filled * (x1 - x0):
                yield _Rule(_height(glyphs, row, character), x0, x1, row)


def _height(glyphs: Columns, row: Ints, character: str) -> float:
    """Where the ink of a typed line lies: on its baseline, or in the middle of its characters."""
    base, size = float(glyphs.origin_y[row[0]]), float(glyphs.sizes[row[0]])
    return base if character in "_＿.…‥" else base - CELLS.rule_height * size


def _stacks(rules: Sequence[_Rule]) -> Iterator[list[_Rule]]:
    """Rules that begin below each other."""
    left = list(rules)
    while left:
        stack = [rule for rule in left if abs(rule.x0 - left[0].x0) <= _ALIGNED]
        left = [rule for rule in left if rule not in stack]
        if len(stack) >= _LINES:
            yield sorted(stack, key=lambda rule: rule.y)


def _to_strokes(glyphs: Columns, rules: Sequence[_Rule]) -> tuple[list[Ints], list[Stroke]]:
    """The characters of a table's rules, and lines for them and between its columns; none where it has no columns."""
    x, y = glyphs.middles
    numbers = np.concatenate([rule.numbers for rule in rules])
    is_rule = np.isin(np.arange(len(glyphs)), numbers)
    left = min(rule.x0 for rule in rules) - _MARGIN
    within = np.flatnonzero((y > rules[0].y) & (y < rules[-1].y) & (x > left) & ~is_rule & ~glyphs.blanks)
    down = np.array([number for number in within.tolist() if glyphs.texts[number] in _DOWN], np.int64)
    words = np.setdiff1d(within, down)
    if not len(words):
        return [], []
    size = float(np.median(glyphs.sizes[words]))
    right = max(*(rule.x1 for rule in rules), float(glyphs.x1[words].max())) + _MARGIN
    bands = [words[(y[words] > above.y) & (y[words] < below.y)] for above, below in pairwise(rules)]
    borders = _used(_borders(glyphs, words, size), [x[band] for band in bands])
    filled = [len(np.unique(np.searchsorted(borders, x[band]))) for band in bands if len(band)]
    if not borders or 2 * sum(count > 1 for count in filled) < len(filled) or len(filled) < _LINES - 1:
        return [], []
    across = [Stroke(left, rule.y, right, rule.y, 0.5) for rule in rules]
    beside = [Stroke(at, rules[0].y, at, rules[-1].y, 0.5) for at in (left, *borders, right)]
    return [numbers, down], [*across, *beside]


def _used(borders: Sequence[float], bands: Sequence[Floats]) -> list[float]:
    """The borders but for those that part no row: a head on the left of its column, numbers on its right."""
    kept = list(borders)
    for border in borders:
        at = kept.index(border)
        low = kept[at - 1] if at else -np.inf
        high = kept[at + 1] if at + 1 < len(kept) else np.inf
        parts = [(((low < xs) & (xs < border)).any(), ((border < xs) & (xs < high)).any()) for xs in bands]
        if not any(left and right for left, right in parts):
            kept.remove(border)
    return kept


def _borders(glyphs: Columns, words: Ints, size: float) -> list[float]:
    """The middles of the room between columns: where no text of the table stands, from its top to its bottom."""
    order = words[np.argsort(glyphs.x0[words], kind="stable")]
    ends = np.maximum.accumulate(glyphs.x1[order])[:-1]
    starts = glyphs.x0[order][1:]
    at = np.flatnonzero(starts - ends >= _ROOM * size)
    found: list[float] = ((starts[at] + ends[at]) / 2).tolist()
    return found
