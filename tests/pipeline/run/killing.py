"""Runs killed at random moments, each started again until it ends: ``python -m tests.pipeline.run.killing 100``.

A third of the kills come anywhere in a run, a third while the tables are written, a third while they are exchanged,
which is a short time. Every other run resumes, and the output holds the tables of an earlier run, so that there is
something to mix up.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.convert import Way, convert
from pipeline.options import Options
from pipeline.run.replace import MANIFEST, NOTE
from pipeline.snapshot import snapshot_files
from pipeline.sources import UsageError
from tests.pipeline.run.made import everything, sheets

Files = dict[str, bytes]


def command(raw: Path, out: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "pipeline", "convert", str(raw), "--out", str(out), "--workers", "2", *options]


def convert_whole(raw: Path, out: Path, resume: bool = False) -> Files:
    """What a run leaves that nobody kills. It is this process that runs: how many workers there are does not show."""
    convert([raw], out, Options(), way=Way(resume=resume))
    return everything(out)


def convert_killed(arguments: Sequence[str], out: Path, after: float, mark: str | None) -> str:
    """A run that is killed `after` seconds, counted from when a `mark` is in its work folder. Gives how far it came."""
    work = out / ".hyoka"
    with subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while mark and process.poll() is None and not (work / mark).exists():
            time.sleep(0.0005)
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
    if process.returncode != -signal.SIGKILL:
        return "ended before"
    for name, step in ((NOTE, "exchanging"), ("new", "writing tables"), ("parts", "converting")):
        if (work / name).exists():
            return step
    return "starting or ending"


def check_readable(out: Path, wholes: Sequence[Files]) -> None:
    """What stands in the output is one whole set of tables, or says itself that it is none."""
    files = {name: data for name, data in everything(out).items() if not name.startswith(".hyoka/")}
    if files in wholes:
        return
    assert MANIFEST not in files, "a mixture that looks like a whole"
    try:
        snapshot_files(out)
    except UsageError:
        return
    raise AssertionError("hyoka reads a mixture")


def kill_and_resume(folder: Path, runs: int, documents: int, seed: int) -> Iterator[str]:
    """Kill so many runs, start each again until it ends, and hold what it wrote against a run that was not killed."""
    chance = random.Random(seed)
    raw = sheets(folder / "raw", documents)
    old = convert_whole(raw / "0000.txt", folder / "old")
    whole, resumed = convert_whole(raw, folder / "whole"), convert_whole(raw, folder / "resumed", resume=True)
    began = time.monotonic()
    subprocess.run(command(raw, folder / "timed"), capture_output=True, check=False)
    seconds = time.monotonic() - began
    for number in range(runs):
        out = folder / "out"
        shutil.copytree(folder / "old", out)
        resume = number % 2 == 1
        mark, longest = ((None, seconds), ("new", 0.5), (NOTE, 0.01))[number % 3]
        after = chance.uniform(0, longest)
        came = convert_killed(command(raw, out, *(["--resume"] if resume else [])), out, after, mark)
        check_readable(out, (old, whole))
        found, expected = convert_whole(raw, out, resume), resumed if resume else whole
        assert found == expected, f"killed while {came}, seed {seed}, run {number}: {sorted({*found} ^ {*expected})}"
        shutil.rmtree(out)
        yield came


def main() -> None:
    runs = int(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6)
    with tempfile.TemporaryDirectory() as folder:
        steps = Counter[str]()
        for number, came in enumerate(kill_and_resume(Path(folder), runs, 14, seed), start=1):
            steps[came] += 1
            print(f"\r{number} of {runs}: {dict(steps)}", end="", flush=True)
    print(f"\nseed {seed}: {runs} runs killed and started again, all with the bytes of a run that was not killed")


if __name__ == "__main__":
    main()
