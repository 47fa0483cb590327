"""What a comparison measures of a tool."""

from __future__ import annotations

from dataclasses import dataclass

TOTAL = "all"
"""What a figure over all documents of a set names as its document."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A tool on one document, or on all of a set: pages a second of processor, how often as fast as the base, F1."""

    tool: str
    asked: str
    group: str
    document: str
    pages_per_second: float
    ratio: float
    peak_mib: float
    cell_f1: float | None
    neighbour_f1: float | None
