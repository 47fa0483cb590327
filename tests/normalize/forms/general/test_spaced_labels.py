"""Lines of a form without a table: labels and values that blanks set apart."""

from __future__ import annotations

import pytest

from extract.text import read_text
from normalize.reading import read_records
from schemas.records import Grade, Measure, MeasureOrg, Passage
from schemas.rows import Tables, rows_of

_FORM = "令和6年度 事務事業評価表\n\n事務事業名　　灯台の保守\n{line}\n\n指標名\t単位\t令和6年度実績\n点検\t回\t5\n"


def read(line: str) -> Tables:
    return read_records(read_text(_FORM.format(line=line).encode(), "made.txt"))


@pytest.mark.parametrize(
    "line", ["担当課　　港湾課", "担当課 港湾課", "担　当　課　　港湾課", "担当課\u2003\u2003港湾課"]
)
def test_a_body_stands_behind_its_label_and_blanks(line: str) -> None:
    assert [row.org_name for row in rows_of(read(line), MeasureOrg)] == ["港湾課"]


def test_two_labels_of_a_line_have_their_own_values() -> None:
    tables = read("施　策　名　　海の安全　　担　当　課　　港湾課")
    assert {row.measure_name for row in rows_of(tables, Measure)} == {"海の安全", "灯台の保守"}
    assert [row.org_name for row in rows_of(tables, MeasureOrg)] == ["港湾課"]


def test_a_sentence_behind_its_label_is_read() -> None:
    assert [row.text for row in rows_of(read("実施状況　　灯を二度替えた。"), Passage)] == ["灯を二度替えた。"]


def test_a_sentence_one_blank_behind_its_label_is_read_without_the_label() -> None:
    read_now = [row.text for row in rows_of(read("評価の理由\u3000灯の故障が減った。"), Passage)]
    assert read_now == ["灯の故障が減った。"]


def test_a_row_of_labels_says_nothing_of_that_kind() -> None:
    assert not rows_of(read("担当課　　施策名"), MeasureOrg)


@pytest.mark.parametrize("behind", ["事業コード      0417", "担当者          海野", "番台の名        七号"])
def test_a_name_ends_where_another_label_or_value_stands_far_behind(behind: str) -> None:
    tables = read(f"施策            海の安全                {behind}")
    assert {row.measure_name for row in rows_of(tables, Measure)} == {"海の安全", "灯台の保守"}


def test_the_label_of_a_group_leads_the_labels_of_a_line() -> None:
    tables = read("総合計画    政策        海と生きるまち")
    assert {row.measure_name for row in rows_of(tables, Measure)} == {"海と生きるまち", "灯台の保守"}


def test_a_body_stands_before_a_label_that_says_nothing_of_it() -> None:
    assert [row.org_name for row in rows_of(read("担当課      港湾課      電話      1234"), MeasureOrg)] == ["港湾課"]


def test_words_behind_the_label_of_a_text_are_read() -> None:
    assert [row.text for row in rows_of(read("対象        湾に出る船、港の人"), Passage)] == ["湾に出る船、港の人"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("総合評価            □拡充　■改善　□継続", ("general-direction", "modify")),
        ("総合評価            ○高い　●低い", ("general", "低い")),
    ],
)
def test_the_options_of_a_line_are_no_headings(line: str, said: tuple[str, str]) -> None:
    assert [(row.grade_scheme_id, row.grade) for row in rows_of(read(line), Grade)] == [said]


def test_two_judgements_of_a_line_have_their_own_labels() -> None:
    found = {(row.grade_scheme_id, row.grade) for row in rows_of(read("総合評価  Ａ        今後の方向  継続"), Grade)}
    assert found == {("general", "A"), ("general-direction", "continue")}


@pytest.mark.parametrize("heading", ["■ 主要事業            （単位：千円）", "主要事業        単位：千円"])
def test_the_unit_behind_a_heading_is_no_name(heading: str) -> None:
    assert {row.measure_name for row in rows_of(read(heading), Measure)} == {"灯台の保守"}


def test_sentences_behind_the_label_of_a_direction_tell_of_it() -> None:
    assert [row.text for row in rows_of(read("今後の方針  灯を明るくする。"), Passage)] == ["灯を明るくする。"]


def test_what_stands_in_columns_under_a_heading_is_no_sentence_of_it() -> None:
    text = "【目的】\n海を守る。\n\n【実績】            （金額：千円）\n\n灯の数        4,200      4,350      4,610"
    assert [row.text for row in rows_of(read(text), Passage)] == ["海を守る。"]


def test_a_body_is_read_before_a_label_that_nobody_knows() -> None:
    assert [row.org_name for row in rows_of(read("担当課    港湾課    灯の色    白"), MeasureOrg)] == ["港湾課"]
