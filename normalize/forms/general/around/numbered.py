"""Numbered headings: a section that is over, and the names that were its own and hold no longer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from normalize.forms.general.entities import rank_of
from normalize.forms.general.facts import Fact, Node
from normalize.text.folding import narrow, squeeze

_NUMBERED: Final = re.compile(
    r"\s*(?P<before>第|[(\[]?)(?P<number>[0-9]{1,2})(?P<behind>[章節編部]|[)\].、]|(?=\s))\s*(?P<words>[^\s0-9][^。]*)"
)
_LONGEST: Final = 40
"""Characters of a heading."""

_LEAST: Final = 2
"""So many names of one rank in a section are the groups of a list."""


@dataclass(frozen=True, slots=True)
class _Section:
    """The number of a heading, how many facts stand before it, and the names that held there."""

    number: int
    start: int
    names: tuple[Node, ...]


@dataclass(slots=True)
class Sections:
    """The numbered headings so far, by how their numbers are set: 1 …, (1) …, 第1章 …"""

    seen: dict[str, list[_Section]] = field(default_factory=dict)

    def still_open(
        self, line: str, context: Sequence[Node], placed: Sequence[tuple[Fact, tuple[Node, ...]]]
    ) -> list[Node]:
        """The names that hold behind a line: without those of the section before, where the line opens the next.

        １ 効果額 over 重点項目１, 重点項目２, and then ２ 取組の状況: what follows is of neither. A section that names
        but one thing may name what all the document is about, so its name goes on.
        """
        match = _NUMBERED.fullmatch(narrow(line))
        if match is None or len(squeeze(line)) > _LONGEST:
            return list(context)
        style, number = f"{match['before']}0{match['behind']}", int(match["number"])
        before = next((one for one in reversed(self.seen.get(style, [])) if one.number == number - 1), None)
        kept = [*context]
        if before is not None:
            opened = [node for node in context if node not in before.names]
            ranks = Counter(_named([fact for fact, _ in placed[before.start :]]).values())
            if opened and ranks[min(map(rank_of, opened))] >= _LEAST:
                kept = [node for node in context if node in before.names]
        self.seen.setdefault(style, []).append(_Section(number, len(placed), tuple(kept)))
        return kept


def _named(facts: Iterable[Fact]) -> dict[str, float]:
    """The names among facts that are of no row, each with its rank."""
    return {squeeze(fact.value.text): rank_of(fact) for fact in facts if isinstance(fact, Node) and fact.own is None}
