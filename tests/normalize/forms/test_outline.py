"""Outlines: policies and directions by their headings, and what is said under each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.layout import likeness
from normalize.municipalities.nishitokyo import OUTLINE
from schemas.records import DocumentRow, Measure, Passage
from tests.normalize.made import Reading, read_made

HEAD = """# 西東京市第3次商工業振興プラン 策定概要

## 《計画期間》

- 計画の期間は、令和16（2034）年度から令和20（2038）年度まで
"""
FIELDS = """#### (1) 「畑」の現状と課題

- ① 「畑を守る」
  - ・畑が減った。
- ② 「「港の野菜」の発信」
  - ・朝市を開いた。
  - ・地図を配った。

#### 【課題】

- ①後継ぎが要る
- ②道が狭い
- ③水が足りない
"""
SHOPS = """#### (2) 「店」の現状と課題

- ① 「店を増やす」
  - ・三軒が開いた。
"""
VIEWS = """### アンケートに盛り込むべき事項(案)

#### (1) 「畑」に対する意識

- 畑を貸す意向

#### (7) 「その他」の人に対する意識

- 港に住む意向
"""
TAIL = """## 《目指す方向》

### 将来像

海と畑が人を呼び
・人が育つまち

### 期待する効果

- ① 『稼ぎ』が町に残る

『元気な港』
～人が来る、人が残る～
"""


def read(*parts: str) -> Reading:
    return read_made("\n".join(parts), OUTLINE.read)


def nodes(reading: Reading) -> list[tuple[str, str | None, str | None]]:
    return [(m.measure_level, m.measure_code, m.measure_name) for m in reading.of(Measure)]


def passages(reading: Reading) -> list[tuple[str | None, str, str]]:
    codes = {m.measure_id: m.measure_code for m in reading.of(Measure)}
    return [(codes.get(p.measure_id or ""), p.section, p.text) for p in reading.of(Passage)]


@pytest.fixture(scope="module")
def whole() -> Reading:
    return read(HEAD, FIELDS, SHOPS, VIEWS, TAIL)


def test_policies_and_directions_have_their_printed_numbers(whole: Reading) -> None:
    assert nodes(whole) == [
        ("policy", "1", "畑"),
        ("measure", "1-1", "畑を守る"),
        ("measure", "1-2", "「港の野菜」の発信"),
        ("policy", "2", "店"),
        ("measure", "2-1", "店を増やす"),
    ]
    assert [m.position for m in whole.of(Measure)] == [1, 2, 3, 4, 5]


def test_passages_belong_to_what_they_stand_under(whole: Reading) -> None:
    assert passages(whole) == [
        (None, "background", "計画の期間は、令和16（2034）年度から令和20（2038）年度まで"),
        ("1-1", "state", "畑が減った。"),
        ("1-2", "state", "朝市を開いた。"),
        ("1-2", "state", "地図を配った。"),
        ("1", "issue", "後継ぎが要る"),
        ("1", "issue", "道が狭い"),
        ("1", "issue", "水が足りない"),
        ("2-1", "state", "三軒が開いた。"),
        ("1", "survey", "畑を貸す意向"),
        (None, "survey", "港に住む意向"),
        (None, "aim", "海と畑が人を呼び・人が育つまち"),
        (None, "background", "①『稼ぎ』が町に残る"),
        (None, "background", "『元気な港』～人が来る、人が残る～"),
    ]


def test_the_plan_and_its_stated_term(whole: Reading) -> None:
    (row,) = whole.of(DocumentRow)
    assert (row.plan_name, row.fiscal_year) == ("西東京市第3次商工業振興プラン", None)
    assert (row.plan_start_fy, row.plan_end_fy) == (2034, 2038)


def test_every_character_is_accounted_for(whole: Reading) -> None:
    assert (whole.unclaimed, whole.remarks) == ([], [])


def test_headings_need_no_marks() -> None:
    """A PDF prints headings without their levels."""
    plain = "\n\n".join(line.lstrip("# ") for line in (HEAD + FIELDS + SHOPS + VIEWS + TAIL).splitlines())
    assert nodes(read(plain)) == nodes(read(HEAD, FIELDS, SHOPS, VIEWS, TAIL))


def test_a_survey_before_the_policies_still_finds_its_policy() -> None:
    assert ("1", "survey", "畑を貸す意向") in passages(read(HEAD, VIEWS, FIELDS))


def test_a_survey_may_be_called_one() -> None:
    assert passages(read(HEAD, FIELDS, VIEWS.replace("意識", "意識調査"))) == passages(read(HEAD, FIELDS, VIEWS))


def test_short_items_behind_a_mark_are_no_headings() -> None:
    views = VIEWS.replace("- 畑を貸す意向", "●畑を貸す意向\n\n●畑を借りる意向")
    found = [text for _, section, text in passages(read(HEAD, FIELDS, views)) if section == "survey"]
    assert found == ["畑を貸す意向", "畑を借りる意向", "港に住む意向"]


def test_a_short_item_before_a_long_one_behind_the_same_mark_is_no_heading() -> None:
    long = "港に住み、働きながら畑も耕したいと考える人の意向"
    views = VIEWS.replace("- 畑を貸す意向", f"■畑を貸す意向\n\n■{long}\n\n■畑を借りる意向")
    found = [text for _, section, text in passages(read(HEAD, FIELDS, views)) if section == "survey"]
    assert found == ["畑を貸す意向", long, "畑を借りる意向", "港に住む意向"]


def test_a_form_without_policies_says_so() -> None:
    reading = read(HEAD, TAIL)
    assert [rule for rule, *_ in reading.remarks] == ["label-missing"]


def test_the_layout_is_told_by_its_print(whole: Reading) -> None:
    assert likeness(whole.document, OUTLINE).fits
    assert not likeness(read(HEAD, TAIL).document, OUTLINE).fits


LINES = [line for line in (HEAD + FIELDS + SHOPS + VIEWS + TAIL).splitlines() if line]


@given(st.lists(st.sampled_from(LINES), max_size=40))
def test_any_mixture_of_its_lines_is_read(lines: list[str]) -> None:
    """What makes no sense gives findings, never a failure; and no line is lost."""
    reading = read("\n\n".join(lines))
    policies = sum("の現状と課題" in line for line in lines)
    assert [m.measure_level for m in reading.of(Measure)].count("policy") == policies
    assert reading.unclaimed == []
