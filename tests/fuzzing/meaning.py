"""Traps of meaning: forms of the generator, changed where a reader goes wrong, and what their pages say then.

Heads are exchanged or blanked, numbers broken in two, struck out, covered, raised upon, negated, blocks printed again
with another number. Each change knows what it does to the facts. A value that is not the page's and that no finding
speaks of is a defect, unless the unchanged form is misread in the same way.

    python -m tests.fuzzing.meaning --forms 1000 --seed 1 --how html
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import get_args

import openpyxl
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from extract import read_document
from normalize import read_records
from normalize.text.calendar import fiscal_year
from tests.forms.compose import compose
from tests.forms.judge import FalseRecord, judge
from tests.forms.model import Block, Cell, Fact, Form, Grid
from tests.forms.press import SUFFIX, How, press
from tests.forms.run import shown_false

AMOUNTS = ("target", "actual", "expected", "difference", "cost")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")
_LEAST_DIGITS = 3
_YEAR = re.compile(r"(?:令和|平成|[RH])\s*(?:元|\d+)(?:年度?)?|20\d\d(?:年度?)?")
_STRUCK, _RAISED, _WHITE, _END = "\ue000", "\ue001", "\ue002", "\ue003"
"""Marks in a cell's text, of the private use area, that a printer takes as what they stand for."""
_MARKED = re.compile(f"([{_STRUCK}{_RAISED}{_WHITE}])([^{_END}]*){_END}")


@dataclass(frozen=True, slots=True)
class Trap:
    """A changed form: what it says now, and how its bytes are made."""

    name: str
    form: Form
    data: bytes


Made = tuple[Form, Callable[[bytes], bytes | None]]
"""A changed form, and what is drawn over its print; None where that cannot be."""

Change = Callable[[Form, Random, How], Made | None]


def _same(data: bytes) -> bytes:
    return data


def traps(number: int, seed: int, how: How) -> Iterator[Trap]:
    """The traps that are made of one form: each change at one place, where it has one."""
    form = compose(number, seed)
    for change in CHANGES:
        made = change(form, Random(f"{seed}/{number}/{change.__name__}"), how)
        if made is not None:
            changed, print_over = made
            data = print_over(_pressed(changed, how))
            if data is not None:
                yield Trap(change.__name__, changed, data)


def defects(form: Form, trap: Trap, how: How) -> list[FalseRecord]:
    """The values of a trap that are not the page's, and without a finding; those of the unchanged form aside."""
    before = {_key(false) for false in _silent(form, press(form, how), how)}
    return [false for false in _silent(trap.form, trap.data, how) if _key(false) not in before]


def _silent(form: Form, data: bytes, how: How) -> list[FalseRecord]:
    verdict = judge(form, read_records(read_document(data, f"form{SUFFIX[how]}")))
    return [false for false in verdict.silent if false.said.table == "observations" and false.wrong != "again"]


def _key(false: FalseRecord) -> tuple[object, ...]:
    row = false.said.row
    return (false.said.name, false.said.node, getattr(row, "value", None), getattr(row, "value_text", None))


# --- Where a change can be made


def _cells(form: Form) -> Iterator[Cell]:
    return (cell for item in form.items if isinstance(item, Grid) for cell in item.cells)


def _with_cells(form: Form, changed: dict[int, Cell], facts: Callable[[Fact], Fact | None]) -> Form:
    """The form with other cells (by the identity of the old ones) and other facts; None drops one."""
    items = tuple(
        replace(item, cells=tuple(changed.get(id(cell), cell) for cell in item.cells))
        if isinstance(item, Grid)
        else item
        for item in form.items
    )
    return replace(form, items=items, blocks=tuple(_with_facts(block, facts) for block in form.blocks))


def _with_facts(block: Block, change: Callable[[Fact], Fact | None]) -> Block:
    return replace(block, facts=tuple(told for fact in block.facts if (told := change(fact)) is not None))


def _lone_number(form: Form, dice: Random) -> tuple[Cell, Fact] | None:
    """A cell that is one number, which stands nowhere else on the form, and the one fact that it states."""
    texts = [cell.text for cell in _cells(form)]
    every = "\n".join((*texts, *(item.text for item in form.items if not isinstance(item, Grid))))
    facts = [fact for _, fact in form.facts if fact.field in AMOUNTS]
    found = []
    for cell in _cells(form):
        if not _NUMBER.fullmatch(cell.text) or len(re.sub(r"\D", "", cell.text)) < _LEAST_DIGITS:
            continue
        own = [
            fact for fact in facts if fact.value == cell.text.replace(",", "") and not fact.text.strip("0123456789,.")
        ]
        if every.count(cell.text) == 1 and len(own) == 1:
            found.append((cell, own[0]))
    return dice.choice(found) if found else None


def _dropped(gone: Fact) -> Callable[[Fact], Fact | None]:
    return lambda fact: None if fact is gone else fact


def _optional(one: Fact) -> Callable[[Fact], Fact | None]:
    return lambda fact: replace(fact, also=True) if fact is one else fact


def _other_number(text: str, dice: Random) -> str:
    """Another number of the same shape."""
    while True:
        told = "".join(dice.choice("123456789") if letter.isdigit() else letter for letter in text)
        if told != text:
            return told


def _year_of(text: str) -> int | None:
    found = _YEAR.match(text)
    return fiscal_year(found[0] if found[0].endswith("度") else f"{found[0].removesuffix('年')}年度") if found else None


def _year_heads(grid: Grid) -> Iterator[list[tuple[Cell, int]]]:
    """Rows of heads that print years: each with its year."""
    for row in range(grid.n_rows):
        told = [(cell, year) for cell in grid.cells
                if cell.row == row and cell.head and (year := _year_of(cell.text)) is not None]  # fmt: skip
        years, rests = {year for _, year in told}, {_YEAR.sub("", cell.text) for cell, _ in told}
        if len(years) == len(told) > 1 and len(rests) == 1:
            yield told


def _headed_block(form: Form, dice: Random) -> tuple[list[tuple[Cell, int]], Block] | None:
    """A row of year heads of a block that prints each of its years there alone."""
    found = []
    whole = {id(item) for item in form.items}
    for block in form.blocks:
        texts = "\n".join(block.texts)
        for item in block.items:
            if isinstance(item, Grid) and id(item) in whole:
                found += [
                    (heads, block) for heads in _year_heads(item)
                    if all(texts.count(cell.text) == 1 for cell, _ in heads)
                    and all(fact.year is not None for fact in block.facts if fact.field in AMOUNTS)
                ]  # fmt: skip
    return dice.choice(found) if found else None


# --- The changes


def exchanged_heads(form: Form, dice: Random, _: How) -> Made | None:
    """Two years change places: what stands under them is of the other year."""
    found = _headed_block(form, dice)
    if found is None:
        return None
    heads, block = found
    (one, first), (two, second) = dice.sample(heads, 2)
    years = {first: second, second: first}
    own = {id(fact) for fact in block.facts}

    def told(fact: Fact) -> Fact:
        return replace(fact, year=years[fact.year]) if id(fact) in own and fact.year in years else fact

    return _with_cells(form, {id(one): replace(one, text=two.text), id(two): replace(two, text=one.text)}, told), _same


def blanked_head(form: Form, dice: Random, _: How) -> Made | None:
    """A year's head is empty: nothing says of what year the numbers under it are."""
    found = _headed_block(form, dice)
    if found is None:
        return None
    heads, block = found
    cell, year = dice.choice(heads)
    own = {id(fact) for fact in block.facts if fact.year == year}

    def told(fact: Fact) -> Fact:
        return replace(fact, year=None, also=True) if id(fact) in own else fact

    return _with_cells(form, {id(cell): replace(cell, text="")}, told), _same


def broken_number(form: Form, dice: Random, _: How) -> Made | None:
    """A number goes on in the next line of its cell, or behind a blank: it is one number, and no part of it is."""
    found = _lone_number(form, dice)
    if found is None:
        return None
    cell, fact = found
    at = dice.randrange(1, len(cell.text))
    text = cell.text[:at] + dice.choice(("\n", " ", "　")) + cell.text[at:]
    return _with_cells(form, {id(cell): replace(cell, text=text)}, _optional(fact)), _same


def negated_number(form: Form, dice: Random, _: How) -> Made | None:
    """A sign stands before a number."""
    found = _lone_number(form, dice)
    if found is None:
        return None
    cell, fact = found
    text = dice.choice("▲△-－−") + cell.text

    def told(each: Fact) -> Fact:
        return replace(fact, value=f"-{fact.value}", also=True, printed=text) if each is fact else each

    return _with_cells(form, {id(cell): replace(cell, text=text)}, told), _same


def noted_number(form: Form, dice: Random, how: How) -> Made | None:
    """The raised mark of a note stands at a number."""
    found = _lone_number(form, dice)
    if found is None or how == "reportlab":
        return None
    cell, fact = found
    mark = dice.choice(("1", "2)", "※1", "(1)"))
    text = f"{cell.text}{_RAISED}{mark}{_END}" if how != "text" else f"{cell.text}<sup>{mark}</sup>"
    return _with_cells(form, {id(cell): replace(cell, text=text)}, _optional(fact)), _same


def struck_number(form: Form, dice: Random, how: How) -> Made | None:
    """A number is struck out; another may stand behind it, and counts."""
    found = _lone_number(form, dice)
    if found is None or how == "text":
        return None
    cell, fact = found
    if how in ("reportlab", "chromium", "libreoffice"):
        return _with_cells(form, {}, _dropped(fact)), lambda data: _over(data, cell.text, "strike")
    other = dice.choice(("", _other_number(cell.text, dice)))

    def told(each: Fact) -> Fact | None:
        if each is not fact:
            return each
        return replace(fact, value=other.replace(",", ""), also=True, printed=other) if other else None

    text = f"{_STRUCK}{cell.text}{_END}{other}"
    return _with_cells(form, {id(cell): replace(cell, text=text)}, told), _same


def covered_number(form: Form, dice: Random, how: How) -> Made | None:
    """A white patch lies over a number, or it has the colour of paper: nobody sees it."""
    found = _lone_number(form, dice)
    if found is None or how == "text":
        return None
    cell, fact = found
    if how in ("reportlab", "chromium", "libreoffice"):
        return _with_cells(form, {}, _dropped(fact)), lambda data: _over(data, cell.text, "cover")
    if how == "html":
        return None
    return _with_cells(form, {id(cell): replace(cell, text=f"{_WHITE}{cell.text}{_END}")}, _dropped(fact)), _same


def printed_again(form: Form, dice: Random, _: How) -> Made | None:
    """A block stands there again at the end, one number of it another: the page says both."""
    found = _lone_number(form, dice)
    if found is None:
        return None
    cell, fact = found
    grid = next(item for item in form.items if isinstance(item, Grid) and any(each is cell for each in item.cells))
    if not any(block.items == (grid,) and len({each.measure for each in block.facts}) == 1 for block in form.blocks):
        return None  # whose it is, a heading says, which is not printed again
    other = replace(cell, text=_other_number(cell.text, dice))
    again = replace(grid, cells=tuple(other if each is cell else each for each in grid.cells))
    changed = _with_cells(form, {}, _dropped(fact))
    return replace(changed, items=(*changed.items, again)), _same


CHANGES: Sequence[Change] = (
    exchanged_heads, blanked_head, broken_number, negated_number, noted_number, struck_number, covered_number,
    printed_again,
)  # fmt: skip


# --- How changes are printed


def _pressed(form: Form, how: How) -> bytes:
    data = press(form, how)
    if how == "html":
        return _MARKED.sub(_html_mark, data.decode()).encode()
    return _set_in_workbook(data) if how == "xlsx" else data


def _html_mark(mark: re.Match[str]) -> str:
    tag = "s" if mark[1] == _STRUCK else "sup"
    return f"<{tag}>{mark[2]}</{tag}>"


def _set_in_workbook(data: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    fonts = {
        _STRUCK: InlineFont(strike=True), _RAISED: InlineFont(vertAlign="superscript"),
        _WHITE: InlineFont(color="FFFFFFFF"),
    }  # fmt: skip
    for row in book.active.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and (mark := _MARKED.search(cell.value)):
                before, after = cell.value[: mark.start()], cell.value[mark.end() :]
                cell.value = CellRichText(*filter(None, (before, TextBlock(fonts[mark[1]], mark[2]), after)))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


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


def main() -> int:
    """Make the traps of many forms, read them, and name the defects; 1 where there is one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--forms", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--how", choices=get_args(How), default="html")
    parser.add_argument("--keep", type=Path, help="put the traps that are read falsely there")
    given = parser.parse_args()
    made: Counter[str] = Counter()
    false: Counter[str] = Counter()
    for number in range(given.first, given.first + given.forms):
        form = compose(number, given.seed)
        for trap in traps(number, given.seed, given.how):
            made[trap.name] += 1
            found = defects(form, trap, given.how)
            false[trap.name] += bool(found)
            for each in found:
                print(f"form {number}, {trap.name}: {shown_false(each)}", flush=True)
            if found and given.keep:
                with suppress(FileExistsError):
                    given.keep.mkdir(parents=True)
                (given.keep / f"{given.seed}-{number}-{trap.name}{SUFFIX[given.how]}").write_bytes(trap.data)
    print(*(f"{name}: {false[name]} of {count}" for name, count in sorted(made.items())), sep="\n")
    return 1 if false.total() else 0


if __name__ == "__main__":
    sys.exit(main())
