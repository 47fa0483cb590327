"""Classes of values that are made by the ten thousand: a frozen dataclass without the price of being frozen.

A frozen dataclass sets every field through a call that asks whether it may be set; with six fields it takes four times
as long to be made as one that is not frozen. A light class is frozen to the type checker alone, which sees every line
of this house.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

_T = TypeVar("_T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def light(cls: type[_T]) -> type[_T]:
    """Make a dataclass with slots of a class, equal by its fields and hashed by them; nobody may change it.

    >>> @light
    ... class Place:
    ...     row: int
    ...     col: int = 0
    >>> Place(1) == Place(1, 0), {Place(1)} == {Place(1)}, Place(1)
    (True, True, Place(row=1, col=0))
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)
