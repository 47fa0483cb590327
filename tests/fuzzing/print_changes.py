"""Changes of print: heads exchanged or blanked, numbers broken in two, struck out, covered, raised upon, negated."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from tests.forms.model import Fact, Form, Grid
from tests.forms.press import How
from tests.fuzzing.changing import (
    END,
    RAISED,
    STRUCK,
    WHITE,
    Change,
    Made,
    dropped,
    headed_block,
    lone_number,
    optional,
    other_number,
    same,
    with_cells,
)


def exchanged_heads(form: Form, dice: Random, _: How) -> Made | None:
    """Two years change places: what stands under them is of the other year."""
    found = headed_block(form, dice)
    if found is None:
        return None
    heads, block = found
    (one, first), (two, second) = dice.sample(heads, 2)
    years = {first: second, second: first}
    own = {id(fact) for fact in block.facts}

    def told(fact: Fact) -> Fact:
        return replace(fact, year=years[fact.year]) if id(fact) in own and fact.year in years else fact

    return with_cells(form, {id(one): replace(one, text=two.text), id(two): replace(two, text=one.text)}, told), same


def blanked_head(form: Form, dice: Random, _: How) -> Made | None:
    """A year's head is empty: nothing says of what year the numbers under it are."""
    found = headed_block(form, dice)
    if found is None:
        return None
    heads, block = found
    cell, year = dice.choice(heads)
    own = {id(fact) for fact in block.facts if fact.year == year}

    def told(fact: Fact) -> Fact:
        return replace(fact, year=None, also=True) if id(fact) in own else fact

    return with_cells(form, {id(cell): replace(cell, text="")}, told), same


def broken_number(form: Form, dice: Random, _: How) -> Made | None:
    """A number goes on in the next line of its cell, or behind a blank: it is one number, and no part of it is."""
    found = lone_number(form, dice)
    if found is None:
        return None
    cell, fact = found
    at = dice.randrange(1, len(cell.text))
    text = cell.text[:at] + dice.choice(("\n", " ", "　")) + cell.text[at:]
    return with_cells(form, {id(cell): replace(cell, text=text)}, optional(fact)), same


def negated_number(form: Form, dice: Random, _: How) -> Made | None:
    """A sign stands before a number."""
    found = lone_number(form, dice)
    if found is None:
        return None
    cell, fact = found
    text = dice.choice("▲△-－−") + cell.text

    def told(each: Fact) -> Fact:
        return replace(fact, value=f"-{fact.value}", also=True, printed=text) if each is fact else each

    return with_cells(form, {id(cell): replace(cell, text=text)}, told), same


def noted_number(form: Form, dice: Random, how: How) -> Made | None:
    """The raised mark of a note stands at a number."""
    found = lone_number(form, dice)
    if found is None or how == "reportlab":
        return None
    cell, fact = found
    mark = dice.choice(("1", "2)", "※1", "(1)"))
    text = f"{cell.text}{RAISED}{mark}{END}" if how != "text" else f"{cell.text}<sup>{mark}</sup>"
    return with_cells(form, {id(cell): replace(cell, text=text)}, optional(fact)), same


def struck_number(form: Form, dice: Random, how: How) -> Made | None:
    """A number is struck out; another may stand behind it, and counts."""
    found = lone_number(form, dice)
    if found is None or how == "text":
        return None
    cell, fact = found
    if how in ("reportlab", "chromium", "libreoffice"):
        return with_cells(form, {}, dropped(fact)), lambda data: _over(data, cell.text, "strike")
    other = dice.choice(("", other_number(cell.text, dice)))

    def told(each: Fact) -> Fact | None:
        if each is not fact:
            return each
        return replace(fact, value=other.replace(",", ""), also=True, printed=other) if other else None

    text = f"{STRUCK}{cell.text}{END}{other}"
    return with_cells(form, {id(cell): replace(cell, text=text)}, told), same


def covered_number(form: Form, dice: Random, how: How) -> Made | None:
    """A white patch lies over a number, or it has the colour of paper: nobody sees it."""
    found = lone_number(form, dice)
    if found is None or how == "text":
        return None
    cell, fact = found
    if how in ("reportlab", "chromium", "libreoffice"):
        return with_cells(form, {}, dropped(fact)), lambda data: _over(data, cell.text, "cover")
    if how == "html":
        return None
    return with_cells(form, {id(cell): replace(cell, text=f"{WHITE}{cell.text}{END}")}, dropped(fact)), same


def printed_again(form: Form, dice: Random, _: How) -> Made | None:
    """A block stands there again at the end, one number of it another: the page says both."""
    found = lone_number(form, dice)
    if found is None:
        return None
    cell, fact = found
    grid = next(item for item in form.items if isinstance(item, Grid) and any(each is cell for each in item.cells))
    if not any(block.items == (grid,) and len({each.measure for each in block.facts}) == 1 for block in form.blocks):
        return None  # whose it is, a heading says, which is not printed again
    other = replace(cell, text=other_number(cell.text, dice))
    again = replace(grid, cells=tuple(other if each is cell else each for each in grid.cells))
    changed = with_cells(form, {}, dropped(fact))
    return replace(changed, items=(*changed.items, again)), same


PRINT_CHANGES: Sequence[Change] = (
    exchanged_heads, blanked_head, broken_number, negated_number, noted_number, struck_number, covered_number,
    printed_again,
)  # fmt: skip


def _over(data: bytes, text: str, what: str) -> bytes | None:
    """A PDF with a line through a text, or with a white patch over it; None where PDFium does not find the text."""
    document = pdfium.PdfDocument(data)
    for page in document:
        words = page.get_textpage()
        found = words.search(text).get_next()
        if found is None:
            continue
        if not words.count_rects(*found):
            continue
        left, bottom, right, top = words.get_rect(0)
        if what == "strike":
            middle = (bottom + top) / 2
            bottom, top = middle - 0.4, middle + 0.4
        else:
            left, bottom, right, top = left - 0.5, bottom - 0.5, right + 0.5, top + 0.5
        patch = pdfium_c.FPDFPageObj_CreateNewRect(left, bottom, right - left, top - bottom)
        shade = 0 if what == "strike" else 255
        pdfium_c.FPDFPageObj_SetFillColor(patch, shade, shade, shade, 255)
        pdfium_c.FPDFPath_SetDrawMode(patch, pdfium_c.FPDF_FILLMODE_ALTERNATE, False)
        pdfium_c.FPDFPage_InsertObject(page, patch)
        pdfium_c.FPDFPage_GenerateContent(page)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()
    return None
