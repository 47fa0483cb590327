"""A run of `hyoka convert` from outside: how long it takes, and what its processes take of cores, memory and disk."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psutil
import pyarrow.compute as pc
import pyarrow.parquet as pq

PROJECT = Path(__file__).parents[1]
_TICK = 0.02
"""Seconds between two looks at the folder. Those at the processes take longer, so they are fewer."""
_TICKS = 10


@dataclass(frozen=True, slots=True)
class Run:
    """One run over an archive. Sizes are bytes on the disk, `parts_size` of what waits for the tables to be written.

    `seconds` are those of the clock, of which the last `merge_seconds` went into the tables; `cpu_seconds` those of all
    processes together, `others_seconds` what the rest of the machine took meanwhile. `parent_mib` is the peak of the
    process that leads, `worker_mib` that of the largest other one.
    """

    documents: int
    pages: int
    workers: int
    converted: int
    seconds: float
    merge_seconds: float
    cpu_seconds: float
    others_seconds: float
    parent_mib: float
    worker_mib: float
    input_size: int
    parts_size: int
    tables_size: int


def watch(archive: Path, pages: int, out: Path, workers: int) -> Run:
    """Convert an archive into a new folder. Raises RuntimeError where hyoka ends without tables."""
    command = [sys.executable, "-m", "pipeline", "convert", str(archive), "--out", str(out)]
    command += ["--workers", str(workers), "--resume"]
    began, busy = time.monotonic(), _busy()
    process = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    parent = psutil.Process(process.pid)
    cpu: dict[psutil.Process, float] = {}
    worker_peak, merging = 0, None
    for tick in count():
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        if ended:
            break
        if merging is None and (out / ".hyoka" / "new").exists():
            merging = time.monotonic()
        if tick % _TICKS == 0:
            for child in _children(parent):
                with suppress(psutil.Error):  # it has just ended
                    cpu[child] = sum(child.cpu_times()[:2])
                    worker_peak = max(worker_peak, child.memory_info().rss)
        time.sleep(_TICK)
    seconds, busy = time.monotonic() - began, _busy() - busy
    own = sum(cpu.values()) + usage.ru_utime + usage.ru_stime
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1) or not (out / "documents.parquet").exists():
        raise RuntimeError(f"hyoka ended with status {process.returncode}: try {' '.join(command)}")
    status_column = pq.read_table(out / "documents.parquet", columns=["status"])["status"]
    return Run(
        documents=len(status_column),
        pages=pages,
        workers=workers,
        converted=pc.sum(pc.equal(status_column, "converted")).as_py(),
        seconds=round(seconds, 2),
        merge_seconds=round(began + seconds - merging, 2) if merging else 0.0,
        cpu_seconds=round(own, 2),
        others_seconds=round(max(busy - own, 0), 2),
        parent_mib=round(usage.ru_maxrss / 1024, 1),
        worker_mib=round(worker_peak / 2**20, 1),
        input_size=_size(archive, "*.*"),
        parts_size=_size(out / ".hyoka" / "parts", "*.part"),
        tables_size=sum(path.stat().st_size for path in out.iterdir() if path.is_file()),
    )


def _children(parent: psutil.Process) -> list[psutil.Process]:
    try:
        return parent.children(recursive=True)
    except psutil.Error:
        return []


def _busy() -> float:
    """Seconds that the cores of this machine have worked."""
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - getattr(times, "iowait", 0.0))


def _size(folder: Path, pattern: str) -> int:
    return sum(path.stat().st_size for path in folder.rglob(pattern) if path.is_file())
