"""pyarrow without pandas, in the processes that convert."""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec


class _NoPandas(MetaPathFinder):
    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        if fullname == "pandas":
            raise ModuleNotFoundError(f"{fullname} is not loaded here", name=fullname)
        return None


def spare_pandas() -> None:
    """Let pyarrow's search for pandas, at the first array that it makes, find none.

    It looks whether a list is one of pandas' objects, which none is here. Loading pandas takes a tenth of a second and
    50 MiB in each process. Whoever asks for pandas later gets it, pyarrow's own `to_pandas` too.
    """
    if "pandas" in sys.modules:
        return
    import pyarrow as pa

    finder = _NoPandas()
    sys.meta_path.insert(0, finder)
    try:
        pa.array([])
    finally:
        sys.meta_path.remove(finder)
