"""What the words of a report say of a number: done, planned, undone, changed. The words stand in ``clause_words.csv``.

They are matched by the normalised form that SudachiPy gives a word, so one entry holds every spelling of it
(取りやめる, 取り止める).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from normalize.language.tokens import Morph

_MEASURE: Final = re.compile(r"(?<=..)(?:者数|者|回数|回|数|度)$")
_NEW: Final = re.compile(r"^新規(?=..)")

Sense = Literal["done", "asked", "planned", "undone", "changed", "target", "thing", "instance", "there", "removed"]
"""`asked` is wanted or applied for, `target` a noun that makes the number behind it a planned one (定員20名), `thing`
a noun that only repeats what is counted (5回の開催), `instance` one that tells of a case, not of all (開催した例).
`there` is what those do who take part, come or are counted, `removed` takes away what there was."""

SENSES: Final[tuple[Sense, ...]] = (
    "done", "asked", "planned", "undone", "changed", "target", "thing", "instance", "there", "removed",
)  # fmt: skip


@cache
def clause_words() -> Mapping[Sense, frozenset[str]]:
    """The words of each sense.

    >>> "見送る" in clause_words()["undone"], "実施" in clause_words()["done"]
    (True, True)
    """
    text = files(__package__ or "normalize").joinpath("clause_words.csv").read_text(encoding="utf-8")
    rows = [(row["sense"], row["words"].split(" ")) for row in csv.DictReader(text.splitlines())]
    return {sense: frozenset(word for name, words in rows if name == sense for word in words) for sense in SENSES}


def is_of(sense: Sense, *words: Morph | str) -> bool:
    """Whether one of some words has a sense.

    >>> is_of("undone", "実施", "中止"), is_of("planned", "実施")
    (True, False)
    """
    known = clause_words()[sense]
    forms = (form for word in words for form in ((word,) if isinstance(word, str) else _forms(word)))
    return not known.isdisjoint(forms)


def stem(word: Morph) -> str:
    """What a noun says without the word of measure in it: 参加者数 and 参加者 are 参加, 新規登録 is 登録."""
    return _MEASURE.sub("", _NEW.sub("", word.normalized_form))


def _forms(word: Morph) -> tuple[str, ...]:
    return word.normalized_form, word.dictionary_form
