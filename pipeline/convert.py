"""The main job: files in, one snapshot of the contract's tables out.

Whatever goes wrong inside one document stays there: it becomes a row and a finding, and the batch goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

import pyarrow as pa

from pipeline.corrections import corrections_to_digests
from pipeline.document import Options, reference_tables
from pipeline.parquet import write_pieces
from pipeline.run.batch import convert_sources
from pipeline.run.folder import PARTS, work_folder
from pipeline.run.parts import Outcome, part_tables
from pipeline.run.pool import WorkerPool
from pipeline.sources import UsageError, find_inputs
from pipeline.summary import Repeated, Summary
from pipeline.versions import snapshot_metadata
from schemas.arrow import records_to_table
from schemas.records import TABLES

_T = TypeVar("_T")


class Watch(Protocol):
    """Passes on what is done, one by one, of so many in all: to show progress."""

    def __call__(self, done: Iterable[_T], total: int) -> Iterable[_T]: ...


@dataclass(frozen=True, slots=True)
class Way:
    """How a run goes about it; the tables are the same whichever way.

    `workers` is the number of processes that convert; with 0 this one does, and limits of time and memory do not hold.
    With `resume`, documents that an earlier run converted with the same bytes and options are not converted again, and
    what this run converts is kept for the next.
    """

    workers: int = 0
    resume: bool = False
    follow_links: bool = False


def convert(
    inputs: Sequence[Path],
    out: Path,
    options: Options,
    watch: Watch | None = None,
    keys: Sequence[str] = (),
    way: Way | None = None,
) -> Summary:
    """Convert files and folders into the snapshot in folder `out`, and say what happened to each document.

    With `keys`, tables are written in Hive layout. Raises UsageError where there is nothing to start with or another
    run writes into `out`, and OSError where `out` cannot be written; its tables are then as they were.
    """
    way = way or Way()
    if out.exists() and not out.is_dir():
        raise UsageError(f"“{out}” is a file. Give a folder for the tables; it is made where it does not exist.")
    found = find_inputs(inputs, out, way.follow_links)
    with work_folder(out, keep_parts=way.resume) as work:
        parts = work / PARTS
        with _executor(way.workers, options) as executor:
            done = convert_sources(
                found.sources, parts, options, executor, at_once=max(1, 2 * way.workers), reuse=way.resume
            )
            ended = dict(watch(done, len(found.sources)) if watch else done)
        ordered = [ended[source] for source in found.sources]
        outcomes = [item for item in ordered if isinstance(item, Outcome)]
        _forget_others(parts, outcomes)
        rows = [outcome.summary.row for outcome in outcomes]
        write_pieces(
            _pieces(parts, outcomes),
            out,
            work,
            snapshot_metadata(
                [*((row.source_name, row.sha256) for row in rows), *corrections_to_digests(options.corrections)]
            ),
            keys,
        )
    return Summary(
        documents=tuple(outcome.summary for outcome in outcomes),
        ignored=found.ignored,
        repeated=tuple(item for item in ordered if isinstance(item, Repeated)),
    )


class _InThisProcess(Executor):
    """Calls a function when it is submitted."""

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]  # as the class above has it
        future: Future[object] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@contextmanager
def _executor(workers: int, options: Options) -> Iterator[Executor]:
    """What converts documents. Where the run fails, calls that have not ended are given up."""
    executor = WorkerPool(workers, options.limits) if workers else _InThisProcess()
    try:
        yield executor
    except BaseException:
        executor.shutdown(cancel_futures=True)
        raise
    executor.shutdown()


def _pieces(parts: Path, outcomes: Sequence[Outcome]) -> Mapping[str, Sequence[pa.Table]]:
    fixed = {
        declaration.name: [records_to_table(rows, declaration)]
        for declaration in TABLES
        if (rows := reference_tables().get(declaration.name))
    }
    return {**part_tables(parts, outcomes), **fixed}


def _forget_others(parts: Path, outcomes: Sequence[Outcome]) -> None:
    """Remove parts of documents, options and versions that this run has nothing to do with."""
    own = {outcome.part for outcome in outcomes}
    for path in parts.iterdir():
        if path.name not in own:
            path.unlink()
