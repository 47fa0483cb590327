"""A picture file as a PDF of its pages, so that one reader reads both."""

from __future__ import annotations

import io
import warnings

import pypdfium2
from PIL import Image, ImageOps, ImageSequence

from extract.ocr.turn import POINTS_PER_INCH
from extract.pdf.model.raw_page import UnreadableError
from schemas.limits import Limits, over_limit
from schemas.messages import say

_MOST = 120_000_000
"""Pixels of one picture: an A1 page at 300 dots to the inch."""

_SHEET = 842.0
"""Points: the longer side of an A4 page, which a picture is of when it does not tell its resolution."""

_PLAUSIBLE = (70.0, 1300.0)
"""Dots to the inch that scanners use. What cameras and screens write into a file says nothing of the paper."""


def picture_to_pdf(data: bytes, limits: Limits) -> bytes:
    """The pages of a picture file, each as large as its resolution says; of a photograph, an A4 sheet.

    Raises UnreadableError where the file cannot be read or has more pixels or pages than may be.
    """
    pdf = pypdfium2.PdfDocument.new()
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF")) as image:
            warnings.simplefilter("ignore")
            for number, frame in enumerate(ImageSequence.Iterator(image), start=1):
                if number > limits.pages:
                    raise UnreadableError(
                        say("this file has {what}; nothing of it was read", what=over_limit(limits, "pages"))
                    )
                if frame.width * frame.height > _MOST:
                    raise UnreadableError(
                        say(
                            "picture {page} has {width} times {height} points, more than can be read; scan it at 300 "
                            "dots to the inch",
                            page=number,
                            width=frame.width,
                            height=frame.height,
                        )
                    )
                _add_page(pdf, frame)
        file = io.BytesIO()
        pdf.save(file)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableError(
            say("this picture cannot be read ({error}); fetch it again or save it anew", error=error)
        ) from error
    finally:
        pdf.close()
    return file.getvalue()


def _add_page(pdf: pypdfium2.PdfDocument, frame: Image.Image) -> None:
    dots = _resolution(frame)
    upright = ImageOps.exif_transpose(frame)
    grey = _on_white(upright)
    width, height = (side / dots * POINTS_PER_INCH for side in grey.size)
    page = pdf.new_page(width, height)
    picture = pypdfium2.PdfImage.new(pdf)
    bitmap = pypdfium2.PdfBitmap.from_pil(grey)
    picture.set_bitmap(bitmap)
    picture.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
    page.insert_obj(picture)
    page.gen_content()
    bitmap.close()
    page.close()


def _on_white(image: Image.Image) -> Image.Image:
    """The picture in grey; what it does not cover is paper."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        covered = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, covered)
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256)
    return image.convert("L")


def _resolution(image: Image.Image) -> float:
    given = image.info.get("dpi")
    dots = float(given[0]) if given and given[0] else 0.0
    longer = max(image.size)
    if _PLAUSIBLE[0] < dots <= _PLAUSIBLE[1] and longer / dots * POINTS_PER_INCH >= _SHEET / 2:
        return dots
    return longer / _SHEET * POINTS_PER_INCH
