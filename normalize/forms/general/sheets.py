"""Sheets: which facts stand on which sheet of a document, and the names above each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from normalize.document.text_span import Excerpt, Place
from normalize.forms.general.entities import Sheet, chain_of_row, is_same, rank_of
from normalize.forms.general.facts import Fact, Named, Node, Number, Text
from normalize.forms.general.placing import Draft
from normalize.text.folding import squeeze
from schemas.document import Document, Line

_SHORTEST_TITLE: Final = 4


def _next_sheet(
    document: Document,
    titles: Sequence[int],
    sheet: Sheet,
    name: Node,
    content_at: set[Place],
    found: list[tuple[Sheet, Fact, tuple[Node, ...]]],
) -> tuple[Sheet, list[tuple[Sheet, Fact, tuple[Node, ...]]]]:
    """The sheet that a name begins, and the facts with those moved to it that its head prints before the name.

    The names and codes behind the last text of the sheet before are the new one's. What stands above them on the same
    page, and is of a form's head, is too.
    """
    at = name.value.place
    title = _title_before(titles, sheet, at.item)
    if title is not None:
        named = [node for node in sheet.names if node.value.place.item > title]
        sheet.names = [node for node in sheet.names if node not in named]
        titled = Sheet(names=named, codes=[code for code in sheet.codes if code[1].place.item > title])
        sheet.codes = [code for code in sheet.codes if code not in titled.codes]

        def is_titled(fact: Fact) -> bool:
            printed = printed_of(fact)
            return printed is not None and printed.place.item > title

        return titled, [
            (titled if other is sheet and is_titled(fact) else other, fact, context) for other, fact, context in found
        ]
    last = max((place for place in content_at if _order(place) < _order(at)), key=_order, default=None)
    moved = [node for node in sheet.names if last is not None and _order(node.value.place) > _order(last)]
    sheet.names = [node for node in sheet.names if node not in moved]
    upper = [node for node in sheet.chain() if rank_of(node) < min(rank_of(node) for node in (name, *moved))]
    end = max(
        (_order(place) for place in (last, *(node.value.place for node in sheet.names)) if place), default=(-1, -1)
    )
    following = Sheet(names=moved, inherited=upper, codes=[code for code in sheet.codes if _order(code[1].place) > end])
    sheet.codes = [code for code in sheet.codes if code not in following.codes]
    start = min(_order(node.value.place) for node in (name, *moved))
    page = document.items[start[0]].page
    first = min((node.value.place.item for node in sheet.names), default=start[0])
    if page > document.items[first].page:
        start = (min(index for index, item in enumerate(document.items) if item.page == page), -1)
    if at.cell is not None and last is not None and last.item < start[0] and not _names_in(sheet, start[0]):
        start = (start[0], -1)  # the head of the form that the table begins: who is in charge, before the name

    def is_moved(fact: Fact) -> bool:
        printed = printed_of(fact)
        behind = last is None or (printed is not None and _order(printed.place) > _order(last))
        return printed is not None and behind and _order(printed.place) >= start

    return following, [
        (following if other is sheet and is_moved(fact) else other, fact, context) for other, fact, context in found
    ]


def _names_in(sheet: Sheet, item: int) -> bool:
    """Whether a name of a sheet stands in an item of the document."""
    return any(node.value.place.item == item for node in sheet.names)


def _titles_again(document: Document) -> list[int]:
    """Where the first line of the document is printed again, as at the head of each of its sheets."""
    lines = [
        (at, squeeze(one.text)) for at, one in enumerate(document.items) if isinstance(one, Line) and one.role == "body"
    ]
    title = next((text for _, text in lines if text), "")
    return [at for at, text in lines if text == title] if len(title) > _SHORTEST_TITLE else []


def _title_before(titles: Sequence[int], sheet: Sheet, item: int) -> int | None:
    """Where the title is printed again, behind the last name of a sheet and before an item."""
    behind = min((node.value.place.item for node in sheet.names), default=-1)
    return max((at for at in titles if behind < at < item), default=None)


def _order(place: Place) -> tuple[int, int]:
    return place.item, -1 if place.cell is None else place.cell


def sheets_of(document: Document, draft: Draft) -> list[tuple[Sheet, Fact, tuple[Node, ...]]]:
    """Each fact with the sheet that it stands on. A name under a label that the sheet has already begins a new one."""
    sheet = Sheet()
    titles = _titles_again(document)
    found: list[tuple[Sheet, Fact, tuple[Node, ...]]] = []
    content_at: set[Place] = set()
    for fact, context in draft.placed:
        if isinstance(fact, Node) and fact.value.place.item in draft.chapters:
            sheet, content_at = Sheet(), set()
        elif isinstance(fact, Node) and fact.own is None and fact not in context:
            known = sheet.named(fact)
            deeper = bool(sheet.names) and all(rank_of(fact) > rank_of(other) for other in sheet.names)
            at = fact.value.place.item
            between = {
                place for place in content_at if place.item < at and sheet.names and place.item > sheet.last_named
            }
            anew = known is not None and (not is_same(known, fact) or _title_before(titles, sheet, at) is not None)
            begins = anew or (deeper and known is None and bool(between))
            if begins:
                sheet, found = _next_sheet(document, titles, sheet, fact, content_at, found)
                content_at = set()
            if known is None or begins:
                sheet.names.append(fact)
                sheet.last_named = at
            elif is_same(known, fact):
                sheet.names[sheet.names.index(known)] = known
        elif isinstance(fact, Text) and fact.kind == "code" and fact.row is None:
            sheet.codes.append((fact.field, fact.value))
        elif isinstance(fact, Number) and fact.row is None:
            content_at.add(fact.printed.place)
        elif isinstance(fact, Text) and fact.row is None and fact.kind in {"passage", "grade", "direction"}:
            content_at.add(fact.value.place)
        found.append((sheet, fact, context))
    return found


def chain_of(draft: Draft, sheet: Sheet, fact: Fact, context: tuple[Node, ...]) -> list[Node]:
    """The names above a fact, from the top down: headings, the sheet's, and those of its row."""
    own = sheet.chain()
    if isinstance(fact, Node) and fact in context:
        return list(context)
    if isinstance(fact, Text) and fact.row is None and any(n.value.place.item in draft.chapters for n in context):
        own = [node for node in own if _order(node.value.place) < _order(fact.value.place)]  # no card has begun yet
    if own:
        context = tuple(node for node in context if not node.title)
    top = min((rank_of(node) for node in own), default=99)
    upper = [node for node in context if rank_of(node) < top]
    below = [node for node in context if rank_of(node) >= top and node not in own and not _named_by(own, node)]
    chain = [*upper, *own]
    if isinstance(fact, Text | Number | Named) and fact.row is not None:
        row = draft.rows.get(fact.row)
        if row is not None:
            return chain_of_row([*upper, *own, *below], row.nodes)
    return [*chain, *below] if below and not own else chain


def _named_by(own: Sequence[Node], node: Node) -> bool:
    return any(is_same(node, other) for other in own)


def printed_of(fact: Fact) -> Excerpt | None:
    """Where a fact is printed."""
    if isinstance(fact, Number):
        return fact.printed
    if isinstance(fact, Named):
        return next(iter(fact.name.sources), None)
    return fact.value
