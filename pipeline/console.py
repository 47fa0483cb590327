"""The terminal: where text goes, how wide it may be, and the progress bar."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

_T = TypeVar("_T")
_WIDE = 160
_LINE_EACH = 60  # seconds


def stdout_console() -> Console:
    """Standard output. Into a file or a pipe, tables are as wide as a wide screen: nothing folds them to 80 columns."""
    console = Console(soft_wrap=False)
    return console if console.is_terminal else Console(width=_WIDE, soft_wrap=False)


def with_progress(done: Iterable[_T], total: int) -> Iterator[_T]:
    """Pass on what is done, with its number, speed and the time left on standard error.

    A terminal has a bar; a file or a pipe a line each minute, so that a log of a long run says how far it is.
    """
    # pdfminer logs each oddity of a font; what matters becomes a finding, and lines in between would tear the bar.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    console = Console(stderr=True)
    if not console.is_terminal:
        yield from _with_lines(done, total)
        return
    columns = (
        BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("left:"), TimeRemainingColumn(compact=True)
    )  # fmt: skip
    with Progress(*columns, console=console, transient=True) as progress:
        yield from progress.track(done, total=total)


def _with_lines(done: Iterable[_T], total: int) -> Iterator[_T]:
    began = said = time.monotonic()
    for number, item in enumerate(done, start=1):
        yield item
        now = time.monotonic()
        if now - said >= _LINE_EACH:
            said = now
            left = (now - began) / number * (total - number)
            print(f"hyoka: {number:,} of {total:,} documents, about {left / 60:,.0f} minutes left", file=sys.stderr)
