"""Drift of the report: the next plan, more and fewer cards and policies, labels, codes, marks."""

from __future__ import annotations

import copy
import re

from data.sources.facts import Content
from tests.drift.base import Facts
from tests.drift.variant import (
    GRADE_UNKNOWN,
    LABEL_MISSING,
    Drift,
    columns,
    matching,
    replaced,
    respelled,
    wide,
    words,
)

CONTENTS = "目次\n\nはじめに・・・・1\n\n前期計画の評価と見直しについて・・・・2\n\n後期計画について・・・・5\n\n"
CODE = r"【(.) ?- ?(\d+)】"


def _next_plan(content: Content) -> None:
    content["issued"] = "令和９年３月"
    content["review_title"] = "後期計画の評価と見直しについて"
    content["cards_title"] = "次期計画について"
    content["review_header"][-1] = "次期計画に向けて"


def _next_phases(facts: Facts) -> Facts:
    phases = {"前期": "後期", "後期": "次期", "": ""}
    return {**facts, "measures": [{**row, "plan_phase": phases[row["plan_phase"]]} for row in facts["measures"]]}


def _years_on(printed: str) -> Drift:
    def say(content: Content) -> None:
        content["plan_start_fy"], content["plan_end_fy"] = 2027, 2036
        content["preface"][0] = "昭島市は、令和 9 年度から令和 18 年度までを計画期間としました。"
        content["matrix"]["years"] = [printed.format(9 + at, 2027 + at) for at in range(10)]

    return Drift(f"the years of the next plan as {printed.format(9, 2027)}", say)


def _one_card_more(content: Content) -> None:
    cards = content["policy"][0]["card"]
    code = re.sub(r"\d+", lambda match: str(int(match[0]) + 1), cards[-1]["code"])
    cards.append({**copy.deepcopy(cards[0]), "code": code, "name": "夜間の見学会", "mark": ""})


def _one_policy_more(content: Content) -> None:
    policy = copy.deepcopy(content["policy"][2]) | {"heading": "6. 漁業", "name": "漁業"}
    policy["card"] = [
        {key: value for key, value in card.items() if key not in ("of", "mark")} | {"code": f"漁-{at}"}
        for at, card in enumerate(policy["card"], 1)
    ]
    content["policy"].append(policy)
    content["matrix"]["row"].append({"label": "漁業", "cells": {"1": ["朝市の開始"]}})


def _one_review_more(content: Content) -> None:
    content["review"].append(content["review"][0] | {"name": "港の朝市"})


def _direction(printed: str, code: str) -> Drift:
    def say(content: Content) -> None:
        content["direction"][printed] = code
        content["review"][0]["then"] = printed

    return Drift(f"the direction {printed}", say)


REPORT = (
    Drift("the next plan", _next_plan, expect=_next_phases),
    *map(_years_on, ("令和{}年度", "R{}", "{1}年度")),
    Drift("one card more", _one_card_more),
    Drift("one card fewer", lambda content: content["policy"][0]["card"].pop()),
    Drift("one policy more", _one_policy_more, told=frozenset({"reprint-differs"})),
    Drift("one row of the review more", _one_review_more),
    *(Drift(f"{new} for 推進団体", printed=words("推進団体", new)) for new in ("推進主体", "実施主体")),
    *(Drift(f"{new} for 目標・指標", printed=words("目標・指標", new)) for new in ("目標", "指標・目標", "成果指標")),
    Drift("施策の概要 for 施策概要", printed=words("施策概要", "施策の概要")),
    Drift("成果と課題 for 評価・課題", printed=words("評価・課題", "成果と課題")),
    Drift("今後の方向性 for 後期計画に向けて", printed=words("後期計画に向けて", "今後の方向性")),
    Drift("■具体的な内容", printed=words("【具体的な内容】", "■具体的な内容")),
    Drift("〈スケジュール〉", printed=words("【実施期間・実現スケジュール】", "〈スケジュール〉")),
    Drift("施策一覧 for 具体的な施策", printed=words("具体的な施策", "施策一覧")),
    Drift("wide dashes and digits in codes", printed=matching(CODE, lambda m: f"【{m[1]}－{wide(m[2])}】")),
    Drift("codes in other brackets", printed=matching(CODE, r"［\1-\2］")),
    Drift("（新規） for ※新規", printed=replaced("※新規", "（新規）")),
    Drift("第1章 for 1.", printed=matching(r"^(\d)\.\s*(?=\S)", r"第\1章　")),
    Drift("(1) for ①", printed=matching(r"^([①②③④⑤])", lambda m: f"({'①②③④⑤'.index(m[1]) + 1}) ")),
    Drift(
        "review columns elsewhere",
        printed=columns(lambda cells: [*cells[2:3], *cells[:2], *cells[3:]], "施策概要\t評価"),
    ),
    Drift("a table of contents", printed=replaced("はじめに\n", f"{CONTENTS}はじめに\n", 1)),
    _direction("廃止", "terminate"),
    _direction("休止", "suspend"),
    _direction("拡充", "expand"),
    Drift(
        "an unknown direction",
        printed=replaced("\t終了", "\t凍結中"),
        told=GRADE_UNKNOWN,
        expect=respelled(grade_text=("終了", "凍結中"), grade=("terminate", "")),
    ),
    Drift("an unknown label of bodies", printed=words("推進団体", "担い手"), told=LABEL_MISSING, is_read=False),
    Drift("an unknown label of goals", printed=words("目標・指標", "めあて"), told=LABEL_MISSING, is_read=False),
    Drift("an unknown label of measures", printed=words("施策概要", "すること"), told=LABEL_MISSING, is_read=False),
    Drift(
        "an unknown label of directions", printed=words("後期計画に向けて", "みたて"), told=LABEL_MISSING, is_read=False
    ),
    Drift(
        "an unknown heading of descriptions",
        printed=words("【具体的な内容】", "【なかみ】"),
        told=LABEL_MISSING,
        is_read=False,
    ),
)
