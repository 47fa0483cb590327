"""What may be a part of a number and is no character: a short line (−5) or a small mark (▲5) drawn before it, a digit
drawn as curves or shown by a picture behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from extract.pdf.model.glyph_array import Floats
from extract.pdf.model.raw_page import RawPage
from extract.pdf.page.outlines import outlines
from extract.pdf.page.settings import PAGES
from extract.pdf.text.runs import Run

_NUMBER = re.compile(r"[0-9０-９][0-9０-９,，.．]*\s*[^0-9０-９]{0,4}")
"""A text that a sign would change."""

_NEAR = 0.7
"""How far before a number its sign ends at most, in font sizes."""

_BEHIND = 0.2
"""How far behind a number what may be its last digit begins at most."""

_DIGIT = (0.2, 1.0, 0.45, 1.0)
"""How wide, and how high, a digit is at least and at most, in font sizes."""

_OVER = 0.1
"""How far it may reach over the number."""

_LONG = (0.2, 1.1)
"""How long a line is that may be a sign, in font sizes."""

_HIGH = (0.15, 0.6)
"""How far above the baseline it lies."""

_MARK = (0.3, 1.2)
"""How wide and high a mark is, in font sizes."""

_LEVEL = 0.5
"""A line that rises by no more than this, in points, is level."""

_DASHES = 1.5
"""Another line of the same height this close, in font sizes, is a dash of the same rule."""


def drawn_signs(raw: RawPage, cells: Iterable[Sequence[Run]]) -> Iterator[str]:
    """The numbers that stand alone in cells and beside which something is drawn: it may be their sign or last digit."""
    numbers = [
        runs[0]
        for runs in cells
        if len(runs) == 1 and not runs[0].direction and _NUMBER.fullmatch(runs[0].text.strip())
    ]
    if not numbers:
        return
    lines, marks = _lines(raw), _marks(raw)
    for run in numbers:
        if _is_signed(run, lines) or _is_marked(run, marks) or _goes_on(run, marks):
            yield run.text.strip()


def _lines(raw: RawPage) -> Floats:
    """Where level lines begin, end and lie, in rows."""
    strokes = [
        (min(line.x0, line.x1), max(line.x0, line.x1), (line.y0 + line.y1) / 2)
        for line in raw.strokes
        if abs(line.y1 - line.y0) <= _LEVEL
    ]
    fills = [
        (fill.x0, fill.x1, (fill.top + fill.bottom) / 2)
        for fill in raw.fills
        if fill.bottom - fill.top <= PAGES.sign_height * (fill.x1 - fill.x0)
    ]
    return np.array([*strokes, *fills], np.float64).reshape(-1, 3).T


def _marks(raw: RawPage) -> Floats:
    """The sides of small areas that are no rectangles, of small pictures, and of what is drawn in outlines, in rows."""
    boxes = (*raw.shapes, *raw.images, *outlines(raw))
    return np.array([(box.x0, box.top, box.x1, box.bottom) for box in boxes]).reshape(-1, 4).T


def _is_signed(run: Run, lines: Floats) -> bool:
    x0, x1, y = lines
    size, start = run.size, run.start
    long = x1 - x0
    above = run.level - y
    level = (above >= _HIGH[0] * size) & (above <= _HIGH[1] * size)
    found = level & (long >= _LONG[0] * size) & (long <= _LONG[1] * size)
    found &= (x1 <= start + _OVER * size) & (x1 >= start - _NEAR * size)
    for number in np.flatnonzero(found).tolist():
        near = level & (np.abs(y - y[number]) <= _LEVEL) & (x0 < x1[number] + _DASHES * size)
        near &= x1 > x0[number] - _DASHES * size
        if np.count_nonzero(near) == 1:
            return True
    return False


def _is_marked(run: Run, marks: Floats) -> bool:
    x0, top, x1, bottom = marks
    size, start = run.size, run.start
    wide, high = x1 - x0, bottom - top
    found = (wide >= _MARK[0] * size) & (wide <= _MARK[1] * size) & (high >= _MARK[0] * size)
    found &= (high <= _MARK[1] * size) & (x1 <= start + _OVER * size) & (x1 >= start - _NEAR * size)
    middle = (top + bottom) / 2
    found &= (middle < run.level) & (middle > run.level - size)
    return bool(found.any())


def _goes_on(run: Run, marks: Floats) -> bool:
    """Whether what may be a digit is drawn right behind the last digit of a number."""
    x0, top, x1, bottom = marks
    size, end = run.size, run.end
    if not run.text.rstrip()[-1:].isdigit():
        return False
    parts = (x0 >= end - _OVER * size) & (x1 <= end + _BEHIND * size + _DIGIT[1] * size)
    parts &= (bottom <= run.level + _OVER * size) & (top >= run.level - _DIGIT[3] * size)
    if not parts.any() or x0[parts].min() > end + _BEHIND * size:
        return False
    wide = float(x1[parts].max() - x0[parts].min()) / size
    high = float(bottom[parts].max() - top[parts].min()) / size
    return _DIGIT[0] <= wide <= _DIGIT[1] and _DIGIT[2] <= high <= _DIGIT[3]
