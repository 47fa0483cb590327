"""Drift of the progress table: other years and year groups, columns elsewhere, labels, marks, legends, values."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator

from data.sources.facts import Content
from tests.drift.base import Facts
from tests.drift.variant import (
    GRADE_UNKNOWN,
    LABEL_MISSING,
    UNCLAIMED,
    Drift,
    Edit,
    columns,
    matching,
    replaced,
    respelled,
    then,
    wide,
    words,
)

HEAD = "方向性"
YEAR = r"令和(\d)年度(?=\t)"
GRADES = {"S": "◎", "A": "○", "B": "△", "C": "×"}


def _programs(content: Content) -> Iterator[Content]:
    for direction in content["direction"]:
        for measure in direction["measure"]:
            yield from measure["program"]


def _years_on(years: int) -> Edit:
    """The same table some years later."""

    def say(content: Content) -> None:
        def later(text: str) -> str:
            return re.sub(r"令和(\d+)", lambda match: f"令和{int(match[1]) + years}", text)

        content["years"] = [later(year) for year in content["years"]]
        content["headings"] = [later(heading) for heading in content["headings"]]
        content["title"] = later(content["title"])
        for name in ("baseline_year", "first_year", "fiscal_year"):
            content[name] += years

    return say


def _last_year_graded(content: Content) -> None:
    content["fiscal_year"] = content["first_year"] + 3
    for program in _programs(content):
        target = program["values"][-1][0]
        program["values"][-1] = [target, target, "A"]


def _one_group_more(content: Content) -> None:
    content["years"].append("令和9年度")
    for program in _programs(content):
        program["values"].append([program["values"][-1][0], "", ""])


def _groups_fewer(count: int) -> Edit:
    def say(content: Content) -> None:
        del content["years"][1 : 1 + count]
        content["first_year"] += count
        for program in _programs(content):
            del program["values"][:count]

    return say


def _more(content: Content) -> None:
    first = content["direction"][0]["measure"]
    program = copy.deepcopy(first[0]["program"][0]) | {"name": "跡継ぎ相談会", "new": True}
    first[-1]["program"].append(program)
    content["direction"].append(
        {"name": "観光との連携", "measure": [{"name": "案内の充実", "program": [copy.deepcopy(program)]}]}
    )


def _fewer(content: Content) -> None:
    del content["direction"][0]["measure"][0]["program"][0]


def _new_mark(mark: str) -> Drift:
    return Drift(f"{mark} for 【新規事業】", printed=replaced("【新規事業】", mark))


def _groups_in_front(cells: list[str]) -> list[str]:
    return [*cells[6:], *cells[:6]]


def _newest_first(cells: list[str]) -> list[str]:
    groups = [cells[at : at + 3] for at in range(7, len(cells), 3)]
    return [*cells[:7], *(cell for group in reversed(groups) for cell in group)]


def _names_elsewhere(cells: list[str]) -> list[str]:
    return [*cells[:3], cells[5], cells[4], cells[3], *cells[6:]]


def _roles_over_years(text: str) -> str:
    """年間目標, 実績 and 評価 over their years, not the years over them."""
    years = ["令和5年度", "令和6年度", "令和7年度", "令和8年度"]
    heads = iter(
        ([role, "", "", ""] for role in ("年間目標", "実績", "評価")),
    )
    first = [cell for head in heads for cell in head]
    seen = iter(range(1000))

    def order(cells: list[str]) -> list[str]:
        row = next(seen)
        if row < 2:
            return [*cells[:7], *(first if row == 0 else years * 3)]
        return [*cells[:7], *(cells[7 + 3 * group + role] for role in range(3) for group in range(len(cells) // 3 - 2))]

    return columns(order, HEAD)(text)


def _one_header_row(text: str) -> str:
    """令和5年度年間目標 in one cell, not one below the other."""
    lines = text.split("\n")
    at = next(index for index, line in enumerate(lines) if line.startswith(HEAD))
    merged, group = [], ""
    for above, below in zip(lines[at].split("\t"), lines[at + 1].split("\t"), strict=True):
        group = above or group
        merged.append(group + below if below else above)
    return "\n".join([*lines[:at], "\t".join(merged), *lines[at + 2 :]])


def _filled_down(text: str) -> str:
    """The names of directions and measures in every row, not in merged cells."""
    last = ["", ""]

    def order(cells: list[str]) -> list[str]:
        if cells[7:8] not in (["年間目標"], ["令和5年度"]) and len(cells) > 7:
            last[:] = [cell or above for cell, above in zip(cells[:2], last, strict=True)]
            return [*last, *cells[2:]]
        return cells

    return columns(order, HEAD)(text)


def _again(text: str) -> str:
    """The header rows printed again in the middle of the table."""
    lines = text.split("\n")
    start = next(index for index, line in enumerate(lines) if line.startswith(HEAD))
    middle = next(i for i, line in enumerate(lines) if i > start + 2 and line and not line.startswith("\t"))
    return "\n".join([*lines[:middle], *lines[start : start + 2], *lines[middle:]])


def _marks(text: str) -> str:
    """◎○△× for S A B C, in the table and in the legend; 〇 in the table is the legend's ○."""
    legend = matching(r"^([SABC])(?=\t)", lambda match: GRADES[match[1]])
    table = matching(r"\t([SABC])(?=\t)", lambda match: "\t" + GRADES[match[1]].replace("○", "〇"))
    return legend(table(text))


def _grades_as(marks: dict[str, str], printed: dict[str, str]) -> Callable[[Facts], Facts]:
    """The grades by other marks, as `printed` prints them."""

    def expect(facts: Facts) -> Facts:
        grades = [{**row, "grade": marks[row["grade"]], "grade_text": printed[row["grade"]]} for row in facts["grades"]]
        return {**facts, "grades": grades}

    return expect


def _wide_grades(text: str) -> str:
    return matching(r"\t([SABC])(?=\t)", lambda match: "\t" + wide(match[1]))(text)


def _extra_column(heading: str, value: str) -> Callable[[str], str]:
    def order(cells: list[str]) -> list[str]:
        return [*cells, heading if cells[0] == HEAD else "" if cells[7:8] == ["年間目標"] else value]

    return columns(order, HEAD)


PROGRESS = (
    Drift("a year later", _years_on(1)),
    Drift("five years later", _years_on(5)),
    Drift("the last year graded", _last_year_graded),
    Drift("one year group more", _one_group_more),
    Drift("one year group fewer", _groups_fewer(1)),
    Drift("two year groups fewer", _groups_fewer(2)),
    Drift("more directions and programmes", _more),
    Drift("a programme fewer", _fewer),
    *(
        Drift(f"years as {name}", printed=matching(YEAR, new))
        for name, new in (
            ("R5", r"R\1"),
            ("Ｒ５年度", lambda match: wide(f"R{match[1]}") + "年度"),
            ("令和５年度", lambda match: f"令和{wide(match[1])}年度"),
            ("2023年度", lambda match: f"{2018 + int(match[1])}年度"),
            ("令和5年度(2023年度)", lambda match: f"令和{match[1]}年度({2018 + int(match[1])}年度)"),
        )
    ),
    Drift("years without their era", printed=matching(YEAR, r"\1年度"), told=LABEL_MISSING, is_read=False),
    Drift("目標値 and 実績値", printed=then(words("年間目標", "目標値"), words("実績", "実績値"))),
    Drift("達成度 for 評価", printed=words("評価", "達成度")),
    Drift("達成状況 for 実績, beside 評価", printed=words("実績", "達成状況")),
    Drift("推進主体 for 実施主体", printed=words("実施主体", "推進主体")),
    Drift("施策の方向性 and 基本施策", printed=then(words("方向性", "施策の方向性"), words("個別施策", "基本施策"))),
    Drift("個別事業 for 実施事業", printed=words("実施事業", "個別事業")),
    Drift("令和7年度実施状況・課題", printed=replaced("実施状況・課題(令和7年度)", "令和7年度実施状況・課題")),
    Drift("令和8年度の目標とする姿", printed=replaced("目標とする姿(令和8年度)", "令和8年度の目標とする姿")),
    Drift("year groups in front", printed=columns(_groups_in_front, HEAD)),
    Drift("the newest year first", printed=columns(_newest_first, HEAD)),
    Drift("names elsewhere", printed=columns(_names_elsewhere, HEAD)),
    Drift("roles over years", printed=_roles_over_years),
    Drift("one header row", printed=_one_header_row),
    Drift("cells filled down", printed=_filled_down),
    Drift("the header printed again", printed=_again),
    Drift("a cover in front", printed=lambda text: f"進捗状況報告書\n\n令和8年8月\n\n商工振興課\n\n{text}"),
    Drift("another legend", printed=_marks, expect=_grades_as(GRADES, GRADES | {"A": "〇"})),
    Drift("wide grades", printed=_wide_grades),
    *map(_new_mark, ("【新規】", "（新規）", "〔新規事業〕", "★新規", "※新規")),
    *(Drift(f"{new} for 課題：", printed=replaced("課題：", new)) for new in ("【課題】", "＜課題＞", "■課題：")),
    Drift("an unknown column", printed=_extra_column("備考", "会場を変更"), told=UNCLAIMED),
    Drift(
        "an unknown grade",
        printed=replaced("\tB\t", "\tX\t"),
        told=GRADE_UNKNOWN,
        expect=respelled(grade_text=("B", "X"), grade=("B", "")),
    ),
    Drift(
        "a legend with other limits",
        told=frozenset({"grade-differs"}),
        printed=then(replaced("(90~120%)", "(85~120%)"), replaced("(50~90%)", "(50~85%)")),
    ),
    Drift(
        "an actual without a number",
        printed=replaced("\t31人\t", "\t集計中\t"),
        told=frozenset({"target-unparsed"}),
        is_read=False,
    ),
    Drift("an unknown label of directions", printed=words("方向性", "大きな柱"), told=LABEL_MISSING, is_read=False),
    Drift("an unknown label of measures", printed=words("個別施策", "小さな柱"), told=LABEL_MISSING, is_read=False),
    Drift("an unknown label of programmes", printed=words("実施事業", "すること"), told=LABEL_MISSING, is_read=False),
    Drift("an unknown label of targets", printed=words("年間目標", "めあて"), told=UNCLAIMED, is_read=False),
    Drift("an unknown label of actuals", printed=words("実績", "できたこと"), told=UNCLAIMED, is_read=False),
    Drift("an unknown label of grades", printed=words("評価", "みたて"), told=UNCLAIMED, is_read=False),
)
