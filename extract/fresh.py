"""A file read in a process of its own: what broke down in this one would read it otherwise."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Final, ParamSpec, TypeVar

_ASKED = ParamSpec("_ASKED")
_READ = TypeVar("_READ")

_START: Final = "spawn"
"""A forked process would inherit what broke down."""


class FreshProcessError(RuntimeError):
    """The process ended without an answer. The message says how."""


def in_fresh_process(call: Callable[_ASKED, _READ], *args: _ASKED.args, **kwargs: _ASKED.kwargs) -> _READ:
    """What a call gives in a new process. Raises FreshProcessError where that ends before."""
    with ProcessPoolExecutor(1, mp_context=get_context(_START)) as pool:
        try:
            return pool.submit(call, *args, **kwargs).result()
        except BrokenProcessPool as error:
            raise FreshProcessError(str(error)) from error
