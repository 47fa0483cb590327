"""Generated forms as files, each with a few cells that a stranger may have filled in: small documents of every kind.

What a PDF or a package loses when its bytes are broken, these keep: they are read to the last cell.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Literal

import docx

from tests.forms.compose import compose
from tests.forms.model import Cell, Form, Grid, Item, Line
from tests.forms.press import press
from tests.fuzzing.text_mutations import CELLS

Kind = Literal["txt", "html", "xlsx", "csv", "docx"]
KINDS: tuple[Kind, ...] = ("txt", "html", "xlsx", "csv", "docx")
_SEED = 22
_FORMS = 100_000
"""Numbers of forms that are drawn from."""

Mutation = Callable[[list[Cell], Random], None]


def put_odd(cells: list[Cell], random: Random) -> None:
    """What nobody expects in a cell, alone or behind its text."""
    at = random.randrange(len(cells))
    odd = random.choice(CELLS)
    cells[at] = replace(cells[at], text=random.choice((odd, cells[at].text + odd, odd + cells[at].text)))


def put_elsewhere(cells: list[Cell], random: Random) -> None:
    """A cell says what another one says, which then is empty, or says it too."""
    one, two = random.randrange(len(cells)), random.randrange(len(cells))
    text = cells[one].text
    cells[one] = replace(cells[one], text=random.choice(("", cells[two].text, text)))
    cells[two] = replace(cells[two], text=text)


def drop_cell(cells: list[Cell], random: Random) -> None:
    del cells[random.randrange(len(cells))]


def empty_row(cells: list[Cell], random: Random) -> None:
    row = random.choice(cells).row
    cells[:] = [replace(cell, text="") if cell.row == row else cell for cell in cells]


def repeat_row(cells: list[Cell], random: Random) -> None:
    """A row of plain cells stands there again at the end."""
    row = random.choice(cells).row
    end = max(cell.row + cell.rows for cell in cells)
    cells += [replace(cell, row=end, rows=1) for cell in cells if cell.row == row]


def split_text(cells: list[Cell], random: Random) -> None:
    """A text goes on in the next line."""
    at = random.randrange(len(cells))
    text = cells[at].text
    if text:
        cut = random.randrange(len(text) + 1)
        cells[at] = replace(cells[at], text=f"{text[:cut]}\n{text[cut:]}")


MUTATIONS: dict[Mutation, float] = {
    put_odd: 4, put_elsewhere: 3, drop_cell: 1, empty_row: 1, repeat_row: 1, split_text: 2,
}  # fmt: skip
"""How often each comes, beside the others."""


def break_form(random: Random) -> tuple[str, bytes, str, tuple[str, ...]]:
    """A form with some cells changed: its name, its bytes, the group of what it was, and what was done to it."""
    form = compose(random.randrange(_FORMS), _SEED)
    names = []
    for mutate in random.choices([*MUTATIONS], [*MUTATIONS.values()], k=random.choice((0, 1, 1, 2, 5))):
        form = _changed(form, mutate, random)
        names.append(mutate.__name__)
    kind = random.choice(KINDS)
    return f"form.{kind}", _pressed(form, kind), f"form {kind}", tuple(names)


def _changed(form: Form, mutate: Mutation, random: Random) -> Form:
    places = [at for at, item in enumerate(form.items) if isinstance(item, Grid) and item.cells]
    if not places:
        return form
    at = random.choice(places)
    grid = form.items[at]
    assert isinstance(grid, Grid)
    cells = [*grid.cells]
    mutate(cells, random)
    changed: tuple[Item, ...] = (replace(grid, cells=tuple(cells)),) if cells else ()
    return replace(form, items=(*form.items[:at], *changed, *form.items[at + 1 :]))


def _pressed(form: Form, kind: Kind) -> bytes:
    if kind == "csv":
        return _csv(form)
    if kind == "docx":
        return _word(form)
    return press(_without_controls(form) if kind == "xlsx" else form, "text" if kind == "txt" else kind)


def _without_controls(form: Form) -> Form:
    items = (
        replace(item, text=_sayable(item.text))
        if isinstance(item, Line)
        else replace(item, cells=tuple(replace(cell, text=_sayable(cell.text)) for cell in item.cells))
        for item in form.items
    )
    return replace(form, items=tuple(items))


def _csv(form: Form) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for item in form.items:
        writer.writerows([[item.text]] if isinstance(item, Line) else _rows(item))
    return out.getvalue().encode("utf-8", "replace")


def _rows(grid: Grid) -> list[list[str]]:
    """The texts of a table, a merged cell in its first field."""
    place = {cut: at for at, cut in enumerate(grid.cuts)}
    fields = [[""] * (len(place) - 1) for _ in range(grid.n_rows)]
    for cell in grid.cells:
        fields[cell.row][place[cell.x0]] = cell.text
    return fields


def _word(form: Form) -> bytes:
    """A Word file: lines as paragraphs, tables without merged cells."""
    book = docx.Document()
    for item in form.items:
        if isinstance(item, Line):
            book.add_paragraph(_sayable(item.text))
            continue
        rows = _rows(item)
        table = book.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = _sayable(text)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sayable(text: str) -> str:
    """A text without what XML cannot say."""
    return "".join(letter for letter in text if (letter >= " " and letter not in "\ufffe\uffff") or letter == "\n")
