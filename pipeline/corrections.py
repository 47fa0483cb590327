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
"""

from __future__ import annotations

import datetime
import hashlib
import math
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal, TypeGuard

import yaml

from pipeline.printed import is_correctable
from pipeline.sources import UsageError, printable
from schemas.declare import Column, Value
from schemas.records import TABLES

Decision = Literal["accept", "correct"]
_DECLARED = {declaration.name: declaration for declaration in TABLES}
_DOCUMENT_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision about one field: the value that was read is accepted, or replaced by `value` (empty for null).

    `printed` is the print that the reviewer saw; `document_id` and `source_name` say of which document.
    """

    document_id: str
    source_name: str
    table: str
    record: str
    field: str
    printed: str
    decision: Decision
    value: str
    reason: str
    reviewer: str

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.table, self.record, self.field)


class CorrectionError(ValueError):
    """A correction that can apply to no document. The message says what was met and what was expected."""


_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_DEEPEST = 16
_FAR_IN = re.compile(rf"^[ ?:\t-]{{{_DEEPEST},}}", re.MULTILINE)
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""libyaml's where it is installed: of ten thousand entries it makes texts in a second, Python's own loader in eight."""

_ENTRY = tuple(field.name for field in fields(Correction))[2:]


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
        "corrections": [{name: getattr(correction, name) for name in _ENTRY} for correction in corrections],
    }
    text = yaml.dump(data, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=1_000_000)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=folder, suffix=".new", delete=False) as new:
        new.write(text)
    Path(new.name).replace(path)
    return path


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


def checked(correction: Correction) -> Correction:
    """The correction itself, where it can apply to some document. Raises CorrectionError where it cannot."""
    declaration = _DECLARED.get(correction.table)
    if declaration is None:
        raise CorrectionError(f"there is no table {correction.table!r}")
    if not is_correctable(declaration, correction.field):
        open_ = ", ".join(c.name for c in declaration.columns if is_correctable(declaration, c.name)) or "none"
        raise CorrectionError(
            f"{correction.table}.{correction.field} is not read from the page as such, so it cannot be corrected; "
            f"of this table these can: {open_}"
        )
    if correction.decision not in ("accept", "correct"):
        raise CorrectionError(f"decision: expected accept or correct, met {correction.decision!r}")
    if correction.decision == "correct":
        text_to_value(correction.value, column_of(correction.table, correction.field))
        if not correction.reason.strip():
            raise CorrectionError("reason: a corrected value needs one")
    return correction


def column_of(table_name: str, field_name: str) -> Column:
    """The declaration of a column. Raises KeyError where there is none."""
    found = [column for column in _DECLARED[table_name].columns if column.name == field_name]
    if not found:
        raise KeyError(field_name)
    return found[0]


def text_to_value(text: str, column: Column) -> Value:
    """A value as it is written in a correction, in its column's type; an empty text is null.

    Raises CorrectionError where it is none of the column's values.

    >>> text_to_value("20,000", column_of("observations", "value"))
    20000.0
    """
    text = text.strip()
    if not text:
        if not column.nullable:
            raise CorrectionError(f"value: {column.name} may not be empty")
        return None
    if column.categories and text not in column.categories:
        raise CorrectionError(f"value: expected one of {', '.join(column.categories)}, met {text!r}")
    try:
        return _parsed(text, column)
    except ValueError as error:
        raise CorrectionError(f"value: expected {_EXPECTED[column.type]}, met {text!r}") from error


_EXPECTED = {
    "string": "a text",
    "int32": "a whole number",
    "int64": "a whole number",
    "float64": "a number",
    "bool": "true or false",
    "date32": "a date as 2025-04-01",
}
_NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?")
_MOST = 2**31


def _parsed(text: str, column: Column) -> Value:
    if column.type == "string":
        return text
    if column.type == "bool":
        return {"true": True, "false": False}[text] if text in ("true", "false") else _refuse()
    if column.type == "date32":
        return datetime.date.fromisoformat(text)
    if not (text.isascii() and _NUMBER.fullmatch(text)):
        return _refuse()
    number = text.replace(",", "")
    if column.type == "float64":
        return value if math.isfinite(value := float(number)) else _refuse()
    return int(number) if abs(int(number)) < _MOST else _refuse()


def _refuse() -> Value:
    raise ValueError


def _to_correction(document: Mapping[str, object], entry: object) -> Correction:
    if not _is_mapping(entry):
        raise CorrectionError("expected a mapping with the keys " + ", ".join(_ENTRY))
    if unknown := sorted(set(entry) - {*_ENTRY, "document", "source_name"}):
        raise CorrectionError(f"unknown keys {', '.join(unknown)}; expected {', '.join(_ENTRY)}")
    if missing := [name for name in ("table", "record", "field", "printed", "decision") if name not in entry]:
        raise CorrectionError(f"no {', '.join(missing)}; expected {', '.join(_ENTRY)}")
    if "value" not in entry and entry["decision"] == "correct":
        raise CorrectionError("no value; write value: '' where none is printed")
    texts = dict(_texts({"value": "", "reason": "", "reviewer": "", **document, **entry}))
    decision: Decision = "accept" if texts["decision"] == "accept" else "correct"
    if texts["decision"] not in ("accept", "correct"):
        raise CorrectionError(f"decision: expected accept or correct, met {texts['decision']!r}")
    return checked(
        Correction(
            document_id=texts.get("document", ""), source_name=texts.get("source_name", ""), table=texts["table"],
            record=texts["record"], field=texts["field"], printed=texts["printed"], decision=decision,
            value=texts["value"], reason=texts["reason"], reviewer=texts["reviewer"],
        )
    )  # fmt: skip


def _texts(entry: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in entry.items():
        if name == "corrections":
            continue
        if not isinstance(value, str):
            raise CorrectionError(f"{name}: expected a text")
        yield name, value


def _is_mapping(data: object) -> TypeGuard[dict[str, object]]:
    return isinstance(data, dict) and all(isinstance(key, str) for key in data)
