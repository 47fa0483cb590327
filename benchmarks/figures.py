"""What a comparison measures of a tool."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A tool on one document, or on all: pages a second, how often as fast as the base, agreement with the truth."""

    tool: str
    asked: str
    document: str
    pages_per_second: float
    ratio: float
    peak_mib: float
    cell_f1: float | None
    neighbour_f1: float | None
