"""The reader on pdfplumber: pdfminer's objects of each page, taken over before pdfplumber makes dicts of them."""

from __future__ import annotations

import io
import logging
import math
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter

import pdfplumber
from pdfminer.layout import LTChar, LTComponent, LTContainer, LTCurve, LTImage, LTItem, LTPage
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager, PDFStackT
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import MATRIX_IDENTITY, Matrix, PathSegment
from pdfplumber.page import PDFPageAggregatorWithMarkedContent

from extract.pdf.engines.pdfplumber.actual_text import ActualText
from extract.pdf.engines.pdfplumber.bounded_document import BoundedPdf
from extract.pdf.engines.pdfplumber.colours import lightness
from extract.pdf.model.characters import plain_text
from extract.pdf.model.raw_page import DECIMALS, Direction, Dispute, Fill, Glyph, RawPage, Stroke, UnreadableError
from extract.pdf.model.wide_strokes import wide_strokes_as_fills
from schemas.document import Box, Page
from schemas.limits import LimitName, Limits
from schemas.messages import say

# What pdfminer warns of (fonts without a box, and the like) is nothing that a user can act on.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

_FARTHEST = 20000.0
"""Beyond what PDF allows a page to measure (14400 points)."""

_LEAST_SIZE = 0.5
"""The least font size, in points, that sizes are taken for: some programs hide text by printing it at size 0."""

_THIN = 3.0
"""A filled shape as thin as this, in points, is a rule even where its sides are bent."""

_OFF_MIDDLE = 0.1
"""How far from the middle of its upper side a character hangs that is written downwards, as a share of that side."""

_LEAST_FORM = Limits().content // 10_000
"""Bytes that a form counts for at least, so that a page within the usual limit may paint 10,000 of them."""

_FLATE = ("FlateDecode", "Fl")


class PdfplumberReader:
    """Reads pages with pdfplumber and forgets each one after it was handed over."""

    name = "pdfplumber"

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()

    def __call__(self, data: bytes, password: str | None = None) -> Iterator[RawPage]:
        """The pages in order; a page that cannot be read comes without content and says why in `damage`."""
        with OpenedPdf(data, password, self._limits) as pdf:
            for number in range(1, pdf.page_count + 1):
                yield pdf.page(number)


class OpenedPdf:
    """A PDF whose pages are read with pdfplumber, in any order. Use it in a `with` block.

    A page that paints more than one of the `limits` allows is read no further: a million lines take minutes.
    Raises UnreadableError for a file that cannot be opened or holds no page.
    """

    def __init__(self, data: bytes, password: str | None = None, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._pdf = _open(data, password)
        try:
            self._pages = self._pdf.pages
        except Exception as error:
            raise UnreadableError(
                say("the list of pages is damaged ({why}); print the file again", why=_cause(error))
            ) from error
        if not self._pages:
            raise UnreadableError(say("the file holds no page, it is damaged or cut off; fetch it again"))

    def __enter__(self) -> OpenedPdf:
        return self

    def __exit__(self, *_: object) -> None:
        self._pdf.close()

    @property
    def page_count(self) -> int:
        return len(self._pages)

    def page(self, number: int) -> RawPage:
        """A page, counted from 1; one that cannot be read comes without content and says why in `damage`."""
        if number > self.page_count:
            return RawPage(Page(number), (), damage="the list of pages is broken there", reader=PdfplumberReader.name)
        page = self._pages[number - 1]
        raw = replace(_read_page(page, number, self._limits), reader=PdfplumberReader.name)
        page.close()
        return raw


def _open(data: bytes, password: str | None) -> pdfplumber.pdf.PDF:
    try:
        return BoundedPdf(io.BytesIO(data), password or "")
    except Exception as error:
        if any(isinstance(argument, PDFPasswordIncorrect) for argument in (error, *error.args)):
            given = say("the given password does not open it") if password else say("it needs a password")
            raise UnreadableError(
                say("the file is encrypted and {how}; give the password or a free copy", how=given)
            ) from error
        if b"%%EOF" not in data[-2048:] and data.startswith(b"%PDF"):
            raise UnreadableError(say("the file ends before its end mark, it was cut off; fetch it again")) from error
        raise UnreadableError(
            say("the file cannot be read as a PDF ({why}); fetch it again, or export the PDF again", why=_cause(error))
        ) from error


def _cause(error: Exception) -> str:
    """The innermost reason, in a few words: pdfplumber wraps pdfminer's exceptions."""
    inner = error.args[0] if error.args and isinstance(error.args[0], Exception) else error
    return f"{type(inner).__name__}: {inner}".strip(" :").splitlines()[0][:120]


def _read_page(page: pdfplumber.page.Page, number: int, limits: Limits) -> RawPage:
    try:
        window = _window(page.page_obj)
        info = Page(number, window.width, window.height, int(page.rotation))
    except Exception as error:
        return RawPage(Page(number), (), damage=_cause(error))
    try:
        damage = _damaged_stream(page.page_obj.contents, limits)
        layout, contested = _layout(page, limits)
        items = list(_leaves(layout))
    except _TooMuchError as error:
        return RawPage(info, (), excess=error.limit)
    except (Exception, RecursionError) as error:
        return RawPage(info, (), damage=_cause(error))
    place = _Place(window)
    glyphs: list[Glyph] = []
    strokes: list[Stroke] = []
    fills: list[Fill] = []
    images: list[Box] = []
    shapes: list[Box] = []
    for order, item in enumerate(items):
        if isinstance(item, LTChar):
            glyphs += place.glyph(item, order)
        elif isinstance(item, LTCurve):
            strokes += place.strokes(item, order) if item.stroke else ()
            fills += place.fill(item, order) if item.fill else ()
            shapes += place.shape(item) if item.fill else ()
        elif isinstance(item, LTImage):
            images += place.image(item)
    disputes = tuple(Dispute(printed, said) for printed, said in contested)
    lines, areas = wide_strokes_as_fills(strokes)
    paths = (tuple(lines), tuple(sorted([*fills, *areas], key=attrgetter("order"))), tuple(images))
    return RawPage(info, tuple(glyphs), *paths, damage, disputes=disputes, shapes=tuple(shapes))


def _window(page: PDFPage) -> Box:
    """What is displayed of a page, its CropBox, as pdfminer counts: after rotation, from the bottom left of the
    MediaBox, upwards. So `top` is the lower edge here and `bottom` the upper one."""
    left, bottom, right, top = (float(value) for value in page.mediabox)
    x0, y0, x1, y1 = (float(value) for value in page.cropbox)
    x0, x1 = max(left, min(x0, x1)), min(right, max(x0, x1))
    y0, y1 = max(bottom, min(y0, y1)), min(top, max(y0, y1))
    if x1 - x0 <= 0 or y1 - y0 <= 0:
        x0, y0, x1, y1 = left, bottom, right, top
    if page.rotate == 90:
        corners = (y0 - bottom, right - x1, y1 - bottom, right - x0)
    elif page.rotate == 180:
        corners = (right - x1, top - y1, right - x0, top - y0)
    elif page.rotate == 270:
        corners = (top - y1, x0 - left, top - y0, x1 - left)
    else:
        corners = (x0 - left, y0 - bottom, x1 - left, y1 - bottom)
    return Box(corners[0], corners[1], corners[2], corners[3])


class _TooMuchError(Exception):
    """A page paints more than a limit allows."""

    def __init__(self, limit: LimitName) -> None:
        self.limit = limit


class _Device(PDFPageAggregatorWithMarkedContent):
    """Collects what a page paints. Paths forget their colour spaces, so their colours become lightness here."""

    def __init__(self, resources: PDFResourceManager, number: int, limits: Limits) -> None:
        super().__init__(resources, pageno=number, laparams=None)
        self.actual_text = ActualText()
        self._room: dict[LimitName, int] = {
            "characters": limits.characters,
            "rulings": limits.rulings,
            "content": limits.content,
        }

    def begin_tag(self, tag: PSLiteral, props: PDFStackT | None = None) -> None:
        super().begin_tag(tag, props)
        self.actual_text.begin(props)

    def end_tag(self) -> None:
        super().end_tag()
        self.actual_text.end()

    def tag_cur_item(self) -> None:
        """pdfplumber's hook behind everything painted. Raises _TooMuchError."""
        super().tag_cur_item()
        last = self.cur_item._objs[-1] if self.cur_item._objs else None
        if isinstance(last, LTChar):
            self.actual_text.paint(last)
            self.take("characters")
        elif isinstance(last, LTCurve):
            self.take("rulings")

    def take(self, limit: LimitName, amount: int = 1) -> None:
        """Count what the page has of a limit. Raises _TooMuchError."""
        self._room[limit] -= amount
        if self._room[limit] < 0:
            raise _TooMuchError(limit)

    def paint_path(
        self, gstate: PDFGraphicState, stroke: bool, fill: bool, evenodd: bool, path: Sequence[PathSegment]
    ) -> None:
        gray = gstate.copy()
        gray.scolor = _storable(lightness(gstate.scolor, gstate.scs.name))
        gray.ncolor = _storable(lightness(gstate.ncolor, gstate.ncs.name))
        super().paint_path(gray, stroke, fill, evenodd, path)


class _Interpreter(PDFPageInterpreter):
    """Looks at the size of the content before it reads it, that of forms too: it takes a hundred times its memory.

    However small a form is, it counts as `_LEAST_FORM` of it: what is painted 2^30 times may be empty.
    """

    device: _Device

    def render_contents(
        self, resources: dict[object, object], streams: Sequence[object], ctm: Matrix = MATRIX_IDENTITY
    ) -> None:
        for stream in map(resolve1, streams):
            if isinstance(stream, PDFStream):
                self.device.take("content", max(len(stream.get_data()), _LEAST_FORM))
        super().render_contents(resources, streams, ctm)


def _storable(gray: float | None) -> float:
    return -1.0 if gray is None else gray


def _stored(colour: object) -> float | None:
    return float(colour) if isinstance(colour, int | float) and colour >= 0 else None


def _layout(page: pdfplumber.page.Page, limits: Limits) -> tuple[LTPage, list[tuple[str, str]]]:
    """What pdfplumber's `page.layout` gives, from our device, and numbers that are said to stand for others."""
    device = _Device(page.pdf.rsrcmgr, page.page_number, limits)
    _Interpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    return device.get_result(), device.actual_text.contested


def _leaves(container: Iterable[LTItem]) -> Iterator[LTItem]:
    for item in container:
        if isinstance(item, LTContainer):
            yield from _leaves(item)
        else:
            yield item


def _damaged_stream(contents: list[object], limits: Limits) -> str | None:
    """Say whether a content stream is broken. pdfminer reads what it can of one and does not tell.

    Raises _TooMuchError.
    """
    for reference in contents:
        stream = resolve1(reference)
        if not isinstance(stream, PDFStream):
            return "a content stream is missing"
        raw = stream.rawdata
        filters = stream.get_filters()
        if raw is None or len(filters) != 1 or str(getattr(filters[0][0], "name", "")) not in _FLATE:
            continue
        if stream.decipher and stream.objid is not None and stream.genno is not None:
            raw = stream.decipher(stream.objid, stream.genno, raw, stream.attrs)
        inflate = zlib.decompressobj()
        try:
            size = len(inflate.decompress(raw, limits.content + 1))
        except zlib.error as error:
            return f"a content stream is damaged ({error})"
        if size > limits.content:
            raise _TooMuchError("content")
        if not inflate.eof:
            return "a content stream is cut off"
    return None


class _Place:
    """Turns pdfminer's coordinates (from the bottom left of the MediaBox) into those of the displayed page."""

    def __init__(self, window: Box) -> None:
        self._left = window.x0
        self._height = window.bottom

    def glyph(self, item: LTChar, order: int) -> Iterator[Glyph]:
        a, b, _, _, e, f = item.matrix
        text = plain_text(item.get_text())
        if not text:
            return
        x0, x1, origin_x = (_bounded(x - self._left) for x in (item.x0, item.x1, e))
        top, bottom, origin_y = (_bounded(self._height - y) for y in (item.y1, item.y0, f))
        if top == bottom:  # a vertical font that moves on by nothing: the program placed each character by itself
            top, bottom = min(top, origin_y), max(bottom, origin_y)
        along = _direction(*((-a, -b) if item.adv < 0 else (a, b)))
        direction = along
        if _is_vertical(item, along):
            direction = 90 if along in (0, 180) else 180 if along == 90 else 0
        size = max(round(bottom - top if along in (0, 180) else x1 - x0, DECIMALS), _LEAST_SIZE)
        gray = lightness(item.graphicstate.ncolor, item.ncs.name)
        yield Glyph(text, x0, top, x1, bottom, origin_x, origin_y, size, item.fontname, direction, gray, order)

    def strokes(self, curve: LTCurve, order: int) -> Iterator[Stroke]:
        gray = _stored(curve.stroking_color)
        for (x0, y0), (x1, y1) in _segments(curve):
            if all(map(_is_sane, (x0, y0, x1, y1))):
                yield Stroke(
                    round(x0 - self._left, DECIMALS),
                    round(self._height - y0, DECIMALS),
                    round(x1 - self._left, DECIMALS),
                    round(self._height - y1, DECIMALS),
                    curve.linewidth or 0.0,
                    gray,
                    order,
                )

    def fill(self, curve: LTCurve, order: int) -> Iterator[Fill]:
        is_thin = min(curve.width, curve.height) <= _THIN
        if all(map(_is_sane, curve.bbox)) and (is_thin or _is_rectangle(curve)):
            box = self._box(curve)
            yield Fill(box.x0, box.top, box.x1, box.bottom, _stored(curve.non_stroking_color), order)

    def shape(self, curve: LTCurve) -> Iterator[Box]:
        """The box around a filled area that is no rectangle."""
        if all(map(_is_sane, curve.bbox)) and not _is_rectangle(curve):
            yield self._box(curve)

    def image(self, item: LTImage) -> Iterator[Box]:
        if all(map(_is_sane, item.bbox)):
            yield self._box(item)

    def _box(self, item: LTComponent) -> Box:
        sides = (item.x0 - self._left, self._height - item.y1, item.x1 - self._left, self._height - item.y0)
        return Box(*(round(side, DECIMALS) for side in sides))


def _is_sane(value: float) -> bool:
    """Whether a coordinate can lie on or near a page; hostile files hold others."""
    return -_FARTHEST < value < _FARTHEST


def _bounded(value: float) -> float:
    """A coordinate of a character. Wherever it lies, the character is kept."""
    return round(value, DECIMALS) if _is_sane(value) else math.copysign(_FARTHEST, value) if value == value else 0.0


def _direction(a: float, b: float) -> Direction:
    """Where text runs whose matrix begins with a, b. Angles in between count as the nearest right angle."""
    if abs(a) >= abs(b):
        return 0 if a >= 0 else 180
    return 270 if b > 0 else 90


def _is_vertical(item: LTChar, along: Direction) -> bool:
    """Whether the font writes downwards: such a character hangs from the middle of its upper side."""
    if along in (0, 180):
        return item.width > 0 and abs(item.matrix[4] - (item.x0 + item.x1) / 2) < _OFF_MIDDLE * item.width
    return item.height > 0 and abs(item.matrix[5] - (item.y0 + item.y1) / 2) < _OFF_MIDDLE * item.height


Point = tuple[float, float]


def _segments(curve: LTCurve) -> Iterator[tuple[Point, Point]]:
    """The straight pieces of a path. Curved pieces only move the pen."""
    if not curve.original_path:
        yield from pairwise(curve.pts)
        return
    start: Point | None = None
    pen: Point | None = None
    for segment in curve.original_path:
        command: str = segment[0]
        # pdfminer declares plain numbers here, but gives points.
        points: list[Point] = list(segment[1:])  # type: ignore[arg-type]
        if command == "m":
            start = pen = points[-1]
        elif command == "l" and pen is not None:
            yield pen, points[-1]
            pen = points[-1]
        elif command == "h":
            if pen is not None and start is not None and pen != start:
                yield pen, start
            pen = start
        elif points:
            pen = points[-1]


def _is_rectangle(curve: LTCurve) -> bool:
    """Whether a closed path runs along the sides of its own box."""
    x0, y0, x1, y1 = curve.bbox
    return all(
        (abs(x - x0) < 0.5 or abs(x - x1) < 0.5) and (abs(y - y0) < 0.5 or abs(y - y1) < 0.5) for x, y in curve.pts
    )
