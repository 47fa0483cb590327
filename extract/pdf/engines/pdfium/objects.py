"""Objects of a page as PDFium has them, and what moves them to where they are displayed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from extract.pdf.engines.pdfium import bindings as call
from extract.pdf.engines.pdfium.loops import Handles, fill_rows
from extract.pdf.model.glyph_array import Bools, Floats, Ints

Matrix = tuple[float, float, float, float, float, float]
"""A transformation in PDF's order: x' = a·x + c·y + e, y' = b·x + d·y + f."""


@dataclass(frozen=True, slots=True, eq=False)
class Objects:
    """Objects of a page in the order of painting: PDFium's handles, their places in that order, and the form that each
    stands in, of which `matrices` says what moves it to where it is displayed, and `veils` whether it is painted
    transparent or through a mask. The first form is the page itself."""

    items: Handles
    orders: Ints
    forms: Ints
    matrices: Floats
    veils: Bools

    def __len__(self) -> int:
        return len(self.items)

    @property
    def within(self) -> Floats:
        """What moves the form of each object, a row for each."""
        rows: Floats = self.matrices[self.forms]
        return rows

    @property
    def are_in_forms(self) -> Bools:
        """Whether each object stands in a form, and not on the page itself."""
        are_in: Bools = self.forms > 0
        return are_in

    @property
    def are_veiled(self) -> Bools:
        """Whether each object stands in a form that is painted transparent or through a mask."""
        veiled: Bools = self.veils[self.forms]
        return veiled

    def take(self, at: Ints | Bools) -> Objects:
        """Some of the objects."""
        return Objects(self.items[at], self.orders[at], self.forms[at], self.matrices, self.veils)

    def places_of(self, items: Handles) -> Ints:
        """The number of each of some handles among the objects, -1 for those that are none."""
        if not len(self.items):
            return np.full(len(items), -1)
        order = np.argsort(self.items)
        at = np.minimum(np.searchsorted(self.items, items, sorter=order), len(order) - 1)
        found: Ints = np.where(self.items[order[at]] == items, order[at], -1)
        return found


def matrices_of(placed: Objects) -> Floats:
    """What moves each object to its place on the page, a row for each."""
    matrices = np.zeros((len(placed), 6), np.float32)
    fill_rows(call.object_matrix, placed.items, matrices)
    return products(placed.within, matrices.astype(np.float64))


def products(outer: Floats, inner: Floats) -> Floats:
    """What does `inner` first, then `outer`, row by row."""
    a, b, c, d, e, f = outer.T
    p, q, r, s, t, u = inner.T
    return np.array(
        [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f]
    ).T


def moved(within: Floats, boxes: Floats) -> Floats:
    """Boxes moved to their places on the page, each by its row of `within`: around their corners, sides in rows."""
    a, b, c, d, e, f = within.T
    xs, ys = boxes[[0, 2, 0, 2]], boxes[[1, 1, 3, 3]]
    x, y = a * xs + c * ys + e, b * xs + d * ys + f
    return np.array([x.min(axis=0), y.min(axis=0), x.max(axis=0), y.max(axis=0)])
