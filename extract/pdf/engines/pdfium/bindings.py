"""PDFium's functions as cheap calls: a page of 1,000 characters needs thousands of them.

pypdfium2 loads the library and declares every function for ctypes. Called through cffi at the same address, with
handles and out parameters as plain numbers, a call takes two thirds of the time.

PDFium is not safe for threads: one thread of a process may call it at a time.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2.raw as raw
from numpy.typing import NDArray

from extract.pdf.engines.pdfium.loops import FFI, Handles, fill_rows


def _call(name: str, signature: str) -> Callable[..., Any]:
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value
    function: Callable[..., Any] = FFI.cast(signature, address)
    return function


# Handles and addresses are of type size_t here, so that they are Python's integers.
text_object = _call("FPDFText_GetTextObject", "size_t (*)(size_t, int)")
loose_box = _call("FPDFText_GetLooseCharBox", "int (*)(size_t, int, size_t)")
is_generated = _call("FPDFText_IsGenerated", "int (*)(size_t, int)")
unicode_of = _call("FPDFText_GetUnicode", "int (*)(size_t, int)")
ink_box = _call("FPDFText_GetCharBox", "int (*)(size_t, int, size_t, size_t, size_t, size_t)")
origin = _call("FPDFText_GetCharOrigin", "int (*)(size_t, int, size_t, size_t)")
text_matrix = _call("FPDFText_GetMatrix", "int (*)(size_t, int, size_t)")
font_size = _call("FPDFTextObj_GetFontSize", "int (*)(size_t, size_t)")
size_of = _call("FPDFText_GetFontSize", "double (*)(size_t, int)")
has_map_error = _call("FPDFText_HasUnicodeMapError", "int (*)(size_t, int)")
is_hyphen = _call("FPDFText_IsHyphen", "int (*)(size_t, int)")
render_mode = _call("FPDFTextObj_GetTextRenderMode", "int (*)(size_t)")
font_of = _call("FPDFTextObj_GetFont", "size_t (*)(size_t)")
base_font_name = _call("FPDFFont_GetBaseFontName", "size_t (*)(size_t, size_t, size_t)")
is_embedded = _call("FPDFFont_GetIsEmbedded", "int (*)(size_t)")
font_descent = _call("FPDFFont_GetDescent", "int (*)(size_t, float, size_t)")
font_data = _call("FPDFFont_GetFontData", "int (*)(size_t, size_t, size_t, size_t)")
glyph_path = _call("FPDFFont_GetGlyphPath", "size_t (*)(size_t, unsigned int, float)")
count_glyph_segments = _call("FPDFGlyphPath_CountGlyphSegments", "int (*)(size_t)")
glyph_segment = _call("FPDFGlyphPath_GetGlyphPathSegment", "size_t (*)(size_t, int)")
count_objects = _call("FPDFPage_CountObjects", "int (*)(size_t)")
page_object = _call("FPDFPage_GetObject", "size_t (*)(size_t, int)")
count_form_objects = _call("FPDFFormObj_CountObjects", "int (*)(size_t)")
form_object = _call("FPDFFormObj_GetObject", "size_t (*)(size_t, unsigned long)")
object_type = _call("FPDFPageObj_GetType", "int (*)(size_t)")
object_matrix = _call("FPDFPageObj_GetMatrix", "int (*)(size_t, size_t)")
has_transparency = _call("FPDFPageObj_HasTransparency", "int (*)(size_t)")
object_bounds = _call("FPDFPageObj_GetBounds", "int (*)(size_t, size_t, size_t, size_t, size_t)")
count_marks = _call("FPDFPageObj_CountMarks", "int (*)(size_t)")
mark = _call("FPDFPageObj_GetMark", "size_t (*)(size_t, unsigned long)")
mark_name = _call("FPDFPageObjMark_GetName", "int (*)(size_t, size_t, unsigned long, size_t)")
set_active = _call("FPDFPageObj_SetIsActive", "int (*)(size_t, int)")
clip_path = _call("FPDFPageObj_GetClipPath", "size_t (*)(size_t)")
count_clips = _call("FPDFClipPath_CountPaths", "int (*)(size_t)")
count_clip_segments = _call("FPDFClipPath_CountPathSegments", "int (*)(size_t, int)")
clip_segment = _call("FPDFClipPath_GetPathSegment", "size_t (*)(size_t, int, int)")
draw_mode = _call("FPDFPath_GetDrawMode", "int (*)(size_t, size_t, size_t)")
count_segments = _call("FPDFPath_CountSegments", "int (*)(size_t)")
segment = _call("FPDFPath_GetPathSegment", "size_t (*)(size_t, int)")
segment_point = _call("FPDFPathSegment_GetPoint", "int (*)(size_t, size_t, size_t)")
segment_type = _call("FPDFPathSegment_GetType", "int (*)(size_t)")
segment_closes = _call("FPDFPathSegment_GetClose", "int (*)(size_t)")
stroke_width = _call("FPDFPageObj_GetStrokeWidth", "int (*)(size_t, size_t)")
stroke_colour = _call("FPDFPageObj_GetStrokeColor", "int (*)(size_t, size_t, size_t, size_t, size_t)")
fill_colour = _call("FPDFPageObj_GetFillColor", "int (*)(size_t, size_t, size_t, size_t, size_t)")


def address_of(pointer: Any) -> int:
    """The handle that pypdfium2 gives, as a number."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


@dataclass(frozen=True, slots=True, eq=False)
class Colours:
    """Red, green, blue and opacity of objects, each from 0 to 255, in rows; and which of them are known.

    An unknown one, such as a pattern, is opaque black.
    """

    values: NDArray[np.uint32]
    are_known: NDArray[np.bool_]

    @property
    def lightness(self) -> NDArray[np.float64]:
        """From 0 (black) to 1 (white); NaN where unknown."""
        light = np.round(self.values[:, :3] @ _PARTS_OF_LIGHT / 255, 6)
        return np.where(self.are_known, light, np.nan)

    @property
    def opacity(self) -> NDArray[np.uint32]:
        return self.values[:, 3]


_PARTS_OF_LIGHT = np.array([0.299, 0.587, 0.114])
"""How bright red, green and blue look (ITU-R BT.601)."""


def colours_of(colour: Callable[..., Any], items: Handles) -> Colours:
    """The colours of objects; `colour` is the function to ask."""
    values = np.empty((len(items), 4), np.uint32)
    are_known = fill_rows(colour, items, values, parts=4) != 0
    values[~are_known] = (0, 0, 0, 255)
    return Colours(values, are_known)
