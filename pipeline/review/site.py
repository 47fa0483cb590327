"""The review as files: a folder that a browser opens without a server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.profiles import read_profiles
from pipeline.review.form_views import form_views
from pipeline.review.html import STATIC, document_html, form_html, index_html, static_file
from pipeline.review.snapshot import Snapshot, evidence_of, load_snapshot, picture_of, second_script_of


@dataclass(frozen=True, slots=True)
class Site:
    """What was written: the page to open, and how many documents and pictures."""

    index: Path
    documents: int
    pictures: int


def write_site(out: Path, inputs: Sequence[Path], target: Path, forms: Path | None = None) -> Site:
    """Write the review of the snapshot in `out` to the folder `target`, in place of an earlier one,
    with a page for each of the profiles in `forms`.

    Raises UsageError where `out` holds no tables or an input does not exist, and OSError where nothing can be written.
    """
    snapshot = load_snapshot(out, inputs)
    (target / "static").mkdir(parents=True, exist_ok=True)
    (target / "documents").mkdir(exist_ok=True)
    for name in STATIC:
        (target / "static" / name).write_bytes(static_file(name))
    index = target / "index.html"
    learnt = form_views(snapshot.tables, read_profiles(forms)) if forms is not None else ()
    index.write_text(index_html(tuple(snapshot.documents.values()), snapshot.charts, None, learnt), encoding="utf-8")
    for form in learnt:
        (target / "forms").mkdir(exist_ok=True)
        (target / "forms" / f"{form.name}.html").write_text(form_html(form, None), encoding="utf-8")
    pictures = sum(_write_document(snapshot, identity, target) for identity in snapshot.documents)
    return Site(index, len(snapshot.documents), pictures)


def _write_document(snapshot: Snapshot, identity: str, target: Path) -> int:
    evidence = evidence_of(snapshot, identity, f"../pages/{identity}-{{}}.webp", f"../second/{identity}.js")
    written = 0
    for page in evidence.pictures:
        if picture := picture_of(snapshot, identity, page):
            (target / "pages").mkdir(exist_ok=True)
            (target / "pages" / f"{identity}-{page}.webp").write_bytes(picture)
            written += 1
    if evidence.second and (script := second_script_of(snapshot, identity)):
        (target / "second").mkdir(exist_ok=True)
        (target / "second" / f"{identity}.js").write_bytes(script)
    html = "".join(document_html(snapshot.documents[identity], evidence, {}, None))
    (target / "documents" / f"{identity}.html").write_text(html, encoding="utf-8")
    return written
