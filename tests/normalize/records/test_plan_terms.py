"""Terms of a plan: a length that its years do not have is told."""

import pytest

from normalize.document.text_span import Excerpt, Place
from normalize.records.plan_terms import terms_of_another_length


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("計画期間は、令和7年度から令和16年度までの12年間", "12"),
        ("計画期間は、令和7年度から令和16年度までの10年間", None),
        ("計画期間は、令和7年度から令和16年度まで", None),
        ("令和7年度から令和9年度までの2年間に補助した", None),
    ],
)
def test_a_term_of_another_length_is_told(text: str, length: str | None) -> None:
    told = [remark.expected for remark in terms_of_another_length([Excerpt.of(text, Place(0))])]
    assert told == ([length] if length else [])
