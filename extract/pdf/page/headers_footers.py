"""Page headers, footers and page numbers, told from the body by what comes back on other pages, and where."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from extract.pdf.page.page_layout import PageContent
from extract.pdf.page.settings import PAGES
from extract.pdf.tables.cell_assignment import Draft
from extract.pdf.text.boxed_line import BoxedLine
from extract.pdf.text.lines import TextLine
from schemas.document import Box, LineRole

_MARGIN = 0.12
"""The share of the page's height, at the top and at the bottom, in which furniture stands."""

_PAGE_NUMBER = re.compile(
    r"[-‐-―−~〜ー ]*\d{1,4}[-‐-―−~〜ー ]*"
    r"|\d{1,4} ?[/／] ?\d{1,4}( ?ページ)?"
    r"|(p|page|no)\.? ?\d{1,4}( ?(/|of) ?\d{1,4})?"
    r"|\d{1,4} ?(ページ|頁)"
    r"|第? ?\d{1,4} ?(ページ|頁)"
    r"|[(\[<〈《]\d{1,4}[)\]>〉》]"
    r"|[ivxl]{1,6}",
    re.IGNORECASE,
)
_BROWSER = re.compile(r"^(https?|file)://\S+|^\d{1,4}/\d{1,2}/\d{1,4},? +\d{1,2}:\d{2}", re.ASCII)
"""What a browser prints at the edge of a page: the address, or the date and time of printing."""


def furniture_roles(pages: Sequence[PageContent]) -> dict[int, LineRole]:
    """The role of every line that is furniture, by the `id` of its item in `pages`.

    Furniture stands in the outer part of a page, apart from the body. It is a page number, or what a browser prints
    (address, date), or comes back on at least half of the pages, in print no larger than the body's.
    """
    margins = [margin for content in pages for margin in _margins(content)]
    seen = Counter(key for role, rows in margins for key in {_key(item.line, role) for row in rows for item in row})
    sizes = Counter(round(line.size, 1) for content in pages for line in _lines(content))
    body_size = sizes.most_common(1)[0][0] if sizes else 0.0
    enough = max(2, (len(pages) + 1) // 2)

    def is_furniture(item: BoxedLine, role: LineRole) -> bool:
        if is_page_number(item.line.text) or _BROWSER.search(item.line.text):
            return True
        return seen[_key(item.line, role)] >= enough and item.line.size <= PAGES.furniture_size * body_size

    roles: dict[int, LineRole] = {}
    for role, rows in margins:
        for row in rows:
            found = [item for item in row if is_furniture(item, role)]
            if not found:
                break
            is_browser = any(_BROWSER.search(item.line.text) for item in row)
            roles |= {id(item): role for item in (row if is_browser else found)}
    return roles


def repeated_captions(before: PageContent, after: PageContent) -> tuple[BoxedLine, ...] | None:
    """The lines above the first table of a page when the page before has the same lines at its top; else None.

    Spreadsheets print the title of a list again on every page.
    """
    known = {_key(item.line, "header") for item in before.items if isinstance(item, BoxedLine)}
    above: list[BoxedLine] = []
    for item in after.items:
        if isinstance(item, Draft):
            return tuple(above)
        if _key(item.line, "header") not in known:
            return None
        above.append(item)
    return None


def is_page_number(text: str) -> bool:
    """Whether a text is a page number and nothing else.

    >>> [is_page_number(text) for text in ("1", "1 / 20", "- 3 -", "３ページ", "令和7年")]
    [True, True, True, True, False]
    """
    return _PAGE_NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip()) is not None


def _lines(content: PageContent) -> Iterator[TextLine]:
    for item in content.items:
        if isinstance(item, BoxedLine):
            yield item.line
        else:
            yield from (line for cell in item.cells for part in cell.parts for line in part.lines)


Rows = list[list[BoxedLine]]


def _margins(content: PageContent) -> Iterator[tuple[LineRole, Rows]]:
    """The rows of lines at the top and at the bottom of a page, from its edge inwards, that stand apart from the body.

    No table and no frame lies beyond them, and the body begins a line's height further on.
    """
    height = content.page.height or 0.0
    top, bottom = _MARGIN * height, (1 - _MARGIN) * height
    rows = _rows(content.items)
    yield "header", _apart(rows, lambda box: box.bottom <= top)
    yield "footer", _apart(rows[::-1], lambda box: box.top >= bottom)


def _rows(items: Iterable[BoxedLine | Draft]) -> list[list[BoxedLine | Draft]]:
    """Items of a page that stand side by side."""
    rows: list[list[BoxedLine | Draft]] = []
    boxes: list[Box] = []  # of the last row
    for item in items:
        box = _box(item)
        if any(min(box.bottom, other.bottom) - max(box.top, other.top) > 0 for other in boxes):
            rows[-1].append(item)
            boxes.append(box)
        else:
            rows.append([item])
            boxes = [box]
    return rows


def _apart(rows: Sequence[Sequence[BoxedLine | Draft]], is_outer: Callable[[Box], bool]) -> Rows:
    """The rows before the body, with the last gap that parts them from it."""
    outer: Rows = []
    for row in rows:
        lines = [item for item in row if isinstance(item, BoxedLine) and item.frame is None]
        if len(lines) < len(row) or not all(is_outer(item.line.box) for item in lines):
            break
        outer.append(lines)
    while outer and len(outer) < len(rows) and not _is_apart(outer[-1], rows[len(outer)]):
        outer.pop()
    return outer


def _is_apart(row: Sequence[BoxedLine], following: Sequence[BoxedLine | Draft]) -> bool:
    """Whether a line's height lies between furniture and the body; a page number needs no more than to be beyond it."""
    is_number = all(is_page_number(item.line.text) for item in row)
    least = PAGES.number_apart if is_number else PAGES.furniture_apart
    return _gap(row, following) >= least * min(item.line.size for item in row)


def _gap(row: Sequence[BoxedLine], following: Sequence[BoxedLine | Draft]) -> float:
    """The height between a row and the next one, above or below it."""
    tops, bottoms = [item.line.box.top for item in row], [item.line.box.bottom for item in row]
    boxes = [_box(item) for item in following]
    return max(min(box.top for box in boxes) - max(bottoms), min(tops) - max(box.bottom for box in boxes))


def _box(item: BoxedLine | Draft) -> Box:
    return item.line.box if isinstance(item, BoxedLine) else item.box_on(item.first.page)


def _key(line: TextLine, role: LineRole) -> tuple[LineRole, str, int]:
    shape = re.sub(r"\d+", "0", unicodedata.normalize("NFKC", line.text))
    return role, "".join(shape.split()), round(line.level / 4)
