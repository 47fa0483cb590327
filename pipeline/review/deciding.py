"""What the forms of the pages send: corrections of a document, and the city of one that prints none."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import get_args

from pipeline.amounts import in_unit_of_tables
from pipeline.correcting import print_of
from pipeline.correction import Correction, CorrectionError, Decision, checked
from pipeline.corrections import decided, is_correction_file, read_file, read_or_note, write_file
from pipeline.manifest_file import write_line
from pipeline.printed import value_to_text
from pipeline.review.answer import Answer, as_json
from pipeline.review.desk import Desk
from pipeline.review.snapshot import Snapshot
from pipeline.review.writing import only_writer
from pipeline.sources import UsageError, printable
from schemas.declare import Text
from schemas.messages import say
from schemas.records import Block, Observation, record_id
from schemas.rows import Tables, rows_of

_CORRECTION = ("document", "table", "record", "field", "decision", "value", "reason", "reviewer")
_GIVEN = ("document", "municipality")


def correct(desk: Desk, body: bytes) -> Answer:
    """Write, replace or withdraw the correction that a form sends, and say in which file."""
    return _written(body, _CORRECTION, lambda said: _decide(desk, said))


def give(desk: Desk, body: bytes) -> Answer:
    """Write into the manifest which city a document is of, where it prints none, and say in which file."""
    return _written(body, _GIVEN, lambda said: _give(desk, said))


def _give(desk: Desk, said: Mapping[str, object]) -> Text:
    document = desk.snapshot().documents.get(str(said["document"]))
    if document is None or desk.manifest is None:
        raise CorrectionError(say("there is no such document in OUT; load the page again"))
    with desk.writing:
        write_line(desk.manifest, document.row.source_name, {"municipality": str(said["municipality"])})
    return say("saved in {file}; run `hyoka convert` again to apply it", file=desk.manifest.name)


def saved_for(option: str, path: Path) -> Text:
    """What is said of a file that a conversion reads where an option names its folder."""
    return say(
        "saved in {file}; `hyoka convert` with {option} {folder} applies it",
        file=path.name, option=option, folder=printable(str(path.parent)),
    )  # fmt: skip


def _written(body: bytes, names: Sequence[str], write: Callable[[Mapping[str, object]], Text]) -> Answer:
    """What a form sends, written, and what is said of it."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return as_json(HTTPStatus.BAD_REQUEST, say("the request is no JSON, or none that a form sends"))
    if not isinstance(said, dict) or any(not isinstance(said.get(name), str) for name in names):
        return as_json(HTTPStatus.BAD_REQUEST, say("expected texts for {names}", names=", ".join(names)))
    try:
        json.dumps(said, ensure_ascii=False).encode()
        return as_json(HTTPStatus.OK, write(said))
    except CorrectionError as error:
        return as_json(HTTPStatus.BAD_REQUEST, error.said)
    except UsageError as error:
        return as_json(HTTPStatus.BAD_REQUEST, Text(str(error), str(error)))
    except UnicodeEncodeError:
        return as_json(HTTPStatus.BAD_REQUEST, say("a text holds half a character"))
    except OSError as error:
        return as_json(HTTPStatus.INTERNAL_SERVER_ERROR, say("nothing was written: {why}", why=error.strerror))


def _decide(desk: Desk, said: Mapping[str, object]) -> Text:
    snapshot = desk.snapshot()
    identity = str(said["document"])
    if identity not in snapshot.documents:
        raise CorrectionError(say("there is no such document in OUT; load the page again"))
    made = None if said["decision"] == "withdraw" else _asked(snapshot, identity, said)
    key = made.key if made else (str(said["table"]), str(said["record"]), str(said["field"]))
    with desk.writing, only_writer(desk.corrections):
        kept = read_file(own) if (own := desk.corrections / f"{identity}.yaml").is_file() else ()
        if key in _decided_elsewhere(desk, identity):
            raise CorrectionError(
                say("another file of the folder, written by hand, decides this value; change it there")
            )
        if made is None:
            path = write_file(desk.corrections, identity, [c for c in kept if c.key != key])
            return say("withdrawn from {file}", file=path.name)
        path = write_file(desk.corrections, identity, decided(kept, made))
    return saved_for("--corrections", path)


def _asked(snapshot: Snapshot, identity: str, said: Mapping[str, object]) -> Correction:
    """The correction that a form asks for, with the print that the reviewer saw. Raises CorrectionError."""
    texts = {name: str(said.get(name) or "").strip() for name in (*_CORRECTION, "block")}
    decision = next((one for one in get_args(Decision) if one == texts["decision"]), None)
    values = said.get("values", {})
    if decision is None or not isinstance(values, dict) or not all(isinstance(text, str) for text in values.values()):
        raise CorrectionError(
            say(
                "decision: expected one of {values}, met {text}",
                values=", ".join((*get_args(Decision), "withdraw")), text=texts["decision"],
            )
        )  # fmt: skip
    tables = snapshot.tables[identity]
    values = {name: text.strip() for name, text in values.items()}
    if texts["table"] == "observations":
        texts["value"], values = _amounts(tables, texts, values)
    printed: str | None
    if decision == "add":  # a page tells a block by its number in the document
        numbered = {str(number): block for number, block in enumerate(rows_of(tables, Block), start=1)}
        block = numbered.get(texts["block"])
        printed, texts["block"] = (block.text, block.block_id) if block else (None, "")
    else:
        printed = print_of(tables, texts["table"], texts["record"], texts["field"])
    if printed is None:
        raise CorrectionError(say("there is no such record; load the page again"))
    made = checked(
        Correction(
            document_id=identity, source_name=snapshot.documents[identity].row.source_name, table=texts["table"],
            record=texts["record"], field=texts["field"] if decision in ("accept", "correct") else "",
            printed=printed, decision=decision, value=texts["value"] if decision == "correct" else "",
            reason=texts["reason"], reviewer=texts["reviewer"], block=texts["block"] if decision == "add" else "",
            values=tuple((name, text) for name, text in values.items() if text) if decision == "add" else (),
        )
    )  # fmt: skip
    if decision != "accept":
        return made
    record = next(row for row in tables[made.table] if record_id(row) == made.record)
    return replace(made, value=value_to_text(getattr(record, made.field)))


def _amounts(tables: Tables, texts: Mapping[str, str], values: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The value that is corrected, and what is said of an observation that is added, in the unit of the tables."""
    text, added = texts["value"], dict(values)
    if texts["field"] == "value" and text:
        units = (row.unit for row in rows_of(tables, Observation) if row.observation_id == texts["record"])
        text, _ = in_unit_of_tables(text, next(units, None) or "")
    if added.get("value"):
        added["value"], added["unit"] = in_unit_of_tables(added["value"], added.get("unit", ""))
    return text, added


def _decided_elsewhere(desk: Desk, identity: str) -> set[tuple[str, str, str]]:
    """The fields and records of a document that other files than its own decide."""
    if not desk.corrections.is_dir():
        return set()
    own = f"{identity}.yaml"
    paths = (path for path in desk.corrections.iterdir() if path.name != own and is_correction_file(path))
    found = (c for path in paths for c in read_or_note(path, []))
    return {c.key for c in found if c.document_id == identity}
