"""A form as the bytes of a file: tab-separated text, a web page, a workbook, and PDFs that three programs draw."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Literal

from tests.forms.model import Fact, Form, Grid, Item, Line
from tests.forms.office import form_to_workbook, office_to_pdf
from tests.forms.web import browser, form_to_html
from tests.rendering import printed
from tests.rendering.page import PageStyle, fonts, print_to_pdf

How = Literal["text", "reportlab", "chromium", "html", "xlsx", "libreoffice"]
SUFFIX: dict[How, str] = {
    "text": ".txt",
    "reportlab": ".pdf",
    "chromium": ".pdf",
    "html": ".html",
    "xlsx": ".xlsx",
    "libreoffice": ".pdf",
}


# Boxes that not every font has; one that a font lacks would be no print at all.
_PLAIN = str.maketrans({"☐": "□", "☑": "■"})


def press(form: Form, how: How) -> bytes:
    """The bytes of a form, the same for the same form, but for the time that a browser or an office program writes."""
    if how == "text":
        return _text(form)
    if how == "reportlab":
        return _pdf(form)
    if how in ("xlsx", "libreoffice"):
        book = form_to_workbook(form)
        return book if how == "xlsx" else office_to_pdf(book)
    page = form_to_html(form)
    return page.encode("utf-8") if how == "html" else browser()(page)


def _text(form: Form) -> bytes:
    """Tables as rows of tab-separated fields, a merged cell in its first field; lines as they are."""
    parts = ["\n".join(_rows(item)) if isinstance(item, Grid) else item.text for item in form.items]
    return ("\n\n".join(parts) + "\n").encode("utf-8")


def _rows(grid: Grid) -> Iterator[str]:
    place = {cut: at for at, cut in enumerate(grid.cuts)}
    fields = [[""] * (len(place) - 1) for _ in range(grid.n_rows)]
    for cell in grid.cells:
        # A row without tabs is no row of a table: its lines stand as lines.
        fields[cell.row][place[cell.x0]] = cell.text.replace("\n", "<br>" if len(place) > 2 else "\n")
    yield from ("\t".join(row) for row in fields)


def _pdf(form: Form) -> bytes:
    dice = Random(f"page {form.number}")
    style = PageStyle(
        font=dice.choice(fonts()),
        size=dice.choice((6.0, 7.0)) if form.wide else dice.choice((8.0, 9.0)),
        leading=dice.choice((1.2, 1.4)),
        padding=dice.choice((2.0, 3.0)),
        margin=dice.choice((30.0, 40.0)),
        landscape=form.wide or dice.random() < 0.2,
        large=form.wide and dice.random() < 0.5,
        ruling=dice.choice(("lines", "lines", "boxes", "fills")),
        middle=dice.random() < 0.7,
        cuts_rows=False,
        repeats_header=dice.random() < 0.7,
        bold_twins=dice.random() < 0.3,
        number=dice.choice(("", "- {} -", "{}")),
    )
    shades = dice.random() < 0.6
    return print_to_pdf(tuple(_item(item, shades) for item in form.items), style)


def _item(item: Item, shades: bool) -> printed.Item:
    if isinstance(item, Line):
        return printed.Line(item.text.translate(_PLAIN), item.level)
    cuts = item.cuts
    place = {cut: at for at, cut in enumerate(cuts)}
    cells = tuple(
        printed.Cell(
            cell.row,
            place[cell.x0],
            tuple(printed.Paragraph(text) for text in cell.text.translate(_PLAIN).split("\n") if text),
            cell.rows,
            place[cell.x1] - place[cell.x0],
            centred=cell.align == "center",
            right=cell.align == "right",
            shaded=cell.head and shades,
        )
        for cell in item.cells
    )
    widths = tuple(float(after - before) for before, after in pairwise(cuts))
    return printed.Table(widths, cells, item.heads)


# --- The facts as a file, in the columns of a strict scorer

_COLUMNS = ("field", "key", "fiscal_year", "value", "unit", "text", "measure")


def facts_to_csv(form: Form) -> str:
    """The facts of a form, one a line. A difference stands as what a scorer without that role takes it for."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for _, fact in form.facts:
        writer.writerow(_line(fact))
    return out.getvalue()


def _line(fact: Fact) -> tuple[str, ...]:
    field = "actual" if fact.field == "difference" else fact.field
    return (
        ("also:" if fact.also else "") + field,
        " / ".join((*fact.labels, fact.name)),
        "" if fact.year is None else str(fact.year),
        fact.value,
        fact.unit,
        fact.text,
        fact.measure,
    )


def keep(form: Form, how: How, folder: Path) -> None:
    """Write a form and its facts into a folder: `form-12.txt`, `form-12.csv`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"form-{form.number}{SUFFIX[how]}").write_bytes(press(form, how))
    (folder / f"form-{form.number}.csv").write_text(facts_to_csv(form), encoding="utf-8")
