"""Questions about all rows of a block: asked for each row of a list, and worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from normalize.forms.general.rows.rows import Reading

_P = ParamSpec("_P")
_T = TypeVar("_T")


def asked_once(question: Callable[Concatenate[Reading, _P], _T]) -> Callable[Concatenate[Reading, _P], _T]:
    """Let a question be worked out once for each block, and for each column that it is about.

    It must look at cells alone, and at nothing that is found while the rows are read. Without this a list of a thousand
    rows is looked through a thousand times.
    """

    @wraps(question)
    def of(reading: Reading, /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        key = (id(question), *map(id, args), *map(id, kwargs.values()))
        if key not in reading.told:
            reading.told[key] = (args, kwargs), question(reading, *args, **kwargs)  # held, so that no id comes again
        return cast(_T, reading.told[key][1])

    return of
