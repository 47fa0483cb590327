"""Many generated forms, printed, read and judged: `python -m tests.forms.run`.

Every form has a number of its own and comes from it and the seed alone: `--only NUMBER --keep FOLDER` brings one back
with its facts. Exit status 1 says that some record is false and no finding says so.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import get_args

from extract import read_document
from normalize import read_records
from pipeline.reference import reference_tables
from schemas.validate import violations
from tests.forms.compose import compose
from tests.forms.judge import FalseRecord, Missing, Verdict, judge
from tests.forms.model import Fact
from tests.forms.press import SUFFIX, How, keep, press

FORMS = 1000
SHOWN = 8
"""Numbers of forms that a line shows."""
MOST = 20
"""Kinds of faults that the last line names."""


@dataclass(slots=True)
class Count:
    """The figures of one kind of block; `numbers` are forms in which something of it is missing or false."""

    forms: int = 0
    facts: int = 0
    found: int = 0
    right: int = 0
    false: int = 0
    silent: int = 0
    warned: int = 0
    numbers: list[int] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.facts if self.facts else 1.0


@dataclass(slots=True)
class Fault:
    """One way in which forms go wrong: how often, and the form that is smallest of those that show it."""

    count: int = 0
    number: int = 0
    size: int = sys.maxsize


@dataclass(slots=True)
class Figures:
    """The figures of a run: a count for each kind of block, and what went wrong how often."""

    kinds: dict[str, Count] = field(default_factory=dict)
    wrongs: Counter[str] = field(default_factory=Counter)
    broken: list[int] = field(default_factory=list)
    faults: dict[str, Fault] = field(default_factory=dict)

    def add(self, number: int, verdict: Verdict | None, kinds: Iterable[str]) -> None:
        """Count a form in; without a verdict its reading broke off."""
        if verdict is None:
            self.broken.append(number)
            return
        for kind in dict.fromkeys(kinds):
            self.kinds.setdefault(kind, Count()).forms += 1
        for name, seen in (
            ("facts", verdict.asked),
            ("found", verdict.found),
            ("right", verdict.right),
            ("warned", verdict.warned),
        ):
            for kind in seen:
                count = self.kinds.setdefault(kind, Count())
                setattr(count, name, getattr(count, name) + 1)
        for missing in verdict.missing:
            self._at(missing.kind, number)
            self._fault(f"{missing.kind}: missing {missing.fact.field}", number, verdict)
        for false in verdict.false:
            count = self._at(false.kind, number)
            count.false += 1
            count.silent += false.is_silent
            self._fault(f"{false.kind}: false {false.said.table}, {false.wrong}", number, verdict)
            self.wrongs[f"{false.said.table}: {false.wrong}"] += 1

    def _fault(self, name: str, number: int, verdict: Verdict) -> None:
        fault = self.faults.setdefault(name, Fault())
        fault.count += 1
        if len(verdict.asked) < fault.size:
            fault.number, fault.size = number, len(verdict.asked)

    def fault_lines(self) -> Iterator[str]:
        """Each fault, the most frequent first, with the smallest form that shows it."""
        yield f"{'count':>6} {'form':>6} {'facts':>6}  fault"
        for name, fault in sorted(self.faults.items(), key=lambda item: -item[1].count):
            yield f"{fault.count:6} {fault.number:6} {fault.size:6}  {name}"

    def _at(self, kind: str, number: int) -> Count:
        count = self.kinds.setdefault(kind, Count())
        if number not in count.numbers:
            count.numbers.append(number)
        return count

    @property
    def whole(self) -> Count:
        counts = self.kinds.values()
        return Count(
            *(
                sum(getattr(count, name) for count in counts)
                for name in ("forms", "facts", "found", "right", "false", "silent", "warned")
            )
        )

    def lines(self) -> Iterator[str]:
        heads = "".join(f"{name:>8}" for name in ("forms", "facts", "recall", "false", "silent", "warned"))
        yield f"{'kind of block':44}{heads}  first numbers"
        for kind, count in sorted(self.kinds.items(), key=lambda item: (-item[1].silent, item[1].recall)):
            yield f"{_line(kind, count)}  {' '.join(map(str, count.numbers[:SHOWN]))}"
        whole = self.whole
        records = max(1, whole.right + whole.false)
        yield _line("all", whole)
        shares = f"false {whole.false / records:.1%}, right ones warned of {whole.warned / max(1, whole.right):.1%}"
        yield f"{whole.right + whole.false} records: {shares}"
        if self.broken:
            yield f"the reading broke off: {' '.join(map(str, self.broken))}"
        if self.wrongs:
            yield "false: " + ", ".join(f"{wrong} {count}" for wrong, count in self.wrongs.most_common(MOST))


def _line(kind: str, count: Count) -> str:
    told = "".join(f"{number:8}" for number in (count.false, count.silent, count.warned))
    return f"{kind:44}{count.forms:8}{count.facts:8}{count.recall:8.3f}{told}"


def judged(number: int, seed: int, how: How) -> tuple[int, tuple[str, ...], Verdict | None]:
    """Print a form, read it, judge what was read; no verdict where the reading broke off."""
    form = compose(number, seed)
    kinds = tuple(block.kind for block in form.blocks)
    data = press(form, how)
    try:
        records = read_records(read_document(data, f"form{SUFFIX[how]}"))
        broken = [str(violation) for violation in islice(violations(records, reference_tables()), 1)]
        assert not broken, broken
    except Exception:
        traceback.print_exc()
        return number, kinds, None
    return number, kinds, judge(form, records)


def shown(fact: Fact) -> str:
    cells = (
        fact.field,
        " / ".join((*fact.labels, fact.name)),
        fact.year,
        fact.value,
        fact.unit,
        fact.text,
        f"[{fact.measure}]",
    )
    return " | ".join(str(cell) for cell in cells if cell not in ("", None))


def shown_missing(missing: Missing) -> str:
    return f"missing  {missing.kind}: {shown(missing.fact)}"


def shown_false(false: FalseRecord) -> str:
    said = false.said
    row = said.row
    told = [
        getattr(row, name, None)
        for name in ("fiscal_year", "role", "value", "value_text", "grade", "grade_text", "evaluator")
    ]
    cells = (said.table, said.name, said.judged, *told, said.unit, "/".join(said.parents), f"[{said.node}]")
    record = " | ".join(str(cell) for cell in cells if cell not in ("", None))
    if said.table == "documents":
        record = f"documents | {said.name} | {row}"
    nearest = f"  ≠  {shown(false.nearest)}" if false.nearest else ""
    return f"false, {false.wrong}{'' if false.is_silent else ' (told)'}  {false.kind}: {record}{nearest}"


def run(
    numbers: Sequence[int], seed: int, how: How, workers: int = 1
) -> Iterator[tuple[int, tuple[str, ...], Verdict | None]]:
    """The verdicts of forms, in the order of their numbers."""
    if workers == 1:
        yield from (judged(number, seed, how) for number in numbers)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(judged, numbers, [seed] * len(numbers), [how] * len(numbers), chunksize=8)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, and print the figures; one form alone is shown with all that is missing or false."""
    parser = argparse.ArgumentParser(prog="python -m tests.forms.run", description=__doc__)
    parser.add_argument("--forms", type=int, default=FORMS, help="how many (default: %(default)s)")
    parser.add_argument("--first", type=int, default=0, metavar="NUMBER", help="the first one's number")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--how", choices=get_args(How), default="text", help="how they are printed (default: %(default)s)"
    )
    parser.add_argument("--kind", metavar="TEXT", help="only forms with a block whose kind holds this text")
    parser.add_argument("--only", type=int, metavar="NUMBER", help="only the form with this number, in full")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="put the forms that differ there, with their facts")
    parser.add_argument("--faults", action="store_true", help="each kind of fault, and the smallest form that shows it")
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args(arguments)
    numbers: Sequence[int] = range(given.first, given.first + given.forms)
    if given.only is not None:
        numbers = (given.only,)
    if given.kind:
        numbers = [n for n in numbers if any(given.kind in block.kind for block in compose(n, given.seed).blocks)]
    figures = Figures()
    for number, kinds, verdict in run(numbers, given.seed, given.how, given.workers):
        figures.add(number, verdict, kinds)
        if given.keep and (verdict is None or verdict.missing or verdict.false or given.only is not None):
            keep(compose(number, given.seed), given.how, given.keep)
        if given.only is not None and verdict is not None:
            print(*map(shown_missing, verdict.missing), *map(shown_false, verdict.false), sep="\n")
        elif len(numbers) > 20 and sys.stderr.isatty():
            print(f"\r{number}", end="", file=sys.stderr)
    print(*figures.lines(), sep="\n")
    if given.faults:
        print(*figures.fault_lines(), sep="\n")
    return 1 if figures.whole.silent or figures.broken else 0


if __name__ == "__main__":
    sys.exit(main())
