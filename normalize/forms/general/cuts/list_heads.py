"""What heads a list: whether the heads of a block tell that each of its rows is about something that it names."""

from __future__ import annotations

from typing import Final

from normalize.cells.vocabulary import Term, term_of
from normalize.document.table_grid import GridCell
from normalize.forms.general.view import View
from schemas.codes.vocabulary import level_words

_LEVELS: Final = level_words("program", "action", "measure")
"""The levels as which the head of a column of names ends that the vocabulary does not know."""

_LONGEST_LEVEL: Final = 12

_LEAST: Final = 2
"""So many kinds of known heads beside a name make a list."""


def level_of(words: str) -> Term | None:
    """The level of the plan as which a head ends that the vocabulary does not know: 交付金対象事業."""
    if len(words) > _LONGEST_LEVEL:
        return None
    return next((term_of(ending) for ending in _LEVELS if words.endswith(ending)), None)


def is_list(view: View, paths: dict[int, tuple[GridCell, ...]]) -> bool:
    """Whether heads of several kinds stand over a block, one of which heads names."""
    leaves = [path[-1] for path in paths.values() if path]
    kinds = [term.kind for leaf in leaves if (term := view.whole(leaf)) is not None]
    if any(kind in {"name", "indicator"} for kind in kinds):
        return len(set(kinds)) > 1
    told = {kind for kind in kinds if kind in {"org", "code", "grade", "direction", "passage"}}
    named = any(view.kind(leaf) == "words" and level_of(view.head(leaf).words) is not None for leaf in leaves)
    return named and len(told) > _LEAST and bool(told & {"org", "grade", "direction"})
