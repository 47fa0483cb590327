"""Drift of the outline: the next plan and its term, more and fewer themes, headings and numbers printed otherwise."""

from __future__ import annotations

from data.sources.facts import Content
from tests.drift.variant import UNCLAIMED, Drift, Edit, matching, replaced, wide

UNKNOWN = frozenset({"layout-unknown"})
CIRCLED = "①②③④⑤⑥⑦⑧⑨"
PLAN = "西東京市第3次産業振興マスタープラン"


def _term(printed: str) -> Edit:
    def say(content: Content) -> None:
        content["title"], content["plan_name"] = f"{PLAN} 策定概要", PLAN
        content["plan_start_fy"], content["plan_end_fy"] = 2034, 2043
        content["before"][2]["bullets"][0] = printed

    return say


def _one_theme_more(content: Content) -> None:
    content["theme"].append(
        {
            "name": "港",
            "issues": ["保冷庫の更新が必要"],
            "survey": ["朝市の時間への意向"],
            "direction": [{"name": "「朝市の再生」", "state": ["出店の増加"]}],
        }
    )


def _one_direction_more(content: Content) -> None:
    content["theme"][0]["direction"].append({"name": "「直売の支援」", "state": ["直売所の地図の改訂", "朝採りの定着"]})


def _headings(text: str) -> str:
    return matching(r"^#+ ", "")(text)


OUTLINE = (
    *(
        Drift(f"the term as {printed[:8]}", _term(printed))
        for printed in (
            "期間は、令和16（2034）年度から令和25（2043）年度までの10か年とする。",
            "Ｒ16年度～Ｒ25年度の10年間とする。",
            "計画期間　令和１６年度～令和２５年度",
        )
    ),
    Drift("one theme more", _one_theme_more),
    Drift("one theme fewer", lambda content: content["theme"].pop()),
    Drift("one direction more", _one_direction_more),
    Drift("headings without marks", printed=_headings),
    Drift("■課題", printed=matching(r"【課題】$", "■課題")),
    Drift("〈現状の課題〉", printed=matching(r"【課題】$", "〈現状の課題〉")),
    Drift("めざす姿 for 将来像", printed=matching(r"将来像$", "めざす姿")),
    Drift("についての現状と課題", printed=replaced("」の現状と課題\n\n-", "」についての現状と課題\n\n-")),
    Drift("現状・課題", printed=replaced("」の現状と課題\n\n-", "」の現状・課題\n\n-")),
    Drift("に関する意識", printed=replaced("に対する意識", "に関する意識")),
    Drift("（１） for (1)", printed=matching(r"\((\d)\) ", lambda match: f"（{wide(match[1])}） ")),
    Drift("1. for (1)", printed=matching(r"\((\d)\) (?=「)", r"\1. ")),
    Drift("(1) for ①", printed=matching(r"^- ([①-⑨]) ?(?=「)", lambda match: f"- ({CIRCLED.index(match[1]) + 1}) ")),
    Drift("1. for ①", printed=matching(r"^- ([①-⑨]) ?(?=「)", lambda match: f"- {CIRCLED.index(match[1]) + 1}. ")),
    Drift("stars for dashes", printed=matching(r"^(\s*)- ", r"\1* ")),
    Drift("half-width kana", printed=replaced("マスタープラン", "ﾏｽﾀｰﾌﾟﾗﾝ")),
    Drift("a cover in front", printed=lambda text: f"令和6年3月\n\n西東京市産業振興課\n\n{text}"),
    Drift(
        "an unknown heading of themes",
        printed=replaced("の現状と課題", "のいまとこれから"),
        told=UNKNOWN,
        is_read=False,
    ),
    Drift(
        "an unknown heading of issues", printed=matching(r"【課題】$", "【こまること】"), told=UNCLAIMED, is_read=False
    ),
)
