"""`hyoka verify`: the checks of a snapshot as a table, and every place that breaks one."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipeline.verify import verify

SHOWN = 10
"""Places shown per check; the count tells how many there are."""


def verify_snapshot(out: Path, console: Console) -> int:
    """Verify the snapshot in folder `out` and print what was checked. Returns 0 when everything holds, else 1."""
    report = Table(title=f"verify {out.name}")
    for heading in ("check", "examined", "broken", "what it holds"):
        report.add_column(heading, justify="right" if heading in ("examined", "broken") else "left")
    places: list[str] = []
    for check in verify(out):
        report.add_row(check.name, f"{check.examined:,}", f"{len(check.broken):,}", check.statement)
        places += [f"{check.name}: {place}" for place in check.broken[:SHOWN]]
        if len(check.broken) > SHOWN:
            places.append(f"{check.name}: … and {len(check.broken) - SHOWN} more")
    console.print(report)
    for place in places:
        console.print(place, markup=False, highlight=False, soft_wrap=True)
    return 1 if places else 0
