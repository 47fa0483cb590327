"""Reference data: what would otherwise be ifs stands in the CSV files beside this module, read once per process.

Every loader gives frozen values in the order of its file. The files are UTF-8 with one header line; an empty field is
None. What a file holds and where it comes from is said in the docstring of its loader.
"""

from __future__ import annotations

import csv
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Era:
    """A Japanese era: 1 of the era is `first_year`. `start` and `end` are its first and last day; None runs on."""

    name: str
    initial: str
    squared: str
    first_year: int
    start: datetime.date
    end: datetime.date | None


@dataclass(frozen=True, slots=True)
class Unit:
    """One spelling of a unit. A value in this spelling, times `factor`, is a value in `unit`.

    `indicator_measure` is None for what follows numbers but measures nothing: calendar words, ages and ordinals.
    """

    spelling: str
    unit: str
    indicator_measure: str | None
    factor: Decimal


@cache
def eras() -> tuple[Era, ...]:
    """The eras since 1868, oldest first, with the days of the edicts (改元の詔・元号を改める政令).

    >>> [(era.name, era.initial, era.first_year) for era in eras()][-2:]
    [('平成', 'H', 1989), ('令和', 'R', 2019)]
    """
    return tuple(
        Era(
            name=row["era"],
            initial=row["initial"],
            squared=row["squared"],
            first_year=int(row["first_year"]),
            start=datetime.date.fromisoformat(row["start"]),
            end=datetime.date.fromisoformat(row["end"]) if row["end"] else None,
        )
        for row in _rows("eras.csv")
    )


@cache
def units() -> tuple[Unit, ...]:
    """The spellings of units that may follow a number in running text.

    >>> [unit for unit in units() if unit.spelling == "割"]
    [Unit(spelling='割', unit='%', indicator_measure='percentage', factor=Decimal('10'))]
    """
    return tuple(
        Unit(row["spelling"], row["unit"], row["indicator_measure"] or None, Decimal(row["factor"]))
        for row in _rows("units.csv")
    )


@cache
def radicals() -> Mapping[str, str]:
    """The ideograph that each Kangxi radical and CJK radical supplement (U+2E80 to U+2FD5) is printed for.

    From Unicode's EquivalentUnifiedIdeograph.txt (unchanged for these two blocks from version 14 to 16), but for two
    radicals whose Japanese glyph is another ideograph's: fonts of the Adobe-Japan1 collection draw ⼾ as 戸 (Unicode
    names 戶) and ⿊ as 黒 (Unicode names 黑). ⺀ (U+2E80) has no equivalent and is not in the table.

    >>> "".join(radicals()[r] for r in "⽇⻑⻘⺠⻄⼾")
    '日長青民西戸'
    """
    return {row["radical"]: row["ideograph"] for row in _rows("radicals.csv")}


def _rows(name: str) -> csv.DictReader[str]:
    return csv.DictReader(files(__name__).joinpath(name).read_text(encoding="utf-8").splitlines())
