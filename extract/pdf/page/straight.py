"""Pages that are a little askew, as a scanned form under typed text is: turned straight before they are sorted out, and
back behind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import atan, cos, degrees, radians, sin

import numpy as np

from extract.pdf.model.glyph_array import Columns, Floats, to_columns
from extract.pdf.model.raw_page import DECIMALS, Fill, RawPage, Stroke
from extract.pdf.tables.rulings import THIN
from schemas.document import Box, Fragment, Page

_LEAST, _MOST = 0.1, 3.0
"""Text that runs so many degrees off its direction is askew: less does no harm, more was turned on purpose."""

_ALIKE = 0.1
"""Texts of one page run off by the same angle, give or take so many degrees."""

_SHARE = 0.6
"""The share of the characters of a page that run so."""

_ACROSS, _DOWN = [0, 2, 4], [1, 3, 5]
"""The rows of a glyph's values that say where it lies from left to right, and from top to bottom."""

_LEAST_RUN = 1e-9
"""Characters that do not follow each other tell no slope; nothing is divided by 0."""

_LONG = 8.0
"""A rule drawn as an area is longer than this, in points."""

_ROUNDED = 0.1
"""How much the box around it may be off, in points."""

_SLANT = 9
"""The row of a glyph's values that says how many degrees it runs off its direction."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn clockwise about the middle of a page of so many degrees."""

    angle: float
    x: float
    y: float

    def points(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Where points go."""
        along, across = cos(radians(self.angle)), sin(radians(self.angle))
        dx, dy = x - self.x, y - self.y
        return self.x + along * dx - across * dy, self.y + across * dx + along * dy

    def box(self, box: Box) -> Box:
        """A box of the same size about the place where the middle of one goes."""
        x, y = np.array([(box.x0 + box.x1) / 2]), np.array([(box.top + box.bottom) / 2])
        (new_x,), (new_y,) = self.points(x, y)
        dx, dy = float(new_x - x[0]), float(new_y - y[0])
        return Box(box.x0 + dx, box.top + dy, box.x1 + dx, box.bottom + dy)

    def around(self, box: Box) -> Box:
        """The box around what a box becomes."""
        x, y = self.points(np.array([box.x0, box.x1, box.x1, box.x0]), np.array([box.top] * 2 + [box.bottom] * 2))
        return Box(float(x.min()), float(y.min()), float(x.max()), float(y.max()))

    def glyphs(self, glyphs: Columns) -> Columns:
        """Characters that stand straight where theirs go."""
        if not len(glyphs):
            return glyphs
        values = glyphs.values.copy()
        x, y = self.points(glyphs.origin_x, glyphs.origin_y)
        dx, dy = x - glyphs.origin_x, y - glyphs.origin_y
        values[_ACROSS] += dx
        values[_DOWN] += dy
        values[_SLANT] = np.abs(values[_SLANT] - abs(self.angle))
        return replace(glyphs, values=values)

    def stroke(self, stroke: Stroke) -> Stroke:
        """A line from where one begins to where it ends."""
        x, y = self.points(np.array([stroke.x0, stroke.x1]), np.array([stroke.y0, stroke.y1]))
        (x0, x1), (y0, y1) = (np.round(part, DECIMALS).tolist() for part in (x, y))
        return stroke._replace(x0=x0, x1=x1, y0=y0, y1=y1)


def straight(raw: RawPage) -> RawPage:
    """A page of which most text runs a little askew, turned so that it runs straight, with `RawPage.askew`."""
    glyphs = to_columns(raw.glyphs)
    angle = _angle(glyphs)
    if not angle:
        return raw
    turn = _turn(raw.page, -angle)
    rules = tuple(rule for box in raw.shapes if (rule := _rule(turn.box(box), radians(abs(angle)))) is not None)
    return replace(
        raw,
        glyphs=turn.glyphs(glyphs),
        hidden=turn.glyphs(to_columns(raw.hidden)),
        strokes=tuple(map(turn.stroke, raw.strokes)),
        fills=tuple(
            fill._replace(x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom)
            for fill in raw.fills
            for box in [turn.box(Box(*fill[:4]))]
        )
        + rules,
        images=tuple(map(turn.box, raw.images)),
        shapes=tuple(map(turn.box, raw.shapes)),
        rings=tuple(
            ring._replace(x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom)
            for ring in raw.rings
            for box in [turn.box(Box(*ring[:4]))]
        ),
        askew=angle,
    )


def _rule(around: Box, angle: float) -> Fill | None:
    """The thin rectangle that, turned by an angle, has a box around it; None where it would not be thin."""
    for is_across, (along, across) in ((True, (around.width, around.height)), (False, (around.height, around.width))):
        length = (along * cos(angle) - across * sin(angle)) / cos(2 * angle)
        width = (across * cos(angle) - along * sin(angle)) / cos(2 * angle)
        if length > _LONG and width + _ROUNDED >= 0.0 and width <= THIN:
            x, y = (around.x0 + around.x1) / 2, (around.top + around.bottom) / 2
            w, h = (length / 2, max(width, 0.0) / 2) if is_across else (max(width, 0.0) / 2, length / 2)
            return Fill(x - w, y - h, x + w, y + h)
    return None


def turned_askew(fragment: Fragment, page: Page, askew: float) -> Fragment:
    """A piece of a page that was turned straight, at its place on the page as it is displayed."""
    if not askew or fragment.box is None:
        return fragment
    return replace(fragment, box=_turn(page, askew).around(fragment.box))


def _turn(page: Page, angle: float) -> Turn:
    return Turn(angle, (page.width or 0.0) / 2, (page.height or 0.0) / 2)


def _angle(glyphs: Columns) -> float:
    """How many degrees the text of a page runs clockwise off its direction; 0 where it runs straight."""
    printed = ~glyphs.blanks & (glyphs.directions == 0)
    slants = glyphs.slants[printed]
    if not len(slants) or float(np.median(slants)) < _LEAST:
        return 0.0
    usual = float(np.median(slants))
    alike = np.abs(slants - usual) <= _ALIKE
    if usual >= _MOST or np.count_nonzero(alike) < _SHARE * np.count_nonzero(~glyphs.blanks):
        return 0.0
    of = np.flatnonzero(printed)[alike]
    dx, dy = np.diff(glyphs.origin_x[of]), np.diff(glyphs.origin_y[of])
    is_next = (np.diff(glyphs.orders[of]) == 0) & (dx > 0)
    slope = float((dx * dy)[is_next].sum()) / max(float((dx * dx)[is_next].sum()), _LEAST_RUN)
    angle = degrees(atan(slope))
    return angle if abs(abs(angle) - usual) <= _ALIKE else 0.0
