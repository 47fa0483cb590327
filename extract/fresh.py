"""A file read in a process of its own: what broke down in this one would read it otherwise."""

from __future__ import annotations

import pickle
import subprocess
import sys
from typing import Final

from schemas.document import Document
from schemas.limits import Limits

_PROGRAM: Final = (
    "import pickle, sys\n"
    "path, asked = pickle.load(sys.stdin.buffer)\n"
    "sys.path[:] = path\n"
    "from extract.read import read_document\n"
    "sys.stdout.buffer.write(pickle.dumps(read_document(*pickle.loads(asked))))\n"
)


class FreshProcessError(RuntimeError):
    """The process ended without a document. The message says how."""


def read_in_fresh_process(data: bytes, source_name: str, limits: Limits, ocr: str) -> Document:
    """What `read_document` gives in a new process of this Python. Raises FreshProcessError where that ends before."""
    asked = pickle.dumps((sys.path, pickle.dumps((data, source_name, limits, ocr))))
    done = subprocess.run([sys.executable, "-c", _PROGRAM], input=asked, capture_output=True, check=False)
    if done.returncode:
        raise FreshProcessError(f"status {done.returncode}")
    document = pickle.loads(done.stdout)
    assert isinstance(document, Document)
    return document
