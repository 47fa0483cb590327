"""`hyoka inspect`: how one file is read, for whoever meets a new form or doubts a reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from normalize import FEWEST_SHEETS, LAYOUTS, Likeness, forms_of, proposals, recognise, sheets_of
from pipeline.console import Language, message_of
from pipeline.document import document_to_tables, read_file
from pipeline.options import Options
from pipeline.sources import UsageError, printable
from pipeline.summary import share_to_text, summarise
from pipeline.visible import on_one_line
from schemas.document import Document
from schemas.document import Table as Grid
from schemas.records import Block, DocumentRow, Finding
from schemas.rows import Tables, rows_of

_NEAREST = 3
_LONGEST = 60
_MOST = 100
GENERAL = "general."
"""What the names of readings without a layout begin with."""

_MOST_BESIDE = 4
_LARGEST_BESIDE = 4 * 2**20
"""Bytes. So many files beside the one that is looked at are read, and none larger, to see whether they are on its
form."""


def inspect_file(path: Path, images: Path | None, console: Console, language: Language, options: Options) -> int:
    """Print how a file is read with these options; save its pages as pictures in folder `images`, if one is given.

    Returns 0 where all of it is read and no finding is an error, else 1. Raises UsageError where there is no file.
    """
    if not path.is_file():
        raise UsageError(f"“{path}” is {'a folder' if path.is_dir() else 'not there'}. Give one file to look at.")
    if images is not None and images.exists() and not images.is_dir():
        raise UsageError(f"“{images}” is a file. Give a folder for the pictures; it is made where it does not exist.")
    data = path.read_bytes()
    document = read_file(data, printable(path.name), options)
    tables = document_to_tables(document)
    summary = summarise(tables)
    for line in _identity(document):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    row = summary.row
    console.print(
        f"Status: {row.status}, coverage {share_to_text(row.coverage)}; {_reading(row, document)}\n", highlight=False
    )
    if hint := learning_hint(path, document, row.layout):
        console.print(hint, markup=False, highlight=False, soft_wrap=True)
    likenesses = recognise(document, LAYOUTS)
    console.print(_layouts(likenesses))
    console.print(_proposals(document, tables, likenesses[0]))
    console.print(_grids(document))
    console.print(_texts(tables, "label", "Known label"))
    console.print(_texts(tables, "unclaimed", "Not understood"))
    for finding in (row for row in tables["findings"] if isinstance(row, Finding)):
        page = f", page {finding.page}" if finding.page else ""
        console.print(
            f"{finding.severity}: {finding.rule}{page}: {message_of(finding, language)}",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )
    if images is not None:
        saved = tuple(save_images(data, document, images))
        for path in saved:
            console.print(f"Saved {path}", markup=False, highlight=False, soft_wrap=True)
        if not saved:
            console.print("No picture is saved: there is no page to draw, only text.")
    return 0 if summary.is_well else 1


def save_images(data: bytes, document: Document, folder: Path) -> Iterator[Path]:
    """Draw each page of a PDF with its rulings, cells and text boxes, as ``<name>-p<page>.png``.

    Only a PDF has pages to draw; other files give nothing.
    """
    if document.media_type != "application/pdf" or all(page.width is None for page in document.pages):
        return
    from extract.pdf import draw_page

    folder.mkdir(parents=True, exist_ok=True)
    digits = len(str(len(document.pages)))
    for page in document.pages:
        path = folder / f"{Path(document.source_name).stem}-p{page.number:0{digits}}.png"
        draw_page(data, document, page.number).save(path)
        yield path


def _identity(document: Document) -> Iterator[str]:
    size = f"{document.size_bytes:,} bytes"
    yield f"{on_one_line(document.source_name)} ({document.media_type}, {size}, SHA-256 {document.sha256})"
    read_as = " in ".join(part for part in (document.reader, document.encoding) if part) or "nothing"
    grids = sum(1 for _ in document.tables)
    yield f"Read as {read_as}: pages {len(document.pages)}, tables {grids}, lines {len(document.items) - grids}"


def _reading(row: DocumentRow, document: Document) -> str:
    """What gave the records, for a person."""
    if row.layout is None:
        return "nothing was understood" if document.items else "there is nothing to read"
    if row.layout.startswith(GENERAL):
        return f"read by the field's vocabulary alone, as {row.layout}: no layout describes its form"
    return f"read by the layout {row.layout}"


def learning_hint(path: Path, document: Document, layout: str | None) -> str | None:
    """The command that learns the form, where several sheets of it are at hand: in the file itself, or beside it."""
    if layout is not None and not layout.startswith(GENERAL):
        return None
    sheets = sheets_of(document)
    if len(sheets) >= FEWEST_SHEETS:
        return f"{len(sheets)} sheets of one form stand in it: `hyoka learn {path} --out forms` learns the form.\n"
    beside = [other for other in sorted(path.parent.iterdir()) if other.suffix == path.suffix and other != path]
    found = 1
    for other in beside[:_MOST_BESIDE]:
        if other.is_file() and other.stat().st_size <= _LARGEST_BESIDE:
            read = sheets_of(read_file(other.read_bytes(), printable(other.name), Options()))
            found += bool(sheets and read) and len(forms_of((*sheets, *read))) == 1
    if found < FEWEST_SHEETS:
        return None
    return f"Files beside it are on the same form: `hyoka learn {path.parent} --out forms` learns it.\n"


def _layouts(likenesses: tuple[Likeness, ...]) -> Table:
    table = _table("Layout", "Fits", "Shows", "Lacks")
    for likeness in likenesses[:_NEAREST]:
        lacking = [sign.name + ("" if sign.required else " (not required)") for sign in likeness.missing]
        table.add_row(
            likeness.layout.name,
            "yes" if likeness.fits else "no",
            escape(", ".join(sign.name for sign in likeness.shown)) or "-",
            escape(", ".join(lacking)) or "-",
        )
    return table


def _proposals(document: Document, tables: Tables, likeness: Likeness) -> Table | str:
    """What to add to the nearest layout's city file, where labels that it knows are printed otherwise."""
    nearest = likeness.layout
    if not likeness.is_near:
        return "No layout is near: none has all of its labels here. docs/add-a-city.md says what can be done.\n"
    unclaimed = (block.text for block in rows_of(tables, Block) if block.role == "unclaimed")
    table = _table(f"Prints, where {nearest.name} has another label", "May be", "Line for the city's file")
    for proposal in proposals(document, nearest, unclaimed if likeness.fits else None):
        table.add_row(escape(_shortened(proposal.printed)), escape(proposal.field), escape(proposal.line))
    return table if table.row_count else f"No label of {nearest.name} seems to be printed otherwise.\n"


def _grids(document: Document) -> Table:
    table = _table("Table", "Page", "Rows", "Columns", "Cells", "Begins with")
    for number, grid in enumerate(document.tables):
        pages = sorted({fragment.page for cell in grid.cells for fragment in cell.fragments})
        table.add_row(
            str(number),
            "-".join(str(page) for page in dict.fromkeys((pages[0], pages[-1]))),
            str(grid.n_rows),
            str(grid.n_cols),
            str(len(grid.cells)),
            escape(_beginning(grid)),
        )
    return table


def _beginning(grid: Grid) -> str:
    return _shortened(" | ".join(cell.text for cell in grid.cells[:4] if cell.text))


def _texts(tables: Tables, role: str, heading: str) -> Table | str:
    """The texts of the blocks of one role, in the order of the document, each once."""
    blocks = [block for block in tables.get("blocks", ()) if isinstance(block, Block) and block.role == role]
    counts = Counter(_shortened(block.text) for block in blocks)
    pages = {_shortened(block.text): block.page for block in reversed(blocks)}
    if not blocks:
        return f"{heading}: none\n"
    table = _table(heading, "Times", "First on page")
    for text, count in islice(counts.items(), _MOST):
        table.add_row(escape(text), str(count), str(pages[text]))
    if len(counts) > _MOST:
        table.add_row(f"… and {len(counts) - _MOST} more, in the table blocks", "", "")
    return table


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _table(*headings: str) -> Table:
    return Table(*headings, box=box.SIMPLE_HEAD, pad_edge=False)
