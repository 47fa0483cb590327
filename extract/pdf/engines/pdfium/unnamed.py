"""Text that is painted and of which PDFium gives no character: its font calls all of its letters blanks."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from extract.pdf.engines.pdfium import bindings as call
from extract.pdf.engines.pdfium.loops import fill_rows, numbers_of
from extract.pdf.engines.pdfium.objects import Objects, moved
from extract.pdf.engines.pdfium.text import PrintedText
from schemas.document import Box

_LEAST = 2.0
"""The least height, in points, of letters that can be read."""

_INVISIBLE, _ONLY_CLIPS = 3, 7
"""Modes in which no text is painted (ISO 32000-2, table 104)."""


def unnamed_texts(text: PrintedText, texts: Objects) -> Iterator[Box]:
    """The boxes around the ink of such text, among the text objects of a page. To be asked while the page is open.

    Of what is painted twice in one place PDFium gives the first alone: the second stands on characters.
    """
    rest = texts.take(~np.isin(texts.items, text.items))
    if not len(rest):
        return
    sides = np.zeros((len(rest), 4), np.float32)
    fill_rows(call.object_bounds, rest.items, sides, parts=4)
    left, bottom, right, top = sides.astype(np.float64).T
    modes = numbers_of(call.render_mode, rest.items)
    has_ink = (right > left) & (top - bottom >= _LEAST) & (modes != _INVISIBLE) & (modes != _ONLY_CLIPS)
    has_ink &= call.colours_of(call.fill_colour, rest.items).opacity > 0
    if not has_ink.any():
        return
    boxes = moved(rest.within, np.array([left, top, right, bottom]))[:, has_ink]
    ink = text.boxes(text.numbers)
    x, y = (ink[0] + ink[2]) / 2, (ink[1] + ink[3]) / 2
    for x0, upper, x1, lower in boxes.T.tolist():
        if not ((x0 < x) & (x < x1) & (upper < y) & (y < lower)).any():
            yield Box(x0, upper, x1, lower)
