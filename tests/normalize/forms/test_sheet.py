"""Evaluation sheets: everything by label, wherever the label stands."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import pytest

from extract.text import read_text
from normalize.forms.sheet.reader import sheets_to_statements
from normalize.municipalities.musashino import SHEET_FORM
from normalize.statements.ledger import account
from normalize.statements.merging import merged
from normalize.statements.statement import Entry, Remark, Statement
from schemas.records import Grade, Indicator, Measure, MeasureOrg, Observation, Passage, Record

R = TypeVar("R", bound=Record)

HEAD = (
    "第三期武蔵野市産業振興計画 管理・評価シート",
    "",
    "対象年度\t令和8年度\t\t担当課\t港湾課、みなと観光課\t\t",
    "\t\t\t関係機関\t—\t\t",
    "作成日\t目標設定\t2026/6/1\t中間見直し\t2026/12/1\t評価時\t",
    "方針番号\t2\t方針名\t港のにぎわい\t\t\t",
    "施策番号\t7\t施策名\t桟橋の再生\t\t\t",
)
BESIDE = (
    "取組内容\t1\t予定\t桟橋を直す。\t\t達成指標\t・補修件数3件以上",
    "\t\t実施\t補修を4件行った。\t\t\t",
    "\t2\t予定\t市場を開く。\t\t\t・朝市の周知",
    "\t\t実施\t開いた。\t\t\t",
)
TAIL = (
    "実施内容に関する所見・評価\t<p>【取組1】 ・早く済んだ。 ・費用も下がった。</p>"
    " <p>【取組2】 ・人が来た。</p>\t\t\t\t\t",
    "次年度の予定\t方向性\t継続\t\t\t\t",
    "\t内容\t・続ける。 ・広げる。\t\t\t\t",
    "審議会報告事項 (港湾課記載)\t順調である。\t\t\t\t\t",
    "審議会意見\t\t\t\t\t\t",
)


def read(*lines: str) -> tuple[Statement, ...]:
    document = read_text("\n".join(lines).encode(), "made.txt")
    return merged(document.document_id, sheets_to_statements(document, SHEET_FORM))


def records(statements: Sequence[Statement], kind: type[R]) -> list[R]:
    return [s.record for s in statements if isinstance(s, Entry) and isinstance(s.record, kind)]


def remarks(statements: Sequence[Statement]) -> list[tuple[str, str | None]]:
    return [(s.rule, s.expected) for s in statements if isinstance(s, Remark)]


def test_a_sheet_gives_its_hierarchy() -> None:
    found = records(read(*HEAD, *BESIDE, *TAIL), Measure)
    assert [(m.measure_level, m.measure_code, m.measure_name) for m in found] == [
        ("policy", "2", "港のにぎわい"),
        ("measure", "7", "桟橋の再生"),
        ("action", "2-7-1", None),
        ("action", "2-7-2", None),
    ]
    assert {m.fiscal_year for m in found[1:]} == {2026}
    assert str(found[1].set_on) == "2026-06-01"
    assert found[1].evaluated_on is None


def test_a_dash_is_no_organisation() -> None:
    found = records(read(*HEAD, *BESIDE, *TAIL), MeasureOrg)
    assert [(org.role, org.org_name) for org in found] == [("responsible", "港湾課"), ("responsible", "みなと観光課")]


def test_goals_beside_an_action_are_the_actions() -> None:
    statements = read(*HEAD, *BESIDE, *TAIL)
    names = {m.measure_id: m.measure_code for m in records(statements, Measure)}
    assert [(names[i.measure_id], i.indicator_text) for i in records(statements, Indicator)] == [
        ("2-7-1", "補修件数3件以上"),
        ("2-7-2", "朝市の周知"),
    ]
    assert [(o.role, o.value, o.comparator) for o in records(statements, Observation)] == [
        ("target", 3, ">="),
        ("actual", 4, "="),
        ("target", None, None),
    ]


ONE_CELL = (
    "取組内容\t1\t予定\t桟橋を直す。\t\t\t達成指標 ・補修の開始 ・市場の開設",
    "\t\t実施\t直した。\t\t\t",
    "\t2\t予定\t市場を開く。\t\t\t",
    "\t\t実施\t開いた。\t\t\t",
)
ROWS_BELOW = (
    "取組内容\t1\t予定\t桟橋を直す。\t\t\t",
    "\t\t実施\t直した。\t\t\t",
    "達成指標\t\t・補修の開始\t\t\t\t",
    "市場の開設\t\t\t\t\t\t",
)
SPREAD = (ONE_CELL[0].replace("達成指標", "達 成 指 標"), *ONE_CELL[1:])
IN_THE_SECOND = (
    "取組内容\t1\t予定\t桟橋を直す。\t\t\t・補修の開始",
    "\t\t実施\t直した。\t\t\t",
    "\t2\t予定\t市場を開く。\t\t\t達成指標 ・市場の開設",
    "\t\t実施\t開いた。\t\t\t",
)


@pytest.mark.parametrize(
    ("rows", "owners"),
    [(ONE_CELL, ["7", "7"]), (SPREAD, ["7", "7"]), (ROWS_BELOW, ["7", "7"]), (IN_THE_SECOND, ["2-7-1", "2-7-2"])],
    ids=["one cell for the sheet", "spread", "rows after the actions", "slipped into the second cell"],
)
def test_the_goals_label_may_stand_anywhere(rows: tuple[str, ...], owners: list[str]) -> None:
    statements = read(*HEAD, *rows, *TAIL)
    names = {m.measure_id: m.measure_code for m in records(statements, Measure)}
    found = records(statements, Indicator)
    assert [i.indicator_text for i in found] == ["補修の開始", "市場の開設"]
    assert [names[i.measure_id] for i in found] == owners


def test_goals_beside_an_action_are_its_own_before_it_is_reported() -> None:
    """As a page shows it: the cell of the goals spans the plan and the empty report."""
    unreported = (line.replace("開いた。", "") for line in IN_THE_SECOND)
    document = read_text("\n".join((*HEAD, *unreported, *TAIL)).encode(), "made.txt")
    table = next(document.tables)
    goals = next(cell for cell in table.cells if "市場の開設" in cell.text)
    cells = tuple(cell for cell in table.cells if (cell.row, cell.col) != (goals.row + 1, goals.col))
    spanning = tuple(replace(cell, row_span=2) if cell is goals else cell for cell in cells)
    items = tuple(replace(table, cells=spanning) if item is table else item for item in document.items)
    statements = merged(document.document_id, sheets_to_statements(replace(document, items=items), SHEET_FORM))
    names = {m.measure_id: m.measure_code for m in records(statements, Measure)}
    assert [names[i.measure_id] for i in records(statements, Indicator)] == ["2-7-1", "2-7-2"]


def test_two_actions_of_one_number_keep_their_goals() -> None:
    beside = [line.replace("\t2\t予定", "\t1\t予定") for line in BESIDE]
    assert beside != list(BESIDE)
    statements = read(*HEAD, *beside, *TAIL)
    owners = {goal.measure_id for goal in records(statements, Indicator)}
    assert len(owners) == 2
    by_number = read(*HEAD, *BESIDE, *TAIL)
    assert len(records(statements, Indicator)) == len(records(by_number, Indicator))


def test_a_finding_on_several_actions_belongs_to_each() -> None:
    shared = ("実施内容に関する所見・評価\t<p>【取組１～２】 ・人が来た。</p>\t\t\t\t\t", *TAIL[1:])
    found = [p for p in records(read(*HEAD, *BESIDE, *shared), Passage) if p.section == "finding"]
    assert [p.text for p in found] == ["人が来た。", "人が来た。"]
    assert len({p.measure_id for p in found}) == 2


def test_a_finding_that_leaves_an_action_out_is_told() -> None:
    only = ("実施内容に関する所見・評価\t<p>【取組1】 ・早い。</p>\t\t\t\t\t", *TAIL[1:])
    assert ("label-missing", "取組2") in remarks(read(*HEAD, *BESIDE, *only))


def test_prose_is_one_passage_over_its_line_ends() -> None:
    prose = (*TAIL[:3], "審議会報告事項(港湾課記載)\t順調である。 続けたい。\t\t\t\t\t", TAIL[4])
    found = [p for p in records(read(*HEAD, *BESIDE, *prose), Passage) if p.section == "council_report"]
    assert [p.text for p in found] == ["順調である。続けたい。"]


def test_the_direction_is_a_grade_of_the_sheets_year() -> None:
    (grade,) = records(read(*HEAD, *BESIDE, *TAIL), Grade)
    assert (grade.grade, grade.grade_text, grade.fiscal_year) == ("continue", "継続", 2026)


def test_a_missing_label_is_an_error() -> None:
    without = (*(line for line in HEAD if "施策番号" not in line), "施策名\t桟橋の再生\t\t\t\t\t")
    (expected,) = [said for rule, said in remarks(read(*without, *BESIDE, *TAIL)) if rule == "label-missing"]
    assert "施策番号" in str(expected).split(" / ")


def test_a_policy_on_several_sheets_is_one_node() -> None:
    second = tuple(line.replace("施策番号\t7", "施策番号\t8") for line in HEAD)
    statements = read(*HEAD, *BESIDE, *TAIL, "", *second, *BESIDE, *TAIL)
    assert [m.measure_code for m in records(statements, Measure) if m.measure_level != "action"] == ["2", "7", "8"]


@pytest.mark.parametrize("rows", [BESIDE, ONE_CELL, SPREAD, ROWS_BELOW, IN_THE_SECOND])
def test_every_character_is_accounted_for(rows: tuple[str, ...]) -> None:
    document = read_text("\n".join((*HEAD, *rows, *TAIL)).encode(), "made.txt")
    assert account(document, merged(document.document_id, sheets_to_statements(document, SHEET_FORM))).unclaimed == ()


@pytest.mark.parametrize(
    "rows",
    [
        (
            "取組内容\t1\t予定\t巡回する。\t達成指標\t・見学会の開催:4回\t達成状況\t5回",
            "\t\t実施\t巡回した。\t\t\t\t",
        ),
        (
            "取組内容\t1\t予定\t巡回する。\t達成指標\t・見学会の開催:4回\t達成状況\t見学会を5回開催した。",
            "\t\t実施\t巡回した。\t\t\t\t",
        ),
    ],
)
def test_what_a_column_of_results_tells_is_no_goal_but_the_actual(rows: tuple[str, ...]) -> None:
    statements = read(*HEAD, *rows, *TAIL)
    found = [(o.role, o.value, o.unit) for o in records(statements, Observation)]
    assert found == [("target", 4.0, "回"), ("actual", 5.0, "回")]
    assert rows[0].split("\t")[-1] in {p.text for p in records(statements, Passage) if p.section == "done"}


def test_a_mark_below_the_goals_is_no_goal() -> None:
    found = read(*HEAD, *BESIDE, "達成状況\t◎\t\t\t\t\t", *TAIL)
    assert [p.text for p in records(found, Passage) if p.section == "target"] == ["補修件数3件以上", "朝市の周知"]
    document = read_text("\n".join((*HEAD, *BESIDE, "達成状況\t◎\t\t\t\t\t", *TAIL)).encode(), "made.txt")
    assert [left.text for left in account(document, found).unclaimed] == ["◎"]


def test_the_direction_ticked_among_several_is_the_grade() -> None:
    tail = (TAIL[0], TAIL[1].replace("継続", "☑継続 □拡充 □縮小"), *TAIL[2:])
    assert [grade.grade for grade in records(read(*HEAD, *BESIDE, *tail), Grade)] == ["continue"]


def test_a_node_of_which_nothing_is_printed_has_a_place() -> None:
    nameless = (*HEAD[:5], "方針番号\t\t方針名\t\t\t\t", *HEAD[6:])
    told = {
        entry.record.measure_level: [piece.excerpt.text for piece in entry.evidence]
        for entry in read(*nameless, *BESIDE, *TAIL)
        if isinstance(entry, Entry) and isinstance(entry.record, Measure)
    }
    assert told["policy"] == ["対象年度"]
