"""PDFium's functions asked of many characters or objects at once, into arrays.

Where a compiler was at hand when hyoka was installed, `loops.c` was built and asks in C; else Python does, several
times as slowly, and gives the same. PDFium is not safe for threads: one thread of a process may call it at a time.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, count, repeat
from pathlib import Path
from typing import Any

import cffi
import numpy as np
from numpy.typing import NDArray

FFI = cffi.FFI()
FFI.cdef("""
int loops_version(void);
void numbers_of(int (*)(size_t), const size_t *, long, int *);
void handles_of(size_t (*)(size_t), const size_t *, long, size_t *);
void numbers_at(int (*)(size_t, int), size_t, const int64_t *, long, int *);
void handles_at(size_t (*)(size_t, int), size_t, const int64_t *, long, size_t *);
void reals_at(double (*)(size_t, int), size_t, const int64_t *, long, double *);
void parts_of(size_t (*)(size_t, int), const size_t *, const int64_t *, long, size_t *);
void rows_of(int (*)(size_t, size_t), const size_t *, long, char *, long, int *);
void pairs_of(int (*)(size_t, size_t, size_t), const size_t *, long, char *, long, int *);
void fours_of(int (*)(size_t, size_t, size_t, size_t, size_t), const size_t *, long, char *, long, int *);
void rows_at(int (*)(size_t, int, size_t), size_t, const int64_t *, long, char *, long);
void pairs_at(int (*)(size_t, int, size_t, size_t), size_t, const int64_t *, long, char *, long);
void fours_at(int (*)(size_t, int, size_t, size_t, size_t, size_t), size_t, const int64_t *, long, char *, long);
void windows_of(int (*)(size_t, int), size_t (*)(size_t, int, int), int (*)(size_t, size_t, size_t),
                const size_t *, const int *, long, double *);
""")

BUILT = "_loops.so"
"""The name of what is built from `loops.c`, beside this file."""

_VERSION = 1
"""That of `loops.c`: what was built from an older one is not used."""

Handles = NDArray[np.uintp]
"""PDFium's handles as numbers, 0 for none."""

Ints = NDArray[np.int64]
Numbers = NDArray[np.int32]
Function = Callable[..., Any]
"""A function of PDFium, as cffi calls it."""


def _built() -> Any:
    """The loops in C, or None where they were not built for this machine and this version."""
    try:
        library = FFI.dlopen(str(Path(__file__).with_name(BUILT)))
        return library if library.loops_version() == _VERSION else None
    except (OSError, AttributeError):
        return None


_in_c = _built() if sys.maxsize > 2**32 else None


def are_in_c() -> bool:
    """Whether the loops run in C."""
    return _in_c is not None


@contextmanager
def in_python() -> Iterator[None]:
    """Loop in Python within a `with` block, to compare both ways."""
    global _in_c
    before, _in_c = _in_c, None
    try:
        yield
    finally:
        _in_c = before


def _handles(items: Handles) -> Any:
    return FFI.from_buffer("size_t[]", items)


def _places(numbers: Ints) -> Any:
    return FFI.from_buffer("int64_t[]", numbers)


def _bytes(rows: NDArray[Any]) -> Any:
    return FFI.from_buffer("char[]", rows, require_writable=True)


def numbers_of(ask: Function, items: Handles) -> Numbers:
    """What a function says of each object, a number."""
    if _in_c is None:
        return np.fromiter(map(ask, items.tolist()), np.int32, len(items))
    found = np.empty(len(items), np.int32)
    _in_c.numbers_of(ask, _handles(items), len(items), FFI.from_buffer("int[]", found))
    return found


def handles_of(ask: Function, items: Handles) -> Handles:
    """What a function says of each object, a handle."""
    if _in_c is None:
        return np.fromiter(map(ask, items.tolist()), np.uintp, len(items))
    found = np.empty(len(items), np.uintp)
    _in_c.handles_of(ask, _handles(items), len(items), _handles(found))
    return found


def numbers_at(ask: Function, owner: int, places: Ints) -> Numbers:
    """What a function says of some places of an owner, such as characters of a page: a number for each."""
    if _in_c is None:
        return np.fromiter(map(ask, repeat(owner), places.tolist()), np.int32, len(places))
    found = np.empty(len(places), np.int32)
    _in_c.numbers_at(ask, owner, _places(places), len(places), FFI.from_buffer("int[]", found))
    return found


def handles_at(ask: Function, owner: int, places: Ints) -> Handles:
    """The same where it says handles."""
    if _in_c is None:
        return np.fromiter(map(ask, repeat(owner), places.tolist()), np.uintp, len(places))
    found = np.empty(len(places), np.uintp)
    _in_c.handles_at(ask, owner, _places(places), len(places), _handles(found))
    return found


def reals_at(ask: Function, owner: int, places: Ints) -> NDArray[np.float64]:
    """The same where it says numbers with fractions."""
    if _in_c is None:
        return np.fromiter(map(ask, repeat(owner), places.tolist()), np.float64, len(places))
    found = np.empty(len(places), np.float64)
    _in_c.reals_at(ask, owner, _places(places), len(places), FFI.from_buffer("double[]", found))
    return found


def parts_of(ask: Function, items: Handles, counts: Ints) -> Handles:
    """The handles of all parts of objects, one object after the other. `counts` says how many parts each has."""
    total = int(counts.sum())
    if _in_c is None:
        lengths = counts.tolist()
        owners = chain.from_iterable(map(repeat, items.tolist(), lengths))
        return np.fromiter(map(ask, owners, chain.from_iterable(map(range, lengths))), np.uintp, total)
    found = np.empty(total, np.uintp)
    _in_c.parts_of(ask, _handles(items), _places(counts), len(items), _handles(found))
    return found


def fill_rows(ask: Function, items: Handles, rows: NDArray[Any], parts: int = 1) -> Numbers:
    """Let a function write of each object into a row of an array, and give what it said.

    It takes one address, or one for each of the 2 or 4 `parts` of a row.
    """
    if _in_c is None:
        return np.fromiter(map(ask, items.tolist(), *_addresses(rows, parts)), np.int32, len(items))
    found = np.empty(len(items), np.int32)
    loop = {1: _in_c.rows_of, 2: _in_c.pairs_of, 4: _in_c.fours_of}[parts]
    size = rows.strides[0] // parts
    loop(ask, _handles(items), len(items), _bytes(rows), size, FFI.from_buffer("int[]", found))
    return found


def fill_rows_at(ask: Function, owner: int, places: Ints, rows: NDArray[Any], parts: int = 1) -> None:
    """The same of some places of an owner."""
    if _in_c is None:
        deque(map(ask, repeat(owner), places.tolist(), *_addresses(rows, parts)), maxlen=0)
        return
    loop = {1: _in_c.rows_at, 2: _in_c.pairs_at, 4: _in_c.fours_at}[parts]
    loop(ask, owner, _places(places), len(places), _bytes(rows), rows.strides[0] // parts)


def _addresses(rows: NDArray[Any], parts: int) -> list[Iterator[int]]:
    """The addresses of each part of the rows of an array."""
    at, width = rows.ctypes.data, rows.strides[0]
    return [count(at + width // parts * part, width) for part in range(parts)]


def windows_of(
    count_segments: Function, segment: Function, point: Function, clips: Handles, counts: Numbers
) -> NDArray[np.float64]:
    """The box that the paths of each clip leave open: left, lower, right and upper side in a row; infinite where no
    path has a point. `counts` says how many paths each clip has."""
    windows = np.empty((len(clips), 4), np.float64)
    if _in_c is None:
        for row, clip, n_paths in zip(windows, clips.tolist(), counts.tolist(), strict=True):
            row[:] = _window(count_segments, segment, point, clip, n_paths)
    else:
        functions = (count_segments, segment, point)
        said = FFI.from_buffer("int[]", counts)
        _in_c.windows_of(*functions, _handles(clips), said, len(clips), FFI.from_buffer("double[]", windows))
    return windows


def _window(count_segments: Function, segment: Function, point: Function, clip: int, n_paths: int) -> Sequence[float]:
    x0, y0, x1, y1 = -np.inf, -np.inf, np.inf, np.inf
    for path in range(n_paths):
        points = np.zeros((max(count_segments(clip, path), 0), 2), np.float32)
        if len(points):
            parts = [segment(clip, path, part) for part in range(len(points))]
            deque(map(point, parts, *_addresses(points, 2)), maxlen=0)
            (left, lower), (right, upper) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
            x0, y0, x1, y1 = max(x0, left), max(y0, lower), min(x1, right), min(y1, upper)
    return x0, y0, x1, y1
