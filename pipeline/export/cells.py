"""Text of documents in the cells of spreadsheets: what a spreadsheet would run as a formula stays text."""

from __future__ import annotations

_STARTS = frozenset("=+-@\t\r\n＝＋－＠'")
"""What a formula may begin with, also in full width, which Japanese Excel reads as well (OWASP, CSV injection); and the
apostrophe, which marks text as text."""


def is_risky(text: str) -> bool:
    """Whether a spreadsheet might read a text as a formula. A single character is a mark, as the grade ``-``.

    >>> is_risky("=1+1"), is_risky("＠SUM(A1)"), is_risky("-"), is_risky("平成"), is_risky("'90年代")
    (True, True, False, False, True)
    """
    return len(text) > 1 and text[0] in _STARTS


def to_csv(text: str) -> str:
    """A text for a CSV file: an apostrophe goes before what might be read as a formula.

    >>> to_csv("=1+1"), to_csv("商店会")
    ("'=1+1", '商店会')
    """
    return f"'{text}" if is_risky(text) else text


def from_csv(text: str) -> str:
    """The text that `to_csv` was given: without the apostrophe that it put there.

    >>> from_csv("'=1+1"), from_csv("商店会"), from_csv("'")
    ('=1+1', '商店会', "'")
    """
    return text[1:] if text[:1] == "'" and is_risky(text[1:]) else text
