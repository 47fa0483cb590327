"""Names behind their labels in a form: of the hierarchy, with the code before them, and what stands there instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from normalize.cells.marks import direction_of
from normalize.cells.vocabulary import Term, term_of
from normalize.document.table_grid import GridCell
from normalize.document.text_span import Excerpt
from normalize.forms.general.cells.names import labelled_name, node_name, without_sentence
from normalize.forms.general.cells.prose import parts_of
from normalize.forms.general.facts import Fact, Node, Text
from normalize.forms.general.view import View
from normalize.text.folding import squeeze

_SENTENCES: Final = re.compile(r"。\s*$|\A\s*・[^\n]*\n\s*・")
"""What is told behind the label of a name (令和5年度の取組), and is none: a sentence, or items one a line."""


_STEP: Final = re.compile(r"\s*[＞>⇒→≫]+\s*")
"""What stands between a name and the one below it."""

_SLASH: Final = re.compile(r"\s*[／/]\s*")

_NEXT_SECTION: Final = re.compile(r"[\s／/＞>⇒→≫、]+(?=第\s*[0-9０-９]{1,2}\s*[編部章節項目]\s)")
"""What stands before the next section of a plan in one text."""

_LEVELS: Final = ("goal", "policy", "measure-group", "measure")

_LONGEST_END: Final = 8
"""Characters of a word that says where a project is to go, and is no name."""

DIRECTS: Final = re.compile("方向性?$")
"""How a label ends that asks where a project is to go, though it may name a level of the plan elsewhere."""


def is_below_section(view: View, label: GridCell) -> bool:
    """Whether 項 stands under 節: then it is a level of the plan, and not one of the budget."""
    over = (view.grid.at(row, label.cell.col) for row in range(label.cell.row))
    return any(cell is not None and squeeze(cell.text) == "節" for cell in over)


def name_facts(view: View, label: GridCell, term: Term, printed: Sequence[GridCell]) -> Iterator[Fact]:
    """A name, with the code before it in a cell of its own or in the same."""
    inner = [part for part in parts_of(printed[0].excerpt) if part[0] is not None]
    if inner:
        first = parts_of(printed[0].excerpt)[0]
        if first[0] is None:
            yield from node_facts(label.excerpt, first[2], term.field)
        for inner_label, inner_term, text in inner:
            if inner_label is not None and inner_term is not None and text:
                yield Text(inner_term.kind, inner_term.field, text, inner_label)
        return
    named = printed[-1] if view.kind(printed[0]) in {"code", "amount"} else printed[0]
    ends = view.kind(named) == "absent" and direction_of(named.text) is not None
    directs = DIRECTS.search(squeeze(label.text)) is not None
    if view.kind(named) == "direction" or (
        directs and (ends or view.kind(named) == "options" or _is_end(view, label, named))
    ):
        yield Text("direction", "direction", named.excerpt, label.excerpt, subject=(label.excerpt,))
        return
    if view.kind(named) == "options":
        return
    if _SENTENCES.search(without_sentence(named.excerpt).text):
        yield Text("passage", "description", named.excerpt, label.excerpt)
        return
    if path := _path_facts(label.excerpt, named.excerpt, term.field):
        yield from path
        return
    if (known := view.whole(named)) is not None and known.kind not in {"passage", "grade"}:
        return  # a label stands where a name is expected: the row is no row of a form
    if len(printed) > 1 and view.kind(printed[0]) in {"code", "amount", "mark"}:
        yield Node(term.field, printed[1].excerpt.strip(), printed[0].excerpt, label.excerpt)
        return
    yield from node_facts(label.excerpt, printed[0].excerpt, term.field)


def _path_facts(label: Excerpt, value: Excerpt, level: str) -> list[Node]:
    """The names that one text prints from the top down: ３ 安全なまち ＞ ３－１ 防災の充実 ＞ 消防団の充実."""
    parts = value.split(_STEP)
    if not 1 < len(parts) <= len(_LEVELS) or not all(part.text.strip() for part in parts):
        return []
    lowest = max(_LEVELS.index(level) if level in _LEVELS else len(_LEVELS) - 1, len(parts) - 1)
    levels = _LEVELS[lowest - len(parts) + 1 : lowest + 1]
    return [node for part, own in zip(parts, levels, strict=True) for node in node_facts(label, part.strip(), own)]


def labelled_nodes(text: Excerpt) -> Iterator[Node]:
    """The names that a text prints behind labels of its own, from the top down; none where it begins with no label.

    A step without a label is the level below the one before it.

    >>> from normalize.document.text_span import Place
    >>> nodes = labelled_nodes(Excerpt.of("基本目標３　学びあうまち ＞ 施策3-2　生涯学習の推進", Place(0)))
    >>> [(node.field, node.code.text, node.value.text) for node in nodes]
    [('goal', '３', '学びあうまち'), ('measure', '3-2', '生涯学習の推進')]
    >>> [node.value.text for node in labelled_nodes(Excerpt.of("基本目標４　働けるまち／施策２　港の仕事", Place(0)))]
    ['働けるまち', '港の仕事']
    """
    parts = [part.strip() for part in text.split(_STEP)]
    named = [labelled_name(part) for part in parts]
    if len(parts) == 1 and all(beside := [labelled_name(part) for part in text.split(_SLASH)]):
        named = beside  # between names a stroke stands only where each has a label of its own
        parts = text.split(_SLASH)
    if named[0] is None or not all(part.text for part in parts):
        return
    first = term_of(named[0][0].text)
    level = _LEVELS.index(first.field) if first is not None and first.field in _LEVELS else len(_LEVELS)
    if not all(named) and level + len(parts) > len(_LEVELS):
        return  # a step without a label is below the lowest level
    for at, (part, own) in enumerate(zip(parts, named, strict=True)):
        label, value = own or (named[0][0], part)
        yield from node_facts(label, value, None if own else _LEVELS[level + at])


def _is_end(view: View, label: GridCell, said: GridCell) -> bool:
    """Whether a short word stands behind a label that no label of the hierarchy is printed with: 展開方向 | 重点化."""
    text = squeeze(said.text)
    if view.kind(said) not in {"words", "label"} or len(text) > _LONGEST_END or re.search(r"\d", text):
        return False
    terms = (view.whole(cell) for cell in view.grid.cells if cell and cell is not label)
    return not any(term is not None and term.kind == "name" for term in terms)


def node_facts(label: Excerpt, value: Excerpt, level: str | None) -> Iterator[Node]:
    """The names that a text prints for a label of the hierarchy; `level` is its field where the label tells none.

    The names of a plan's sections may follow each other: 第３章　安全なまち　／　第１節　防災の充実.
    """
    value, *below = value.split(_NEXT_SECTION)
    yield from _node_facts(label, value, level)
    for section in below:
        if named := labelled_name(section):
            yield from _node_facts(*named, None)


def _node_facts(label: Excerpt, value: Excerpt, level: str | None) -> Iterator[Node]:
    term = term_of(label.text)
    if level is None and (term is None or term.kind != "name"):
        if not re.fullmatch("[款章編節]", squeeze(label.text)):
            return
        level = "policy" if squeeze(label.text) in "款章編" else "measure-group"
    if named := labelled_name(value):
        inner = term_of(named[0].text)
        if inner is not None and inner.kind == "name":
            level, value = inner.field, named[1]
    code, name = node_name(value, label)
    if name is not None and not re.fullmatch(r"[-－ー―…\s]+", name.text):
        yield Node(level or (term.field if term else "measure"), name, code, label)
