"""A number that decides what something is has a name, a unit and a reason: as a field of its stage's settings, or as a
constant of its module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STAGES = ("extract", "normalize")

PLAIN = frozenset({0, 1, 2, 0.5, -1, -0.5})
"""None, one, a pair, half: they say what they are."""

ANGLES = frozenset({90, 180, 270})
"""Directions of writing and of pages, as PDF names them."""

OF_FORMATS = {
    "extract/office": "lengths, types and built-in defaults of workbooks and documents, by their standards",
    "extract/text/encodings.py": "code points and weights of Shift JIS, EUC and JIS X 0208",
    "extract/pdf/engines": "sizes and code points of PDF, of UTF-16 and of colour spaces",
    "extract/pdf/file": "code points in maps of characters",
}
"""Where numbers are those of a file format, and what they are."""


def compared(tree: ast.AST) -> Iterator[ast.Constant]:
    """The numbers that something is compared with in functions, and those with a fraction wherever they stand."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.Lambda):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Constant) and type(node.value) is float:
                yield node
            if isinstance(node, ast.Compare):
                yield from whole_numbers(node)


def whole_numbers(compare: ast.Compare) -> Iterator[ast.Constant]:
    """The whole numbers of a comparison; those that only say which place of a row is meant are none."""
    places = {
        id(inner) for node in ast.walk(compare) if isinstance(node, ast.Subscript) for inner in ast.walk(node.slice)
    }
    for node in ast.walk(compare):
        if isinstance(node, ast.Constant) and type(node.value) is int and id(node) not in places:
            yield node


def bare_numbers(path: Path) -> list[tuple[int, float]]:
    """The line and the value of each number of a module that has no name and does not say by itself what it is."""
    found = {(number.lineno, value_of(number)) for number in compared(ast.parse(path.read_text(encoding="utf-8")))}
    return sorted(number for number in found if number[1] not in PLAIN | ANGLES)


def value_of(number: ast.Constant) -> float:
    assert isinstance(number.value, int | float)
    return float(number.value)


def modules(stage: str) -> list[Path]:
    return [
        path
        for path in sorted((ROOT / stage).rglob("*.py"))
        if not path.relative_to(ROOT).as_posix().startswith(tuple(OF_FORMATS))
    ]


ALLOWED: dict[str, set[float]] = {
    "extract/ocr/marks.py": {255.0},  # white
    "extract/ocr/shapes.py": {255.0, 4},  # a quarter of pi times the square of a width is a circle's area
    "extract/ocr/rules.py": {255.0},
    "extract/ocr/pdf_page.py": {3},  # a picture with colours has three dimensions
    "extract/ocr/turn.py": {3},  # quarters of a turn
    "extract/pdf/page/rings.py": {4},  # the sides of a rectangle
    "normalize/cells/head_years.py": {100},  # the years of a century
    "normalize/checks/scores.py": {10},  # decimal places
    "normalize/text/numerals.py": {10_000},  # Japanese numbers are counted by 万
}
"""What is left, and what it is."""


@pytest.mark.parametrize("stage", STAGES)
def test_a_number_that_decides_has_a_name(stage: str) -> None:
    bare = [
        f"{named}:{line} {value:g}"
        for path in modules(stage)
        for named in [path.relative_to(ROOT).as_posix()]
        for line, value in bare_numbers(path)
        if value not in ALLOWED.get(named, ())
    ]
    assert bare == [], "name each in the settings of its stage (settings.py), with its unit and reason"


def test_a_bare_number_is_found() -> None:
    made = "def f(x, row):\n    return x > 0.35 * row[7] or len(x) >= 3 or x == 2\n"
    assert {number.value for number in compared(ast.parse(made))} == {0.35, 3, 2}


@pytest.mark.parametrize("named", ALLOWED)
def test_what_is_allowed_is_still_there(named: str) -> None:
    assert ALLOWED[named] <= {value for _, value in bare_numbers(ROOT / named)}
