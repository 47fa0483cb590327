"""Page headers, footers and page numbers, told from the body by what comes back on other pages, and where."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from extract.pdf.cells import Draft
from extract.pdf.content import BoxedLine, PageContent
from extract.pdf.runs import TextLine
from schemas.document import LineRole

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


def furniture_roles(pages: Sequence[PageContent]) -> dict[int, LineRole]:
    """The role of every line that is furniture, by the `id` of its item in `pages`."""
    candidates = [candidate for content in pages for candidate in _margin_lines(content)]
    seen = Counter({key: len(set(numbers)) for key, numbers in _pages_by_key(candidates).items()})
    sizes = Counter(round(line.size, 1) for content in pages for line in _lines(content))
    body_size = sizes.most_common(1)[0][0] if sizes else 0.0
    enough = max(2, (len(pages) + 1) // 2)
    return {
        id(item): role
        for item, role, _ in candidates
        if is_page_number(item.line.text)
        or (seen[_key(item.line, role)] >= enough and item.line.size <= 1.15 * body_size)
    }


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


def _margin_lines(content: PageContent) -> Iterator[tuple[BoxedLine, LineRole, int]]:
    """The lines of the top and bottom margin that stand apart: nothing of the body beyond them."""
    height = content.page.height or 0.0
    top, bottom = _MARGIN * height, (1 - _MARGIN) * height
    for item in content.items:
        if isinstance(item, Draft) or item.frame is not None:
            break
        if item.line.box.bottom > top:
            break
        yield item, "header", content.page.number
    for item in reversed(content.items):
        if isinstance(item, Draft) or item.frame is not None:
            break
        if item.line.box.top < bottom:
            break
        yield item, "footer", content.page.number


def _key(line: TextLine, role: LineRole) -> tuple[LineRole, str, int]:
    shape = re.sub(r"\d+", "0", unicodedata.normalize("NFKC", line.text))
    return role, "".join(shape.split()), round(line.level / 4)


def _pages_by_key(
    candidates: Iterable[tuple[BoxedLine, LineRole, int]],
) -> dict[tuple[LineRole, str, int], list[int]]:
    pages: dict[tuple[LineRole, str, int], list[int]] = {}
    for item, role, number in candidates:
        pages.setdefault(_key(item.line, role), []).append(number)
    return pages
