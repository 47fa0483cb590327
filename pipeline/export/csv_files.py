"""CSV: a folder with one file per table, as spreadsheets and older tools read it.

UTF-8 with a byte order mark (Excel takes it for CP932 without one), the names of the columns in the first line, CRLF,
fields in quotes where they need them. A missing value is an empty field. A text that a spreadsheet might run as a
formula has an apostrophe before it; `pipeline.export.cells.from_csv` takes it away again.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from pipeline.export.cells import is_risky, to_csv
from pipeline.export.place import beside
from pipeline.snapshot import read_table, whole_snapshot

_BATCH = 10_000


def export_csv(out: Path, target: Path) -> Iterator[str]:
    """Write the tables of a snapshot into folder `target`; files of these names are replaced, other files stay."""
    marked = 0
    tables = whole_snapshot(out)
    with beside(target) as folder:
        for files in tables:
            marked += write_csv(read_table(out, files), folder / f"{files.declaration.name}.csv")
        target.mkdir(exist_ok=True)
        for path in sorted(folder.iterdir()):
            path.replace(target / path.name)
    if marked:
        yield f"{marked:,} texts begin like a formula; an apostrophe stands before each"


def write_csv(table: pa.Table, path: Path) -> int:
    """Write a table as one CSV file, and count the texts that were marked."""
    marked = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(table.column_names)
        for batch in table.to_batches(max_chunksize=_BATCH):
            for row in batch.to_pylist():
                marked += sum(isinstance(value, str) and is_risky(value) for value in row.values())
                writer.writerow([to_csv(value) if isinstance(value, str) else value for value in row.values()])
    return marked
