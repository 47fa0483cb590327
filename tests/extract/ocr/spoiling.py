"""Pages of a PDF as pictures, spoilt as scanners, faxes and copiers spoil them; the same ones for the same seed."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

POINTS_PER_INCH = 72.0

Dice = np.random.Generator


@dataclass(frozen=True, slots=True)
class Spoiling:
    """One way to make a picture of a page: at how many dots to the inch, and what becomes of it then."""

    name: str
    dots: float
    spoil: Callable[[Image.Image, Dice], Image.Image]
    pages_at_once: int = 1


def spoil_pdf(data: bytes, pages: Sequence[int], spoiling: Spoiling, seed: int) -> bytes:
    """A PDF of pictures of some pages (from 0) of a PDF."""
    dice = np.random.default_rng(seed)
    scale = spoiling.dots / POINTS_PER_INCH
    with pypdfium2.PdfDocument(data) as pdf:
        drawn = [pdf[number].render(scale=scale).to_pil().convert("L") for number in pages]
    groups = [drawn[at : at + spoiling.pages_at_once] for at in range(0, len(drawn), spoiling.pages_at_once)]
    pictures = [spoiling.spoil(_side_by_side(group), dice) for group in groups]
    file = io.BytesIO()
    pictures[0].save(file, "PDF", resolution=spoiling.dots, save_all=True, append_images=pictures[1:], quality=92)
    return file.getvalue()


def pages_of_pdf(data: bytes, pages: Sequence[int]) -> bytes:
    """A PDF of some pages (from 0) of another one."""
    with pypdfium2.PdfDocument(data) as pdf, pypdfium2.PdfDocument.new() as part:
        part.import_pages(pdf, list(pages))
        file = io.BytesIO()
        part.save(file)
    return file.getvalue()


def _side_by_side(pages: Sequence[Image.Image]) -> Image.Image:
    if len(pages) == 1:
        return pages[0]
    whole = Image.new("L", (sum(page.width for page in pages), max(page.height for page in pages)), 255)
    left = 0
    for page in pages:
        whole.paste(page, (left, 0))
        left += page.width
    return whole


def _kept(image: Image.Image, _dice: Dice) -> Image.Image:
    return image


def _grain(levels: float) -> Callable[[Image.Image, Dice], Image.Image]:
    def spoil(image: Image.Image, dice: Dice) -> Image.Image:
        return _to_image(np.asarray(image) + dice.normal(0, levels, (image.height, image.width)))

    return spoil


def _turned(least: float, most: float) -> Callable[[Image.Image, Dice], Image.Image]:
    def spoil(image: Image.Image, dice: Dice) -> Image.Image:
        turn = float(dice.uniform(least, most) * dice.choice((-1, 1)))
        askew = image.rotate(turn, Image.Resampling.BICUBIC, expand=False, fillcolor=255)
        return _grain(5.0)(askew, dice)

    return spoil


def _quarter(turns: int) -> Callable[[Image.Image, Dice], Image.Image]:
    def spoil(image: Image.Image, _dice: Dice) -> Image.Image:
        return image.rotate(90 * turns, expand=True)

    return spoil


def _compressed(quality: int) -> Callable[[Image.Image, Dice], Image.Image]:
    def spoil(image: Image.Image, _dice: Dice) -> Image.Image:
        file = io.BytesIO()
        image.save(file, "JPEG", quality=quality)
        return Image.open(file).convert("L")

    return spoil


def _faxed(image: Image.Image, dice: Dice) -> Image.Image:
    """Black and white, specks, lines that are torn."""
    grey = np.asarray(image).astype(np.float64) + dice.normal(0, 12, (image.height, image.width))
    black = np.where(grey < 150, 0, 255)
    specks = dice.random(black.shape) < 0.0004
    return _to_image(np.where(specks, 255 - black, black))


def _coarse_fax(image: Image.Image, dice: Dice) -> Image.Image:
    """The usual fineness of a fax: half as many lines down as dots across."""
    low = image.resize((image.width, image.height // 2), Image.Resampling.BOX)
    return _faxed(low, dice).resize((image.width, image.height // 2 * 2), Image.Resampling.NEAREST)


def _faint(image: Image.Image, dice: Dice) -> Image.Image:
    """A copy of a copy: soft, low in contrast, grey paper."""
    soft = np.asarray(image.filter(ImageFilter.GaussianBlur(0.9))).astype(np.float64)
    return _to_image(120 + soft * 0.4 + dice.normal(0, 4, soft.shape))


def _dark(image: Image.Image, dice: Dice) -> Image.Image:
    """A copy with too much toner: strokes grow together."""
    return _grain(6.0)(image.filter(ImageFilter.MinFilter(3)), dice)


def _stamped(image: Image.Image, dice: Dice) -> Image.Image:
    """Round seals, red ones as grey, wherever somebody set them: over print, too."""
    seals = Image.new("L", image.size, 255)
    pen = ImageDraw.Draw(seals)
    for _ in range(3):
        x, y, radius = *(float(dice.uniform(0.1, 0.9)) * side for side in image.size), 0.018 * max(image.size)
        level = int(dice.integers(110, 170))
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=level, width=3)
        for step in (-0.5, 0.0, 0.5):
            pen.line((x - 0.6 * radius, y + step * radius, x + 0.6 * radius, y + step * radius), fill=level, width=2)
        pen.line((x, y - 0.7 * radius, x, y + 0.7 * radius), fill=level, width=2)
    return _grain(4.0)(ImageChops.darker(image, seals), dice)


def _filed(image: Image.Image, dice: Dice) -> Image.Image:
    """Taken out of a binder: two holes, which the scanner sees dark, and the line of a fold."""
    kept = image.copy()
    pen = ImageDraw.Draw(kept)
    radius, x = 0.009 * max(image.size), 0.03 * image.width
    for y in (image.height / 2 - 0.135 * image.height, image.height / 2 + 0.135 * image.height):
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=20)
    grey = np.asarray(kept).astype(np.float64)
    row = int(image.height * dice.uniform(0.45, 0.55))
    grey[row - 3 : row + 4] -= 25.0
    grey[row : row + 2] -= float(dice.uniform(30, 70))
    return _turned(0.2, 2.0)(_to_image(grey), dice)


def _pencilled(image: Image.Image, dice: Dice) -> Image.Image:
    """Lines that somebody drew by hand: under print, through print and around it."""
    kept = image.copy()
    pen = ImageDraw.Draw(kept)
    for _ in range(8):
        x, y = (float(dice.uniform(0.1, 0.7)) * side for side in image.size)
        length, rise, level = dice.uniform(0.05, 0.25) * image.width, dice.uniform(-6, 6), int(dice.integers(90, 165))
        points = [(x + length * step / 8, y + rise * step / 8 + float(dice.normal(0, 0.8))) for step in range(9)]
        pen.line(points, fill=level, width=int(dice.integers(1, 4)))
    return _grain(5.0)(kept, dice)


def _to_image(grey: npt.NDArray[np.float64]) -> Image.Image:
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


SPOILINGS = (
    Spoiling("plain200", 200, _kept),
    Spoiling("grain200", 200, _grain(10.0)),
    Spoiling("skew2", 200, _turned(1.0, 3.0)),
    Spoiling("skew5", 200, _turned(3.0, 5.0)),
    Spoiling("low150", 150, _grain(5.0)),
    Spoiling("skew150", 150, _turned(0.3, 1.5)),
    Spoiling("fax", 200, _faxed),
    Spoiling("coarsefax", 200, _coarse_fax),
    Spoiling("jpeg20", 200, _compressed(20)),
    Spoiling("jpeg10", 150, _compressed(12)),
    Spoiling("quarter", 200, _quarter(1)),
    Spoiling("half", 200, _quarter(2)),
    Spoiling("threequarter", 200, _quarter(3)),
    Spoiling("two", 200, _grain(4.0), 2),
    Spoiling("faint", 200, _faint),
    Spoiling("dark", 200, _dark),
    Spoiling("mono300", 300, _faxed),
    Spoiling("stamped", 200, _stamped),
    Spoiling("filed", 200, _filed),
    Spoiling("pencilled", 200, _pencilled),
    Spoiling("jpeg60", 150, _compressed(60)),
)


def spoiling_of(name: str) -> Spoiling:
    """The spoiling of a name."""
    return next(spoiling for spoiling in SPOILINGS if spoiling.name == name)


def rounds(seed: int) -> Iterator[Spoiling]:
    """All spoilings in an order of their own, again and again."""
    dice = np.random.default_rng(seed)
    while True:
        yield from (SPOILINGS[number] for number in dice.permutation(len(SPOILINGS)).tolist())
