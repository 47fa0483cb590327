"""Which broken file has which number."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from tests.fuzzing.bases import choose_pdf, choose_text
from tests.fuzzing.form_mutations import break_form
from tests.fuzzing.office_mutations import break_office
from tests.fuzzing.pdf_mutations import break_pdf
from tests.fuzzing.text_mutations import break_text

_TEXT_NAMES = ("a.txt", "a.txt", "a.tsv", "a.md")


class BrokenFile(NamedTuple):
    """An input, the group of what it was made from, and the names of what was done to that."""

    name: str
    data: bytes
    base: str
    mutations: tuple[str, ...]


def make_input(seed: int, number: int) -> BrokenFile:
    """One input: PDFs, generated forms and texts in turn, and an office file for every second text.

    >>> make_input(1, 7) == make_input(1, 7)
    True
    """
    random = Random(f"{seed}/{number}")
    if number % 4 == 3:
        return BrokenFile(*break_office(random))
    if number % 4 == 2:
        return BrokenFile(*break_form(random))
    if number % 2:
        base = choose_text(random)
        return BrokenFile(random.choice(_TEXT_NAMES), *_broken(base.group, break_text(base.data, random)))
    base = choose_pdf(random)
    return BrokenFile("a.pdf", *_broken(base.group, break_pdf(base.data, random)))


def _broken(group: str, made: tuple[bytes, tuple[str, ...]]) -> tuple[bytes, str, tuple[str, ...]]:
    return made[0], group, made[1]
