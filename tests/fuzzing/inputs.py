"""Which broken file has which number."""

from __future__ import annotations

from random import Random

from tests.fuzzing.bases import pdf_bases, text_bases
from tests.fuzzing.pdf_mutations import break_pdf
from tests.fuzzing.text_mutations import break_text

_TEXT_NAMES = ("a.txt", "a.txt", "a.tsv", "a.md")


def make_input(seed: int, number: int) -> tuple[str, bytes]:
    """The name and the bytes of one input: PDFs and texts in turn.

    >>> make_input(1, 7) == make_input(1, 7)
    True
    """
    random = Random(f"{seed}/{number}")
    if number % 2:
        return random.choice(_TEXT_NAMES), break_text(text_bases(), random)
    return "a.pdf", break_pdf(pdf_bases(), random)
