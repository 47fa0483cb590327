"""The order of a run: which document is converted when, and what becomes of each.

Sources are looked at in the order of their names and handed to an executor a few at a time, so that what waits does not
grow with their number. They are done in any order; who wants the order of names puts them into it.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline.options import Options
from pipeline.run.job import Job, convert_job, fail_job, look_at, lose_job, plan_job
from pipeline.run.parts import Outcome, read_outcome, text_to_outcome, write_part
from pipeline.run.pool import DocumentLostError
from pipeline.sources import Source
from pipeline.summary import Repeated
from pipeline.versions import code_version
from schemas.limits import Limits
from schemas.messages import say

Result = str | bytes | None
"""What converting a job gives: the outcome as text, or the whole part where its folder is out of reach; None where the
file has to be looked at again."""

_LOOKS = 3
"""How often a file is looked at that is another one each time it is read."""

_CHANGES = say(
    "this file changed, or went and came, while it was read, so nothing of it is in the tables. Convert it again when "
    "nobody writes it"
)


@dataclass(frozen=True, slots=True)
class Means:
    """By which documents are converted: `convert` called by `executor`, `at_once` of them at a time.

    With `is_far`, the executor's machines do not see local files, whose bytes go along with each job.
    """

    executor: Executor
    at_once: int
    convert: Callable[[Job], Result] = convert_job
    is_far: bool = False


def convert_sources(
    sources: Sequence[Source], folder: Path, options: Options, means: Means, reuse: bool = False
) -> Iterator[tuple[Source, Outcome | Repeated]]:
    """Convert sources into parts in `folder`, and say of each what became of it.

    A file with the same bytes as an earlier one is not converted again: its id, and every id made of it, would be the
    same. With `reuse`, nor is one whose part stands in the folder. Raises OSError where a part cannot be written.
    """
    batch = _Batch(folder, options, means, reuse, deque(sources))
    while batch.todo or batch.seen or batch.waiting:
        batch.look()
        yield from batch.plan()
        batch.wait()
        yield from batch.collect()
    yield from batch.repeated()


@dataclass(slots=True)
class _Batch:
    """The sources of a run on their way: to be looked at, looked at, and being converted."""

    folder: Path
    options: Options
    means: Means
    reuse: bool
    todo: deque[Source]
    seen: deque[tuple[Source, Future[str]]] = field(default_factory=deque)
    waiting: dict[Future[Result], tuple[Source, Job]] = field(default_factory=dict)
    first: dict[str, Source] = field(default_factory=dict)
    """The first source with each digest."""
    repeats: dict[str, list[Source]] = field(default_factory=dict)
    vain: Counter[Source] = field(default_factory=Counter)
    """How often a source was converted in vain, since its bytes changed meanwhile."""

    @property
    def is_full(self) -> bool:
        return len(self.seen) + len(self.waiting) >= self.means.at_once

    def look(self) -> None:
        """Look at as many sources as are converted at once."""
        while self.todo and not self.is_full:
            source = self.todo.popleft()
            self.seen.append((source, _look(source, self.options.limits, self.means.executor)))

    def plan(self) -> Iterator[tuple[Source, Outcome]]:
        """Send what was looked at to be converted, in the order of names: of equal files, the first name counts."""
        version = code_version()
        while self.seen and self.seen[0][1].done():
            source, looked = self.seen.popleft()
            job = plan_job(source, looked.result(), self.folder, self.options, version)
            if self.first.setdefault(job.look.sha256, source) is not source:
                self.repeats.setdefault(job.look.sha256, []).append(source)
            elif trouble := job.look.trouble or (_CHANGES if self.vain[source] >= _LOOKS else None):
                yield source, fail_job(job, trouble)
            elif outcome := _reused(job) if self.reuse else None:
                yield source, outcome
            else:
                sent = _sent(job) if self.means.is_far else job
                self.waiting[self.means.executor.submit(self.means.convert, sent)] = (source, job)

    def wait(self) -> None:
        """Wait for the next look or document, where nothing else is to be done."""
        if (self.waiting or self.seen) and (self.is_full or not self.todo):
            awaited: list[Future[Any]] = [*self.waiting, *(looked for _, looked in [*self.seen][:1])]
            wait(awaited, return_when=FIRST_COMPLETED)

    def collect(self) -> Iterator[tuple[Source, Outcome]]:
        """What became of the documents that are done; a source whose bytes changed meanwhile is looked at again."""
        for future in [future for future in self.waiting if future.done()]:
            source, job = self.waiting.pop(future)
            if outcome := _outcome(future, job):
                yield source, outcome
            else:  # its bytes are others now, so it may be another's repeat, and its repeats are not
                del self.first[job.look.sha256]
                again = [source, *self.repeats.pop(job.look.sha256, [])]
                self.vain.update(again)
                self.todo.extendleft(reversed(again))

    def repeated(self) -> Iterator[tuple[Source, Repeated]]:
        """The sources with the bytes of an earlier one."""
        for sha256, sources in self.repeats.items():
            yield from ((source, Repeated(source.name, self.first[sha256].name)) for source in sources)


def _look(source: Source, limits: Limits, executor: Executor) -> Future[str]:
    """A look at a source: at once where it is here, and by the executor where it has to be fetched."""
    if source.url is not None:
        return executor.submit(look_at, source, limits)
    future: Future[str] = Future()
    future.set_result(look_at(source, limits))
    return future


def _sent(job: Job) -> Job:
    """A job that has the bytes of its file with it, unless every machine can fetch them."""
    if job.source.url is not None:
        return job
    try:
        return replace(job, data=job.source.path.read_bytes())
    except OSError:  # it is gone since it was looked at: whoever gets the job will say so
        return replace(job, data=b"")


def _reused(job: Job) -> Outcome | None:
    """What the part of an earlier run tells, where it is there and whole."""
    found = read_outcome(Path(job.folder, job.part))
    return found if found and found.is_final and found.part == job.part else None


def _outcome(future: Future[Result], job: Job) -> Outcome | None:
    """What became of a document; None where it has to be looked at again."""
    try:
        result = future.result()
    except DocumentLostError as error:
        return lose_job(job, error.said, error.is_final)
    if result is None:
        return None
    part = Path(job.folder, job.part)
    if isinstance(result, bytes):
        write_part(result, part)
        outcome = read_outcome(part)
    else:
        outcome = text_to_outcome(result)
    # What the process says that has read a hostile file is not taken on trust, and least of all a name of a file.
    if outcome is None or outcome.part != job.part:
        return lose_job(job, say("the process that read this file gave no sense"), is_final=True)
    return outcome
