"""Legends: what a document prints of its own grades. The print wins over the built-in scheme."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from normalize.document.table_grid import Grid, GridCell
from normalize.document.text_span import Excerpt
from normalize.grades.schemes import bands_of, marks_of, read_grade
from normalize.grades.thresholds import Band, grade_of_ratio, parse_legend, settle_bands
from normalize.statements.statement import Label, Remark, Statement
from normalize.text.folding import fold_mark, squeeze
from normalize.text.labels import Labels
from schemas.messages import say

_MARK = re.compile(r"[^\W_ぁ-んァ-ヶ一-龥]{1,2}[+-]?|\S")
"""A mark, also one that no scheme has: a sign, a letter or two, or one ideograph (優, 良). 区分 is a heading."""


@dataclass(frozen=True, slots=True)
class Legend:
    """The grades of one document: the marks that it explains, and the achievement ratios that they stand for."""

    scheme: str
    marks: frozenset[str]
    bands: tuple[Band, ...]

    def grade_of(self, target: Decimal, actual: Decimal) -> str | None:
        """The grade that a target and an actual give by the printed limits, reckoned in exact fractions."""
        return grade_of_ratio(target, actual, self.bands)


@dataclass(frozen=True, slots=True)
class Explained:
    """A mark of a legend, and the cells that say what it stands for."""

    mark: Excerpt
    words: tuple[Excerpt, ...]

    def band(self, grade: str) -> Band | None:
        """The ratios that the words give a grade; None where they give none."""
        return next(iter(parse_legend((grade, text.text) for text in self.words)), None)


def legend_of(grids: Sequence[Grid], scheme: str, head: Labels) -> Legend:
    """The legend that the tables of legends print; without one, the built-in scheme."""
    rows = [row for grid in grids for row in _explained(grid, scheme, head)]
    # A report that prints its legend on every page has each band once.
    printed = tuple(dict.fromkeys(band for row in rows if (band := row.band(row.mark.text))))
    known = bands_of(scheme)
    return Legend(
        scheme=scheme,
        marks=frozenset(squeeze(row.mark.text) for row in rows),
        bands=settle_bands(printed, known) if printed else known,
    )


def legend_to_statements(grid: Grid, scheme: str, head: Labels) -> Iterator[Statement]:
    """A legend's cells say what the marks mean. Where they say it otherwise than the scheme, a note tells."""
    for cell in grid.cells:
        yield Label(cell.excerpt)
    known = {band.grade: band for band in bands_of(scheme)}
    for row in _explained(grid, scheme, head):
        mark = row.mark
        code = read_grade(mark.text, scheme).grade
        if code is None:
            yield Remark(
                "grade-unknown",
                "note",
                say(
                    "the legend explains {mark}, which the scheme {scheme} does not have; the legend is followed",
                    mark=mark.printed,
                    scheme=scheme,
                ),
                mark,
                observed=mark.printed,
            )
            continue
        band = row.band(code)
        usual = known.get(code)
        if band and usual and (band.lower, band.upper) != (usual.lower, usual.upper):
            yield Remark(
                "grade-differs",
                "note",
                say(
                    "the legend gives {mark} other limits than the scheme {scheme}; the legend is followed",
                    mark=mark.printed,
                    scheme=scheme,
                ),
                mark,
                expected=_limits(usual),
                observed=_limits(band),
            )


def _explained(grid: Grid, scheme: str, head: Labels) -> Iterator[Explained]:
    """The marks of a legend with what explains each.

    Marks stand below or beside each other: in the column or the row that has most of the scheme's, or else below the
    legend's heading. What else stands in the row, or in the column, of a mark explains it.
    """
    cells = [cell for cell in grid.cells if cell]
    known = [cell.cell for cell in cells if fold_mark(cell.text, marks_of(scheme))]
    known = known or [cell.cell for cell in grid.find(head)]
    (col, below), (row, beside) = _most(cell.col for cell in known), _most(cell.row for cell in known)
    for cell in cells:
        if (cell.cell.col == col if below >= beside else cell.cell.row == row) and _MARK.fullmatch(squeeze(cell.text)):
            others = [other for other in cells if other is not cell and _is_level(cell, other, upright=below >= beside)]
            if others:
                yield Explained(cell.excerpt, tuple(other.excerpt for other in others))


def _is_level(mark: GridCell, other: GridCell, *, upright: bool) -> bool:
    """Whether a cell stands beside a mark or, where the marks stand side by side, below or above it."""
    if upright:
        return mark.cell.row in other.cell.rows
    return mark.cell.col in other.cell.cols


def _most(numbers: Iterable[int]) -> tuple[int, int]:
    """The most frequent number, the first of several, and how often it comes; -1 where there is none."""
    return next(iter(Counter(numbers).most_common(1)), (-1, 0))


def _limits(band: Band) -> str:
    """A band as text: ``90%~120%``."""
    lower, upper = ("" if bound is None else f"{float(bound * 100):g}%" for bound in (band.lower, band.upper))
    return f"{lower}~{upper}"
