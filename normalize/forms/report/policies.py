"""Policies of a report: a numbered heading, a slogan, the numbered aims that the cards refer to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from normalize.document.sections import Part, given_back, joined
from normalize.document.table_grid import GridCell
from normalize.document.text_span import Excerpt
from normalize.records.measures import node_of
from normalize.records.passages import BULLETED, items_of, passage, passages
from normalize.statements.statement import Statement, entry
from normalize.text.folding import clean, narrow, squeeze
from schemas.closed_sets import Section
from schemas.document import Document
from schemas.records import Measure


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy: its node, its part, and the row label of the matrix that gives its short name."""

    node: Measure
    part: Part
    label: GridCell | None


def without_false_policies(parts: list[Part], aim: re.Pattern[str]) -> Iterator[Part]:
    """Give back to the text what only looks like the heading of a policy: a numbered line inside a description.

    After a policy's heading come the heading over its measures, or cards of a series that no card before it was of; if
    another policy comes first, or nothing does, it has aims at least.
    """
    kept: Part | None = None
    series: set[str] = set()
    for at, part in enumerate(parts):
        if (
            part.kind == "policy"
            and kept is not None
            and part.heading
            and not _opens(part, parts[at + 1 :], series, aim)
        ):
            kept = given_back(kept, part)
            continue
        if kept is not None:
            yield kept
        kept = part
        series.add(_series(part))
    if kept is not None:
        yield kept


def _opens(part: Part, following: Sequence[Part], series: set[str], aim: re.Pattern[str]) -> bool:
    inner = ("policy", "measures", "card", "description", "schedule")
    after = next((later for later in following if later.kind in inner), None)
    if after is None or after.kind == "policy":
        return any(aim.fullmatch(narrow(line.text)) for line in part.lines)
    return after.kind == "measures" or (after.kind == "card" and _series(after) not in series)


def _series(part: Part) -> str:
    code = part.group("code") if part.kind == "card" else None
    return re.sub(r"[\W\d]", "", squeeze(code.text)) if code else ""


def policy_of(document: Document, part: Part, labels: Sequence[GridCell], phase: str) -> Policy:
    """A policy is named as its row of the matrix; the heading's own words are the name as printed."""
    name = part.group("name")
    node = replace(node_of(document, "policy", part.group("code"), name, at=part.heading), plan_phase=phase)
    heading = squeeze(name.text) if name else ""
    fitting = [cell for cell in labels if squeeze(cell.text) in heading]
    fitting.sort(key=lambda cell: (heading.startswith(squeeze(cell.text)), len(squeeze(cell.text))))
    label = fitting[-1] if fitting else None
    short = clean(label.text) if label else re.sub(r"\s*[(（][^()（）]*[)）]$", "", node.measure_name or "")
    return Policy(replace(node, measure_name=short or None), part, label)


def policy_to_statements(
    document: Document, policy: Policy, aim: re.Pattern[str], plan: Part | None
) -> Iterator[Statement]:
    """A policy's node, its aims (item = printed number), its slogan and the bullets under its aims."""
    part, node = policy.part, policy.node
    name = part.group("name")
    yield entry(
        node,
        measure_code=part.group("code"),
        measure_name=[source for source in (name, policy.label and policy.label.excerpt) if source],
        measure_name_text=name,
        plan_phase=plan.group("phase") if plan else None,
    )
    slogan = list(takewhile(lambda line: aim.fullmatch(narrow(line.text)) is None, part.lines))
    for group in joined(slogan, _goes_on):
        yield passage(group, document.document_id, "background", measure_id=node.measure_id)
    for line in part.lines[len(slogan) :]:
        match = aim.fullmatch(narrow(line.text))
        printed = line.group(match, "number") if match else None
        if match is None or printed is None:
            yield from prose_of(document, [line], "background", node)
            continue
        yield passage(
            [line],
            document.document_id,
            "aim",
            measure_id=node.measure_id,
            text=line.group(match, "name"),
            item=int(squeeze(printed.text)),
            item_source=printed,
        )


def _goes_on(line: Excerpt, after: Excerpt) -> bool:
    """Whether a slogan goes on in the next line: it is set in lines of their own, often centred."""
    return not line.text.endswith("。") and BULLETED.match(after.text) is None


def prose_of(
    document: Document, lines: Iterable[Excerpt], section: Section, owner: Measure | None
) -> Iterator[Statement]:
    """Lines as passages of a section, one per bullet or line; of no measure where there is no owner."""
    items = (item for line in lines for item in items_of(line))
    yield from passages(items, document.document_id, section, measure_id=owner.measure_id if owner else None)
