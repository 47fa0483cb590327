"""Run a campaign: many broken files, each under a limit of time and memory, and a count of what became of them.

    python -m tests.fuzzing.campaign reading --inputs 200000
    python -m tests.fuzzing.campaign conversion --inputs 20000

It runs in ranges and writes a line about each into --out, in JSON. One that is ended (Ctrl-C, SIGTERM) counts as far as
it came, and goes on with --first. The time of an input is that of the processor: a busy machine makes no file slow.
A defect is kept as a file, named by its seed and number. Exit status 1 says that there was one.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import IO

import psutil
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from schemas.limits import Limits
from tests.fuzzing.inputs import make_input
from tests.fuzzing.judge import JUDGES
from tests.fuzzing.worker import Judged

INPUTS = {"reading": 200_000, "conversion": 20_000}
"""How many broken files the campaign has."""

_PATIENCE = 30
"""How many times its limit an input may take by the clock, on a machine with much else to do."""

PROJECT = Path(__file__).parents[2]


@dataclass(slots=True)
class Tally:
    """What became of the inputs so far."""

    kinds: Counter[str] = field(default_factory=Counter)
    bases: Counter[str] = field(default_factory=Counter)
    mutations: Counter[str] = field(default_factory=Counter)
    defects: list[tuple[int, str]] = field(default_factory=list)
    slowest: tuple[float, int] = (0.0, -1)
    peak_mib: int = 0
    n_bytes: int = 0
    cpu_seconds: float = 0.0


@dataclass(slots=True)
class Runner:
    """A worker process, the input it is at, since when, and the part of a line that has come so far.

    `since` is the time of the clock, `spent` what the processor had spent on the process by then, both in seconds.
    """

    process: subprocess.Popen[bytes]
    at: int
    since: float
    spent: float = 0.0
    is_started: bool = False
    rest: bytes = b""

    @property
    def output(self) -> IO[bytes]:
        assert self.process.stdout is not None
        return self.process.stdout

    def takes_more_than(self, seconds: float) -> bool:
        """Whether its input takes more of the processor, or hangs without taking any."""
        try:
            spent = _spent(self.process.pid)
        except psutil.Error:
            return False  # it died; the end of its output tells
        return spent - self.spent > seconds or monotonic() - self.since > _PATIENCE * seconds

    def begin(self, number: int) -> None:
        self.at, self.since, self.is_started = number, monotonic(), True
        with contextlib.suppress(psutil.Error):
            self.spent = _spent(self.process.pid)

    def lines(self) -> list[bytes] | None:
        """The whole lines that have come; None where the process has ended."""
        data = os.read(self.output.fileno(), 1 << 16)
        *lines, self.rest = (self.rest + data).split(b"\n")
        return lines if data else None


def _spent(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def main() -> int:
    """Run what the command line asks for; 1 where an input found a defect."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=tuple(JUDGES))
    parser.add_argument("--inputs", type=int, help=f"how many; as many as the campaign has otherwise: {INPUTS}")
    parser.add_argument("--range", type=int, default=10_000, help="how many inputs a line in the results is about")
    parser.add_argument(
        "--first", type=int, default=0, help="the number of the first input, to go on where one stopped"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seconds", type=float, default=Limits().seconds, help="the most that one input may take")
    parser.add_argument(
        "--memory", type=int, default=Limits().memory // 2**20, help="the most address space of a worker, in MiB"
    )
    parser.add_argument("--out", type=Path, default=PROJECT / ".fuzz")
    arguments = parser.parse_args()
    numbers = range(arguments.first, arguments.first + (arguments.inputs or INPUTS[arguments.target]))
    n_defects = 0
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    ) as progress:
        task = progress.add_task(f"Broken files, {arguments.target}", total=len(numbers))
        for at in range(0, len(numbers), arguments.range):
            part = numbers[at : at + arguments.range]
            tally, began = Tally(), monotonic()
            is_ended = False
            try:
                for _ in run(
                    arguments.target,
                    arguments.seed,
                    part,
                    tally,
                    workers=arguments.workers,
                    seconds=arguments.seconds,
                    memory=arguments.memory,
                ):
                    progress.advance(task)
            except KeyboardInterrupt:
                is_ended = True
            keep_cases(tally, arguments.seed, arguments.out / arguments.target)
            result = summary(tally, arguments.target, arguments.seed, part, monotonic() - began)
            with (arguments.out / f"{arguments.target}.jsonl").open("a", encoding="utf-8") as results:
                print(result, file=results)
            print(result, flush=True)
            n_defects += len(tally.defects)
            if is_ended:
                break
    return 1 if n_defects else 0


def summary(tally: Tally, target: str, seed: int, numbers: range, seconds: float) -> str:
    """What became of a range, as a line of JSON. The figures of several ranges can be added up."""
    return json.dumps(
        {
            "target": target,
            "seed": seed,
            "first": numbers.start,
            "inputs": tally.kinds.total(),
            "kinds": dict(tally.kinds.most_common()),
            "bases": dict(tally.bases.most_common()),
            "mutations": dict(tally.mutations.most_common()),
            "defects": [f"input {number}: {defect}" for number, defect in tally.defects],
            "slowest": {"number": tally.slowest[1], "cpu_seconds": round(tally.slowest[0], 2)},
            "peak_mib": tally.peak_mib,
            "megabytes": round(tally.n_bytes / 1e6),
            "cpu_seconds": round(tally.cpu_seconds),
            "minutes": round(seconds / 60, 1),
        }
    )


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
        try:
            for first in numbers[:workers]:
                start(first)
            while runners := [key.data for key in events.get_map().values()]:
                ready = {id(key.data) for key, _ in events.select(timeout=1.0)}
                for runner in runners:
                    lines = runner.lines() if id(runner) in ready else []
                    for line in lines or ():
                        if runner.at < numbers.stop:
                            runner.begin(runner.at + workers)
                            yield _count(json.loads(line), tally)
                    if runner.at >= numbers.stop:
                        end(runner)
                    elif lines is None or runner.takes_more_than(seconds):
                        end(runner)
                        if not runner.is_started and lines is None:
                            raise RuntimeError("a worker cannot start; run python -m tests.fuzzing.worker to see why")
                        died = f"the process died ({runner.process.returncode})"
                        tally.defects.append((runner.at, died if lines is None else f"more than {seconds:.0f} s"))
                        tally.kinds["killed"] += 1
                        yield "killed"
                        if runner.at + workers < numbers.stop:
                            start(runner.at + workers)
        finally:
            for key in [*events.get_map().values()]:
                end(key.data)


def _count(judged: Judged, tally: Tally) -> str:
    tally.slowest = max(tally.slowest, (judged["cpu"], judged["number"]))
    tally.peak_mib = max(tally.peak_mib, judged["peak_mib"])
    tally.n_bytes += judged["size"]
    tally.cpu_seconds += judged["cpu"]
    tally.kinds[judged["kind"]] += 1
    tally.bases[judged["base"]] += 1
    tally.mutations.update(judged["mutations"])
    if judged["defect"]:
        tally.defects.append((judged["number"], judged["defect"]))
    return judged["kind"]


def keep_cases(tally: Tally, seed: int, folder: Path) -> None:
    """Write the inputs that found a defect, to look at and to make smaller."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, _ in tally.defects:
        broken = make_input(seed, number)
        (folder / f"{seed}-{number}{Path(broken.name).suffix}").write_bytes(broken.data)


if __name__ == "__main__":
    sys.exit(main())
