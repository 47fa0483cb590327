"""A word that is added to one file of the data is known to every reader."""

import subprocess
import sys

from schemas import codes

_ADDED = """
from schemas import codes
rows = codes._rows
def with_one_more(name):
    found = list(rows(name))
    yield from found
    for line in {lines!r}.get(name, ()):
        yield dict.fromkeys(found[0], "") | line
codes._rows = with_one_more
{asked}
"""


def _with(lines: dict[str, list[dict[str, str]]], asked: str) -> str:
    """What a question prints in a process whose data files have these lines more."""
    script = _ADDED.format(lines=lines, asked=asked)
    return subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout.strip()


_DIAMOND = {
    "grade_schemes.csv": [{"grade_scheme_id": "general", "kind": "rating", "grade": "◇"}],
    "marks.csv": [{"mark": "◇", "spellings": "◊"}],
}


def test_a_new_grade_mark_is_read_alone_before_words_and_in_another_spelling() -> None:
    asked = """
from normalize.cells.marks import mark_of
print(*[mark_of(text) for text in ("◇", "◊", "◇ 概ね達成", "◇評価")])"""
    assert _with({}, asked) == "None None None None"
    assert _with(_DIAMOND, asked) == "◇ ◇ ◇ ◇"


def test_a_new_mark_of_options_chooses_wherever_options_are_read() -> None:
    asked = """
from normalize.cells.choices import options_of
from normalize.cells.kinds import kind_of
from normalize.cells.years import YearSense
from normalize.document.text_span import Excerpt, Place
options = options_of(Excerpt.of("□ 拡充　◆ 継続", Place(0)))
print(*[option.text for option in options.chosen] if options else ["none"], kind_of("◆", YearSense(1996, 2035)))"""
    lozenge = {"marks.csv": [{"mark": "◆", "family": "square", "chosen": "true"}]}
    assert "none" in _with({}, asked)
    assert _with(lozenge, asked) == "継続 mark"


def test_no_character_stands_in_two_rows_of_marks() -> None:
    printed = [character for mark in codes.printed_marks() for character in mark.mark + mark.spellings]
    assert len(printed) == len(set(printed))
