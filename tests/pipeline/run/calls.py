"""What workers are made to do in tests: functions of a module, for a worker imports what it is to call."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from extract import read_document
from tests.extract.pdf.pdf_making import panicking_pdf


def number() -> str:
    return str(os.getpid())


def break_down() -> str:
    """Read a file over which a library breaks down."""
    return str(read_document(panicking_pdf(), "broken.pdf").reader)


def rest(seconds: float) -> str:
    time.sleep(seconds)
    return "rested"


def work(seconds: float) -> str:
    began = time.process_time()
    while time.process_time() - began < seconds:
        pass
    return "worked"


def take(megabytes: int) -> str:
    taken = b"x" * (megabytes * 2**20)
    time.sleep(2)
    return str(len(taken))


def kill(number: int) -> str:
    os.kill(os.getpid(), number)
    time.sleep(5)
    return "alive"


def kill_once(mark: Path) -> str:
    """Ends the process as a system short of memory does, but only the first time."""
    if mark.exists():
        return "alive"
    mark.touch()
    return kill(signal.SIGKILL)


def leave() -> str:
    os._exit(3)


def no_room(path: Path) -> str:
    raise OSError(28, "No space left on device", str(path))


def defect() -> str:
    raise ZeroDivisionError("a defect")
