"""A file read in a process of its own: what broke down in this one would read it otherwise.

`python -m extract.fresh` is that process: it takes a call from its input and gives the answer to its output. It never
loads the program that asks, which may be a script that does its work as it is loaded.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import ParamSpec, TypeVar

_ASKED = ParamSpec("_ASKED")
_READ = TypeVar("_READ")


class FreshProcessError(RuntimeError):
    """The process ended without an answer. The message says how."""


def in_fresh_process(call: Callable[_ASKED, _READ], *args: _ASKED.args, **kwargs: _ASKED.kwargs) -> _READ:
    """What a function of a module gives in a new process. Raises FreshProcessError where that ends before."""
    command = [sys.executable, "-m", "extract.fresh"]
    paths = os.pathsep.join(path for path in sys.path if path)
    environment = {**os.environ, "PYTHONPATH": paths}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            with Connection(os.dup(process.stdin.fileno()), readable=False) as asked:
                asked.send((call, args, kwargs))
            with Connection(os.dup(process.stdout.fileno()), writable=False) as answer:
                read: _READ = answer.recv()
                return read
        except (EOFError, BrokenPipeError) as error:
            process.stdin.close()
            raise FreshProcessError(f"status {process.wait()}") from error


def _answer() -> None:
    with Connection(os.dup(1), readable=False) as answer:
        os.dup2(2, 1)  # what a library prints is no part of the answer
        with Connection(os.dup(0), writable=False) as asked:
            call, args, kwargs = asked.recv()
        answer.send(call(*args, **kwargs))


if __name__ == "__main__":
    _answer()
