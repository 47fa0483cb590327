"""What the forms of the pages send: corrections of a document, and the city of one that prints none."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus

from pipeline.correcting import print_of
from pipeline.corrections import (
    Correction,
    CorrectionError,
    checked,
    decided,
    is_correction_file,
    read_file,
    read_or_note,
    write_file,
)
from pipeline.manifest_file import write_line
from pipeline.printed import value_to_text
from pipeline.review.answer import Answer, as_json
from pipeline.review.desk import Desk
from pipeline.review.writing import only_writer
from pipeline.sources import UsageError
from schemas.records import record_id

_CORRECTION = ("document", "table", "record", "field", "decision", "value", "reason", "reviewer")
_GIVEN = ("document", "municipality")


def correct(desk: Desk, body: bytes) -> Answer:
    """Write, replace or withdraw the correction that a form sends, and say in which file."""
    return _written(body, _CORRECTION, lambda said: _decide(desk, said))


def give(desk: Desk, body: bytes) -> Answer:
    """Write into the manifest which city a document is of, where it prints none, and say in which file."""
    return _written(body, _GIVEN, lambda said: _give(desk, said))


def _give(desk: Desk, said: Mapping[str, str]) -> str:
    document = desk.snapshot().documents.get(said["document"])
    if document is None or desk.manifest is None:
        raise CorrectionError("there is no such document in OUT; load the page again")
    with desk.writing:
        write_line(desk.manifest, document.row.source_name, {"municipality": said["municipality"]})
    return f"saved; convert again / 保存（変換し直すと反映）: {desk.manifest.name}"


def _written(body: bytes, names: Sequence[str], write: Callable[[Mapping[str, str]], str]) -> Answer:
    """What a form sends, written, and what is said of it."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return as_json(HTTPStatus.BAD_REQUEST, "the request is no JSON, or none that a form sends")
    if not isinstance(said, dict) or any(not isinstance(said.get(name), str) for name in names):
        return as_json(HTTPStatus.BAD_REQUEST, f"expected texts for {', '.join(names)}")
    try:
        "".join(said[name] for name in names).encode()
        return as_json(HTTPStatus.OK, write(said))
    except (CorrectionError, UsageError) as error:
        return as_json(HTTPStatus.BAD_REQUEST, str(error))
    except UnicodeEncodeError:
        return as_json(HTTPStatus.BAD_REQUEST, "a text holds half a character")
    except OSError as error:
        return as_json(HTTPStatus.INTERNAL_SERVER_ERROR, f"nothing was written: {error.strerror}")


def _decide(desk: Desk, said: Mapping[str, str]) -> str:
    snapshot = desk.snapshot()
    identity = said["document"]
    if identity not in snapshot.documents:
        raise CorrectionError("there is no such document in OUT; load the page again")
    tables = snapshot.tables[identity]
    printed = print_of(tables, said["table"], said["record"], said["field"])
    if printed is None:
        raise CorrectionError("there is no such record; load the page again")
    key = (said["table"], said["record"], said["field"])
    with desk.writing, only_writer(desk.corrections):
        kept = read_file(own) if (own := desk.corrections / f"{identity}.yaml").is_file() else ()
        if key in _decided_elsewhere(desk, identity):
            raise CorrectionError("another file of the folder, written by hand, decides this value; change it there")
        if said["decision"] == "withdraw":
            path = write_file(desk.corrections, identity, [c for c in kept if c.key != key])
            return f"withdrawn / 取消: {path.name}"
        record = next(row for row in tables[said["table"]] if record_id(row) == said["record"])
        made = Correction(
            document_id=identity, source_name=snapshot.documents[identity].row.source_name, table=said["table"],
            record=said["record"], field=said["field"], printed=printed,
            decision="accept" if said["decision"] == "accept" else "correct", value=said["value"].strip(),
            reason=said["reason"].strip(), reviewer=said["reviewer"].strip(),
        )  # fmt: skip
        if said["decision"] not in ("accept", "correct"):
            raise CorrectionError(f"decision: expected accept, correct or withdraw, met {said['decision']!r}")
        checked(made)
        if made.decision == "accept":
            made = replace(made, value=value_to_text(getattr(record, made.field)))
        path = write_file(desk.corrections, identity, decided(kept, made))
    return f"saved / 保存: {path.name}"


def _decided_elsewhere(desk: Desk, identity: str) -> set[tuple[str, str, str]]:
    """The fields of a document that other files than its own decide."""
    if not desk.corrections.is_dir():
        return set()
    own = f"{identity}.yaml"
    paths = (path for path in desk.corrections.iterdir() if path.name != own and is_correction_file(path))
    found = (c for path in paths for c in read_or_note(path, []))
    return {c.key for c in found if c.document_id == identity}
