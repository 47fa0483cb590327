"""The field's vocabulary: what Japanese evaluation sheets print as labels, and what each label means."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Kind = Literal[
    "name", "code", "org", "document", "indicator", "axis", "cost", "grade", "direction", "evaluator", "passage",
    "group", "aside",
]  # fmt: skip
Match = Literal["whole", "end"]


@dataclass(frozen=True, slots=True)
class Word:
    """One spelling of a label: the kind of field it heads, and the field.

    `match` says whether the spelling is the whole label, or the head noun at its end (成果指標の達成状況).
    """

    kind: Kind
    field: str
    match: Match
    spelling: str

    @property
    def term(self) -> str:
        """Kind and field in one word, as profiles and cities name it: `org.responsible`."""
        return f"{self.kind}.{self.field}"


@cache
def vocabulary() -> tuple[Word, ...]:
    """The labels of 事務事業評価, 施策評価, 総合計画, 行政改革 and 地方創生 sheets, as many cities print them.

    Kinds and their fields: ``name`` and ``code`` (the level of the hierarchy), ``org`` (the role), ``document``,
    ``indicator`` (name, unit, caption), ``axis`` (the role of a number, year), ``cost`` (cost; generic for 合計 and
    その他, which need the name of their group), ``grade`` (grade: the label is what is judged; result: the judgements
    stand under it; scheme), ``direction``, ``evaluator``, ``passage`` (the section), ``group`` (a heading of labels),
    ``aside`` (known, but no table of the contract holds it; of 会計, 款, 項 and 目 the level
    that they are in a list of accounts).

    >>> [word.field for word in vocabulary() if word.spelling == "目指す姿"]
    ['aim', 'aim']
    """
    return tuple(Word(_KINDS[row["kind"]], row["field"], _MATCHES[row["match"]], row["spelling"]) for row in _rows())


def spellings_of(term: str) -> tuple[str, ...]:
    """The whole labels of a term, named by its kind and field. Raises ValueError for a term without any.

    >>> spellings_of("code.goal")
    ('基本目標番号', '目標番号')
    """
    found = _spellings().get(term)
    if found is None:
        known = sorted({word.term for word in vocabulary()})
        raise ValueError(f"no label in vocabulary.csv has the term {term!r}; expected one of {', '.join(known)}")
    return found


@cache
def _spellings() -> Mapping[str, tuple[str, ...]]:
    """The whole labels by their term, in the order of the vocabulary: cities' files ask for dozens at their import."""
    found: dict[str, list[str]] = {}
    for word in vocabulary():
        if word.match == "whole":
            found.setdefault(word.term, []).append(word.spelling)
    return {term: tuple(spellings) for term, spellings in found.items()}


@cache
def level_words(*fields: str) -> tuple[str, ...]:
    """The words for the levels of a plan, the longest first: each label of names that stands with 名 behind it, too.

    `fields` are the levels asked for, all where none is named.

    >>> level_words("measure")[-1], "事務事業" in level_words(), "事務事業名" in level_words()
    ('施策', True, False)
    """
    names = [word for word in vocabulary() if word.kind == "name" and word.match == "whole"]
    spellings = {(word.field, word.spelling) for word in names}
    words = {
        word.spelling: None
        for word in names
        if (not fields or word.field in fields) and (word.field, word.spelling + "名") in spellings
    }
    return tuple(sorted(words, key=len, reverse=True))


def level_pattern(*fields: str) -> str:
    """A pattern for the words of levels, for a group.

    >>> bool(re.fullmatch(f"(?:{level_pattern('measure')})の概要", "個別施策の概要"))
    True
    """
    return "|".join(map(re.escape, level_words(*fields)))


_KINDS: Mapping[str, Kind] = {
    "name": "name", "code": "code", "org": "org", "document": "document", "indicator": "indicator", "axis": "axis",
    "cost": "cost", "grade": "grade", "direction": "direction", "evaluator": "evaluator", "passage": "passage",
    "group": "group", "aside": "aside",
}  # fmt: skip
_MATCHES: Mapping[str, Match] = {"whole": "whole", "end": "end"}


def _rows() -> csv.DictReader[str]:
    path = files(__package__).joinpath("vocabulary.csv")
    return csv.DictReader(path.read_text(encoding="utf-8").splitlines())
