"""The typed tables of the five documents, printed anew by other programs than those that made the documents.

Readers are tuned on some producers' rules and fonts. reportlab draws thin lines and names a font that the file does not
hold; a browser draws each side of a cell as a filled area and embeds parts of its fonts.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

from benchmarks.grids import TypedCell, TypedTable
from tests.forms.web import browser
from tests.rendering.page import CID_FONTS, PageStyle, print_to_pdf
from tests.rendering.printed import Cell, Line, Print, Table, texts

_STYLE = (
    "@page { size: A3 landscape; margin: 10mm } body { font: 9px IPAGothic } tr { break-inside: avoid }"
    " table { border-collapse: collapse; width: 100%; margin: 6px 0 }"
    " td { border: 0.5px solid black; padding: 2px; vertical-align: top }"
)


def to_print(tables: Sequence[TypedTable]) -> Print:
    """Tables with a line of text before each, so that none runs into the next."""
    return tuple(item for number, table in enumerate(tables, 1) for item in (Line(f"表{number}"), _to_table(table)))


def print_by_reportlab(tables: Sequence[TypedTable]) -> bytes:
    """A3 across, in a font that the file does not hold."""
    return print_to_pdf(to_print(tables), PageStyle(font=CID_FONTS[1], size=8, margin=30, landscape=True, large=True))


def print_by_browser(tables: Sequence[TypedTable]) -> bytes:
    """A3 across, by the browser of this machine. Raises FileNotFoundError where there is none."""
    body = "".join(f"<p>表{number}</p>{_to_html(table)}" for number, table in enumerate(tables, 1))
    return browser()(f'<!DOCTYPE html><html lang="ja"><meta charset="utf-8"><style>{_STYLE}</style>{body}</html>')


def _to_table(table: TypedTable) -> Table:
    # The widest text of a column asks for its room, within bounds: a column of prose would leave none to a mark.
    widths = [1.0] * table.n_cols
    for cell in table.cells:
        longest = max(map(len, cell.text.split("\n"))) / cell.colspan
        for col in range(cell.col, cell.col + cell.colspan):
            widths[col] = max(widths[col], min(longest, 25.0) + 1)
    cells = tuple(
        Cell(cell.row, cell.col, texts(*cell.text.split("\n")), cell.rowspan, cell.colspan) for cell in table.cells
    )
    return Table(tuple(width / sum(widths) for width in widths), cells)


def _to_html(table: TypedTable) -> str:
    rows = "".join(f"<tr>{''.join(_row(table, row))}</tr>" for row in range(table.n_rows))
    return f"<table>{rows}</table>"


def _row(table: TypedTable, row: int) -> Iterator[str]:
    for cell in sorted((cell for cell in table.cells if cell.row == row), key=lambda cell: cell.col):
        yield _to_td(cell)


def _to_td(cell: TypedCell) -> str:
    text = "<br>".join(map(html.escape, cell.text.split("\n")))
    return f'<td rowspan="{cell.rowspan}" colspan="{cell.colspan}">{text}</td>'
