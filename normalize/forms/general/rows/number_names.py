"""What a number counts: the indicator of its row, the name beside it, over it or in its head."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from normalize.cells.heads import read_head
from normalize.cells.years import ANY_YEAR
from normalize.document.table_grid import GridCell
from normalize.document.text_span import Excerpt
from normalize.forms.general.cells.names import name_and_counted, name_of, reference_of, without_year
from normalize.forms.general.facts import Name
from normalize.forms.general.heads.meaning import Column, counts_money
from normalize.forms.general.rows.rows import Counted, Reading
from normalize.forms.general.rows.stubs import SUMS, Setting, Stub
from normalize.forms.general.view import View
from normalize.text.folding import clean, squeeze
from normalize.text.quantities import indicator_measure_of

_ITEM: Final = re.compile(r"\s*[(（【]?(?:項目|指標名?|名称)[)）】:：]+\s*")

_ADDED_UP: Final = re.compile("累計|累積|通算")
_YEAR_BY_YEAR: Final = re.compile("単年度?|年度別|各年度?|当該?年度")
"""What rows are called that count the same thing up to a year, and in that year alone."""

_ROWS: Final = 2
"""So many rows of one name need something that tells them apart."""

_SIDE: Final = re.compile(r"\s*(?:収入|支出|歳入|歳出)[\s・:：／/]+\S")
"""How the name of an item of an account begins: 収入　売上."""

_TOLD_ROLES: Final = frozenset({"target", "actual", "forecast", "difference"})

_COUNTED: Final = re.compile(r"[数額率量]$|割合$|面積$|人口$|時間$")
"""How the name of something counted ends."""


_REMARK: Final = re.compile(r"\s*[(（](?P<told>[^()（）]+)[)）]$")


class Naming(NamedTuple):
    """What a number counts, whether that is a cost, the unit in its name, and the cell that names it."""

    name: Name
    is_cost: bool
    unit: Excerpt | None
    source: GridCell | None


def counted_name(
    reading: Reading, row: int, column: Column, indicators: dict[int, Counted], stub: Stub, setting: Setting
) -> Naming | None:
    """What a number counts; None where nothing names it."""
    if column.leaf is not None and column.kind == "cost":
        return _named(column.leaf, is_cost=True) if reading.of("name") else _of_row(reading, column.leaf, stub)
    if indicators:
        left = max((at for at in indicators if at <= column.cols.start), default=None)
        if left is None and (cost := _cost_of_row(reading, column, setting)) is not None:
            return cost
        if not (reading.of("name") and column.words == "" and _is_money(column)):  # else what a row of a list costs
            return _of_indicator(reading.view, indicators[left] if left is not None else _first(indicators), stub)
    if (caption := reading.block.captions.get(row)) is not None:
        return _captioned(reading, caption, stub)
    if reading.of("name"):
        return _in_list(reading, row, column, stub, setting)
    if stub.names:
        return _stub_name(reading.view, stub, costs=reading.holds_costs())
    return _in_head(reading, row, column, stub, setting)


def _is_money(column: Column) -> bool:
    """Whether the head of a column says that it holds money, and gives a unit of it."""
    return column.is_money and indicator_measure_of(column.unit) == "currency"


def _cost_of_row(reading: Reading, column: Column, setting: Setting) -> Naming | None:
    """What stands before the indicators in money: what the row itself cost, by a cost over it or the table's unit."""
    view, leaf = reading.view, column.leaf
    if leaf is None or not column.is_money:
        return None
    terms = (view.term(cell) for cell in column.path)
    is_cost = any(term is not None and term.kind == "cost" for term in terms)
    if reading.of("name") and (is_cost or indicator_measure_of(column.unit or setting.unit) == "currency"):
        return _named(_head_of_money(view, column, leaf), is_cost=True, axis=True)
    return _named(leaf, is_cost=True) if _is_money(column) else None


def _first(indicators: dict[int, Counted]) -> Counted:
    return next(iter(indicators.values()))


def _of_indicator(view: View, counted: Counted, stub: Stub) -> Naming:
    """The indicator that a number counts, or what one of it costs."""
    if stub.names and _is_cost_of_one(view, cost := stub.names[-1]):
        each = Name(clean(counted.name.text + cost.text), (*counted.name.sources, cost.excerpt))
        return Naming(each, True, None, cost)
    return Naming(counted.name, False, counted.unit, None)


def _in_list(reading: Reading, row: int, column: Column, stub: Stub, setting: Setting) -> Naming | None:
    """What a number counts beside the names of a list: what its heads say, its money, or what the name itself tells."""
    if (over := _counted_over(reading.view, column, stub.role or column.role)) is not None:
        return over
    if stub.names and not reading.of("indicator") and _tells_rows_apart(reading, row, stub.names[-1]):
        return _stub_name(reading.view, stub, costs=column.is_money)
    if column.leaf is not None and column.is_money:
        head = _cost_beside(reading, column) or _head_of_money(reading.view, column, column.leaf)
        return _named(head, is_cost=True, axis=True)
    if reading.of("indicator") or column.is_money:
        return None
    named = reading.at(row, reading.of("name")[-1])
    if named is None or (stub.role or column.role) not in {"target", "actual", "baseline"}:
        return None
    whole, counted = name_and_counted(named.excerpt)
    name, unit = name_of(counted or whole)
    if name is None:
        return None
    is_in_money = indicator_measure_of(setting.unit) == "currency" and counted is None and unit is None
    if is_in_money and column.unit is None and not counts_money(name.text):
        money = setting.money  # else nobody knows which money of a project it is
        return Naming(Name(money.text, (money,)), True, None, None) if money is not None else None
    return Naming(name, False, unit, named)


def _tells_rows_apart(reading: Reading, row: int, beside: GridCell) -> bool:
    """Whether what stands beside numbers says what each row of one name counts: 参加者数, 事業費 beside 朝市の開催."""
    name = reading.at(row, reading.of("name")[-1])
    if name is None or name.cell.row_span < _ROWS or beside.cell.row_span > 1:
        return False
    others = [reading.view.grid.at(at, beside.cell.col) for at in name.cell.rows if at in reading.block.body]
    said = {squeeze(other.text) for other in others if other and reading.view.kind(other) in {"words", "label"}}
    return len(said) == len(others) >= _ROWS


def _cost_beside(reading: Reading, column: Column) -> GridCell | None:
    """The cost whose other role stands in brackets in the one head of the kind: 事業費（決算） beside 予算."""
    view = reading.view
    if column.words or any(view.head(cell).words for cell in column.path):
        return None
    costs = {
        id(cell): cell
        for other in reading.columns if other.is_money and other.role not in {None, column.role}
        for cell in other.path if view.head(cell).words and view.head(cell).role is not None
    }  # fmt: skip
    return next(iter(costs.values())) if len(costs) == 1 else None


def _head_of_money(view: View, column: Column, leaf: GridCell) -> GridCell:
    """The head that says which money a column holds: the one over its roles that counts money, else the lowest."""
    over = next((cell for cell in reversed(column.path[:-1]) if counts_money(view.head(cell).words)), None)
    if over is not None and view.head(leaf).is_axis and view.head(leaf).role in {"target", "actual", "forecast"}:
        return over
    return next((cell for cell in reversed(column.path) if view.head(cell).is_money), leaf)


def _in_head(reading: Reading, row: int, column: Column, stub: Stub, setting: Setting) -> Naming | None:
    """What a number counts whose row has no name: what stands in its head or over it, beside the header, elsewhere."""
    view, leaf = reading.view, column.leaf
    if column.words and leaf is not None:
        term = view.term(leaf)
        return _named(leaf, is_cost=term is not None and term.kind == "cost")
    if (group := _group_over(reading, column, stub)) is not None:
        return group
    if reading.of("indicator") or any(_is_kind(view, cell) for cell in _heads(reading)):
        own = _named_in_header(reading, row)
        if own is not None:
            return own
    return _elsewhere(reading, column, stub, setting)


def _elsewhere(reading: Reading, column: Column, stub: Stub, setting: Setting) -> Naming | None:
    """What a number counts that neither its row nor its head names: an indicator of another table, the head of costs,
    the indicator that the text before the table names, the kind of its row, or its role.
    """
    kind = stub.kind_cell if not reading.of("indicator") else None
    if kind is not None and (referred := setting.referred.get(_called(stub, kind))) is not None:
        return Naming(referred.name, False, referred.unit, None)
    if kind is not None and setting.declared is None and _is_one_of_several(stub, kind, setting):
        return None
    if (role := stub.role_source) is not None and reading.holds_costs() and _is_named_among(reading, role):
        return _named(role, is_cost=True)  # 収入計 | 支出計 | 差引, one under the other
    if column.is_money and column.leaf is not None and _caption_name(reading) is None:
        return _named(column.leaf, is_cost=True, axis=True)
    if setting.declared is not None:
        return Naming(setting.declared.name, False, setting.declared.unit, None)
    return _named(kind, is_cost=False) if kind is not None else _by_role(reading, column, stub)


def _called(stub: Stub, kind: GridCell) -> str:
    """What another table calls the indicator of a row by: 活動指標ア."""
    return reference_of(kind.text, stub.code_cell.text if stub.code_cell else "")


def _is_one_of_several(stub: Stub, kind: GridCell, setting: Setting) -> bool:
    """Whether a row is numbered among its kind, of which another table names some, but not this one."""
    name = reference_of(kind.text)
    return stub.code_cell is not None and any(called.startswith(name) for called in setting.referred)


def _by_role(reading: Reading, column: Column, stub: Stub) -> Naming | None:
    """What the rows of a table count that only their roles or years tell apart."""
    role = stub.role_source
    if not reading.of("indicator"):
        if (caption := _caption_name(reading)) is not None:
            return caption
        if role is not None and reading.view.head(role).is_money:
            return _named(role, is_cost=True, axis=True)  # 予算額, 決算額 one under the other
    if role is not None and _is_named_among(reading, role):
        return _named(role, is_cost=False)  # ①量の見込み | ②確保方策 | ③実績, one under the other
    others = [c for c in reading.of("value") if c is not column and c.words]
    is_by_year = stub.year is not None and column.leaf is not None and bool(others)
    return (
        _named(column.leaf, is_cost=False) if is_by_year and column.leaf is not None else None
    )  # 年度 | 見込み | 実績


def _is_named_among(reading: Reading, cell: GridCell) -> bool:
    """Whether a role beside numbers stands in a column that names what the other rows count."""
    beside = [reading.view.grid.at(row, cell.cell.col) for row in reading.block.body]
    if sum(squeeze(other.text) == squeeze(cell.text) for other in beside if other) > cell.cell.row_span:
        return False  # the rows of several indicators, each in its roles
    others = [cell for cell in beside if cell and reading.view.kind(cell) not in {"axis", "code"}]  # ②－①
    return bool(others) and not any(reading.view.kind(other) not in {"words", "label"} for other in others)


def _counted_over(view: View, column: Column, role: str | None) -> Naming | None:
    """What a group of heads says that its roles or years count, beside the names of a list: 効果額 over 計画, 実績.

    The roles stand over the numbers or beside them: 効果額 over 令和5年度, 令和6年度, beside 計画額, 実績額, 差引.
    """
    is_told = role in _TOLD_ROLES or (role is None and column.year is not None)
    if column.words or column.is_money or len(column.path) < 2 or not is_told:
        return None
    over = next((cell for cell in reversed(column.path[:-1]) if view.head(cell).words), None)
    if over is None:
        return None
    words, term = view.head(over).words, view.term(over)
    is_cost = term is not None and term.is_whole and term.kind == "cost"
    is_cost = is_cost or (term is not None and term.kind == "cost" and words.startswith("うち"))
    is_counted = _COUNTED.search(words) is not None or view.head(over).unit is not None
    is_rated = term is not None and term.kind == "grade" and view.head(over).unit is not None  # 満足度（％）
    if not is_cost and not is_rated and (term is not None or not is_counted):
        return None
    return _named(over, is_cost=is_cost or counts_money(words), axis=True)


def _of_row(reading: Reading, leaf: GridCell, stub: Stub) -> Naming | None:
    """A cost by its column, and by the rows where several have a name each: 正規職員 | 人数（人） | 人件費（千円）."""
    found = _named(leaf, is_cost=True)
    first = min((column.cols.start for column in reading.of("value", "cost")), default=0)
    beside = [reading.view.grid.at(other, col) for other in reading.block.body for col in range(first)]
    words = {id(cell) for cell in beside if cell and reading.view.kind(cell) in {"words", "label"}}
    if found is None or not stub.names or len(words) < len(reading.block.body) or len(reading.block.body) == 1:
        return found
    part, _ = name_of(stub.names[-1].excerpt)
    if part is None:
        return found
    return found._replace(name=Name(clean(part.text + found.name.text), (*part.sources, *found.name.sources)))


def _group_over(reading: Reading, column: Column, stub: Stub) -> Naming | None:
    """The name over the roles of a column whose rows are years: 見学者数（人） over 目標, 実績, beside 令和4年度."""
    view = reading.view
    if column.words or stub.year is None or reading.of("indicator"):
        return None
    over = next((head for head in reversed(column.path[:-1]) if not view.head(head).is_axis), None)
    term = view.whole(over) if over is not None else None
    if over is None or (term is not None and term.kind != "cost"):
        return None
    return _named(over, is_cost=term is not None)


def cumulated(reading: Reading, stub: Stub, name: Name) -> Name:
    """The name of what a row adds up over the years, where another row counts it year by year: 累計実績, 単年度実績."""
    own = stub.role_source
    if own is None or not _ADDED_UP.search(squeeze(own.text)) or _ADDED_UP.search(name.text):
        return name
    column = next((c for c in reading.of("stub") if own.cell.col in c.cols), None)
    others = [reading.at(row, column) for row in reading.block.body] if column is not None else []
    if not any(cell and _YEAR_BY_YEAR.search(squeeze(cell.text)) for cell in others):
        return name
    return Name(f"{name.text}（累計）", (*name.sources, own.excerpt))


def is_added_up(name: Name) -> bool:
    """Whether a name says that what it counts is added up over years: 新しい店の数（累計）."""
    return _ADDED_UP.search(name.text) is not None


def is_sum_alone(stub: Stub, name: Name) -> bool:
    """Whether the role beside a number says that it is added up over years, and its name does not: 実績値（累計）."""
    own = stub.role_source
    return own is not None and bool(_ADDED_UP.search(squeeze(own.text))) and not is_added_up(name)


def _is_cost_of_one(view: View, cell: GridCell) -> bool:
    """Whether a cell beside the numbers of an indicator says that they are what one of it costs: 単位コスト."""
    term = view.whole(cell)
    return term is not None and term.kind == "cost" and re.search("単位|当たり|あたり", cell.text) is not None


def _captioned(reading: Reading, caption: GridCell, stub: Stub) -> Naming | None:
    """The name over a row of numbers; a cost beside it that it is counted by is put before it."""
    view = reading.view
    text = caption.excerpt.strip()
    lead = _ITEM.match(text.text)
    name, unit = name_of(text.slice(lead.end()) if lead else text)
    if name is None:
        return None
    costs = [cell for cell in stub.names if (term := view.term(cell)) is not None and term.kind == "cost"]
    if not costs:
        return Naming(name, False, unit or _unit_over(reading, caption), caption)
    costly = Name(clean(costs[-1].text) + name.text, (costs[-1].excerpt, *name.sources))
    return Naming(costly, True, unit, caption)


def _unit_over(reading: Reading, caption: GridCell) -> Excerpt | None:
    """The unit in the title over the heads that a name stands under, where one label beside them holds both."""
    view, above = reading.view, reading.block.header.start - 1
    title = view.grid.at(above, caption.cell.col) if above >= 0 else None
    if not title or not set(caption.cell.cols) <= set(title.cell.cols) or (unit := view.head(title).unit) is None:
        return None
    beside = view.grid.at(caption.cell.row, caption.cell.col - 1) if caption.cell.col else None
    if beside is None or above not in beside.cell.rows:
        return None
    at = title.text.find(unit)
    return title.excerpt.slice(at, at + len(unit)) if at >= 0 else None


def _caption_name(reading: Reading) -> Naming | None:
    """The head of the stub names the rows that have no name of their own: 事業費（千円） | 20年度 | 21年度."""
    for cell in reading.block.paths.get(0, ()):
        term = reading.view.term(cell)
        if term is not None and term.kind == "cost":
            return _named(cell, is_cost=True)
    return None


def _heads(reading: Reading) -> list[GridCell]:
    return [cell for column in reading.columns for cell in column.path]


def _is_kind(view: View, cell: GridCell) -> bool:
    term = view.whole(cell)
    return term is not None and term.kind == "indicator"


def _named_in_header(reading: Reading, row: int) -> Naming | None:
    """The name that stands beside the header and its rows: a merged cell that begins in the header."""
    first = min(column.cols.start for column in reading.of("value", "cost"))
    heads = [cell for column in reading.columns if column.cols.start < first for cell in column.path]
    for cell in (*reading.view.grid.row(row), *heads):
        in_header = cell and cell.cell.row in reading.block.header
        if in_header and reading.view.kind(cell) in {"words", "prose"} and reading.view.whole(cell) is None:
            return _named(cell, is_cost=False)
    return None


def _named(cell: GridCell, *, is_cost: bool, axis: bool = False) -> Naming | None:
    name, unit = name_of(cell.excerpt)
    if name is None:
        return None
    if axis:
        name = Name(_without_role(without_year(name.text)), name.sources)
    return Naming(name, is_cost, unit, cell)


def _without_role(name: str) -> str:
    """The name of a cost without the role that stands behind it in brackets: 事業費（決算）."""
    remark = _REMARK.search(name)
    is_role = remark is not None and (head := read_head(remark["told"], ANY_YEAR)).role is not None and not head.words
    return name[: remark.start()] if remark is not None and is_role and remark.start() else name


def _stub_name(view: View, stub: Stub, *, costs: bool) -> Naming | None:
    """The nearest name beside a number; a group is put before a name that says nothing without it."""
    *groups, own = stub.names
    term = view.term(own)
    found = _named(own, is_cost=term is not None and term.kind == "cost")
    if found is None:
        return None
    name, is_cost, unit, source = found
    grouped = any((t := view.term(group)) is not None and t.kind == "cost" for group in groups)
    is_cost = is_cost or costs or grouped or _SIDE.match(own.text) is not None
    if squeeze(own.text) in SUMS and groups and not own.text.startswith("うち"):
        group, _ = name_of(groups[-1].excerpt)
        if group is not None:
            name = Name(clean(group.text + name.text), (*group.sources, *name.sources))
    return Naming(name, is_cost, unit, source)
