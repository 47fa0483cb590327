"""Letters and digits with a ring drawn around them, as the characters that Unicode has for them."""

from __future__ import annotations

from typing import Final

_FIRSTS: Final = (
    ("A", "Ⓐ", 26), ("a", "ⓐ", 26), ("1", "①", 9), ("Ａ", "Ⓐ", 26), ("ａ", "ⓐ", 26), ("１", "①", 9),
)  # fmt: skip

RINGS: Final = frozenset("○◯〇")

RINGED: Final = {chr(ord(first) + n): chr(ord(ring) + n) for first, ring, count in _FIRSTS for n in range(count)}
"""Letters and digits, and the characters that Unicode has for them in a ring."""
