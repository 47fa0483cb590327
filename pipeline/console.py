"""The terminal: where text goes, how wide it may be, in which language findings are, and the progress bar.

All that hyoka prints goes through here, so that nothing of a file steers the terminal (see `pipeline.visible`).
"""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TextIO, TypeVar

from rich.console import Console, ConsoleOptions, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.segment import Segment

from pipeline.visible import visible
from schemas.records import Finding

Language = Literal["ja", "en"]

_T = TypeVar("_T")
_WIDE = 160
_LINE_EACH = 60  # seconds
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The variables that name the language of messages, the first that is set (POSIX)."""


class VisibleConsole(Console):
    """A console on which no text steers the terminal; what rich itself sends (colours) does."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(visible(segment.text), segment.style)


class VisibleStream:
    """Writes data (CSV, JSON) to a stream: as it is into a file or a pipe, visible on a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(visible(text) if self._stream.isatty() else text)


def stdout_console() -> Console:
    """Standard output. Into a file or a pipe, tables are as wide as a wide screen: nothing folds them to 80 columns.

    The variable ``COLUMNS`` says how wide it is, where it is set.
    """
    console = VisibleConsole(soft_wrap=False)
    asked = os.environ.get("COLUMNS", "")
    if console.is_terminal or (asked.isdecimal() and int(asked) > 0):
        return console
    return VisibleConsole(width=_WIDE, soft_wrap=False)


def tell(*lines: str) -> None:
    """Print lines on standard output."""
    for line in lines:
        print(visible(line), flush=True)


def complain(line: str) -> None:
    """Print a line on standard error."""
    print(visible(line), file=sys.stderr, flush=True)


def language(asked: str | None = None, environment: Mapping[str, str] | None = None) -> Language:
    """The language that was asked for, else that of the locale; what is not Japanese is English.

    >>> language(None, {"LANG": "ja_JP.UTF-8"}), language("en", {"LANG": "ja_JP.UTF-8"}), language(None, {})
    ('ja', 'en', 'en')
    """
    held = os.environ if environment is None else environment
    locale = asked or next((held[name] for name in _LOCALE if held.get(name)), "")
    return "ja" if locale.lower().startswith("ja") else "en"


def message_of(finding: Finding, language: Language) -> str:
    """What a finding says, in a language; in English where it has no Japanese."""
    return (finding.message_ja if language == "ja" else None) or finding.message


def with_progress(done: Iterable[_T], total: int) -> Iterator[_T]:
    """Pass on what is done, with its number, speed and the time left on standard error.

    A terminal has a bar; a file or a pipe a line each minute, so that a log of a long run says how far it is.
    """
    quiet_libraries()
    console = Console(stderr=True)
    if not console.is_terminal:
        yield from _with_lines(done, total)
        return
    columns = (
        BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("left:"), TimeRemainingColumn(compact=True)
    )  # fmt: skip
    with Progress(*columns, console=console, transient=True) as progress:
        yield from progress.track(done, total=total)


def quiet_libraries() -> None:
    """Keep pdfminer's log, which has a line for each oddity of a font; what matters becomes a finding."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)


def _with_lines(done: Iterable[_T], total: int) -> Iterator[_T]:
    began = said = time.monotonic()
    for number, item in enumerate(done, start=1):
        yield item
        now = time.monotonic()
        if now - said >= _LINE_EACH:
            said = now
            left = (now - began) / number * (total - number)
            complain(f"hyoka: {number:,} of {total:,} documents, about {left / 60:,.0f} minutes left")
