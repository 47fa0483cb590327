"""Summaries: goals with their measures, a line of counts with its score, attributed good points and issues."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.document.text_span import Excerpt, Place
from normalize.forms.summary.grade_counts import legend_weights
from normalize.layout import likeness
from normalize.municipalities.musashino import SUMMARY
from schemas.records import DocumentRow, GradeCount, Measure, Passage, Score
from tests.normalize.made import Reading, read_made

LEGEND = """第四期産業振興計画進捗管理まとめ

凡例

市・関係機関の主観評価

10施策中 ○4 △3 □3 ×0 ◎0 -0 → **70 (61) 点** / 100点

() 内は令和9年度末時点
評価指数

$$100\\text{点} \\div 10\\text{施策} \\doteq 10\\text{点}$$

○または◎ . . . 10点

△ 10点 × 2 / 3

この場合は6.67点

□ 10点 × 1 / 3

×または- . . . 0点
"""
FIRST = """目標 1 武蔵野市の港を開く

基本施策（1）朝市の再生

基本施策 (2) 「桟橋」

市・関係機関の主観評価

10施策中 ○4 △3 □3 ×0 ◎0 -0 → **70 (61) 点** / 100点

【良い点】

朝市に人が来た（市）

地図を新しくした (関係)

【課題】

桟橋が古い（市・関係機関）

店が足りない（花屋など）（関）
"""
SECOND = """目標2 町を結ぶ

基本施策（1）道を広げる

市・関係機関の主観評価

3施策中 ○1 △0 □1 ×1 ◎0 -0 → 44点 (40) / 100点

【良い点】

道が広くなった（市）

【課題】

道が暗い（市）
"""


def read(*parts: str) -> Reading:
    return read_made("\n".join(parts), SUMMARY.read)


@pytest.fixture(scope="module")
def whole() -> Reading:
    return read(LEGEND, FIRST, SECOND)


def test_goals_and_their_measures(whole: Reading) -> None:
    assert [(m.measure_level, m.measure_code, m.measure_name) for m in whole.of(Measure)] == [
        ("policy", "1", "武蔵野市の港を開く"),
        ("measure", "1-1", "朝市の再生"),
        ("measure", "1-2", "桟橋"),
        ("policy", "2", "町を結ぶ"),
        ("measure", "2-1", "道を広げる"),
    ]


def test_counts_keep_their_noughts_and_the_example_of_the_legend_is_none(whole: Reading) -> None:
    goals = {m.measure_id: m.measure_code for m in whole.of(Measure)}
    assert [(goals[c.measure_id or ""], c.grade, c.count) for c in whole.of(GradeCount)] == [
        *(("1", grade, count) for grade, count in zip("○△□×◎-", (4, 3, 3, 0, 0, 0), strict=True)),
        *(("2", grade, count) for grade, count in zip("○△□×◎-", (1, 0, 1, 1, 0, 0), strict=True)),
    ]


def test_scores_stand_at_their_own_year_with_an_unrounded_recomputation(whole: Reading) -> None:
    found = [(s.score, s.fiscal_year, s.score_max, s.score_recomputed) for s in whole.of(Score)]
    assert found == [
        (70.0, None, 100.0, 70.0),
        (61.0, 2027, 100.0, None),
        (44.0, None, 100.0, pytest.approx(44.444444444)),
        (40.0, 2027, 100.0, None),
    ]


def test_views_keep_who_holds_them(whole: Reading) -> None:
    assert [(p.section, p.text, p.attribution) for p in whole.of(Passage)] == [
        ("good_point", "朝市に人が来た", "市"),
        ("good_point", "地図を新しくした", "関"),
        ("issue", "桟橋が古い", "市・関"),
        ("issue", "店が足りない（花屋など）", "関"),
        ("good_point", "道が広くなった", "市"),
        ("issue", "道が暗い", "市"),
    ]
    assert whole.of(Passage)[1].text_raw.endswith("(関係)")


def test_an_attribution_that_a_page_break_cut_off_is_of_the_view_before_it() -> None:
    reading = read(LEGEND, FIRST.replace("地図を新しくした (関係)", "地図を新しくした。\n\n（関係）"))
    second = reading.of(Passage)[1]
    assert (second.text, second.attribution, second.text_raw) == (
        "地図を新しくした。",
        "関",
        "地図を新しくした。（関係）",
    )
    assert (reading.unclaimed, reading.remarks) == ([], [])


def test_every_character_is_accounted_for(whole: Reading) -> None:
    assert (whole.unclaimed, whole.remarks) == ([], [])
    assert whole.of(DocumentRow)[0].plan_name == "第四期産業振興計画"


def test_counts_that_miss_the_stated_total_are_an_error() -> None:
    reading = read(LEGEND, FIRST, SECOND.replace("3施策中", "4施策中"))
    assert ("counts-differ", "4", "3") in reading.remarks


def test_a_count_that_no_plan_can_have_is_said_and_gives_no_row() -> None:
    reading = read(LEGEND, FIRST, SECOND.replace("×1", "×99999999999"))
    assert ("counts-differ", "at most 1,000,000", "99999999999") in reading.remarks
    assert len(reading.of(GradeCount)) == 11


def test_an_unknown_mark_is_said_and_gives_no_count() -> None:
    reading = read(LEGEND, FIRST, SECOND.replace("×1", "☆1"))
    assert reading.remarks == [("grade-unknown", None, "☆")]
    assert reading.unclaimed == ["☆1"]
    assert len(reading.of(GradeCount)) == 11
    assert reading.of(Score)[2].score_recomputed is None


@pytest.mark.parametrize(
    ("printed", "expected"), [("3施策中", "a line of counts"), ("【良い点】", "良い点"), ("【課題】", "課題")]
)
def test_a_goal_without_one_of_its_parts_says_so(printed: str, expected: str) -> None:
    (rule, said, _), *others = read(LEGEND, FIRST, SECOND.replace(printed, "印")).remarks
    assert (rule, others) == ("label-missing", [])
    assert expected in (said or "")


def test_an_earlier_score_without_a_year_is_no_score() -> None:
    reading = read(LEGEND.replace("() 内は令和9年度末時点", ""), FIRST)
    assert [s.score for s in reading.of(Score)] == [70.0]
    assert [rule for rule, *_ in reading.remarks] == ["label-missing"]
    assert reading.unclaimed == ["61"]


def test_a_second_line_of_counts_is_not_added() -> None:
    reading = read(LEGEND, FIRST + "\n11施策中 ○11 → 100点 / 100点\n")
    assert len(reading.of(GradeCount)) == 6
    assert [rule for rule, *_ in reading.remarks] == ["counts-differ"]


def test_renamed_headings_and_other_wordings_are_read() -> None:
    other = SECOND.replace("【良い点】", "【成果】").replace("【課題】", "【今後の課題】").replace("施策中", "事業中")
    reading = read(LEGEND, other)
    assert [p.section for p in reading.of(Passage)] == ["good_point", "issue"]
    assert reading.remarks == []


def test_counts_of_the_whole_plan_belong_to_no_goal() -> None:
    reading = read(LEGEND + "\n計画全体\n\n13施策中 ○5 △3 □4 ×1 → 64 / 100点\n", FIRST)
    assert sum(c.count for c in reading.of(GradeCount) if c.measure_id is None) == 13


def test_the_legend_may_stand_behind_the_goals() -> None:
    title, _, legend = LEGEND.partition("\n\n")
    reading = read(title + "\n", FIRST, SECOND, legend)
    assert (reading.unclaimed, reading.remarks) == ([], [])
    assert [s.fiscal_year for s in reading.of(Score)] == [None, 2027, None, 2027]


PIECES = [piece for part in (LEGEND, FIRST, SECOND) for piece in part.split("\n\n")]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_mixture_of_its_lines_is_read(pieces: list[str]) -> None:
    """What makes no sense gives findings, never a failure."""
    reading = read("\n\n".join(pieces))
    assert len(reading.of(Measure)) == sum(piece.startswith(("目標", "基本施策")) for piece in pieces)


def test_a_legend_that_weighs_otherwise_than_its_scheme_is_said() -> None:
    reading = read(LEGEND.replace("10点 × 1 / 3", "10点 × 1 / 2"), FIRST)
    assert ("score-differs", "1/3", "1/2") in reading.remarks
    assert reading.of(Score)[0].score_recomputed == 75.0


@given(st.integers(1, 9), st.integers(1, 9))
def test_a_stated_share_is_the_weight(over: int, under: int) -> None:
    lines = [Excerpt.of(text, Place(0)) for text in ("○ … 5点", f"△ 5点 × {over} ／ {under}")]
    weights = legend_weights(lines, "musashino-2")
    assert weights["△"] * under == over


def test_radicals_and_wide_characters_are_read_as_what_they_stand_for(whole: Reading) -> None:
    """A PDF may name 目 a radical, and print digits and brackets wide."""
    wide = str.maketrans("0123456789()-/", "０１２３４５６７８９（）－／") | {ord("目"): "⽬"}
    printed = FIRST.translate(wide) + SECOND.translate(wide)
    reading = read(LEGEND, printed)
    assert (reading.unclaimed, reading.remarks) == ([], [])
    assert [s.score for s in reading.of(Score)] == [s.score for s in whole.of(Score)]
    assert [m.measure_code for m in reading.of(Measure)] == [m.measure_code for m in whole.of(Measure)]
    assert likeness(reading.document, SUMMARY).fits


def test_the_layout_is_told_by_its_print(whole: Reading) -> None:
    assert likeness(whole.document, SUMMARY).fits
    assert not likeness(read(LEGEND).document, SUMMARY).fits
