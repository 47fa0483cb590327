"""The hierarchy that the rows of a register tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from normalize.document.text_span import Excerpt
from normalize.forms.register.table import Register
from normalize.records.measures import node_of
from normalize.statements.statement import Label, Remark, Statement, entry
from normalize.text.folding import clean, squeeze
from schemas.closed_sets import LEVELS, Level
from schemas.messages import say
from schemas.records import Measure

_LEVELS: Final[tuple[Level, ...]] = ("policy", "measure", "program", "action")


class Nodes:
    """The hierarchy that the rows of a register tell: one node for each code, or name where there is no code."""

    def __init__(self, register: Register) -> None:
        self._register = register
        names = register.of_kind("name")
        self._names = {column.field: column.col for column in names}
        levels = {column.key: column.field for column in names}
        numbers = [column for column in register.of_kind("digit", "code") if column.key in levels]
        self._codes: dict[str, list[int]] = {}
        for level in self._names:
            own = [column for column in numbers if levels[column.key] == level]
            digits = [column.col for column in own if column.kind == "digit"]
            self._codes[level] = digits or [column.col for column in own][:1]
        self._known: dict[tuple[str, ...], Measure] = {}
        self._rows: dict[int, list[tuple[Measure, Excerpt]]] = {}
        self._other_names: list[tuple[Measure, Excerpt]] = []
        commonest: dict[tuple[str, ...], Counter[str]] = {}
        for row in register.rows:
            for path, name in self._path(row):
                commonest.setdefault(path, Counter())[clean(name.text)] += 1
        self._commonest = {path: names.most_common(1)[0][0] for path, names in commonest.items()}

    def _path(self, row: Mapping[int, Excerpt]) -> Iterator[tuple[tuple[str, ...], Excerpt]]:
        """The nodes above a project, from the top: what tells each from others, and its name in this row."""
        path: tuple[str, ...] = ()
        for level in _LEVELS[:-1]:
            col = self._names.get(level)
            if col is not None and col in row:
                path = (*path, level, self._code(row, level) or clean(row[col].text))
                yield path, row[col]

    def _code(self, row: Mapping[int, Excerpt], level: str) -> str:
        cols = self._codes[level]
        told = [squeeze(row[col].text) if col in row else "" for col in cols]
        return "".join(digit or "0" for digit in told) if len(cols) > 1 else "".join(told)

    def of_row(self, number: int, row: Mapping[int, Excerpt]) -> Measure | None:
        """The project of a row, under the nodes that the row names; None for a row that names none."""
        if self._names["action"] not in row:
            return None
        parent: Measure | None = None
        chain: list[tuple[Measure, Excerpt]] = []
        project = row[self._names["action"]]
        for path, name in (*self._path(row), (("action", str(number)), project)):
            level: Level = "action" if path[0] == "action" else LEVELS[path[-2]]
            if path not in self._known:
                node = node_of(self._register.document, level, None, name, key="/".join(path))
                self._known[path] = replace(
                    node,
                    measure_code=self._code(row, level) or None,
                    parent_measure_id=parent.measure_id if parent else None,
                    measure_name=self._commonest.get(path, node.measure_name),
                )
            parent = self._known[path]
            chain.append((parent, name))
            if parent.measure_name != clean(name.text) and level != "action":
                self._other_names.append((parent, name))
        self._rows[number] = chain
        return parent

    def statements(self, number: int, row: Mapping[int, Excerpt]) -> Iterator[Statement]:
        """The nodes of a row. A node is said again by each row that names it, with that row's print."""
        for node, name in self._rows[number]:
            codes = [row[col] for col in self._codes[node.measure_level] if col in row]
            same = node.measure_level == "action" or clean(name.text) == node.measure_name
            yield entry(
                node,
                measure_code=codes if node.measure_code else None,
                measure_name=name if same else None,
                measure_name_text=name if same else None,
            )
            if not same:
                yield Label(name)

    def remarks(self) -> Iterator[Statement]:
        for node, name in self._other_names:
            yield Remark(
                "reprint-differs", "note",
                say(
                    "this row prints another name for {node}: {name}",
                    node=node.measure_code or node.measure_name, name=name.printed,
                ),
                name, node, "measure_name", expected=node.measure_name, observed=name.printed,
            )  # fmt: skip
