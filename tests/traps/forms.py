"""Small documents on forms that are read, each with one place for a wording that is easily read wrongly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final


def report(wording: str) -> str:
    """A sheet with one action; the wording is its goal and what is reported on it, with | between."""
    goal, told = wording.split("|")
    return f"""第三期武蔵野市産業振興計画 管理・評価シート

対象年度\t令和7年度\t\t担当課\t産業振興課
\t\t\t関係機関\t—
作成日\t目標設定\t2025/6/1\t中間見直し\t2025/12/1\t評価時
方針番号\t1\t方針名\t港のにぎわい
施策番号\t3\t施策名\t桟橋の再生
取組内容\t1\t予定\t事業を行う。\t\t達成指標\t・{goal}
\t\t実施\t{told}
実施内容に関する所見・評価\t順調に進めた。
次年度の予定\t方向性\t継続
\t内容\t続ける。
審議会報告事項 (産業振興課記載)\t順調である。
審議会意見\t
"""


def card(wording: str) -> str:
    """A report with one card; the wording is its goal."""
    return f"""昭島市産業振興計画についての 報告書

令和5年3月

前期計画の評価と見直しについて

施策概要\t評価・課題\t後期計画に向けて
朝市の開催\t人が来た。\t継続

後期計画について

1. 工業（製造業・建設業）

町の工場を知る

①工場を開く

- 工場は町の顔だ。

具体的な施策

【工 - 1】

施策概要\t基本目標\t推進団体\t目標・指標
工場の公開\t①\t市\t{wording}

【具体的な内容】

工場を開く。

【実施期間・実現スケジュール】

続ける。
"""


def _sheet_label(old: str) -> Callable[[str], str]:
    """A sheet with another spelling of one label."""

    def form(wording: str) -> str:
        text = report("講演会の開催:3回|講演会を3回開催した。")
        return text.replace(f"\t{old}\t", f"\t{wording}\t")

    return form


def _card_label(wording: str) -> str:
    """A report with one card; the wording is the label over its goal, and the goal."""
    label, goal = wording.split("|")
    return card(goal).replace("目標・指標", label)


def _progress(*, leaf: str = "実績", year: str = "令和7年度", cells: Mapping[str, str] | None = None) -> str:
    said = {"actual": "44人", "target": "50人", "grade": "A", "program": "夜市(来客数)", "measure": "港の市"} | {
        **(cells or {})
    }
    told = (
        "開いた。 課題：なし",
        "20人",
        "30人",
        "31人",
        "A",
        "40人",
        said["actual"],
        said["grade"],
        said["target"],
        "",
        "",
    )
    night = "\t".join(("", said["measure"], said["program"], "市", "毎月開く。", *told))
    stubs = "方向性\t個別施策\t実施事業\t実施主体\t目標とする姿(令和8年度)\t実施状況・課題(令和7年度)"
    return f"""あきる野市商工業振興プラン 令和6年度～進捗状況まとめ

{stubs}\t令和5年度\t令和6年度\t\t\t{year}\t\t\t令和8年度\t\t
\t\t\t\t\t\t実績値\t年間目標\t実績\t評価\t年間目標\t{leaf}\t評価\t年間目標\t実績\t評価
港\t市の開催\t朝市(出店数)\t市\t毎月開く。\t開いた。 課題：なし\t10店\t12店\t12店\tA\t14店\t15店\tA\t16店\t\t
{night}

評価指標\t詳細
S\t目標値以上(120%~)：続ける
A\t目標値どおり(90~120%)：続ける
B\t要改善(50~90%)：改める
C\t要大幅改善(~50%)：大きく改める
"""


def _general(
    *, head: str = "令和6年度", cell: str = "118", unit: str = "人", name: str = "来場者数",
    caption: str = "", judged: str = "総合評価\tA", city: str = "三鷹市",
) -> str:  # fmt: skip
    return f"""令和6年度 事務事業評価シート

{city}

事務事業名\t港の市\t担当課\t商工課
{caption}
指標名\t単位\t区分\t令和4年度\t令和5年度\t{head}\t令和7年度
{name}\t{unit}\t目標値\t100\t110\t120\t130
\t\t実績値\t90\t112\t{cell}\t

{judged}
"""


def _list(row: str) -> str:
    return f"""令和6年度 主要事業の進捗状況

三鷹市

施策\t指標名\t単位\t令和5年度目標\t令和5年度実績\t令和6年度目標\t令和6年度実績
港の市\t来場者数\t人\t120\t135\t130\t128
{row}
町の店\t開業数\t店\t15\t12\t18\t17
"""


def _three_years(heads: str) -> str:
    """The general form with other heads over its years; they are given with | between."""
    first, second, third, fourth = heads.split("|")
    text = _general(head=third)
    return text.replace("令和4年度", first).replace("令和5年度", second).replace("令和7年度", fourth)


FORMS: Final[Mapping[str, Callable[[str], str]]] = {
    "report": report,
    "sheet year": lambda said: report("講演会の開催:3回|講演会を3回開催した。").replace("\t令和7年度\t", f"\t{said}\t"),
    "card": card,
    "leaf": lambda said: _progress(leaf=said),
    "leaf and cell": lambda said: _progress(leaf=said.split("|")[0], cells={"actual": said.split("|")[1]}),
    "program": lambda said: _progress(cells={"program": said}),
    "program and cell": lambda said: _progress(cells={"program": said.split("|")[0], "actual": said.split("|")[1]}),
    "cell and note": lambda said: _progress(cells={"actual": said.split("|")[0]}) + f"\n{said.split('|')[1]}\n",
    "leaf and note": lambda said: _progress(leaf=said.split("|")[0]) + f"\n{said.split('|')[1]}\n",
    "goal label": _sheet_label("達成指標"),
    "done label": _sheet_label("実施"),
    "card label": _card_label,
    "year": lambda said: _progress(year=said),
    "actual": lambda said: _progress(cells={"actual": said}),
    "target": lambda said: _progress(cells={"target": said}),
    "mark": lambda said: _progress(cells={"grade": said}),
    "measure": lambda said: _progress(cells={"measure": said}),
    "head": lambda said: _general(head=said),
    "heads": _three_years,
    "number": lambda said: _general(cell=said),
    "judged": lambda said: _general(judged=said.replace("|", "\t")),
    "city": lambda said: _general(city=said),
    "caption": lambda said: _general(caption=said, unit="", name="補助金額", cell="118"),
    "row": lambda said: _list(said.replace("|", "\t")),
}
"""Where a wording stands, by the name that the table of cases uses."""
