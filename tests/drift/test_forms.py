"""Drift within a known layout: the expected records, or a finding, and never a wrong value."""

from collections import Counter

import pytest

from extract.read import read_document
from normalize.reading import read_records
from tests.drift.base import BASES, content_of, content_to_facts, content_to_text, faults, told, wrong_values
from tests.drift.outline import OUTLINE
from tests.drift.progress import PROGRESS
from tests.drift.report import REPORT
from tests.drift.sheets import SHEETS
from tests.drift.summary import SUMMARY
from tests.drift.variant import Drift

DRIFTS = {
    "musashino.sheet": SHEETS,
    "musashino.summary": SUMMARY,
    "akiruno.progress": PROGRESS,
    "akishima.report": REPORT,
    "nishitokyo.outline": OUTLINE,
}
CASES = [(layout, drift) for layout, drifts in DRIFTS.items() for drift in drifts]


@pytest.mark.parametrize(("layout", "drift"), CASES, ids=lambda case: getattr(case, "name", case))
def test_drift(layout: str, drift: Drift) -> None:
    content = content_of(layout)
    drift.say(content)
    text = drift.printed(content_to_text(layout, content))
    assert text != content_to_text(layout, content_of(layout)), "the variant is the base"
    facts = drift.expect(content_to_facts(layout, content))
    records = read_records(read_document(text.encode(), "made.txt"))
    rules: Counter[str] = Counter(finding.rule for finding in told(records))
    assert drift.told <= set(rules)
    assert all(finding.page for finding in told(records) if finding.rule not in ("layout-unknown",))
    if drift.is_read:
        assert faults(records, facts) == []
        unexpected = rules - Counter(row["rule"] for row in facts["findings"])
        assert set(unexpected) <= drift.told | {"numbering-gap", "date-outside-year", "label-missing"}
    elif "layout-unknown" not in drift.told:
        assert faults(records, facts)
        assert wrong_values(records, facts) == []


@pytest.mark.parametrize("layout", DRIFTS)
def test_a_layout_has_variants_enough(layout: str) -> None:
    assert set(DRIFTS) == set(BASES)
    assert sum(drift.is_read for drift in DRIFTS[layout]) >= 12
