"""What a cell prints with its number: the role before it, a second amount behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from normalize.cells.amounts import Amount, is_absent, read_amount
from normalize.cells.heads import HeadRole, role_of
from normalize.cells.years import YearSense
from normalize.document.table_grid import GridCell
from normalize.document.text_span import Excerpt
from normalize.forms.general.facts import Name, Number
from normalize.forms.general.heads.meaning import Column
from normalize.text.folding import squeeze

_ROLE_IN_CELL: Final = re.compile(r"\s*(?P<role>[^\d\s:：()（）]{2,4})[\s:：]+(?=[\d△▲約-])")


@dataclass(frozen=True, slots=True)
class Storeys:
    """The roles of two numbers that stand above each other in one cell, and the text that tells them."""

    over: HeadRole
    under: HeadRole
    source: Excerpt


def told_role(cell: GridCell) -> tuple[HeadRole, Excerpt] | None:
    """The role that a cell prints before its number, and the rest: 目標　38,000."""
    match = _ROLE_IN_CELL.match(cell.text)
    role = role_of(match["role"]) if match else None
    if match is None or role not in {"target", "actual", "forecast", "baseline"}:
        return None
    return role, cell.excerpt.slice(match.end()).strip()


_STOREYS: Final = re.compile(
    r"上[段行]\s*[:：はが＝=]?\s*(?P<over>[^\s、,，／/()（）:：]{2,6}).{0,4}?下[段行]\s*[:：はが＝=]?\s*(?P<under>[^\s、,，／/()（）:：]{2,6})",
    re.DOTALL,
)
"""What tells the roles of two numbers in one cell: 上段：目標　下段：実績."""

_LINES: Final = 2


def storeys_in(text: Excerpt) -> Storeys | None:
    """The roles of the upper and the lower number of each cell, as a text over them or beside them tells.

    >>> from normalize.document.text_span import Place
    >>> [storeys_in(Excerpt.of(text, Place(0))).over for text in ("指標（上段：目標／下段：実績）", "計画\\n実績")]
    ['target', 'target']
    >>> storeys_in(Excerpt.of("各欄は、上段が目標値、下段が実績値", Place(0))).under
    'actual'
    >>> storeys_in(Excerpt.of("目標を上段に書く", Place(0))) is None
    True
    """
    if told := _STOREYS.search(text.text):
        over, under = role_of(squeeze(told["over"])), role_of(squeeze(told["under"]))
    else:
        lines = re.split(r"\n|[／/]", text.text.strip())
        over, under = (role_of(squeeze(line)) for line in lines) if len(lines) == _LINES else (None, None)
    return Storeys(over, under, text) if over is not None and under is not None and over != under else None


def both_lines(cell: GridCell, sense: YearSense) -> tuple[Excerpt, Excerpt] | None:
    """The two lines of a cell that prints a number in each, or in one of them the mark for none."""
    lines = [line for line in cell.excerpt.split(re.compile(r"\n+")) if line]
    if len(lines) != _LINES:
        return None
    numbers = [read_amount(line.text, sense) is not None for line in lines]
    if not any(numbers) or not all(number or is_absent(line.text) for number, line in zip(numbers, lines, strict=True)):
        return None
    return lines[0], lines[1]


def both_sides(cell: GridCell, sense: YearSense) -> tuple[Excerpt, Excerpt] | None:
    """The two numbers of a cell on both sides of a stroke; nothing but a label tells what they are: 60 ／ 52."""
    sides = cell.excerpt.split(re.compile(r"\s*[／/]\s*"))
    if len(sides) != _LINES or not any(read_amount(side.text, sense) for side in sides):
        return None
    is_said = all(read_amount(side.text, sense) is not None or is_absent(side.text) for side in sides)
    return (sides[0], sides[1]) if is_said else None


_BEHIND: Final = re.compile(r"(?P<first>[^()（）]+?)\s*[(（](?P<second>[^()（）]+)[)）]\s*")


def pair_of(number: Number, cell: GridCell, sense: YearSense) -> list[tuple[Number, Amount]] | None:
    """Two amounts of a cell, the second in brackets, where the name has two parts in the same way: 経費（一財）."""
    amounts, names = _BEHIND.fullmatch(cell.text.strip()), _BEHIND.fullmatch(number.name.text)
    if amounts is None or names is None:
        return None
    values = [read_amount(amounts[group], sense) for group in ("first", "second")]
    if any(value is None for value in values):
        return None
    start = len(cell.text) - len(cell.text.lstrip())
    found = []
    for group, value in zip(("first", "second"), values, strict=True):
        begin, end = amounts.span(group)
        one = replace(
            number,
            name=Name(names[group], number.name.sources),
            printed=cell.excerpt.slice(start + begin, start + end).strip(),
        )
        if value is not None:
            found.append((one, value))
    return found


def also_under(row: int, cell: GridCell, column: Column, values: list[Column]) -> Column | None:
    """Another column of numbers, of another year or role, that a cell of the row stands under as well."""
    if cell.cell.row != row:
        return None
    over = (c for c in values if c is not column and set(c.cols) <= set(cell.cell.cols))
    return next((c for c in over if (c.year, c.role) != (column.year, column.role)), None)


def headed(column: Column) -> str:
    """The heads over a column, from the top."""
    return " ".join(squeeze(cell.text) for cell in column.path)
