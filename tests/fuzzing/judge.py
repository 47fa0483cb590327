"""What must hold of a file whatever is wrong with it."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from extract import Ocr, read_document
from pipeline.document import STOPPED, convert_document
from pipeline.options import Options
from pipeline.verify import PER_DOCUMENT
from schemas.arrow import records_to_table
from schemas.document import Document, Table
from schemas.records import TABLES, Block, DocumentRow, Finding, Observation, Provenance
from schemas.rows import Tables, rows_of
from tests.document_json import document_to_json, json_to_document


class Outcome(NamedTuple):
    """What became of an input, in a word to count; and what is wrong with that, where something is."""

    kind: str
    defect: str | None = None


def judge_reading(name: str, data: bytes, ocr: Ocr = "never") -> Outcome:
    """Read a file as extraction does. Whatever is raised goes through to the caller."""
    document = read_document(data, name, ocr=ocr)
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
    """Convert a file as the main job does, up to the Arrow tables, and hold these against each other and the print."""
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
    if convert_document(data, name, Options()) != tables:
        return Outcome(document.status, "converted again, it gives other records")
    return Outcome(document.status, next(wrong_in_tables(tables), None))


def wrong_in_tables(tables: Tables) -> Iterator[str]:
    """Where the records of one document do not hold together, as `verify` sees it, or say less than a whole number."""
    every = {declaration.name: tables.get(declaration.name, ()) for declaration in TABLES}
    for name, _, _, check in PER_DOCUMENT:
        for place in check(every):
            yield f"{name}: {place}"
    yield from _cut_numbers(every)


def _cut_numbers(tables: Tables) -> Iterator[str]:
    """The amounts whose print goes on with digits in each place that they were read from."""
    texts = {block.block_id: block.text for block in rows_of(tables, Block)}
    printed: dict[str, list[str]] = {}
    for row in rows_of(tables, Provenance):
        if (row.table_name, row.field_name) == ("observations", "value_text"):
            printed.setdefault(row.record_id, []).append(texts.get(row.block_id, ""))
    for seen in rows_of(tables, Observation):
        if seen.value is None or not seen.value_text:
            continue
        text = "".join(seen.value_text.split())
        letters = r"\s*".join(map(re.escape, text))
        before = r"(?<!\d)(?<!\d[.,])" if text[0].isdigit() else ""
        behind = r"(?!\d)(?![.,]\d)" if text[-1].isdigit() else ""
        whole = re.compile(f"{before}{letters}{behind}")
        places = printed.get(seen.observation_id, [])
        if any(re.search(letters, text) for text in places) and not any(map(whole.search, places)):
            yield f"cut: {seen.value_text!r} of {places!r} is part of a longer number"


JUDGES: Mapping[str, Callable[[str, bytes], Outcome]] = {"reading": judge_reading, "conversion": judge_conversion}
