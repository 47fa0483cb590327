"""A form as HTML, and printed by the browser of this machine."""

from __future__ import annotations

import atexit
import html
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from random import Random

from tests.forms.model import Cell, Form, Grid, Line

_NAMES = ("chromium", "chromium-browser", "google-chrome")


def form_to_html(form: Form) -> str:
    """The form as a page of a browser; heads that come again over a page stand in a thead."""
    dice = Random(f"web {form.number}")
    paper = f"{'A3' if form.wide and dice.random() < 0.5 else 'A4'} {'landscape' if form.wide else 'portrait'}"
    shade = dice.choice(("background: #dde8f4", "background: #eee", ""))
    style = (
        f"@page {{ size: {paper}; margin: {dice.choice((10, 14))}mm }}"
        f" body {{ font: {dice.choice((8, 9, 10))}px {dice.choice(('IPAGothic', 'IPAPGothic'))} }}"
        " table { border-collapse: collapse; width: 100%; table-layout: fixed; margin: 4px 0 }"
        f" td, th {{ border: {dice.choice(('1px', '0.5px'))} solid black; padding: {dice.choice((1, 2, 4))}px;"
        f" font-weight: normal; vertical-align: {dice.choice(('top', 'middle'))} }}"
        f" th {{ {shade} }} .none {{ border: none }} h1 {{ font-size: 14px }} h2 {{ font-size: 11px }}"
    )
    body = "".join(_line(item) if isinstance(item, Line) else _table(item) for item in form.items)
    return f'<!DOCTYPE html><html lang="ja"><meta charset="utf-8"><style>{style}</style><body>{body}</body></html>'


def _line(line: Line) -> str:
    tag = f"h{line.level}" if line.level else "p"
    return f"<{tag}>{html.escape(line.text)}</{tag}>"


def _table(grid: Grid) -> str:
    cuts = grid.cuts
    columns = "".join(
        f'<col style="width: {100 * (after - before) / (cuts[-1] - cuts[0]):.3f}%">' for before, after in pairwise(cuts)
    )
    rows = ["".join(_cells(grid, row)) for row in range(grid.n_rows)]
    is_cut = any(cell.row < grid.heads < cell.row + cell.rows for cell in grid.cells)
    heads = 0 if is_cut else grid.heads  # no cell of a thead goes on below it
    head = "".join(f"<tr>{row}</tr>" for row in rows[:heads])
    rest = "".join(f"<tr>{row}</tr>" for row in rows[heads:])
    return f"<table><colgroup>{columns}</colgroup><thead>{head}</thead><tbody>{rest}</tbody></table>"


def _cells(grid: Grid, row: int) -> Iterator[str]:
    """The cells that begin in a row, and borderless ones where nothing is."""
    cuts = grid.cuts
    place = {cut: at for at, cut in enumerate(cuts)}
    here = [cell for cell in grid.cells if cell.row <= row < cell.row + cell.rows]
    taken = {n for cell in here for n in range(place[cell.x0], place[cell.x1])}
    begins = {place[cell.x0]: cell for cell in grid.cells if cell.row == row}
    for n in range(len(cuts) - 1):
        if n in begins:
            yield _cell(begins[n], place[begins[n].x1] - n)
        elif n not in taken:
            yield '<td class="none"></td>'


def _cell(cell: Cell, span: int) -> str:
    tag = "th" if cell.head else "td"
    text = "<br>".join(html.escape(line) for line in cell.text.split("\n"))
    return f'<{tag} rowspan="{cell.rows}" colspan="{span}" style="text-align: {cell.align}">{text}</{tag}>'


@cache
def browser() -> Callable[[str], bytes]:
    """What prints HTML; FileNotFoundError where no browser is installed. It is started once and closed at the end."""
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        raise FileNotFoundError(f"none of {', '.join(_NAMES)} is on the path: on Debian, apt-get install chromium")
    driver = sync_playwright().start()
    started = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
    page = started.new_page()
    atexit.register(driver.stop)
    atexit.register(started.close)

    def print_html(text: str) -> bytes:
        page.set_content(text)
        return page.pdf(prefer_css_page_size=True, print_background=True)

    return print_html
