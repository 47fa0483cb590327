"""The text of one field of the text form: its paragraphs and printed line ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.text.markup import BLOCK_TAG, decoded, tidied, with_line_breaks, without_inline_markup
from extract.text.script import BULLETS, blanks_to_line_ends

_BLANKS = re.compile(r"[ \t]+")


def field_to_text(field: str) -> str:
    """Paragraphs and list items apart by an empty line, printed line ends by a line end, the rest as it is written.

    >>> field_to_text("<p>【取組1】 ・周知した。</p> <p>【取組2】</p> <ul> 会議の開催 名簿の整理 ")
    '【取組1】\\n・周知した。\\n\\n【取組2】\\n\\n会議の開催\\n\\n名簿の整理'
    """
    return "\n\n".join(field_to_paragraphs(field))


def field_to_paragraphs(field: str) -> Iterator[str]:
    """The paragraphs and list items of a field, empty ones left out."""
    for part in _parts(without_inline_markup(field)):
        if paragraph := tidied(decoded(part)):
            yield paragraph


def _parts(field: str) -> Iterator[str]:
    """Cut at the tags of paragraphs, lists and items. A list that is never closed ends where a paragraph begins."""
    lists, done = 0, 0
    for tag in BLOCK_TAG.finditer(field):
        yield from _items(field[done : tag.start()], lists > 0)
        done = tag.end()
        closing, name = tag[1], tag[2].lower()
        if name in ("ul", "ol"):
            lists = max(0, lists - 1) if closing else lists + 1
        elif name != "li":
            lists = 0
    yield from _items(field[done:], lists > 0)


def _items(run: str, in_list: bool) -> Iterator[str]:
    """What stands between two tags: one paragraph, or the items of a list whose own tags were lost."""
    lines = blanks_to_line_ends(_BLANKS.sub(" ", with_line_breaks(run)).strip())
    if not in_list:
        yield lines
    elif lines[:1] in BULLETS:
        # The list prints its own bullets: they begin its items, and other line ends are inside one.
        yield from re.split(rf"\n(?={re.escape(lines[:1])})", lines)
    else:
        yield from lines.split("\n")
