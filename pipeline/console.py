"""The terminal: where text goes, how wide it may be, and the progress bar."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pipeline.sources import Source

_WIDE = 160


def stdout_console() -> Console:
    """Standard output. Into a file or a pipe, tables are as wide as a wide screen: nothing folds them to 80 columns."""
    console = Console(soft_wrap=False)
    return console if console.is_terminal else Console(width=_WIDE, soft_wrap=False)


def with_progress(sources: Sequence[Source]) -> Iterator[Source]:
    """Pass the sources on, with a progress bar on standard error where that is a terminal."""
    # pdfminer logs each oddity of a font; what matters becomes a finding, and lines in between would tear the bar.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=len(sources))
        for source in sources:
            progress.update(task, description=escape(source.name))
            yield source
            progress.advance(task)
