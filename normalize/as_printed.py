"""What a print can be read as, for whoever holds a value against it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from normalize.cells.marks import direction_of
from normalize.goals.goal_parser import parse_target
from normalize.grades.schemes import read_grade
from normalize.text.folding import narrow, squeeze
from normalize.text.labels import label_keys
from normalize.text.quantities import quantities_in, quantity
from schemas.codes import scheme_grades, units


def numbers_of_print(text: str) -> Iterator[Decimal]:
    """Every number that a text can be read as: as a quantity, as money, in a sentence, as a goal.

    >>> sorted(set(numbers_of_print("4社／年")))
    [Decimal('4')]
    """
    for money in (False, True):
        if (whole := quantity(text, money=money)) is not None:
            yield whole.value
    for part in quantities_in(text):
        yield part.value
    for goal in parse_target(text):
        if goal.value is not None:
            yield goal.value


def factors_of_unit(unit: str | None, printed: str) -> Iterator[Decimal]:
    """What a number may have to be multiplied by to be in a unit, as the print beside or above it says (千円).

    >>> sorted(set(factors_of_unit("円", "（単位：千円）")))
    [Decimal('1'), Decimal('1000')]
    """
    text = narrow(printed)
    return (known.factor for known in units() if known.unit == unit and narrow(known.spelling) in text)


def grade_of_print(text: str, scheme: str) -> str | None:
    """The code that a scheme has for a printed mark or word; of a direction also the words that the data tells."""
    code = read_grade(text, scheme).grade
    directed = any(known.grade_scheme_id == scheme and known.kind == "direction" for known in scheme_grades())
    return direction_of(text) if code is None and directed else code


def is_print_of(clean: str, printed: str) -> bool:
    """Whether a clean text stands in a print, white space and width aside."""
    return squeeze(clean) in squeeze(printed)


def is_mark_of(mark: str, printed: str) -> bool:
    """Whether a mark that only the document's legend explains is its print, a remark, a bullet and a full stop aside.

    >>> is_mark_of("該当なし", "・該当なし"), is_mark_of("高い", "高い。"), is_mark_of("高い", "やや高い")
    (True, True, False)
    """
    return squeeze(mark) in {*label_keys(printed), *label_keys(squeeze(printed).strip("・･•。"))}


def counts_of_print(text: str) -> Iterator[int]:
    """The whole numbers of a print, whatever their width.

    >>> list(counts_of_print("◎ １２件、○ 3件"))
    [12, 3]
    """
    return map(int, re.findall(r"[0-9]+", narrow(text)))
