"""What the tests of layouts share: a made document, read; its records; what nobody accounted for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from extract.text import read_text
from normalize.statements.ledger import account
from normalize.statements.merging import merged
from normalize.statements.statement import Entry, Remark, Statement
from schemas.declare import declaration_of
from schemas.document import Document
from schemas.records import Record

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Reading:
    """A made document and what a reader stated of it."""

    document: Document
    statements: tuple[Statement, ...]

    def of(self, kind: type[R]) -> list[R]:
        return [s.record for s in self.statements if isinstance(s, Entry) and isinstance(s.record, kind)]

    @property
    def remarks(self) -> list[tuple[str, str | None, str | None]]:
        return [(s.rule, s.expected, s.observed) for s in self.statements if isinstance(s, Remark)]

    @property
    def unclaimed(self) -> list[str]:
        return [left.text for left in account(self.document, self.statements).unclaimed]

    @property
    def tables(self) -> dict[str, tuple[Record, ...]]:
        tables: dict[str, tuple[Record, ...]] = {}
        for statement in self.statements:
            if isinstance(statement, Entry):
                name = declaration_of(statement.record).name
                tables[name] = (*tables.get(name, ()), statement.record)
        return tables


def read_made(text: str, reader: Callable[[Document], Iterator[Statement]]) -> Reading:
    document = read_text(text.encode(), "made.txt")
    return Reading(document, merged(document.document_id, reader(document)))


def html_rows(*lines: str) -> str:
    """A table of a web page by its rows, a cell behind each stroke; 2x3: before a cell: its rows and columns."""
    found = ""
    for line in lines:
        found += "<tr>"
        for cell in line.split("|"):
            spans, _, text = cell.rpartition(":")
            down, _, across = spans.partition("x")
            found += f"<td rowspan={down or 1} colspan={across or 1}>{text}"
    return f"<table>{found}</table>"
