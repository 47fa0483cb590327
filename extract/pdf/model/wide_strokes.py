"""Lines that are no lines: strokes so wide that they paint an area, as a marker does, or a rule at right angles."""

from __future__ import annotations

from collections.abc import Iterable

from extract.pdf.model.raw_page import DECIMALS, Fill, Stroke

_WIDE = 12.0
"""A straight line as wide as this, in points, is an area: rules of tables have up to 8."""

_LEAST = 3.0
"""A line that is wider than it is long is one too, from this width on; what is less may be a dot of a rule."""

_LEVEL = 0.5
"""How far the ends of a line may lie off its axis, in points."""


def wide_strokes_as_fills(strokes: Iterable[Stroke]) -> tuple[list[Stroke], list[Fill]]:
    """The strokes that are lines, and the rectangles that the others paint.

    >>> wide_strokes_as_fills([Stroke(10, 50, 10.8, 50, 90), Stroke(0, 5, 90, 5, 1)])
    ([Stroke(x0=0, y0=5, x1=90, y1=5, width=1, lightness=0.0, order=0)], \
[Fill(x0=10, top=5.0, x1=10.8, bottom=95.0, lightness=0.0, order=0, colour=None, is_clear=False)])
    """
    lines: list[Stroke] = []
    areas: list[Fill] = []
    for stroke in strokes:
        length = max(abs(stroke.x1 - stroke.x0), abs(stroke.y1 - stroke.y0))
        is_wide = stroke.width > _LEAST and stroke.width >= min(_WIDE, length)
        area = area_of(stroke) if is_wide else None
        if area is None:
            lines.append(stroke)
        else:
            areas.append(area)
    return lines, areas


def area_of(stroke: Stroke) -> Fill | None:
    """The rectangle that a straight line along an axis paints; None for others."""
    x0, x1 = sorted((stroke.x0, stroke.x1))
    top, bottom = sorted((stroke.y0, stroke.y1))
    half = stroke.width / 2
    if bottom - top <= _LEVEL and x1 > x0:
        top, bottom = round(top - half, DECIMALS), round(bottom + half, DECIMALS)
    elif x1 - x0 <= _LEVEL and bottom > top:
        x0, x1 = round(x0 - half, DECIMALS), round(x1 + half, DECIMALS)
    else:
        return None
    return Fill(x0, top, x1, bottom, stroke.lightness, stroke.order)
