"""Measure what learning a form from its sheets gives, over the number of sheets that it is learnt from.

    python -m benchmarks.learning

Forms are composed as in `tests.forms`, each with many sheets: the same labels and blocks, other names, texts, amounts
and marks. Profiles are taken as `hyoka learn` writes them, without a correction by hand; what is counted is read from
sheets that nothing was learnt from.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import count, islice
from pathlib import Path

from benchmarks.plots import draw_learning
from extract import read_document
from normalize import Profile, forms_of, learn, read_records, sheets_of
from tests.forms.compose import compose
from tests.forms.judge import judge
from tests.forms.press import SUFFIX, How, press

RESULTS = Path(__file__).parent / "results"
SHEETS = (0, 3, 5, 20, 100)
"""Numbers of sheets that a form is learnt from; with none it is read in general."""

FORMS = 60
TESTED = 3
"""Sheets of each form that are read and counted."""

_FIRST_TESTED = 10_000
"""Their numbers begin behind those of all sheets that are learnt from."""


@dataclass(frozen=True, slots=True)
class Learning:
    """What was read of the tested sheets of all forms, with profiles from so many sheets each."""

    sheets: int
    forms: int
    facts: int
    found: int
    right: int
    false: int
    silent: int

    @property
    def recall(self) -> float:
        return self.found / self.facts

    @property
    def false_share(self) -> float:
        return self.false / (self.right + self.false)


def measure(sheets: int, forms: int, seed: int, how: How = "text") -> Learning:
    """Learn each form from so many sheets, read others of it, and count."""
    facts = found = right = false = silent = 0
    for number in islice(_forms(seed), forms):
        profiles = _profiles(number, seed, sheets, how)
        for copy in range(_FIRST_TESTED, _FIRST_TESTED + TESTED):
            form = compose(number, seed, copy)
            document = read_document(press(form, how), f"sheet{SUFFIX[how]}")
            verdict = judge(form, read_records(document, profiles=profiles))
            facts, found = facts + len(verdict.asked), found + len(verdict.found)
            right, false = right + len(verdict.right), false + len(verdict.false)
            silent += len(verdict.silent)
    return Learning(sheets, forms, facts, found, right, false, silent)


def _forms(seed: int) -> Iterator[int]:
    """The numbers of forms with one project a sheet: lists and tables of other things have no sheets to learn from."""
    for number in count():
        form = compose(number, seed, 0)
        if not form.wide and any(block.kind == "title" for block in form.blocks):
            yield number


def _profiles(number: int, seed: int, sheets: int, how: How) -> tuple[Profile, ...]:
    seen = [
        sheet
        for copy in range(sheets)
        for sheet in sheets_of(read_document(press(compose(number, seed, copy), how), f"sheet-{copy}{SUFFIX[how]}"))
    ]
    return tuple(
        Profile(f"form-{at}", tuple(one.label for one in learn(form)))
        for at, form in enumerate(forms_of(seen))
        if len(form.sheets) >= 3
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, write ``results/learning.json`` and draw ``results/learning.svg``."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.learning", description=__doc__)
    parser.add_argument("--forms", type=int, default=FORMS)
    parser.add_argument("--seed", type=int, default=16)
    parser.add_argument("--sheets", type=int, nargs="+", default=SHEETS)
    parser.add_argument("--out", type=Path, default=RESULTS)
    given = parser.parse_args(arguments)
    measured = []
    for sheets in given.sheets:
        measured.append(measure(sheets, given.forms, given.seed))
        print(f"{sheets:5} sheets: recall {measured[-1].recall:.3f}, false {measured[-1].false_share:.2%}, "
              f"silent {measured[-1].silent}", flush=True)  # fmt: skip
    text = json.dumps([asdict(one) for one in measured], indent=1)
    (given.out / "learning.json").write_text(f"{text}\n", encoding="utf-8")
    draw_learning(measured, given.out / "learning.svg")


if __name__ == "__main__":
    main()
