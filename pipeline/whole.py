"""Whether the files in a folder are one snapshot: what `datapackage.json` lists, and nothing else.

A reader that opens table after table could otherwise meet one of this run beside one of another, a file that was cut
short on its way, or none where there was one, and would say so by wrong numbers or by nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.run.replace import MANIFEST
from pipeline.sources import UsageError
from schemas.records import SCHEMA_VERSION

_DIGESTED = 64 * 2**20
"""Bytes up to which the digest of a file is compared whenever it is opened, at about a second for a gigabyte. Of a
larger file its size is, and its digest by `hyoka verify`."""

_ANEW = "Convert anew, or bring the whole folder again."


@dataclass(frozen=True, slots=True)
class Listed:
    """What the descriptor says of a file. A release before this one gave no size."""

    sha256: str
    size_bytes: int | None


def listed_files(out: Path) -> Mapping[str, Listed]:
    """The files that the descriptor of a snapshot lists, by their paths below its folder.

    Raises UsageError where the descriptor is not there or cannot be read, or is of a schema that this hyoka does not
    read.
    """
    path = out / MANIFEST
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        version = str(said["version"])
        found = {
            str(one["path"]): Listed(str(one["sha256"]), None if (size := one.get("size_bytes")) is None else int(size))
            for one in said["resources"]
        }
    except FileNotFoundError:
        raise UsageError(f"“{out}” has tables, but no {MANIFEST}, which says what belongs together. {_ANEW}") from None
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise UsageError(f"“{path}” is damaged, or not hyoka's. {_ANEW}") from None
    if version.partition(".")[0] != SCHEMA_VERSION.partition(".")[0]:
        raise UsageError(
            f"the tables in “{out}” are of schema version {version}, and this hyoka reads {SCHEMA_VERSION}. Convert "
            "the documents anew with this one, or read the tables with the hyoka that wrote them."
        )
    return found


def refuse_missing(out: Path, listed: Iterable[str]) -> None:
    """Raises UsageError where a file that the descriptor lists is not there."""
    if gone := [path for path in listed if not (out / path).is_file()]:
        more = f" and {len(gone) - 1} more" if len(gone) > 1 else ""
        raise UsageError(f"“{out / gone[0]}”{more} is missing from these tables. {_ANEW}")


def refuse_strangers(out: Path, listed: Mapping[str, Listed], present: Iterable[str]) -> None:
    """Raises UsageError where a file that is to be read is not the one that the descriptor lists."""
    if wrong := next(strangers(out, listed, present, _DIGESTED), None):
        raise UsageError(f"“{out / wrong}” is not of the same run as {MANIFEST} beside it: it was changed. {_ANEW}")


def strangers(
    out: Path, listed: Mapping[str, Listed], present: Iterable[str], digested: int | None = None
) -> Iterator[str]:
    """The paths of `present` files that are not those of the descriptor, by size and digest.

    With `digested`, files of more bytes are compared by their size alone.
    """
    for path in present:
        said = listed.get(path)
        size = (out / path).stat().st_size
        if said is None or said.size_bytes not in (None, size):
            yield path
        elif digested is None or size <= digested:
            with (out / path).open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != said.sha256:
                    yield path
