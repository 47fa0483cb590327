"""Writing into a `sources.csv` that a person keeps: one line, the rest as it stands, in the encoding that it has."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Mapping
from pathlib import Path

from pipeline.corrections import refuse_link
from pipeline.manifest import HEADS, decoded, parse_manifest, printable_name

_NEW = ("path", "municipality", "plan", "fiscal_year")


def write_line(path: Path, source_name: str, said: Mapping[str, str]) -> None:
    """Write into the manifest at `path` what a user knows of a file, in the line of the file or in a new one.

    `said` has the columns ``municipality``, ``plan`` and ``fiscal_year``; an empty text leaves a column as it is.
    Raises UsageError for a value that cannot be right and for a manifest that cannot be read or is a link, and OSError
    where it cannot be written.
    """
    refuse_link(path)
    told = {column: text.strip() for column, text in said.items() if text.strip()}
    data = path.read_bytes() if path.exists() else b""
    text, encoding = decoded(data, printable_name(path)) if data else ("", "utf-8-sig")
    delimiter = "\t" if "\t" in text.partition("\n")[0] else ","
    rows = [*csv.reader(io.StringIO(text), delimiter=delimiter)] or [[*_NEW]]
    names = [HEADS.get(cell.strip().lower()) for cell in rows[0]]
    for column in ("path", *told):
        if column not in names:
            names.append(column)
            rows[0].append(column)
    at = names.index("path")
    own = next((row for row in rows[1:] if len(row) > at and row[at].strip().removeprefix("./") == source_name), None)
    if own is None:
        own = []
        rows.append(own)
    own.extend([""] * (len(names) - len(own)))
    for column, value in {"path": source_name, **told}.items():
        own[names.index(column)] = value
    sink = io.StringIO()
    csv.writer(sink, delimiter=delimiter, lineterminator="\n").writerows(rows)
    written = sink.getvalue().encode(encoding)
    parse_manifest(written, printable_name(path))  # what could not be read again is not written
    with tempfile.NamedTemporaryFile("wb", dir=path.parent, suffix=".new", delete=False) as new:
        new.write(written)
    Path(new.name).replace(path)
