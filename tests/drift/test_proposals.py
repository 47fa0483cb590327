"""What `hyoka inspect` proposes where a layout's label is printed as no city's file knows it."""

import pytest

from extract.read import read_document
from normalize.municipalities import LAYOUTS
from normalize.proposing import proposals
from tests.drift.base import content_of, content_to_text
from tests.drift.variant import words


@pytest.mark.parametrize(
    ("layout", "old", "new", "field"),
    [
        ("musashino.sheet", "担当課", "担当する課", "responsible"),
        ("akiruno.progress", "実施主体", "実施する主体", "orgs"),
        ("akishima.report", "推進団体", "推進する団体", "card.orgs"),
        ("musashino.summary", "【良い点】", "【特に良い点】", "good_points"),
        ("nishitokyo.outline", "#### 【課題】", "#### 【向き合う課題】", "issues"),
    ],
)
def test_a_label_beyond_the_known_ones_is_proposed(layout: str, old: str, new: str, field: str) -> None:
    text = words(old, new)(content_to_text(layout, content_of(layout)))
    (known,) = [candidate for candidate in LAYOUTS if candidate.name == layout]
    found = {proposal.field: proposal for proposal in proposals(read_document(text.encode(), "made.txt"), known)}
    assert found[field].printed == new.removeprefix("#### ")
    assert new.removeprefix("#### ") in found[field].line
