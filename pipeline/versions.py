"""What went into a snapshot, for the metadata of its files: versions and a digest, never a clock or a path."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from normalize import dictionary_version
from pipeline import __version__
from schemas.records import SCHEMA_VERSION

PARSERS = ("pdfplumber", "pdfminer.six", "pypdfium2", "pdf-oxide", "camelot-py")
DICTIONARIES = ("sudachipy", "sudachidict-core")
_OWN_FILES = (".py", ".csv", ".lark")


def snapshot_metadata(inputs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """The file metadata of a snapshot; `inputs` are the source names and SHA-256 of every file that was read.

    >>> sorted(snapshot_metadata([("a.pdf", "00ff")]))[:2]
    ['hyoka.dictionaries', 'hyoka.inputs_sha256']
    """
    return {
        "hyoka.schema_version": SCHEMA_VERSION,
        "hyoka.pipeline_version": __version__,
        "hyoka.inputs_sha256": _digest(inputs),
        "hyoka.parsers": json.dumps(_versions(PARSERS)),
        "hyoka.dictionaries": json.dumps(_versions(DICTIONARIES)),
        "hyoka.tokens": dictionary_version(),
    }


def _digest(inputs: Iterable[tuple[str, str]]) -> str:
    lines = sorted(f"{sha256}  {name}\n" for name, sha256 in inputs)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _versions(distributions: Iterable[str]) -> Mapping[str, str | None]:
    return {name: _version(name) for name in distributions}


@cache
def _version(distribution: str) -> str | None:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None


@cache
def code_version() -> str:
    """All that the rows of a document depend on beside its bytes and the options: versions, and hyoka's own files.

    The version number alone would not do: it stays the same while somebody works on a reader.
    """
    own = hashlib.sha256()
    home = Path(__file__).parents[1]
    for room in ("schemas", "extract", "normalize", "pipeline"):
        for path in sorted((home / room).rglob("*")):
            if path.suffix in _OWN_FILES:
                own.update(f"{path.relative_to(home).as_posix()}\0".encode() + path.read_bytes())
    versions = {**snapshot_metadata(()), "hyoka.code_sha256": own.hexdigest()}
    return hashlib.sha256(json.dumps(versions, sort_keys=True).encode()).hexdigest()
