"""The rows of a block → facts: whom each is about, what it counts, judges and tells, and the titles between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from normalize.cells.vocabulary import term_of
from normalize.document.table_grid import GridCell
from normalize.document.text_span import Excerpt
from normalize.forms.general.around.headings import NAMES_GROUP, name_in
from normalize.forms.general.cells.names import labelled_name, node_name
from normalize.forms.general.entities import RANKS, rank_of
from normalize.forms.general.facts import Doubt, Fact, Named, Node, Number, RowKey, Text
from normalize.forms.general.heads.meaning import Column, counts_no_money
from normalize.forms.general.rows.listed import listed_costs
from normalize.forms.general.rows.numbers import numbers_of_row
from normalize.forms.general.rows.row_names import compared_to, is_total, names_of_row
from normalize.forms.general.rows.row_options import options_of_row, stacked_options_of_row
from normalize.forms.general.rows.row_texts import texts_of_row
from normalize.forms.general.rows.rows import Counted, ListRow, Reading, indicators_of_row
from normalize.forms.general.rows.stubs import Setting
from normalize.text.folding import squeeze
from normalize.text.quantities import indicator_measure_of


@dataclass(slots=True)
class BlockFacts:
    """What the rows of a block say so far, and its rows if it is a list.

    For the next row hold `names`, those of the last row, `over`, the groups that titles between the rows name, and
    `indicators`, those of the columns that name them.
    """

    names: tuple[Node, ...]
    facts: list[Fact] = field(default_factory=list)
    rows: dict[RowKey, ListRow] = field(default_factory=dict)
    over: tuple[Node, ...] = ()
    indicators: dict[int, Counted] = field(default_factory=dict)


def block_facts(reading: Reading, names: tuple[Node, ...], setting: Setting) -> BlockFacts:
    """Read the rows of a block, but those that add up others. `names` are those of the row before the first."""
    found = BlockFacts(names)
    for row in reading.block.body:
        if not is_total(reading, row):
            _read_titles(reading, row, found)
            found.facts += _row_facts(reading, row, found, setting)
    found.facts = _with_units_of_none(found.facts)
    found.facts += _unread_years(reading)
    _mark_understood(reading)
    return found


def _read_titles(reading: Reading, row: int, found: BlockFacts) -> None:
    """The groups that the titles over a row name: no name goes on behind them."""
    for section in reading.block.sections.get(row, ()):
        reading.view.mark(section)
        found.over = _with_section(found.over, section_node(section.excerpt, reading.names()))
        found.names = ()
        if not reading.of("name") and (title := _title_node(section.excerpt)) is not None:
            found.facts.append(title)


def _row_facts(reading: Reading, row: int, found: BlockFacts, setting: Setting) -> list[Fact]:
    """What a row says: of the form, of what it names, or nothing where nobody knows whom it is about."""
    if (costs := _costs_of_form(reading, row, setting)) is not None:
        return costs
    if (number := _in_units(reading, row)) is not None:
        return [Doubt(number.excerpt, "a unit", "a number of another column")]
    listed, is_doubtful = _names_of(reading, row, found)
    if (head := compared_to(reading, row)) is not None:
        return [Doubt(head.excerpt, "a row of the list", "numbers for comparison")]
    facts = _counted_and_told(reading, row, listed.key if listed is not None else None, found, setting)
    if is_doubtful or (reading.of("name") and listed is None):
        return _doubts(facts)
    if listed is not None and listed.reprint:
        return [replace(fact, reprint=True) if isinstance(fact, Named | Number) else fact for fact in facts]
    return facts


def _in_units(reading: Reading, row: int) -> GridCell | None:
    """The number that stands where the row has its unit: its cells do not stand under their heads."""
    cells = (reading.at(row, column) for column in reading.of("unit"))
    return next((cell for cell in cells if cell is not None and reading.view.kind(cell) == "amount"), None)


def _names_of(reading: Reading, row: int, found: BlockFacts) -> tuple[ListRow | None, bool]:
    """The names of a row under the groups that hold, and whether they are in doubt; they hold for the next row."""
    listed, is_doubtful = names_of_row(reading, row, found.names)
    if listed is None or not listed.nodes:
        return listed, is_doubtful
    if found.over:
        listed = replace(listed, nodes=(*found.over, *(node for node in listed.nodes if node not in found.over)))
    found.names = listed.nodes
    if listed.key is not None:
        found.rows.setdefault(listed.key, listed)
    return listed, is_doubtful


def _counted_and_told(
    reading: Reading, row: int, key: RowKey | None, found: BlockFacts, setting: Setting
) -> list[Fact]:
    """The indicators of a row, its numbers, the options that it marks and its texts."""
    found.indicators, named = indicators_of_row(reading, row, key, found.indicators)
    return [
        *named,
        *numbers_of_row(reading, row, key, found.indicators, setting),
        *listed_costs(reading, row, key, setting),
        *options_of_row(reading, row, key),
        *stacked_options_of_row(reading, row, key),
        *texts_of_row(reading, row, key, found.indicators),
    ]


def _costs_of_form(reading: Reading, row: int, setting: Setting) -> list[Fact] | None:
    """The numbers of a row of a list of names that is a cost of the form and no name: 従事職員（人）."""
    name = reading.at(row, reading.names()[-1]) if reading.of("name") else None
    if name is not None and reading.is_account(reading.names()[-1]):
        return None  # 国庫負担金 is a name among the 款 and 項 of a budget
    term = reading.view.whole(name) if name is not None else None
    if term is None or term.kind != "cost" or reading.of("indicator"):
        return None
    columns = tuple(replace(c, kind="stub", field="none") if c.kind == "name" else c for c in reading.columns)
    return list(numbers_of_row(Reading(reading.view, reading.block, columns), row, None, {}, setting))


def _with_units_of_none(facts: list[Fact]) -> list[Fact]:
    """The facts with the money that all other costs are in as the unit of a cost of nothing: 0 beside 464千円."""
    costs = [
        fact for fact in facts if isinstance(fact, Number) and fact.is_cost and not counts_no_money(fact.name.text)
    ]
    units = {fact.unit for fact in costs if fact.unit is not None and indicator_measure_of(fact.unit) == "currency"}
    if len(units) != 1:
        return facts
    bare = {id(fact) for fact in costs if fact.unit is None and fact.value == 0}
    return [replace(f, unit=next(iter(units))) if id(f) in bare and isinstance(f, Number) else f for f in facts]


def _unread_years(reading: Reading) -> Iterator[Doubt]:
    """The heads that name a year, and more that nobody knows, over numbers that were not read: 令和6年度（参考）."""
    for column in reading.of("aside"):
        leaf = column.leaf
        if leaf is not None and column.field == "number" and (column.year is not None or column.is_period):
            yield Doubt(leaf.excerpt, "the numbers of that year", "numbers of something else")


def _doubts(facts: Iterable[Fact]) -> list[Fact]:
    """What cannot be said because nobody knows whom it is about."""
    found: list[Fact] = []
    for fact in facts:
        value = fact.printed if isinstance(fact, Number) else fact.value if isinstance(fact, Text) else None
        if value is not None:
            found.append(Doubt(value, "the group above", "a group whose name is not in its cell"))
    return found[:1]


def _mark_understood(reading: Reading) -> None:
    """Mark the labels of columns that no record holds as understood."""
    for row in reading.block.body:
        for column in reading.columns:
            if column.kind in {"stub", "unit", "code", "aside", "ratio", "year-of-value"}:
                cell = reading.at(row, column)
                if cell is not None and reading.view.kind(cell) in {"label", "axis", "unit", "code"}:
                    reading.view.mark(cell)


def section_node(text: Excerpt, columns: list[Column]) -> Node | None:
    """The group that a title between the rows of a list, or over it, names; None for a level below its rows."""
    top = min((RANKS[column.field][0] for column in columns), default=0)
    if labelled := labelled_name(text):
        term = term_of(labelled[0].text)
        code, name = node_name(labelled[1], labelled[0])
        field = term.field if term is not None and term.kind == "name" else "policy"
        return Node(field, name, code, labelled[0]) if name is not None and RANKS[field][0] < top else None
    code, name = node_name(text)
    term = term_of(name.text) if name is not None else None
    level = next((level for level in ("policy", "goal") if RANKS[level][0] < top), None)
    if name is None or term is not None or level is None or not NAMES_GROUP.fullmatch(squeeze(name.text)):
        return None
    return Node(level, name, code)


def _with_section(over: tuple[Node, ...], section: Node | None) -> tuple[Node, ...]:
    """The groups that hold from a title on: those above it by their rank, and its own; none where it names none."""
    if section is None:
        return ()
    return (*(node for node in over if rank_of(node) < rank_of(section)), section)


def _title_node(text: Excerpt) -> Node | None:
    """What a title between the rows of a list of indicators names."""
    node = name_in(text, "measure")
    if node is None or term_of(node.value.text) is not None or NAMES_GROUP.fullmatch(squeeze(node.value.text)) is None:
        return None
    return node
