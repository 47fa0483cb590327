"""Whom things are said of: the nodes of the hierarchy, from the names in the order of the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from normalize.document.text_span import Excerpt
from normalize.forms.general.facts import Fact, RowKey, Text
from normalize.records.measures import node_of
from normalize.statements.statement import Entry, entry
from normalize.text.folding import squeeze
from schemas.closed_sets import LEVELS
from schemas.document import Document
from schemas.records import Measure

DEPTHS: Final[Mapping[str, tuple[int, str]]] = {
    "goal": (1, "policy"),
    "policy": (2, "policy"),
    "measure-group": (3, "measure"),
    "measure": (4, "measure"),
    "program": (5, "program"),
    "action": (6, "action"),
}
"""The fields of names from the top down: their depth, and the contract's level."""

_OF_THE_HEAD: Final = frozenset({"name", "code", "org", "document"})
"""What stands in the head of a form, where a deeper name may still follow."""


@dataclass(slots=True)
class Block:
    """A part of the document that speaks of one node: the names of its hierarchy by depth, and its printed codes."""

    names: dict[str, Excerpt] = field(default_factory=dict)
    again: list[Excerpt] = field(default_factory=list)
    codes: dict[str, Excerpt] = field(default_factory=dict)
    has_content: bool = False


def blocks_of(facts: Iterable[Fact]) -> Iterator[tuple[Block, Fact]]:
    """Each fact with the block that it belongs to.

    A name of a level that the block has already, or a deeper one after the form's head, begins a block below the same
    upper names; the same name printed again, as on the next page, does not. Codes and organisations after a block's
    text wait for what comes first: a new name, whose head they are of, or more text of the same block.
    """
    block = Block()
    waiting: list[Text] = []
    for fact in facts:
        if isinstance(fact, Text) and fact.row is None and fact.kind in _OF_THE_HEAD - {"name"} and block.has_content:
            waiting.append(fact)
            continue
        if isinstance(fact, Text) and fact.row is None and fact.kind == "name":
            block = _named(block, fact)
        elif not isinstance(fact, Text) or (fact.row is None and fact.kind not in _OF_THE_HEAD):
            block.has_content = True
        for head in (*waiting, fact):
            if isinstance(head, Text) and head.row is None and head.kind == "code":
                block.codes.setdefault(head.field, head.value)
            yield block, head
        waiting = []
    yield from ((block, fact) for fact in waiting)


def _named(block: Block, fact: Text) -> Block:
    """The block of a name: the same where it goes on, else a new one."""
    known = block.names.get(fact.field)
    if known is not None and squeeze(known.text) == squeeze(fact.value.text):
        block.again.append(fact.value)
        return block
    deeper = all(DEPTHS[fact.field] > DEPTHS[other] for other in block.names)
    if known is not None or (block.has_content and deeper and block.names):
        upper = {name: text for name, text in block.names.items() if DEPTHS[name] < DEPTHS[fact.field]}
        return Block(names={**upper, fact.field: fact.value})
    block.names[fact.field] = fact.value
    return block


@dataclass(slots=True)
class Tree:
    """The nodes made so far. A node is told by its names from the top, so that a policy named twice is one node."""

    document: Document
    nodes: dict[tuple[str, ...], Measure] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    def node(
        self,
        block: Block,
        row: RowKey | None = None,
        names: Iterable[tuple[str, Excerpt]] = (),
        codes: Mapping[str, Excerpt] | None = None,
        printed: Excerpt | None = None,
    ) -> Measure:
        """The deepest node of a block, or of a row of a list in it; made where it is not known.

        A row's own key tells rows apart whose names are the same. `printed` is what is said of the node: the evidence
        of one that has neither a name nor a code.
        """
        own = list(names)
        top = min((DEPTHS[name] for name, _ in own), default=(99, ""))
        chain = [(name, text, False) for name, text in block.names.items() if DEPTHS[name] < top]
        chain = [*sorted(chain, key=lambda item: DEPTHS[item[0]]), *((name, text, True) for name, text in own)]
        parent: Measure | None = None
        path: tuple[str, ...] = ()
        for at, (name, text, is_listed) in enumerate(chain):
            is_last = at == len(chain) - 1
            key = f"{name}:{squeeze(text.text)}" + (f"@{row}" if is_listed and is_last else "")
            path = (*path, key)
            if path not in self.nodes:
                code = (codes or {}).get(name) if is_listed else block.codes.get(name)
                node = node_of(self.document, LEVELS[DEPTHS[name][1]], code, text, key="/".join(path))
                self.nodes[path] = replace(node, parent_measure_id=parent.measure_id if parent else None)
                again = (
                    [] if is_listed else [other for other in block.again if squeeze(other.text) == squeeze(text.text)]
                )
                self.entries.append(
                    entry(
                        self.nodes[path],
                        measure_name=[text, *again],
                        measure_name_text=[text, *again],
                        measure_code=code,
                    )
                )
            parent = self.nodes[path]
        return parent or self._nameless(block, printed)

    def _nameless(self, block: Block, printed: Excerpt | None) -> Measure:
        """The node of a document that names none: a measure without a name."""
        path = ("",)
        if path not in self.nodes:
            code = next(iter(block.codes.values()), None)
            self.nodes[path] = node_of(self.document, "measure", code)
            self.entries.append(entry(self.nodes[path], measure_code=code, position=None if code else printed))
        return self.nodes[path]
