"""What must hold of a file whatever is wrong with it."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from extract.read import read_document
from pipeline.document import STOPPED, Options, convert_document
from schemas.arrow import records_to_table
from schemas.document import Document, Table
from schemas.records import TABLES, DocumentRow, Finding
from tests.document_json import document_to_json, json_to_document


class Outcome(NamedTuple):
    """What became of an input, in a word to count; and what is wrong with that, where something is."""

    kind: str
    defect: str | None = None


def judge_reading(name: str, data: bytes) -> Outcome:
    """Read a file as extraction does. Whatever is raised goes through to the caller."""
    document = read_document(data, name)
    errors = any(problem.severity == "error" for problem in document.problems)
    kind = "unreadable" if not document.items else "read in part" if errors else "read"
    return Outcome(kind, next(_wrong_in_document(document, data), None))


def _wrong_in_document(document: Document, data: bytes) -> Iterator[str]:
    if document.sha256 != hashlib.sha256(data).hexdigest():
        yield "it names other bytes"
    if not document.items and not document.problems:
        yield "an empty success: nothing read and nothing said"
    pages = {page.number for page in document.pages}
    for item in document.items:
        for piece in (*item.cells, *item.repeated) if isinstance(item, Table) else (item,):
            if "".join(piece.text.split()) != "".join("".join(part.text.split()) for part in piece.fragments):
                yield f"characters of {piece.text[:40]!r} are not those of its fragments"
            for part in piece.fragments:
                if part.page not in pages:
                    yield f"page {part.page} of {piece.text[:40]!r} is none of the document"
                if part.box is not None and not all(map(math.isfinite, _corners(part.box))):
                    yield f"the box of {piece.text[:40]!r} is not finite"
    kept = document_to_json(document)
    if document_to_json(json_to_document(kept)) != kept:
        yield "as JSON it comes back as another"


def _corners(box: object) -> tuple[float, ...]:
    return tuple(getattr(box, name) for name in ("x0", "top", "x1", "bottom"))


def judge_conversion(name: str, data: bytes) -> Outcome:
    """Convert a file as the main job does, up to the Arrow tables."""
    tables = convert_document(data, name, Options())
    (document,) = (row for row in tables["documents"] if isinstance(row, DocumentRow))
    findings = [row for row in tables.get("findings", ()) if isinstance(row, Finding)]
    for declaration in TABLES:
        records_to_table(tables.get(declaration.name, ()), declaration)
    stopped = next((row.observed for row in findings if row.message == STOPPED.en), None)
    if stopped:
        return Outcome(document.status, f"stopped: {stopped}")
    if document.status in ("unreadable", "unrecognised") and not findings:
        return Outcome(document.status, "nothing says why it was not converted")
    return Outcome(document.status)


JUDGES: Mapping[str, Callable[[str, bytes], Outcome]] = {"reading": judge_reading, "conversion": judge_conversion}
