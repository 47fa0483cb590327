"""The census: whether the blocks of a page hold the characters that the page prints, each of them once.

No stage may lose a character or tell it twice. The count is taken from what the reader gave, before any stage, and
held against what comes out of all of them; so it says also what nobody thought of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from schemas.document import Cell, Line, Problem, Table
from schemas.messages import say

_QUOTED = 40
"""So many characters are quoted; the message counts them all."""


def printed_characters(text: str) -> Counter[str]:
    """The characters of a page as a multiset, white space aside. Twins of fake bold are one print and come in once.

    >>> printed_characters("ﬁ 2").total()
    2
    """
    return Counter("".join(text.split()))


def census_problems(items: Iterable[Line | Table], printed: Mapping[int, Counter[str]]) -> Iterator[Problem]:
    """The pages of which characters are in no block, or in more blocks than were printed, and the texts that are not
    those of their blocks. `printed` is by page.

    >>> list(census_problems([], {1: Counter("計画")}))[0].observed
    '計画'
    """
    pieces = [
        piece for item in items for piece in ((item,) if isinstance(item, Line) else (*item.cells, *item.repeated))
    ]
    held = _held_characters(pieces)
    for number, characters in printed.items():
        own = held.get(number, Counter())
        if own.items() == characters.items():
            continue
        lost, more = characters - own, own - characters
        if lost:
            yield Problem(
                "unclaimed-text",
                "error",
                say(
                    "{lost} of {all} characters that page {page} prints are in none of its blocks; read "
                    "them from the print, and report the file as a defect of hyoka",
                    lost=lost.total(),
                    all=characters.total(),
                    page=number,
                ),
                number,
                observed=_quote(lost),
            )
        if more:
            yield Problem(
                "unclaimed-text",
                "error",
                say(
                    "the blocks of page {page} hold {more} characters that it does not print, or not as "
                    "often; compare its rows with the print, and report the file as a defect of hyoka",
                    page=number,
                    more=more.total(),
                ),
                number,
                observed=_quote(more),
            )
    for piece in pieces:
        if len(piece.fragments) == 1 and piece.text == piece.fragments[0].text:
            continue
        whole, parts = "".join(piece.text.split()), "".join("".join(part.text for part in piece.fragments).split())
        if whole != parts:
            yield Problem(
                "unclaimed-text",
                "error",
                say(
                    "a text of page {page} is read otherwise than its blocks print it; read it from the "
                    "print, and report the file as a defect of hyoka",
                    page=piece.page,
                ),
                piece.page,
                expected=parts[:_QUOTED],
                observed=whole[:_QUOTED],
            )


def _held_characters(pieces: Iterable[Line | Cell]) -> dict[int, Counter[str]]:
    """What the blocks of each page hold: lines, cells, repeated headers, furniture."""
    texts: dict[int, list[str]] = {}
    for piece in pieces:
        for fragment in piece.fragments:
            texts.setdefault(fragment.page, []).append(fragment.text)
    return {number: Counter("".join("".join(parts).split())) for number, parts in texts.items()}


def _quote(characters: Counter[str]) -> str:
    return "".join(characters.elements())[:_QUOTED]
