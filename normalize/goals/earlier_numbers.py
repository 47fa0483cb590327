"""Numbers of before: what stands in a bracket behind words that ask for as much as there was."""

from __future__ import annotations

import re
from typing import Final

from normalize.goals.goal_words import BASELINE_WORDS
from normalize.text.calendar import fiscal_years

EARLIER: Final = frozenset({"前年度", "昨年度", "前年", "昨年", "前回", "前年度実績", "昨年度実績", *BASELINE_WORDS})
"""Names that make a number in a bracket behind them an earlier one: 前年度（20社）以上, 現状（20社）以上."""

_STAYS: Final = re.compile(
    r"(?:(?P<earlier>前年度?|昨年度?|例年|前回)|現状|現在|従来)(?:実績)?(?:の?水準)?の?"
    r"(?:を?維持|以上|以下|並み?|程度|と?同[程数水]\S{0,3})$"
)


def is_of_earlier(plain: str, at: int) -> bool:
    """Whether the number at an offset of a narrow text is what there was, and no goal.

    Where things shall stay as they are (現状維持（20社）) it is the goal too, unless a year in the bracket dates it.

    >>> is_of_earlier("参加者数前年度以上(20人)", 10)
    True
    >>> is_of_earlier("現状維持(R5:20社)", 8), is_of_earlier("現状維持(20社)", 5)
    (True, False)
    """
    head, opened, within = plain[:at].rpartition("(")
    if not opened or ")" in within:
        return False
    stays = _STAYS.search(head.rstrip())
    return stays is not None and (stays["earlier"] is not None or bool(fiscal_years(within)))
