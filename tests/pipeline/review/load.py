"""Load of the served review: so many readers and writers for so long, on the loopback address.

`python -m tests.pipeline.review.load --minutes 10` starts `hyoka review --serve` over a snapshot of our own sheets, and
says how many requests were answered, how fast, whether any failed or any write was lost, and how much memory was used.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from pipeline.convert import Way, convert
from pipeline.corrections import read_corrections
from pipeline.options import Options
from pipeline.snapshot import read_table, snapshot_files

RAW = Path(__file__).parents[3] / "data" / "raw"


@dataclass(slots=True)
class Load:
    """What was seen: answers by status, what went wrong, the seconds of each request, the values that were written."""

    statuses: Counter[int] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    written: dict[tuple[str, str], str] = field(default_factory=dict)
    memory: list[int] = field(default_factory=list)


def run(readers: int, writers: int, seconds: float) -> Load:
    """Serve our own sheets to so many readers and writers for so long."""
    load = Load()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        convert(sorted(RAW.glob("*progress*")), folder / "out", Options(), way=Way(0))
        command = [sys.executable, "-m", "pipeline", "review", str(folder / "out"), "--serve", "--port", "0"]
        command += ["--in", str(RAW), "--corrections", str(folder / "corrections")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            found = re.match(r"http://127\.0\.0\.1:(\d+)/\?token=(\S+)", server.stdout.readline())
            assert found is not None
            port, token = int(found[1]), found[2]
            end = time.monotonic() + seconds
            paths = _paths(folder / "out")
            fields = _fields(folder / "out")
            threads = [threading.Thread(target=_read, args=(load, port, token, paths, end, n)) for n in range(readers)]
            threads += [
                threading.Thread(target=_write, args=(load, port, token, fields[n::writers], end))
                for n in range(writers)
            ]
            for thread in threads:
                thread.start()
            process = psutil.Process(server.pid)
            while time.monotonic() < end:
                load.memory.append(process.memory_info().rss)
                time.sleep(min(1.0, seconds / 20))
            for thread in threads:
                thread.join()
            server.terminate()
            assert server.stderr is not None
            load.errors += server.stderr.read().splitlines()
        kept = {(c.record, c.field): c.value for c in read_corrections(folder / "corrections")}
        load.errors += [f"lost: {key}" for key, value in load.written.items() if kept.get(key) != value]
    return load


def _paths(out: Path) -> list[str]:
    documents = next(files for files in snapshot_files(out) if files.declaration.name == "documents")
    ids = read_table(out, documents).column("document_id").to_pylist()
    return ["/", "/static/review.js", *(f"/documents/{identity}.html" for identity in ids)]


def _fields(out: Path) -> list[tuple[str, str]]:
    """The document and the id of each observation."""
    observations = next(files for files in snapshot_files(out) if files.declaration.name == "observations")
    ids = read_table(out, observations).column("observation_id").to_pylist()
    return [(identity.split("-")[0], identity) for identity in ids]


def _read(load: Load, port: int, token: str, paths: list[str], end: float, seed: int) -> None:
    chance = random.Random(seed)
    while time.monotonic() < end:
        _ask(load, port, token, "GET", chance.choice(paths), None)


def _write(load: Load, port: int, token: str, fields: list[tuple[str, str]], end: float) -> None:
    number = 0
    while time.monotonic() < end:
        document, record = fields[number % len(fields)]
        said = {
            "document": document, "table": "observations", "record": record, "field": "value", "decision": "correct",
            "value": str(number), "reason": "load", "reviewer": "load",
        }  # fmt: skip
        if _ask(load, port, token, "POST", "/corrections", json.dumps(said).encode()) == 200:
            load.written[record, "value"] = str(number)
        number += 1


def _ask(load: Load, port: int, token: str, method: str, path: str, body: bytes | None) -> int:
    began = time.monotonic()
    host = f"127.0.0.1:{port}"
    headers = {"Host": host, "Origin": f"http://{host}", "X-Hyoka-Token": token, "Content-Type": "application/json"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body, {**headers, "Cookie": f"hyoka-{port}={token}"})
        answer = connection.getresponse()
        answer.read()
    except OSError as error:
        load.errors.append(f"{method} {path}: {error}")
        return 0
    finally:
        connection.close()
    load.statuses[answer.status] += 1
    load.seconds.append(time.monotonic() - began)
    if answer.status != 200:
        load.errors.append(f"{method} {path}: {answer.status}")
    return answer.status


def main() -> int:
    """Run it as the options say, and print what was seen; 1 where anything failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--writers", type=int, default=5)
    parser.add_argument("--minutes", type=float, default=10.0)
    given = parser.parse_args()
    load = run(given.readers, given.writers, given.minutes * 60)
    ordered = sorted(load.seconds)
    early, late = load.memory[len(load.memory) // 4], load.memory[-1]
    print(f"{sum(load.statuses.values()):,} answers {dict(load.statuses)}, {len(load.written)} values written")
    print(f"seconds: median {ordered[len(ordered) // 2]:.3f}, slowest {ordered[-1]:.2f}")
    print(f"memory: {early / 2**20:.0f} MiB after a quarter, {late / 2**20:.0f} MiB at the end")
    print(f"{len(load.errors)} errors", *load.errors[:10], sep="\n")
    return int(bool(load.errors))


if __name__ == "__main__":
    sys.exit(main())
