"""Which rules across a page meet which rules down it: asked of all pairs at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extract.pdf.model.glyph_array import Bools, Floats
from extract.pdf.tables.rulings import REACH, Edge


def crossings(edges: Sequence[Edge], others: Sequence[Edge]) -> Bools:
    """A row for each edge, a column for each of those that run the other way: do the two meet?

    >>> crossings([Edge(0, 0, 90), Edge(50, 0, 40)], [Edge(40, 0, 50), Edge(90, 0, 50)]).tolist()
    [[True, True], [True, False]]
    """
    return meetings(positions(edges), positions(others))


def meetings(edges: Floats, others: Floats) -> Bools:
    """The same of the `positions` of edges."""
    at, start, end = edges[:, :, np.newaxis]
    other_at, other_start, other_end = others
    meet: Bools = (
        (start - REACH <= other_at)
        & (other_at <= end + REACH)
        & (other_start - REACH <= at)
        & (at <= other_end + REACH)
    )
    return meet


def positions(edges: Sequence[Edge]) -> Floats:
    """Where edges lie: the first row tells at, the second their starts, the third their ends."""
    return np.array([*zip(*edges, strict=True)][:3]) if edges else np.empty((3, 0))
