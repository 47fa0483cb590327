"""What a run does to one document: read it once, convert those bytes, write the part that holds its rows."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass, replace
from pathlib import Path

from extract.read import suffix_to_media_type
from pipeline.document import Options, convert_document
from pipeline.failure import failure_records
from pipeline.run.parts import Outcome, outcome_to_json, part_name, tables_to_part, write_part
from pipeline.sources import KINDS, Source
from pipeline.summary import summarise
from schemas.limits import over_limit
from schemas.validate import Tables


@dataclass(frozen=True, slots=True)
class Job:
    """One document to convert. `sha256` is that of its bytes when the run looked at them, or of its name where not a
    byte could be read; `trouble` then says why. `version` names all that rows depend on beside bytes and options."""

    path: str
    name: str
    sha256: str
    size_bytes: int
    folder: str
    options: Options
    version: str
    trouble: str | None = None

    @property
    def part(self) -> str:
        return part_name(self.sha256, self.name, (self.version, repr(self.options)))


def plan_job(source: Source, folder: Path, options: Options, version: str) -> Job:
    """Look at a source: its digest, its size, and whether it can be read at all.

    Of the corrections, the job has those that may be for this document, so that no other document waits for them.
    """
    trouble = f"this {source.trouble}; files of these kinds are read: {KINDS}" if source.trouble else None
    sha256, size = hashlib.sha256(source.name.encode()).hexdigest(), 0
    if trouble is None:
        try:
            found = source.path.stat()
            if not stat.S_ISREG(found.st_mode):
                trouble = f"this is no regular file; files of these kinds are read: {KINDS}"
            else:
                with source.path.open("rb") as file:
                    sha256, size = hashlib.file_digest(file, "sha256").hexdigest(), file.tell()
                if size > options.limits.bytes:
                    trouble = f"this file has {over_limit(options.limits, 'bytes', size)}; nothing of it was read"
        except OSError as error:
            trouble = f"this file cannot be opened ({error.strerror}); see whether it is there and may be read"
    own = tuple(c for c in options.corrections if c.document_id == sha256[:16] or c.source_name == source.name)
    return Job(
        str(source.path), source.name, sha256, size, str(folder), replace(options, corrections=own), version, trouble
    )


def convert_job(job: Job) -> str | None:
    """Convert a document and write its part: the outcome as text, or None where the file has other bytes by now.

    Raises OSError where the part cannot be written; nothing for what is in the document.
    """
    try:
        data = Path(job.path).read_bytes()
    except OSError:  # it is gone since it was looked at
        return None
    if hashlib.sha256(data).hexdigest() != job.sha256:
        return None
    return outcome_to_json(_written(job, convert_document(data, job.name, job.options)))


def fail_job(job: Job, message: str, observed: str | None = None, is_final: bool = True) -> Outcome:
    """Write the part of a document that could not be converted: it is unreadable, and a finding says why."""
    tables = failure_records(
        job.name,
        job.sha256,
        message,
        size_bytes=job.size_bytes,
        media_type=suffix_to_media_type(job.name) if job.size_bytes else "application/octet-stream",
        observed=observed,
    )
    return _written(job, tables, is_final)


def _written(job: Job, tables: Tables, is_final: bool = True) -> Outcome:
    outcome = Outcome(job.part, summarise(tables), is_final)
    write_part(tables_to_part(tables, outcome), Path(job.folder, job.part))
    return outcome
