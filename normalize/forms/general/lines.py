"""Lines outside tables: titles, labels with their value behind a colon, labels of boxes, headings over prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from normalize.document.text_span import Excerpt, Place
from normalize.forms.general.axis import SECTIONS
from normalize.forms.general.facts import Text
from normalize.forms.general.judgements import direction_of, mark_of
from normalize.forms.general.sketch import is_prose
from normalize.forms.general.vocabulary import Term, term_of, unit_note
from normalize.text.quantities import indicator_measure_of
from schemas.document import Box, Document, Line, Table

_COLON: Final = re.compile(r"\s*[:：]\s*")
_NUMBER: Final = re.compile(r"\s*(?:[(（]?[0-9０-９]{1,2}[)）.．、\s]|[①-⑳])\s*")
_WIDE: Final = re.compile(r"\s{2,}")
_KIND_OF_TITLE: Final = re.compile(
    "評価|シート|計画|戦略|プラン|ビジョン|進捗|実績|一覧|報告|調書|点検|KPI|ＫＰＩ|状況|改革|事業"
)
_HEADING: Final = re.compile(r"\s*(?:[(（]?[0-9０-９]{1,2}[)）.．、\s]|[①-⑳■◆●○≪＜<【※〔])")


@dataclass(frozen=True, slots=True)
class LabelLine:
    """A line that is nothing but a label."""

    excerpt: Excerpt
    term: Term
    line: Line


def label_lines(document: Document) -> Mapping[int, LabelLine]:
    """The lines of the body that are labels, by their position in the document."""
    return {
        index: LabelLine(Excerpt.of(item.text, Place(index)), term, item)
        for index, item in enumerate(document.items)
        if isinstance(item, Line) and item.role == "body" and (term := term_of(item.text)) and term.is_whole
    }


def labels_of_boxes(document: Document, labels: Mapping[int, LabelLine]) -> Mapping[int, Text]:
    """The label line beside each box, a table of one cell: on its left on the page, else the item before it."""
    found: dict[int, Text] = {}
    for index, item in enumerate(document.items):
        if not (isinstance(item, Table) and len(item.cells) == 1):
            continue
        box = item.cells[0].fragments[0].box
        near: LabelLine | None
        if box is None:
            near = labels.get(index - 1)
        else:
            beside = [
                (box.x0 - at.x1, number)
                for number, label in labels.items()
                if label.line.page == item.page and (at := label.line.fragments[0].box) and _is_left_of(at, box)
            ]
            near = labels[min(beside)[1]] if beside else None
        if near is not None:
            found[index] = Text(near.term.kind, near.term.field, near.excerpt, near.excerpt)
    return found


def _is_left_of(line: Box, box: Box) -> bool:
    middle = (line.top + line.bottom) / 2
    return line.x1 <= box.x0 + 2 and box.top <= middle <= box.bottom and box.x0 - line.x1 <= 12 * line.height


def line_facts(document: Document, index: int, labels: Mapping[int, LabelLine]) -> Iterator[Text]:
    """What a line of the body says by itself: 担当課：商工課. A label of prose heads the lines under it."""
    item = document.items[index]
    if not isinstance(item, Line) or item.role != "body":
        return
    text = Excerpt.of(item.text, Place(index))
    if said := [*_labelled(text)] or [*_judged(text)]:
        yield from said
        return
    label = _heading_of(document, index, labels)
    if label is None or index in labels:
        return
    if label.term.kind != "axis":
        yield Text(label.term.kind, label.term.field, text, label.excerpt)
    elif (section := SECTIONS.get(label.term.field)) and is_prose(text.text):
        yield Text("passage", section, text, label.excerpt)


def _labelled(line: Excerpt) -> Iterator[Text]:
    """The values of a line behind their labels, one or several: 事業名：道路の補修　担当課：道路課."""
    found = [(colon, *label) for colon in _COLON.finditer(line.text) if (label := _label_before(line, colon.start()))]
    starts = [head.start - line.start for _, head, _ in found] + [len(line.text)]
    for (colon, head, term), end in zip(found, starts[1:], strict=True):
        value = line.slice(colon.end(), end).strip()
        if term.kind in {"document", "code"}:  # what stands far behind is no part of a date or a number
            value = value.slice(0, gap.start() if (gap := _WIDE.search(value.text)) else None)
        if value:
            yield Text(term.kind, term.field, value, head, subject=_subject(head, term))


def _label_before(line: Excerpt, end: int) -> tuple[Excerpt, Term] | None:
    """The label that ends at an offset of a line: from the line's start, else from behind a blank."""
    for start in (0, *(blank.end() for blank in re.finditer(r"\s+", line.text[:end]))):
        head = line.slice(start, end)
        term = term_of(head.text) if head else None
        if term is not None and term.is_whole:
            is_read = term.kind not in {"group", "aside", "axis", "cost", "indicator"}
            return (head, term) if is_read else None
    return None


def _judged(line: Excerpt) -> Iterator[Text]:
    """A judgement behind its label without a colon: ４　評価　Ｂ（おおむね達成）."""
    for gap in re.finditer(r"\s+", line.text):
        head, value = line.slice(0, gap.start()), line.slice(gap.end()).strip()
        term = term_of(head.text) if head and value else None
        if term is None or not term.is_whole or term.kind not in {"grade", "direction"}:
            continue
        is_said = mark_of(value.text) if term.kind == "grade" else direction_of(value.text)
        if is_said is not None and not is_prose(value.text):
            yield Text(term.kind, term.field, value, head, subject=_subject(head, term))
            return


def _subject(head: Excerpt, term: Term) -> tuple[Excerpt, ...]:
    is_judged = term.kind == "direction" or (term.kind, term.field) == ("grade", "grade")
    number = _NUMBER.match(head.text)
    return (head.slice(number.end() if number else 0),) if is_judged else ()


def _heading_of(document: Document, index: int, labels: Mapping[int, LabelLine]) -> LabelLine | None:
    """The label of prose that a line of the body stands under, without a table or another heading between."""
    for number in range(index - 1, -1, -1):
        item = document.items[number]
        if isinstance(item, Table):
            return None
        if number in labels:
            return labels[number] if labels[number].term.kind in {"passage", "grade", "axis"} else None
        if item.role == "body" and (item.level or (_HEADING.match(item.text) and not is_prose(item.text))):
            return None
    return None


def titles_of(document: Document) -> list[Excerpt]:
    """The lines that say what the document is: those over its first table, running headers, a cell over a table.

    The one that names a kind of document stands first.
    """
    found: list[Excerpt] = []
    first_table = next((i for i, item in enumerate(document.items) if _is_real_table(item)), len(document.items))
    for index, item in enumerate(document.items):
        if isinstance(item, Line):
            is_over = index < first_table and item.page == 1
            term = term_of(item.text)
            is_label = term is not None and term.is_whole and term.kind != "grade"
            if (item.role == "header" or is_over) and not is_prose(item.text) and not is_label:
                found.append(Excerpt.of(item.text, Place(index)))
        elif item.cells and item.cells[0].col_span == item.n_cols > 1 and item.page == 1 and index <= first_table:
            found.append(Excerpt.of(item.cells[0].text, Place(index, 0)))
    named = [text for text in found if _KIND_OF_TITLE.search(text.text) and not _HEADING.match(text.text)]
    once = {"".join(text.text.split()): text for text in reversed(named)}
    return list(reversed(once.values()))


def _is_real_table(item: Line | Table) -> bool:
    return isinstance(item, Table) and len(item.cells) > 1


def money_unit_over(document: Document, index: int) -> Excerpt | None:
    """The line between a table and the one before it that names the unit of the table's money: （単位：千円）."""
    for number in range(index - 1, -1, -1):
        item = document.items[number]
        if _is_real_table(item):
            return None
        if isinstance(item, Line):
            note = unit_note(item.text)
            if note is not None and indicator_measure_of(note) == "currency":
                return Excerpt.of(item.text, Place(number))
    return None
