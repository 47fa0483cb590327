"""`hyoka convert --log FILE`: a line of JSON for each document as it ends, for tools that watch runs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from pipeline.convert import Ended, Watch
from pipeline.run.parts import Outcome
from pipeline.sources import Source
from pipeline.summary import Repeated


@contextmanager
def with_log(path: Path | None, watch: Watch | None) -> Iterator[Watch | None]:
    """What watches a run, with a log in file `path` beside it, in place of an earlier one; its folder is made.

    Raises OSError where the file cannot be written.
    """
    if path is None:
        yield watch
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as file:

        def watched(done: Iterable[Ended], total: int) -> Iterable[Ended]:
            return _logged(watch(done, total) if watch else done, file)

        yield watched


def line_of(source: Source, ended: Outcome | Repeated) -> str:
    """The line for a document: what it is, what became of it, what was found, and the seconds that it took.

    `seconds` is null where the document was not converted in this run, or its reading was ended from outside.

    >>> from pathlib import Path
    >>> line_of(Source(Path("b.txt"), "b.txt"), Repeated("b.txt", "a.txt"))
    '{"document": "b.txt", "status": "repeated", "same_as": "a.txt"}'
    """
    if isinstance(ended, Repeated):
        return json.dumps({"document": ended.name, "status": "repeated", "same_as": ended.first}, ensure_ascii=False)
    row = ended.summary.row
    said = {
        "document": source.name,
        "document_id": row.document_id,
        "status": row.status,
        "layout": row.layout,
        "reader": row.reader,
        "coverage": row.coverage,
        "findings": dict(ended.summary.severities),
        "errors": [finding.message for finding in ended.summary.errors],
        "seconds": ended.seconds if ended.seconds is None else round(ended.seconds, 3),
    }
    return json.dumps(said, ensure_ascii=False)


def _logged(done: Iterable[Ended], file: TextIO) -> Iterator[Ended]:
    for source, ended in done:
        file.write(line_of(source, ended) + "\n")
        file.flush()
        yield source, ended
