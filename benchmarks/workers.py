"""Tools in processes of their own, asked in turn: one works while the others wait."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from benchmarks.grids import Grid
from benchmarks.tools import Tool, to_line

PROJECT = Path(__file__).parents[1]


class ToolFailedError(Exception):
    """A tool's process ended: what it was, and on which file."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a tool took for one file: processor seconds, the peak of its process in MiB, the tables it found."""

    seconds: float
    peak_mib: float
    tables: list[Grid]


@dataclass(frozen=True, slots=True)
class Worker:
    """A running tool."""

    tool: Tool
    questions: IO[str]
    answers: IO[str]

    def ask(self, *paths: Path) -> Answer:
        """Let the tool read a file, or several at once. Raises ToolFailedError."""
        try:
            print(to_line([str(path.absolute()) for path in paths]), file=self.questions, flush=True)
            line = self.answers.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise ToolFailedError(f"{self.tool.name} stopped at {paths[0].name}; what it said stands above")
        return Answer(**json.loads(line))


def python_of(tool: Tool, peers: Path | None) -> Path | None:
    """The Python that has the tool, or none where its environment is not set up."""
    if tool.environment is None:
        return Path(sys.executable)
    python = peers / tool.environment / "bin" / "python" if peers else None
    return python if python and python.exists() else None


@contextmanager
def started(tools: Sequence[Tool], peers: Path | None) -> Iterator[list[Worker]]:
    """Start the tools, all on one core; those of an environment of peers only where the folder `peers` has it."""
    core = min(os.sched_getaffinity(0))
    with ExitStack() as stack:
        workers = []
        for tool in tools:
            python = python_of(tool, peers)
            if python is not None:
                process = stack.enter_context(
                    subprocess.Popen(
                        [python, "-m", "benchmarks.worker", tool.name],
                        stdin=subprocess.PIPE,
                        stdout=subprocess.PIPE,
                        stderr=subprocess.DEVNULL,
                        text=True,
                        cwd=PROJECT,
                        preexec_fn=lambda: os.sched_setaffinity(0, {core}),
                    )
                )
                assert process.stdin is not None
                assert process.stdout is not None
                workers.append(Worker(tool, process.stdin, process.stdout))
        yield workers
        for worker in workers:
            worker.questions.close()
