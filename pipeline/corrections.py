"""Corrections: what a person decided about values, in text files of their own that the next conversion applies.

One YAML file per document. Each entry names a field by table, record id and column, and repeats the print that it was
made against, so that it is never applied to another print::

    document: 49cda41fdb66623c
    source_name: sheets.pdf
    corrections:
    - table: observations
      record: 49cda41fdb66623c-m3-i1-target-2025
      field: value
      printed: 約2万回
      decision: correct
      value: '20000'
      reason: the print says ten thousands
      reviewer: 佐藤
    - table: passages
      record: 49cda41fdb66623c-m3-issue-2
      printed: 第3章
      decision: remove
      reason: a heading, no issue
    - table: observations
      record: 49cda41fdb66623c-m3-i1
      block: 49cda41fdb66623c-b87
      printed: '31'
      decision: add
      values: {role: actual, fiscal_year: '2024', value: '31', unit: 件}
      reason: the cell was not read

What is removed takes along what hangs on it; measures under a removed one move to the one above it. What is added hangs
on `record` (a measure; for observations an indicator; for measures the one above, or the document) and is printed in
`block`. The id of an added record ends in its block's, so that others can be added to it: `49cda41fdb66623c-m-b87`.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TypeGuard, get_args

import yaml

from pipeline.correction import Correction, CorrectionError, Decision, checked
from pipeline.sources import UsageError, printable
from schemas.messages import say

_DOCUMENT_ID = re.compile(r"[0-9a-f]{16}")


_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_DEEPEST = 16
_FAR_IN = re.compile(rf"^[ ?:\t-]{{{_DEEPEST},}}", re.MULTILINE)
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""libyaml's where it is installed: of ten thousand entries it makes texts in a second, Python's own loader in eight."""

_ENTRY = tuple(field.name for field in fields(Correction))[2:]
_OF_RECORDS = ("block", "values")
"""What only an entry that adds a record has."""


def read_corrections(folder: Path, troubles: list[str] | None = None) -> tuple[Correction, ...]:
    """All corrections in the YAML files of a folder, in the order of the files' names.

    Raises UsageError where the folder is missing, or where an entry is malformed; the message names file and entry.
    With `troubles`, such messages are added there, and the other files are read.
    """
    if not folder.is_dir():
        raise UsageError(f"there is no folder “{printable(str(folder))}”. Give the folder of the correction files.")
    paths = [path for path in sorted(folder.iterdir()) if is_correction_file(path)]
    return tuple(
        correction
        for path in paths
        for correction in (read_file(path) if troubles is None else read_or_note(path, troubles))
    )


def read_or_note(path: Path, troubles: list[str]) -> tuple[Correction, ...]:
    """The corrections of one file; of one that is malformed none, and what is wrong with it is added to `troubles`."""
    try:
        return read_file(path)
    except (UsageError, OSError) as error:
        troubles.append(str(error))
        return ()


def settled(corrections: Sequence[Correction], troubles: list[str]) -> tuple[Correction, ...]:
    """The corrections without those that contradict each other, each of which is told in `troubles`: neither is right
    for being the last one."""
    said: dict[tuple[str, ...], set[tuple[str, str]]] = {}
    for one in corrections:
        said.setdefault((one.document_id or one.source_name, *one.key), set()).add((one.decision, one.value))
    kept = [one for one in corrections if len(said[one.document_id or one.source_name, *one.key]) == 1]
    for (document, table, record, field), values in said.items():
        if len(values) > 1:
            told = " and ".join(f"{decision} {value}".strip() for decision, value in sorted(values))
            troubles.append(
                f"the corrections of {table}.{field} of {record} ({document}) contradict each other: {told}. None of "
                "them is applied; leave one"
            )
    return tuple(kept)


def is_correction_file(path: Path) -> bool:
    """Whether a path in the folder of corrections is one of its files."""
    return path.suffix.lower() in (".yaml", ".yml") and path.is_file()


def read_file(path: Path) -> tuple[Correction, ...]:
    """The corrections of one file. Raises UsageError where it is malformed."""
    name = printable(path.name)
    try:
        # BaseLoader makes texts of all scalars: no date, number or boolean is guessed.
        text = path.read_text(encoding="utf-8-sig")
        _refuse_depth(text)
        data = yaml.load(text, Loader=_LOADER)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UsageError(f"“{name}” is no YAML file in UTF-8: {' '.join(str(error).split())}") from error
    if data in (None, ""):
        return ()
    entries = data.get("corrections") if _is_mapping(data) else None
    if not _is_mapping(data) or not isinstance(entries, list):
        raise UsageError(f"“{name}”: expected the keys document, source_name and corrections, a list of entries")
    found = []
    for number, entry in enumerate(entries, start=1):
        try:
            found.append(_to_correction(data, entry))
        except CorrectionError as error:
            raise UsageError(f"“{name}”, entry {number}: {error}") from error
    return tuple(found)


def _refuse_depth(text: str) -> None:
    """Raises YAMLError for lists in lists in lists: libyaml's loader calls itself for each, and ends the process.

    A file that is laid out as `write_file` does it has neither brackets nor lines so far in, and is not looked through.
    """
    if text.count("[") + text.count("{") <= _DEEPEST and not _FAR_IN.search(text):
        return
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise yaml.YAMLError("lists and mappings lie in each other deeper than corrections do")


def write_file(folder: Path, document_id: str, corrections: Sequence[Correction]) -> Path:
    """Write the corrections of one document, in place of its earlier file, and return the file's path.

    Without a correction the file is removed. Raises ValueError for an id that is none, UsageError where the folder is a
    link, and OSError where it cannot be written; the earlier file is then as it was.
    """
    refuse_link(folder)
    if not _DOCUMENT_ID.fullmatch(document_id):
        raise ValueError(f"{document_id!r} is no document id")
    path = folder / f"{document_id}.yaml"
    if not corrections:
        path.unlink(missing_ok=True)
        return path
    folder.mkdir(parents=True, exist_ok=True)
    data = {
        "document": document_id,
        "source_name": corrections[0].source_name,
        "corrections": [_to_entry(correction) for correction in corrections],
    }
    text = yaml.dump(data, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=1_000_000)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=folder, suffix=".new", delete=False) as new:
        new.write(text)
    Path(new.name).replace(path)
    return path


def _to_entry(correction: Correction) -> dict[str, object]:
    entry: dict[str, object] = {name: getattr(correction, name) for name in _ENTRY if name not in _OF_RECORDS}
    if correction.decision == "add":
        entry |= {"block": correction.block, "values": dict(correction.values)}
    return entry


def refuse_link(folder: Path) -> None:
    """Raise UsageError where the folder that corrections are written to is a link: what it leads to may change."""
    if folder.is_symlink():
        raise UsageError(f"“{printable(str(folder))}” is a link. Give the folder itself for the corrections.")


def unused(corrections: Iterable[Correction], read: Iterable[tuple[str, str]]) -> Iterator[str]:
    """What is said of corrections for documents that are not among the names and ids of those read, a line for each."""
    known = {text for names in read for text in names}
    left = Counter(
        one.source_name or one.document_id for one in corrections if not known & {one.document_id, one.source_name}
    )
    for document, count in left.items():
        yield f"{count} correction{'s' if count > 1 else ''} not used: {document} was not read"


def decided(corrections: Iterable[Correction], made: Correction) -> tuple[Correction, ...]:
    """The corrections with a new one in the place of an earlier one of the same field, else at the end."""
    kept = {correction.key: correction for correction in corrections}
    kept[made.key] = made
    return tuple(kept.values())


def corrections_to_digests(corrections: Sequence[Correction]) -> Iterator[tuple[str, str]]:
    """What goes into the digest of a conversion's inputs: nothing without a correction."""
    if corrections:
        yield "corrections", hashlib.sha256(repr(corrections).encode("utf-8", "backslashreplace")).hexdigest()


def _to_correction(document: Mapping[str, object], entry: object) -> Correction:
    if not _is_mapping(entry):
        raise CorrectionError(say("expected a mapping with the keys {names}", names=", ".join(_ENTRY)))
    if unknown := sorted(set(entry) - {*_ENTRY, "document", "source_name"}):
        raise CorrectionError(
            say("unknown keys {keys}; expected {names}", keys=", ".join(unknown), names=", ".join(_ENTRY))
        )
    decision = _decision(entry.get("decision", "accept"))
    needed = _NEEDED[decision]
    if missing := [name for name in needed if name not in entry]:
        if missing == ["value"]:
            raise CorrectionError(say("no value; write value: '' where none is printed"))
        raise CorrectionError(say("no {keys}; expected {names}", keys=", ".join(missing), names=", ".join(needed)))
    values = entry.get("values", {})
    if not _is_mapping(values):
        raise CorrectionError(say("values: expected a mapping of columns"))
    rest = {name: text for name, text in entry.items() if name != "values"}
    texts = dict(_texts({"field": "", "value": "", "reason": "", "reviewer": "", "block": "", **document, **rest}))
    return checked(
        Correction(
            document_id=texts.get("document", ""), source_name=texts.get("source_name", ""), table=texts["table"],
            record=texts["record"], field=texts["field"], printed=texts["printed"], decision=decision,
            value=texts["value"], reason=texts["reason"], reviewer=texts["reviewer"], block=texts["block"],
            values=tuple(_texts(values)),
        )
    )  # fmt: skip


_NEEDED: Mapping[Decision, tuple[str, ...]] = {
    "accept": ("table", "record", "field", "printed", "decision"),
    "correct": ("table", "record", "field", "printed", "decision", "value"),
    "remove": ("table", "record", "printed", "decision"),
    "add": ("table", "record", "block", "printed", "decision", "values"),
}
"""The keys that an entry needs, by its decision."""


def _decision(said: object) -> Decision:
    for decision in get_args(Decision):
        if said == decision:
            return decision  # type: ignore[no-any-return]  # one of Decision's own
    raise CorrectionError(
        say("decision: expected one of {values}, met {text}", values=", ".join(get_args(Decision)), text=said)
    )


def _texts(entry: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in entry.items():
        if name == "corrections":
            continue
        if not isinstance(value, str):
            raise CorrectionError(say("{name}: expected a text", name=name))
        yield name, value


def _is_mapping(data: object) -> TypeGuard[dict[str, object]]:
    return isinstance(data, dict) and all(isinstance(key, str) for key in data)
