"""Whether this process may read another document."""

from __future__ import annotations

import sys


def process_is_spent() -> bool:
    """Whether a library broke down over a file in this process, so that it would read the next one otherwise.

    The same document gives the same bytes whatever was read before it: each PDF is read in a process of its own then,
    and who converts many ends such a process.
    """
    engine = sys.modules.get("extract.pdf.engines.oxide")  # what was never loaded did not break down
    return engine is not None and bool(engine.has_panicked())
