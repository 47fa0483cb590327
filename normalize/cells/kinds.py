"""What a cell can be on its own: blank, absent, a number, a year or role, a label, a mark, options, prose, words …"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from normalize.cells.amounts import is_absent, read_amount
from normalize.cells.choices import MARKS, options_of
from normalize.cells.heads import Head, are_storeys, read_head
from normalize.cells.marks import direction_of
from normalize.cells.vocabulary import term_of
from normalize.cells.years import YearSense
from normalize.document.text_span import Excerpt, Place
from normalize.text.calendar import date_of
from normalize.text.folding import MIDDLE_DOTS, fold_mark, narrow, squeeze
from normalize.text.quantities import known_unit
from normalize.text.text_cache import kept
from schemas.codes import option_marks

CellKind = Literal[
    "blank", "absent", "amount", "year", "axis", "unit", "code", "date", "mark", "direction", "options", "arrow",
    "label", "prose", "words",
]  # fmt: skip

LONGEST_WORDS: Final = 36
"""Characters; what is longer and no label is prose, also without a full stop."""

_LONGEST_OPTION: Final = 24
"""Characters of an option of which none is chosen; longer texts behind ○ are the items of a list."""

UNREAD: Final = "\ufffd"
"""A character that the file gives no meaning, or that was not read surely: the page's finding says so."""

CHOSEN: Final = option_marks("circle", True) + option_marks("circle", False) + option_marks("square", True)
"""Marks that choose where they stand alone in a cell beside or below an option."""

_CODE: Final = re.compile(
    r"[0-9]{1,6}(?:[-ー][0-9A-Za-z()]{1,4}){1,5}|[0-9]{1,4}(?:\.[0-9]{1,4}){2,5}|0[0-9]+|[A-Za-z]{1,3}-?[0-9]{1,5}(?:-[0-9]+)*"
    r"|第?[0-9]{1,3}[章節款項目編号]|[①-⑳]|\([0-9]{1,2}\)|[0-9]{1,2}[.)]|[ア-オ]|[Ⅰ-Ⅹ]+|[IVX]{2,4}"
)
_MORE_UNITS: Final = frozenset({"m2", "m3", "km2", "ha", "kWh", "kL", "kl", "t-CO2", "千t-CO2", "g/人・日", "GJ"})
_ARROWS: Final = re.compile(r"[→←↑↓↗↘⇒⇑⇓⇗⇘➡⬆⬇⇧⇩\s]+")
_SENTENCE: Final = re.compile(r"。|[^。]{16,}(?:する|した|ます|ました|である|図る|行う|行った|ため|ない|いる)$")
_UNKNOWN_UNIT: Final = re.compile(r"[^\d\s、。()]{1,6}(?:[/・][^\d\s、。()]{1,6}){0,2}")


_AS_OF: Final = re.compile("現在$|時点$")
"""Behind a day: it heads what was counted on it."""

_RAISED: Final = re.compile("[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]")
"""Raised digits: those of a note where they stand behind a mark that judges (A¹), which is no code then."""

_LONGEST_UNIT: Final = 10
"""Characters of a unit that is known."""

_LONGEST_LABEL: Final = 24
"""Characters of a label of which the vocabulary knows no more than the head noun."""

_SMALL: Final = "bcde"
"""Letters that some forms print small as grades; a is a unit of area as well."""


@dataclass(frozen=True, slots=True)
class _Print:
    """What a cell prints, and the same squeezed: at least one character, and no sign of absence."""

    text: str
    squeezed: str
    sense: YearSense

    @property
    def head(self) -> Head:
        return read_head(self.text, self.sense)

    @property
    def is_grade(self) -> bool:
        """Whether the text is a mark or letter that judges."""
        return fold_mark(self.text, MARKS) is not None


@kept(50_000)
def kind_of(text: str, sense: YearSense) -> CellKind:
    """The kind of a cell, by its text alone.

    >>> sense = YearSense(1996, 2035)
    >>> [kind_of(t, sense) for t in ("", "－", "312件（R5）", "Ｈ26", "担当課", "Ａ", "□有 ■無", "千円", "1-1-2", "06")]
    ['blank', 'absent', 'amount', 'axis', 'label', 'mark', 'options', 'unit', 'code', 'code']
    """
    squeezed = squeeze(text)
    if not squeezed:
        return "blank"
    if is_absent(text):
        return "absent"
    if (bare := _behind_bullet(text, squeezed)) is not None:
        return kind_of(bare, sense)
    cell = _Print(text, squeezed, sense)
    return next((kind for question in _QUESTIONS if (kind := question(cell)) is not None), "words")


def _behind_bullet(text: str, squeezed: str) -> str | None:
    """What stands behind the bullet of a short text; None where none does.

    A bullet may be one only once the text is squeezed; then the text is read with it.
    """
    if squeezed[0] != "・" or len(squeezed) > _LONGEST_OPTION or "\n" in text.strip():
        return None
    bare = narrow(text).strip().lstrip(MIDDLE_DOTS).strip()
    return bare if bare != text else None


def _arrow_or_options(cell: _Print) -> CellKind | None:
    """Arrows alone, or options of which some may be chosen."""
    if _ARROWS.fullmatch(cell.squeezed):
        return "arrow"
    return "options" if has_options(cell.text) else None


def _grade_with_note(cell: _Print) -> CellKind | None:
    """A mark that judges with the raised number of a note: A¹ is no code."""
    return "mark" if _RAISED.search(cell.text) and cell.is_grade else None


def _lone_sign(cell: _Print) -> CellKind | None:
    """A unit that is written like a code, or a label of one character: 款, 課."""
    if cell.squeezed in _MORE_UNITS:
        return "unit"
    term = term_of(cell.text) if len(cell.squeezed) == 1 else None
    return "label" if term is not None and term.kind in {"name", "org", "aside"} else None


def _code(cell: _Print) -> CellKind | None:
    """A number in an order, or a year that is printed like one: R5."""
    if are_storeys(cell.text) or not (_CODE.fullmatch(cell.squeezed) or _CODE.fullmatch(narrow(cell.text).strip())):
        return None
    return "axis" if cell.head.is_axis and cell.head.year is not None else "code"


def _unit(cell: _Print) -> CellKind | None:
    """A unit that is known, unless the vocabulary has it for a label: 課題, 部署."""
    if len(cell.squeezed) > _LONGEST_UNIT or not known_unit(cell.squeezed) or fold_mark(cell.text, MARKS):
        return None
    term = term_of(cell.text) if len(cell.squeezed) > 1 else None
    return "label" if term is not None and term.is_whole else "unit"


def _date(cell: _Print) -> CellKind | None:
    """A day, unless numbers are counted as of it: 令和5年4月1日現在."""
    if date_of(cell.text) is None or (cell.head.is_axis and _AS_OF.search(cell.squeezed)):
        return None
    return "date"


def _year_or_role(cell: _Print) -> CellKind | None:
    """A head over numbers: a year, a role, or both."""
    if not (cell.head.is_axis or cell.head.heads_years):
        return None
    return "year" if re.fullmatch(r"(?:19|20)\d\d", cell.squeezed) else "axis"


def _judgement_of_year(cell: _Print) -> CellKind | None:
    """The label of a judgement behind a year without 年度, which is no amount: 19評価."""
    head = cell.head
    is_judged = head.year is not None and head.term is not None and head.term.is_whole and head.term.kind == "grade"
    return "label" if is_judged and not re.search("[年度RHS]", cell.squeezed) else None


def _amount(cell: _Print) -> CellKind | None:
    return "amount" if read_amount(cell.text, cell.sense) is not None else None


def _mark(cell: _Print) -> CellKind | None:
    """A mark that judges, or one that chooses."""
    is_small_or_chooses = len(cell.squeezed) == 1 and cell.squeezed in CHOSEN + _SMALL
    return "mark" if cell.is_grade or is_small_or_chooses else None


def _direction(cell: _Print) -> CellKind | None:
    return "direction" if direction_of(cell.text) is not None else None


def _label(cell: _Print) -> CellKind | None:
    """What the vocabulary knows as a whole, or the short text whose head noun it knows."""
    term = cell.head.term
    if term is None:
        return None
    is_short = len(cell.squeezed) <= _LONGEST_LABEL and not _SENTENCE.search(cell.squeezed)
    return "label" if term.is_whole or is_short else None


def _prose(cell: _Print) -> CellKind | None:
    """A long text, a sentence, or an item of a list."""
    is_item = cell.squeezed.startswith("・")
    return "prose" if len(cell.squeezed) > LONGEST_WORDS or _SENTENCE.search(cell.squeezed) or is_item else None


_QUESTIONS: Final[tuple[Callable[[_Print], CellKind | None], ...]] = (
    _arrow_or_options, _grade_with_note, _lone_sign, _code, _unit, _date, _year_or_role, _judgement_of_year, _amount,
    _mark, _direction, _label, _prose,
)  # fmt: skip
"""What a cell can be, asked in this order: the first that it is, it is. What is nothing of these is words."""


def has_options(text: str) -> bool:
    """Whether a cell prints a set of options; sentences behind bullets of one kind are none."""
    options = options_of(Excerpt.of(text, Place(0)))
    if options is None:
        return False
    longest = max((len(option.text) for option in (*options.chosen, *options.others)), default=0)
    return bool(options.chosen) or longest <= _LONGEST_OPTION


def is_unit(text: str) -> bool:
    """Whether a text is a unit alone, a compound one (件／年, ｔ－ＣＯ２, 人泊) included; unknown words may be one too.

    >>> is_unit("件／年"), is_unit("千円"), is_unit("経営体"), is_unit("Ａ"), is_unit("市民税課の職員数")
    (True, True, True, False, False)
    """
    squeezed = squeeze(text)
    if known_unit(squeezed):
        return True
    return bool(_UNKNOWN_UNIT.fullmatch(squeezed)) and fold_mark(text, MARKS) is None
