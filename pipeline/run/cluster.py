"""The same job on many machines: Dask's scheduler and workers, through the interface of `concurrent.futures`.

Each worker reads what has a URL itself, and gets the bytes of what has a path. It converts every document in a process
of its own, within the same limits as on one machine, and gives back the part: machines need share no folder.
"""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from pipeline.run.batch import Means
from pipeline.run.job import Job, convert_job, lose_job, processor_seconds
from pipeline.run.pool import DocumentLostError, WorkerPool
from pipeline.sources import UsageError
from pipeline.versions import code_version
from schemas.limits import Limits

_WAIT = 30
"""Seconds in which a scheduler must answer, and in which its first worker must be there."""

_AHEAD = 3
"""Jobs given out for each thread of the cluster, so that none waits for the next."""

_LEAST = 16
"""Jobs given out at least: more workers may join."""


@contextmanager
def cluster(address: str) -> Iterator[Means]:
    """The workers behind a scheduler. Raises UsageError where they cannot be had, ConnectionError where they go."""
    try:
        from distributed import Client
        from distributed.scheduler import KilledWorker
    except ImportError:
        raise UsageError("--cluster needs Dask: install hyoka with its extra, as hyoka[cluster]") from None
    try:
        client = Client(address, timeout=_WAIT)
    except (OSError, ValueError) as error:
        raise UsageError(f"--cluster {address}: no scheduler answers there ({error})") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=_WAIT)
        except TimeoutError:
            raise UsageError(
                f"--cluster {address}: the scheduler has no workers. Start some with `dask worker`"
            ) from None
        threads = sum(client.nthreads().values())
        with client.get_executor(pure=False) as executor:
            try:
                yield Means(executor, max(_LEAST, _AHEAD * threads), convert_far, is_far=True)
            except CancelledError:
                raise ConnectionError(f"--cluster {address}: the scheduler went away while the run went on") from None
            except KilledWorker as error:
                raise ConnectionError(f"--cluster {address}: workers die again and again ({error})") from None
            except BaseException:
                executor.shutdown(wait=False)
                raise


def convert_far(job: Job) -> bytes | None:
    """Convert a document on this machine, and give its part; None where the file has other bytes by now.

    Raises UsageError where this worker cannot take part in the run.
    """
    if code_version() != job.version:
        raise UsageError(
            "a worker of the cluster has another hyoka, or other versions of what it needs, than the one that started "
            "this run. Install the same on every machine"
        )
    with tempfile.TemporaryDirectory(prefix="hyoka-") as folder:
        near = replace(job, folder=folder)
        try:
            if _pool(job.options.limits).submit(convert_job, near).result() is None:
                return None
        except DocumentLostError as error:
            lose_job(near, error.said, error.is_final)
        return Path(folder, near.part).read_bytes()


@cache
def _pool(limits: Limits) -> WorkerPool:
    """The processes of this worker, as many as it has threads."""
    from distributed import get_worker

    if multiprocessing.current_process().daemon:
        raise UsageError(
            "the workers of the cluster may not start processes, which keep each document within its limits. Start "
            "them with the variable DASK_DISTRIBUTED__WORKER__DAEMON=False"
        )
    return WorkerPool(get_worker().state.nthreads, limits, partial(processor_seconds, limits))
