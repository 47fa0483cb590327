"""Pages drawn as pictures, as a scanner gives them: a ruled table in a Japanese font, its text known."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import matplotlib_fontja
import numpy as np
from PIL import Image, ImageDraw, ImageFont

FONT = Path(matplotlib_fontja.__file__).parent / "fonts" / "ipaexg.ttf"

DOTS = 200
"""Dots to the inch of the pictures."""

SIZE = (1654, 1169)
"""A4, lying, at that resolution."""


def draw_table(rows: Sequence[Sequence[str]], title: str = "", points: float = 10.5) -> Image.Image:
    """A page with a title and a table of equal columns, each text in the middle of its cell."""
    image = Image.new("L", SIZE, 255)
    pen = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONT), round(points * DOTS / 72))
    pen.text((150, 60), title, font=font, fill=0)
    left, top, height = 150, 150, 70
    width = (SIZE[0] - 2 * left) // len(rows[0])
    for row, texts in enumerate(rows):
        for col, text in enumerate(texts):
            x, y = left + col * width, top + row * height
            pen.rectangle((x, y, x + width, y + height), outline=0, width=2)
            pen.text((x + width / 2, y + height / 2), text, font=font, fill=0, anchor="mm")
    return image


def scanned(image: Image.Image, turn: float = 0.0, grain: float = 0.0) -> Image.Image:
    """The page as it comes from a scanner: turned by degrees, with grain of so many levels."""
    turned = image.rotate(turn, Image.Resampling.BICUBIC, fillcolor=255)
    noise = np.random.default_rng(1).normal(0, grain, (turned.height, turned.width))
    return Image.fromarray(np.clip(np.asarray(turned) + noise, 0, 255).astype(np.uint8))


def to_file(image: Image.Image, kind: str = "PNG") -> bytes:
    """The picture as a file that tells its resolution."""
    file = io.BytesIO()
    image.save(file, kind, dpi=(DOTS, DOTS))
    return file.getvalue()
