"""What a run does to one document: look at it, read it once, convert those bytes, write the part with its rows."""

from __future__ import annotations

import hashlib
import json
import stat
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from extract import few_collections, suffix_to_media_type
from pipeline.failure import failure_records
from pipeline.given import with_given
from pipeline.options import Options
from pipeline.remote import read_url
from pipeline.run.parts import Outcome, outcome_to_json, part_name, tables_to_part, write_part
from pipeline.sources import KINDS, Source
from pipeline.summary import summarise
from schemas.declare import Text
from schemas.limits import Limits, over_limit
from schemas.messages import say
from schemas.rows import Tables

_SECONDS_USUAL = Limits().seconds
_SECONDS_AT_LEAST = 20.0
_BYTES_A_SECOND = 512
"""Of a processor, a file is given 20 seconds, and 2 more for each kilobyte. The slowest of 26 real documents takes 1.5
seconds, a seventh of a second for a page. A picture of a page, whose characters are to be recognised, has 20 kB."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a source tells: the digest of its bytes, or of its name where not a byte could be read, and why
    it cannot be read at all."""

    sha256: str
    size_bytes: int
    trouble: Text | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One document to convert into a part in `folder`.

    `version` names all that rows depend on beside bytes and options. `data` are the bytes, where they go along with the
    job: to a machine that does not see the file.
    """

    source: Source
    look: Look
    folder: str
    options: Options
    version: str
    data: bytes | None = None

    @property
    def part(self) -> str:
        return part_name(
            self.look.sha256, self.source.name, (self.version, repr(self.options), repr(self.source.given))
        )


def look_at(source: Source, limits: Limits) -> str:
    """Look at a source: a `Look`, as text. Raises nothing for what is wrong with it."""
    sha256, size = "", 0
    trouble: Text | None = None
    try:
        if source.trouble:
            trouble = say("this {what}; files of these kinds are read: {kinds}", what=source.trouble, kinds=KINDS)
        elif source.url is not None:
            data = read_url(source.url)
            sha256, size = hashlib.sha256(data).hexdigest(), len(data)
        elif not stat.S_ISREG(source.path.stat().st_mode):
            trouble = say("this is no regular file; files of these kinds are read: {kinds}", kinds=KINDS)
        else:
            with source.path.open("rb") as file:
                sha256, size = hashlib.file_digest(file, "sha256").hexdigest(), file.tell()
    except OSError as error:
        trouble = say(
            "this file cannot be opened ({why}); see whether it is there and may be read",
            why=error.strerror or str(error),
        )
    if size > limits.bytes:
        trouble = say("this file has {what}; nothing of it was read", what=over_limit(limits, "bytes", size))
    return json.dumps(asdict(Look(sha256 or hashlib.sha256(source.name.encode()).hexdigest(), size, trouble)))


def plan_job(source: Source, look: str, folder: Path, options: Options, version: str) -> Job:
    """The job for a source that was looked at.

    Of the corrections, it has those that may be for this document, so that no other document waits for them.
    """
    fields = json.loads(look)
    seen = Look(**{**fields, "trouble": fields["trouble"] and Text(**fields["trouble"])})
    own = tuple(c for c in options.corrections if c.document_id == seen.sha256[:16] or c.source_name == source.name)
    return Job(source, seen, str(folder), replace(options, corrections=own), version)


def convert_job(job: Job) -> str | None:
    """Convert a document and write its part: the outcome as text, or None where the file has other bytes by now.

    Raises OSError where the part cannot be written; nothing for what is in the document.
    """
    try:
        data = job_to_bytes(job)
    except OSError:  # it is gone since it was looked at
        return None
    if hashlib.sha256(data).hexdigest() != job.look.sha256:
        return None
    from pipeline.document import convert_document  # the process that plans jobs reads no document

    began = time.monotonic()
    with few_collections():
        tables = convert_document(data, job.source.name, job.options, job.source.given)
        return outcome_to_json(_written(job, tables, seconds=time.monotonic() - began))


def job_to_bytes(job: Job) -> bytes:
    """The document's bytes, from wherever they are. Raises OSError."""
    if job.data is not None:
        return job.data
    return job.source.path.read_bytes() if job.source.url is None else read_url(job.source.url)


def fail_job(job: Job, message: Text, is_final: bool = True) -> Outcome:
    """Write the part of a document that could not be converted: it is unreadable, and a finding says why."""
    tables = failure_records(
        job.source.name,
        job.look.sha256,
        message,
        size_bytes=job.look.size_bytes,
        media_type=suffix_to_media_type(job.source.name) if job.look.size_bytes else "application/octet-stream",
    )
    return _written(job, with_given(tables, job.source.given), is_final)


def lose_job(job: Job, why: Text, is_final: bool) -> Outcome:
    """The same for one whose reading was ended from outside."""
    said = say(
        "{what}, so nothing of it is in the tables; the other files are. See whether it is what it should be", what=why
    )
    return fail_job(job, said, is_final)


def processor_seconds(limits: Limits, call: object, *_: object) -> float:
    """The seconds of a processor that a document may take: as many as the limit of time; fewer if it is small.

    A file of a few kilobytes that takes minutes is one that contains itself, whichever way. Anything but a job may take
    what it needs.
    """
    if not isinstance(call, Job) or not call.look.size_bytes:
        return float("inf")
    share = (_SECONDS_AT_LEAST + call.look.size_bytes / _BYTES_A_SECOND) / _SECONDS_USUAL
    return limits.seconds * min(1.0, share)


def _written(job: Job, tables: Tables, is_final: bool = True, seconds: float | None = None) -> Outcome:
    outcome = Outcome(job.part, summarise(tables), is_final)
    write_part(tables_to_part(tables, outcome), Path(job.folder, job.part))
    return replace(outcome, seconds=seconds)  # a part says nothing of the clock: the same document, the same bytes
