"""What a reader of office files gives."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.document import Line, Page, Problem, Table


@dataclass(frozen=True, slots=True)
class Laid:
    """What an office reader gives: pages, items in reading order, problems, and for a text file its encoding."""

    pages: tuple[Page, ...]
    items: tuple[Line | Table, ...]
    problems: tuple[Problem, ...] = ()
    encoding: str | None = None
