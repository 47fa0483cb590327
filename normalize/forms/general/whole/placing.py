"""Facts where they stand: each with the names that hold there, from headings, lines and titles over it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from normalize.document.table_grid import Grid
from normalize.document.text_span import Excerpt
from normalize.forms.general.around.headings import Over, name_in
from normalize.forms.general.around.lines import Flow
from normalize.forms.general.entities import RANKS, rank_of
from normalize.forms.general.facts import Doubt, Fact, Named, Node, Number, RowKey, Text
from normalize.forms.general.rows.rows import ListRow
from normalize.forms.general.tables.block_facts import section_node
from normalize.forms.general.tables.tables import TableFacts


@dataclass(slots=True)
class Draft:
    """The facts of a document, each with the headings that hold where it stands, and what was understood as a label."""

    placed: list[tuple[Fact, tuple[Node, ...]]] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    labels: list[Excerpt] = field(default_factory=list)
    rows: dict[RowKey, ListRow] = field(default_factory=dict)
    chapters: frozenset[int] = frozenset()
    """The positions of the headings of chapters: what was named before one holds no longer."""

    @property
    def facts(self) -> list[Fact]:
        return [fact for fact, _ in self.placed]


@dataclass(slots=True)
class Placing:
    """A draft while it is made: `context` are the names that hold where it has come to.

    `levels` keeps the level of the headings over each kind of table, "" where none is left for them.
    """

    draft: Draft
    context: list[Node] = field(default_factory=list)
    levels: dict[str, str] = field(default_factory=dict)


def place(at: Placing, fact: Fact) -> None:
    """Put a fact of a table where it stands."""
    at.draft.placed.append((fact, tuple(at.context)))


def place_line(at: Placing, fact: Fact) -> None:
    """Put a fact of a line where it stands; a name in a heading holds for what follows, until the next of its rank."""
    if isinstance(fact, Node):
        _place_name(at, fact)
    elif isinstance(fact, Text) and fact.row is None:
        at.draft.placed.append((fact, tuple(_without_listed(at))))
    else:
        place(at, fact)


def _place_name(at: Placing, name: Node) -> None:
    """Put a name of a heading; deeper ones that began its head already stand under it, and what they head too."""
    placed = at.draft.placed
    below = [node for node in at.context if rank_of(node) > rank_of(name)]
    kept = below if below and _is_one_head(at, name, below[0]) else []
    at.context[:] = [*(node for node in at.context if rank_of(node) < rank_of(name)), name, *kept]
    place(at, name)
    if kept:
        first = next(index for index, (other, _) in enumerate(placed) if other is kept[0])
        placed[first:] = [(other, tuple(at.context)) for other, _ in placed[first:]]


def _is_one_head(at: Placing, name: Node, below: Node) -> bool:
    """Whether a name is of the head that a deeper one opened (事業名：… over 施策：…): nothing is said between them."""
    if any(rank_of(node) == rank_of(name) for node in at.context):
        return False
    placed = at.draft.placed
    first = next((index for index, (other, _) in enumerate(placed) if other is below), len(placed))
    return all(
        isinstance(other, Node) or (isinstance(other, Text) and other.kind in {"org", "code", "document"})
        for other, _ in placed[first:]
    )


def _without_listed(at: Placing) -> list[Node]:
    """The names over a text: where names of one rank stand one below the other, what follows is of the name over them.

    基本施策（1）…, 基本施策（2）…, and then 課題: nothing tells which of the two has it.
    """
    placed = at.draft.placed
    last = next((index for index in reversed(range(len(placed))) if isinstance(placed[index][0], Node)), None)
    if not last or not at.context:
        return at.context
    node, before = placed[last][0], placed[last - 1][0]
    if not isinstance(node, Node) or not isinstance(before, Node) or node is not at.context[-1]:
        return at.context
    if not _are_listed(before, node):
        return at.context
    return [other for other in at.context if rank_of(other) < rank_of(node)] or at.context


def _are_listed(before: Node, node: Node) -> bool:
    """Whether two names of one rank, behind labels, stand one below the other in lines."""
    is_alike = node.label is not None and before.label is not None and node.title == before.title
    return is_alike and rank_of(node) == rank_of(before) and node.value.place.cell is None


def place_group(at: Placing, flow: Flow, found: TableFacts) -> None:
    """Put the group that a numbered heading over a list names."""
    if found.lists_rows and flow.heading is not None and flow.heading.numbered and flow.heading.term is None:
        group = section_node(flow.heading.excerpt, found.columns)
        if group is not None:
            place_line(at, group)


def place_headings(at: Placing, over: Over, found: TableFacts) -> None:
    """Put the names that the headings over a table are: above its rows, or those of what its indicators count."""
    if not found.lists_rows and not over.of_projects and not _counts_for_heading(found):
        return
    between = [node for node in at.context if node.value.place.item < over.inner.place.item and not node.title]
    above = max((RANKS[node.field][0] for node in between), default=0)
    level = at.levels.setdefault(over.kind, _level_of_heading(over, found, above))
    if not level:
        return
    if over.outer is not None and above < RANKS["policy"][0] < RANKS[level][0]:
        outer = name_in(over.outer, "policy")
        if outer is not None:
            place_line(at, outer)
    inner = name_in(over.inner, level)
    if inner is not None:
        _place_over_bodies(at, inner)
        if over.body is not None:
            at.draft.placed.append((Text("org", "responsible", over.body), tuple(at.context)))


def _counts_for_heading(found: TableFacts) -> bool:
    """Whether a table that lists no rows counts or judges something, and names nobody whose it is."""
    counts = any(_is_counted(fact) and fact.row is None for fact in found.facts if isinstance(fact, Named | Number))
    judges = any(isinstance(fact, Text) and fact.kind in {"grade", "direction"} for fact in found.facts)
    names = any(isinstance(fact, Node) and not fact.title for fact in found.facts)
    return not names and (counts or (judges and not found.columns))


def _is_counted(fact: Named | Number) -> bool:
    return isinstance(fact, Named) or not fact.is_cost


def _level_of_heading(over: Over, found: TableFacts, above: int) -> str:
    """The level of the headings over a kind of table, between what stands above and the table's rows; "" for none."""
    lowest = min((RANKS[column.field][0] for column in found.columns), default=RANKS["program"][0])
    free = [level for level in RANKS if above < RANKS[level][0] < lowest]
    if over.of_projects and not found.columns and above < RANKS["program"][0]:
        return "program"
    own = "policy" if found.lists_rows and over.outer is None else "measure"
    return own if own in free else free[-1] if free else ""


def _place_over_bodies(at: Placing, heading: Node) -> None:
    """Put the name of a heading; who is in charge may stand between it and its table, and is in charge of it."""
    placed = at.draft.placed
    bodies = [
        index for index, (fact, _) in enumerate(placed)
        if isinstance(fact, Text) and fact.kind == "org" and fact.row is None
        and fact.value.place.item >= heading.value.place.item
    ]  # fmt: skip
    place_line(at, heading)
    for index in bodies:
        placed[index] = (placed[index][0], tuple(at.context))


def place_table(at: Placing, flow: Flow, found: TableFacts) -> None:
    """Put the facts of a table. A title between its rows holds until the next, and not behind the table."""
    at.draft.rows |= found.rows
    said = {row for fact in found.facts if (row := _row_of(fact)) is not None}
    org = flow.org if found.rows and not _names_body(found) else None
    titles: list[Node] = []
    in_charge: set[RowKey] = set()
    for fact in found.facts:
        if isinstance(fact, Node) and fact.title:
            at.context[:] = [node for node in at.context if node not in titles]
            deep = any(rank_of(node) >= RANKS["measure"][0] for node in at.context)
            titles.append(replace(fact, field="program") if deep else fact)
            place_line(at, titles[-1])
            continue
        row = _row_of(fact)
        if org is not None and row is not None and row not in in_charge:
            in_charge.add(row)
            place(at, Text("org", "responsible", org, None, row))
        place(at, fact)
    at.context[:] = [node for node in at.context if node not in titles]
    for key, row_of_list in found.rows.items():
        if key not in said:
            place(at, Text("row", "none", row_of_list.nodes[-1].value, None, key))


def _row_of(fact: Fact) -> RowKey | None:
    return None if isinstance(fact, Node | Doubt) else fact.row


def _names_body(found: TableFacts) -> bool:
    """Whether a row of a table says who is in charge."""
    return any(isinstance(fact, Text) and fact.kind == "org" and fact.row in found.rows for fact in found.facts)
