"""Measure how time and memory grow with the number of documents, what a second worker gives, and what a page costs.

    python -m benchmarks.growth

The documents are made of our own (see `benchmarks.archives`), most of them text, every 20th a PDF. Each number is run
`--rounds` times, the largest once, in turn, so that a slow minute falls on all; the run with the median time is told.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, median_low

from rich.console import Console

from benchmarks.archives import make_archive
from benchmarks.machine import describe
from benchmarks.plots import draw_growth
from benchmarks.watching import PROJECT, Run, watch

RESULTS = Path(__file__).parent / "results"
COUNTS = (10, 100, 1_000, 4_000, 10_000)
"""Numbers of documents. From 4,000 on large tables have had a full row group: what grows then is of each document."""

PDF_EACH = 20
"""In a mixed archive every so many-th document is a PDF."""


@dataclass(frozen=True, slots=True)
class Growth:
    """What is measured: a run for each number of documents, pairs of one worker and two, and one over PDFs alone.

    `note` is what whoever measured has to say of it.
    """

    runs: Sequence[Run]
    pairs: Sequence[tuple[Run, Run]]
    pdfs: Run
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """The largest run held against the one before it. 1.0 is linear: each further document takes as long as before."""

    seconds: float
    cpu_seconds: float
    parent_mib: float


def main() -> None:
    """Run what the command line asks, write `results/growth.*` and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counts", type=int, nargs="+", default=COUNTS, help="numbers of documents")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each number but the largest (default: 3)")
    parser.add_argument("--pair", type=int, default=1000, help="documents for one worker against two (default: 1000)")
    parser.add_argument("--pdfs", type=int, default=200, help="documents of the run over PDFs alone (default: 200)")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder of the results")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hyoka-growth-") as folder:
        growth = measure(arguments.counts, arguments.rounds, arguments.pair, arguments.pdfs, Path(folder))
    arguments.out.mkdir(parents=True, exist_ok=True)
    result = {"machine": describe(), "commit": _commit(), "pdf_each": PDF_EACH, **asdict(growth)}
    (arguments.out / "growth.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    text = "\n".join(growth_to_lines(growth))
    (arguments.out / "growth.md").write_text(text + "\n")
    draw_growth(growth.runs, arguments.out / "growth.svg")
    print(text)


def read_growth(path: Path) -> Growth:
    """What `main` wrote. Raises OSError where it is not there."""
    said = json.loads(path.read_text(encoding="utf-8"))
    runs, pairs = [Run(**run) for run in said["runs"]], [(Run(**one), Run(**two)) for one, two in said["pairs"]]
    return Growth(runs, pairs, Run(**said["pdfs"]), said["note"])


def measure(counts: Sequence[int], rounds: int, pair: int, pdfs: int, folder: Path) -> Growth:
    """Make the archives below `folder` and run over each."""
    console = Console(stderr=True)
    cores = len(os.sched_getaffinity(0))

    def run(count: int, pdf_each: int, workers: int) -> Run:
        archive, out = folder / f"{count}-{pdf_each}", folder / "out"
        pages = make_archive(archive, count, pdf_each)
        try:
            found = watch(archive, pages, out, workers)
        finally:
            shutil.rmtree(out, ignore_errors=True)
        console.print(
            f"{count:,} documents, {workers} workers: {found.seconds:.1f} s, {found.cpu_seconds:.1f} s of CPU"
        )
        return found

    small, largest = sorted(counts)[:-1], max(counts)
    pairs = [(run(pair, PDF_EACH, 1), run(pair, PDF_EACH, 2)) for _ in range(rounds)]
    alone = _middle([run(pdfs, 1, cores) for _ in range(rounds)])
    seen = [[run(count, PDF_EACH, cores) for count in small] for _ in range(rounds)]
    return Growth([*map(_middle, zip(*seen, strict=True)), run(largest, PDF_EACH, cores)], pairs, alone)


def _middle(runs: Sequence[Run]) -> Run:
    seconds = median_low(run.seconds for run in runs)
    return next(run for run in runs if run.seconds == seconds)


def runs_to_fit(runs: Sequence[Run]) -> Fit:
    """How the two largest runs stand to each other."""
    before, last = runs[-2:]
    further = last.documents - before.documents
    return Fit(
        seconds=(last.seconds - before.seconds) / further / (before.seconds / before.documents),
        cpu_seconds=(last.cpu_seconds - before.cpu_seconds) / further / (before.cpu_seconds / before.documents),
        parent_mib=last.parent_mib / before.parent_mib,
    )


def pairs_to_ratio(pairs: Sequence[tuple[Run, Run]]) -> float:
    """How often as fast two workers are as one: the median over the pairs."""
    return median(one.seconds / two.seconds for one, two in pairs)


def growth_to_lines(growth: Growth) -> Iterator[str]:
    """What was measured, as Markdown."""
    heads = "documents", "pages", "converted", "s", "of it tables", "CPU s", "CPU ms a document", "CPU s of others"
    yield f"| {' | '.join(heads)} | parent MiB | worker MiB |"
    yield "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for run in (*growth.runs, growth.pdfs):
        yield (
            f"| {run.documents:,}{' (PDF alone)' if run is growth.pdfs else ''} | {run.pages:,} | {run.converted:,} | "
            f"{run.seconds:.1f} | {run.merge_seconds:.1f} | {run.cpu_seconds:.1f} | "
            f"{1000 * run.cpu_seconds / run.documents:.0f} | {run.others_seconds:.1f} | "
            f"{run.parent_mib:.0f} | {run.worker_mib:.0f} |"
        )
    fit = runs_to_fit(growth.runs)
    before, last = growth.runs[-2:]
    yield ""
    yield (
        f"Each document beyond the {before.documents:,}th, up to the {last.documents:,}th, took {fit.seconds:.2f} "
        f"times the time and {fit.cpu_seconds:.2f} times the CPU time of one of the first {before.documents:,}: "
        f"{'within' if abs(fit.cpu_seconds - 1) <= 0.1 else 'not within'} 10 % of linear by CPU time, "
        f"{'within' if abs(fit.seconds - 1) <= 0.1 else 'not within'} by the clock. "
        f"The parent's peak was {fit.parent_mib:.2f} times as high."
    )
    yield ""
    one, two = growth.pairs[0]
    yield (
        f"Two workers were {pairs_to_ratio(growth.pairs):.2f} times as fast as one over {one.documents:,} documents "
        f"(median of {len(growth.pairs)}; first {one.seconds:.1f} s and {two.seconds:.1f} s, while the rest of the "
        f"machine worked for {one.others_seconds:.1f} s and {two.others_seconds:.1f} s)."
    )
    if growth.note:
        yield ""
        yield growth.note


def _commit() -> str:
    said = subprocess.run(["git", "rev-parse", "HEAD"], cwd=PROJECT, capture_output=True, text=True, check=False)
    return said.stdout.strip()


if __name__ == "__main__":
    main()
