"""Reference data: what would otherwise be ifs stands in the CSV files beside this module, read once per process.

Every loader gives frozen values in the order of its file. The files are UTF-8 with one header line; an empty field is
None. What a file holds and where it comes from is said in the docstring of its loader.
"""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files

from schemas.closed_sets import (
    BETTER,
    COST_KINDS,
    INDICATOR_MEASURES,
    SCHEME_KINDS,
    Better,
    CostKind,
    IndicatorMeasure,
    SchemeKind,
)
from schemas.records import Municipality


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
    indicator_measure: IndicatorMeasure | None
    factor: Decimal


@dataclass(frozen=True, slots=True)
class SchemeGrade:
    """One grade of a scheme. Scores and bounds are exact: 2/3 is a third of 2, and 1.0 is an achievement of 100 %."""

    grade_scheme_id: str
    kind: SchemeKind
    grade: str
    label_ja: str | None
    label_en: str | None
    rank: int | None
    score: Fraction | None
    lower_bound: Fraction | None
    lower_inclusive: bool | None
    upper_bound: Fraction | None
    upper_inclusive: bool | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark and the characters that fonts, keyboards and operators exchange it for.

    An option's mark has a family, and chooses (●) or leaves open (○); `chosen` is None for a mark of no option.
    """

    mark: str
    spellings: str
    family: str | None
    chosen: bool | None

    @property
    def printed(self) -> str:
        """The characters that print this mark and are no letters: a word may begin with レ, O or x.

        >>> [mark.printed for mark in printed_marks() if mark.mark in "×✓"]
        ['✓✔', '×✕✖✗✘╳❌⨯']
        """
        return self.mark + "".join(character for character in self.spellings if not character.isalpha())


@dataclass(frozen=True, slots=True)
class UserWord:
    """A word that the tokenizer's own dictionary lacks: `kind` is ``common`` or ``proper``."""

    surface: str
    reading: str
    kind: str
    normalized_form: str | None


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
        Unit(row["spelling"], row["unit"], INDICATOR_MEASURES.get(row["indicator_measure"]), Decimal(row["factor"]))
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


@cache
def scheme_grades() -> tuple[SchemeGrade, ...]:
    """The grades of the built-in schemes, the best first. Weights and bounds are those that the documents print.

    >>> [(grade.grade, grade.score) for grade in scheme_grades() if grade.grade_scheme_id == "musashino-2"][2:4]
    [('△', Fraction(2, 3)), ('□', Fraction(1, 3))]
    """
    return tuple(
        SchemeGrade(
            grade_scheme_id=row["grade_scheme_id"],
            kind=SCHEME_KINDS[row["kind"]],
            grade=row["grade"],
            label_ja=row["label_ja"] or None,
            label_en=row["label_en"] or None,
            rank=int(row["rank"]) if row["rank"] else None,
            score=_fraction(row["score"]),
            lower_bound=_fraction(row["lower_bound"]),
            lower_inclusive=_flag(row["lower_inclusive"]),
            upper_bound=_fraction(row["upper_bound"]),
            upper_inclusive=_flag(row["upper_inclusive"]),
        )
        for row in _rows("grade_schemes.csv")
    )


@cache
def printed_marks() -> tuple[Mark, ...]:
    """The marks of options and grades. ▲ is not △, ● is not ○ and ◎ is not ○: no spelling stands in two rows.

    >>> [mark.spellings for mark in printed_marks() if mark.mark == "▲"]
    ['▴']
    """
    return tuple(
        Mark(row["mark"], row["spellings"], row["family"] or None, _flag(row["chosen"])) for row in _rows("marks.csv")
    )


def printed_as(marks: str) -> str:
    """The characters that print some marks, and are no letters.

    >>> printed_as("○×")
    '○◯〇⭕⚪×✕✖✗✘╳❌⨯'
    """
    return "".join(mark.printed for mark in printed_marks() if mark.mark in marks)


def option_marks(family: str, chosen: bool) -> str:
    """The characters of a family of options that choose, or that leave open, レ for ✓ with them.

    >>> option_marks("circle", True), option_marks("square", True)
    ('●⚫⬤◉⦿', '■◼⬛▣☑✅☒✓✔レ')
    """
    found = "".join(
        mark.mark + mark.spellings for mark in printed_marks() if mark.family == family and mark.chosen is chosen
    )
    return "".join(character for character in found if not character.isascii())


@cache
def directions() -> Mapping[str, str]:
    """What forms print for a direction, and its code: 拡充 ``expand``, 継続 ``continue``, 変更し実施 ``modify``.

    >>> directions()["現状維持"]
    'continue'
    """
    return {row["spelling"]: row["direction"] for row in _rows("directions.csv")}


@cache
def better_words() -> tuple[tuple[re.Pattern[str], Better], ...]:
    """Names of indicators of which more, or less, is better, as patterns; the first that fits says it.

    >>> [better for pattern, better in better_words() if pattern.search("交通事故発生件数")]
    ['down']
    """
    return tuple((re.compile(row["pattern"]), BETTER[row["better"]]) for row in _rows("better.csv"))


@cache
def cost_words() -> tuple[tuple[re.Pattern[str], CostKind | None], ...]:
    """Names of costs and of sources of funds, as patterns; the first that fits says it. None is no kind.

    >>> [kind for pattern, kind in cost_words() if pattern.search("一般財源")]
    ['general']
    """
    return tuple((re.compile(row["pattern"]), COST_KINDS.get(row["cost_kind"])) for row in _rows("cost_kinds.csv"))


@cache
def user_words() -> tuple[UserWord, ...]:
    """The words of this field and of these cities that stay one token: terms of evaluation sheets, names of projects.

    A word that is spelled in several ways has the usual spelling as its normalised form in every row.

    >>> [word.normalized_form for word in user_words() if word.surface == "買物弱者"]
    ['買い物弱者']
    """
    return tuple(
        UserWord(row["surface"], row["reading"], row["kind"], row["normalized_form"] or None)
        for row in _rows("user_dictionary.csv")
    )


@cache
def stop_words() -> frozenset[str]:
    """Normalised forms that say nothing of what a measure is about, each with the reason in the file.

    >>> "実施" in stop_words(), "創業" in stop_words()
    (True, False)
    """
    return frozenset(row["normalized_form"] for row in _rows("stop_words.csv"))


@cache
def municipality_rows() -> tuple[Municipality, ...]:
    """Every municipality and special ward of Japan, by area code; wards of other cities belong to their city.

    1,741 rows, as of July 2026: codes (全国地方公共団体コード, JIS X 0401 and 0402) and names after the open data set
    localgovjp (CC0), whose check digits are those of `check_digit`. English names stand only where a layout needs them.

    >>> [row.municipality_code for row in municipality_rows() if row.municipality_name == "武蔵野市"]
    ['132039']
    """
    return tuple(
        Municipality(
            municipality_code=row["area_code"] + check_digit(row["area_code"]),
            area_code=row["area_code"],
            municipality_name=row["municipality_name"],
            municipality_name_en=row["municipality_name_en"] or None,
            prefecture_iso=f"JP-{row['area_code'][:2]}",
        )
        for row in _rows("municipalities.csv")
    )


@cache
def prefectures() -> Mapping[str, str]:
    """The names of the prefectures by their ISO 3166-2 code; two municipalities of one name stand in different ones.

    >>> prefectures()["JP-13"]
    '東京都'
    """
    return {row["prefecture_iso"]: row["prefecture_name"] for row in _rows("prefectures.csv")}


def municipality_name(municipality_code: str) -> str | None:
    """The name of a six-digit code; None for a code that is not in the table.

    >>> municipality_name("132071")
    '昭島市'
    """
    return _names().get(municipality_code)


def check_digit(area_code: str) -> str:
    """The check digit of a five-digit area code by JIS X 0402: weights 6 5 4 3 2, 11 less the remainder, last digit.

    Raises ValueError for anything but five digits.

    >>> check_digit("13203"), check_digit("01202")
    ('9', '5')
    """
    if len(area_code) != 5 or not (area_code.isascii() and area_code.isdigit()):
        raise ValueError(f"an area code has five digits; got {area_code!r}")
    total = sum(int(digit) * weight for digit, weight in zip(area_code, (6, 5, 4, 3, 2), strict=True))
    return str(11 - total % 11)[-1]


@cache
def _names() -> Mapping[str, str]:
    return {row.municipality_code: row.municipality_name for row in municipality_rows()}


def _fraction(text: str) -> Fraction | None:
    return Fraction(text) if text else None


def _flag(text: str) -> bool | None:
    return {"true": True, "false": False, "": None}[text]


def _rows(name: str) -> csv.DictReader[str]:
    return csv.DictReader(files(__name__).joinpath(name).read_text(encoding="utf-8").splitlines())
