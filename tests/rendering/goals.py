"""Goals as documents write them, with what they mean."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from hypothesis import strategies as st

from normalize.text.quantities import COMPARATORS_AFTER
from tests.rendering.amounts import UNITS, numerals

NAMES = (
    "参加者数", "相談件数", "イベント来場者", "実施農家数", "ロケ実績", "事業見直しの件数", "創業枠での補助実施",
    "HPアクセス数",
)  # fmt: skip
IN_WORDS = (
    ("継続実施", None, None), ("朝市の周知", None, None), ("桟橋の点検と補修の実施", None, None),
    ("令和9年度までに具現化", None, 2027), ("計画の改定を令和8年度までに実施", None, 2026),
    ("令和7年度に実施", 2025, None),
    ("第4期計画の策定", None, None), ("前年度比5％増", None, None), ("HARBOR LABとの連携", None, None),
)  # fmt: skip


class Meant(NamedTuple):
    """What one goal means; `value` is in `unit`. A goal without a number has neither, nor a comparator."""

    printed: str
    name: str | None = None
    value: Decimal | None = None
    unit: str | None = None
    comparator: str | None = None
    frequency: str | None = None
    fiscal_year: int | None = None
    deadline_fy: int | None = None
    kind: str = "qualitative"
    spelling: str = ""


@st.composite
def numeric_goals(draw: st.DrawFn, name: str | None) -> Meant:
    """One goal with a number: 令和8年度までに参加者数 年間約20名以上."""
    unit = draw(st.sampled_from(UNITS))
    whole = st.integers(1, 10**6).map(Decimal)
    # Without a name in front, 1.5人 may be the first point of a list, 5人.
    value = draw(whole | st.decimals("0.1", 1000, places=1) if name or unit.spelling.isascii() else whole)
    if unit.spelling == "割":
        value = Decimal(draw(st.integers(1, 9)))
    before, after, comparator = draw(
        st.sampled_from(
            [("", "", "="), ("", "", "="), ("約", "", "~"), ("およそ", "", "~"), ("", "程度", "~"), ("最低", "", ">=")]
            + [("", word, sign) for word, sign in COMPARATORS_AFTER.items()]
        )
    )
    rates = [("", "", None), ("毎年", "", "per_year"), ("年間", "", "per_year"), ("", "/年", "per_year")]
    rates += [("", "／年間", "per_year"), ("毎年度 ", "", "per_year"), ("1回あたり", "", "per_event")]
    rates += [("", "／回", "per_event")] if unit.unit != "回" else []
    lead, trail, frequency = draw(st.sampled_from(rates))
    # A year more than 20 after those of its document is taken for a slip of the era.
    deadline = draw(st.none() | st.integers(2019, 2039))
    until = f"令和{deadline - 2018}年度までに" if deadline else ""
    if deadline and draw(st.booleans()):
        until = f"{deadline}年度末までに、"
    blank = draw(st.sampled_from(("", "", " ")))
    link = draw(st.sampled_from(("", " ", "：", ": ", "は"))) if name else ""
    number = draw(numerals(value))
    text = f"{until}{name or ''}{link}{lead}{before}{number}{blank}{unit.spelling}{after}{trail}"
    return Meant(
        # A blank between two Japanese characters is a line end in the text form, so it would part two goals.
        printed=re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", text),
        name=name,
        value=value * unit.factor,
        unit=unit.unit,
        comparator=comparator,
        frequency=frequency,
        deadline_fy=deadline,
        kind=unit.indicator_measure or "count",
        spelling=unit.spelling,
    )


def goals_in_words() -> st.SearchStrategy[Meant]:
    """One goal without a number."""
    return st.sampled_from(IN_WORDS).map(lambda form: Meant(form[0], fiscal_year=form[1], deadline_fy=form[2]))


class Item(NamedTuple):
    """One printed item of a list of goals, and the goals that it sets."""

    printed: str
    goals: tuple[Meant, ...]


@st.composite
def items(draw: st.DrawFn, names: tuple[str | None, ...]) -> Item:
    """An item of one goal, or of two with 、 between them, by these names."""
    if draw(st.integers(0, 3)) == 0:
        goal = draw(goals_in_words())
        return Item(goal.printed, (goal,))
    goals = tuple(draw(numeric_goals(name)) for name in names)
    return Item("、".join(goal.printed for goal in goals), goals)


@st.composite
def lists(draw: st.DrawFn, most: int = 3) -> tuple[Item, ...]:
    """A list of goals; no two of them have one name."""
    names = draw(st.permutations(NAMES))
    found = []
    for at in range(draw(st.integers(1, most))):
        first, second = names[2 * at], names[2 * at + 1]
        found.append(draw(items(draw(st.sampled_from(((None,), (first,), (first,), (first, second)))))))
    return tuple(found)
