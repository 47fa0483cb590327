"""Lists that a document prints twice: the rows of a later table that are about what an earlier one named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from normalize.document.text_span import Excerpt
from normalize.forms.general.entities import chain_of_row
from normalize.forms.general.facts import Doubt, Fact, Node, RowKey
from normalize.forms.general.rows.rows import ListRow
from normalize.text.folding import squeeze

Placed = tuple[Fact, tuple[Node, ...]]
"""A fact, and the headings that hold where it stands."""

_LEAST: Final = 2
"""So many rows, each of which an earlier table names as well, print its list again."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a list: what it is called, and the names over it from the top down."""

    key: RowKey
    listed: ListRow
    context: tuple[Node, ...]

    @property
    def node(self) -> Node:
        return self.listed.nodes[-1]

    @property
    def code(self) -> str:
        return squeeze(self.node.code.text) if self.node.code is not None else ""

    @property
    def called(self) -> tuple[str, str]:
        return self.node.field, squeeze(self.node.value.text)

    @property
    def above(self) -> set[str]:
        return {squeeze(node.value.text) for node in chain_of_row(self.context, self.listed.nodes)[:-1]}


def listed_again(placed: list[Placed], rows: Mapping[RowKey, ListRow]) -> tuple[list[Placed], list[Excerpt]]:
    """The facts, those of rows that are printed again said of the row that was printed first; and the second prints.

    A row is printed again where a later table gives it the same name and code, or where each row of a later table
    has the name of one row of an earlier. Names over it may be left out there, and none may be another.
    """
    first: dict[RowKey, RowKey] = {}
    found = _rows_of(placed, rows)
    tables = sorted({row.key[0] for row in found.values()})
    for table in tables[1:]:
        here = [row for row in found.values() if row.key[0] == table]
        earlier = [row for row in found.values() if row.key[0] < table and row.key not in first]
        pairs = {row.key: _only(row, here, earlier) for row in here}
        is_whole = len(here) >= _LEAST and all(pairs.values())
        for row in here:
            other = pairs[row.key]
            if other is not None and (row.code or is_whole):
                first[row.key] = other.key
    again = [text for key in first for node in found[key].listed.nodes for text in (node.value, node.code) if text]
    return [_moved(one, first, found) for one in placed], again


def _rows_of(placed: Iterable[Placed], rows: Mapping[RowKey, ListRow]) -> dict[RowKey, _Row]:
    """The rows that have a name of their own, in the order of print."""
    found: dict[RowKey, _Row] = {}
    for fact, context in placed:
        key = None if isinstance(fact, Node | Doubt) else fact.row
        listed = rows.get(key) if key is not None else None
        if key is not None and listed is not None and listed.nodes and listed.nodes[-1].own is not None:
            found.setdefault(key, _Row(key, listed, context))
    return found


def _only(row: _Row, here: list[_Row], earlier: list[_Row]) -> _Row | None:
    """The one earlier row that a row prints again; None where two have its name, or what stands over it differs."""
    same = [other for other in earlier if other.called == row.called and other.code == row.code]
    twice = len([other for other in here if other.called == row.called]) > 1
    if len(same) != 1 or twice or not row.above <= same[0].above:
        return None
    return same[0]


def _moved(one: Placed, first: Mapping[RowKey, RowKey], found: Mapping[RowKey, _Row]) -> Placed:
    fact, _ = one
    if isinstance(fact, Node | Doubt) or fact.row is None or fact.row not in first:
        return one
    original = found[first[fact.row]]
    return replace(fact, row=original.key), original.context
