"""Evidence: that records point at their print, and that the print says what the records say."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from normalize import counts_of_print
from pipeline.printed import READ_FROM_PRINT
from schemas.declare import declaration_of
from schemas.records import (
    Block,
    DocumentRow,
    GradeCount,
    Provenance,
    Record,
    record_id,
)
from schemas.rows import Tables


def _printed(text: str) -> str:
    return "".join(text.split())


def records_without_evidence(tables: Tables) -> Iterator[str]:
    """The records that no provenance row speaks of."""
    known = {(row.table_name, row.record_id) for row in tables["provenance"] if isinstance(row, Provenance)}
    for kind in READ_FROM_PRINT:
        name = declaration_of(kind).name
        for row in tables[name]:
            if (name, record_id(row)) not in known:
                yield f"{name} {record_id(row)}: no block is given for it"


def pointers_astray(tables: Tables) -> Iterator[str]:
    """The provenance rows that point at a block or record of another document, or name another page than the block."""
    pages = {block.block_id: block.page for block in tables["blocks"] if isinstance(block, Block)}
    known = {(name, record_id(row)) for name, rows in tables.items() for row in rows}
    for row in tables["provenance"]:
        if not isinstance(row, Provenance):
            continue
        if row.block_id not in pages:
            yield f"provenance {record_id(row)}: its block is of another document"
        elif pages[row.block_id] != row.page:
            yield f"provenance {record_id(row)}: its block is on page {pages[row.block_id]}, not {row.page}"
        if (row.table_name, row.record_id) not in known:
            yield f"provenance {record_id(row)}: its record is of another document"


def fields_without_print(tables: Tables) -> Iterator[str]:
    """The verbatim fields whose text does not stand in the blocks they point at."""
    blocks = {block.block_id: block.text for block in tables["blocks"] if isinstance(block, Block)}
    pointed: dict[tuple[str, str, str], list[str]] = {}
    for row in tables["provenance"]:
        if isinstance(row, Provenance):
            text = blocks.get(row.block_id, "")
            pointed.setdefault((row.table_name, row.record_id, row.field_name), []).append(text)
    for name, rows in tables.items():
        for row in rows:
            for field in _verbatim(row):
                texts = pointed.get((name, record_id(row), field))
                if texts and not _stands_in(getattr(row, field), texts):
                    yield f"{name}.{field} of {record_id(row)}: {getattr(row, field)!r} is not printed in its blocks"
            if isinstance(row, GradeCount):
                texts = pointed.get((name, record_id(row), "count"), [])
                if row.count not in counts_of_print("\n".join(texts)):
                    yield f"{name}.count of {record_id(row)}: {row.count} is not printed in its blocks"


def _verbatim(row: Record) -> Iterator[str]:
    for column in declaration_of(row).columns:
        verbatim = column.name.endswith("_text") or column.name == "text_raw"
        if verbatim and column.name != "indicator_text" and getattr(row, column.name) is not None:
            yield column.name


def _stands_in(value: str, texts: list[str]) -> bool:
    """Whether the value is printed in one of the texts, or in all of them together where it was cut."""
    wanted = _printed(value)
    if any(wanted in _printed(text) for text in texts) or wanted in _printed("".join(texts)):
        return True
    return len(texts) > 1 and not Counter(wanted) - Counter(_printed("".join(texts)))


def characters_lost(tables: Tables) -> Iterator[str]:
    """The pages whose blocks hold more or fewer characters than the page prints."""
    held: Counter[tuple[int, int]] = Counter()
    for block in tables["blocks"]:
        if isinstance(block, Block) and block.page_characters is not None:
            held[block.page, block.page_characters] += len(_printed(block.text))
    for (page, printed), count in held.items():
        if printed != count:
            yield f"blocks of page {page}: they hold {count:,} characters, the page prints {printed:,}"


def roles_without_coverage(tables: Tables) -> Iterator[str]:
    """The documents whose coverage contradicts the roles of their blocks."""
    blocks = [block for block in tables["blocks"] if isinstance(block, Block)]
    letters = {role: sum(len(_printed(b.text)) for b in blocks if b.role == role) for role in ("unclaimed", "value")}
    total = sum(len(_printed(block.text)) for block in blocks)
    for row in tables["documents"]:
        if not isinstance(row, DocumentRow) or row.coverage is None:
            continue
        highest = 1 - letters["unclaimed"] / total if total else 1.0
        if not 0 <= row.coverage <= 1 or (row.coverage > highest and not math.isclose(row.coverage, highest)):
            yield f"documents {row.document_id}: coverage {row.coverage}, but its blocks allow at most {highest}"
