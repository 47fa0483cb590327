"""A form that is described wrongly ends when it is made, not with its first document."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from normalize.layout import Sign
from normalize.municipalities.akiruno import PROGRESS_FORM
from normalize.municipalities.nishitokyo import OUTLINE_FORM
from normalize.text.labels import Labels


def test_a_misspelt_group_is_told() -> None:
    with pytest.raises(ValueError, match=r"OutlineForm\.policy: .*groups code, nmae; its reader asks for code, name"):
        replace(OUTLINE_FORM, policy=re.compile(r"(?P<code>\d) (?P<nmae>.+)"))


def test_a_group_that_may_be_left_out_may_be() -> None:
    assert replace(PROGRESS_FORM, programme=re.compile(r"(?P<name>.+)")).programme.groupindex == {"name": 1}


def test_a_title_that_is_no_pattern_is_told() -> None:
    with pytest.raises(ValueError, match=r"ProgressForm\.title: '\(' is no pattern"):
        replace(PROGRESS_FORM, title="(")


def test_a_sign_is_told_by_labels_or_by_a_pattern() -> None:
    with pytest.raises(ValueError, match=r"sign 港: '\[' is no pattern"):
        Sign("港", pattern="[")
    with pytest.raises(ValueError, match="either labels or a pattern"):
        Sign("港", Labels("港"), pattern="港")
    with pytest.raises(ValueError, match="either labels or a pattern"):
        Sign("港")
