"""Rooms whose doors load a name when it is asked for (PEP 562)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module


def door(room: str, homes: Mapping[str, tuple[str, ...]]) -> Callable[[str], object]:
    """The `__getattr__` of a room: what its modules give under these names, each loaded when it is first asked for.

    A process that asks a room for one thing then does without the others, which may take long to load. `homes` says
    which names each module of the room gives; a stub beside the room's `__init__.py` says the same to type checkers.

    >>> ask = door("schemas", {"limits": ("Limits",)})
    >>> ask("Limits").__name__
    'Limits'
    """
    home = {name: module for module, names in homes.items() for name in names}

    def ask(name: str) -> object:
        if name not in home:
            message = f"module {room!r} has no attribute {name!r}"
            raise AttributeError(message)
        return getattr(import_module(f"{room}.{home[name]}"), name)

    return ask
