"""Digits that were recognised in a scan, held against its picture: one that looks like another digit is told.

No font is needed for that: on one page every digit is printed often, and the pictures of all that are said to be a 9
are held against each other, and against those of the other digits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extract.pdf.engines.pdfium.drawing import PagePictures
from extract.pdf.engines.pdfium.text import PrintedText
from extract.pdf.model.glyph_array import Bools, Floats, Ints, from_codes
from extract.pdf.model.raw_page import Dispute

_COMPARED = "0123456789SABCDE"
_WIDTH, _HEIGHT = 10, 16
"""What a picture of a digit is reduced to."""

_FEWEST = 6
"""So many pictures of digits are on the page at least."""

_NEAREST = 2
"""So many pictures of a digit are looked at: those that are the most like the one in question."""

_LIKE, _UNLIKE = 0.8, 0.65
"""How alike (as a correlation) a digit is to pictures of another one, and of its own at most, that is told."""

_WIDEST = 1.2
"""A digit is at most so many times as wide as high."""

_SURE = 0.9
"""How alike it is where it is like its own too, or where its own is nowhere else on the page."""

_CERTAIN = 0.15
"""By how much it is more like the other one."""

_AROUND = 0.15
"""So much around a character, in font sizes, is looked at: who recognised it may have put it beside its ink."""

_MOST = 0.03
"""Where more than this share of the characters look like others, they stand elsewhere than the picture has them."""

_CONTRAST = 60
"""Levels of grey, of 255, between ink and paper."""

_TALL = (0.35, 1.1)
"""The height of a digit's ink, in font sizes."""

Shape = NDArray[np.float64]


def layer_disputes(page: Any, text: PrintedText, numbers: Ints, size: tuple[float, float]) -> Iterator[Dispute]:
    """The texts with a digit that the picture shows as another one. `numbers` are the characters that were recognised,
    by PDFium's count, `size` is that of the page."""
    at = np.flatnonzero(np.isin(text.numbers, numbers))
    letters = [chr(code) for code in text.letters[at].tolist()]
    kept = [place for place, letter in enumerate(letters) if letter in _COMPARED]
    if len(kept) < _FEWEST:
        return
    at = at[kept]
    letters = [letters[place] for place in kept]
    owners = np.repeat(np.arange(len(text.starts)), text.counts)[at]
    high = text.size[owners]
    boxes = text.boxes(text.numbers[at]) + high * np.array([[-_AROUND], [-_AROUND], [_AROUND], [_AROUND]])
    pictures = PagePictures(page, size, boxes)
    grey = pictures.grey()
    shapes = [
        _shape(grey[y0:y1, x0:x1], tall * pictures.scale)
        for (x0, y0, x1, y1), tall in zip(map(pictures.pixels, boxes.T), high.tolist(), strict=True)
    ]
    found = [*_unlike(letters, shapes)]
    if len(found) > max(1, _MOST * sum(shape is not None for shape in shapes)):
        return  # the characters do not stand where the picture has them
    for place, other in found:
        owner = int(owners[place])
        start = int(text.starts[owner])
        word, within = _word(text, start, start + int(text.counts[owner]), int(at[place]))
        yield Dispute(word, word[:within] + other + word[within + 1 :])


def _word(text: PrintedText, start: int, stop: int, number: int) -> tuple[str, int]:
    """What of a text object stands around a character up to the blanks beside it, and the place of the character."""
    parts = np.flatnonzero(np.diff(text.numbers[start:stop]) > 1) + start + 1
    first = int(max((part for part in parts.tolist() if part <= number), default=start))
    last = int(min((part for part in parts.tolist() if part > number), default=stop))
    return from_codes(text.letters[first:last]), number - first


def _shape(part: NDArray[np.uint8], high: float) -> Shape | None:
    """The ink of a digit as a vector to correlate; None where there is no ink of its height."""
    if not part.size or int(part.max()) - int(part.min()) < _CONTRAST:
        return None
    ink = part < (int(part.max()) + int(part.min())) / 2
    columns = _middle_run(np.asarray(ink.any(axis=0)))
    if columns is None or (rows := _middle_run(np.asarray(ink[:, columns].any(axis=1)))) is None:
        return None
    height, width = rows.stop - rows.start, columns.stop - columns.start
    is_cut = columns.start == 0 or columns.stop == ink.shape[1]
    if is_cut or not _TALL[0] * high <= height <= _TALL[1] * high or width > _WIDEST * height:
        return None
    cut = Image.fromarray(255 - part[rows, columns])
    small = np.asarray(cut.resize((_WIDTH, _HEIGHT), Image.Resampling.BOX), np.float64).ravel()
    shape: Shape = small - small.mean()
    length = float(np.linalg.norm(shape))
    return shape / length if length else None


def _middle_run(flags: Bools) -> slice | None:
    """The run of set flags that lies nearest to the middle."""
    at = np.flatnonzero(flags)
    if not len(at):
        return None
    runs = np.split(at, np.flatnonzero(np.diff(at) > 1) + 1)
    middle = (len(flags) - 1) / 2
    best = min(runs, key=lambda run: abs((run[0] + run[-1]) / 2 - middle))
    return slice(int(best[0]), int(best[-1]) + 1)


def _unlike(letters: Sequence[str], shapes: Sequence[Shape | None]) -> Iterator[tuple[int, str]]:
    """Which characters look unlike those that they are said to be, and like another one; and that other one."""
    places = [place for place, shape in enumerate(shapes) if shape is not None]
    if len(places) < _FEWEST:
        return
    said = np.array([letters[place] for place in places])
    known = np.array([shapes[place] for place in places])
    alike = known @ known.T
    is_other = ~np.eye(len(places), dtype=np.bool_)
    for number, place in enumerate(places):
        own = _nearest(alike[number, (said == said[number]) & is_other[number]])
        others = {*said.tolist()} - {said[number].item()}
        rivals = [(_nearest(alike[number, said == letter]) or 0.0, letter) for letter in others]
        like, other = max(rivals, default=(0.0, ""))
        least = _SURE if own is None or own > _UNLIKE else _LIKE
        if like >= max(least, (own or 0.0) + _CERTAIN):
            yield place, other


def _nearest(alike: Floats) -> float | None:
    """How alike the nearest pictures are; None where there are none."""
    best = np.sort(alike)[::-1][:_NEAREST]
    return float(best.mean()) if len(best) else None
