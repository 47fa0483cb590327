"""A process that judges one input after another, and says of each what became of it.

    python -m tests.fuzzing.worker reading SEED FIRST STEP LIMIT_MIB

It goes through the numbers FIRST, FIRST + STEP, … until it is ended. What kills it is told by the line that is missing.
"""

from __future__ import annotations

import faulthandler
import json
import logging
import os
import resource
import sys
from itertools import count
from time import process_time
from typing import TypedDict

from tests.fuzzing.bases import GROUPS
from tests.fuzzing.inputs import make_input
from tests.fuzzing.judge import JUDGES, Outcome


class Judged(TypedDict):
    """What a worker says of an input: the outcome, the seconds of processor time, the peak of its process so far."""

    number: int
    base: str
    mutations: tuple[str, ...]
    kind: str
    defect: str | None
    size: int
    cpu: float
    peak_mib: int


def main(target: str, seed: int, first: int, step: int, limit_mib: int) -> None:
    """Judge inputs for ever, one line of JSON for each."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    faulthandler.enable()
    logging.disable()
    judge = JUDGES[target]
    for group in GROUPS:
        group()
    judge("a.txt", "区分\t数\n窓口\t2件\n".encode())
    resource.setrlimit(resource.RLIMIT_AS, (limit_mib * 2**20, resource.RLIM_INFINITY))
    for number in count(first, step):
        broken = make_input(seed, number)
        began = process_time()
        try:
            outcome = judge(broken.name, broken.data)
        except MemoryError:
            outcome = Outcome("raised", f"more than {limit_mib} MiB")
        except Exception as error:
            outcome = Outcome("raised", f"{type(error).__name__}: {error}")
        judged = Judged(
            number=number,
            base=broken.base,
            mutations=broken.mutations,
            kind=outcome.kind,
            defect=outcome.defect,
            size=len(broken.data),
            cpu=process_time() - began,
            peak_mib=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        )
        print(json.dumps(judged), file=out, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
