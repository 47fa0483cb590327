"""Print → HTML, for a browser to print: tables with merged cells, in any look that a style sheet gives."""

from __future__ import annotations

import html
from collections.abc import Iterator

from tests.rendering.printed import Cell, Line, NewPage, Print, Table

_STYLE = """
body { font-size: 8pt; line-height: 1.4; }
h1 { font-size: 12pt; } p { margin: 2pt 0; } .new { break-before: page; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; margin: 6pt 0; }
td, th { border: 0.5pt solid black; padding: 2pt 3pt; font-weight: normal; text-align: left; vertical-align: top; }
"""


def print_to_html(printed: Print, style: str) -> str:
    """A page of HTML. `style` is CSS behind ours; labels are of class label."""
    body = "".join(_items(printed))
    return f"<!DOCTYPE html><html lang=ja><meta charset=utf-8><style>{_STYLE}{style}</style><body>{body}</body></html>"


def _items(printed: Print) -> Iterator[str]:
    opens = ""
    for item in printed:
        if isinstance(item, NewPage):
            opens = " class=new"
            continue
        if isinstance(item, Line):
            tag = "h1" if item.level == 1 else "p"
            yield f"<{tag}{opens}>{html.escape(item.printed)}</{tag}>"
        else:
            yield f"<table{opens}>{''.join(_rows(item))}</table>"
        opens = ""


def _rows(table: Table) -> Iterator[str]:
    for share in table.widths:
        yield f'<col style="width: {100 * share / sum(table.widths):.3f}%">'
    for row in range(table.n_rows):
        if row == table.header_rows:
            yield "<tbody>"
        elif row == 0:
            yield "<thead>"
        yield "<tr>"
        for cell in table.cells:
            if cell.row == row:
                yield _cell(cell, "th" if row < table.header_rows else "td")
        yield "</tr>"


def _cell(cell: Cell, tag: str) -> str:
    label = " class=label" if cell.centred else ""
    text = "<br>".join("<br>" * paragraph.apart + html.escape(paragraph.printed) for paragraph in cell.paragraphs)
    return f"<{tag}{label} rowspan={cell.row_span} colspan={cell.col_span}>{text}</{tag}>"
