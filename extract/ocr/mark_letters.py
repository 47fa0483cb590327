"""The letters that a reader gives for marks: those that print them, and those that look like them (`marks.csv`)."""

from __future__ import annotations

from typing import Final

from schemas.codes import printed_marks

MARKS: Final = "".join(mark.printed for mark in printed_marks())
"""What prints a mark of a grade or an option, and is no letter."""


def _taken_for(mark: str) -> str:
    """What a mark may be read as, letters of either width among them."""
    spellings = "".join(one.mark + one.spellings for one in printed_marks() if one.mark == mark)
    return spellings + "".join(chr(ord(letter) + 0xFEE0) for letter in spellings if letter.isascii())


CIRCLES: Final = _taken_for("○")
CROSSES: Final = _taken_for("×")
