"""Several snapshots put into one, without the sources of any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.assemble import Assembly, chosen, kept_entries
from pipeline.given_matches import matches_in_snapshot
from pipeline.run.folder import work_folder
from pipeline.run.foreign import refuse_foreign
from pipeline.run.kept import snapshot_keys
from pipeline.sources import UsageError


@dataclass(frozen=True, slots=True)
class Merged:
    """How many documents stand in the new snapshot, and how many of the old ones do not, for they stand there once."""

    documents: int
    left_out: int


def merge(outs: Sequence[Path], out: Path, keys: Sequence[str] | None = None, force: bool = False) -> Merged:
    """Write the documents of the snapshots `outs` into one in `out`; the tables are those of one run over all sources.

    Of two documents with one name, that of the later snapshot stands. Without `keys`, the layout is that of the first.
    Raises UsageError where one is no snapshot, is of another version, or `out` is not hyoka's; OSError where it cannot
    be written.
    """
    if out.exists() and not out.is_dir():
        raise UsageError(f"“{out}” is a file. Give a folder for the tables; it is made where it does not exist.")
    if not force:
        refuse_foreign(out)
    layout = snapshot_keys(outs[0]) if keys is None else tuple(keys)
    with work_folder(out) as work:
        every = [*kept_entries(outs, work)]
        entries, _ = chosen(every)
        assembly = Assembly(work, [])
        for _ in assembly.take(entries):
            pass
        assembly.write(out, layout, [one for each in outs for one in matches_in_snapshot(each)])
    return Merged(len(entries), len(every) - len(entries))
