"""The names of the rows of a list → nodes: whom a row is about, and which rows are about nobody."""

from __future__ import annotations

from dataclasses import replace

from normalize.cells import row_words
from normalize.document.table_grid import GridCell
from normalize.forms.general.cells.names import name_and_counted, name_and_org, node_name, without_remarks
from normalize.forms.general.facts import Node
from normalize.forms.general.heads.meaning import Column, content
from normalize.forms.general.rows.rows import ListRow, Reading
from normalize.forms.general.settings import FORMS
from normalize.text.folding import squeeze


def is_total(reading: Reading, row: int) -> bool:
    """Whether a row adds up the others: 小計, 合計 stands where the others have their name."""
    stubs = reading.of("name", "stub", "aside", "code", "indicator")
    words = [cell.text for column in stubs[: FORMS.stub_columns] if (cell := reading.at(row, column))]
    if not reading.of("name"):
        return False
    compares = [reading.view.head(cell) for column in reading.of("name") if (cell := reading.at(row, column))]
    return any(map(row_words.is_total, words)) or any(
        head.role in {"ratio", "difference"} and not head.words
        for head in compares  # 前年度比
    )


def compared_to(reading: Reading, row: int) -> GridCell | None:
    """What heads a row of a list that is given for comparison alone: 参考：県平均."""
    cells = [cell for column in reading.of("name", "indicator") if (cell := reading.at(row, column))]
    own = [cell for cell in cells if cell.cell.row == row]
    return next((cell for cell in own if row_words.is_reference(cell.text)), None) if reading.of("name") else None


def _is_over_names(reading: Reading, row: int, cell: GridCell) -> bool:
    """Whether a blank cell was merged over more rows than the lowest name of a row takes: a group without its name."""
    last = reading.view.grid.at(row, reading.names()[-1].cols.start)
    return cell.cell.row_span > max(1, last.cell.row_span if last else 1)


def _is_cut(reading: Reading, column: Column, cell: GridCell) -> bool:
    """Whether a blank place between the rules of a page, in a column of merged names, is a new group that a page break
    cuts: its name stands on the next page. At the top of a page it goes on from the page before.
    """
    rules = cell.cell.fragments[:1]
    if not rules or rules[0].box is None:
        return False
    above = reading.view.grid.at(cell.cell.row - 1, cell.cell.col)
    if above is None or not above.cell.fragments or above.cell.fragments[-1].page != rules[0].page:
        return False
    return any(other.cell.row_span > 1 for other in content(reading.view, reading.block, column.cols))


def _is_level(reading: Reading, cell: GridCell) -> bool:
    """Whether a cell says at which level a row stands, and names nothing."""
    term = reading.view.whole(cell)
    return term is not None and term.kind == "name"


def names_of_row(reading: Reading, row: int, above: tuple[Node, ...] = ()) -> tuple[ListRow | None, bool]:
    """Whom a row is about, and whether its names are in doubt: a merged cell without a print may be a new group.

    `above` are the names of the row before: a blank place goes on from it.
    """
    columns = reading.names()
    if not columns:
        return ListRow(None), False
    are_groups = bool(reading.of("indicator"))
    nodes: list[Node] = []
    doubtful = reprint = False
    goes_on = True  # from the row above, as long as every blank place so far has a name there
    for column in columns:
        is_group = are_groups or column is not columns[-1]
        cell = reading.at(row, column)
        if cell is None or cell.cell.row in reading.block.header:  # a head that goes on beside the row names nothing
            is_cut, is_over = _is_new_group(reading, row, column)
            if is_cut and column is not columns[-1] and not are_groups:
                continue  # who it belongs to is not told here; the row has a name of its own
            doubtful = doubtful or is_cut or is_over
            inherited = _name_above(above, column) if goes_on and is_group else None
            goes_on = inherited is not None
            nodes += [inherited] if inherited is not None else []
            continue
        if cell.cell.col < column.cols.start and _is_level(reading, cell):
            return ListRow(None), False  # 施策 in the places of two names: the numbers are those of the sheet itself
        if any(node.value.place == cell.excerpt.place for node in nodes):
            continue  # one name in the places of two
        node, reprint = _printed_name(reading, column, cell, is_group=is_group)
        nodes += [node] if node is not None else []
    return (_listed(reading, row, nodes, reprint=reprint) if nodes else None), doubtful


def _is_new_group(reading: Reading, row: int, column: Column) -> tuple[bool, bool]:
    """Whether a blank place may be a new group without its name: one that a page break cuts, or one over more rows."""
    covering = reading.view.grid.at(row, column.cols.start)
    if covering is None or covering.cell.row <= reading.block.body[0]:
        return False, False
    is_over = _is_over_names(reading, row, covering)
    return not is_over and _is_cut(reading, column, covering), is_over


def _name_above(above: tuple[Node, ...], column: Column) -> Node | None:
    """The name of the row before in a column: under the same head, else of the same level."""
    labelled = (node for node in above if node.label and column.leaf and node.label == column.leaf.excerpt)
    return next(labelled, None) or next((node for node in above if node.field == column.field), None)


def _printed_name(reading: Reading, column: Column, cell: GridCell, *, is_group: bool) -> tuple[Node | None, bool]:
    """The name that a cell prints, if it prints one, and whether it says that its row is printed again: 再掲.

    The name of a row may tell what is counted as well, that of a group may have remarks behind it.
    """
    label = column.leaf.excerpt if column.leaf else None
    printed, _ = name_and_org(cell.excerpt, label)
    printed = without_remarks(printed) if is_group else name_and_counted(printed)[0]
    reprint = row_words.is_reprint(printed.text)
    if reprint:
        bare = row_words.without_reprint(printed.text)
        printed = printed.slice(len(bare) - len(bare.lstrip()), len(bare))
        reading.view.mark(cell)
    code, name = node_name(printed, label)
    return (Node(column.field, name, code, label) if name is not None else None), reprint


def _listed(reading: Reading, row: int, nodes: list[Node], *, reprint: bool) -> ListRow:
    """A row of a list by its names: the lowest has its code, and is the row's own where the row prints it."""
    *groups, last = nodes
    are_groups = bool(reading.of("indicator"))
    codes = [cell for column in reading.of("code") if (cell := reading.at(row, column))]
    if codes and last.code is None and not are_groups:
        last = Node(last.field, last.value, codes[-1].excerpt, last.label)
    place = last.value.place
    key = (place.item, place.cell or 0)
    named = squeeze(last.value.text)
    if reprint and (original := reading.named.get(named)) is not None:
        return replace(original, reprint=True)
    if not are_groups and reading.at(row, reading.names()[-1]) is not None:  # else other rows name the group as well
        last = Node(last.field, last.value, last.code, last.label, own=key)
    listed = ListRow(key, (*groups, last))
    reading.named.setdefault(named, listed)
    return listed
