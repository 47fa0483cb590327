"""Evidence: which block each field was read from, what role each block plays, and what nobody accounted for.

Accounting is exact to the character. A character is accounted for when a record's evidence, a label or furniture
covers it; white space does not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from normalize.document.text_span import Excerpt, Place
from normalize.statements.statement import Entry, Furniture, Label, Statement
from schemas.closed_sets import BlockRole
from schemas.declare import declaration_of
from schemas.document import Cell, Document, Fragment, Line, Table
from schemas.light import light
from schemas.records import Block, Provenance, record_id

Role = Literal["value", "label", "furniture"]
_STRENGTH: Mapping[Role | None, int] = {None: 0, "furniture": 1, "label": 2, "value": 3}
_RUN = re.compile(r"\S+")
_ROLES: tuple[BlockRole, ...] = ("unclaimed", "furniture", "label", "value")
"""What each strength makes of a block. A character that nobody accounted for has strength 0."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """A document's blocks, the provenance of its records, its coverage (null without a character), what is left.

    `pages` are the pages of its places, `record_pages` those of its records by table name and record id: the first.
    """

    blocks: tuple[Block, ...]
    provenance: tuple[Provenance, ...]
    coverage: float | None
    unclaimed: tuple[Excerpt, ...]
    pages: Mapping[Place, int]
    record_pages: Mapping[tuple[str, str], int]


def account(document: Document, statements: Iterable[Statement]) -> Ledger:
    """Hold every statement against the document's print."""
    statements = (*statements, *_own_furniture(document))
    claims = _claims(statements)
    own = document.document_id
    prints = {
        text.place: _Print(
            text, source, tuple(_pieces(own, text.place, source)), _strengths(text, claims.get(text.place, ()))
        )
        for text, source in _texts(document)
    }
    provenance = tuple(_provenance(document, statements, prints))
    counted = sum(len(shown.strengths) for shown in prints.values())
    missed = sum(shown.strengths.count(0) for shown in prints.values())
    # What a page prints and no block holds is not accounted for either.
    printed = max(counted, sum(page.characters or 0 for page in document.pages))
    return Ledger(
        blocks=tuple(_blocks(document, prints.values())),
        provenance=provenance,
        coverage=(counted - missed) / printed if printed else None,
        unclaimed=tuple(left for shown in prints.values() for left in _left(shown)),
        pages={place: shown.pieces[0].fragment.page for place, shown in prints.items()},
        record_pages={(row.table_name, row.record_id): row.page for row in reversed(provenance)},
    )


@light
class _Piece:
    """A fragment with its block id and the range of its place's non-space characters that it holds."""

    fragment: Fragment
    block_id: str
    start: int
    end: int


@light
class _Print:
    """One place of the document: its text, the cell or line that it is, and its pieces.

    `strengths` holds for each non-space character of the text how strong a role is claimed for it.
    """

    text: Excerpt
    source: Cell | Line
    pieces: tuple[_Piece, ...]
    strengths: bytes


def _texts(document: Document) -> Iterator[tuple[Excerpt, Cell | Line]]:
    """Every text with its source, in the order of `normalize.document.text_span.excerpts`."""
    for index, item in enumerate(document.items):
        if isinstance(item, Line):
            yield Excerpt.of(item.text, Place(index)), item
        else:
            for cell_index, cell in enumerate((*item.cells, *item.repeated)):
                yield Excerpt.of(cell.text, Place(index, cell_index)), cell


def _own_furniture(document: Document) -> Iterator[Statement]:
    for index, item in enumerate(document.items):
        if isinstance(item, Line) and item.role != "body":
            yield Furniture(Excerpt.of(item.text, Place(index)))
        elif isinstance(item, Table):
            for cell_index, cell in enumerate(item.repeated, start=len(item.cells)):
                yield Furniture(Excerpt.of(cell.text, Place(index, cell_index)))


def _claims(statements: Iterable[Statement]) -> dict[Place, list[tuple[Excerpt, Role]]]:
    claims: dict[Place, list[tuple[Excerpt, Role]]] = {}
    for statement in statements:
        if isinstance(statement, Entry):
            for evidence in statement.evidence:
                claims.setdefault(evidence.excerpt.place, []).append((evidence.excerpt, "value"))
        elif isinstance(statement, Label):
            claims.setdefault(statement.excerpt.place, []).append((statement.excerpt, "label"))
        elif isinstance(statement, Furniture):
            claims.setdefault(statement.excerpt.place, []).append((statement.excerpt, "furniture"))
    return claims


def _strengths(text: Excerpt, claims: Sequence[tuple[Excerpt, Role]]) -> bytes:
    """The strength of the strongest role claimed for each non-space character of a text."""
    if not claims:
        return bytes(_printed(text.whole))
    every = bytearray(len(text.whole))
    for excerpt, role in sorted(claims, key=lambda claim: _STRENGTH[claim[1]]):
        every[excerpt.start : excerpt.end] = bytes((_STRENGTH[role],)) * (excerpt.end - excerpt.start)
    return b"".join(every[run.start() : run.end()] for run in _RUN.finditer(text.whole))


def _left(shown: _Print) -> Iterator[Excerpt]:
    """The runs of a text that nobody accounted for; white space inside a run belongs to it."""
    if 0 not in shown.strengths:
        return
    text = shown.text
    start: int | None = None
    end = 0
    strengths = iter(shown.strengths)
    for offset, character in enumerate(text.whole):
        if character.isspace():
            continue
        if not next(strengths):
            start, end = offset if start is None else start, offset + 1
        elif start is not None:
            yield Excerpt(text.whole, text.place, start, end)
            start = None
    if start is not None:
        yield Excerpt(text.whole, text.place, start, end)


def _printed(text: str) -> int:
    """The number of non-space characters."""
    return sum(map(len, text.split()))


def _pieces(document_id: str, place: Place, source: Cell | Line) -> Iterator[_Piece]:
    own = f"{document_id}-b{place.item}" if place.cell is None else f"{document_id}-b{place.item}-c{place.cell}"
    done = 0
    for index, fragment in enumerate(source.fragments):
        length = _printed(fragment.text)
        yield _Piece(fragment, f"{own}-f{index}" if index else own, done, done + length)
        done += length


def _blocks(document: Document, prints: Iterable[_Print]) -> Iterator[Block]:
    tables = {index: count for count, index in enumerate(_table_positions(document))}
    pages = {page.number: page for page in document.pages}
    for shown in prints:
        cell = shown.source if isinstance(shown.source, Cell) else None
        for piece in shown.pieces:
            box = piece.fragment.box
            page = pages.get(piece.fragment.page)
            yield Block(
                block_id=piece.block_id,
                document_id=document.document_id,
                page=piece.fragment.page,
                kind="cell" if cell else "line",
                table_index=tables[shown.text.place.item] if cell else None,
                row=cell.row if cell else None,
                col=cell.col if cell else None,
                row_span=cell.row_span if cell else None,
                col_span=cell.col_span if cell else None,
                x0=box.x0 if box else None,
                top=box.top if box else None,
                x1=box.x1 if box else None,
                bottom=box.bottom if box else None,
                text=piece.fragment.text,
                role=_role(shown.strengths[piece.start : piece.end]),
                page_width=page.width if page else None,
                page_height=page.height if page else None,
                page_characters=page.characters if page else None,
                confidence=piece.fragment.confidence,
                place=piece.fragment.place,
            )


def _table_positions(document: Document) -> Iterator[int]:
    return (index for index, item in enumerate(document.items) if isinstance(item, Table))


def _role(strengths: bytes) -> BlockRole:
    """A block's role: the strongest of its characters'. An empty block is furniture: it prints nothing."""
    return _ROLES[max(strengths)] if strengths else "furniture"


def _provenance(
    document: Document, statements: Iterable[Statement], prints: Mapping[Place, _Print]
) -> Iterator[Provenance]:
    seen: set[tuple[str, str, str, str]] = set()
    for statement in statements:
        if not isinstance(statement, Entry):
            continue
        name, identity = declaration_of(statement.record).name, record_id(statement.record)
        for evidence in statement.evidence:
            for piece in _touched(evidence.excerpt, prints[evidence.excerpt.place].pieces):
                key = (name, identity, evidence.field_name, piece.block_id)
                if key not in seen:
                    seen.add(key)
                    yield Provenance(
                        table_name=name,
                        record_id=identity,
                        field_name=evidence.field_name,
                        block_id=piece.block_id,
                        document_id=document.document_id,
                        page=piece.fragment.page,
                    )


def _touched(excerpt: Excerpt, pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    start = _printed(excerpt.whole[: excerpt.start]) if excerpt.start else 0
    # The pieces of a text hold all its characters, so a text that is read to its end ends with the last of them.
    end = pieces[-1].end if excerpt.end == len(excerpt.whole) else start + _printed(excerpt.text)
    return (piece for piece in pieces if piece.start < end and start < piece.end)
