"""How light a PDF colour is: all that the reading needs to know of it."""

from __future__ import annotations

from collections.abc import Sequence

_TINTS = frozenset({"Separation", "DeviceN"})
_UNTOLD = frozenset({"Indexed", "I", "Pattern"})


_OF_RED, _OF_GREEN, _OF_BLUE = 0.299, 0.587, 0.114
"""How much the eye sees of each light (ITU-R BT.601)."""


def lightness(colour: object, space: str | None) -> float | None:
    """A colour's lightness from 0 (black) to 1 (white); None where its space does not tell.

    `colour` is a number or a sequence of numbers, as many as `space` (the name of a PDF colour space) has components.
    A tint of an ink (Separation) is the other way round: all of the ink is dark. PDF 32000-1:2008, 8.6.

    >>> lightness(1, "DeviceGray"), lightness((1,), "Separation"), lightness((0, 0, 0, 1), "DeviceCMYK")
    (1.0, 0.0, 0.0)
    >>> lightness((1, 1, 1), "ICCBased"), lightness("P1", "Pattern")
    (1.0, None)
    """
    parts: Sequence[object] = colour if isinstance(colour, tuple | list) else (colour,)
    values = [min(1.0, max(0.0, float(part))) for part in parts if isinstance(part, int | float)]
    if len(values) != len(parts) or not values or space in _UNTOLD:
        return None
    if space in _TINTS:
        return 1.0 - max(values)
    if space == "Lab":
        first = parts[0]
        return float(first) / 100.0 if isinstance(first, int | float) else None
    if len(values) == 1:
        return values[0]
    if len(values) == 3:
        return _luma(*values)
    if len(values) == 4:
        cyan, magenta, yellow, black = values
        return (1.0 - black) * (1.0 - _luma(cyan, magenta, yellow))
    return None


def _luma(red: float, green: float, blue: float) -> float:
    """The brightness of a colour as the eye sees it (ITU-R BT.601), rounded so that white is 1."""
    return round(_OF_RED * red + _OF_GREEN * green + _OF_BLUE * blue, 6)
