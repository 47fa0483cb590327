"""The main job: files in, one snapshot of the contract's tables out.

Whatever goes wrong inside one document stays there: it becomes a row and a finding, and the batch goes on.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pipeline.across import ACROSS, Families, note_family, write_across
from pipeline.columns import DECLARED
from pipeline.corrections import corrections_to_digests
from pipeline.document import Options, reference_tables
from pipeline.given import given_to_digest
from pipeline.manifest import Manifest, give
from pipeline.parquet import write_pieces
from pipeline.remote import RemoteFolder
from pipeline.run.batch import convert_sources
from pipeline.run.folder import PARTS, work_folder
from pipeline.run.foreign import refuse_foreign, refuse_inputs_as_output
from pipeline.run.means import choose_means
from pipeline.run.parts import Outcome, part_tables, read_parts
from pipeline.run.publish import fetch_parts, publish_parts, publish_tables
from pipeline.sources import Input, Source, UsageError, find_inputs
from pipeline.summary import DocumentSummary, Repeated, Summary, summarise_run
from pipeline.versions import snapshot_metadata
from schemas.arrow import records_to_table
from schemas.records import TABLES

Ended = tuple[Source, Outcome | Repeated]
"""A source, and what became of it."""

Watch = Callable[[Iterable[Ended], int], Iterable[Ended]]
"""Passes on what has ended, one by one, of so many in all: to show progress."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a run goes about it; the tables are the same whichever way.

    `workers` is the number of processes that convert; with 0 this one does, and limits of time and memory do not hold.
    With `cluster`, the address of a Dask scheduler, its workers do. With `resume`, documents that an earlier run
    converted with the same bytes and options are not converted again, and what this run converts is kept for the next.
    With `force`, tables that are not hyoka's are replaced, and a folder of inputs may be the output.
    """

    workers: int = 0
    resume: bool = False
    follow_links: bool = False
    cluster: str | None = None
    force: bool = False


def convert(
    inputs: Sequence[Input],
    out: Path | RemoteFolder,
    options: Options,
    watch: Watch | None = None,
    keys: Sequence[str] = (),
    way: Way | None = None,
    manifest: Manifest | None = None,
) -> Summary:
    """Convert files and folders into the snapshot in folder `out`, and say what happened to each document.

    With `keys`, tables are written in Hive layout. `manifest` says what is known of the files, beside what the
    manifests in the input folders say. Raises UsageError where there is nothing to start with, `out` is not
    hyoka's to write into or another run writes into it, and OSError where it cannot be written; its tables are then as
    they were.
    """
    way = way or Way()
    if isinstance(out, RemoteFolder):
        return _convert_there(inputs, out, options, watch, keys, way, manifest)
    if out.exists() and not out.is_dir():
        raise UsageError(f"“{out}” is a file. Give a folder for the tables; it is made where it does not exist.")
    if not way.force:
        refuse_inputs_as_output(inputs, out)
        refuse_foreign(out)
    found = give(find_inputs(inputs, out, way.follow_links), inputs, manifest)
    with work_folder(out, keep_parts=way.resume) as work:
        parts = work / PARTS
        with choose_means(way.workers, way.cluster, options.limits) as means:
            done = convert_sources(found.sources, parts, options, means, reuse=way.resume)
            # Of each document no more is held than where its rows are, for there may be a hundred thousand.
            ended = {
                source: item.part if isinstance(item, Outcome) else item
                for source, item in (watch(done, len(found.sources)) if watch else done)
            }
        ordered = [ended.pop(source) for source in found.sources]
        names = [item for item in ordered if isinstance(item, str)]
        _forget_others(parts, names)
        read = [*corrections_to_digests(options.corrections)]
        holding: dict[str, list[str]] = {}
        families: Families = {}
        summary = summarise_run(
            _noted(read_parts(parts, names), read, holding, families),
            found.ignored,
            (item for item in ordered if isinstance(item, Repeated)),
            found.unmatched,
        )
        for part, tables in write_across(parts, work / ACROSS, families):
            for table in tables:
                holding.setdefault(table, []).append(f"{ACROSS}/{part}")
        write_pieces(_pieces(work, holding), out, work, snapshot_metadata(read), keys)
    return summary


def _convert_there(
    inputs: Sequence[Input],
    out: RemoteFolder,
    options: Options,
    watch: Watch | None,
    keys: Sequence[str],
    way: Way,
    manifest: Manifest | None,
) -> Summary:
    """The same into a folder that is named by a URL: the work is done in a folder of this machine."""

    def watched(done: Iterable[Ended], total: int) -> Iterable[Ended]:
        return publish_parts(watch(done, total) if watch else done, out, here)

    with tempfile.TemporaryDirectory(prefix="hyoka-") as folder:
        here = Path(folder, "out")
        here.mkdir()
        if way.resume:
            fetch_parts(out, here)
        summary = convert(inputs, here, options, watched, keys, way, manifest)
        publish_tables(here, out, {declaration.name for declaration in DECLARED})
    return summary


def _noted(
    outcomes: Iterable[Outcome], read: list[tuple[str, str]], holding: dict[str, list[str]], families: Families
) -> Iterator[DocumentSummary]:
    """The summaries. On the way, the names and digests of the files are noted, which parts hold rows of a table, and
    which documents may be editions of each other."""
    for outcome in outcomes:
        summary = outcome.summary
        note_family(families, summary.row, outcome.part)
        read.append((summary.row.source_name, summary.row.sha256))
        read.extend(given_to_digest(summary.row))
        for name, count in summary.rows.items():
            if count:
                holding.setdefault(name, []).append(f"{PARTS}/{outcome.part}")
        yield summary


def _pieces(work: Path, holding: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[pa.Table]]:
    fixed = {
        declaration.name: [records_to_table(rows, declaration)]
        for declaration in TABLES
        if (rows := reference_tables().get(declaration.name))
    }
    return {**part_tables(work, holding), **fixed}


def _forget_others(parts: Path, names: Iterable[str]) -> None:
    """Remove parts of documents, options and versions that this run has nothing to do with."""
    own = {*names}
    for path in parts.iterdir():
        if path.name not in own:
            path.unlink()
