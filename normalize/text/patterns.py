"""Patterns of a form, held against what its reader asks of them when the form is made.

A group that is misspelt gives null for every record, and a pattern that does not compile waits for the first document.
Both are a slip of whoever describes a city, so both end at once, with the form, the field and what was expected.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, get_type_hints

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True, slots=True)
class Groups:
    """The named groups that a pattern must have, and those that it may have."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compiles:
    """A text that is compiled as a pattern where it is searched."""


PatternText = Annotated[str, Compiles()]
CodeAndName = Annotated[re.Pattern[str], Groups(("code", "name"))]


@dataclass(frozen=True, slots=True)
class CheckedForm:
    """What a form derives from: its patterns are checked when it is made."""

    def __post_init__(self) -> None:
        check_patterns(self)


def check_patterns(form: DataclassInstance) -> None:
    """Hold the patterns of a form against what the types of its fields declare. Raises ValueError.

    >>> from normalize.forms.outline.reader import OutlineForm
    >>> form = object.__new__(OutlineForm)
    >>> object.__setattr__(form, "title", "(")
    >>> check_patterns(form)
    Traceback (most recent call last):
        ...
    ValueError: OutlineForm.title: '(' is no pattern (missing ), unterminated subpattern at position 0). Correct it
    """
    hints = get_type_hints(type(form), include_extras=True)
    for field in dataclasses.fields(form):
        place = f"{type(form).__name__}.{field.name}"
        for declared in getattr(hints[field.name], "__metadata__", ()):
            if isinstance(declared, Groups):
                _check_groups(getattr(form, field.name), declared, place)
            elif isinstance(declared, Compiles):
                compiled(getattr(form, field.name), place)


def _check_groups(pattern: re.Pattern[str], groups: Groups, place: str) -> None:
    required, named = set(groups.required), set(pattern.groupindex)
    if required <= named <= required | set(groups.optional):
        return
    asked = ", ".join((*groups.required, *(f"{name} (may be left out)" for name in groups.optional))) or "none"
    had = ", ".join(pattern.groupindex) or "none"
    raise ValueError(f"{place}: the pattern has the groups {had}; its reader asks for {asked}. Name them so")


def compiled(pattern: str, place: str) -> re.Pattern[str]:
    """A pattern compiled, or a ValueError that says where it stands and what is wrong with it."""
    try:
        return re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{place}: {pattern!r} is no pattern ({error}). Correct it") from error
