"""A small document to review: a PDF of one page, its tables, and text that would like to be markup."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import BaseServer
from threading import Thread

from reportlab.pdfgen.canvas import Canvas

from pipeline.parquet import write_snapshot
from schemas.arrow import records_to_table
from schemas.closed_sets import BlockRole
from schemas.declare import declaration_of
from schemas.records import (
    TABLES,
    Block,
    DocumentRow,
    Finding,
    Grade,
    Indicator,
    Measure,
    Observation,
    Passage,
    Provenance,
    Record,
)
from schemas.rows import Tables
from schemas.validate import violations

_ASKED_EVERY = 0.01
"""Seconds between looks whether a server is to end: half a second, as by default, is most of what many a test takes."""

HOSTILE = ("<script>document.title='taken'</script>", '"><img src=x onerror="document.title=\'taken\'">')
FORMULA = '=HYPERLINK("http://example.invalid","here")'
SOURCE = "sheet.pdf"
_WIDTH, _HEIGHT = 400.0, 300.0


def pdf() -> bytes:
    """A page with the texts of the blocks below, the same bytes each time."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(_WIDTH, _HEIGHT), invariant=True)
    canvas.drawString(25, _HEIGHT - 35, "Sheet of the year")
    canvas.drawString(25, _HEIGHT - 75, "20 firms")
    canvas.drawString(225, _HEIGHT - 75, "A")
    canvas.save()
    return target.getvalue()


def tables() -> Tables:
    """One document with a measure, a target, a grade, hostile text in cells, and a text that nobody claimed."""
    sha256 = hashlib.sha256(pdf()).hexdigest()
    identity = sha256[:16]
    texts: tuple[tuple[str, BlockRole], ...] = (
        ("Sheet of the year", "value"), ("20 firms", "value"), ("A", "value"), (HOSTILE[0], "value"),
        (HOSTILE[1], "label"), (FORMULA, "value"), ("left over", "unclaimed"),
    )  # fmt: skip
    boxes = ((20, 20), (20, 60), (220, 60), (20, 100), (220, 100), (20, 140), (220, 140))
    rows: list[Record] = [
        DocumentRow(
            document_id=identity, sha256=sha256, source_name=SOURCE, media_type="application/pdf",
            size_bytes=len(pdf()), page_count=1, layout="example", title=HOSTILE[0], fiscal_year=2025,
            status="partial", coverage=0.9,
        ),
        Measure(
            measure_id=f"{identity}-m1", document_id=identity, measure_level="measure", measure_code="1",
            measure_name=HOSTILE[1], measure_name_text=HOSTILE[1], position=1,
        ),
        Indicator(
            indicator_id=f"{identity}-m1-i1", measure_id=f"{identity}-m1", indicator_text="20 firms", unit="firms",
            indicator_measure="count", position=1,
        ),
        Observation(
            observation_id=f"{identity}-m1-i1-target-2025", indicator_id=f"{identity}-m1-i1", fiscal_year=2025,
            role="target", value=20.0, value_text="20 firms", unit="firms", comparator="=",
        ),
        Grade(
            grade_id=f"{identity}-g1", document_id=identity, measure_id=f"{identity}-m1", fiscal_year=2025,
            grade_scheme_id="akiruno", grade="A", grade_text="A",
        ),
        Passage(
            passage_id=f"{identity}-m1-done-1", document_id=identity, measure_id=f"{identity}-m1", section="done",
            item=1, text=HOSTILE[0], text_raw=HOSTILE[0],
        ),
        Passage(
            passage_id=f"{identity}-m1-issue-1", document_id=identity, measure_id=f"{identity}-m1", section="issue",
            item=1, text=FORMULA, text_raw=FORMULA,
        ),
    ]  # fmt: skip
    for number, ((text, role), (x, y)) in enumerate(zip(texts, boxes, strict=True)):
        rows.append(
            Block(
                block_id=f"{identity}-b{number}", document_id=identity, page=1, kind="line", x0=float(x), top=float(y),
                x1=x + 160.0, bottom=y + 30.0, text=text, role=role, page_width=_WIDTH, page_height=_HEIGHT,
            )
        )  # fmt: skip
    pointed = (
        ("documents", identity, "title", 0), ("measures", f"{identity}-m1", "measure_name_text", 4),
        ("indicators", f"{identity}-m1-i1", "indicator_text", 1),
        ("observations", f"{identity}-m1-i1-target-2025", "value", 1),
        ("observations", f"{identity}-m1-i1-target-2025", "value_text", 1),
        ("grades", f"{identity}-g1", "grade", 2), ("grades", f"{identity}-g1", "grade_text", 2),
        ("passages", f"{identity}-m1-done-1", "text_raw", 3), ("passages", f"{identity}-m1-issue-1", "text_raw", 5),
    )  # fmt: skip
    for table, record, field, block in pointed:
        rows.append(
            Provenance(
                table_name=table, record_id=record, field_name=field, block_id=f"{identity}-b{block}",
                document_id=identity, page=1,
            )
        )  # fmt: skip
    rows.append(
        Finding(
            finding_id=f"{identity}-f1", document_id=identity, rule="grade-differs", severity="error",
            table_name="grades", record_id=f"{identity}-g1", field_name="grade", page=1, message=HOSTILE[0],
            expected="B", observed="A",
        )
    )  # fmt: skip
    rows.append(
        Finding(
            finding_id=f"{identity}-f2", document_id=identity, rule="unclaimed-text", severity="warning", page=1,
            message="nothing was read from left over", observed="left over",
        )
    )  # fmt: skip
    found = {
        declaration.name: tuple(row for row in rows if declaration_of(row) == declaration) for declaration in TABLES
    }
    broken = [str(place) for place in violations(found) if "grade_schemes" not in str(place)]
    assert not broken
    return found


@contextmanager
def serving(server: BaseServer) -> Iterator[None]:
    """A server that answers meanwhile, and that ends as soon as it is asked to."""
    thread = Thread(target=server.serve_forever, args=(_ASKED_EVERY,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def write_example(folder: Path) -> tuple[Path, Path]:
    """The example as a snapshot and a folder of its source: (OUT, IN)."""
    out, source = folder / "tables", folder / "in"
    source.mkdir(parents=True)
    (source / SOURCE).write_bytes(pdf())
    declared = {declaration.name: declaration for declaration in TABLES}
    write_snapshot(
        {name: records_to_table(rows, declared[name]) for name, rows in tables().items()}, out,
        {"hyoka.schema_version": "1", "hyoka.inputs_sha256": "00"},
    )  # fmt: skip
    return out, source
