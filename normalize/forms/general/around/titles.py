"""The titles of a document: the lines and cells that say what it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from normalize.cells.vocabulary import term_of
from normalize.document.text_span import Excerpt, Place
from normalize.forms.general.around.line_labels import NUMBER
from normalize.text.calendar import fiscal_years
from normalize.text.folding import squeeze
from schemas.codes import printed_as
from schemas.document import Document, Line, Table

_KIND_OF_TITLE: Final = re.compile(
    "評価|シート|計画|戦略|プラン|ビジョン|進捗|実績|一覧|報告|調書|点検|KPI|ＫＰＩ|状況|改革|事業|検証|成果|カルテ|票|予算|決算|調査"
)
_ON_BRACKETS: Final = re.compile(r"\s*(?:[(（]\s*[)）]|括弧|かっこ|カッコ)\s*(?:内|書)")
"""A note on what stands in brackets, of another year mostly: （ ）内は令和3年度末時点."""

_CLOSED_LINE: Final = re.compile(r"\s*[(（][^()（）]+[)）]\s*")
"""A line in brackets: of the title over it, of which year its results are (令和5年度実績)."""

_ABOUT_YEARS: Final = re.compile(
    r"(?:(?:令和|平成|昭和|[RHＲＨ])?\s*[0-9０-９元]{1,2}\s*年度|[()（）〈〉【】\s・,、：:]|及び|と|の|"
    r"実施|対象|事務|事業|実績|決算|評価|計画|取組|分)+"
)
"""A line of years and what is said of them alone: 平成25年度実施（平成24年度事業）."""

_GAP: Final = re.compile(r"\t|\s{2,}")
_SHEET_END: Final = re.compile(r"(?:評価|シート|調書|一覧表?|報告書|計画書|管理票|カルテ|票|書)[)）]?$")

_LEGEND: Final = re.compile(f"[{printed_as('◎○△×')}].*[:：]")

_LONGEST_TITLE: Final = 100
_LONGEST_PLAIN: Final = 12
"""Characters of a title, and of one that names no kind of document."""


def titles_of(document: Document) -> list[Excerpt]:
    """The lines that say what the document is: those over its first table, running headers, a cell over a table.

    The one that names a kind of document stands first.
    """
    found: list[Excerpt] = []
    first_table = next((i for i, item in enumerate(document.items) if is_real_table(item)), len(document.items))
    for index, item in enumerate(document.items):
        if isinstance(item, Line):
            is_over = item.page == 1 and (index < first_table or _is_beside_top(item, document, first_table))
            is_behind = bool(found) and found[-1].place.item == index - 1
            if (item.role == "header" or is_over) and _is_title(item, is_behind=is_behind):
                found.append(Excerpt.of(item.text, Place(index)))
        elif index <= first_table and item.page == 1 and _begins_with_title(item):
            found.append(Excerpt.of(item.cells[0].text, Place(index, 0)))
    return _by_kind(found)


def _is_beside_top(line: Line, document: Document, first_table: int) -> bool:
    """Whether a line stands beside the first row of the first table: the title, left of the box of a number."""
    table = document.items[first_table] if first_table < len(document.items) else None
    at = line.fragments[0].box
    if not isinstance(table, Table) or at is None:
        return False
    bottoms = [box.bottom for cell in table.cells if cell.row == 0 and (box := cell.fragments[0].box) is not None]
    return bool(bottoms) and at.bottom <= min(bottoms)


def _is_title(line: Line, *, is_behind: bool) -> bool:
    """Whether a line can be a title: no label, no sentence, no note. `is_behind`: another title is right over it."""
    if line.role == "header" and line.fragments[0].place:
        return False  # the name on a sheet's tab is no print
    if _ON_BRACKETS.match(line.text) or "。" in line.text or len(line.text) > _LONGEST_TITLE:
        return False
    if is_behind and "年度" in line.text and _ABOUT_YEARS.fullmatch(line.text):
        return True
    term = term_of(line.text)
    if term is None or not term.is_whole or term.kind in {"grade", "document", "group"}:
        return not _leads_value(line.text)
    is_closed = _CLOSED_LINE.fullmatch(line.text) is not None
    return is_behind and is_closed and (term.kind == "axis" or bool(fiscal_years(line.text)))


def _leads_value(text: str) -> bool:
    """Whether a line begins with a label that blanks set apart from its value: 事務事業名    港の清掃."""
    label, *values = _GAP.split(text.strip())
    term = term_of(label) if values and not _SHEET_END.search(squeeze(text)) else None
    return term is not None and term.is_whole and term.kind in {"name", "org", "code", "passage"}


def _begins_with_title(table: Table) -> bool:
    """Whether the first cell of a table is as wide as it, or all of it, and no numbered heading."""
    if not table.cells:
        return False
    cell = table.cells[0]
    return (cell.col_span == table.n_cols or len(table.cells) == 1) and not NUMBER.match(cell.text)


def _by_kind(titles: Sequence[Excerpt]) -> list[Excerpt]:
    """Titles in their order, each once; first those that name a kind of document, then short ones.

    A number alone is none: in a box over the form it is the sheet's, which somebody has to read.
    """
    titles = [title for title in titles if any(map(str.isalpha, title.text))]
    kinds = [title for title in titles if _KIND_OF_TITLE.search(title.text)]
    plain = [title for title in kinds if not NUMBER.match(title.text) and not _LEGEND.search(title.text)]
    known = {*plain}
    rest = [title for title in titles if title not in known and len(squeeze(title.text)) <= _LONGEST_PLAIN]
    once = {"".join(title.text.split()): title for title in reversed([*plain, *rest])}
    return list(reversed(once.values()))


def is_real_table(item: Line | Table) -> bool:
    """Whether an item is a table of more than a label and its value."""
    return isinstance(item, Table) and len(item.cells) > 2
