"""The work folder of a run, `OUT/.hyoka`: one run at a time holds it, and a run that was killed leaves nothing in it
that stops the next one.

Who holds it is told by a lock of the operating system on a file in it: when a process ends, however it ends, its locks
are gone. The file itself says nothing.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from pipeline.run.replace import finish_replacement, is_replacing
from pipeline.sources import UsageError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

WORK = ".hyoka"
PARTS = "parts"
_LOCK = "lock"
_TRIES = 100


@contextmanager
def work_folder(out: Path, keep_parts: bool = False) -> Iterator[Path]:
    """Make and hold the work folder of an output; what an earlier, killed run began to replace is finished first.

    At the end the folder goes, its parts too: they stay where the run failed, or with `keep_parts`. Raises UsageError
    where another run holds the folder, and OSError where it cannot be written.
    """
    made = not out.exists()
    out.mkdir(parents=True, exist_ok=True)
    lock = _held(out)
    work = out / WORK
    is_done = False
    try:
        if is_replacing(out):
            finish_replacement(out, work)
        _clear(work, but=(_LOCK, PARTS))
        (work / PARTS).mkdir(exist_ok=True)
        yield work
        is_done = True
    finally:
        # What cannot be cleared away is cleared by the next run; it must not hide what went wrong in this one.
        with suppress(OSError):
            if not is_replacing(out):  # what is half replaced is finished by the next run, which needs it all
                _clear(work, but=(_LOCK, *(() if is_done and not keep_parts else (PARTS,))))
            _remove_if_empty(work / PARTS)
            _release(lock, work / _LOCK)
            _remove_if_empty(work)
            if made:
                _remove_if_empty(out)
        lock.close()


def _held(out: Path) -> IO[bytes]:
    """The lock file, open and locked. A run that ends removes the file: what was locked must be what stands there."""
    path = out / WORK / _LOCK
    for _ in range(_TRIES):
        path.parent.mkdir(exist_ok=True)
        try:
            file = path.open("ab")
        except FileNotFoundError:  # a run that ends took the folder away just now
            continue
        try:
            _lock(file)
            if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                return file
        except FileNotFoundError:
            pass
        except OSError as error:
            file.close()
            if error.errno in (errno.EACCES, errno.EAGAIN):
                raise UsageError(
                    f"another run writes into “{out}” at this moment. Wait until it ends, or give another OUT."
                ) from None
            raise
        file.close()
    raise UsageError(f"“{out}” cannot be held: other runs end in it again and again. Start this one again.")


def _lock(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _release(lock: IO[bytes], path: Path) -> None:
    if sys.platform == "win32":  # an open file cannot be removed there
        lock.close()
    path.unlink(missing_ok=True)


def _clear(work: Path, but: tuple[str, ...]) -> None:
    for path in work.iterdir():
        if path.name in but:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()
