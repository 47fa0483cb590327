"""The text of one field of the text form: its paragraphs and printed line ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.text.markup import BLOCK_TAG, with_line_breaks, without_entities, without_inline_markup
from extract.text.script import BULLETS, blanks_to_line_ends

_BLANKS = re.compile(r"[ \t\u00a0]+")


def field_to_text(field: str) -> str:
    """Paragraphs apart by an empty line, printed line ends by a line end, everything else as it is written.

    >>> field_to_text("<p>【取組1】 ・周知した。</p> <p>【取組2】</p> <ul> 会議の開催 名簿の整理 ")
    '【取組1】\\n・周知した。\\n\\n【取組2】\\n\\n会議の開催\\n\\n名簿の整理'
    """
    paragraphs = (without_entities(paragraph).strip() for paragraph in _paragraphs(without_inline_markup(field)))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _paragraphs(field: str) -> Iterator[str]:
    """Cut at the tags of paragraphs, lists and items; inside a list, cut at its items as well."""
    lists, done = 0, 0
    for tag in BLOCK_TAG.finditer(field):
        yield from _parts(field[done : tag.start()], lists > 0)
        done = tag.end()
        if tag[2].lower() in ("ul", "ol"):
            lists = max(0, lists - 1) if tag[1] else lists + 1
        elif tag[2].lower() in ("p", "div"):
            lists = 0  # residue: the list was never closed
    yield from _parts(field[done:], lists > 0)


def _parts(run: str, in_list: bool) -> Iterator[str]:
    lines = _BLANKS.sub(" ", with_line_breaks(run)).strip()
    if not in_list:
        yield blanks_to_line_ends(lines)
    elif lines[:1] in BULLETS:
        # The list has its own bullets: only they begin an item, other line ends are inside one.
        yield from re.split(rf"\s(?={re.escape(lines[:1])})", blanks_to_line_ends(lines))
    else:
        yield from blanks_to_line_ends(lines).split("\n")
