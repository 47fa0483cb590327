"""What the declarations say, in Japanese: descriptions by their English text, and labels of closed sets of values.

Both stand in files of `schemas/codes`. A description is looked up by its English text, as in a message catalogue:
change the English, and the tests ask for the Japanese.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from schemas.declare import Text


@dataclass(frozen=True, slots=True)
class Category:
    """One value of a column with a closed set of values, and what it is called."""

    value: str
    label: Text


def description(english: str) -> Text | None:
    """A description in both languages; None where there is none.

    One that `schemas/codes/japanese.csv` lacks reads English in both, so that a new column can be tried out; the tests
    ask for its Japanese.

    >>> description("The year judged")
    Text(ja='評価の対象となった年度', en='The year judged')
    """
    plain = " ".join(english.split())
    return Text(_japanese().get(plain, plain), plain) if plain else None


def categories(table_name: str, column_name: str) -> tuple[Category, ...]:
    """The values that a column may hold, in the order of their labels' file; none for a column that is not closed.

    >>> [category.label.ja for category in categories("indicators", "indicator_measure")]
    ['数', '割合', '金額', '重量', '定性']
    """
    return _categories().get((table_name, column_name), ())


@cache
def _japanese() -> Mapping[str, str]:
    return {row["en"]: row["ja"] for row in _rows("japanese.csv")}


@cache
def _categories() -> Mapping[tuple[str, str], tuple[Category, ...]]:
    found: dict[tuple[str, str], tuple[Category, ...]] = {}
    for row in _rows("categories.csv"):
        key = (row["table"], row["column"])
        found[key] = (*found.get(key, ()), Category(row["value"], Text(row["ja"], row["en"])))
    return found


def _rows(name: str) -> csv.DictReader[str]:
    return csv.DictReader(files("schemas.codes").joinpath(name).read_text(encoding="utf-8").splitlines())
