"""Evidence: which block each field was read from, what role each block plays, and what nobody accounted for.

Accounting is exact to the character. A character is accounted for when a record's evidence, a label or furniture
covers it; white space does not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from normalize.excerpt import Excerpt, Place, excerpts
from normalize.statements import Entry, Furniture, Label, Statement
from schemas.declare import declaration_of
from schemas.document import Cell, Document, Fragment, Line, Table
from schemas.records import Block, Provenance, record_id

Role = Literal["value", "label", "furniture"]
_STRENGTH: Mapping[Role, int] = {"furniture": 0, "label": 1, "value": 2}


@dataclass(frozen=True, slots=True)
class Ledger:
    """A document's blocks, the provenance of its records, its coverage (null without a character), what is left."""

    blocks: tuple[Block, ...]
    provenance: tuple[Provenance, ...]
    coverage: float | None
    unclaimed: tuple[Excerpt, ...]
    pages: Mapping[Place, int]


def account(document: Document, statements: Iterable[Statement]) -> Ledger:
    """Hold every statement against the document's print."""
    statements = (*statements, *_own_furniture(document))
    texts = {excerpt.place: excerpt for excerpt in excerpts(document)}
    roles = {place: _roles(text, ()) for place, text in texts.items()}
    for place, claims in _claims(statements).items():
        roles[place] = _roles(texts[place], claims)
    pieces = {place: list(_pieces(document, place)) for place in texts}
    blocks = tuple(_blocks(document, pieces, roles))
    counted = [role for marks in roles.values() for role in marks]
    # What a page prints and no block holds is not accounted for either.
    printed = max(len(counted), sum(page.characters or 0 for page in document.pages))
    return Ledger(
        blocks=blocks,
        provenance=tuple(_provenance(document, statements, pieces)),
        coverage=sum(role is not None for role in counted) / printed if printed else None,
        unclaimed=tuple(left for place, text in texts.items() for left in _left(text, roles[place])),
        pages={place: parts[0].fragment.page for place, parts in pieces.items()},
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    """A fragment with its block id and the range of its place's non-space characters that it holds."""

    fragment: Fragment
    block_id: str
    start: int
    end: int


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


def _roles(text: Excerpt, claims: Iterable[tuple[Excerpt, Role]]) -> list[Role | None]:
    """The strongest role claimed for each non-space character of a text."""
    every: list[Role | None] = [None] * len(text.whole)
    for excerpt, role in claims:
        for offset in range(excerpt.start, excerpt.end):
            present = every[offset]
            if present is None or _STRENGTH[present] < _STRENGTH[role]:
                every[offset] = role
    return [role for role, character in zip(every, text.whole, strict=True) if not character.isspace()]


def _left(text: Excerpt, roles: list[Role | None]) -> Iterator[Excerpt]:
    """The runs of a text that nobody accounted for; white space inside a run belongs to it."""
    start: int | None = None
    end = 0
    marks = iter(roles)
    for offset, character in enumerate(text.whole):
        if character.isspace():
            continue
        if next(marks) is None:
            start, end = offset if start is None else start, offset + 1
        elif start is not None:
            yield Excerpt(text.whole, text.place, start, end)
            start = None
    if start is not None:
        yield Excerpt(text.whole, text.place, start, end)


def _printed(text: str) -> int:
    """The number of non-space characters."""
    return sum(not character.isspace() for character in text)


def _source(document: Document, place: Place) -> Cell | Line:
    item = document.items[place.item]
    if isinstance(item, Line):
        return item
    assert place.cell is not None
    body = len(item.cells)
    return item.cells[place.cell] if place.cell < body else item.repeated[place.cell - body]


def _pieces(document: Document, place: Place) -> Iterator[_Piece]:
    done = 0
    for index, fragment in enumerate(_source(document, place).fragments):
        length = _printed(fragment.text)
        yield _Piece(fragment, _block_id(document, place, index), done, done + length)
        done += length


def _block_id(document: Document, place: Place, fragment: int) -> str:
    parts = [f"{document.document_id}-b{place.item}"]
    if place.cell is not None:
        parts.append(f"c{place.cell}")
    if fragment:
        parts.append(f"f{fragment}")
    return "-".join(parts)


def _blocks(
    document: Document, pieces: Mapping[Place, list[_Piece]], roles: Mapping[Place, list[Role | None]]
) -> Iterator[Block]:
    tables = {index: count for count, index in enumerate(_table_positions(document))}
    pages = {page.number: page for page in document.pages}
    for place, parts in pieces.items():
        source = _source(document, place)
        cell = source if isinstance(source, Cell) else None
        for piece in parts:
            box = piece.fragment.box
            page = pages.get(piece.fragment.page)
            yield Block(
                block_id=piece.block_id,
                document_id=document.document_id,
                page=piece.fragment.page,
                kind="cell" if cell else "line",
                table_index=tables[place.item] if cell else None,
                row=cell.row if cell else None,
                col=cell.col if cell else None,
                row_span=cell.row_span if cell else None,
                col_span=cell.col_span if cell else None,
                x0=box.x0 if box else None,
                top=box.top if box else None,
                x1=box.x1 if box else None,
                bottom=box.bottom if box else None,
                text=piece.fragment.text,
                role=_role(roles[place][piece.start : piece.end]),
                page_width=page.width if page else None,
                page_height=page.height if page else None,
                page_characters=page.characters if page else None,
            )


def _table_positions(document: Document) -> Iterator[int]:
    return (index for index, item in enumerate(document.items) if isinstance(item, Table))


def _role(roles: list[Role | None]) -> str:
    """A block's role: the strongest of its characters'. An empty block is furniture: it prints nothing."""
    if not roles:
        return "furniture"
    claimed = [role for role in roles if role is not None]
    return max(claimed, key=_STRENGTH.__getitem__) if claimed else "unclaimed"


def _provenance(
    document: Document, statements: Iterable[Statement], pieces: Mapping[Place, list[_Piece]]
) -> Iterator[Provenance]:
    seen: set[tuple[str, str, str, str]] = set()
    for statement in statements:
        if not isinstance(statement, Entry):
            continue
        name, identity = declaration_of(statement.record).name, record_id(statement.record)
        for evidence in statement.evidence:
            for piece in _touched(evidence.excerpt, pieces[evidence.excerpt.place]):
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


def _touched(excerpt: Excerpt, pieces: list[_Piece]) -> Iterator[_Piece]:
    start = _printed(excerpt.whole[: excerpt.start])
    end = start + _printed(excerpt.text)
    return (piece for piece in pieces if piece.start < end and start < piece.end)
