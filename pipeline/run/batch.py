"""The order of a run: which document is converted when, and what becomes of each.

Sources are looked at in the order of their names and handed to an executor a few at a time, so that what waits does not
grow with their number. They are done in any order; who wants the order of names puts them into it.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.document import Options
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
    version = code_version()
    todo = deque(sources)
    vain = Counter[Source]()
    first: dict[str, Source] = {}
    repeats: dict[str, list[Source]] = {}
    seen: deque[tuple[Source, Future[str]]] = deque()
    waiting: dict[Future[Result], tuple[Source, Job]] = {}
    while todo or seen or waiting:
        while todo and len(seen) + len(waiting) < means.at_once:
            source = todo.popleft()
            seen.append((source, _look(source, options.limits, means.executor)))
        # In the order of names, whichever was looked at first: of equal files, the first name counts.
        while seen and seen[0][1].done():
            source, looked = seen.popleft()
            job = plan_job(source, looked.result(), folder, options, version)
            if first.setdefault(job.look.sha256, source) is not source:
                repeats.setdefault(job.look.sha256, []).append(source)
            elif trouble := job.look.trouble or (_CHANGES if vain[source] >= _LOOKS else None):
                yield source, fail_job(job, trouble)
            elif outcome := _reused(job) if reuse else None:
                yield source, outcome
            else:
                waiting[means.executor.submit(means.convert, _sent(job) if means.is_far else job)] = (source, job)
        is_full = len(seen) + len(waiting) >= means.at_once
        if (waiting or seen) and (is_full or not todo):
            awaited: list[Future[Any]] = [*waiting, *(looked for _, looked in [*seen][:1])]
            wait(awaited, return_when=FIRST_COMPLETED)
        for future in [future for future in waiting if future.done()]:
            source, job = waiting.pop(future)
            if outcome := _outcome(future, job):
                yield source, outcome
            else:  # its bytes are others now, so it may be another's repeat, and its repeats are not
                del first[job.look.sha256]
                again = [source, *repeats.pop(job.look.sha256, [])]
                vain.update(again)
                todo.extendleft(reversed(again))
    for sha256, sources_of_it in repeats.items():
        yield from ((source, Repeated(source.name, first[sha256].name)) for source in sources_of_it)


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
