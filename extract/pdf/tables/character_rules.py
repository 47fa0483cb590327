"""Tables whose rules are characters (┌─┬─┐): the rules as lines, and the page without those characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from extract.pdf.model.glyph_array import to_columns
from extract.pdf.model.raw_page import Glyph, RawPage, Stroke

_FIRST, _LAST = 0x2500, 0x257F
"""Unicode's characters for drawing boxes."""

_CORNERS = frozenset("┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝")
_LEAST = 8
"""Fewer corners and crossings draw no table."""

_REACH = 0.35
"""How far, in parts of its height, the line of a character reaches beyond it: lines of text stand apart."""

_ARMS = {
    "LEFT": ((-1, 0),),
    "RIGHT": ((1, 0),),
    "UP": ((0, -1),),
    "DOWN": ((0, 1),),
    "HORIZONTAL": ((-1, 0), (1, 0)),
    "VERTICAL": ((0, -1), (0, 1)),
}


def with_character_rules(raw: RawPage) -> RawPage:
    """The page with lines in place of the characters that draw its tables."""
    glyphs = to_columns(raw.glyphs)
    if _CORNERS.isdisjoint(glyphs.text) or sum(text in _CORNERS for text in glyphs.texts) < _LEAST:
        return raw
    drawn = [number for number, text in enumerate(glyphs.texts) if len(text) == 1 and _FIRST <= ord(text) <= _LAST]
    rules = tuple(stroke for number in drawn for stroke in _lines(glyphs[number]))
    rest = glyphs.take(np.setdiff1d(np.arange(len(glyphs)), drawn))
    return replace(raw, glyphs=rest, strokes=(*raw.strokes, *rules))


def _lines(glyph: Glyph) -> Iterator[Stroke]:
    """The lines of a character that draws boxes, from its middle to its sides and on to its neighbours."""
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    width, height = (glyph.x1 - glyph.x0) / 2, (glyph.bottom - glyph.top) * (0.5 + _REACH)
    words = unicodedata.name(glyph.text, "").split()
    for word in words:
        for across, down in _ARMS.get(word, ()):
            yield Stroke(x, y, x + across * width, y + down * height, 0.5, glyph.lightness, glyph.order)
