"""What a reader of office files gives."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.document import Line, Page, Problem, Table


@dataclass(frozen=True, slots=True)
class Laid:
    """The pages of a file, its items in reading order, and what its reader met. `encoding` is that of a text."""

    pages: tuple[Page, ...]
    items: tuple[Line | Table, ...]
    problems: tuple[Problem, ...] = ()
    encoding: str | None = None
