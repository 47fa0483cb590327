"""Drift within a known layout: the expected records, or a finding, and never a wrong value."""

from functools import cache
from pathlib import Path

import pytest

from extract.read import read_document
from normalize.reading import Records, read_records
from schemas.records import DocumentRow
from tests.drift.forms import PROGRESS, REPORT, SHEET, Drift, anything
from tests.drift.meaning import meaning_of, rules_of

RAW = Path(__file__).parents[2] / "data" / "raw"
DRIFTS = {
    "musashino.sheet": ("musashino-sheets-r7", SHEET),
    "akiruno.progress": ("akiruno-progress", PROGRESS),
    "akishima.report": ("akishima-report", REPORT),
}
CASES = [(layout, drift) for layout, (_, drifts) in DRIFTS.items() for drift in drifts]


def read(text: str) -> Records:
    return read_records(read_document(text.encode(), "made.txt"))


@cache
def text_of(layout: str) -> str:
    return (RAW / f"{DRIFTS[layout][0]}.txt").read_text(encoding="utf-8")


@cache
def base(layout: str) -> Records:
    return read(text_of(layout))


@pytest.mark.parametrize(("layout", "drift"), CASES, ids=lambda case: getattr(case, "name", case))
def test_drift(layout: str, drift: Drift) -> None:
    text = drift.change(text_of(layout))
    assert text != text_of(layout)
    records = read(text)
    (document,) = records["documents"]
    assert isinstance(document, DocumentRow)
    assert document.layout == layout
    assert rules_of(records) >= drift.rules
    if drift.expect is anything:
        assert len(records["findings"]) > len(base(layout)["findings"])
        return
    expected = drift.expect(meaning_of(base(layout)))
    for table, rows in meaning_of(records).items():
        assert rows == expected[table], table


@pytest.mark.parametrize("layout", DRIFTS)
def test_a_layout_has_variants_enough(layout: str) -> None:
    """With the ways of printing (see `prints`), at least twelve of each kind of drift."""
    from tests.drift.prints import PRINTS

    assert len(DRIFTS[layout][1]) + len(PRINTS) >= 12
