"""Drift of the summary: another plan, more and fewer goals, marks, labels, ways to print a score."""

from __future__ import annotations

import copy

from data.sources.facts import Content
from tests.drift.variant import (
    GRADE_UNKNOWN,
    LABEL_MISSING,
    UNCLAIMED,
    Drift,
    Edit,
    matching,
    replaced,
    then,
    wide,
    words,
)

COUNT = r"([○△□×◎-])(\d+)(?= |$)"


def _of(plan: str, title: str, as_of: str, year: int) -> Edit:
    def say(content: Content) -> None:
        content["plan_name"], content["title"] = plan, title
        content["legend_note"][0], content["earlier_year"] = as_of, year

    return say


def _one_goal_more(content: Content) -> None:
    content["goal"].append(copy.deepcopy(content["goal"][0]) | {"name": "夜の商いを支える産業振興"})


def _one_point_each(content: Content) -> None:
    for goal in content["goal"]:
        del goal["good_points"][1:], goal["issues"][1:]


def _in_rank(content: Content) -> None:
    for goal in content["goal"]:
        goal["counts"] = {mark: goal["counts"][mark] for mark in "◎○△□×-"}


def _issues_first(text: str) -> str:
    return matching(r"(?s)(【良い点】\n.*?)(【課題】\n.*?)(?=\n\n\n\n|\Z)", r"\2\n\n\1")(text)


PLAN = "第三期武蔵野市産業振興計画"
SUMMARY = (
    Drift(
        "another plan", _of("第三期産業振興計画", "第三期産業振興計画進捗管理まとめ", "() 内は令和8年度末時点", 2026)
    ),
    Drift("Ｒ８年度末", _of(PLAN, f"{PLAN} 進捗管理まとめ(令和9年度)", "( )内は、Ｒ８年度末現在", 2026)),
    Drift("one goal more", _one_goal_more),
    Drift("one goal fewer", lambda content: content["goal"].pop()),
    Drift("one point each", _one_point_each),
    Drift("counts in the order of rank", _in_rank),
    *(Drift(f"{new} for ○", printed=replaced("○", new)) for new in "〇◯"),
    Drift("☐ for □ and ✕ for ×", printed=lambda text: text.replace("□", "☐").replace("×", "✕")),
    Drift("counts with 件", printed=matching(COUNT, r"\1\2件")),
    Drift("counts with a colon", printed=matching(COUNT, r"\1：\2")),
    Drift("⇒ for →", printed=replaced("→", "⇒")),
    Drift("wide digits", printed=matching(r"^\d+施策中.*$", lambda match: wide(match[0]))),
    Drift("基本目標 for 目標", printed=matching(r"^目標 ", "基本目標 ")),
    Drift("施策 for 基本施策", printed=matching(r"^基本施策", "施策")),
    Drift("■良い点 and ■課題", printed=then(words("【良い点】", "■良い点"), words("【課題】", "■課題"))),
    Drift("成果 and 改善点", printed=then(words("【良い点】", "【成果】"), words("【課題】", "【改善点】"))),
    Drift("the issues first", printed=_issues_first),
    Drift("評価の見方 for 凡例", printed=words("凡例", "評価の見方")),
    Drift("市・関係団体", printed=words("市・関係機関の主観評価", "市・関係団体の主観評価")),
    Drift("attributions in other brackets", printed=matching(r"（(市|関|市・関|市・関係)）$", r"〔\1〕")),
    Drift("a cover in front", printed=lambda text: f"武蔵野市\n\n令和6年3月\n\n{text}"),
    Drift("a mark of no scheme", printed=replaced("◎", "☆"), told=GRADE_UNKNOWN, is_read=False),
    Drift("an unknown heading of the legend", printed=words("凡例", "印の話"), told=UNCLAIMED),
    Drift(
        "an unknown heading of good points",
        printed=words("【良い点】", "【うれしいこと】"),
        told=LABEL_MISSING,
        is_read=False,
    ),
    Drift(
        "an unknown heading of issues", printed=words("【課題】", "【こまること】"), told=LABEL_MISSING, is_read=False
    ),
)
