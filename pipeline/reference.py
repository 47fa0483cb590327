"""What every conversion has, whatever it reads."""

from __future__ import annotations

from normalize import scheme_rows
from schemas.codes import municipality_rows
from schemas.rows import Tables


def reference_tables() -> Tables:
    """The tables that are the same for every document."""
    return {"grade_schemes": scheme_rows(), "municipalities": municipality_rows()}
