"""By which means a run converts: in this process, in workers of this machine, or on a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import ParamSpec, TypeVar

from pipeline.run.batch import Means
from pipeline.run.job import processor_seconds
from pipeline.run.pool import WorkerPool
from schemas.limits import Limits

_P = ParamSpec("_P")
_T = TypeVar("_T")


def choose_means(workers: int, cluster_address: str | None, limits: Limits) -> AbstractContextManager[Means]:
    """The means for a run; where the run fails, what has not ended is given up. `workers` is 0 for this process."""
    if cluster_address is not None:
        from pipeline.run.cluster import cluster

        return cluster(cluster_address)
    return _workers(workers, limits) if workers else _here()


@contextmanager
def _workers(count: int, limits: Limits) -> Iterator[Means]:
    pool = WorkerPool(count, limits, partial(processor_seconds, limits))
    try:
        yield Means(pool, at_once=2 * count)
    except BaseException:
        pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown()


@contextmanager
def _here() -> Iterator[Means]:
    yield Means(InThisProcess(), at_once=1)


class InThisProcess(Executor):
    """Calls a function when it is submitted."""

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        future: Future[_T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future
