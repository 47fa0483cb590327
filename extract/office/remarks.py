"""What findings say of a sheet: what it holds and does not show, and what it could not say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from extract.office.book import place_name
from schemas.document import Problem
from schemas.messages import say

_NAMED = 5
"""So many cells a finding names; of the others it says how many there are."""


def places_text(sheet: str, places: Sequence[tuple[int, int]]) -> str:
    """The first places of a list, and how many more there are.

    >>> places_text("表", [(0, col) for col in range(7)])
    '表!A1, 表!B1, 表!C1, 表!D1, 表!E1 and 2 more'
    """
    named = ", ".join(place_name(sheet, *place) for place in places[:_NAMED])
    return f"{named} and {len(places) - _NAMED} more" if len(places) > _NAMED else named


def errors_remark(sheet: str, places: Sequence[tuple[int, int]]) -> Iterator[Problem]:
    """Cells that show an error (#REF!, #DIV/0!) say nothing."""
    if places:
        yield Problem(
            "cell-unread",
            "warning",
            say(
                "{places}: these cells show an error of their formula; they were read as empty. Mend "
                "the formulas and save the workbook",
                places=places_text(sheet, places),
            ),
        )


def uncalculated_remark(sheet: str, places: Sequence[tuple[int, int]]) -> Iterator[Problem]:
    """Cells whose formula was stored without its result."""
    if places:
        yield Problem(
            "cell-unread",
            "warning",
            say(
                "{places}: these cells hold a formula without its result; they were read as empty. "
                "Open the workbook in a spreadsheet program and save it",
                places=places_text(sheet, places),
            ),
        )


def conditions_remark(sheet: str, places: Sequence[tuple[int, int]]) -> Iterator[Problem]:
    """Cells with a conditional format that may hide their text, and whose condition was not worked out."""
    if places:
        yield Problem(
            "ambiguous",
            "warning",
            say(
                "{places}: a conditional format may hide or strike out the text of these cells, and its condition was "
                "not worked out; the text was read. Look at them",
                places=places_text(sheet, places),
            ),
        )


def icons_remark(sheet: str, numbers: Mapping[tuple[int, int], str]) -> Iterator[Problem]:
    """Numbers that a sheet shows as icons or bars."""
    if numbers:
        yield Problem(
            "ambiguous",
            "warning",
            say(
                "{places}: these cells show an icon or a bar in place of their number; what it means was not read. "
                "Look at them",
                places=places_text(sheet, sorted(numbers)),
            ),
            observed="、".join(numbers[at] for at in sorted(numbers)[:_NAMED]),
        )


def hidden_remark(sheet: str, what: str, places: Sequence[tuple[int, int]]) -> Iterator[Problem]:
    """Text that a sheet holds and does not show. `what` says why: hidden rows, hidden columns, unseen, unprinted."""
    if places:
        yield Problem(
            "hidden-text",
            "note",
            say(
                "{places}: the text of these cells {what}; it was not read",
                places=places_text(sheet, places),
                what=say(what),
            ),
        )


def struck_remark(sheet: str, struck: Mapping[tuple[int, int], str]) -> Iterator[Problem]:
    """Text of cells that is struck out: it was taken back, and says nothing."""
    if struck:
        yield Problem(
            "struck-text",
            "note",
            say(
                "{places}: text of these cells is struck out; it was not read",
                places=places_text(sheet, sorted(struck)),
            ),
            observed="、".join(struck[at] for at in sorted(struck)[:_NAMED]),
        )
