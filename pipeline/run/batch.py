"""The order of a run: which document is converted when, and what becomes of each.

Sources are looked at in the order of their names and handed to an executor a few at a time, so that what waits does not
grow with their number. They are done in any order; who wants the order of names puts them into it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from pathlib import Path

from pipeline.document import Options
from pipeline.run.job import Job, convert_job, fail_job, plan_job
from pipeline.run.parts import Outcome, json_to_outcome, read_outcome
from pipeline.run.pool import DocumentLostError
from pipeline.sources import Source
from pipeline.summary import Repeated
from pipeline.versions import code_version

_LOOKS = 3
"""How often a file is looked at that is another one each time it is read."""

_CHANGES = (
    "this file changed, or went and came, while it was read, so nothing of it is in the tables. Convert it again when "
    "nobody writes it"
)
_LOST = "so nothing of it is in the tables; the other files are. See whether it is what it should be"


def convert_sources(
    sources: Sequence[Source], folder: Path, options: Options, executor: Executor, at_once: int, reuse: bool = False
) -> Iterator[tuple[Source, Outcome | Repeated]]:
    """Convert sources into parts in `folder`, `at_once` of them at a time, and say of each what became of it.

    A file with the same bytes as an earlier one is not converted again: its id, and every id made of it, would be the
    same. With `reuse`, nor is one whose part stands in the folder. Raises OSError where a part cannot be written.
    """
    version = code_version()
    todo = deque(sources)
    looks: dict[Source, int] = {}
    first: dict[str, Source] = {}
    repeats: dict[str, list[Source]] = {}
    waiting: dict[Future[str | None], tuple[Source, Job]] = {}
    while todo or waiting:
        while todo and len(waiting) < at_once:
            source = todo.popleft()
            looks[source] = looks.get(source, 0) + 1
            job = plan_job(source, folder, options, version)
            if first.setdefault(job.sha256, source) is not source:
                repeats.setdefault(job.sha256, []).append(source)
            elif trouble := job.trouble or (_CHANGES if looks[source] > _LOOKS else None):
                yield source, fail_job(job, trouble)
            elif outcome := _reused(job) if reuse else None:
                yield source, outcome
            else:
                waiting[executor.submit(convert_job, job)] = (source, job)
        for future in wait(waiting, return_when=FIRST_COMPLETED).done if waiting else ():
            source, job = waiting.pop(future)
            if outcome := _outcome(future, job):
                yield source, outcome
            else:  # its bytes are others now, so it may be another's repeat, and its repeats are not
                del first[job.sha256]
                todo.extendleft(reversed([source, *repeats.pop(job.sha256, [])]))
    for sha256, sources_of_it in repeats.items():
        yield from ((source, Repeated(source.name, first[sha256].name)) for source in sources_of_it)


def _reused(job: Job) -> Outcome | None:
    """What the part of an earlier run tells, where it is there and whole."""
    found = read_outcome(Path(job.folder, job.part))
    return found if found and found.is_final and found.part == job.part else None


def _outcome(future: Future[str | None], job: Job) -> Outcome | None:
    """What became of a document; None where it has to be looked at again."""
    try:
        said = future.result()
    except DocumentLostError as error:
        return fail_job(job, f"{error}, {_LOST}", is_final=error.is_final)
    return json_to_outcome(said) if said is not None else None
