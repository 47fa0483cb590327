"""Worker processes: what goes beyond a limit or dies fails alone, and everything else goes on."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from pipeline.options import Options
from pipeline.run.job import Job, Look, processor_seconds
from pipeline.run.pool import DocumentLostError, WorkerPool
from pipeline.sources import Source
from schemas.limits import Limits
from tests.pipeline.run.calls import break_down, defect, kill, kill_once, leave, no_room, number, rest, take, work

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
LIMITS = replace(Limits(), seconds=5, memory=400 * 2**20)


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(2, LIMITS) as pool:
        yield pool


def test_a_worker_goes_on_with_the_next_call(pool: WorkerPool) -> None:
    numbers = {pool.submit(number).result() for _ in range(4)}
    assert len(numbers) == 1
    assert numbers.isdisjoint({str(psutil.Process().pid)})


def test_a_worker_in_which_a_library_broke_down_is_replaced() -> None:
    """What is read next is read as it is in any other run."""
    with WorkerPool(1, LIMITS) as pool:
        before = pool.submit(number).result()
        assert pool.submit(break_down).result() == "pdfium"
        assert pool.submit(number).result() != before


def test_each_call_that_is_lost_is_lost_alone(pool: WorkerPool) -> None:
    lost = [
        (pool.submit(rest, 99), "more seconds than the limit of 5 ", True),
        (pool.submit(take, 500), "more bytes of memory than the limit of 400M ", True),
        (pool.submit(kill, signal.SIGSEGV), "ended with SIGSEGV", True),
        (pool.submit(leave), "ended with exit status 3", True),
        (pool.submit(kill, signal.SIGKILL), "ended with SIGKILL", False),
    ]
    good = [pool.submit(rest, 0.01) for _ in range(3)]
    for future, message, is_final in lost:
        with pytest.raises(DocumentLostError, match=message) as caught:
            future.result()
        assert caught.value.is_final is is_final
    assert {future.result() for future in good} == {"rested"}


def test_a_call_that_works_longer_than_what_it_is_given_is_lost_and_one_that_waits_is_not() -> None:
    with WorkerPool(1, LIMITS, allowance=lambda *_: 0.5) as pool:
        worked, waited, again = pool.submit(work, 3), pool.submit(rest, 1), pool.submit(work, 0.1)
        with pytest.raises(DocumentLostError, match="seconds of a processor, and a file of its size is given 0 "):
            worked.result()
        assert (waited.result(), again.result()) == ("rested", "worked")


def test_a_small_file_is_given_less_of_a_processor_than_a_large_one(tmp_path: Path) -> None:
    def given(size: int, limits: Limits = LIMITS) -> float:
        job = Job(Source(Path("a"), "a"), Look("0" * 64, size), "", Options(), "")
        return round(processor_seconds(limits, job), 1)

    usual = Limits()
    assert [given(size, usual) for size in (1_000, 10_000, 100_000, 10_000_000)] == [22.0, 39.5, 215.3, 600]
    assert given(1_000, replace(usual, seconds=6_000)) == 219.5
    assert processor_seconds(usual, tmp_path) == float("inf")


def test_a_call_whose_worker_is_killed_from_outside_is_made_again(pool: WorkerPool, tmp_path: Path) -> None:
    assert pool.submit(kill_once, tmp_path / "mark").result() == "alive"


def test_errors_of_the_system_keep_their_number_and_place_and_others_their_words(pool: WorkerPool) -> None:
    with pytest.raises(OSError, match="No space left") as caught:
        pool.submit(no_room, Path("there")).result()
    assert (caught.value.errno, caught.value.filename) == (28, "there")
    with pytest.raises(RuntimeError, match="ZeroDivisionError: a defect"):
        pool.submit(defect).result()


def test_a_run_that_fails_waits_for_nobody() -> None:
    began = time.monotonic()
    pool = WorkerPool(1, replace(LIMITS, seconds=60))
    running, waiting = pool.submit(rest, 50), pool.submit(rest, 50)
    while not running.running():
        time.sleep(0.01)
    pool.shutdown(cancel_futures=True)
    assert time.monotonic() - began < 30
    with pytest.raises(DocumentLostError):
        running.result()
    with pytest.raises(CancelledError):
        waiting.result()
    with pytest.raises(RuntimeError, match="closed"):
        pool.submit(number)
