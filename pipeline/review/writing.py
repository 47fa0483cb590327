"""One writer at a time in a folder of corrections, over all threads and all processes of this machine.

Who writes reads what stands there first: without this, two servers on one folder would each put back what the other
had just changed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Wait for whoever holds the folder, and hold it. It need not exist: what is locked is the folder that it lies in.

    On Windows, where a folder cannot be locked, other processes are not kept out. Raises OSError.
    """
    if sys.platform == "win32":
        yield
        return
    above = next(path for path in folder.absolute().parents if path.is_dir())
    descriptor = os.open(above, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
