"""Traps of meaning: forms of the generator, changed where a reader goes wrong, and what their pages say then.

Heads are exchanged or blanked, numbers broken in two, struck out, covered, raised upon, negated, blocks printed again
with another number; rows and columns come in, years run backwards, units are gone. Each change knows what it does to
the facts. A value that is not the page's and that no finding speaks of is a defect, unless the unchanged form is
misread in the same way.

    python -m tests.fuzzing.meaning --forms 1000 --seed 1 --how html
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Set
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import get_args

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from extract import read_document
from normalize import read_records
from tests.forms.compose import compose
from tests.forms.judge import FalseRecord, judge
from tests.forms.model import Form
from tests.forms.press import SUFFIX, How, press
from tests.forms.run import shown_false
from tests.fuzzing.changing import END, RAISED, STRUCK, WHITE
from tests.fuzzing.print_changes import PRINT_CHANGES
from tests.fuzzing.table_changes import TABLE_CHANGES

_MARKED = re.compile(f"([{STRUCK}{RAISED}{WHITE}])([^{END}]*){END}")
Key = tuple[object, ...]
CHANGES = (*PRINT_CHANGES, *TABLE_CHANGES)


@dataclass(frozen=True, slots=True)
class Trap:
    """A changed form: what it says now, and how its bytes are made."""

    name: str
    form: Form
    data: bytes


def traps(number: int, seed: int, how: How, only: Collection[str] = ()) -> Iterator[Trap]:
    """The traps that are made of one form: each change (those named alone) at one place, where it has one."""
    form = compose(number, seed)
    for change in CHANGES:
        if only and change.__name__ not in only:
            continue
        made = change(form, Random(f"{seed}/{number}/{change.__name__}"), how)
        if made is not None:
            changed, print_over = made
            data = print_over(_pressed(changed, how))
            if data is not None:
                yield Trap(change.__name__, changed, data)


def known(form: Form, how: How) -> set[Key]:
    """The values of an unchanged form that are misread without a finding."""
    return {_key(false) for false in _silent(form, press(form, how), how)}


def defects(trap: Trap, how: How, before: Set[Key]) -> list[FalseRecord]:
    """The values of a trap that are not the page's, and without a finding; those of the unchanged form aside."""
    return [false for false in _silent(trap.form, trap.data, how) if _key(false) not in before]


def _silent(form: Form, data: bytes, how: How) -> list[FalseRecord]:
    verdict = judge(form, read_records(read_document(data, f"form{SUFFIX[how]}")))
    return [false for false in verdict.silent if false.said.table == "observations" and false.wrong != "again"]


def _key(false: FalseRecord) -> Key:
    row = false.said.row
    return (false.said.name, false.said.node, getattr(row, "value", None), getattr(row, "value_text", None))


def _pressed(form: Form, how: How) -> bytes:
    data = press(form, how)
    if how == "html":
        return _MARKED.sub(_html_mark, data.decode()).encode()
    return _set_in_workbook(data) if how == "xlsx" else data


def _html_mark(mark: re.Match[str]) -> str:
    tag = "s" if mark[1] == STRUCK else "sup"
    return f"<{tag}>{mark[2]}</{tag}>"


def _set_in_workbook(data: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    fonts = {
        STRUCK: InlineFont(strike=True), RAISED: InlineFont(vertAlign="superscript"),
        WHITE: InlineFont(color="FFFFFFFF"),
    }  # fmt: skip
    for row in book.active.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and (mark := _MARKED.search(cell.value)):
                before, after = cell.value[: mark.start()], cell.value[mark.end() :]
                cell.value = CellRichText(*filter(None, (before, TextBlock(fonts[mark[1]], mark[2]), after)))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def main() -> int:
    """Make the traps of many forms, read them, and name the defects; 1 where there is one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--forms", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--how", choices=get_args(How), default="html")
    parser.add_argument("--change", nargs="*", default=(), choices=[change.__name__ for change in CHANGES])
    parser.add_argument("--keep", type=Path, help="put the traps that are read falsely there")
    given = parser.parse_args()
    made: Counter[str] = Counter()
    false: Counter[str] = Counter()
    for number in range(given.first, given.first + given.forms):
        before = known(compose(number, given.seed), given.how)
        for trap in traps(number, given.seed, given.how, given.change):
            made[trap.name] += 1
            found = defects(trap, given.how, before)
            false[trap.name] += bool(found)
            for each in found:
                print(f"form {number}, {trap.name}: {shown_false(each)}", flush=True)
            if found and given.keep:
                with suppress(FileExistsError):
                    given.keep.mkdir(parents=True)
                (given.keep / f"{given.seed}-{number}-{trap.name}{SUFFIX[given.how]}").write_bytes(trap.data)
    print(*(f"{name}: {false[name]} of {count}" for name, count in sorted(made.items())), sep="\n")
    return 1 if false.total() else 0


if __name__ == "__main__":
    sys.exit(main())
