"""Text that nobody sees, as far as characters and boxes alone tell it: beside the page, or white on white."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from extract.pdf.model.glyph_array import to_columns
from extract.pdf.model.raw_page import WHITE, RawPage
from extract.pdf.tables.rulings import is_white_on_white, page_to_shades

_THAT_LOOK = ("pdfium",)


def without_unseen(raw: RawPage) -> RawPage:
    """A page whose characters that lie beside it, or are white and lie on nothing darker, are told as hidden.

    For pages of readers that do not look at that themselves.
    """
    if raw.reader in _THAT_LOOK:
        return raw
    glyphs = to_columns(raw.glyphs)
    (xs, ys), sizes = glyphs.middles, glyphs.sizes
    width, height = raw.page.width or 0.0, raw.page.height or 0.0
    is_beside = (xs < -sizes) | (xs > width + sizes) | (ys < -sizes) | (ys > height + sizes)
    shades = page_to_shades(raw)
    hidden: list[int] = []
    for number in np.flatnonzero(~glyphs.blanks & (is_beside | (glyphs.lightness >= WHITE))).tolist():
        x, y = float(xs[number]), float(ys[number])
        is_on_shape = any(box.x0 <= x <= box.x1 and box.top <= y <= box.bottom for box in (*raw.images, *raw.shapes))
        light, order = float(glyphs.lightness[number]), int(glyphs.orders[number])
        if is_beside[number] or (not is_on_shape and is_white_on_white(light, order, x, y, shades)):
            hidden.append(number)
    if not hidden:
        return raw
    shown = sorted({*range(len(glyphs))} - {*hidden})
    return replace(raw, glyphs=glyphs.take(shown), hidden=glyphs.take(hidden))
