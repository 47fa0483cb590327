"""What kind a cell is of, whatever is printed in it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from normalize.cells.kinds import kind_of
from normalize.cells.years import YearSense

SENSE = YearSense(1996, 2035)


@given(st.text(alphabet="・･·•‧∙⋅ \n高い312件%年度令和7－◎()（）\u200b", max_size=12))
@example("•4DL")
def test_every_text_has_a_kind(text: str) -> None:
    assert kind_of(text, SENSE)


@pytest.mark.parametrize("bullet", list("・･·•‧∙⋅"))
def test_a_bullet_changes_nothing(bullet: str) -> None:
    assert kind_of(f"{bullet} 312件", SENSE) == "amount"
    assert kind_of(f"{bullet}高い", SENSE) == kind_of("高い", SENSE)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("→", "arrow"), ("A¹", "mark"), ("A1", "code"), ("款", "label"), ("ha", "unit"), ("R5", "axis"),
        ("課題", "label"), ("令和5年4月1日", "date"), ("令和5年4月1日現在", "axis"), ("2023", "year"),
        ("19評価", "label"), ("16実績", "axis"), ("b", "mark"), ("☑", "mark"), ("拡充", "direction"),
        ("・桜並木に灯りを並べる", "words"), ("灯りを並べた。", "prose"),
    ],
)  # fmt: skip
def test_the_first_kind_that_a_text_can_be_is_its_kind(text: str, kind: str) -> None:
    assert kind_of(text, SENSE) == kind
