"""Drift of the evaluation sheets: another year, more and fewer of everything, labels and rows elsewhere."""

from __future__ import annotations

import copy

from data.sources.facts import Content
from tests.drift.variant import LABEL_MISSING, UNCLAIMED, Drift, Edit, matching, replaced, respelled, words

_SHEETS = 7
"""So many sheets the base has."""

LATE = frozenset({"date-outside-year"})
"""Dates in the prose are those of the base's year, which has passed in the next."""


def next_year(printed: str, *dates: str) -> Edit:
    """The sheets of the fiscal year 2026, as their year and their dates may be printed."""

    def say(content: Content) -> None:
        days = dates or ("2026/6/19", "2026/12/21", "")
        content["year"], content["fiscal_year"] = printed, 2026
        content["set_on"], content["reviewed_on"], content["evaluated_on"] = days

    return say


def _one_measure_more(content: Content) -> None:
    sheet = copy.deepcopy(content["sheet"][-1])
    content["sheet"].append(sheet | {"number": sheet["number"] + 1, "name": "災害に強い商店街づくり"})


def _only(place: int) -> Edit:
    def say(content: Content) -> None:
        content["sheet"] = [content["sheet"][place]]

    return say


def _one_action_more(content: Content) -> None:
    for sheet in content["sheet"]:
        sheet["action"].append({"planned": "出張所の窓口で案内を配る。", "done": "三か所で配った。"})


def _one_action(content: Content) -> None:
    """The label that slipped into the second action's cell must not go with it."""
    for sheet in (sheet for sheet in content["sheet"] if sheet["goals_at"] != "slipped"):
        del sheet["action"][1:]
        sheet["finding"] = {"markup": "list", "lines": ["【取組1】", "・窓口を続けた。"]}


def _more_bodies(content: Content) -> None:
    for sheet in content["sheet"]:
        sheet["departments"] += ["港湾課", "防災安全課"]
        sheet["bodies"] += ["漁業協同組合"]


def _no_bodies(content: Content) -> None:
    for sheet in content["sheet"]:
        sheet["bodies"] = []


def _direction(printed: str, code: str) -> Edit:
    def say(content: Content) -> None:
        content["direction"][printed] = code
        for sheet in content["sheet"]:
            sheet["direction"] = printed

    return say


def _dates_below(text: str) -> str:
    """The row of dates below that of the measure, not above that of the policy."""
    return matching(r"^(作成日\t.*\n)((?:方針番号|施策番号)\t.*\n)((?:方針番号|施策番号)\t.*\n)", r"\2\3\1")(text)


def _opinion_first(text: str) -> str:
    return matching(r"^(審議会報告事項.*\n)(審議会意見.*\n)", r"\2\1")(text)


SHEETS = (
    *(
        Drift(f"the next year as {printed}", next_year(printed), told=LATE)
        for printed in ("令和8年度", "R8", "Ｒ８年度", "令和８年度", "2026年度", "令和8年度(2026年度)", "令和八年度")
    ),
    Drift("dates of an era", next_year("令和8年度", "令和8年6月19日", "Ｒ8.12.21", "令和9年3月25日(木)"), told=LATE),
    Drift("a year without its era", next_year("８年度"), told=frozenset({"impossible-year"}), is_read=False),
    Drift("one measure more", _one_measure_more),
    Drift("one measure fewer", lambda content: content["sheet"].pop()),
    *(Drift(f"sheet {place + 1} in a file of its own", _only(place)) for place in range(_SHEETS)),
    Drift("one action more", _one_action_more, told=LABEL_MISSING),
    Drift("one action only", _one_action),
    Drift("more departments", _more_bodies),
    Drift("no bodies", _no_bodies),
    *(Drift(f"{new} for 担当課", printed=words("担当課", new)) for new in ("所管課", "主管課", "担当部署", "担 当 課")),
    *(
        Drift(f"{new} for 達成指標", printed=replaced("達成指標", new))
        for new in ("評価指標", "達成状況", "成果指標", "達成目標")
    ),
    Drift("計画 and 実績 for 予定 and 実施", printed=lambda text: words("予定", "計画")(words("実施", "実績")(text))),
    Drift("取組予定 for 予定", printed=words("予定", "取組予定")),
    Drift("【方向性】", printed=words("方向性", "【方向性】")),
    Drift("施策名称 for 施策名", printed=words("施策名", "施策名称")),
    Drift("縮小", _direction("縮小", "reduce")),
    Drift("終了", _direction("終了", "terminate")),
    Drift("休止", _direction("休止", "suspend")),
    Drift("the row of dates elsewhere", printed=_dates_below),
    Drift("the council's opinion before its report", printed=_opinion_first),
    Drift("a cover in front", printed=lambda text: f"令和8年3月\n\n施策評価の結果\n\n武蔵野市\n\n{text}"),
    Drift(
        "two directions at once",
        _direction("継続・拡充", ""),
        told=frozenset({"grade-unknown"}),
        expect=respelled(grade=("", "")),
    ),
    Drift("an unknown label of a department", printed=words("担当課", "世話役"), told=LABEL_MISSING, is_read=False),
    Drift("an unknown label of bodies", printed=words("関係機関", "協力者"), told=UNCLAIMED, is_read=False),
    Drift("an unknown label of goals", printed=replaced("達成指標", "めあて"), told=LABEL_MISSING, is_read=False),
    Drift("an unknown label of plans", printed=words("予定", "もくろみ"), told=LABEL_MISSING, is_read=False),
    Drift("an unknown label of names", printed=words("施策名", "件名"), told=LABEL_MISSING, is_read=False),
)
