"""Measure hyoka beside other readers of tables, in one run, on the same files, on one core.

    python -m benchmarks.compare --peers-python .venv-bench/bin/python

In every round each tool reads each file once, one after another, so that a slow minute of the machine falls on all of
them; a ratio is taken within a round, and the median of the rounds is told. A first round warms up and is not counted.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.progress import track

from benchmarks.documents import Sample, find_samples
from benchmarks.figures import Figure
from benchmarks.grids import Grid, Scores, score
from benchmarks.machine import describe
from benchmarks.plots import draw_comparison
from benchmarks.tools import BASE, TOOLS, Tool
from benchmarks.workers import Answer, ToolFailedError, Worker, started

RESULTS = Path(__file__).parent / "results"
TOTAL = "all"


def main() -> None:
    """Run the comparison as the command line asks, write `results/compare.*` and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="counted rounds (default: 5)")
    parser.add_argument("--only", nargs="*", metavar="TOOL", help=f"some of: {', '.join(t.name for t in TOOLS)}")
    parser.add_argument("--peers-python", type=Path, help="a Python that has what benchmarks/requirements.txt names")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder of the results")
    arguments = parser.parse_args()
    console = Console(stderr=True)
    samples = find_samples()
    tools = [tool for tool in TOOLS if not arguments.only or tool.name in arguments.only or tool.name == BASE]
    if arguments.peers_python is None:
        absent = ", ".join(tool.name for tool in tools if tool.is_peer_only)
        console.print(f"Without --peers-python these are left out: {absent}. `make bench` sets it up.")
    rounds = measure(tools, samples, arguments.rounds, arguments.peers_python, console)
    figures = list(rounds_to_figures(rounds, samples))
    arguments.out.mkdir(parents=True, exist_ok=True)
    result = {"machine": describe(), "rounds": arguments.rounds, "figures": [asdict(figure) for figure in figures]}
    (arguments.out / "compare.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    table = "\n".join(figures_to_lines(figures))
    (arguments.out / "compare.md").write_text(table + "\n")
    draw_comparison([figure for figure in figures if figure.document == TOTAL], arguments.out / "compare.svg")
    print(table)


Round = Mapping[tuple[str, str], Answer]
"""One answer for each tool and document."""


def measure(
    tools: Sequence[Tool], samples: Sequence[Sample], n_rounds: int, peers_python: Path | None, console: Console
) -> list[Round]:
    """Let every tool read every document once a round. A tool that fails is left out from there on, and named."""
    rounds: list[Round] = []
    with started(tools, peers_python) as workers:
        alive = list(workers)
        for number in track(range(n_rounds + 1), "Rounds", console=console):
            answers: dict[tuple[str, str], Answer] = {}
            for name, pdfs in [*((sample.name, [sample.pdf]) for sample in samples), (TOTAL, [s.pdf for s in samples])]:
                for worker in [worker for worker in alive if worker.tool.at_once == (name == TOTAL)]:
                    try:
                        answers[worker.tool.name, name] = worker.ask(*pdfs)
                    except ToolFailedError as error:
                        console.print(f"Left out: {error}")
                        alive.remove(worker)
            if number:
                rounds.append(answers)
    return [_of_tools(answers, alive) for answers in rounds]


def _of_tools(answers: Round, alive: Sequence[Worker]) -> Round:
    names = {worker.tool.name for worker in alive}
    return {key: answer for key, answer in answers.items() if key[0] in names}


def rounds_to_figures(rounds: Sequence[Round], samples: Sequence[Sample]) -> Iterator[Figure]:
    """The medians over the rounds: for each tool each document, and all of them together."""
    found = defaultdict[str, list[str]](list)
    for tool, document in rounds[0]:
        found[tool].append(document)
    known = {sample.name: sample for sample in samples}
    asked = {tool.name: tool for tool in TOOLS}
    for tool, documents in found.items():
        every: list[tuple[Sequence[Grid], Sequence[Grid]]] = []
        alone = [] if asked[tool].at_once else [[name] for name in documents]
        for names in [*alone, documents]:
            read = list(known) if asked[tool].at_once else names
            taken = [sum(answers[tool, name].seconds for name in names) for answers in rounds]
            base = [sum(answers[BASE, name].seconds for name in read) for answers in rounds]
            agreement: Scores | None = None
            if asked[tool].has_tables and len(names) == 1:
                pair = rounds[0][tool, names[0]].tables, known[names[0]].truth
                every.append(pair)
                agreement = score(*pair)
            elif asked[tool].has_tables:
                agreement = score([g for f, _ in every for g in f], [g for _, t in every for g in t])
            yield Figure(
                tool=tool,
                asked=asked[tool].asked,
                document=names[0] if names is not documents else TOTAL,
                pages_per_second=round(sum(known[name].n_pages for name in read) / median(taken), 2),
                ratio=round(median(b / t for b, t in zip(base, taken, strict=True)), 3),
                peak_mib=round(max(answers[tool, name].peak_mib for answers in rounds for name in names)),
                cell_f1=None if agreement is None else round(agreement.cells, 4),
                neighbour_f1=None if agreement is None else round(agreement.neighbours, 4),
            )


def figures_to_lines(figures: Sequence[Figure]) -> Iterator[str]:
    """The figures as a Markdown table, fastest first."""
    yield f"| tool | asked for | pages/s | times {BASE} | peak MiB | cell F1 | neighbour F1 |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: |"
    for figure in sorted((f for f in figures if f.document == TOTAL), key=lambda f: -f.pages_per_second):
        scores = ("–" if value is None else f"{value:.3f}" for value in (figure.cell_f1, figure.neighbour_f1))
        yield (
            f"| {figure.tool} | {figure.asked} | {figure.pages_per_second:.1f} | {figure.ratio:.2f} | "
            f"{figure.peak_mib:.0f} | {' | '.join(scores)} |"
        )


if __name__ == "__main__":
    main()
