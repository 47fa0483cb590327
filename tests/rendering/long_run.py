"""Many generated documents, printed and read back: `python -m tests.rendering.long_run`.

Every document has a number of its own and is drawn from it and the seed alone, so that one that differs comes again
with `--only NUMBER`. Exit status 1 says that some document came back otherwise than it was meant.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from tests.rendering.layouts import FORMS, LAYOUTS, Form, Printed, printed_documents, read_back

DOCUMENTS = 2000
_CHOICES = 200_000
"""Bytes to draw one document from; the largest need a fifth of them."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a run made of the documents of a layout in one form; `differing` are their numbers."""

    layout: str
    form: Form
    made: int
    differing: tuple[int, ...]
    seconds: float

    def __str__(self) -> str:
        return (
            f"{self.layout:8} {self.form:4}  {self.made:6} made  {self.made - len(self.differing):6} equal  "
            f"{len(self.differing):6} differing  {self.seconds:7.0f} s"
        )


def document_of(layout: str, form: Form, seed: int, number: int) -> Printed:
    """The document with a number. Every number is drawn by itself, where Hypothesis' own runs vary what they had."""
    draw, drawn = _drawing(layout, form)
    dice = random.Random(f"{layout} {form} {seed} {number}")
    drawn.clear()
    while not drawn:  # a draw that a filter refuses makes no document
        draw(dice.randbytes(_CHOICES))
    return drawn[0]


@cache
def _drawing(layout: str, form: Form) -> tuple[Callable[[bytes], object], list[Printed]]:
    """What draws a document from bytes, and where it puts it."""
    drawn: list[Printed] = []

    @settings(database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(printed_documents(layout, form))
    def keep(printed: Printed) -> None:
        drawn.append(printed)

    return keep.hypothesis.fuzz_one_input, drawn  # type: ignore[attr-defined]


def run(layout: str, form: Form, numbers: Iterable[int], seed: int, kept: Path | None = None) -> Iterator[Figures]:
    """The figures after each document, and the differences on standard error. `kept` is where differing files go."""
    start = time.monotonic()
    differing: list[int] = []
    for made, number in enumerate(numbers, 1):
        printed = document_of(layout, form, seed, number)
        lines = read_back(printed)
        if lines:
            differing.append(number)
            print(f"\n{layout} {form} {number} differs:", *lines[:6], sep="\n  ", file=sys.stderr)
            if kept is not None:
                (kept / f"{layout}-{seed}-{number}{Path(printed.name).suffix}").write_bytes(printed.data)
        yield Figures(layout, form, made, tuple(differing), time.monotonic() - start)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run every layout in every form, or those that are named; print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.rendering.long_run", description=__doc__)
    parser.add_argument("--documents", type=int, default=DOCUMENTS, help="how many of each layout and form")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--layout", choices=list(LAYOUTS), action="append", help="only this one; may come again")
    parser.add_argument("--form", choices=FORMS, action="append", help="only this one")
    parser.add_argument("--only", type=int, metavar="NUMBER", help="only the document with this number")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="put the files that differ there")
    given_ = parser.parse_args(arguments)
    numbers = range(given_.documents) if given_.only is None else range(given_.only, given_.only + 1)
    if given_.keep is not None:
        given_.keep.mkdir(parents=True, exist_ok=True)
    differing = 0
    for layout in given_.layout or LAYOUTS:
        for form in given_.form or FORMS:
            figures = Figures(layout, form, 0, (), 0.0)
            for figures in run(layout, form, numbers, given_.seed, given_.keep):
                if figures.made % 20 == 0:
                    print(f"\r{figures}", end="", flush=True, file=sys.stderr)
            print(f"\r{figures}", flush=True)
            differing += len(figures.differing)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
