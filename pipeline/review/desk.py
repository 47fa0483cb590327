"""What is served: the snapshot as it is on disk now, its pages, its pictures, and the decisions that wait."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from pipeline.correcting import corrections_of
from pipeline.correction import Correction
from pipeline.corrections import read_corrections
from pipeline.review.html import document_html
from pipeline.review.snapshot import Snapshot, evidence_of, load_snapshot, picture_of, second_script_of
from pipeline.run.replace import MANIFEST, refuse_half
from pipeline.snapshot import snapshot_files
from schemas.document import Document

_MOST_PICTURES = 100


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A snapshot, the files that it was read from, and what these looked like before that."""

    paths: tuple[Path, ...]
    stamp: _Stamp
    snapshot: Snapshot


_Stamp = tuple[tuple[int, int] | None, ...]


def _stamp(paths: Sequence[Path]) -> _Stamp:
    """What tells whether files are the same as before: their times and sizes; None for one that is not there."""

    def looked_at(path: Path) -> tuple[int, int] | None:
        try:
            found = path.stat()
        except OSError:
            return None
        return (found.st_mtime_ns, found.st_size)

    return tuple(map(looked_at, paths))


@dataclass(slots=True)
class Desk:
    """What is served, and where corrections go. The snapshot is read again when its files have changed.

    `manifest` takes the cities of documents that print none, `forms` holds the profiles that were learnt; `read` are
    documents as extraction gave them, for the effect of a profile's change (`learning` is held while it is looked at).
    """

    out: Path
    inputs: Sequence[Path]
    corrections: Path
    manifest: Path | None = None
    forms: Path | None = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    writing: Lock = field(default_factory=Lock)
    learning: Lock = field(default_factory=Lock)
    read: dict[str, Document] = field(default_factory=dict)
    _reading: Lock = field(default_factory=Lock)
    _loaded: _Loaded | None = None
    _drawing: Lock = field(default_factory=Lock)
    _reading_again: Lock = field(default_factory=Lock)
    _pictures: OrderedDict[tuple[str, int], bytes] = field(default_factory=OrderedDict)

    def snapshot(self) -> Snapshot:
        """The snapshot as it is on disk now."""
        with self._reading:
            refuse_half(self.out)
            if self._loaded is None or self._loaded.stamp != _stamp(self._loaded.paths):
                paths = tuple(self.out / path for files in snapshot_files(self.out) for path in files.paths)
                watched = (self.out / MANIFEST, *paths)
                self._loaded = _Loaded(watched, _stamp(watched), load_snapshot(self.out, self.inputs))
            return self._loaded.snapshot

    def picture(self, document_id: str, page: int) -> bytes | None:
        """A page's picture; the last ones that were drawn are kept."""
        key = (document_id, page)
        snapshot = self.snapshot()
        with self._drawing:  # who asks for what is being drawn waits for it, and draws it no second time
            if key not in self._pictures and (drawn := picture_of(snapshot, document_id, page)):
                self._pictures[key] = drawn
                if len(self._pictures) > _MOST_PICTURES:
                    self._pictures.popitem(last=False)
            return self._pictures.get(key)

    def warm_up(self) -> None:
        """Do once what the first page would wait for: compile the templates, load fonts and the codec of pictures."""
        snapshot = self.snapshot()
        for identity in list(snapshot.sources or snapshot.documents)[:1]:
            self.picture(identity, 1)
            for _ in self.document(identity):
                pass

    def document(self, document_id: str, may_write: bool = False) -> Iterator[str]:
        """A document's page with the decisions that wait, piece by piece.

        The first picture is drawn before the rest is laid out: it is in the first piece, and looked at first.
        """
        snapshot = self.snapshot()
        evidence = evidence_of(
            snapshot, document_id, f"../pages/{document_id}-{{}}.webp", f"../second/{document_id}.js"
        )
        by_field = {correction.key: correction for correction in self.decisions(document_id)}
        token = self.token if may_write else None
        pieces = document_html(snapshot.documents[document_id], evidence, by_field, token)

        def in_order() -> Iterator[str]:
            yield next(pieces)
            for page in list(evidence.pictures)[:1]:
                self.picture(document_id, page)
            yield from pieces

        return in_order()

    def second(self, document_id: str) -> bytes | None:
        """The script with a document's second reading; None without its source."""
        with self._reading_again:  # it takes seconds: no two at a time
            return second_script_of(self.snapshot(), document_id)

    def decisions(self, document_id: str) -> tuple[Correction, ...]:
        """The corrections of a document that stand in the folder."""
        if not self.corrections.is_dir():
            return ()
        row = self.snapshot().documents[document_id].row
        return tuple(corrections_of(row, read_corrections(self.corrections, troubles=[])))
