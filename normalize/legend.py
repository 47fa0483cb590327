"""Legends: what a document prints of its own grades. The print wins over the built-in scheme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from normalize.bands import Band, grade_of_ratio, parse_legend, settle_bands
from normalize.characters import squeeze
from normalize.excerpt import Excerpt
from normalize.grades import bands_of, read_grade
from normalize.grid import Grid, Labels
from normalize.statements import Label, Remark, Statement


@dataclass(frozen=True, slots=True)
class Legend:
    """The grades of one document: the marks that it explains, and the achievement ratios that they stand for."""

    scheme: str
    marks: frozenset[str]
    bands: tuple[Band, ...]

    def grade_of(self, target: Decimal, actual: Decimal) -> str | None:
        """The grade that a target and an actual give by the printed limits, reckoned in exact fractions."""
        return grade_of_ratio(target, actual, self.bands)


def legend_of(grids: Sequence[Grid], scheme: str, head: Labels) -> Legend:
    """The legend that the tables of legends print; without one, the built-in scheme."""
    rows = [row for grid in grids for row in _rows(grid, head)]
    printed = parse_legend((mark.text, text.text) for mark, text in rows)
    known = bands_of(scheme)
    return Legend(
        scheme=scheme,
        marks=frozenset(squeeze(mark.text) for mark, _ in rows),
        bands=settle_bands(printed, known) if printed else known,
    )


def legend_to_statements(grid: Grid, scheme: str, head: Labels) -> Iterator[Statement]:
    """A legend's cells say what the marks mean. Where they say it otherwise than the scheme, a note tells."""
    for cell in grid.cells:
        yield Label(cell.excerpt)
    known = {band.grade: band for band in bands_of(scheme)}
    for mark, text in _rows(grid, head):
        code = read_grade(mark.text, scheme).grade
        if code is None:
            yield Remark(
                "grade-unknown", "note",
                f"the legend explains {mark.printed}, which the scheme {scheme} does not have; the legend is followed",
                mark, observed=mark.printed,
            )  # fmt: skip
            continue
        band = next(iter(parse_legend([(code, text.text)])), None)
        usual = known.get(code)
        if band and usual and (band.lower, band.upper) != (usual.lower, usual.upper):
            yield Remark(
                "grade-differs", "note",
                f"the legend gives {mark.printed} other limits than the scheme {scheme}; the legend is followed",
                text, expected=_limits(usual), observed=_limits(band),
            )  # fmt: skip


def _rows(grid: Grid, head: Labels) -> Iterator[tuple[Excerpt, Excerpt]]:
    """The marks of a legend and their explanations, row by row; the row of its heading is left out."""
    for row in grid.rows:
        cells = [cell for cell in grid.starting(row) if cell]
        if len(cells) > 1 and not any(head.match(cell.text) for cell in cells):
            yield cells[0].excerpt, cells[1].excerpt


def _limits(band: Band) -> str:
    """A band as text: ``90%~120%``."""
    lower, upper = ("" if bound is None else f"{float(bound * 100):g}%" for bound in (band.lower, band.upper))
    return f"{lower}~{upper}"
