"""Reports: review rows, policies with their aims, cards with reprints, the matrix of years; all by their labels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.layout import likeness
from normalize.municipalities.akishima import REPORT
from normalize.statements.statement import Entry
from schemas.records import DocumentRow, Grade, Indicator, Measure, MeasureLink, MeasureOrg, Observation, Passage
from tests.normalize.made import Reading, read_made

COVER = """昭島市産業振興計画についての 報告書

～町の十年～

令和9年3月

昭島市役所

はじめに

令和3年度から令和 12 年度までの 10 年間の「昭島市産業振興計画」の話をする。

町は変わる。
"""
REVIEW = """前期計画の評価と見直しについて

施策概要	評価・課題	後期計画に向けて
朝市の開催	人が来た。	継続
夜市の開催	雨が多い。	終了
"""
HARBOUR = """後期計画について

1. 港業（漁業・海運業）

海とともに
生きる町

①市場を開く

- 市場は町の顔だ。

②人を育てる

- 若者が来た。

具体的な施策

【港 - 1】※【店 - 2】と連携

施策概要	基本目標	推進団体	目標・指標
「朝の市」を開く	①	商工会、 市	4回/年

【具体的な内容】

朝に市を開く。

【実施期間・実現スケジュール】

続けて開く。

【港 - 2】※新規

施策概要	基本目標	推進団体	目標・指標
船の学校	① ②	市	令和8年度までに実施

【具体的な内容】

船を学ぶ。

【実施期間・実現スケジュール】

いずれ開く。
"""
SHOPS = """2. 共に働く店の取組み

①店を結ぶ

- 店は近い。

具体的な施策

【店 - 1】※再掲

施策概要	基本目標	推進団体	目標・指標
船の学校	①	市	令和8年度までに実施

【店 - 2】 ※【港 - 1】と連携（再掲）

施策概要	基本目標	推進団体	目標・指標
「朝の市」を開く	②	商工会、 市	4回/年
"""
MATRIX = """	1年目	2年目	3年目
年度	令和7年度	令和8年度	令和9年度
全体		見直し
港業	<ul> 市を開く 船を買う	学校を開く
店の取組み			<ul> 店を結ぶ
"""


def read(*parts: str) -> Reading:
    return read_made("\n".join(parts), REPORT.read)


@pytest.fixture(scope="module")
def whole() -> Reading:
    return read(COVER, REVIEW, HARBOUR, SHOPS, MATRIX)


def codes(reading: Reading) -> dict[str | None, str | None]:
    return {m.measure_id: m.measure_code for m in reading.of(Measure)}


def passages(reading: Reading, *sections: str) -> list[tuple[str | None, str, int, int | None, str]]:
    known = codes(reading)
    found = (p for p in reading.of(Passage) if p.section in sections)
    return [(known.get(p.measure_id), p.section, p.item, p.fiscal_year, p.text) for p in found]


def card(code: str, remarks: str, name: str, body: bool = True) -> str:
    table = f"施策概要\t基本目標\t推進団体\t目標・指標\n{name}\t①\t市\t継続実施\n"
    text = "\n【具体的な内容】\n\n進める。\n\n【実施期間・実現スケジュール】\n\n続ける。\n" if body else ""
    return f"【{code}】{remarks}\n\n{table}{text}"


def test_the_hierarchy_with_phases_codes_and_short_names(whole: Reading) -> None:
    known = codes(whole)
    assert [
        (m.measure_level, m.plan_phase, m.measure_code, m.measure_name, known.get(m.parent_measure_id), m.is_new)
        for m in whole.of(Measure)
    ] == [
        ("measure", "前期", None, "朝市の開催", None, None),
        ("measure", "前期", None, "夜市の開催", None, None),
        ("policy", "後期", "1", "港業", None, None),
        ("measure", "後期", "港-1", "「朝の市」を開く", "1", False),
        ("measure", "後期", "港-2", "船の学校", "1", True),
        ("policy", "後期", "2", "店の取組み", None, None),
        ("measure", "後期", "店-1", "船の学校", "2", False),
        ("measure", "後期", "店-2", "「朝の市」を開く", "2", False),
    ]
    assert [m.position for m in whole.of(Measure)] == list(range(1, 9))


def test_a_reprint_points_at_the_card_it_refers_to_or_at_its_name(whole: Reading) -> None:
    known = codes(whole)
    found = {m.measure_code: known[m.reprint_of_measure_id] for m in whole.of(Measure) if m.reprint_of_measure_id}
    assert found == {"店-1": "港-2", "店-2": "港-1"}
    links = [
        (known[k.measure_id], k.kind, k.target_text, known.get(k.target_measure_id)) for k in whole.of(MeasureLink)
    ]
    assert ("港-1", "related", "店 - 2", "店-2") in links
    assert ("店-1", "reprint", "再掲", "港-2") in links
    assert ("港-2", "goal", "②", None) in links


def test_the_review_gives_directions_and_findings(whole: Reading) -> None:
    assert [(g.grade, g.grade_text, g.fiscal_year) for g in whole.of(Grade)] == [
        ("continue", "継続", None),
        ("terminate", "終了", None),
    ]
    assert [text for *_, text in passages(whole, "finding")] == ["人が来た。", "雨が多い。"]


def test_aims_count_as_printed_and_a_slogan_is_one_passage(whole: Reading) -> None:
    assert passages(whole, "aim", "background") == [
        (None, "background", 1, None, "令和3年度から令和12年度までの10年間の「昭島市産業振興計画」の話をする。"),
        (None, "background", 2, None, "町は変わる。"),
        ("1", "background", 1, None, "海とともに生きる町"),
        ("1", "aim", 1, None, "市場を開く"),
        ("1", "background", 2, None, "市場は町の顔だ。"),
        ("1", "aim", 2, None, "人を育てる"),
        ("1", "background", 3, None, "若者が来た。"),
        ("2", "aim", 1, None, "店を結ぶ"),
        ("2", "background", 1, None, "店は近い。"),
    ]


def test_cards_and_matrix_give_descriptions_and_schedules(whole: Reading) -> None:
    assert passages(whole, "description", "schedule") == [
        ("港-1", "description", 1, None, "朝に市を開く。"),
        ("港-1", "schedule", 1, None, "続けて開く。"),
        ("港-2", "description", 1, None, "船を学ぶ。"),
        ("港-2", "schedule", 1, None, "いずれ開く。"),
        (None, "schedule", 1, 2026, "見直し"),
        ("1", "schedule", 1, 2025, "市を開く"),
        ("1", "schedule", 2, 2025, "船を買う"),
        ("1", "schedule", 3, 2026, "学校を開く"),
        ("2", "schedule", 1, 2027, "店を結ぶ"),
    ]


def test_each_line_of_a_matrix_is_an_item_and_so_is_each_bullet() -> None:
    cells = "令和7年度\t令和8年度\n港業\t市を開く<br>船を買う\t・船を<br>直す<br>・網を編む"
    reading = read(COVER, HARBOUR, "年度\t" + cells)
    assert [(year, text) for _, _, _, year, text in passages(reading, "schedule") if year] == [
        (2025, "市を開く"), (2025, "船を買う"), (2026, "船を直す"), (2026, "網を編む"),
    ]  # fmt: skip


def test_goals_and_bodies_of_a_card(whole: Reading) -> None:
    known = codes(whole)
    owner = {i.indicator_id: known[i.measure_id] for i in whole.of(Indicator)}
    assert [(owner[o.indicator_id], o.value, o.unit, o.frequency, o.deadline_fy) for o in whole.of(Observation)] == [
        ("港-1", 4.0, "回", "per_year", None),
        ("港-2", None, None, None, 2026),
        ("店-1", None, None, None, 2026),
        ("店-2", 4.0, "回", "per_year", None),
    ]
    bodies = [(known[org.measure_id], org.org_name) for org in whole.of(MeasureOrg)]
    assert bodies[:3] == [("港-1", "商工会"), ("港-1", "市"), ("港-2", "市")]


def test_the_cover_and_the_stated_term(whole: Reading) -> None:
    (row,) = whole.of(DocumentRow)
    assert (row.plan_name, row.title) == ("昭島市産業振興計画", "昭島市産業振興計画についての報告書")
    assert (row.plan_start_fy, row.plan_end_fy, row.issued_text, row.fiscal_year) == (2021, 2030, "令和9年3月", None)


def test_every_character_is_accounted_for(whole: Reading) -> None:
    assert (whole.unclaimed, whole.remarks) == ([], [])


def test_columns_may_change_places_and_names() -> None:
    moved = REVIEW.replace("施策概要\t評価・課題\t後期計画に向けて", "方向性\t施策名\t評価と課題")
    for name, finding, direction in (("朝市の開催", "人が来た。", "継続"), ("夜市の開催", "雨が多い。", "終了")):
        moved = moved.replace(f"{name}\t{finding}\t{direction}", f"{direction}\t{name}\t{finding}")
    table = "施策概要\t基本目標\t推進団体\t目標・指標\n「朝の市」を開く\t①\t商工会、 市\t4回/年"
    other = "目標・指標\t推進団体\t施策概要\t基本目標\n4回/年\t商工会、 市\t「朝の市」を開く\t①"
    upright = "施策概要\t「朝の市」を開く\n基本目標\t①\n推進団体\t商工会、 市\n目標・指標\t4回/年"
    expected = read(COVER, REVIEW, HARBOUR).tables
    for variant in (other, upright):
        found = read(COVER, moved, HARBOUR.replace(table, variant))
        assert (found.unclaimed, found.remarks) == ([], [])
        assert [len(rows) for rows in found.tables.values()] == [len(rows) for rows in expected.values()]
        assert [m.measure_name for m in found.of(Measure)] == [
            m.measure_name for m in read(COVER, REVIEW, HARBOUR).of(Measure)
        ]


def test_more_policies_and_cards_need_no_change() -> None:
    third = "3. 山業\n\n①木を植える\n\n具体的な施策\n\n" + "\n".join(
        card(f"山 - {number}", "", f"木を植える{number}") for number in range(1, 13)
    )
    reading = read(COVER, HARBOUR, third)
    assert [m.measure_code for m in reading.of(Measure)][4:] == [f"山-{number}" for number in range(1, 13)]
    assert (reading.unclaimed, reading.remarks) == ([], [])


def test_a_source_may_mark_the_title_and_the_aims_as_headings() -> None:
    marked = COVER.replace("昭島市産業", "# 昭島市産業", 1), HARBOUR.replace("①市場を開く", "### ①市場を開く")
    plain, found = read(COVER, HARBOUR), read(*marked)
    (before,), (after,) = plain.of(DocumentRow), found.of(DocumentRow)
    assert (after.title, after.plan_name, after.issued_text) == (before.title, before.plan_name, before.issued_text)
    assert passages(found, "aim", "background") == passages(plain, "aim", "background")
    assert (found.unclaimed, found.remarks) == ([], [])


def test_without_a_matrix_a_policy_is_named_by_its_heading() -> None:
    assert read(COVER, HARBOUR).of(Measure)[0].measure_name == "港業"


def test_a_numbered_line_in_a_description_is_no_policy() -> None:
    listed = HARBOUR.replace("朝に市を開く。", "1. 朝に開く\n\n2. 夜に閉じる")
    reading = read(COVER, listed)
    assert [m.measure_level for m in reading.of(Measure)].count("policy") == 1
    assert ("港-1", "description", 1, None, "1.朝に開く") in passages(reading, "description")


def test_a_numbered_line_at_the_end_of_the_last_card_is_no_policy() -> None:
    listed = HARBOUR.replace("いずれ開く。", "1. 朝に開く\n\n2. 夜に閉じる")
    for following, policies in ((SHOPS, ["1", "2"]), (MATRIX, ["1"])):
        reading = read(COVER, listed, following)
        assert [m.measure_code for m in reading.of(Measure) if m.measure_level == "policy"] == policies
        assert ("港-2", "schedule", 2, None, "2.夜に閉じる") in passages(reading, "schedule")


def test_a_reprint_of_a_reprint_leads_to_the_original() -> None:
    cards = [
        card("港 - 1", "", "朝市"),
        card("店 - 1", "※【港 - 1】と連携（再掲）", "市", body=False),
        card("宿 - 1", "※【店 - 1】と連携（再掲）", "市", body=False),
    ]
    reading = read(COVER, *cards)
    known = codes(reading)
    assert [known.get(m.reprint_of_measure_id) for m in reading.of(Measure)] == [None, "港-1", "港-1"]


def test_reprints_that_refer_to_each_other_have_no_original() -> None:
    cards = [
        card("店 - 1", "※【宿 - 1】と連携（再掲）", "市", body=False),
        card("宿 - 1", "※【店 - 1】と連携（再掲）", "市", body=False),
    ]
    assert [m.reprint_of_measure_id for m in read(COVER, *cards).of(Measure)] == [None, None]


def test_an_unknown_remark_on_a_card_stays_unclaimed() -> None:
    reading = read(COVER, card("港 - 1", "※新規 ※休止中", "朝市"))
    assert reading.unclaimed == ["※休止中"]


def test_missing_labels_are_said() -> None:
    missing = [expected for _, expected, _ in read(COVER, HARBOUR.replace("推進団体", "担い手")).remarks]
    assert ["関係課" in str(expected).split(" / ") for expected in missing] == [True, True]
    without_body = read(COVER, card("港 - 1", "", "朝市", body=False)).remarks
    assert [rule for rule, *_ in without_body] == ["label-missing", "label-missing"]
    uncoded = read(COVER, card("港 - 1", "", "朝市").partition("\n\n")[2]).remarks
    assert [rule for rule, *_ in uncoded] == ["label-missing"]


def test_an_unknown_direction_is_said() -> None:
    assert ("grade-unknown", None, "未定") in read(COVER, REVIEW.replace("継続", "未定")).remarks


def test_the_layout_is_told_by_its_print(whole: Reading) -> None:
    assert likeness(whole.document, REPORT).fits
    assert likeness(read(COVER, HARBOUR).document, REPORT).fits
    assert not likeness(read(COVER).document, REPORT).fits


PIECES = [piece for part in (COVER, REVIEW, HARBOUR, SHOPS, MATRIX) for piece in part.split("\n\n")]


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_mixture_of_its_pieces_is_read(pieces: list[str]) -> None:
    """What makes no sense gives findings, never a failure; and nothing is lost."""
    reading = read("\n\n".join(pieces))
    tables = sum("推進団体" in piece for piece in pieces)
    rows = 2 * sum("評価・課題" in piece for piece in pieces)
    assert [m.measure_level for m in reading.of(Measure)].count("measure") >= tables + rows
    assert reading.unclaimed == []


def test_a_card_that_prints_neither_code_nor_name_has_a_place() -> None:
    unheaded = HARBOUR.replace("【港 - 1】※【店 - 2】と連携\n", "").replace("「朝の市」を開く", "")
    reading = read(COVER, unheaded)
    told = [
        [piece.excerpt.text for piece in statement.evidence]
        for statement in reading.statements
        if isinstance(statement, Entry) and isinstance(statement.record, Measure)
        if statement.record.measure_level == "measure" and not statement.record.measure_name
    ]
    assert told == [["施策概要"]]
