"""Where bytes of strangers enter behind the readers: corrections, requests of the review, tables that are added to."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from contextlib import suppress
from functools import cache
from http import HTTPStatus
from pathlib import Path

from pipeline.convert import Way, convert
from pipeline.corrections import read_file
from pipeline.document import STOPPED, convert_document
from pipeline.options import Options
from pipeline.review.answer import Answer
from pipeline.review.deciding import correct, give
from pipeline.review.desk import Desk
from pipeline.review.forms import save_form, weigh
from pipeline.review.server import page
from pipeline.sources import UsageError
from schemas.records import Finding, Observation
from schemas.rows import rows_of
from tests.extract.ocr.drawing import draw_table, to_file

SHEET = "事務事業名\t港の案内\n\n指標名\t単位\t令和5年度実績\n来場者数\t人\t312\n".encode()
"""A small document with one number."""

_ANSWERS = frozenset({HTTPStatus.OK, HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.SEE_OTHER})
"""What the review may answer, whatever is asked; all else is a defect."""


def take_correction(data: bytes) -> None:
    """Read a file of corrections and apply it; what cannot be meant is refused with a sentence."""
    path = _folder() / "one.yaml"
    path.write_bytes(data)
    with suppress(UsageError):
        tables = convert_document(SHEET, "sheet.txt", Options(corrections=read_file(path)))
        assert all(row.message != STOPPED.en for row in rows_of(tables, Finding))


def take_request(data: bytes) -> None:
    """Ask each place of the review that takes a body, and the pages by the same words."""
    desk = _desk()
    for ask in (correct, give, weigh, save_form):
        _hold(ask(desk, data))
    _hold(page(desk, data.decode("utf-8", "replace"), may_write=True))


def take_tables(data: bytes) -> None:
    """Add to tables of which one is another file: it is refused with a sentence, or nothing of it was looked at."""
    out = _folder() / "out"
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(_snapshot(), out)
    (out / "observations.parquet").write_bytes(data)
    with suppress(UsageError):
        convert([_folder() / "sheet.txt"], out, Options(), way=Way(adds=True))


def a_correction() -> bytes:
    """One that corrects the number of the small document."""
    (seen,) = rows_of(convert_document(SHEET, "sheet.txt", Options()), Observation)
    identity = seen.observation_id.partition("-")[0]
    return (
        f"document: {identity}\nsource_name: sheet.txt\ncorrections:\n- table: observations\n"
        f"  record: {seen.observation_id}\n  field: value\n  printed: '312'\n  decision: correct\n  value: '313'\n"
        "  reason: 港で数えた\n  reviewer: 佐藤\n"
    ).encode()


def a_request() -> bytes:
    """One that corrects the same number, as a page sends it."""
    (seen,) = rows_of(convert_document(SHEET, "sheet.txt", Options()), Observation)
    identity = seen.observation_id.partition("-")[0]
    return (
        f'{{"document": "{identity}", "table": "observations", "record": "{seen.observation_id}", '
        '"field": "value", "decision": "correct", "value": "313", "reason": "港", "reviewer": "佐藤", "block": "", '
        '"municipality": "横浜市", "form": "a", "meanings": {"来場者数": "indicator.name"}, "values": {}}'
    ).encode()


def a_table() -> bytes:
    """The table that is exchanged, as it was."""
    return (_snapshot() / "observations.parquet").read_bytes()


def a_picture() -> bytes:
    """A page as a scanner gives it, small."""
    return to_file(draw_table([["指標", "実績"], ["来場者数", "312"]]).crop((100, 100, 900, 320)))


def _hold(answer: Answer) -> None:
    """Read an answer to its end. Raises AssertionError for one that no page can show."""
    assert answer.status in _ANSWERS, answer.status
    for piece in (answer.body,) if isinstance(answer.body, bytes) else answer.body:
        assert isinstance(piece, bytes)


@cache
def _folder() -> Path:
    """A folder of this process, gone with it."""
    folder = tempfile.mkdtemp(prefix="hyoka-fuzz-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    Path(folder, "sheet.txt").write_bytes(SHEET)
    return Path(folder)


@cache
def _snapshot() -> Path:
    out = _folder() / "tables"
    convert([_folder() / "sheet.txt"], out, Options())
    return out


@cache
def _desk() -> Desk:
    folder = _folder()
    for name in ("corrections", "forms"):
        (folder / name).mkdir()
    return Desk(_snapshot(), [folder], folder / "corrections", folder / "sources.csv", folder / "forms")
