"""Headings behind a list that are the names of its rows: what stands under one is told of that row.

事業名 | 予算額 | 決算額 over 灯台補修事業 …, and below the list 【灯台補修事業】 over sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from normalize.document.text_span import Excerpt
from normalize.forms.general.around.headings import name_in
from normalize.forms.general.around.lines import Flow
from normalize.forms.general.facts import Fact, Node, RowKey, Text
from normalize.forms.general.rows.rows import ListRow
from normalize.text.folding import squeeze


def row_named(line: Excerpt, rows: Mapping[RowKey, ListRow]) -> RowKey | None:
    """The row whose lowest name a line is, its number, brackets and marks aside; None where several have that name."""
    name = name_in(line, "program")
    if name is None or "。" in line.text:
        return None
    wanted = squeeze(name.value.text)
    found = [key for key, row in rows.items() if row.nodes and squeeze(row.nodes[-1].value.text) == wanted]
    return found[0] if len(found) == 1 else None


def goes_on(flow: Flow, facts: list[Fact], before: object) -> bool:
    """Whether lines still tell of the row whose name stood over them: no other name or heading has come, but labels."""
    if any(isinstance(fact, Node) for fact in facts):
        return False
    return flow.heading is None or flow.heading is before or flow.heading.term is not None


def told_of_row(fact: Fact, row: RowKey | None) -> Fact:
    """A fact of a line, told of a row where one holds."""
    if row is None or not isinstance(fact, Text) or fact.row is not None or fact.kind in {"document", "code"}:
        return fact
    return replace(fact, row=row)
