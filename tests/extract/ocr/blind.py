"""What pages say when they are pictures, held against what the PDFs say that the pictures are made of.

    python -m tests.extract.ocr.blind [--seed N] [--pictures N] [--how NAME] [--show] PDF...
    python -m tests.extract.ocr.blind --seed N --forms N [--show]

Takes a few pages of each PDF (or forms that the generator composes), spoils them, reads both, and counts the numbers
and grades that the picture gives and the PDF does not: those that a finding tells and the silent ones; names that
differ; what is missing. Exit status 1 says that a number or a grade is other and no finding says so.
"""

from __future__ import annotations

import argparse
import sys
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2

from extract.read import read_document
from normalize import read_records
from schemas.records import Finding, Grade, Observation
from schemas.rows import Tables
from tests.extract.ocr.scores import distance
from tests.extract.ocr.spoiling import Spoiling, pages_of_pdf, rounds, spoil_pdf, spoiling_of
from tests.forms.compose import compose
from tests.forms.press import press
from tests.forms.said import Said, rows, said

_ALIKE = 0.7
"""Names are of one thing from this share of equal characters on."""

_NAMED = ("measures", "indicators", "measure_orgs")

_SAME = str.maketrans({**dict.fromkeys("―—‐−–－ー", "-"), **dict.fromkeys("〜∼～", "~"), "〇": "○", "◯": "○"})


@dataclass(slots=True)
class Outcome:
    """What became of one picture; the texts are those that `--show` prints."""

    records: int = 0
    found: int = 0
    other: int = 0
    silent: int = 0
    names: int = 0
    names_other: int = 0
    names_silent: int = 0
    doubts: int = 0
    seconds: float = 0.0
    texts: tuple[str, ...] = ()


def compare_records(seen: Tables, printed: Tables) -> Outcome:
    """The records of a picture against those of the PDF that it was made from."""
    ours, theirs = [*said(seen)], [*said(printed)]
    outcome, texts = Outcome(), []
    left = [record for record in theirs if isinstance(record.row, Observation | Grade)]
    outcome.records = len(left)
    own = [record for record in ours if isinstance(record.row, Observation | Grade)]
    for least in (1.0, _ALIKE, 0.0):  # what is surely the same takes its twin first
        rest: list[Said] = []
        for record in own:
            same = [other for other in left if _value(other) == _value(record)]
            twin = max(same, key=lambda other: _likeness(record, other), default=None)
            if twin is None or _likeness(record, twin) < least:
                rest.append(record)
                continue
            left.remove(twin)
            outcome.found += 1
        own = rest
    for record in own:
        outcome.other += 1
        outcome.silent += not record.is_named
        texts.append(f"{'told' if record.is_named else 'SILENT'} {_shown(record)}")
    texts += [f"missing {_shown(record)}" for record in left]
    _compare_names(ours, theirs, outcome, texts)
    outcome.doubts = sum(finding.rule == "ocr-uncertain" for finding in rows(seen, Finding))
    outcome.texts = tuple(texts)
    return outcome


def _compare_names(ours: Sequence[Said], theirs: Sequence[Said], outcome: Outcome, texts: list[str]) -> None:
    printed = [_plain(record.name) for record in theirs if record.table in _NAMED]
    for record in ours:
        if record.table not in _NAMED:
            continue
        outcome.names += 1
        name = _plain(record.name)
        if name in printed:
            continue
        outcome.names_other += 1
        outcome.names_silent += not record.is_named
        nearest = min(printed, key=lambda other: distance(name, other), default="")
        texts.append(f"{'name' if record.is_named else 'SILENT NAME'} {record.table} {name} ≠ {nearest}")


def _value(record: Said) -> tuple[object, ...]:
    row = record.row
    if isinstance(row, Observation):
        return ("observation", row.role, row.fiscal_year, row.value, row.value is None and _plain(row.value_text or ""))
    assert isinstance(row, Grade)
    return ("grade", _plain(row.grade_text or row.grade or ""), row.fiscal_year, row.score)


def _likeness(one: Said, other: Said) -> float:
    names = [(_plain(a), _plain(b)) for a, b in ((one.name, other.name), (one.node, other.node))]
    longest = sum(max(len(a), len(b)) for a, b in names)
    return 1 - sum(distance(a, b) for a, b in names) / longest if longest else 1.0


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).translate(_SAME).split())


def _shown(record: Said) -> str:
    return " | ".join(
        str(part) for part in (*_value(record), record.name, record.node) if part not in (None, "", False)
    )


def compare_picture(data: bytes, pages: Sequence[int], spoiling: Spoiling, seed: int) -> Outcome:
    """Spoil pages of a PDF, read both and compare."""
    picture = spoil_pdf(data, pages, spoiling, seed)
    printed = read_records(read_document(pages_of_pdf(data, pages), "a.pdf"))
    began = time.process_time()
    scan = read_document(picture, "a.pdf", ocr="auto")
    seconds = time.process_time() - began
    outcome = compare_records(read_records(scan), printed)
    outcome.seconds = seconds / len(pages)
    return outcome


def sources(arguments: argparse.Namespace) -> Iterator[tuple[str, bytes, list[int]]]:
    """What is made a picture of: a name, a PDF and its pages."""
    if arguments.forms:
        for number in range(arguments.first, arguments.first + arguments.forms):
            data = press(compose(number, arguments.seed), "reportlab")
            with pypdfium2.PdfDocument(data) as pdf:
                count = len(pdf)
            yield f"form {number}", data, list(range(min(3, count)))
        return
    dice = np.random.default_rng(arguments.seed)
    for at in range(arguments.pictures or len(arguments.files)):
        path: Path = arguments.files[at % len(arguments.files)]
        data = path.read_bytes()
        with pypdfium2.PdfDocument(data) as pdf:
            count = len(pdf)
        first = int(dice.integers(0, max(1, count - 1)))
        yield path.name, data, list(range(first, min(count, first + 2)))


def main(given: Sequence[str] | None = None) -> int:
    """Print a line for each picture, and the sums."""
    parser = argparse.ArgumentParser(prog="python -m tests.extract.ocr.blind", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--pictures", type=int, help="how many (default: one of each file)")
    parser.add_argument("--forms", type=int, help="so many forms of the generator in place of files")
    parser.add_argument("--first", type=int, default=0, help="the number of the first form")
    parser.add_argument("--how", help="only this way to spoil")
    parser.add_argument("--show", action="store_true", help="every difference")
    arguments = parser.parse_args(given)
    whole = Outcome()
    ways = rounds(arguments.seed)
    for at, (name, data, pages) in enumerate(sources(arguments)):
        spoiling = spoiling_of(arguments.how) if arguments.how else next(ways)
        outcome = compare_picture(data, pages, spoiling, arguments.seed * 1000 + at)
        print(_line(f"{name} {pages[0] + 1}-{pages[-1] + 1} {spoiling.name}", outcome), flush=True)
        if arguments.show:
            print(*(f"    {text}" for text in outcome.texts), sep="\n", flush=True)
        for field in ("records", "found", "other", "silent", "names", "names_other", "names_silent", "doubts"):
            setattr(whole, field, getattr(whole, field) + getattr(outcome, field))
        whole.seconds = max(whole.seconds, outcome.seconds)
    print(_line("all", whole))
    return 1 if whole.silent else 0


def _line(name: str, outcome: Outcome) -> str:
    return (
        f"{name:50} {outcome.found:5}/{outcome.records:<5} other {outcome.other:3} silent {outcome.silent:3}  "
        f"names {outcome.names:4} other {outcome.names_other:3} silent {outcome.names_silent:3}  "
        f"doubts {outcome.doubts:4}  {outcome.seconds:5.1f} s"
    )


if __name__ == "__main__":
    sys.exit(main())
