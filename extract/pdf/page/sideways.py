"""Pages whose text is drawn sideways or upside down: turned before they are sorted out, and back behind."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from extract.pdf.model.glyph_array import Columns, to_columns
from extract.pdf.model.raw_page import Fill, RawPage, Ring, Stroke
from schemas.document import Box, Fragment, Page


def upright(raw: RawPage) -> RawPage:
    """A page whose text runs sideways or upside down (`RawPage.sideways`), turned so that it runs to the right."""
    if not raw.sideways:
        return raw
    turn = _Turn(raw.page, raw.sideways)
    return replace(
        raw,
        page=turn.page(),
        glyphs=turn.glyphs(to_columns(raw.glyphs)),
        hidden=turn.glyphs(to_columns(raw.hidden)),
        strokes=tuple(map(turn.stroke, raw.strokes)),
        fills=tuple(map(turn.fill, raw.fills)),
        images=tuple(map(turn.box, raw.images)),
        shapes=tuple(map(turn.box, raw.shapes)),
        rings=tuple(map(turn.ring, raw.rings)),
    )


def turned_back(fragment: Fragment, page: Page, sideways: int) -> Fragment:
    """A piece of a page that was turned, at its place on the page as it is displayed. `page` is the turned one."""
    if not sideways or fragment.box is None:
        return fragment
    box, width, height = fragment.box, page.width or 0.0, page.height or 0.0
    if sideways == 180:
        return replace(fragment, box=Box(width - box.x1, height - box.bottom, width - box.x0, height - box.top))
    if sideways == 90:
        return replace(fragment, box=Box(height - box.bottom, box.x0, height - box.top, box.x1))
    return replace(fragment, box=Box(box.top, width - box.x1, box.bottom, width - box.x0))


def displayed(page: Page, sideways: int) -> Page:
    """A page that was turned, as it is displayed."""
    return replace(page, width=page.height, height=page.width) if sideways in (90, 270) else page


class _Turn:
    """Turns what stands on a page whose text runs down (90), upside down (180) or up it (270)."""

    def __init__(self, page: Page, sideways: int) -> None:
        self._page, self._sideways = page, sideways
        self._width, self._height = page.width or 0.0, page.height or 0.0

    def page(self) -> Page:
        return displayed(self._page, self._sideways)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self._sideways == 180:
            return self._width - x, self._height - y
        return (y, self._width - x) if self._sideways == 90 else (self._height - y, x)

    def box(self, box: Box) -> Box:
        (x0, y0), (x1, y1) = self.point(box.x0, box.top), self.point(box.x1, box.bottom)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def stroke(self, stroke: Stroke) -> Stroke:
        (x0, y0), (x1, y1) = self.point(stroke.x0, stroke.y0), self.point(stroke.x1, stroke.y1)
        return stroke._replace(x0=x0, y0=y0, x1=x1, y1=y1)

    def fill(self, fill: Fill) -> Fill:
        box = self.box(Box(fill.x0, fill.top, fill.x1, fill.bottom))
        return fill._replace(x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom)

    def ring(self, ring: Ring) -> Ring:
        box = self.box(Box(ring.x0, ring.top, ring.x1, ring.bottom))
        return ring._replace(x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom)

    def glyphs(self, glyphs: Columns) -> Columns:
        x0, top, x1, bottom, x, y, *rest = glyphs.values
        width, height = self._width, self._height
        places = {
            90: [top, width - x1, bottom, width - x0, y, width - x],
            180: [width - x1, height - bottom, width - x0, height - top, width - x, height - y],
            270: [height - bottom, x0, height - top, x1, height - y, x],
        }[self._sideways]
        directions = (glyphs.directions - self._sideways) % 360
        return replace(glyphs, values=np.array([*places, *rest]), directions=directions)
