"""Where an export is written until it is whole: a folder beside its place, so that to put it there is one step.

An export that fails or is asked to stop takes the folder away. One that was killed cannot: the next one beside it does.
Who still writes is told by a lock of the operating system on the folder, which goes with its process.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_PREFIX = ".hyoka-export-"


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A folder on the file system of `target`, in the folder that will hold it. Raises OSError.

    Folders above `target` that had to be made are taken away again where the export fails.
    """
    made = [folder for folder in (target.parent, *target.parent.parents) if not folder.exists()]
    target.parent.mkdir(parents=True, exist_ok=True)
    for left in target.parent.glob(f"{_PREFIX}*"):
        _clear_abandoned(left)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=target.parent))
    lock = _held(folder)
    try:
        yield folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        for above in made:
            with suppress(OSError):
                above.rmdir()
        raise
    else:
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        if lock is not None:
            os.close(lock)


def _clear_abandoned(folder: Path) -> None:
    lock = _held(folder)
    if lock is not None:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _held(folder: Path) -> int | None:
    """The folder, open and locked; None where another process holds it, or where folders cannot be locked."""
    if sys.platform == "win32":
        return None
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor
