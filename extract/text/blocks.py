"""Source lines → blocks: tables as rows of fields, and what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from extract.text.aligned import aligned_rows, is_caption, wrapped_end
from extract.text.gaps import goes_on_below
from extract.text.ruled import ruled_end, ruled_table
from schemas.document import Table

_PIPES = re.compile(r"(?<!\\)\|")
_PIPE_RULE = re.compile(r"\s*+\|?\s*+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)*+\|?\s*+")
_LOOKED_AT = 4
"""So many lines behind a blank one tell whether they go on with the table above it."""

_MARKED = re.compile(r"\s*(?:#{1,6}|[-*])\s")


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: its rows of source fields."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Adjacent source lines that are no table."""

    lines: tuple[str, ...]


def lines_to_blocks(lines: Sequence[str]) -> Iterator[Rows | Table | Lines]:
    """Adjacent lines with tabs are a table, as are the lines of a Markdown table, those that characters rule, and those
    whose columns stand one under the other; the others stay lines.

    An empty line ends a block. One that holds nothing but tabs does as well, unless the row after it continues
    the cells above: then it is a row of merged cells. Neither does where the rows below it have no heads of their own,
    but numbers in the columns above: then it is left out.

    >>> list(lines_to_blocks(["表題", "", "区分\\t数", "\\t2件"]))
    [Lines(lines=('表題',)), Rows(rows=(('区分', '数'), ('', '2件')))]
    """
    for run in _runs(lines):
        yield from _run_to_blocks(run)


def _runs(lines: Sequence[str]) -> Iterator[list[str]]:
    """The lines between empty ones."""
    run: list[str] = []
    blank: list[str] = []
    for at, line in enumerate(lines):
        if not line.strip():
            blank.append(line)
            continue
        if blank and _is_of_table(run, lines, at):
            blank = []
        elif blank and not (run and all("\t" in empty for empty in blank) and "\t" in run[-1] and line[0] == "\t"):
            yield run
            run, blank = [], []
        run += [*blank, line]
        blank = []
    yield run


def _is_of_table(run: Sequence[str], lines: Sequence[str], at: int) -> bool:
    """Whether the lines from one behind a blank line on are of the table that is the end of the run above it."""
    if not run or "\t" not in run[-1]:
        return False
    below = list(islice(takewhile(str.strip, islice(lines, at, None)), _LOOKED_AT))
    if any("\t" not in line for line in below) and not _lost_its_tabs([*run, *below]):
        below = list(takewhile(lambda line: "\t" in line, below))
    return goes_on_below([line.split("\t") for line in run], [line.split("\t") for line in below])


def _run_to_blocks(run: list[str]) -> Iterator[Rows | Table | Lines]:
    done = 0
    plain: list[str] = []
    while done < len(run):
        end = ruled_end(run, done)
        rows: Rows | Table | None = None
        if end > done:
            rows = ruled_table(run[done:end])
        elif (end := _table_end(run, done)) > done:
            rows = (_tab_rows if "\t" in run[done] else _pipe_rows)(run[done:end])
        if end == done and not is_caption(run[done]):
            end = wrapped_end(run, done)
            found = aligned_rows(run[done:end])
            rows = Rows(found) if found is not None else None
        if rows is None:
            end = max(end, done + 1)
            plain += run[done:end]
        else:
            if plain:
                yield Lines(tuple(plain))
            plain = []
            yield rows
        done = end
    if plain:
        yield Lines(tuple(plain))


def _table_end(run: list[str], start: int) -> int:
    """Where the table ends that begins at `start`; `start` itself where none does."""
    if start + 1 < len(run) and "|" in run[start] and "|" in run[start + 1] and _PIPE_RULE.fullmatch(run[start + 1]):
        return next((n for n in range(start + 2, len(run)) if "|" not in run[n]), len(run))
    if "\t" not in run[start]:
        return start
    end = next((n for n in range(start, len(run)) if "\t" not in run[n]), len(run))
    if _lost_its_tabs(run[start:]):
        end = next((n for n in range(start, len(run)) if _MARKED.match(run[n])), len(run))
    return end if any(len(_filled(line)) > 1 for line in run[start:end]) else start


def _filled(line: str) -> list[str]:
    return [field for field in line.split("\t") if field.strip()]


def _lost_its_tabs(run: list[str]) -> bool:
    """Whether tabs at the ends of lines were cut off, so that a line without any can be a row of one field."""
    return not any(line.endswith("\t") for line in run) and len({line.count("\t") for line in run if "\t" in line}) > 1


def _tab_rows(lines: list[str]) -> Rows:
    return Rows(tuple(tuple(line.split("\t")) for line in lines))


def _pipe_rows(lines: list[str]) -> Rows:
    rows = (_PIPES.split(re.sub(r"^\s*\||(?<!\\)\|\s*$", "", line)) for line in (lines[0], *lines[2:]))
    return Rows(tuple(tuple(field.strip() for field in row) for row in rows))
