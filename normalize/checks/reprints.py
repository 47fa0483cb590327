"""reprint-unresolved and reprint-differs: a 再掲 card without an original, or unlike it.

A reprint repeats the name, description, schedule and goals of its original. Numbers of 基本目標 are relative to the
policy, and a reprint keeps its own departments in charge: neither is compared (facts/DECISIONS 10, 32).
"""

from __future__ import annotations

from collections.abc import Iterator

from normalize.records.measures import called
from normalize.statements.statement import Remark
from normalize.text.folding import squeeze
from schemas.messages import say
from schemas.records import Measure, MeasureLink, Passage
from schemas.rows import Tables, rows_of

_COMPARED = ("target", "description", "schedule")


def reprints_unresolved(records: Tables) -> Iterator[Remark]:
    """Reprints whose original is not in the document."""
    measures = {measure.measure_id: measure for measure in rows_of(records, Measure)}
    for link in rows_of(records, MeasureLink):
        if link.kind == "reprint" and link.target_measure_id is None:
            card = measures.get(link.measure_id)
            yield Remark(
                "reprint-unresolved",
                "warning",
                say(
                    "{card} is a reprint, but no card has its reference or its name and is none itself",
                    card=called(card),
                ),
                record=link,
                field_name="target_measure_id",
                observed=link.target_text,
            )


def reprints_differ(records: Tables) -> Iterator[Remark]:
    """Reprints (再掲) whose name, target, description or schedule differs from the original's."""
    measures = {measure.measure_id: measure for measure in rows_of(records, Measure)}
    texts: dict[tuple[str | None, str], list[Passage]] = {}
    for passage in rows_of(records, Passage):
        texts.setdefault((passage.measure_id, passage.section), []).append(passage)
    for reprint in measures.values():
        original = measures.get(reprint.reprint_of_measure_id or "")
        if original is None:
            continue
        if squeeze(reprint.measure_name or "") != squeeze(original.measure_name or ""):
            yield Remark(
                "reprint-differs",
                "warning",
                say(
                    "{reprint} repeats {original} under another name",
                    reprint=called(reprint),
                    original=called(original),
                ),
                record=reprint,
                field_name="measure_name",
                expected=original.measure_name,
                observed=reprint.measure_name,
            )
        for section in _COMPARED:
            own, first = texts.get((reprint.measure_id, section), []), texts.get((original.measure_id, section), [])
            if own and squeeze(_joined(own)) != squeeze(_joined(first)):
                yield Remark(
                    "reprint-differs",
                    "warning",
                    say(
                        "{reprint} repeats {original} with another {section}",
                        reprint=called(reprint),
                        original=called(original),
                        section=say(section),
                    ),
                    record=own[0],
                    field_name="text",
                    expected=_joined(first) or None,
                    observed=_joined(own),
                )


def _joined(passages: list[Passage]) -> str:
    return "".join(passage.text for passage in passages)
