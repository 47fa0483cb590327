"""The forms that were learnt as the review shows them: each once for all of its sheets, with what its labels mean."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from normalize import Profile, form_key
from schemas.declare import Text
from schemas.records import Block, DocumentRow
from schemas.rows import Tables, rows_of

_EXAMPLES = 3
_LONGEST_EXAMPLE = 40


@dataclass(frozen=True, slots=True)
class LabelView:
    """A label of a form: on how many of the sheets it is printed, and examples of what stands beside it."""

    text: str
    meaning: str
    sheets: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormView:
    """A form with the sheets that were read by it (document id and name), and its labels in the order of print."""

    name: str
    sheets: tuple[tuple[str, str], ...]
    labels: tuple[LabelView, ...]

    @property
    def unknown(self) -> int:
        """How many labels nobody has told yet."""
        return sum(label.meaning == "?" for label in self.labels)


@cache
def meaning_names() -> Mapping[str, Text]:
    """What every meaning is called, in both languages, in the order in which a list shows them.

    >>> meaning_names()["name.program"].en
    'Name of a project'
    """
    text = files("pipeline.review").joinpath("meanings.csv").read_text(encoding="utf-8")
    return {row["meaning"]: Text(row["ja"], row["en"]) for row in csv.DictReader(text.splitlines())}


def form_views(tables: Mapping[str, Tables], profiles: Iterable[Profile]) -> tuple[FormView, ...]:
    """The forms of a folder of profiles, with the sheets read by each. `tables` are by document."""
    return tuple(_form_view(tables, profile) for profile in profiles)


def _form_view(tables: Mapping[str, Tables], profile: Profile) -> FormView:
    rows = (row for own in tables.values() for row in rows_of(own, DocumentRow))
    sheets = sorted((row.source_name, row.document_id) for row in rows if row.layout == profile.name)
    beside: dict[str, dict[str, None]] = {}
    printed: Counter[str] = Counter()
    for _, identity in sheets:
        blocks = rows_of(tables[identity], Block)
        printed.update({form_key(block.text) for block in blocks})
        for key, text in _beside(blocks):
            beside.setdefault(key, {})[text] = None
    labels = tuple(
        LabelView(
            label.text,
            label.meaning,
            printed[label.key],
            tuple(text for text in beside.get(label.key, ()) if form_key(text) not in profile.by_key)[:_EXAMPLES],
        )
        for label in profile.labels
    )
    return FormView(profile.name, tuple((identity, name) for name, identity in sheets), labels)


def _beside(blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """Each text with the next one of its row, or the next line."""
    for one, other in pairwise(blocks):
        if other.text.strip() and (one.table_index, one.row) == (other.table_index, other.row):
            line = " ".join(other.text.split())
            short = line if len(line) <= _LONGEST_EXAMPLE else f"{line[:_LONGEST_EXAMPLE]}…"
            yield form_key(one.text), short
