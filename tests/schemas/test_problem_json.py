from __future__ import annotations

from schemas.document import Document, Problem
from schemas.messages import say
from tests.document_json import document_to_json, json_to_document


def test_what_reading_met_comes_back_in_both_languages() -> None:
    problem = Problem("unreadable", "error", say("the file is empty; fetch it again"), page=2, observed="x")
    document = Document("0" * 64, "a.pdf", "application/pdf", 0, (), (), (problem,))
    assert json_to_document(document_to_json(document)) == document
