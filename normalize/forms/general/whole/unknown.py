"""What was not understood of a document without a layout, and what it can be of more than one of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from normalize.cells.amounts import is_absent
from normalize.document.text_span import Excerpt, Place
from normalize.forms.general.whole.document_year import DocumentYear
from normalize.forms.general.whole.municipality import Finding
from normalize.forms.general.whole.placing import Draft
from normalize.statements.statement import Entry, Label, Remark, Statement
from normalize.text.folding import clean, squeeze
from schemas.declare import Text
from schemas.document import Document, Line
from schemas.messages import say

_LISTED: Final = 20
"""How many labels that were not understood a finding lists."""


_LONGEST_LABEL: Final = 20

_CALENDAR: Final = re.compile(r"(?:19|20)\d\d年(?:\(?(?:実績|目標|計画|見込)値?\)?)?")

_FISCAL: Final = re.compile(r"(?:令和|平成|昭和|[RHS])?(?:元|\d{1,4})年度.{0,8}")
_OF_ERA: Final = re.compile(r"(?:令和|平成|昭和|[RHS])(?:元|\d{1,2})年")

_LINE_OF_NUMBERS: Final = re.compile(r"\s*[^\d\s]\S*(?:\s\S+)*(?:\s{2,}[△▲▼-]?\d[\d,]*(?:\.\d+)?[%％]?){2,}\s*")
"""A name and two numbers or more, set apart by blanks."""

_NUMBER: Final = re.compile(r"[△▲-]?\d[\d,]*(?:\.\d+)?[^\d\s]{0,4}")


def unknown_labels(draft: Draft, statements: Iterable[Statement]) -> Iterator[Excerpt]:
    """Short texts that nothing was read from and that stand where labels stand, the most frequent first."""
    statements = tuple(statements)
    claimed = _claimed(statements) | {s.excerpt.place for s in statements if isinstance(s, Label)}
    found: list[Excerpt] = []
    for grid in draft.grids:
        for cell in grid.cells:
            if cell.excerpt.place in claimed or not _may_be_label(cell.excerpt):
                continue
            after = next(iter(grid.right_of(cell)), None)
            below = grid.at(cell.cell.row + cell.cell.row_span, cell.cell.col)
            if after is not None or below is not None:
                found.append(cell.excerpt)
    counts = Counter(squeeze(text.text) for text in found)
    first: dict[str, Excerpt] = {}
    for text in found:
        first.setdefault(squeeze(text.text), text)
    yield from sorted(first.values(), key=lambda text: -counts[squeeze(text.text)])


def _claimed(statements: Iterable[Statement]) -> set[Place]:
    return {evidence.excerpt.place for s in statements if isinstance(s, Entry) for evidence in s.evidence}


def _may_be_label(text: Excerpt) -> bool:
    squeezed = squeeze(text.text)
    return (
        1 < len(squeezed) <= _LONGEST_LABEL and not re.match(r"[\d△▲(（]", squeezed) and not is_absent(text.text)
        and "。" not in squeezed
    )  # fmt: skip


def numbers_read(draft: Draft, statements: Iterable[Statement]) -> tuple[int, int]:
    """How many cells of tables that hold a number became values, and how many there are."""
    claimed = _claimed(statements)
    places = [
        cell.excerpt.place
        for grid in draft.grids
        for cell in grid.cells
        if _NUMBER.fullmatch(squeeze(cell.text)) is not None
    ]
    return sum(place in claimed for place in places), len(places)


def _lines_of_numbers(document: Document, statements: Iterable[Statement]) -> list[Excerpt]:
    """The lines outside of tables that print numbers side by side behind a name, and from which nothing was read."""
    claimed = _claimed(statements)
    lines = [
        Excerpt.of(item.text, Place(at))
        for at, item in enumerate(document.items)
        if isinstance(item, Line) and item.role == "body" and Place(at) not in claimed
    ]
    return [line for line in lines if _LINE_OF_NUMBERS.fullmatch(line.text)]


def remarks(
    document: Document,
    draft: Draft,
    statements: Sequence[Statement],
    city: Finding,
    year: DocumentYear,
    unknown: Sequence[Excerpt],
) -> Iterator[Remark]:
    """What the reader says of its own reading: how much it understood, and what it left open."""
    listed = "、".join(text.printed for text in unknown[:_LISTED])
    read, printed = numbers_read(draft, statements)
    lines = _lines_of_numbers(document, statements)
    yield Remark(
        "layout-unknown",
        "warning",
        say(
            "no layout fits; the document was read by the field's vocabulary alone, and what it "
            "does not know stays as blocks; {told}; of {printed} numbers in tables {read} became values",
            told=_told(unknown, listed, is_all=read == printed and not lines),
            printed=printed,
            read=read,
        ),
        unknown[0] if unknown else None,
        observed=listed or None,
    )
    if lines:
        yield Remark(
            "unclaimed-text",
            "warning",
            say(
                "{count} lines print numbers side by side, and which heads they stand under is not sure; none is said, "
                "the first is {line}",
                count=len(lines),
                line=clean(lines[0].text),
            ),
            lines[0],
            observed=lines[0].printed,
        )
    for head, count in _heads_of_several(draft, statements):
        yield Remark(
            "ambiguous",
            "warning",
            say("{count} cells under {head} hold several numbers each; none is said", count=count, head=head.printed),
            head,
            observed=head.printed,
        )
    if calendar := _calendar_years(draft):
        names = "、".join(dict.fromkeys(text.printed for text in calendar))
        yield Remark(
            "ambiguous",
            "warning",
            say(
                "{names} may be calendar years; they were read as fiscal years, as the document names them elsewhere",
                names=names,
            ),
            calendar[0],
            observed=names,
        )
    if city.rivals:
        yield Remark(
            "layout-unknown",
            "note",
            say(
                "the document can be of more than one municipality: {names}; none is taken",
                names=", ".join(city.rivals),
            ),
            observed=", ".join(city.rivals),
        )
    if year.rivals:
        years = ", ".join(dict.fromkeys(str(one) for one, _ in year.rivals))
        yield Remark(
            "ambiguous",
            "note",
            say("the document can be of more than one fiscal year: {years}; none is taken", years=years),
            year.rivals[0][1],
            observed=years,
        )


def _heads_of_several(draft: Draft, statements: Iterable[Statement]) -> Iterator[tuple[Excerpt, int]]:
    """The heads over cells that stack several numbers, none of which became a value, with the number of cells."""
    claimed = _claimed(statements)
    for grid in draft.grids:
        counts: Counter[Excerpt] = Counter()
        for cell in grid.cells:
            lines = cell.text.split("\n")
            if len(lines) < 2 or cell.excerpt.place in claimed:
                continue
            if all(_NUMBER.fullmatch(squeeze(line)) for line in lines):
                over = (grid.at(row, cell.cell.col) for row in range(cell.cell.row - 1, -1, -1))
                head = next((one for one in over if one is not None and not re.search(r"\d", one.text)), None)
                if head is not None and head.text.strip():
                    counts[head.excerpt] += 1
        yield from counts.items()


def _calendar_years(draft: Draft) -> list[Excerpt]:
    """Heads that name years as 2022年 in a document that names fiscal years elsewhere, or 令和6年 beside 令和5年度."""
    beside = [
        cell.excerpt
        for grid in draft.grids
        for row in grid.rows
        if any(_FISCAL.fullmatch(squeeze(cell.text)) for cell in grid.starting(row))
        for cell in grid.starting(row)
        if _OF_ERA.fullmatch(squeeze(cell.text))
    ]
    return beside or _western_years(draft)


def _western_years(draft: Draft) -> list[Excerpt]:
    cells = [cell for grid in draft.grids for cell in grid.cells]
    if not any(re.search("[0-9０-９元]年度", cell.text) for cell in cells):
        return []
    return [cell.excerpt for cell in cells if _CALENDAR.fullmatch(squeeze(cell.text)) is not None]


def _told(unknown: Sequence[Excerpt], listed: str, *, is_all: bool) -> Text:
    if len(unknown) > _LISTED:
        return say(
            "labels not understood, the most frequent first: {labels} and {more} more",
            labels=listed,
            more=len(unknown) - _LISTED,
        )
    if unknown:
        return say("labels not understood, the most frequent first: {labels}", labels=listed)
    return say("every label was understood") if is_all else say("no label stands out that was not understood")
