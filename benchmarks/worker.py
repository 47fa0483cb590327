"""One tool in a process of its own: paths come in on a line, times and tables go out on a line.

python -m benchmarks.worker "hyoka extract"
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import sys
from pathlib import Path

from benchmarks.tools import TOOLS, to_line


def main(name: str) -> None:
    """Serve one tool until the parent closes the pipe. Everything a tool prints goes to the standard error."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    run = next(tool for tool in TOOLS if tool.name == name).start()
    for line in sys.stdin:
        paths = [Path(path) for path in json.loads(line)]
        with contextlib.redirect_stdout(sys.stderr):
            began = _cpu_seconds()
            tables = run(*paths)
            seconds = _cpu_seconds() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(to_line({"seconds": seconds, "peak_mib": peak / 1024, "tables": tables}), file=answers, flush=True)


def _cpu_seconds() -> float:
    """Seconds of processor, of all threads of this process and of the processes that it began and that ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main(sys.argv[1])
