"""Nodes of the hierarchy, from the code and the name that are printed for them."""

from __future__ import annotations

from dataclasses import replace

from normalize.document.text_span import Excerpt
from normalize.statements.numbering import UNNUMBERED, draft_id
from normalize.text.folding import clean, squeeze, unquoted, without_note_marks
from schemas.closed_sets import Level
from schemas.declare import Text
from schemas.document import Document
from schemas.messages import say
from schemas.records import Measure


def node_of(
    document: Document,
    level: Level,
    code: Excerpt | None = None,
    name: Excerpt | None = None,
    *,
    at: Excerpt | None = None,
    key: str | None = None,
) -> Measure:
    """A node of a document, numbered later. What is not printed is null.

    `at` is a print that tells a node without name and code from others; `key` what tells nodes of one print apart.
    """
    return Measure(
        measure_id=draft_id(level, name or code or at, *([key] if key else ())),
        document_id=document.document_id,
        measure_level=level,
        measure_code=squeeze(code.text) if code else None,
        measure_name=unquoted(clean(without_note_marks(name.text))) if name else None,
        measure_name_text=name.printed if name else None,
        position=UNNUMBERED,
    )


def code_or_place(code: Excerpt | None, name: Excerpt | None, at: Excerpt | None) -> Excerpt | None:
    """The print of a node's code. A node of which nothing is printed has `at`, so that it has a place as well."""
    return code or (None if name else at)


def under(node: Measure, parent: Measure | None) -> Measure:
    """A node below another: its code goes on from its parent's."""
    if parent is None:
        return node
    codes = [code for code in (parent.measure_code, node.measure_code) if code]
    return replace(node, parent_measure_id=parent.measure_id, measure_code="-".join(codes) or None)


def called(node: Measure | None) -> str | Text:
    """What a message calls a node by; the plan where there is none."""
    if node is None:
        return say("the plan")
    return node.measure_code or node.measure_name or node.measure_id
