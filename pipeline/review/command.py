"""`hyoka review`: where the pages go, and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.review.site import write_site


def write_review(out: Path, inputs: Sequence[Path], target: Path | None) -> str:
    """Write the review as files, and say what was written. Without a target it stands beside `out`.

    Raises UsageError where `out` holds no tables or an input does not exist, and OSError where nothing can be written.
    """
    folder = target or out.absolute().with_name(f"{out.absolute().name}-review")
    site = write_site(out, inputs, folder)
    hint = "" if site.pictures else "; give the sources with --in for pictures of their pages"
    return f"written: {site.index} ({site.documents} documents, {site.pictures} pictures of pages{hint})"
