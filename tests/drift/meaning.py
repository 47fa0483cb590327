"""What records mean, whatever their print: the columns that drift in print alone must not change."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from schemas.rows import Tables as Records
from tests.agreement import PRINTED, Row, comparable

DERIVED = {"findings", "results", "grade_schemes", "municipalities"}
OF_THE_PRINT = PRINTED | {"title", "coverage", "status", "attribution", "grade_id"}

Meaning = Mapping[str, list[Row]]


def meaning_of(records: Records) -> Meaning:
    """The records without verbatim columns, derived tables and what says how well the reading went."""
    return {
        name: [
            {k: _folded(v) for k, v in row.items() if not k.endswith("_text") and k not in OF_THE_PRINT} for row in rows
        ]
        for name, rows in comparable(records).items()
        if name not in DERIVED
    }


def _folded(value: object) -> object:
    """Punctuation, and the blanks beside it, stay as printed in the clean twin too: （ and ( are the same here."""
    return "".join(unicodedata.normalize("NFKC", value).split()) if isinstance(value, str) else value
