"""Sentences of reports, made of parts: a thing that is counted, a number, and a frame that states it or does not.

Each frame says in its place what a careful reader takes from it. The parts are joined freely, so that a reader which
knows a sentence by heart gains nothing.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from hypothesis import strategies as st


class Thing(NamedTuple):
    """What a goal counts: the goal's own words, and those of a report."""

    goal: str
    noun: str
    deed: str
    unit: str


class Told(NamedTuple):
    """A goal, a sentence of its report, and the number as the sentence prints it."""

    goal: str
    report: str
    number: str


THINGS: Final = (
    Thing("見学会の開催:{n}回", "見学会", "開催", "回"),
    Thing("苗木の配布:{n}本", "苗木", "配布", "本"),
    Thing("緑地の整備:{n}件", "緑地", "整備", "件"),
    Thing("工場の訪問:{n}社", "工場", "訪問", "社"),
    Thing("古民家の活用:{n}棟", "古民家", "活用", "棟"),
    Thing("図書の購入:{n}冊", "図書", "購入", "冊"),
)

STATED: Final = (
    "{noun}の{deed}は、予定どおり{number}実施することができた。",
    "{noun}の{deed}は{number}で、前年度の{other}を下回った。",
    "{noun}を{number}{deed}するとともに、周知に努めた。",
    "{noun}を{number}{deed}した。",
    "{noun}の{deed}は{number}であった。",
    "{noun}の{deed}が{number}となった。",
    "{noun}{number}を{deed}した。",
    "{noun}の{deed}を{number}行った。",
    "{noun}の{deed}を{number}実施することができた。",
    "{noun}を{number}{deed}し、好評を得た。",
    "{noun}を{number}{deed}したが、周知が課題である。",
    "{noun}を{number}{deed}したところである。",
    "{noun}の{deed}は{number}にとどまった。",
    "{noun}は{number}しか{deed}できなかった。",
    "{noun}の{deed}：{number}",
    "{noun}を{number}{deed}。",
    "{noun}の{deed}は、目標{other}に対し実績は{number}であった。",
    "予定していた{noun}{number}を{deed}した。",
    "{noun}の{deed}は{number}（前年度{other}）であった。",
    "{noun}の{deed}は{other}から{number}に減少した。",
    "{noun}の{deed}は{number}となり、目標の{other}を達成した。",
    "目標の{other}には届かなかったが、{noun}を{number}{deed}した。",
    "【実績】{noun}の{deed}：{number}",
)
BEFORE: Final = (
    "", "", "今年度は", "本年度は、", "令和7年度は", "市内で", "計画どおり、", "昨年度に引き続き、",
    "昨年度の反省を踏まえ、", "近隣の市と共同で、", "昨年度に定めた方針に基づき、", "猛暑でも中止せず、",
    "団体と連携し、", "国の交付金を使い、",
)  # fmt: skip
"""What may stand before a statement and leaves it one."""

UNDONE: Final = (
    "{noun}{number}の{deed}は次年度に繰り越した。",
    "{noun}を{number}{deed}することは叶わなかった。",
    "{noun}を{number}{deed}できなかった。",
    "{noun}を{number}{deed}しなかった。",
    "{noun}{number}は取りやめた。",
    "{noun}{number}の{deed}を見送った。",
    "{noun}{number}の{deed}には至らなかった。",
    "{noun}の{deed}{number}は、担当者の都合がつかず中止した。",
    "{noun}{number}を{deed}せずに終わった。",
    "{noun}の{deed}は{number}に届いていない。",
)
PLANNED: Final = (
    "{noun}を{number}{deed}すべく調整した。",
    "{noun}{number}の{deed}が決まった。",
    "{noun}を{number}{deed}する予定である。",
    "{noun}を{number}{deed}する。",
    "{noun}を{number}{deed}したい。",
    "{noun}{number}の{deed}を検討した。",
    "{noun}{number}の{deed}に向けて準備した。",
    "{noun}を{number}{deed}する必要がある。",
    "{noun}の{deed}は{number}を見込んでいる。",
    "{noun}を{number}{deed}することとした。",
    "{noun}の{deed}の目標は{number}である。",
    "【予定】{noun}の{deed}：{number}",
    "{noun}の{deed}を{number}増やす方針である。",
    "{noun}の{deed}を{number}に増やすことを検討している。",
    "{noun}{number}の{deed}について協議中である。",
    "{noun}{number}を{deed}するための予算を確保した。",
)
CHANGED: Final = (
    "{noun}の{deed}が{number}増えた。",
    "{noun}の{deed}は前年度を{number}下回った。",
    "{noun}の{deed}は{number}の減となった。",
)
PARTS: Final = (
    "{noun}の{deed}{other}のうち{number}を終えた。",
    "{noun}{other}中、{number}を{deed}した。",
    "{noun}を{other}（うち新規{number}）見送った。",
)
OTHER_THINGS: Final = (
    "{noun}に関する打合せを{number}行った。",
    "{noun}を除く{number}を{deed}した。",
    "{noun}に関する苦情{number}を受けた。",
    "{noun}の{deed}の要望が{number}寄せられた。",
    "{noun}{number}の{deed}の申込みを受けた。",
)
ELSEWHEN: Final = (
    "昨年度は", "前年度に", "令和6年度は", "令和6年度には、", "6年度は", "令和4年度から令和6年度までに", "これまでに",
    "制度の開始から", "次年度は", "以前は", "コロナ禍前は", "累計で",
)  # fmt: skip
ELSEWHERE: Final = (
    "商工会議所が",
    "大学が",
    "多摩地域では",
    "他市の状況：",
    "近隣市では",
    "他市では、",
    "隣の県では",
    "全国で",
    "東京都が",
    "札幌市では",
    "他の自治体において",
    "同規模の自治体では",
    "県西部の市町では",
)
TRAPS: Final = (*UNDONE, *PLANNED, *CHANGED, *PARTS, *OTHER_THINGS)


@st.composite
def _told(draw: st.DrawFn, frames: tuple[str, ...], before: tuple[str, ...]) -> Told:
    thing = draw(st.sampled_from(THINGS))
    number, other = draw(st.lists(st.integers(2, 900), min_size=2, max_size=2, unique=True))
    wide = draw(st.booleans())
    printed = f"{number}{thing.unit}".translate(str.maketrans("0123456789", "０１２３４５６７８９") if wide else {})
    sentence = draw(st.sampled_from(before)) + draw(st.sampled_from(frames)).format(
        noun=thing.noun, deed=thing.deed, number=printed, other=f"{max(number, other) + 1}{thing.unit}"
    )
    lead = draw(st.sampled_from(("", "", "体制を整えた。", "周知に努めた。\n", "・")))
    return Told(thing.goal.format(n=number if draw(st.booleans()) else other), lead + sentence, printed)


def stated() -> st.SearchStrategy[Told]:
    """Sentences that state the number as what was done this year."""
    return _told(STATED, BEFORE)


def not_stated() -> st.SearchStrategy[Told]:
    """Sentences with the goal's thing and unit whose number is no actual of the year."""
    plain = tuple(frame for frame in STATED if "予定" not in frame and "目標" not in frame)
    return st.one_of(_told(TRAPS, ("",)), _told(plain, ELSEWHEN), _told(plain, ELSEWHERE))
