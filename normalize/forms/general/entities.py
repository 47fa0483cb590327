"""Whom things are said of: the nodes of the hierarchy, by the rank of their words and not by the order of print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from normalize.document.text_span import Excerpt
from normalize.forms.general.facts import Node, RowKey
from normalize.records.measures import node_of
from normalize.statements.statement import Entry, entry
from normalize.text.folding import squeeze
from schemas.closed_sets import Level
from schemas.document import Document
from schemas.records import Measure

RANKS: Final[Mapping[str, tuple[int, Level]]] = {
    "goal": (1, "policy"),
    "policy": (2, "policy"),
    "measure-group": (3, "measure"),
    "measure": (4, "measure"),
    "program": (5, "program"),
    "action": (6, "action"),
}
"""The fields of names from the top down: their rank, and the contract's level."""


_NUMBERED_LABEL: Final = re.compile(r"(?P<words>\D+)(?P<number>[0-9]{1,2})")
_NAME_BEHIND: Final = re.compile("(?:の?(?:名称?|タイトル))$")
_BETWEEN: Final = re.compile(r"基本事業|^取組(?:名|方針|目標|の柱)?$|^主な取組$")
_BETWEEN_RANK: Final = 4.5
_RANKED: Final = (
    (re.compile(r"^大(?:柱|項目|分類|施策|区分|目標|事業|方針)"), 2.1),
    (re.compile(r"^中(?:柱|項目|分類|施策|区分|目標|事業)"), 3.1),
    (re.compile(r"^小(?:柱|項目|分類|区分|目標)"), 3.9),
    (re.compile(r"^小施策"), 4.0),
)
"""Labels whose first character says how deep they stand."""


def rank_of(node: Node) -> float:
    """How deep a name stands, from 1 at the top."""
    label = squeeze(node.label.text) if node.label is not None else ""
    for pattern, rank in _RANKED:
        if pattern.match(label):
            return rank
    if _BETWEEN.search(label) and node.own is None:
        return _BETWEEN_RANK
    return RANKS[node.field][0]


@dataclass(slots=True)
class Sheet:
    """The names of one sheet: of its form, and of the headings that hold where it begins."""

    names: list[Node] = field(default_factory=list)
    inherited: list[Node] = field(default_factory=list)
    codes: list[tuple[str, Excerpt]] = field(default_factory=list)
    last_named: int = -1

    def chain(self) -> list[Node]:
        """The names of the sheet from the top down; what is lowest is its subject.

        Two labels of one rank stand one under the other, in the order of print.
        """
        own = _by_codes(sorted(self.names, key=rank_of))
        own = [replace(node, code=self.code(node.field)) if node.code is None else node for node in own]
        if not own:
            return list(self.inherited)
        upper = [node for node in self.inherited if rank_of(node) < rank_of(own[0])]
        return [*upper, *own]

    def code(self, of: str) -> Excerpt | None:
        """The first code that the sheet prints of a field."""
        return next((code for field_name, code in self.codes if field_name == of), None)

    def named(self, node: Node) -> Node | None:
        """The name that the sheet has already under the same label."""
        same = (other for other in self.names if _label(other) == _label(node))
        return next(same, None) or next(
            (other for other in self.names if rank_of(node) == rank_of(other) == RANKS["program"][0]), None
        )


def _by_codes(names: list[Node]) -> list[Node]:
    """Names by rank, but one whose code begins that of another, printed behind it, stands above it: 3 over 3-2."""
    found: list[Node] = []
    for node in names:
        at = next((at for at, other in enumerate(found) if _is_coded_above(node, other)), len(found))
        found.insert(at, node)
    return found


def _is_coded_above(node: Node, other: Node) -> bool:
    codes = [re.findall(r"[0-9]+", squeeze(one.code.text)) if one.code is not None else [] for one in (node, other)]
    upper, lower = codes
    behind = (other.value.place.item, other.value.place.cell or 0) > (node.value.place.item, node.value.place.cell or 0)
    return behind and bool(upper) and len(upper) < len(lower) and lower[: len(upper)] == upper


def _label(node: Node) -> tuple[str, str]:
    return node.field, squeeze(node.label.text) if node.label else ""


def counts_on(one: Node, other: Node) -> bool:
    """Whether the label of a name is that of another with the next number: 施策① and 施策②."""
    labels = [_NUMBERED_LABEL.fullmatch(squeeze(node.label.text)) if node.label else None for node in (one, other)]
    first, second = labels
    if one.field != other.field or first is None or second is None or first["words"] != second["words"]:
        return False
    return int(second["number"]) == int(first["number"]) + 1


def is_same(one: Node, other: Node) -> bool:
    """Whether two prints name the same node."""
    return squeeze(one.value.text) == squeeze(other.value.text)


@dataclass(slots=True)
class Tree:
    """The nodes made so far. A node is told by its names from the top, so that a policy named twice is one node."""

    document: Document
    nodes: dict[tuple[str, ...], Measure] = field(default_factory=dict)
    sources: dict[tuple[str, ...], list[Excerpt]] = field(default_factory=dict)
    codes: dict[tuple[str, ...], Excerpt] = field(default_factory=dict)

    def node(self, chain: Sequence[Node], printed: Excerpt | None = None) -> Measure:
        """The lowest node of a chain, made where it is not known, with those above it.

        `printed` is what is said of the node: the evidence of one that has no name.
        """
        parent: Measure | None = None
        path: tuple[str, ...] = ()
        for node in chain:
            own = f"@{node.own}" if node.own is not None else ""
            path = (*path, f"{node.field}:{squeeze(node.value.text)}{own}")
            if path not in self.nodes:
                made = node_of(self.document, RANKS[node.field][1], node.code, node.value, key="|".join(path))
                self.nodes[path] = replace(made, parent_measure_id=parent.measure_id if parent else None)
                if node.code is not None:
                    self.codes[path] = node.code
            sources = self.sources.setdefault(path, [])
            if node.value not in sources:
                sources.append(node.value)
            parent = self.nodes[path]
        if parent is not None:
            return parent
        path = ("",)
        if path not in self.nodes:
            self.nodes[path] = node_of(self.document, "measure")
            self.sources[path] = [printed] if printed else []
        return self.nodes[path]

    def entries(self) -> Iterable[Entry]:
        """The nodes with their evidence, in the order in which they were first met."""
        for path, measure in self.nodes.items():
            sources, code = self.sources[path], self.codes.get(path)
            if measure.measure_name is None:
                yield entry(measure, position=sources[:1])
            else:
                yield entry(measure, measure_name=sources, measure_name_text=sources, measure_code=code)


def chain_of_row(sheet: Sequence[Node], row: Sequence[Node]) -> list[Node]:
    """The names above a row of a list, then its own: what the sheet names below the row's highest is not above it.

    A name of the same rank in a heading, behind another label, stands over the row: 施策の方向 over 具体的施策.
    """
    if not row:
        return list(sheet)
    highest = min(row, key=rank_of)
    return [*(node for node in sheet if rank_of(node) < rank_of(highest) or _stands_over(node, highest)), *row]


def _stands_over(node: Node, listed: Node) -> bool:
    if rank_of(node) != rank_of(listed) or node.label is None or listed.label is None or node.code is None:
        return False
    labels = [_NAME_BEHIND.sub("", squeeze(one.label.text)) for one in (node, listed) if one.label is not None]
    return labels[0] != labels[1] and node.value.place.item < listed.value.place.item


__all__ = ["RANKS", "RowKey", "Sheet", "Tree", "chain_of_row", "counts_on", "is_same", "rank_of"]
