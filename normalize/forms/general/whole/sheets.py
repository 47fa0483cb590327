"""Sheets: which facts stand on which sheet of a document, and the names above each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from normalize.document.text_span import Excerpt, Place
from normalize.forms.general.entities import Sheet, chain_of_row, counts_on, is_same, rank_of
from normalize.forms.general.facts import Fact, Named, Node, Number, Text
from normalize.forms.general.whole.placing import Draft
from normalize.text.folding import squeeze
from schemas.document import Document, Line

_SHORTEST_TITLE: Final = 4
"""Characters of a first line that is a title where it comes again."""

_LINE: Final = -1
"""Where a line stands among the cells of its item: before them all."""


Placed = tuple[Sheet, Fact, tuple[Node, ...]]
"""A fact with its sheet, and the headings that hold where it stands."""


@dataclass(slots=True)
class _Sheets:
    """The sheets of a document so far: the facts with theirs, the last sheet, and the places of its content.

    Content is what is counted, judged and told of a form; `titles` are the lines in which its title comes again.
    """

    document: Document
    titles: Sequence[int]
    sheet: Sheet = field(default_factory=Sheet)
    content: set[Place] = field(default_factory=set)
    found: list[Placed] = field(default_factory=list)

    def begin(self, sheet: Sheet, moved: Callable[[Fact], bool]) -> None:
        """Begin a sheet, with the facts of the one before that are its own."""
        before = self.sheet
        self.found = [
            (sheet if other is before and moved(fact) else other, fact, context) for other, fact, context in self.found
        ]
        self.sheet, self.content = sheet, set()


def _begin_sheet(sheets: _Sheets, name: Node) -> None:
    """Begin the sheet of a name: behind its title, where that is printed again, else behind the content before it."""
    title = _title_before(sheets.titles, sheets.sheet, name.value.place.item)
    if title is not None:
        _begin_behind_title(sheets, title)
    else:
        _begin_behind_content(sheets, name)


def _begin_behind_title(sheets: _Sheets, title: int) -> None:
    """Begin a sheet with the names, the codes and the facts behind its title."""

    def is_behind(excerpt: Excerpt | None) -> bool:
        return excerpt is not None and excerpt.place.item > title

    sheet = Sheet(names=_take_names(sheets.sheet, is_behind), codes=_take_codes(sheets.sheet, is_behind))
    sheets.begin(sheet, lambda fact: is_behind(printed_of(fact)))


def _begin_behind_content(sheets: _Sheets, name: Node) -> None:
    """Begin a sheet with the names and codes that its head prints before its name, behind what was said of the last.

    What stands above them on the same page, and is of a form's head, is its own too.
    """
    sheet, at = sheets.sheet, _order(name.value.place)
    last = max((order for order in map(_order, sheets.content) if order < at), default=None)
    names = _take_names(sheet, lambda value: last is not None and _order(value.place) > last)
    rank = min(rank_of(node) for node in (name, *names))
    upper = [node for node in sheet.chain() if rank_of(node) < rank]
    before = [_order(node.value.place) for node in sheet.names] + ([last] if last is not None else [])
    codes = _take_codes(sheet, lambda value: all(_order(value.place) > order for order in before))
    start = _start_of(sheets, name, min(_order(node.value.place) for node in (name, *names)), last)

    def is_moved(fact: Fact) -> bool:
        printed = printed_of(fact)
        return printed is not None and _order(printed.place) >= start and (last is None or _order(printed.place) > last)

    sheets.begin(Sheet(names=names, inherited=upper, codes=codes), is_moved)


def _start_of(sheets: _Sheets, name: Node, first: tuple[int, int], last: tuple[int, int] | None) -> tuple[int, int]:
    """Where the head of a sheet begins whose first name is at `first`: with its page, with its table, or with it."""
    items = sheets.document.items
    page = items[first[0]].page
    before = min((node.value.place.item for node in sheets.sheet.names), default=first[0])
    start = first
    if page > items[before].page:
        start = (min(index for index, item in enumerate(items) if item.page == page), _LINE)
    is_in_table = name.value.place.cell is not None and last is not None and last[0] < start[0]
    if is_in_table and not _names_in(sheets.sheet, start[0]):
        return (start[0], _LINE)  # the head of the form that the table begins: who is in charge, before the name
    return start


def _take_names(sheet: Sheet, is_taken: Callable[[Excerpt], bool]) -> list[Node]:
    """Take names off a sheet."""
    taken = [node for node in sheet.names if is_taken(node.value)]
    sheet.names = [node for node in sheet.names if node not in taken]
    return taken


def _take_codes(sheet: Sheet, is_taken: Callable[[Excerpt], bool]) -> list[tuple[str, Excerpt]]:
    """Take codes off a sheet."""
    taken = [code for code in sheet.codes if is_taken(code[1])]
    sheet.codes = [code for code in sheet.codes if code not in taken]
    return taken


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
    return place.item, _LINE if place.cell is None else place.cell


def sheets_of(document: Document, draft: Draft) -> list[Placed]:
    """Each fact with the sheet that it stands on. A name under a label that the sheet has already begins a new one."""
    sheets = _Sheets(document, _titles_again(document))
    for fact, context in draft.placed:
        if isinstance(fact, Node):
            _take_name(sheets, draft, fact, context)
        elif isinstance(fact, Text) and fact.kind == "code" and fact.row is None:
            sheets.sheet.codes.append((fact.field, fact.value))
        elif (place := _content_at(fact)) is not None:
            sheets.content.add(place)
        sheets.found.append((sheets.sheet, fact, context))
    return sheets.found


def _take_name(sheets: _Sheets, draft: Draft, name: Node, context: tuple[Node, ...]) -> None:
    """Take a name for the sheet that it stands on, or begin one: a chapter does, and a name that the sheet has not."""
    if name.value.place.item in draft.chapters:
        sheets.sheet, sheets.content = Sheet(), set()
        return
    if name.own is not None or name in context:
        return
    known = sheets.sheet.named(name)
    begins = _begins_anew(sheets, name, known)
    if begins:
        _begin_sheet(sheets, name)
    if known is None or begins:
        sheets.sheet.names.append(name)
        sheets.sheet.last_named = name.value.place.item


def _begins_anew(sheets: _Sheets, name: Node, known: Node | None) -> bool:
    """Whether a name begins a sheet: its label names another already, or counts on from one that does (施策②), or the
    title comes again, or it is deeper than all the names, with content between them and it."""
    sheet, at = sheets.sheet, name.value.place.item
    if known is not None:
        return not is_same(known, name) or _title_before(sheets.titles, sheet, at) is not None
    counted = [other.value.place.item for other in sheet.names if counts_on(other, name)]
    if counted and any(counted[-1] < place.item < at for place in sheets.content):
        return True
    is_deeper = bool(sheet.names) and all(rank_of(name) > rank_of(other) for other in sheet.names)
    return is_deeper and any(sheet.last_named < place.item < at for place in sheets.content)


def _content_at(fact: Fact) -> Place | None:
    """Where a fact is printed that counts, judges or tells something of a form."""
    if isinstance(fact, Number) and fact.row is None:
        return fact.printed.place
    if isinstance(fact, Text) and fact.row is None and fact.kind in {"passage", "grade", "direction"}:
        return fact.value.place
    return None


def chain_of(draft: Draft, sheet: Sheet, fact: Fact, context: tuple[Node, ...]) -> list[Node]:
    """The names above a fact, from the top down: headings, the sheet's, and those of its row."""
    if isinstance(fact, Node) and fact in context:
        return list(context)
    own = [node for node in sheet.chain() if not _is_later(node, fact, context)]
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


def _is_later(node: Node, fact: Fact, context: Sequence[Node]) -> bool:
    """Whether a name of a sheet stands behind a fact that a heading of its rank names already."""
    printed = printed_of(fact)
    is_behind = printed is not None and _order(node.value.place) > _order(printed.place)
    ranks = [rank_of(other) for other in context if not _is_of_account(other)]
    return is_behind and node not in context and rank_of(node) in ranks


def _is_of_account(node: Node) -> bool:
    """Whether a heading is a section of the account, which stands for no level of the plan: 第３款　民生費."""
    return any("款" in text.text for text in (node.label, node.code) if text is not None)


def _named_by(own: Sequence[Node], node: Node) -> bool:
    return any(is_same(node, other) for other in own)


def printed_of(fact: Fact) -> Excerpt | None:
    """Where a fact is printed."""
    if isinstance(fact, Number):
        return fact.printed
    if isinstance(fact, Named):
        return next(iter(fact.name.sources), None)
    return fact.value
