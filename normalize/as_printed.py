"""What a print can be read as, for whoever holds a value against it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.cells.marks import direction_of
from normalize.grades.schemes import read_grade
from normalize.text.folding import narrow, squeeze
from normalize.text.labels import label_keys
from schemas.codes import scheme_grades


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
