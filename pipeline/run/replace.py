"""Exchanging the tables of a snapshot as a set, so that no reader takes half of one and half of another for a whole.

The rule: `datapackage.json`, which lists every file with its digest, is taken away first and put back last. A folder
with tables and without it is being exchanged, or a run was killed while it did so; hyoka's own readers say so. What is
to be done is written down before it is begun, and the next run finishes it.

1. The new files are written to `OUT/.hyoka/new` and forced to the disk.
2. `OUT/.hyoka/replacing.json` names the files that go and the files that come. From here on there is only forward.
3. `datapackage.json` goes to `OUT/.hyoka/old`, then the other old files.
4. The new files come, `datapackage.json` last; then the note goes.

An error in step 3 or 4 that this process lives to see (another program holds a file open) puts the old files back.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipeline.sources import UsageError

MANIFEST = "datapackage.json"
NEW, OLD = "new", "old"
NOTE = "replacing.json"

_SYNCS = 4
"""Files forced to the disk at a time."""


def replace_files(out: Path, work: Path, old: Iterable[Path]) -> None:
    """Exchange the `old` files and folders of `out` for all that stands in ``work/new``. Raises OSError."""
    coming = _manifest_last(path.name for path in (work / NEW).iterdir())
    going = tuple(reversed(_manifest_last(path.name for path in old)))
    (work / OLD).mkdir()
    _sync_all((work / NEW, *(work / NEW).rglob("*")))
    _write_note(work, going, coming)
    moves = [(out / name, work / OLD / name) for name in going] + [(work / NEW / name, out / name) for name in coming]
    done: list[tuple[Path, Path]] = []
    try:
        for source, target in moves:
            source.rename(target)
            done.append((source, target))
        sync(out)
    except BaseException:
        for source, target in reversed(done):
            target.rename(source)
        (work / NOTE).unlink()
        raise
    (work / NOTE).unlink()


def is_replacing(out: Path) -> bool:
    """Whether tables are being exchanged, or a run was killed while it did so."""
    return any(out.glob(f".hyoka/{NOTE}"))


def finish_replacement(out: Path, work: Path) -> None:
    """Do what a killed run left undone. Every step may have been taken already."""
    note = json.loads((work / NOTE).read_text(encoding="utf-8"))
    going, coming = [str(name) for name in note["going"]], [str(name) for name in note["coming"]]
    (work / OLD).mkdir(exist_ok=True)
    for name in going:
        # Where it is in `old` already, what stands in `out` is the new one.
        if (out / name).exists() and not (work / OLD / name).exists():
            (out / name).rename(work / OLD / name)
    for name in coming:
        if (work / NEW / name).exists():
            (work / NEW / name).rename(out / name)
    sync(out)
    (work / NOTE).unlink()


def refuse_half(out: Path) -> None:
    """Raises UsageError while the tables in `out` are being replaced, or after a replacement was cut short."""
    if is_replacing(out):
        raise UsageError(
            f"the tables in “{out}” are being replaced, or a run was stopped while it replaced them. Wait for it to "
            "end, or run `hyoka convert` again: it finishes that first."
        )


def sync(path: Path) -> None:
    """Force a file, or the names in a folder, to the disk, where the system can."""
    if sys.platform == "win32":
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_all(paths: Iterable[Path]) -> None:
    """Force files and folders to the disk, several at a time: file systems answer those that wait together at once."""
    with ThreadPoolExecutor(_SYNCS) as threads:
        for _ in threads.map(sync, paths):
            pass


def _write_note(work: Path, going: Sequence[str], coming: Sequence[str]) -> None:
    beside = work / f"{NOTE}.new"
    beside.write_text(json.dumps({"going": going, "coming": coming}), encoding="utf-8")
    sync(beside)
    beside.replace(work / NOTE)
    sync(work)


def _manifest_last(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: (name == MANIFEST, name)))
