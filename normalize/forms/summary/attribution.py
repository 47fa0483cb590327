"""Attributions: who says it, in brackets at the end of a text: …した（市・関）."""

from __future__ import annotations

import re
from dataclasses import dataclass

from normalize.document.text_span import Excerpt
from normalize.text.folding import narrow, squeeze

_BEHIND = re.compile(r"\s*[(〔\[【]\s*(?P<who>[^()〔〕\[\]【】]+?)\s*[)〕\]】]\s*[。.]?\s*\Z")
_AND = re.compile(r"[・、,/&]|及び|と")


@dataclass(frozen=True, slots=True)
class Attributions:
    """Who can be named: each name, and the spellings that mean it.

    >>> views = Attributions((("市", frozenset({"市"})), ("関", frozenset({"関", "関係", "関係機関"}))))
    >>> views.read("市・関係"), views.read("注")
    ('市・関', None)
    """

    names: tuple[tuple[str, frozenset[str]], ...]

    def read(self, printed: str) -> str | None:
        """The names in a bracket, ・ between them; None where a part of it is no known spelling."""
        parts = [self._name(part) for part in _AND.split(squeeze(printed))]
        known = [part for part in parts if part is not None]
        return "・".join(known) if len(known) == len(parts) else None

    def _name(self, spelling: str) -> str | None:
        return next((name for name, spellings in self.names if spelling in spellings), None)


@dataclass(frozen=True, slots=True)
class Attributed:
    """A text without its attribution, the attribution, and where it is printed."""

    text: Excerpt
    attribution: str | None
    source: Excerpt | None


def is_attribution(text: Excerpt, attributions: Attributions) -> bool:
    """Whether a text is an attribution and nothing else: the end of an item that a page break cut off."""
    view = attributed(text, attributions)
    return view.source is not None and not view.text


def attributed(item: Excerpt, attributions: Attributions) -> Attributed:
    """Cut the attribution off a text. Other brackets at its end are part of it."""
    match = _BEHIND.search(narrow(item.text))
    who = attributions.read(match["who"]) if match else None
    if match is None or who is None:
        return Attributed(item, None, None)
    return Attributed(item.slice(0, match.start()).strip(), who, item.group(match, "who"))
