"""Processes that convert documents, each within limits of time and memory.

`WorkerPool` is an executor as `concurrent.futures` has them. What the standard one does not do: a call that takes too
long, takes too much memory, or kills its process fails alone, and its process is replaced; all other calls go on.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import ParamSpec, TypeVar

import psutil

from pipeline.run.worker import READY, Answer, Call, answer_to_result, leaves_process_spent, serve
from schemas.declare import Text
from schemas.limits import Limits, over_limit
from schemas.messages import say

_P = ParamSpec("_P")
_T = TypeVar("_T")

_TICK = 0.05
"""Seconds between two looks at a working process. What allocates fast gets some 100 MB further in that time."""

_GRACE = 30
"""Seconds beyond its limit after which a worker that nobody watches any more ends itself."""

_TRIES = 3
"""How often a call is made whose worker was killed from outside: by a person, or by a system short of memory."""

_FALSE_STARTS = 3
"""So many workers in a row that end before they are ready say that none will ever be."""

_FROM_OUTSIDE = ("SIGKILL", "SIGTERM", "SIGHUP", "SIGINT")


class DocumentLostError(Exception):
    """A call came to nothing for a reason that lies in its document, or so it seems. `said` is which.

    `is_final` says that the same document would end so again.
    """

    def __init__(self, said: Text, is_final: bool = True) -> None:
        super().__init__(said.en)
        self.said = said
        self.is_final = is_final


@dataclass(slots=True)
class _Task:
    call: Call
    arguments: tuple[object, ...]
    future: Future[Answer]
    allowance: float
    tries: int = 0


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: connection.Connection
    memory: psutil.Process | None
    is_ready: bool = False
    task: _Task | None = None
    deadline: float = field(default=float("inf"))
    spent_before: float = 0.0

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class WorkerPool(Executor):
    """So many worker processes, started as there is work for them. Functions must give text or None.

    >>> with WorkerPool(1, Limits()) as pool:
    ...     pool.submit(str.upper, "a").result()
    'A'
    """

    def __init__(self, workers: int, limits: Limits, allowance: Callable[..., float] | None = None) -> None:
        """`allowance` says of a call's arguments how many seconds of a processor it may take; without it, as many as
        the limit says of time."""
        self._size = workers
        self._limits = limits
        self._allowance = allowance or (lambda *_: float("inf"))
        self._workers: list[_Worker] = []
        self._tasks: deque[_Task] = deque()
        self._lock = threading.Lock()
        self._is_closing = False
        self._false_starts = 0
        self._context = _context()
        self._bell, self._button = self._context.Pipe(duplex=False)
        self._thread = threading.Thread(target=self._supervise, name="worker pool", daemon=True)
        self._thread.start()

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Call a function in a worker. The future raises DocumentLostError where the call goes beyond a limit."""
        if kwargs:
            raise TypeError("give arguments by position")
        task = _Task(fn, args, Future(), self._allowance(*args))  # type: ignore[arg-type]  # an executor takes any function, this one fewer
        with self._lock:
            if self._is_closing:
                raise RuntimeError("the pool is closed")
            self._tasks.append(task)
        self._button.send_bytes(b".")
        return task.future  # type: ignore[return-value]

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more calls. With `cancel_futures`, those that have not ended are given up, their workers ended."""
        with self._lock:
            given_up = [*self._tasks] if cancel_futures else []
            if cancel_futures:
                self._tasks.clear()
            was_closing, self._is_closing = self._is_closing, True
        for task in given_up:
            task.future.cancel()
        if cancel_futures:
            for worker in [*self._workers]:
                worker.process.kill()
        if not was_closing:
            self._button.send_bytes(b".")
        if wait:
            self._thread.join()

    def _supervise(self) -> None:
        try:
            while self._hand_out():
                self._attend(connection.wait(self._watched(), _TICK if self._is_working() else None))
                self._enforce()
        except BaseException as error:  # a defect of this module must not leave anybody waiting
            self._give_up(error)
        finally:
            for worker in self._workers:
                worker.end()
            self._workers.clear()

    def _hand_out(self) -> bool:
        """Give tasks to idle workers, and start workers for the others. False when all is done and the pool closed."""
        with self._lock:
            idle = [worker for worker in self._workers if worker.is_ready and worker.task is None]
            given = [(worker, self._tasks.popleft()) for worker in idle[: len(self._tasks)]]
            waiting, is_closing = len(self._tasks), self._is_closing
        for worker, task in given:
            self._give(worker, task)
        starting = sum(not worker.is_ready for worker in self._workers)
        for _ in range(min(waiting - starting, self._size - len(self._workers))):
            self._workers.append(self._started())
        return not is_closing or waiting > 0 or self._is_working()

    def _give(self, worker: _Worker, task: _Task) -> None:
        if task.tries == 0 and not task.future.set_running_or_notify_cancel():
            return
        task.tries += 1
        worker.task, worker.deadline = task, time.monotonic() + self._limits.seconds
        worker.spent_before = _processor_seconds(worker)
        with suppress(BrokenPipeError):  # it has just died; its sentinel tells
            worker.pipe.send((task.call, task.arguments))

    def _started(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(  # type: ignore[attr-defined]  # every context but the base has it
            target=serve, args=(theirs, self._limits.seconds + _GRACE), daemon=True
        )
        process.start()
        theirs.close()
        with suppress(psutil.Error):
            return _Worker(process, ours, psutil.Process(process.pid))
        return _Worker(process, ours, None)

    def _watched(self) -> list[connection.Connection | int]:
        pipes: list[connection.Connection | int] = [worker.pipe for worker in self._workers]
        return [self._bell, *pipes, *(worker.process.sentinel for worker in self._workers)]

    def _is_working(self) -> bool:
        return any(worker.task is not None for worker in self._workers)

    def _attend(self, events: Sequence[object]) -> None:
        if self._bell in events:
            while self._bell.poll():
                self._bell.recv_bytes()
        for worker in [*self._workers]:
            if worker.pipe in events:
                try:
                    self._answered(worker, worker.pipe.recv_bytes())
                except (EOFError, OSError):
                    self._died(worker)
            elif worker.process.sentinel in events:
                self._died(worker)

    def _answered(self, worker: _Worker, answer: bytes) -> None:
        if answer == READY:
            worker.is_ready, self._false_starts = True, 0
            return
        task, worker.task, worker.deadline = worker.task, None, float("inf")
        if task is None:
            return
        try:
            task.future.set_result(answer_to_result(answer))
        except Exception as error:
            task.future.set_exception(error)
        # What one document leaves behind must not count against the next, nor change how it is read.
        if _rss(worker) > self._limits.memory / 2 or leaves_process_spent(answer):
            self._dismiss(worker)

    def _enforce(self) -> None:
        """End what goes beyond a limit."""
        now = time.monotonic()
        for worker in [*self._workers]:
            if worker.task is None:
                continue
            if now > worker.deadline:
                self._lose(worker, say("reading this file took {what}", what=over_limit(self._limits, "seconds")))
            elif (spent := _processor_seconds(worker) - worker.spent_before) > worker.task.allowance:
                said = say(
                    "reading this file took {spent} seconds of a processor, and a file of its size is given {given} "
                    "(--max-seconds raises it)",
                    spent=f"{spent:,.0f}",
                    given=f"{worker.task.allowance:,.0f}",
                )
                self._lose(worker, said)
            elif _rss(worker) > self._limits.memory:
                self._lose(worker, say("reading this file took {what}", what=over_limit(self._limits, "memory")))

    def _lose(self, worker: _Worker, message: Text, is_final: bool = True) -> None:
        task = worker.task
        self._dismiss(worker)
        if task is not None:
            task.future.set_exception(DocumentLostError(message, is_final))

    def _died(self, worker: _Worker) -> None:
        worker.process.join()
        cause = _exit_to_text(worker.process.exitcode)
        task = worker.task
        if task is None and not worker.is_ready:
            self._false_starts += 1
            if self._false_starts >= _FALSE_STARTS:
                raise RuntimeError(f"worker processes cannot be started: they end with {cause}")
        if task is not None and cause in _FROM_OUTSIDE and task.tries < _TRIES and not self._is_closing:
            worker.task = None
            with self._lock:
                self._tasks.appendleft(task)
            self._dismiss(worker)
            return
        self._lose(
            worker,
            say("the process that read this file ended with {how}", how=cause),
            is_final=cause not in _FROM_OUTSIDE,
        )

    def _dismiss(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.end()

    def _give_up(self, error: BaseException) -> None:
        with self._lock:
            self._is_closing = True
            tasks = [*self._tasks, *(worker.task for worker in self._workers if worker.task)]
            self._tasks.clear()
        for task in tasks:
            if not task.future.done():
                task.future.set_exception(error)


def load_early() -> None:
    """Begin to load what workers need, while this process loads what it needs itself."""
    if sys.platform != "win32":
        from multiprocessing import forkserver

        _context()
        forkserver.ensure_running()


def _context() -> BaseContext:
    """How processes are started: forked from one that has loaded everything, where there is such a thing."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipeline.run.preload"])
    return context


def _rss(worker: _Worker) -> int:
    try:
        return worker.memory.memory_info().rss if worker.memory else 0
    except psutil.Error:
        return 0


def _processor_seconds(worker: _Worker) -> float:
    """What a worker has used of the processors since it began. Unlike the clock, it does not run while others work."""
    try:
        spent = worker.memory.cpu_times() if worker.memory else None
    except psutil.Error:
        return worker.spent_before
    return spent.user + spent.system if spent else 0.0


def _exit_to_text(code: int | None) -> str:
    """How a process ended.

    >>> _exit_to_text(-11), _exit_to_text(3)
    ('SIGSEGV', 'exit status 3')
    """
    if code is not None and code < 0:
        with suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit status {code}"
