"""The colours of a workbook: given directly, by number, or by the theme and a tint, as ``#rrggbb``."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence

from extract.office.package import Node, attribute, child, local

_PALETTE = (
    "000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF", "000000", "FFFFFF", "FF0000",
    "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF", "800000", "008000", "000080", "808000", "800080", "008080",
    "C0C0C0", "808080", "9999FF", "993366", "FFFFCC", "CCFFFF", "660066", "FF8080", "0066CC", "CCCCFF", "000080",
    "FF00FF", "FFFF00", "00FFFF", "800080", "800000", "008080", "0000FF", "00CCFF", "CCFFFF", "CCFFCC", "FFFF99",
    "99CCFF", "FF99CC", "CC99FF", "FFCC99", "3366FF", "33CCCC", "99CC00", "FFCC00", "FF9900", "FF6600", "666699",
    "969696", "003366", "339966", "003300", "333300", "993300", "993366", "333399", "333333",
)  # fmt: skip
"""The colours that are named by number (ECMA-376 part 1, §18.8.27)."""

_THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
"""The colours of a theme in the order of their numbers in a workbook: light and dark are exchanged there."""

WHITE, BLACK = "#ffffff", "#000000"


def theme_colours(theme: Node | None) -> tuple[str, ...]:
    """The colours of a theme part by their numbers; white and black stand for what is missing."""
    scheme = child(theme, "themeElements", "clrScheme")
    found = {local(node): next(iter(node), None) for node in scheme} if scheme is not None else {}
    colours = []
    for number, name in enumerate(_THEME_ORDER):
        node = found.get(name)
        value = attribute(node, "lastClr") or attribute(node, "val") or ""
        colours.append(f"#{value.lower()}" if len(value) == 6 else (WHITE if number % 2 == 0 else BLACK))
    return tuple(colours)


def colour(node: Node | None, theme: Sequence[str]) -> str | None:
    """The colour that an element tells; None where it tells none, or leaves it to the system."""
    if node is None or attribute(node, "auto") in ("1", "true"):
        return None
    if value := attribute(node, "rgb"):
        return f"#{value[-6:].lower()}" if len(value) in (6, 8) else None
    try:
        if number := attribute(node, "theme"):
            base: str | None = theme[int(number)]
        elif number := attribute(node, "indexed"):
            base = f"#{_PALETTE[int(number)].lower()}"
        else:
            return None
        return _tinted(base, float(attribute(node, "tint") or 0)) if base else None
    except (ValueError, IndexError):
        return None


def _tinted(base: str, tint: float) -> str:
    """A colour made lighter (tint above 0) or darker (ECMA-376 part 1, §18.8.19)."""
    if not tint:
        return base
    red, green, blue = (int(base[start : start + 2], 16) / 255 for start in (1, 3, 5))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light + (1 - light) * tint
    parts = colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), saturation)
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
