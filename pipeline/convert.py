"""The main job: files in, one snapshot of the contract's tables out.

Whatever goes wrong inside one document stays there: it becomes a row and a finding, and the batch goes on.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.assemble import Assembly, Entry, chosen, kept_entries
from pipeline.columns import DECLARED
from pipeline.corrections import corrections_to_digests, unused
from pipeline.given_matches import matches_in_folders, matches_in_snapshot
from pipeline.manifest import Manifest, give
from pipeline.options import Options
from pipeline.profiles import profiles_to_digests
from pipeline.remote import RemoteFolder
from pipeline.run.batch import convert_sources
from pipeline.run.folder import PARTS, work_folder
from pipeline.run.foreign import refuse_foreign, refuse_inputs_as_output
from pipeline.run.kept import snapshot_keys
from pipeline.run.means import choose_means
from pipeline.run.parts import ID_LENGTH, Outcome
from pipeline.run.publish import fetch_parts, fetch_tables, publish_parts, publish_tables
from pipeline.sources import Input, Source, UsageError, find_inputs
from pipeline.summary import Repeated, Summary, summarise_run

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
    With `force`, tables that are not hyoka's are replaced, and a folder of inputs may be the output. With `adds`, the
    documents that stand in the output stay there; those of the same names are replaced.
    """

    workers: int = 0
    resume: bool = False
    follow_links: bool = False
    cluster: str | None = None
    force: bool = False
    adds: bool = False


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
    given = [*matches_in_folders(inputs)]
    with work_folder(out, keep_parts=way.resume) as work:  # it ends a replacement that was stopped: read nothing before
        given = [*(matches_in_snapshot(out) if way.adds else ()), *given]
        keys = _layout(out, keys) if way.adds else keys
        kept = [*kept_entries([out], work)] if way.adds else []
        parts = work / PARTS
        with choose_means(way.workers, way.cluster, options.limits) as means:
            done = convert_sources(found.sources, parts, options, means, reuse=way.resume)
            # Of each document no more is held than where its rows are, for there may be a hundred thousand.
            ended = {
                source: item.part if isinstance(item, Outcome) else item
                for source, item in (watch(done, len(found.sources)) if watch else done)
            }
        ordered = [(source.name, ended.pop(source)) for source in found.sources]
        new = [
            Entry(name, item[:ID_LENGTH], f"{PARTS}/{item}", is_new=True)
            for name, item in ordered
            if isinstance(item, str)
        ]
        entries, repeated = chosen(kept, new)
        _forget_others(parts, {entry.part for entry in new}, {entry.document_id for entry in kept})
        own = [(entry.name, entry.document_id) for entry in entries]
        digests = (*corrections_to_digests(options.corrections), *profiles_to_digests(options.profiles))
        assembly = Assembly(work, [*digests])
        summary = summarise_run(
            assembly.take(entries),
            found.ignored,
            (*(item for _, item in ordered if isinstance(item, Repeated)), *repeated),
            found.unmatched,
            tuple(unused(options.corrections, own)),
        )
        assembly.write(out, keys, given, apart=way.workers > 0)
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
        if way.adds:
            fetch_tables(out, here)
        summary = convert(inputs, here, options, watched, keys, way, manifest)
        publish_tables(here, out, {declaration.name for declaration in DECLARED})
    return summary


def _layout(out: Path, keys: Sequence[str]) -> Sequence[str]:
    """The keys of the layout that `out` is written in. Raises UsageError where others are asked for."""
    own = snapshot_keys(out)
    if keys and tuple(keys) != own:
        raise UsageError(
            f"the tables in “{out}” are {'written by ' + ', '.join(own) if own else 'whole files'}; --into goes on in "
            "their layout. Leave --partition out"
        )
    return own


def _forget_others(parts: Path, own: Collection[str], kept: Collection[str]) -> None:
    """Remove parts of documents, options and versions that this run has nothing to do with; those of documents that
    `kept` names are for another run."""
    for path in parts.iterdir():
        if f"{PARTS}/{path.name}" not in own and path.name[:ID_LENGTH] not in kept:
            path.unlink()
