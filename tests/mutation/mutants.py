"""The small changes that can be made to a module: each a source text of its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_OPPOSITES: Final[dict[type[ast.cmpop], tuple[str, str]]] = {
    ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="), ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="), ast.NotEq: ("!=", "=="), ast.Is: ("is", "is not"), ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"), ast.NotIn: ("not in", "in"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: the line it stands on (from 1), what became of what, and the whole source with it."""

    line: int
    change: str
    source: str


def mutants(source: str) -> tuple[Mutant, ...]:
    """Every change of a module, in the order of its lines.

    A comparison turns or lets its border in, `and` becomes `or`, `not` goes, a condition is turned, a whole number
    grows by one. Docstrings, annotations, decorators and assertions stay.

    >>> [mutant.change for mutant in mutants("def f(a: int) -> bool:\\n    return not a < 3\\n")]
    ['not a < 3 → a < 3', '< → <=', '3 → 4']
    """
    lines = source.encode().splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    data = source.encode()
    found = []
    for node, start, end, new in _edits(ast.parse(source), data, starts):
        old = data[start:end].decode()
        changed = (data[:start] + new.encode() + data[end:]).decode()
        found.append(Mutant(node.lineno, f"{' '.join(old.split())} → {' '.join(new.split())}", changed))
    return tuple(sorted(found, key=lambda mutant: mutant.line))


def _edits(tree: ast.AST, data: bytes, starts: list[int]) -> Iterator[tuple[ast.expr, int, int, str]]:
    def span(node: ast.expr) -> tuple[int, int]:
        end_line, end_col = node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
        return starts[node.lineno - 1] + node.col_offset, starts[end_line - 1] + end_col

    def text(node: ast.expr) -> str:
        start, end = span(node)
        return data[start:end].decode()

    for node in _code(tree):
        if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _OPPOSITES:
            old, new = _OPPOSITES[type(node.ops[0])]
            start, end = span(node.left)[1], span(node.comparators[0])[0]
            between = data[start:end].decode()
            if old in between:
                at = start + len(between[: between.index(old)].encode())
                yield node, at, at + len(old), new
        elif isinstance(node, ast.BoolOp):
            old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
            between = data[span(node.values[0])[1] : span(node.values[1])[0]].decode()
            if old in between and len(node.values) == 2:
                at = span(node.values[0])[1] + len(between[: between.index(old)].encode())
                yield node, at, at + len(old), new
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield node, *span(node), text(node.operand)
        elif isinstance(node, ast.Constant) and type(node.value) is int:
            yield node, *span(node), str(node.value + 1)
        elif isinstance(node, ast.If | ast.IfExp | ast.While) and isinstance(
            node.test, ast.Call | ast.Name | ast.Attribute
        ):
            yield node.test, *span(node.test), f"(not {text(node.test)})"


def _code(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a module whose change could matter."""
    for name, value in ast.iter_fields(tree):
        if name in {"annotation", "returns", "decorator_list"} or isinstance(tree, ast.Assert | ast.JoinedStr):
            continue
        for node in value if isinstance(value, list) else [value]:
            if isinstance(node, ast.AST):
                yield node
                yield from _code(node)
