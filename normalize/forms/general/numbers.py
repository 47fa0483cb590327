"""Number tables: a cell with a year or a role among its labels → the number of an indicator or a cost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, cast

from normalize.document.table_grid import GridCell
from normalize.document.text_span import Excerpt
from normalize.forms.general.amounts import amount_of, pair_of
from normalize.forms.general.axis import Axis, role_of
from normalize.forms.general.coordinates import Left, above, axes_of, column_field, left
from normalize.forms.general.facts import Fact, Name, Number
from normalize.forms.general.lists import ListRow
from normalize.forms.general.sketch import Above, Sketch, column_head, index_of, is_dash, is_number, is_prose
from normalize.forms.general.vocabulary import term_of, unit_note, without_unit_note
from normalize.forms.general.years import without_years
from normalize.text.calendar import fiscal_year
from normalize.text.folding import clean, squeeze
from normalize.text.quantities import indicator_measure_of

_ROLES: Final = ("baseline", "target", "actual", "forecast")
_ITEM: Final = re.compile(r"^\s*[(（]?項目[)）:：]?\s*")
_NO_MONEY: Final = re.compile(r"(?:率|割合|比|人員|職員数|人数|人工|件数|回数|人口|者数|時間)(?:\s*[（(A-ZＡ-Ｚ].*)?$")
"""Names of rows in a table of costs that count something else than its money."""

_GOAL: Final = re.compile(r"[【\[](?P<goal>[^【】\[\]]+)[】\]]\s*$")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a table inherits from the lines above it: the unit of its money, and the indicator named last."""

    money_unit: str | None = None
    money_source: Excerpt | None = None


def number_facts(sketch: Sketch, cell: GridCell, setting: Setting, row: ListRow | None) -> Iterator[Fact]:
    """The numbers that a cell gives; nothing where its labels tell no role, or nothing that is counted."""
    label = sketch.label_of(cell)
    if not sketch.has_roles and label is None:
        return
    over, beside = above(sketch, cell), left(sketch, cell)
    axes = [*axes_of(sketch, beside.axes), *axes_of(sketch, over.header)]
    role, role_source = _role(axes)
    year, year_source = next(((axis.year, at.excerpt) for at, axis in axes if axis.year is not None), (None, None))
    if role is None and label is not None:  # 予算案 経費（千円）: the label opens with the role
        first = label.excerpt.lines()[0]
        role, role_source = role_of(first.text), first
        year, year_source = _year_of_groups(sketch, label, year, year_source)
    term = sketch.term(label) if label else None
    if role not in _ROLES or is_dash(cell.text) or (term and term.kind in _NOT_COUNTED):
        return
    found = _name(sketch, cell, over, beside, label, role_source, row)
    if found is None:
        return
    name, is_cost = found
    opens = label is not None and role_source is not None and _opens(sketch, label, role_source)
    money = (is_cost or opens or any(axis.is_money for _, axis in axes)) and not _NO_MONEY.search(name.text)
    unit, unit_source = _unit(sketch, cell, name, over, beside, axes, label, setting, money=money)
    pair, names = pair_of(cell.excerpt), _pair_names(name)
    parts = [(cell.excerpt, name)] if pair is None or names is None else list(zip(pair, names, strict=True))
    for printed, named in parts:
        amount = amount_of(printed, unit, money=money)
        if amount.value is None and (money or is_prose(printed.text)):
            continue
        yield Number(
            name=named,
            printed=amount.printed,
            year=year,
            role=cast(Literal["baseline", "target", "actual", "forecast"], role),
            value=amount.value,
            unit=amount.unit,
            comparator=amount.comparator,
            is_cost=is_cost or (money and _is_currency(amount.unit)),
            year_source=year_source,
            role_source=role_source,
            unit_source=None if amount.has_unit else unit_source,
            row=row.key if row else None,
            parsed=amount.value is not None or not any(character.isdigit() for character in printed.text),
        )


def _role(axes: Sequence[tuple[GridCell, Axis]]) -> tuple[str | None, Excerpt | None]:
    """The role of the nearest axis; a 見込 under 目標値 is a target."""
    roles = [(axis.role, at.excerpt) for at, axis in axes if axis.role not in (None, "year")]
    if not roles:
        return None, None
    role, source = roles[0]
    if role == "forecast" and any(other == "target" for other, _ in roles[1:]):
        return "target", source
    return role, source


def _year_of_groups(
    sketch: Sketch, label: GridCell, year: int | None, source: Excerpt | None
) -> tuple[int | None, Excerpt | None]:
    """The year that the label or the heading on its left names (７ 令和７年度の方向性)."""
    for cell in (label, *sketch.grid.left_of(label)):
        if year is None and cell and not sketch.is_value(cell):
            year, source = fiscal_year(cell.text), cell.excerpt
    return (year, source) if year is not None else (None, None)


def _name(
    sketch: Sketch,
    cell: GridCell,
    over: Above,
    beside: Left,
    label: GridCell | None,
    role_source: Excerpt | None,
    listed: ListRow | None,
) -> tuple[Name, bool] | None:
    """The name of what is counted, and whether it is a cost."""
    if label is not None and role_source is not None and _opens(sketch, label, role_source):
        return named(label.excerpt.lines()[1:2]), True
    terms = {found: sketch.term(found) for found in beside.names}
    rows = [found for found in beside.names if (term := terms[found]) is None or term.kind == "cost"]
    costs = {found for found, term in terms.items() if term is not None and term.kind == "cost"}
    captions = [
        caption for caption in over.captions if all(caption.cell.row in head.cell.rows for head in beside.names)
    ]
    if captions:
        lead = [found.excerpt for found in rows[:1] if terms[found] is not None]
        return named([*lead, captions[0].excerpt]), bool(lead)
    if listed is not None:
        return _listed_name(sketch, cell, over, role_source, listed)
    if rows:
        declared = [found for found in rows if _is_indicator(sketch, found)]
        own = (declared or rows)[0]
        if not _is_generic(own.text):
            return named([own.excerpt]), bool(costs) and not declared
        groups = [group for group in beside.names[beside.names.index(own) + 1 :] if not _is_generic(group.text)]
        return named([*(group.excerpt for group in groups[:1]), own.excerpt]), bool(costs) and not declared
    if any(term is not None and term.kind in _NOT_COUNTED for term in terms.values()):
        return None
    return (
        _column_name(sketch, over)
        or _named_over(sketch, cell)
        or _label_name(sketch, beside)
        or _declared(sketch, cell)
        or _money_name(role_source)
    )


def _named_over(sketch: Sketch, cell: GridCell) -> tuple[Name, bool] | None:
    """The indicator that stands over a column, in a row of names behind their label (指標名 | 来場者数 | 参加者数)."""
    over = _over(sketch, cell, "name")
    return (named([over.excerpt]), False) if over is not None else None


def _over(sketch: Sketch, cell: GridCell, field: str) -> GridCell | None:
    """The text over a column in the row of a label: the name of its indicator, or its unit.

    An empty place belongs to the text on its left.
    """
    for row in range(cell.cell.row - 1, -1, -1):
        at = sketch.grid.at(row, cell.cell.col)
        if at is None:
            return None
        if not at:
            at = next((other for other in sketch.grid.left_of(at) if other), at)
        if not at or at.cell.row != row or not sketch.is_value(at) or is_number(at.text) or is_prose(at.text):
            continue
        label = next((term for other in sketch.grid.left_of(at) if (term := sketch.term(other)) is not None), None)
        if label is not None and (label.kind, label.field) == ("indicator", field):
            return at
    return None


def _listed_name(
    sketch: Sketch, cell: GridCell, over: Above, role_source: Excerpt | None, listed: ListRow
) -> tuple[Name, bool]:
    """What a column of a list counts: its cost, the indicator of the row, or what the row is about."""
    cost = _column_name(sketch, over) or _money_name(role_source)
    if cost is not None:
        return cost
    beside = [*sketch.grid.left_of(cell), *sketch.grid.right_of(cell)]
    indicator = next((at for at in beside if at and column_field(sketch, at) == ("indicator", "name")), None)
    return named([(indicator or listed.names[-1][1]).excerpt]), False


_NOT_COUNTED: Final = frozenset({"org", "document", "code", "direction", "aside", "grade"})


def _is_indicator(sketch: Sketch, cell: GridCell) -> bool:
    label = sketch.label_of(cell)
    term = sketch.term(label) if label else None
    return (term is not None and term.kind == "indicator") or column_field(sketch, cell) == ("indicator", "name")


def _declared(sketch: Sketch, cell: GridCell) -> tuple[Name, bool] | None:
    """The indicator that the form named last before a cell (指標名 | 来場者数 over rows of 目標 and 実績)."""
    for other in reversed(sketch.grid.cells[: index_of(cell)]):
        label = sketch.label_of(other)
        term = sketch.term(label) if label else None
        if term is not None and other and term.kind == "name":
            return None
        if term is not None and other and (term.kind, term.field) == ("indicator", "name"):
            return (named([other.excerpt]), False) if not is_number(other.text) else None
    return None


def _label_name(sketch: Sketch, beside: Left) -> tuple[Name, bool] | None:
    """The label of an indicator whose numbers stand beside it, where no name does (数値目標 | 10件 | 12件)."""
    for head in beside.names:
        term = sketch.term(head)
        first = next((value for value in sketch.values_of(head) if value), None)
        if term and (term.kind, term.field) == ("indicator", "name") and first and is_number(first.text):
            return named([head.excerpt]), False
    return None


def _money_name(role_source: Excerpt | None) -> tuple[Name, bool] | None:
    """A sum that is named by its role alone: 令和6年度決算額 | 1,234千円."""
    if role_source is None or not re.search("決算|予算|執行|支出", squeeze(role_source.text)):
        return None
    return Name(without_unit_note(without_years(role_source.text)), (role_source,)), True


def _opens(sketch: Sketch, label: GridCell, role_source: Excerpt) -> bool:
    """Whether the first line of a label of two lines gives the role (予算案, then 経費（一財）)."""
    return sketch.axis(label) is None and role_source.place == label.excerpt.place


def _column_name(sketch: Sketch, over: Above) -> tuple[Name, bool] | None:
    """The cost or the indicator that heads a column of years or roles."""
    for head in over.header:
        term = sketch.term(head)
        if term is not None and term.kind == "cost":
            return named([head.excerpt]), True
    return None


def named(parts: Sequence[Excerpt]) -> Name:
    """The name that printed labels give together, without units, goals and the word 項目 in front."""
    words = [_GOAL.sub("", _ITEM.sub("", without_unit_note(part.text))) for part in parts]
    return Name(clean(" ".join(words)), tuple(parts))


def _is_generic(text: str) -> bool:
    term = term_of(text)
    return (term is not None and term.field == "generic") or squeeze(text).startswith("うち")


def _pair_names(name: Name) -> tuple[Name, Name] | None:
    """The two names of 経費（一財）."""
    match = re.fullmatch(r"(?P<first>[^()（）]+)[(（](?P<second>[^()（）]+)[)）]", name.text)
    if match is None:
        return None
    return Name(match["first"].strip(), name.sources), Name(match["second"].strip(), name.sources)


def _unit(
    sketch: Sketch,
    cell: GridCell,
    name: Name,
    over: Above,
    beside: Left,
    axes: Sequence[tuple[GridCell, Axis]],
    label: GridCell | None,
    setting: Setting,
    *,
    money: bool,
) -> tuple[str | None, Excerpt | None]:
    """The unit of a row: its unit cell, a remark in its name, its header or its group; for money also the table's."""
    if beside.unit is not None:
        return clean(beside.unit.text), beside.unit.excerpt
    named = [source for source in name.sources if unit_note(source.text)]
    groups = [group.excerpt for group in beside.names if group.excerpt not in named and unit_note(group.text)]
    heads = [at.excerpt for at, axis in axes if axis.unit]
    labels = [label.excerpt] if label is not None and unit_note(label.text) else []
    for source in (*named, *heads, *groups, *labels):
        return unit_note(source.text), source
    if money:
        corner = column_head(sketch, beside.names[0]) if beside.names else None
        if corner is not None and not corner:  # an empty place belongs to the text on its left
            corner = next((other for other in sketch.grid.left_of(corner) if other), None)
        for head in (*over.header, *([corner] if corner else [])):  # コスト（千円） heads the names of the rows
            if note := unit_note(head.text):
                return note, head.excerpt
        above_it = _caption_unit(sketch, over)
        if above_it is not None:
            return unit_note(above_it.text), above_it
        return setting.money_unit, setting.money_source
    over_it = _over(sketch, cell, "unit")
    return (clean(over_it.text), over_it.excerpt) if over_it is not None else (None, None)


def _caption_unit(sketch: Sketch, over: Above) -> Excerpt | None:
    """The unit that a heading across the table names, above the header (３ 経費 （千円）)."""
    top = min((head.cell.row for head in over.header), default=0)
    for row in range(top - 1, -1, -1):
        cell = sketch.grid.at(row, 0)
        if cell is not None and cell.cell.col_span == sketch.grid.table.n_cols and sketch.term(cell):
            return cell.excerpt if unit_note(cell.text) else None
    return None


def _is_currency(unit: str | None) -> bool:
    return unit is not None and indicator_measure_of(unit) == "currency"
