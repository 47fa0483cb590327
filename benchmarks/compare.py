"""Measure hyoka beside other readers of tables, in one run, on the same files, on one core.

    python -m benchmarks.compare --peers .venv-bench

In every round each tool reads each file once, one after another, so that a slow minute of the machine falls on all of
them; a ratio is one of processor time, taken within a round, and the median of the rounds is told. A first round warms
up and is not counted.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.progress import track

from benchmarks.documents import FIVE, GROUPS, TYPED, Sample, find_samples
from benchmarks.figures import TOTAL, Figure
from benchmarks.grids import Scores, score
from benchmarks.machine import describe
from benchmarks.plots import draw_comparison
from benchmarks.tools import BASE, TOOLS, Tool
from benchmarks.workers import Answer, ToolFailedError, Worker, python_of, started

RESULTS = Path(__file__).parent / "results"


def main() -> None:
    """Run the comparison as the command line asks, write `results/compare.*` and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="counted rounds (default: 5)")
    parser.add_argument("--only", nargs="*", metavar="TOOL", help=f"some of: {', '.join(t.name for t in TOOLS)}")
    parser.add_argument("--sets", nargs="*", metavar="SET", choices=GROUPS, default=GROUPS, help="some of the sets")
    parser.add_argument("--peers", type=Path, help="the folder with the environments that `make bench` sets up")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder of the results")
    arguments = parser.parse_args()
    console = Console(stderr=True)
    tools = [tool for tool in TOOLS if not arguments.only or tool.name in arguments.only or tool.name == BASE]
    if absent := [tool.name for tool in tools if python_of(tool, arguments.peers) is None]:
        console.print(f"Left out, for their environments are not set up: {', '.join(absent)}. `make bench` does it.")
    with tempfile.TemporaryDirectory() as folder:
        samples = [sample for sample in find_samples(Path(folder)) if sample.group in arguments.sets]
        figures = measure_all(tools, samples, arguments.rounds, arguments.peers, console)
    arguments.out.mkdir(parents=True, exist_ok=True)
    result = {"machine": describe(), "rounds": arguments.rounds, "figures": [asdict(figure) for figure in figures]}
    (arguments.out / "compare.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    table = "\n".join(figures_to_lines(figures))
    (arguments.out / "compare.md").write_text(table + "\n")
    draw_comparison([figure for figure in figures if figure.document == TOTAL], arguments.out / "compare.svg")
    print(table)


Round = Mapping[tuple[str, str], Answer]
"""One answer for each tool and document."""


def measure_all(
    tools: Sequence[Tool], samples: Sequence[Sample], n_rounds: int, peers: Path | None, console: Console
) -> list[Figure]:
    """The figures of every set, one set after another: a tool that fails at a file of one is asked for the next."""
    figures: list[Figure] = []
    for group in dict.fromkeys(sample.group for sample in samples):
        chosen = [sample for sample in samples if sample.group == group]
        figures += rounds_to_figures(measure(tools, chosen, n_rounds, peers, console), chosen)
    return figures


def measure(
    tools: Sequence[Tool], samples: Sequence[Sample], n_rounds: int, peers: Path | None, console: Console
) -> list[Round]:
    """Let every tool read every document once a round. A tool that fails is left out from there on, and named."""
    rounds: list[Round] = []
    with started(tools, peers) as workers:
        alive = list(workers)
        for number in track(range(n_rounds + 1), f"Rounds, {samples[0].group}", console=console):
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
    answered = {tool for tool, _ in rounds[0]}
    for tool in (tool for tool in TOOLS if tool.name in answered):
        if not tool.at_once:
            yield from (_figure(tool, [sample], rounds, sample.name) for sample in samples)
        yield _figure(tool, samples, rounds, TOTAL)


def _figure(tool: Tool, samples: Sequence[Sample], rounds: Sequence[Round], document: str) -> Figure:
    names = [TOTAL] if tool.at_once else [sample.name for sample in samples]
    taken = [sum(answers[tool.name, name].seconds for name in names) for answers in rounds]
    base = [sum(answers[BASE, sample.name].seconds for sample in samples) for answers in rounds]
    agreement = _agreement(tool, samples, rounds[0])
    return Figure(
        tool=tool.name,
        asked=tool.asked,
        group=samples[0].group,
        document=document,
        pages_per_second=round(sum(sample.n_pages for sample in samples) / median(taken), 2),
        ratio=round(median(b / t for b, t in zip(base, taken, strict=True)), 3),
        peak_mib=round(max(answers[tool.name, name].peak_mib for answers in rounds for name in names)),
        cell_f1=None if agreement is None else round(agreement.cells, 4),
        neighbour_f1=None if agreement is None else round(agreement.neighbours, 4),
    )


def _agreement(tool: Tool, samples: Sequence[Sample], answers: Round) -> Scores | None:
    """How well the tables agree with the typed ones, over all documents that have such."""
    known = [(sample.name, sample.truth) for sample in samples if sample.truth is not None]
    if not tool.has_tables or not known:
        return None
    found = [grid for name, _ in known for grid in answers[tool.name, name].tables]
    return score(found, [grid for _, truth in known for grid in truth])


def figures_to_lines(figures: Sequence[Figure]) -> Iterator[str]:
    """The figures of whole sets as a Markdown table, fastest on the five documents first."""
    totals = {(figure.tool, figure.group): figure for figure in figures if figure.document == TOTAL}
    groups = [group for group in GROUPS if any(key[1] == group for key in totals)]
    tools = {tool: totals.get((tool, FIVE), figure) for (tool, _), figure in totals.items()}
    heads = [f"{group}: times {BASE}" for group in groups]
    yield f"| tool | asked for | {' | '.join(heads)} | five: pages/s | cell F1, five / prints | peak MiB |"
    yield f"| --- | --- | {'---: | ' * len(groups)}---: | ---: | ---: |"
    for tool, figure in sorted(tools.items(), key=lambda item: -item[1].pages_per_second):
        ratios = (f"{totals[tool, group].ratio:.2f}" if (tool, group) in totals else "failed" for group in groups)
        cells = (totals[tool, group].cell_f1 if (tool, group) in totals else None for group in groups)
        scores = (
            "–" if value is None else f"{value:.3f}"
            for value, group in zip(cells, groups, strict=True)
            if group in TYPED
        )
        peak = max(totals[key].peak_mib for key in totals if key[0] == tool)
        yield (
            f"| {tool} | {figure.asked} | {' | '.join(ratios)} | {figure.pages_per_second:.1f} | "
            f"{' / '.join(scores)} | {peak:.0f} |"
        )


if __name__ == "__main__":
    main()
