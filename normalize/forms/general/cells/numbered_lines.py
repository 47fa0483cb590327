"""The lines of a cell that count on by letters or numbers, each a name of its own."""

from __future__ import annotations

import re
from typing import Final

from normalize.document.text_span import Excerpt
from normalize.text.folding import narrow

_SEQUENCES: Final = ("アイウエオカキクケコ", "①②③④⑤⑥⑦⑧⑨", "ABCDEFGH", "abcdefgh", "123456789")
"""Signs that items are counted by."""

_LINE: Final = re.compile(r"\s*[(\[]?(?P<code>[ア-コ①-⑨A-Ha-h1-9])(?:[)\].．:：、]|(?=\s)|(?<=[①-⑨]))\s*(?=[^\s\d])")
_LEAST: Final = 2
"""So many items are counted."""


def numbered_lines(text: Excerpt) -> list[tuple[str, Excerpt]]:
    """The sign and the text of each item of a cell whose lines count on; a line without a sign goes on.

    An empty list where a cell does not begin with such an item, has but one, or an item holds a sentence or a number:
    then it tells goals, and no names.

    >>> from normalize.document.text_span import Place
    >>> def read(text):
    ...     return [(code, item.text) for code, item in numbered_lines(Excerpt.of(text, Place(0)))]
    >>> read("ア　利用者数\\nイ　講座の\\n割合"), read("①相談会 年4回\\n②手引き 1回"), read("ア　利用者数")
    ([('ア', '利用者数'), ('イ', '講座の\\n割合')], [], [])
    """
    plain = narrow(text.text)
    starts = [match for match in (_LINE.match(plain, at) for at in _line_starts(text.text)) if match is not None]
    if len(starts) < _LEAST or starts[0].start() != 0:
        return []
    codes = "".join(match["code"] for match in starts)
    if not any(sequence.startswith(codes) for sequence in _SEQUENCES):
        return []
    ends = [match.start() for match in starts[1:]] + [len(plain)]
    items = [text.slice(match.end(), end).strip() for match, end in zip(starts, ends, strict=True)]
    return [] if any(re.search(r"[。\d]", item.text) for item in items) else list(zip(codes, items, strict=True))


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]
