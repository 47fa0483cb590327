"""A run whose output is named by a URL: it is done in a folder of this machine, and its tables are put there last.

The rule of `pipeline.run.replace` holds there too: `datapackage.json` is taken away first and put back last. Parts are
put there as they come, so that a run that was killed can be resumed from another machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from pipeline.remote import RemoteFolder
from pipeline.run.folder import PARTS, WORK
from pipeline.run.parts import Outcome
from pipeline.run.replace import MANIFEST

_K = TypeVar("_K")
_T = TypeVar("_T")
_PARTS = f"{WORK}/{PARTS}"


def fetch_parts(out: RemoteFolder, folder: Path) -> None:
    """Bring the parts of an earlier run here."""
    (folder / _PARTS).mkdir(parents=True)
    for name in RemoteFolder(f"{out.url}/{_PARTS}").names():
        out.get(f"{_PARTS}/{name}", folder / _PARTS / Path(name).name)


def fetch_tables(out: RemoteFolder, folder: Path) -> None:
    """Bring the tables of an earlier run here."""
    for name in out.names():
        if not name.startswith(f"{WORK}/"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            out.get(name, folder / name)


def publish_parts(done: Iterable[tuple[_K, _T]], out: RemoteFolder, folder: Path) -> Iterator[tuple[_K, _T]]:
    """Pass on what is done, its part put there."""
    for source, found in done:
        if isinstance(found, Outcome):
            out.put(folder / _PARTS / found.part, f"{_PARTS}/{found.part}")
        yield source, found


def publish_tables(folder: Path, out: RemoteFolder, tables: Set[str]) -> None:
    """Put the tables there in place of those that are there, and take away parts that are not kept here.

    `tables` are the names of all tables: files of theirs that this run has none of are of an earlier run.
    """
    coming = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    there = [*out.names()]
    with suppress(FileNotFoundError):
        out.remove(MANIFEST)
    for name in sorted(coming - {MANIFEST}):
        if not name.startswith(f"{WORK}/"):
            out.put(folder / name, name)
    for name in there:
        table = name.split("/")[0].removesuffix(".parquet")
        if name not in coming and (table == WORK or (table in tables and name.endswith(".parquet"))):
            out.remove(name)
    out.put(folder / MANIFEST, MANIFEST)
