"""Drift of a form: another year, other labels, columns elsewhere, parts more or fewer, and faults that must be told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.drift.meaning import Meaning

Change = Callable[[str], str]
Expect = Callable[[Meaning], Meaning]


@dataclass(frozen=True, slots=True)
class Drift:
    """One variant of a document: what changes in the text, what it does to the records, the findings it must give."""

    name: str
    change: Change
    expect: Expect = lambda meaning: meaning
    rules: frozenset[str] = frozenset()


def words(**renamed: str) -> Change:
    """Rename whole cells and lines: the labels of a form."""

    def change(text: str) -> str:
        for old, new in renamed.items():
            text = re.sub(rf"(?m)(?:(?<=\t)|^){re.escape(old)}(?=\t|$)", new, text)
        return text

    return change


def replaced(old: str, new: str, count: int = 0) -> Change:
    return lambda text: text.replace(old, new) if not count else text.replace(old, new, count)


def columns(order: Callable[[list[str]], list[str]], head: str) -> Change:
    """Reorder or drop the columns of the table whose header row begins with `head`."""

    def change(text: str) -> str:
        lines, inside = text.split("\n"), False
        for index, line in enumerate(lines):
            inside = (inside or line.startswith(head)) and "\t" in line
            if inside:
                lines[index] = "\t".join(order(line.split("\t")))
        return "\n".join(lines)

    return change


def without(table: str, wanted: Callable[[Mapping[str, object]], bool]) -> Expect:
    """The records without some rows of one table."""
    return lambda meaning: {
        name: [row for row in rows if name != table or not wanted(row)] for name, rows in meaning.items()
    }  # fmt: skip


def year_moved(old: int, new: int, *tables: str) -> Expect:
    """The records of some tables in another fiscal year."""
    return lambda meaning: {
        name: [
            {k: new if k == "fiscal_year" and v == old and name in tables else v for k, v in row.items()}
            for row in rows
        ]
        for name, rows in meaning.items()
    }  # fmt: skip


def anything(meaning: Meaning) -> Meaning:
    """For a fault: what must be told is in the findings, more of them than without it."""
    return meaning


SHEET = (
    Drift("所管課 for 担当課", words(担当課="所管課")),
    Drift("評価指標 for 達成指標", replaced("達成指標", "評価指標")),
    Drift("計画 and 実績 for 予定 and 実施", words(予定="計画", 実施="実績")),
    Drift("Ｒ７年度", words(令和7年度="Ｒ７年度")),
    Drift("R7", words(令和7年度="R7")),
    Drift(
        "the next fiscal year",
        words(令和7年度="令和8年度"),
        year_moved(2025, 2026, "documents", "measures", "observations", "grades"),
    ),
    Drift(
        "a title page in front",
        lambda text: f"令和8年3月\n\n施策評価の結果\n\n{text}",
        rules=frozenset({"unclaimed-text"}),
    ),
    Drift("a label is gone", words(施策番号="番号"), anything, frozenset({"label-missing"})),
    Drift("an unknown direction", words(継続="要検討", 拡充="要検討"), anything, frozenset({"grade-unknown"})),
    Drift("an unknown label beside a value", words(関係機関="協力者"), anything, frozenset({"unclaimed-text"})),
)


def _moved(cells: list[str]) -> list[str]:
    """The year groups in front of the names."""
    return [*cells[6:], *cells[:6]]


def _fewer(cells: list[str]) -> list[str]:
    return [*cells[:7], *cells[10:]]


def _again(text: str) -> str:
    """The header rows printed again in the middle of the table."""
    lines = text.split("\n")
    start = next(i for i, line in enumerate(lines) if line.startswith("方向性"))
    middle = next(i for i, line in enumerate(lines) if i > start + 2 and line and not line.startswith("\t"))
    return "\n".join([*lines[:middle], *lines[start : start + 2], *lines[middle:]])


PROGRESS = (
    Drift("目標値 and 実績値", words(年間目標="目標値", 実績="実績値")),
    Drift("達成度 for 評価", words(評価="達成度")),
    Drift("推進主体 for 実施主体", words(実施主体="推進主体")),
    Drift("R5 … for 令和5年度 …", lambda text: re.sub(r"令和(\d)年度(?=\t)", r"R\1", text)),
    Drift("year groups in front", columns(_moved, "方向性")),
    Drift(
        "one year group fewer",
        columns(_fewer, "方向性"),
        lambda meaning: without("grades", lambda row: row.get("fiscal_year") == 2023)(
            without("observations", lambda row: row.get("fiscal_year") == 2023)(meaning)
        ),
    ),
    Drift("the header printed again", _again),
    Drift("wide grades", lambda text: re.sub(r"\t([SABC])(?=\t)", lambda m: "\t" + chr(ord(m[1]) + 0xFEE0), text)),
    Drift("an unknown grade", replaced("\tB\t", "\tX\t"), anything, frozenset({"grade-unknown"})),
    Drift(
        "a legend with other limits",
        lambda text: text.replace("(90~120%)", "(85~120%)").replace("(50~90%)", "(50~85%)"),
        anything,
        frozenset({"grade-differs"}),
    ),
    Drift("an altered actual", replaced("\t118件\t", "\t18件\t"), anything, frozenset({"grade-differs"})),
    Drift("an unknown column", words(個別施策="取組の柱"), anything, frozenset({"label-missing"})),
)

REPORT = (
    Drift("実施主体 for 推進団体", words(推進団体="実施主体")),
    Drift("目標 for 目標・指標", replaced("目標・指標", "目標")),
    Drift("今後の方向性 for 後期計画に向けて", replaced("後期計画に向けて", "今後の方向性")),
    Drift("wide dashes in codes", lambda text: re.sub(r"【(.) ?- ?(\d+)】", r"【\1－\2】", text)),
    Drift(
        "review columns elsewhere", columns(lambda cells: [cells[2], cells[0], cells[1], *cells[3:]], "施策概要\t評価")
    ),
    Drift("an unknown direction", replaced("\t終了", "\t凍結中"), anything, frozenset({"grade-unknown"})),
    Drift("a year that cannot be", replaced("令和7年度", "令和57年度", 1), anything, frozenset({"impossible-year"})),
)
