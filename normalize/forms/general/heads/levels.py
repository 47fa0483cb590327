"""Columns that name what their rows are about although no head says so: accounts, projects, services by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from normalize.cells.kinds import LONGEST_WORDS, CellKind
from normalize.cells.row_words import is_total
from normalize.document.table_grid import GridCell
from normalize.forms.general.cells.names import node_name
from normalize.forms.general.cuts.blocks import Block
from normalize.forms.general.cuts.header_shapes import NAMES_BEHIND
from normalize.forms.general.cuts.list_heads import level_of
from normalize.forms.general.entities import RANKS
from normalize.forms.general.heads.meaning import Column, content, counts_money, holds_remarks
from normalize.forms.general.view import View
from normalize.text.folding import squeeze
from normalize.text.quantities import indicator_measure_of

_NAMING: Final[frozenset[CellKind]] = frozenset({"words", "label"})
_SHORTEST_NAME: Final = 6
"""Characters of the longest name of a group; a class of indicators is told in fewer: 活動, 男性, 全市."""

_GROUPING: Final = frozenset({"issue", "aim"})
"""Sections of prose whose heads are those of a level of some plans too: 課題, 目的."""

_LEAST: Final = 2
"""So many groups of indicators are told apart by what stands beside them."""


def with_accounts(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """The columns of a budget's 款, 項 and 目 name what its money is for, or the groups of the projects behind them."""
    if any(column.kind == "indicator" for column in columns):
        return columns
    named = [RANKS[column.field][0] for column in columns if column.kind == "name"]
    lowest = min(named, default=len(RANKS))
    if not any(column.kind == "cost" or (column.is_money and column.kind == "value") for column in columns):
        return columns
    found = list(columns)
    for at, column in enumerate(columns):
        term = view.whole(column.path[-1]) if column.path else None
        cells = content(view, block, column.cols)
        words = sum(view.kind(cell) in {"words", "label", "prose"} for cell in cells)
        is_account = term is not None and term.kind == "aside" and RANKS.get(term.field, (lowest,))[0] < lowest
        if term is not None and term.field == "goal" and named:
            continue  # of which account a project is, is no name of a group
        if term is not None and is_account and words * 2 > len(cells):
            found[at] = replace(column, kind="name", field=term.field)
    return found


def with_projects(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """Words under a head that ends as a level of the plan does name what the row is about, where nothing else does.

    交付金対象事業 | 担当課 | 指標 | …: who is in charge, or what is judged, stands beside it.
    """
    if any(column.kind == "name" for column in columns) or not {"org", "grade", "direction"} & {
        c.kind for c in columns
    }:
        return columns
    for at, column in enumerate(columns):
        level = level_of(column.words)
        cells = content(view, block, column.cols)
        if column.kind not in {"stub", "passage"} or level is None:
            continue
        if len(cells) > 1 and all(view.kind(cell) in {"words", "label"} for cell in cells):
            return [*columns[:at], replace(column, kind="name", field=level.field), *columns[at + 1 :]]
    return columns


def with_row_names(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """Words that differ beside who is in charge name the rows, whatever their head says, where nothing else does.

    Where numbers of no money stand in the row and nothing names what they count, the words may be their names.
    """
    kinds = {column.kind for column in columns}
    counts = any(column.kind == "value" and not _is_in_money(view, column) for column in columns)
    org = next((at for at, column in enumerate(columns) if column.kind == "org"), None)
    if org is None or "name" in kinds or (counts and "indicator" not in kinds):
        return columns
    ends = (at for at, column in enumerate(columns) if column.kind in {"indicator", "value", "cost", "unit"})
    stop = next(ends, len(columns))
    free = [at for at, column in enumerate(columns[:stop]) if _names_rows(view, block, column, counts=counts)]
    before, behind = [at for at in free if at < org], [at for at in free if at > org]
    own = before[-1] if before else behind[0] if behind else None
    if own is None:
        return columns
    named = replace(columns[own], kind="name", field="measure" if counts else "program")
    return [*columns[:own], named, *columns[own + 1 :]]


def _is_in_money(view: View, column: Column) -> bool:
    """Whether a column of numbers, or a head over it, says that it holds money, or is reckoned from others."""
    terms = [view.term(cell) for cell in column.path]
    is_money = column.is_money or any(term is not None and term.kind == "cost" for term in terms)
    return is_money or column.role == "difference"  # of the columns before it


def _names_rows(view: View, block: Block, column: Column, *, counts: bool) -> bool:
    """Whether short words under an unknown head differ from row to row, or from group to group of indicators."""
    leaf = column.leaf
    if column.kind != "stub" or column.field != "none" or leaf is None or view.term(leaf) is not None:
        return False
    cells = [cell for cell in content(view, block, column.cols) if not is_total(cell.text)]
    texts = [squeeze(cell.text) for cell in cells]
    runs = [text for at, text in enumerate(texts) if not at or texts[at - 1] != text]
    are_words = all(view.kind(cell) in _NAMING and "。" not in cell.text for cell in cells)
    return len(cells) > 1 and are_words and len({*texts}) == len(runs) and (counts or len(runs) == len(texts))


def with_codes_before_names(columns: list[Column]) -> list[Column]:
    """Under 指標 | 名称 the names stand in the second column, and what counts them in the first."""
    found = list(columns)
    for at, (first, second) in enumerate(pairwise(columns)):
        is_pair = (first.kind, first.field) == ("indicator", "name") and second.kind in {"stub", "aside"}
        if is_pair and second.words in NAMES_BEHIND and len(second.path) == 1:
            found[at], found[at + 1] = (
                replace(first, kind="code", field="none"),
                replace(second, kind="indicator", field="name"),
            )
    return found


def with_named(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """What stands before a column of units, in a table of years, names indicators whatever its head is called."""
    if any(column.kind in {"indicator", "name"} for column in columns) or not any(c.kind == "value" for c in columns):
        return columns
    unit = next((at for at, column in enumerate(columns) if column.kind == "unit"), 0)
    free = [
        column for column in columns[:unit] if column.kind not in {"org", "code"} and not holds_remarks(view, column)
    ]
    before = _over_parts(view, block, free) or (free[-1] if free else None)
    if before is None or before.kind not in {"passage", "stub"} or not before.path:
        return columns
    cells = content(view, block, before.cols)
    if any("。" in cell.text or view.kind(cell) == "axis" for cell in cells):
        return columns
    if before.kind == "stub" and not _are_judged(view, columns, cells):
        return columns
    return [replace(column, kind="indicator", field="name") if column is before else column for column in columns]


def _over_parts(view: View, block: Block, columns: list[Column]) -> Column | None:
    """The column of names that go on over rows of the column behind it: 健診の受診率 beside 男性, 女性."""
    if len(columns) < len(("names", "parts")):
        return None
    names, parts = (content(view, block, column.cols) for column in columns[-2:])
    tall = [name for name in names if name.cell.row_span > 1]
    within = [part for part in parts if any(part.cell.row in name.cell.rows for name in tall)]
    is_parted = bool(tall) and len(within) == sum(name.cell.row_span for name in tall)
    are_plain = all(part.cell.row_span == 1 and view.whole(part) is None for part in parts)  # 参加者数, 事業費 are none
    return columns[-2] if is_parted and are_plain else None


def _are_judged(view: View, columns: list[Column], cells: Sequence[GridCell]) -> bool:
    """Whether each row has a judgement beside its numbers: 項目 | 単位 | 実績 | 目標 | 進捗.

    Sums and kinds of indicators are no names, nor are costs, but for one that a list of others counts: 職員数.
    """
    if not any(column.kind == "grade" for column in columns):
        return False
    terms = [term for cell in cells if (term := view.whole(cell)) is not None]
    if any(term.kind != "cost" for term in terms) or len(terms) * 2 >= len(cells):
        return False
    return all(view.kind(cell) in _NAMING for cell in cells)


def with_repeated(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """The column that says whose the indicators are where the same ones are printed for each: 路線 | 項目 | 単位 | …

    Its head may be any word. Beside indicators that differ it may as well tell of their kind.
    """
    if any(column.kind == "name" for column in columns) or not any(column.kind == "value" for column in columns):
        return columns
    own = next((at for at, column in enumerate(columns) if column.kind == "indicator"), None)
    if own is None:
        unit = next((at for at, column in enumerate(columns) if column.kind == "unit"), 0)
        before = columns[unit - 1] if unit else None
        own = unit - 1 if before and before.kind in {"stub", "passage"} and not holds_remarks(view, before) else None
    if not own or not columns[own].path:
        return columns
    named = {cell.cell.row: squeeze(cell.text) for cell in content(view, block, columns[own].cols)}
    for at, column in enumerate(columns[:own]):
        groups = content(view, block, column.cols)
        if column.kind != "stub" or not column.words or any(view.kind(cell) not in _NAMING for cell in groups):
            continue
        if _tells_apart([cell.cell.row for cell in groups], named) and _differ(groups):
            found = list(columns)
            found[at] = replace(column, kind="name", field="program")
            found[own] = replace(columns[own], kind="indicator", field="name")
            return found
    return columns


def with_groups(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """Merged words under heads that nobody knows, on the left of indicators, name the groups that these are of.

    起きてはならない事態 | 重要業績指標 | 現状値 | …: the nearest group is a measure, the one above it a policy.
    """
    own = next((at for at, column in enumerate(columns) if column.kind == "indicator"), None)
    if own is None or any(column.kind == "name" for column in columns) or not any(c.kind == "value" for c in columns):
        return columns
    groups = [at for at, column in enumerate(columns[:own]) if _is_group(view, block, column)]
    found = list(columns)
    for at, field in zip(reversed(groups), ("measure", "policy"), strict=False):
        found[at] = replace(found[at], kind="name", field=field)
    return found


def with_issues(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """What is merged over several names on its right is their group, though its head be of prose: 課題 | 事業.

    One cell a name tells of that name, and so does a sentence. Blank cells below may stand for merged ones. One group
    alone needs its number. Between the group and its names may stand their codes.
    """
    own = next((at for at, column in enumerate(columns) if column.kind == "name"), None)
    if own is None:
        return columns
    before = next((at for at in reversed(range(own)) if columns[at].kind != "code"), None)
    if before is None or columns[before].kind != "passage" or columns[before].field not in _GROUPING:
        return columns
    lowest = next(column for column in reversed(columns) if column.kind == "name")
    named, over = content(view, block, lowest.cols), content(view, block, columns[before].cols)
    are_numbered = all(node_name(cell.excerpt)[0] is not None for cell in over)
    if len(over) < (1 if are_numbered else _LEAST) or any(
        "。" in c.text or len(squeeze(c.text)) > LONGEST_WORDS for c in over
    ):
        return columns
    beside = _names_beside(over, named)
    is_shown = any(cell.cell.row_span > 1 for cell in over) or len(beside) < len(over)
    if 0 in beside or (max(beside) if is_shown else min(beside)) < _LEAST:
        return columns
    level = "policy" if RANKS[columns[own].field][0] > RANKS["policy"][0] else "goal"
    return [*columns[:before], replace(columns[before], kind="name", field=level), *columns[before + 1 :]]


def _names_beside(over: Sequence[GridCell], named: Sequence[GridCell]) -> list[int]:
    """How many names stand beside each group: it goes on over its merged rows, where it is printed again, or, where a
    table has blank cells for merged ones, up to the next. None where a name stands beside no group.
    """
    groups: list[tuple[str, list[int]]] = []
    for row in sorted(cell.cell.row for cell in named):
        group = max((cell for cell in over if cell.cell.row <= row), key=lambda cell: cell.cell.row, default=None)
        if group is None or (group.cell.row_span > 1 and row not in group.cell.rows):
            return [0]
        text = squeeze(group.text)
        if not groups or groups[-1][0] != text:
            groups.append((text, []))
        groups[-1][1].append(row)
    return [len(rows) for _, rows in groups]


def _is_group(view: View, block: Block, column: Column) -> bool:
    """Whether a column holds merged names of groups: words, too long to be a class of what is counted."""
    if column.kind != "stub" or column.leaf is None or view.kind(column.leaf) != "words" or view.term(column.leaf):
        return False
    cells = content(view, block, column.cols)
    return (
        any(cell.cell.row_span > 1 for cell in cells)
        and all(view.kind(cell) in {"words", "label", "prose"} and "。" not in cell.text for cell in cells)
        and max(len(squeeze(cell.text)) for cell in cells) >= _SHORTEST_NAME
    )


def _differ(cells: Sequence[GridCell]) -> bool:
    return len({squeeze(cell.text) for cell in cells}) == len(cells)


def _tells_apart(starts: list[int], named: dict[int, str]) -> bool:
    """Whether names that are printed again stand in another group each time; a group begins in each of some rows."""
    if len(starts) < _LEAST or len(set(named.values())) == len(named) or min(starts) > min(named):
        return False
    groups = {row: max(start for start in starts if start <= row) for row in named}
    return len({(groups[row], text) for row, text in named.items()}) == len(named) > len(starts)


def with_years_down(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """Numbers under the names of what is counted are its values where the rows are years: 年度 | 量の見込み | 実績."""
    if any(column.kind in {"name", "indicator"} for column in columns):
        return columns
    years = [column for column in columns if column.kind == "stub" and column.field == "axis"]
    if not any(view.head(cell).year is not None for one in years for cell in content(view, block, one.cols)):
        return columns
    if any(column.kind == "cost" for column in columns):  # beside a cost stand its sources, and what has its own unit
        return [
            replace(column, kind="value", field="none") if _is_free(view, block, column) and column.unit else column
            for column in columns
        ]
    found = [
        replace(column, kind="cost", field="cost")
        if _is_free(view, block, column) and counts_money(column.words)
        else column
        for column in columns
    ]
    has_costs = any(column.kind == "cost" for column in found)
    return [
        replace(column, kind="value", field="none")
        if _names_indicator(view, column)
        or (_is_free(view, block, column) and (_is_counted(column) if has_costs else True))
        else column
        for column in found
    ]


def _names_indicator(view: View, column: Column) -> bool:
    """Whether a column of numbers is headed by what the vocabulary knows as the name of an indicator."""
    term = view.whole(column.leaf) if column.leaf is not None else None
    is_name = term is not None and (term.kind, term.field) == ("indicator", "name")
    return is_name and (column.kind, column.field) == ("aside", "number")


def _is_counted(column: Column) -> bool:
    """Whether the head of a column names a unit that is not of money: beside a cost stand its sources, too."""
    return column.unit is not None and indicator_measure_of(column.unit) != "currency"


def _is_free(view: View, block: Block, column: Column) -> bool:
    """Whether a column holds nothing but numbers under words that nobody knows."""
    cells = content(view, block, column.cols)
    is_unknown = column.kind == "aside" and bool(column.words) and column.leaf is not None
    is_unknown = is_unknown and column.leaf is not None and view.term(column.leaf) is None
    return is_unknown and all(view.kind(cell) in {"amount", "absent"} for cell in cells)


def with_pairs(columns: list[Column]) -> list[Column]:
    """The goals that stand each before the bare year that they are for: 目標 | H23年度 | 目標 | H24年度.

    They may stand together under a head that names what is counted.
    """
    pairs = [
        at for at, (goal, year) in enumerate(pairwise(columns))
        if goal.kind == year.kind == "value" and goal.role == "target" and goal.year is None and not goal.is_period
        and goal.path[:-1] == year.path[:-1] and year.year is not None and year.role is None
    ]  # fmt: skip
    years = [columns[at + 1].year for at in pairs]
    heads = {squeeze("".join(cell.text for cell in columns[at].path)) for at in pairs}
    behind = [
        column for at, column in enumerate(columns)
        if column.role is None and column.year and at - 1 not in pairs
        and any(column.path[:-1] == columns[pair].path[:-1] for pair in pairs)
    ]  # fmt: skip
    if len(pairs) < _LEAST or len(heads) > 1 or behind or any(other - at != 2 for at, other in pairwise(pairs)):
        return columns
    found = list(columns)
    for at, year in zip(pairs, years, strict=True):
        found[at] = replace(columns[at], year=year, year_source=columns[at + 1].year_source)
    return found
