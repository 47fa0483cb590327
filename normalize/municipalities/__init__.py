"""One typed, declarative file per city: the only place that names a city.

A file here is found by itself: it names its layouts in ``LAYOUTS``. `docs/add-a-city.md` shows how one is written.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from normalize.layout import Layout


def _layouts() -> tuple[Layout, ...]:
    names = sorted(module.name for module in iter_modules(__path__))
    modules = [import_module(f"{__name__}.{name}") for name in names]
    for module in modules:
        if not hasattr(module, "LAYOUTS"):
            raise ImportError(f"{module.__name__} names no layouts; end it with LAYOUTS = (…,)")
    return tuple(layout for module in modules for layout in module.LAYOUTS)


LAYOUTS: tuple[Layout, ...] = _layouts()
