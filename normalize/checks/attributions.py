"""label-missing: a passage without the attribution that its siblings print."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.statements.statement import Remark
from schemas.messages import say
from schemas.records import Passage
from schemas.rows import Tables, rows_of

_QUOTED = 24
"""How much of a text a message quotes."""


def attributions_missing(records: Tables) -> Iterator[Remark]:
    """Passages without an attribution in a section where most of the document's passages have one."""
    sections: dict[str, list[Passage]] = {}
    for passage in rows_of(records, Passage):
        sections.setdefault(passage.section, []).append(passage)
    for passages in sections.values():
        missing = [passage for passage in passages if passage.attribution is None]
        if 2 * len(missing) >= len(passages):
            continue
        for passage in missing:
            yield Remark(
                "label-missing",
                "warning",
                say(
                    "{text}… does not say whose view it is, as the other items of its kind do",
                    text=passage.text[:_QUOTED],
                ),
                record=passage,
                field_name="attribution",
            )
