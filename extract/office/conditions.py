"""Conditional formats of a workbook: cells whose text a rule hides or strikes out, or shows in another format.

Only what changes the print is looked at: letters in the colour of their ground, struck letters, another number format.
A rule holds where its comparison of a cell with a number, a text or another cell does (ECMA-376 part 1, §18.3.1.10).
What a rule's formula says otherwise is not worked out: such cells are doubtful.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from extract.office.book import Area, letters_to_column, reference_to_area
from extract.office.colours import colour
from extract.office.package import Node, attribute, child, children, is_on, is_set, local

Value = float | str
Place = tuple[int, int]

_COMPARED: Final[Mapping[str, Callable[[Value, Value], bool]]] = {
    "=": operator.eq, "<>": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_SIGNS: Final = {
    "equal": "=", "notEqual": "<>", "lessThan": "<", "lessThanOrEqual": "<=", "greaterThan": ">",
    "greaterThanOrEqual": ">=",
}  # fmt: skip
_REFERENCE: Final = re.compile(r"(\$?)([A-Z]{1,3})(\$?)([0-9]{1,7})")
_OPERAND: Final = r"\$?[A-Z]{1,3}\$?[0-9]{1,7}|-?[0-9]+(?:\.[0-9]+)?|\"[^\"]*\""
_COMPARISON: Final = re.compile(rf"\s*({_OPERAND})\s*(<>|<=|>=|=|<|>)\s*({_OPERAND})\s*")
_IS_ERROR: Final = re.compile(r"(?:ISERROR|ISERR|ISNA)\((\$?[A-Z]{1,3}\$?[0-9]{1,7})\)")
FAILED: Final = "#"
"""What stands for the value of a cell whose formula fails."""

_OF_TEXT: Final = {
    "containsErrors": False, "notContainsErrors": True, "containsBlanks": False, "notContainsBlanks": True,
}  # fmt: skip
"""Rules that hold for all cells that show a text, or for none."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a rule changes where it holds: the colours of letters and ground, whether they are struck, the format."""

    ink: str | None = None
    ground: str | None = None
    is_struck: bool = False
    number_format: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule for some areas. `compared` are two operands and a sign, or whether it holds for all cells with text; None
    where the rule is not worked out. Where it holds and is the `last`, no rule behind it is asked."""

    areas: tuple[Area, ...]
    change: Change
    priority: float
    compared: tuple[str, str, str] | bool | None
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """What the rules that hold for a cell make of it, and whether one that is not worked out may change it."""

    change: Change = Change()
    is_doubtful: bool = False


def read_changes(root: Node | None, theme: Sequence[str]) -> tuple[Change, ...]:
    """What each of a workbook's differential styles changes, by its number."""
    return tuple(_change(node, theme) for node in children(child(root, "dxfs"), "dxf"))


def _change(node: Node, theme: Sequence[str]) -> Change:
    font, fill = child(node, "font"), child(node, "fill", "patternFill")
    return Change(
        ink=colour(child(font, "color"), theme),
        ground=colour(child(fill, "bgColor"), theme),
        is_struck=is_on(child(font, "strike")),
        number_format=attribute(child(node, "numFmt"), "formatCode"),
    )


def rules_of(node: Node, changes: Sequence[Change]) -> Iterator[Rule]:
    """The rules of a `conditionalFormatting` element that may change the print."""
    areas = tuple(area for each in (attribute(node, "sqref") or "").split() if (area := reference_to_area(each)))
    for rule in children(node, "cfRule"):
        number = attribute(rule, "dxfId") or ""
        change = changes[int(number)] if number.isdecimal() and int(number) < len(changes) else Change()
        if areas and change != Change():
            priority = attribute(rule, "priority") or ""
            order = float(priority) if priority.isdecimal() else 0.0
            yield Rule(areas, change, order, _compared(rule, areas[0]), is_set(rule, "stopIfTrue"))


def icon_areas(node: Node) -> Iterator[Area]:
    """The areas of a `conditionalFormatting` element whose cells show an icon or a bar in place of their number."""
    for rule in children(node, "cfRule"):
        if any(attribute(child(rule, kind), "showValue") in ("0", "false") for kind in ("iconSet", "dataBar")):
            yield from (area for each in (attribute(node, "sqref") or "").split() if (area := reference_to_area(each)))


def _compared(rule: Node, first: Area) -> tuple[str, str, str] | bool | None:
    formulas = [(part.text or "").strip() for part in rule if local(part) == "formula"]
    if (kind := attribute(rule, "type") or "") in _OF_TEXT:
        return _OF_TEXT[kind]
    if len(formulas) != 1:
        return None
    if (asked := _IS_ERROR.fullmatch(formulas[0])) is not None:
        return _from_first(asked[1], first), "=", f'"{FAILED}"'
    sign = _SIGNS.get(attribute(rule, "operator") or "")
    if kind == "cellIs" and sign and re.fullmatch(_OPERAND, formulas[0]):
        return "", sign, formulas[0]
    if kind == "expression" and (match := _COMPARISON.fullmatch(formulas[0])):
        return _from_first(match[1], first), match[2], _from_first(match[3], first)
    return None


def _from_first(operand: str, first: Area) -> str:
    """An operand; a reference that goes along with its cell as its distance from the first cell of the areas."""
    return operand if _REFERENCE.fullmatch(operand) is None else f"{operand}@{first.top},{first.left}"


def changed(rules: Iterable[Rule], at: Place, values: Mapping[Place, Value], ground: str) -> Changed:
    """What the rules for a cell on a ground make of it, the first of them first; of two that hold, it goes before."""
    told = Change()
    is_doubtful = False
    for rule in rules:
        if not any(area.holds(*at) for area in rule.areas):
            continue
        change = rule.change
        holds = _holds(rule.compared, at, values) if isinstance(rule.compared, tuple) else rule.compared
        if holds is None:
            hides = change.ink is not None and change.ink == (change.ground or ground)
            is_doubtful = is_doubtful or hides or change.is_struck or change.number_format is not None
        elif holds:
            told = Change(
                told.ink or change.ink,
                told.ground or change.ground,
                told.is_struck or change.is_struck,
                told.number_format or change.number_format,
            )
            if rule.is_last:
                break
    return Changed(told, is_doubtful)


def _holds(compared: tuple[str, str, str], at: Place, values: Mapping[Place, Value]) -> bool:
    """Whether a comparison holds for a cell."""
    one, sign, other = compared
    left = values.get(at, "") if not one else _value(one, at, values)
    right = _value(other, at, values)
    if left == "" and isinstance(right, float):
        left = 0.0  # an empty cell counts as nothing
    if right == "" and isinstance(left, float) and not other.startswith('"'):
        right = 0.0
    if type(left) is not type(right):
        return _COMPARED[sign](float(isinstance(left, str)), float(isinstance(right, str)))  # texts stand above numbers
    return _COMPARED[sign](left, right)


def _value(operand: str, at: Place, values: Mapping[Place, Value]) -> Value:
    if operand.startswith('"'):
        return operand.strip('"')
    reference, _, first = operand.partition("@")
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return float(operand)
    row, col = int(match[4]) - 1, letters_to_column(match[2])
    if first:
        top, left = map(int, first.split(","))
        row += 0 if match[3] else at[0] - top
        col += 0 if match[1] else at[1] - left
    return values.get((row, col), "")
