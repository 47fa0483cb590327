"""Run a campaign: many broken files, each under a limit of time and memory, and a count of what became of them.

    python -m tests.fuzzing.campaign reading --inputs 200000
    python -m tests.fuzzing.campaign conversion --inputs 20000

A defect is kept as a file under --out, named by its seed and number. Exit status 1 says that there was one.
"""

from __future__ import annotations

import argparse
import json
import os
import selectors
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import IO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tests.fuzzing.inputs import make_input
from tests.fuzzing.judge import JUDGES
from tests.fuzzing.worker import Judged

PROJECT = Path(__file__).parents[2]


@dataclass(slots=True)
class Tally:
    """What became of the inputs so far."""

    kinds: Counter[str] = field(default_factory=Counter)
    defects: list[tuple[int, str]] = field(default_factory=list)
    slowest: tuple[float, int] = (0.0, -1)
    peak_mib: int = 0
    n_bytes: int = 0


@dataclass(slots=True)
class Runner:
    """A worker process, the input it is at, since when, and the part of a line that has come so far."""

    process: subprocess.Popen[bytes]
    at: int
    since: float
    is_started: bool = False
    rest: bytes = b""

    @property
    def output(self) -> IO[bytes]:
        assert self.process.stdout is not None
        return self.process.stdout

    def lines(self) -> list[bytes] | None:
        """The whole lines that have come; None where the process has ended."""
        data = os.read(self.output.fileno(), 1 << 16)
        *lines, self.rest = (self.rest + data).split(b"\n")
        return lines if data else None


def main() -> int:
    """Run what the command line asks for; 1 where an input found a defect."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=tuple(JUDGES))
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument(
        "--first", type=int, default=0, help="the number of the first input, to go on where one stopped"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seconds", type=float, default=60.0, help="the most that one input may take")
    parser.add_argument("--memory", type=int, default=4096, help="the most address space of a worker, in MiB")
    parser.add_argument("--out", type=Path, default=PROJECT / ".fuzz")
    arguments = parser.parse_args()
    began = monotonic()
    tally = Tally()
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    ) as progress:
        task = progress.add_task(f"Broken files, {arguments.target}", total=arguments.inputs)
        for kind in run(
            arguments.target,
            arguments.seed,
            range(arguments.first, arguments.first + arguments.inputs),
            tally,
            workers=arguments.workers,
            seconds=arguments.seconds,
            memory=arguments.memory,
        ):
            tally.kinds[kind] += 1
            progress.advance(task)
    keep_cases(tally, arguments.seed, arguments.out / arguments.target)
    for number, defect in tally.defects:
        print(f"input {number}: {defect}")
    print(
        json.dumps(
            {
                "target": arguments.target,
                "seed": arguments.seed,
                "first": arguments.first,
                "inputs": arguments.inputs,
                "kinds": dict(tally.kinds.most_common()),
                "defects": len(tally.defects),
                "slowest input": {"number": tally.slowest[1], "cpu_seconds": round(tally.slowest[0], 2)},
                "peak_mib": tally.peak_mib,
                "megabytes": round(tally.n_bytes / 1e6),
                "minutes": round((monotonic() - began) / 60, 1),
            }
        )
    )
    return 1 if tally.defects else 0


def run(
    target: str, seed: int, numbers: range, tally: Tally, *, workers: int, seconds: float, memory: int
) -> Iterator[str]:
    """Judge the inputs of a range, and give the kind of each. A worker that dies or hangs costs its input, no other."""

    def start(first: int) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.fuzzing.worker", target, *map(str, (seed, first, workers, memory))],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=PROJECT,
        )
        events.register(process.stdout or -1, selectors.EVENT_READ, Runner(process, first, monotonic()))

    def end(runner: Runner) -> None:
        events.unregister(runner.output)
        runner.process.kill()
        runner.process.communicate()

    with selectors.DefaultSelector() as events:
        for first in numbers[:workers]:
            start(first)
        while runners := [key.data for key in events.get_map().values()]:
            ready = {id(key.data) for key, _ in events.select(timeout=1.0)}
            for runner in runners:
                lines = runner.lines() if id(runner) in ready else []
                for line in lines or ():
                    if runner.at < numbers.stop:
                        runner.is_started, runner.at, runner.since = True, runner.at + workers, monotonic()
                        yield _count(json.loads(line), tally)
                if runner.at >= numbers.stop:
                    end(runner)
                elif lines is None or monotonic() - runner.since > seconds:
                    end(runner)
                    if not runner.is_started and lines is None:
                        raise RuntimeError("a worker cannot start; run python -m tests.fuzzing.worker to see why")
                    died = f"the process died ({runner.process.returncode})"
                    tally.defects.append((runner.at, died if lines is None else f"more than {seconds:.0f} s"))
                    yield "killed"
                    if runner.at + workers < numbers.stop:
                        start(runner.at + workers)


def _count(judged: Judged, tally: Tally) -> str:
    tally.slowest = max(tally.slowest, (judged["cpu"], judged["number"]))
    tally.peak_mib = max(tally.peak_mib, judged["peak_mib"])
    tally.n_bytes += judged["size"]
    if judged["defect"]:
        tally.defects.append((judged["number"], judged["defect"]))
    return judged["kind"]


def keep_cases(tally: Tally, seed: int, folder: Path) -> None:
    """Write the inputs that found a defect, to look at and to make smaller."""
    for number, _ in tally.defects:
        name, data = make_input(seed, number)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{seed}-{number}{Path(name).suffix}").write_bytes(data)


if __name__ == "__main__":
    sys.exit(main())
