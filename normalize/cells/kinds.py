"""What a cell can be on its own: blank, absent, a number, a year or role, a label, a mark, options, prose, words …"""

from __future__ import annotations

import re
from typing import Final, Literal

from normalize.cells.amounts import is_absent, read_amount
from normalize.cells.choices import MARKS, options_of
from normalize.cells.heads import read_head
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

CHOSEN: Final = option_marks("circle", True) + option_marks("circle", False) + option_marks("square", True)
"""Marks that choose where they stand alone in a cell beside or below an option."""

_CODE: Final = re.compile(
    r"[0-9]{1,6}(?:[-ー][0-9A-Za-z()]{1,4}){1,5}|[0-9]{1,4}(?:\.[0-9]{1,4}){2,5}|0[0-9]+|[A-Za-z]{1,3}-?[0-9]{1,5}(?:-[0-9]+)*"
    r"|第?[0-9]{1,3}[章節款項目編号]|[①-⑳]|\([0-9]{1,2}\)|[0-9]{1,2}[.)]|[ア-オ]|[Ⅰ-Ⅹ]+|[IVX]{2,4}"
)
_MORE_UNITS: Final = frozenset({"m2", "m3", "km2", "ha", "kWh", "kL", "kl", "t-CO2", "千t-CO2", "g/人・日", "GJ"})
_ARROWS: Final = re.compile(r"[→←↑↓↗↘⇒⇑⇓⇗⇘➡⬆⬇⇧⇩\s]+")
_SENTENCE: Final = re.compile(r"。|[^。]{16,}(?:する|した|ます|ました|である|図る|行う|行った|ため|ない|いる)$")
_UNIT: Final = re.compile(r"[^\d\s、。()]{1,6}(?:[/・][^\d\s、。()]{1,6}){0,2}")


_AS_OF: Final = re.compile("現在$|時点$")
"""Behind a day: it heads what was counted on it."""

_RAISED: Final = re.compile("[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]")
"""Raised digits: those of a note where they stand behind a mark that judges (A¹), which is no code then."""

_SMALL: Final = "bcde"
"""Letters that some forms print small as grades; a is a unit of area as well."""


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
    if squeezed[0] == "・" and len(squeezed) <= _LONGEST_OPTION and "\n" not in text.strip():
        bare = narrow(text).strip().lstrip(MIDDLE_DOTS).strip()
        if bare != text:  # a bullet may be one only once the text is squeezed; then the text is read with it
            return kind_of(bare, sense)
    if _ARROWS.fullmatch(squeezed):
        return "arrow"
    if has_options(text):
        return "options"
    plain = narrow(text).strip()
    if _RAISED.search(text) and fold_mark(text, MARKS) is not None:
        return "mark"
    if squeezed in _MORE_UNITS:
        return "unit"
    if len(squeezed) == 1 and (term := term_of(text)) is not None and term.kind in {"name", "org", "aside"}:
        return "label"
    if _CODE.fullmatch(squeezed) or _CODE.fullmatch(plain):
        head = read_head(text, sense)
        return "axis" if head.is_axis and head.year is not None else "code"
    if len(squeezed) <= 10 and known_unit(squeezed) and not fold_mark(text, MARKS):
        term = term_of(text)
        return "label" if len(squeezed) > 1 and term is not None and term.is_whole else "unit"
    head = read_head(text, sense)
    if date_of(text) is not None and not (head.is_axis and _AS_OF.search(squeezed)):
        return "date"
    if head.is_axis or head.heads_years:
        if re.fullmatch(r"(?:19|20)\d\d", squeezed):
            return "year"
        return "axis"
    judged = head.year is not None and head.term is not None and head.term.is_whole and head.term.kind == "grade"
    if judged and not re.search("[年度RHS]", squeezed):
        return "label"
    if read_amount(text, sense) is not None:
        return "amount"
    if fold_mark(text, MARKS) is not None or (len(squeezed) == 1 and squeezed in CHOSEN + _SMALL):
        return "mark"
    if direction_of(text) is not None:
        return "direction"
    if head.term is not None and (head.term.is_whole or (len(squeezed) <= 24 and not _SENTENCE.search(squeezed))):
        return "label"
    if len(squeezed) > LONGEST_WORDS or _SENTENCE.search(squeezed) or squeezed.startswith("・"):
        return "prose"
    return "words"


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
    return bool(_UNIT.fullmatch(squeezed)) and fold_mark(text, MARKS) is None
