"""Goldens: what a known document gives, in two stages, so that a failing test names the room.

``tests/golden/<name>/text.json`` and ``pdf.json`` are the Documents of the two forms in ``data/raw``; ``records.json``
holds the records that both give, ids and evidence aside. ``pytest --update-goldens`` writes them anew; read the
difference before it is committed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent / "golden"
UPDATE = "--update-goldens"


def own_documents(folder: Path) -> Iterator[Path]:
    """The documents of a folder that have goldens; with the switch all: what a user puts there is no test's."""
    for path in sorted(folder.iterdir()):
        if UPDATE in sys.argv or (ROOT / path.stem / "records.json").exists():
            yield path


def check_golden(path: Path, text: str, *, update: bool) -> None:
    """Compare a text with a golden file, or write it there. A missing golden is a failure that says what to do."""
    if update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return
    assert path.exists(), f"no golden {path.name} for {path.parent.name}: run pytest --update-goldens and read it"
    assert text == path.read_text(encoding="utf-8"), f"{path.parent.name}/{path.name} differs"


def rows_to_text(tables: dict[str, list[dict[str, object]]]) -> str:
    """Tables as JSON with one row a line, so that a difference reads as one."""
    lines = ["{"]
    for position, (name, rows) in enumerate(tables.items()):
        end = "" if position == len(tables) - 1 else ","
        body = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in rows)
        lines.append(f' "{name}": [\n{body}\n ]{end}' if rows else f' "{name}": []{end}')
    return "\n".join([*lines, "}"]) + "\n"
