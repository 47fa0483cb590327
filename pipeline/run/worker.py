"""The process that converts documents one after another, and may die of any of them.

It takes calls from its pool and answers in JSON, so that nothing a broken or hostile file made of it is ever unpickled.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import connection

from extract import process_is_spent

READY = b"ready"

Answer = str | None
Call = Callable[..., Answer]


def serve(pipe: connection.Connection, seconds: int) -> None:
    """Answer calls until the pool hangs up. Each call is a function and its arguments.

    `seconds` is the time after which a call ends this process even where nobody is left to end it: the pool sees to it
    that none takes so long, but the pool may have been killed.
    """
    _detach()
    pipe.send_bytes(READY)
    while True:
        try:
            call, arguments = pipe.recv()
        except EOFError:
            return
        _alarm(seconds)
        answer = _answer(call, arguments)
        _alarm(0)
        with suppress(BrokenPipeError):
            pipe.send_bytes(answer)


def answer_to_result(answer: bytes) -> Answer:
    """What a call gave. Raises OSError where it raised one, and RuntimeError for anything else."""
    said = json.loads(answer)
    if "errno" in said:
        raise OSError(said["errno"], said["strerror"], said["filename"])
    if "error" in said:
        raise RuntimeError(said["error"])
    result: Answer = said["result"]
    return result


def leaves_process_spent(answer: bytes) -> bool:
    """Whether a library broke down in the worker while it worked on this: it would read the next document otherwise."""
    return bool(json.loads(answer).get("spent"))


def _answer(call: Call, arguments: tuple[object, ...]) -> bytes:
    said = _said(call, arguments)
    if process_is_spent():
        said["spent"] = True
    return json.dumps(said).encode()


def _said(call: Call, arguments: tuple[object, ...]) -> dict[str, object]:
    try:
        return {"result": call(*arguments)}
    except OSError as error:
        name = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else None
        return {"errno": error.errno, "strerror": error.strerror, "filename": name}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


def _detach() -> None:
    """Leave the terminal to the pool, and do not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for the pool, which ends its workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDWR)
    sys.stdout.flush()
    sys.stderr.flush()
    for stream in (1, 2):  # what libraries print of a broken file would tear the progress bar
        os.dup2(nothing, stream)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    if parent := multiprocessing.parent_process():
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def _alarm(seconds: int) -> None:
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)
