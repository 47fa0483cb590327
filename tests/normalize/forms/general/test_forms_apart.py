"""Layouts of forms met on sheets of other cities: each with the smallest document that shows it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract import read_document
from extract.text import read_text
from normalize.reading import read_records
from schemas.document import Fragment, Line
from schemas.records import DocumentRow, Finding, Grade, Indicator, Measure, Observation, Passage
from schemas.rows import Tables, rows_of
from tests.normalize.said import grades, numbers

HEAD = "令和4年度 事務事業評価シート\n\n事務事業名\t灯台の管理\n担当課\t港湾課\n\n"


def read(table: str, head: str = HEAD) -> Tables:
    return read_records(read_text((head + table).encode(), "made.txt"))


def page(rows: str) -> Tables:
    text = f"<p>令和4年度 施策評価シート</p><table><tr><td>施策名<td>港の整備</table><table>{rows}</table>"
    return read_records(read_document(text.encode(), "made.html"))


def test_sentences_behind_the_label_of_a_name_are_no_name() -> None:
    tables = read("令和4年度の取組\t・明かりを替えた。<br>・見学会を開いた。\n")
    assert {row.measure_name for row in rows_of(tables, Measure)} == {"灯台の管理"}
    assert {row.text for row in rows_of(tables, Passage)} >= {"明かりを替えた。", "見学会を開いた。"}


def test_a_name_of_a_higher_rank_behind_a_deeper_one_stands_above_it() -> None:
    tables = read("指標\tR3実績\tR4実績\n見学者数（人）\t5\t6\n", "評価調書\n\n事業名：灯台の管理\n施策：港の整備\n\n")
    by_name = {row.measure_name: row for row in rows_of(tables, Measure)}
    assert by_name["灯台の管理"].parent_measure_id == by_name["港の整備"].measure_id
    assert {row.measure_id for row in rows_of(tables, Indicator)} == {by_name["灯台の管理"].measure_id}


def test_a_code_that_begins_another_is_of_the_node_above() -> None:
    tables = read("分野別施策\t3\t活力のあるまち\n基本施策\t3-2\t港の整備\n目的\t港を守る。\n")
    by_name = {row.measure_name: row for row in rows_of(tables, Measure)}
    assert by_name["港の整備"].parent_measure_id == by_name["活力のあるまち"].measure_id


def test_numbers_of_a_letter_are_of_the_indicator_that_the_form_named_so() -> None:
    tables = read(
        "①手段\t明かりを点検する。\t⑤活動指標\tア\t点検回数\t回\n②対象\t灯台の全部\t⑥成果指標\tア\t見学者数\t人\n\n"
        "区分\t\t単位\tR3実績\tR4実績\n⑤活動指標\tア\t回\t4\t5\n⑥成果指標\tア\t人\t60\t70\n"
    )
    assert numbers(tables) == {
        ("点検回数", 2021, "actual", 4.0), ("点検回数", 2022, "actual", 5.0),
        ("見学者数", 2021, "actual", 60.0), ("見学者数", 2022, "actual", 70.0),
    }  # fmt: skip


def test_the_goal_beside_rows_of_plans_and_actuals_has_the_year_beside_it() -> None:
    tables = page(
        "<tr><td rowspan=2>指標名<td rowspan=2>単位<td rowspan=2>区分<td rowspan=2>R3<td rowspan=2>R4"
        "<td colspan=2>最終目標"
        "<tr><td>年度<td>数値<tr><td rowspan=2>点検回数<td rowspan=2>回<td>計画<td>4<td>5<td rowspan=2>R8"
        "<td rowspan=2>9"
        "<tr><td>実績<td>3<td>5"
    )
    assert ("点検回数", 2026, "target", 9.0) in numbers(tables)


def test_heads_printed_twice_in_a_row_head_two_tables() -> None:
    tables = read(
        "視点\tチェック項目\t判定\t視点\tチェック項目\t判定\n妥当性\t要望はあるか\t○\t効率性\t委託できないか\t×\n有効性\t成果はあるか\t△\t公平性\t負担は適正か\t○\n"
    )
    assert {text for _, text in grades(tables)} == {"○", "×", "△"}
    assert len(rows_of(tables, Grade)) == 4


def test_small_tables_side_by_side_are_read_each_under_its_own_name() -> None:
    tables = read(
        "活動指標1\t点検回数\t単位\t回\t成果指標1\t見学者数\t単位\t人\n年度\tR2\tR3\tR4\t年度\tR2\tR3\tR4\n"
        "目標値\t4\t5\t6\t目標値\t60\t70\t80\n実績値\t3\t5\t6\t実績値\t61\t72\t79\n"
    )
    assert ("見学者数", 2020, "actual", 61.0) in numbers(tables)
    assert ("点検回数", 2021, "target", 5.0) in numbers(tables)
    assert {name for name, *_ in numbers(tables)} == {"点検回数", "見学者数"}


def test_sources_without_a_unit_are_in_that_of_their_cost() -> None:
    tables = read(
        "\tR3決算\tR4決算\n事業費（千円）\t30\t40\n国庫支出金\t10\t10\n一般財源\t20\t30\n１人当たりコスト（円）\t5\t6\n"
    )
    units = {row.indicator_name: row.unit for row in rows_of(tables, Indicator)}
    assert units["一般財源"] == "円"
    assert ("一般財源", 2022, "actual", 30_000.0) in numbers(tables)
    assert ("1人当たりコスト", 2022, "actual", 6.0) in numbers(tables)


def test_parts_of_a_budget_have_the_names_of_their_heads() -> None:
    tables = read("（単位：千円）\n\n区分\t当初予算\t補正予算\t決算額\nR3\t50\t△4\t45\nR4\t60\t2\t61\n")
    assert ("補正予算", 2021, "forecast", -4_000.0) in numbers(tables)
    assert ("決算額", 2022, "actual", 61_000.0) in numbers(tables)


def test_the_role_between_a_base_and_the_years_is_not_that_of_the_base() -> None:
    tables = read(
        "指標名\t単位\t基準値(R1)\t\tR2\tR3\tR4\n見学者数 ⇧\t人\t40\t目標値\t50\t60\t70\n\t\t\t実績値\t51\t58\t66\n"
    )
    assert numbers(tables) >= {("見学者数", 2019, "baseline", 40.0), ("見学者数", 2020, "target", 50.0)}
    assert ("見学者数", 2021, "actual", 58.0) in numbers(tables)


def test_two_digits_before_what_a_column_holds_are_its_year() -> None:
    head = "平成20年度 事務事業評価シート\n\n事務事業名\t灯台の管理\n\n"
    tables = read(
        "着眼点\t評点\t評点\n着眼点\t18評価\t19評価\n要望はあるか\t4\t5\n無駄はないか\t3\t2\n合計点\t7\t7\n", head
    )
    said = {(row.subject, row.fiscal_year, row.grade) for row in rows_of(tables, Grade)}
    assert said >= {("要望はあるか", 2006, "4"), ("無駄はないか", 2007, "2")}


def test_who_judges_stands_in_the_rows_under_its_head() -> None:
    tables = read("評価者\t必要性\t有効性\n担当課\tA\tB\n部長\tA\tB\n外部評価委員会\tA\tC\n")
    said = [(row.subject, row.grade, row.evaluator) for row in rows_of(tables, Grade)]
    assert said.count(("必要性", "A", "self")) == 1
    assert said.count(("必要性", "A", "internal")) == 1
    assert said.count(("有効性", "C", "external")) == 1


@pytest.mark.parametrize(("heading", "line"), [("■今後の方向性", "改善しながら継続"), ("■総合評価", "Ｂ")])
def test_one_line_under_a_heading_that_asks_is_the_answer(heading: str, line: str) -> None:
    assert [row.grade_text for row in rows_of(read(f"目的\t港を守る。\n\n{heading}\n{line}\n"), Grade)] == [line]


def test_a_direction_of_each_side_of_a_project_is_no_prose() -> None:
    tables = page(
        "<tr><td rowspan=2>事務事業名<td rowspan=2>R4決算（千円）<td colspan=2>今後の方向性<tr><td>成果<td>コスト"
        "<tr><td>明かりの点検<td>40<td>拡充<td>維持<tr><td>桟橋の管理<td>50<td>維持<td>維持"
    )
    assert {row.grade_text for row in rows_of(tables, Grade)} == {"拡充", "維持"}
    assert not [row for row in rows_of(tables, Passage) if row.text == "拡充"]


def test_the_question_of_the_form_in_a_cell_is_not_its_answer() -> None:
    tables = read("対象\t誰を対象にしているか<br>港を使う人\n")
    assert [row.text for row in rows_of(tables, Passage)] == ["港を使う人"]


def test_the_code_and_the_name_of_a_project_have_labels_of_their_own() -> None:
    tables = read("事務事業\tコード\t06-04\t名称\t桟橋の管理\n目的\t港を守る。\n", "事業評価シート\n\n")
    assert {row.measure_name for row in rows_of(tables, Measure)} == {"桟橋の管理"}


def test_an_item_of_a_plan_is_no_item_of_an_account() -> None:
    tables = read("章\t4\t豊かなまち\t節\t3\t港の整備\t項\t1\t灯台の整備\n目的\t港を守る。\n")
    assert "灯台の整備" in {row.measure_name for row in rows_of(tables, Measure)}
    account = read("款\t8\t土木費\t項\t1\t港湾費\t目\t2\t港湾管理費\n目的\t港を守る。\n")
    assert "港湾費" not in {row.measure_name for row in rows_of(account, Measure)}


def test_judges_over_the_same_heads_judge_each_for_themselves() -> None:
    tables = page(
        "<tr><td rowspan=2><td colspan=2>一次評価<td colspan=2>二次評価<tr><td>評価<td>理由<td>評価<td>理由"
        "<tr><td>必要性<td>A<td>船が増えた。<td>A<td>妥当である。<tr><td>方向性<td colspan=2>継続<td colspan=2>見直し"
    )
    said = {(row.subject, row.grade_text, row.evaluator) for row in rows_of(tables, Grade)}
    assert said == {
        ("必要性", "A", "self"), ("必要性", "A", "internal"),
        ("方向性", "継続", "self"), ("方向性", "見直し", "internal"),
    }  # fmt: skip


def test_a_head_over_a_judgement_and_its_reason_is_two_columns() -> None:
    tables = page(
        "<tr><td>評価項目<td colspan=2>一次評価<td colspan=2>二次評価"
        "<tr><td>必要性<td>4<td>船が増えた。<td>3<td>妥当である。"
        "<tr><td>有効性<td>2<td>客が減った。<td>2<td>同じである。"
    )
    assert {(row.subject, row.grade, row.evaluator) for row in rows_of(tables, Grade)} == {
        ("必要性", "4", "self"), ("必要性", "3", "internal"), ("有効性", "2", "self"), ("有効性", "2", "internal")
    }  # fmt: skip
    assert {row.text for row in rows_of(tables, Passage)} >= {"船が増えた。", "同じである。"}


def test_points_under_the_last_and_this_time_are_judgements_where_rows_ask() -> None:
    tables = read("区分\t評価項目\t前回\t今回\n妥当性\t要望はあるか\t3\t4\n有効性\t成果はあるか\t2\t3\n合計\t\t5\t7\n")
    assert not rows_of(tables, Observation)
    said = {(row.subject, row.fiscal_year, row.grade) for row in rows_of(tables, Grade)}
    assert said >= {("要望はあるか", None, "3"), ("要望はあるか", 2022, "4"), ("成果はあるか", 2022, "3")}


def test_persons_beside_their_yen_are_not_the_cost() -> None:
    tables = page(
        "<tr><td>年度<td>事業費（千円）<td>国県<td colspan=2>人件費"
        "<tr><td>R3決算<td>30<td>10<td>1.71人<td>10,577<tr><td>R4決算<td>40<td>10<td>1.65人<td>10,192"
    )
    assert ("人件費", 2021, "actual", 10_577_000.0) in numbers(tables)


def test_costs_listed_behind_a_label_each_have_their_amount() -> None:
    tables = read("R4決算の内訳\t委託料 6,300千円　需用費 220千円\n目的\t港を守る。\n")
    assert numbers(tables) == {("委託料", 2022, "actual", 6_300_000.0), ("需用費", 2022, "actual", 220_000.0)}


def test_the_cost_of_one_is_no_second_actual_of_its_indicator() -> None:
    tables = page(
        "<tr><td>指標名<td>区分<td>R3<td>R4<tr><td rowspan=4>点検回数<td>予定<td>4回<td>6回<tr><td>実績<td>5回<td>6回"
        "<tr><td>達成度<td>125.0%<td>100.0%<tr><td>単位コスト<td>30千円<td>25千円"
    )
    assert ("点検回数", 2021, "actual", 5.0) in numbers(tables)
    assert ("点検回数", 2021, "target", 4.0) in numbers(tables)
    assert ("点検回数単位コスト", 2022, "actual", 25_000.0) in numbers(tables)


def test_the_number_behind_a_list_of_options_is_the_answer() -> None:
    tables = read("進捗状況\t１ 順調　２ おおむね順調　３ 遅れている\t２\n")
    assert [str(row.grade_text)[0] for row in rows_of(tables, Grade)] == ["２"]


def test_the_year_of_a_survey_heads_what_it_found() -> None:
    tables = read("項目\tR2調査\tR4調査\n満足度（点）\t3.02\t3.11\n重要度（点）\t3.64\t3.58\n")
    assert {(name, year, value) for name, year, _, value in numbers(tables)} >= {("満足度", 2020, 3.02)}
    assert ("重要度", 2022, "actual", 3.58) in numbers(tables)


@pytest.mark.parametrize("title", ["事業費の推移（千円）", "〔事業費〕（千円）"])
def test_the_unit_of_money_ends_the_title_over_its_table(title: str) -> None:
    tables = read(f"{title}\n年度\t事業費\t国\tその他\nR3決算\t30\t10\t20\nR4予算\t40\t10\t30\n")
    assert ("事業費", 2021, "actual", 30_000.0) in numbers(tables)
    assert ("国", 2022, "forecast", 10_000.0) in numbers(tables)


def test_one_option_behind_a_mark_among_bullets_is_chosen() -> None:
    tables = read("今後の方向性\t・拡大　●継続　・改善　・廃止\n")
    assert [row.grade_text for row in rows_of(tables, Grade)] == ["継続"]


def test_a_sum_of_points_is_no_cost_and_a_rank_has_its_label() -> None:
    tables = read("必要性\t有効性\t効率性\t計\tランク\t評価の理由\n4\t3\t3\t10\tＢ\t船が増えた。\n")
    assert not rows_of(tables, Observation)
    assert ("ランク", "Ｂ") in grades(tables)


def test_votes_for_the_grades_of_a_scale_are_no_numbers() -> None:
    tables = read("評価区分\tＡ 順調\tＢ おおむね順調\tＣ 遅れ\n人数\t2人\t4人\t0人\n外部評価\tＢ\t質を示すこと。\t\n")
    assert not rows_of(tables, Observation)
    assert {row.grade_text for row in rows_of(tables, Grade)} == {"Ｂ"}


def test_sums_behind_the_years_of_a_plan_do_not_part_its_table() -> None:
    tables = page(
        "<tr><td rowspan=2>活動内容<td rowspan=2>単位<td rowspan=2><td colspan=3>前期<td colspan=2>後期"
        "<tr><td>R3年度<td>R4年度<td>合計<td>R5年度<td>合計"
        "<tr><td rowspan=2>点検回数<td rowspan=2>回<td>計画<td>4<td>5<td>9<td>6<td>6<tr><td>実績<td>3<td><td>3<td><td>"
    )
    assert numbers(tables) == {
        ("点検回数", 2021, "target", 4.0), ("点検回数", 2022, "target", 5.0), ("点検回数", 2023, "target", 6.0),
        ("点検回数", 2021, "actual", 3.0),
    }  # fmt: skip
    assert {row.unit for row in rows_of(tables, Indicator)} == {"回"}


def test_options_one_below_the_other_have_their_mark_in_a_cell_before_them() -> None:
    tables = page(
        "<tr><td>点検の視点<td colspan=2>区分<td>理由"
        "<tr><td rowspan=2>市民の要望<td>レ<td>増えている<td rowspan=2>船が増えた。<tr><td><td>減っている"
        "<tr><td rowspan=2>成果の達成状況<td><td>目標を上回る<td rowspan=2>客が減った。<tr><td>レ<td>目標を下回る"
    )
    assert grades(tables) == {("市民の要望", "増えている"), ("成果の達成状況", "目標を下回る")}


def test_a_row_of_the_form_under_judgements_from_the_first_column_on() -> None:
    tables = read("必要性\t有効性\t効率性\nＡ\tＢ\tＣ\n今後の方向性\t継続\t\n課題\t船が足りない。\t\n")
    assert grades(tables) == {("必要性", "Ａ"), ("有効性", "Ｂ"), ("効率性", "Ｃ"), ("今後の方向性", "継続")}


def test_words_of_last_year_and_this_one_are_judgements_of_their_years() -> None:
    tables = read("評価項目\tR3\tR4\t説明\n必要性\t高い\t高い\t船が増えた。\n達成度\t概ね達成\t達成\t客が増えた。\n")
    said = {(row.subject, row.fiscal_year, row.grade_text) for row in rows_of(tables, Grade)}
    assert said >= {("達成度", 2021, "概ね達成"), ("達成度", 2022, "達成"), ("必要性", 2021, "高い")}


def test_a_long_question_is_the_label_of_its_answer() -> None:
    question = "この事務事業に対して、関係者（住民、議会等）からどんな意見や要望が寄せられているか？"
    tables = read(f"(3) 住民の意見等\t\n{question}\t便数を増やしてほしいとの要望がある。\n")
    assert [row.text for row in rows_of(tables, Passage)] == ["便数を増やしてほしいとの要望がある。"]


def test_a_word_in_a_column_of_judgements_is_not_the_subject_of_the_next_one() -> None:
    tables = page(
        "<tr><td rowspan=2>評価<td>必要性<td>効率性<td>総合評価<td>今後の方向性<tr><td>高い<td>普通<td>Ａ<td>拡充"
    )
    assert ("総合評価", "Ａ") in grades(tables)
    assert not [row for row in rows_of(tables, Grade) if row.subject in {"普通", "評価"}]


def test_what_is_asked_under_a_head_of_its_own_is_no_passage() -> None:
    tables = read(
        "項目\t評価内容\t判定\t判定理由\n必要性\t要望は高いか\tＡ\t船が増えた。\n効率性\t費用に見合うか\tＢ\t客が減った。\n"
        "総合判定\tＡ\t事業の方向性\t継続\n"
    )
    assert {row.text for row in rows_of(tables, Passage)} == {"船が増えた。", "客が減った。"}
    assert grades(tables) >= {("総合判定", "Ａ"), ("事業の方向性", "継続")}


def test_a_direction_by_its_parts_has_a_value_for_each() -> None:
    tables = read("今後の方向性\t事業の規模\t拡大\t事業の手法\t継続\n")
    assert grades(tables) == {("事業の規模", "拡大"), ("事業の手法", "継続")}


def test_arrows_under_a_direction_judge_nothing() -> None:
    tables = read("指標\t単位\t方向\tR3\tR4\n客の数\t人\t↑\t5\t6\n事故の数\t件\t↓\t4\t3\n")
    assert not rows_of(tables, Grade)
    assert ("客の数", 2022, "actual", 6.0) in numbers(tables)


def test_a_cost_that_ends_a_list_of_names_is_no_name() -> None:
    tables = read(
        "（単位：千円）\n\n細事業名\tR3決算\tR4決算\n明かりの補助\t4\t5\n桟橋の補助\t6\t7\n従事職員（人）\t0.8\t0.9\n"
    )
    assert "従事職員" not in "".join(str(row.measure_name) for row in rows_of(tables, Measure))
    assert ("従事職員", 2022, "actual", 0.9) in numbers(tables)


def test_the_name_behind_a_code_is_the_name_before_other_codes() -> None:
    tables = read("政策\t2-3\t港の整備\t01\t02\n目的\t港を守る。\t\t\t\n")
    assert "港の整備" in {row.measure_name for row in rows_of(tables, Measure)}


def test_a_number_has_the_role_that_stands_before_it_in_its_cell() -> None:
    tables = read("指標名\t単位\tR3年度\tR4年度\n見学者数\t人\t目標　50\t目標　60\n\t\t実績　48\t実績　－\n")
    assert ("見学者数", 2021, "target", 50.0) in numbers(tables)
    assert ("見学者数", 2022, "target", 60.0) in numbers(tables)


def test_points_of_how_many_are_the_points() -> None:
    tables = read("妥当性\t市が行う理由\t5 ／ 5\t船が増えた。\n効率性\t費用の水準\t3 ／ 5\t客が減った。\n")
    assert {(row.subject, row.grade) for row in rows_of(tables, Grade)} == {("市が行う理由", "5"), ("費用の水準", "3")}
    assert {row.text for row in rows_of(tables, Passage)} == {"船が増えた。", "客が減った。"}


def test_a_direction_behind_a_label_of_prose_is_one() -> None:
    tables = read("今後の進め方\t拡充\n誰に対して\t港を使う人\n")
    assert ("今後の進め方", "拡充") in grades(tables)
    assert [row.text for row in rows_of(tables, Passage)] == ["港を使う人"]


def test_the_same_as_on_the_left_is_what_stands_under_the_same_head() -> None:
    tables = page(
        "<tr><td rowspan=2><td colspan=2>一次評価<td colspan=2>二次評価<tr><td>評価<td>理由<td>評価<td>理由"
        "<tr><td>必要性<td>A<td>船が増えた。<td>B<td>同左<tr><td>有効性<td>B<td>客が減った。<td>B<td>手を打つこと。"
    )
    assert "B" not in {row.text for row in rows_of(tables, Passage)}


def test_a_row_of_the_form_over_heads_that_cross_its_cells_heads_nothing() -> None:
    tables = page(
        "<tr><td>位置付け<td>政策<td colspan=4>港のあるまちづくり"
        "<tr><td>対象指標<td colspan=2>項目<td>単位<td>R2実績<td>R3実績"
        "<tr><td rowspan=2><td colspan=2>見学者数<td>人<td>5<td>6<tr><td colspan=2>点検回数<td>回<td>1<td>2"
    )
    assert {row.measure_name for row in rows_of(tables, Measure)} == {"港の整備", "港のあるまちづくり"}
    assert ("見学者数", 2021, "actual", 6.0) in numbers(tables)


def test_a_mere_year_is_planned_where_the_indicators_plan_it() -> None:
    tables = read(
        "指標名\tR2実績\tR3実績\tR4計画\n見学者数（人）\t5\t6\t7\n\n項目\tR3\tR4\n事業費（千円）\t40\t50\n",
        "事務事業評価シート\n\n事務事業名\t灯台の管理\n\n",
    )
    assert {row for row in numbers(tables) if row[0] == "事業費"} == {
        ("事業費", 2021, "actual", 40_000.0), ("事業費", 2022, "forecast", 50_000.0)
    }  # fmt: skip


def test_a_list_of_one_row_is_a_list_where_another_has_its_heads_over_more() -> None:
    head = "No\t取組名\t内容\t判定\n"
    tables = read(
        f"方針１　港の振興\n\n{head}1\t灯台の公開\t案内した。\tＡ\n2\t港の清掃\t掃いた。\tＢ\n\n"
        f"方針２　海の保全\n\n{head}1\t浜の清掃\t拾った。\tＡ\n", "令和4年度 港湾計画 実施状況\n\n",
    )  # fmt: skip
    names = {row.measure_id: row.measure_name for row in rows_of(tables, Measure)}
    above = {row.measure_name: names.get(row.parent_measure_id or "") for row in rows_of(tables, Measure)}
    assert above == {
        "港の振興": None, "灯台の公開": "港の振興", "港の清掃": "港の振興", "海の保全": None, "浜の清掃": "海の保全"
    }  # fmt: skip


def test_a_place_for_an_indicator_that_was_left_is_none() -> None:
    tables = read(
        "\t項目\t単位\t\tR2年度\tR3年度\n①\t見学者数\t人\t目標値\t5\t6\n\t\t\t実績値\t0\t7\n②\t\t\t目標値\t0\t0\n"
        "\t\t\t実績値\t0\t0\n"
    )
    assert {name for name, *_ in numbers(tables)} == {"見学者数"}
    assert ("見学者数", 2020, "actual", 0.0) in numbers(tables)


def test_years_without_a_word_in_the_heads_of_judgements_tell_them_apart() -> None:
    tables = read("評価項目\t2020評価\t2021評価\n有効性\tＢ\tＡ\n")
    assert {(row.grade_text, row.fiscal_year) for row in rows_of(tables, Grade)} == {("Ｂ", 2020), ("Ａ", 2021)}


def test_a_label_alone_over_its_sentences_in_a_table_of_two_columns_tells_them() -> None:
    tables = read("担当課\t港湾課\n総合意見\t\n案内を続ける。\t\n事業概要\t灯台を公開した。\n")
    assert {(row.section, row.text) for row in rows_of(tables, Passage)} == {
        ("finding", "案内を続ける。"), ("description", "灯台を公開した。")
    }  # fmt: skip


def test_a_label_in_brackets_may_hold_a_remark_in_brackets() -> None:
    box = "【事業概要】<br>灯台を公開した。<br>【事業の目的【どのような結果を得るか】】<br>港を守る。"
    tables = read(f"{box}\t\n")
    assert {(row.section, row.text) for row in rows_of(tables, Passage)} == {
        ("description", "灯台を公開した。"), ("aim", "港を守る。")
    }  # fmt: skip


def test_a_word_behind_a_label_of_two_meanings_is_where_the_project_goes() -> None:
    tables = read("展開方向\t重点化\n判断理由\t見学の人が増えた。\n")
    assert [row.grade_text for row in rows_of(tables, Grade)] == ["重点化"]
    assert {row.measure_name for row in rows_of(tables, Measure)} == {"灯台の管理"}


def test_a_column_of_units_without_a_head_may_hold_units_made_of_others() -> None:
    tables = read("項目\t\tR2実績\tR3実績\n見学会の開催数\t回/年\t5\t6\n")
    assert {(row.indicator_name, row.unit) for row in rows_of(tables, Indicator)} == {("見学会の開催数", "回/年")}


def test_questions_with_options_under_numbers_are_none_of_their_rows() -> None:
    tables = read(
        "評価指標\t\t\t年度\tR2\tR3\n見学者数\t\t人\t計画\t5\t6\n\t\t\t実績値\t4\t7\n"
        "有効性\t①余地はないか\t□適切<br>■不適切\t\t見学の人が増えた。\t\n\t②方法はよいか\t■適切<br>□不適切\t\t案内を続ける。\t\n"
    )
    assert {row.indicator_name for row in rows_of(tables, Indicator)} == {"見学者数"}
    assert [text for _, text in sorted(grades(tables), key=str)] == ["不適切", "適切"]


def test_of_which_level_a_label_asks_does_not_matter_to_what_it_is() -> None:
    tables = read("事務事業の意図(どういう状態にしたいのか)\n灯台の見学の人を増やす。\n")
    assert {(row.section, row.text) for row in rows_of(tables, Passage)} == {("aim", "灯台の見学の人を増やす。")}


def test_two_judgements_side_by_side_have_their_own_judges() -> None:
    tables = read(
        "事務事業評価\t一次評価\tＢ\t\t今後の方向性\t一次評価\t廃止\t案内をやめる。\n"
        "\t二次評価\tＣ\t\t\t二次評価\t継続\t案内を続ける。\n"
    )
    assert grades(tables) == {
        ("事務事業評価", "Ｂ"), ("事務事業評価", "Ｃ"), ("今後の方向性", "廃止"), ("今後の方向性", "継続")
    }  # fmt: skip


def test_where_a_project_goes_ends_a_table_of_judgements() -> None:
    tables = read("評価項目\t評価\t\t説明\n有効性\tＢ\t\t見学の人が増えた。\n事業の方向性\t\t継続\t\n")
    assert ("事業の方向性", "継続") in grades(tables)


def test_a_quality_under_a_list_of_projects_is_none_of_them() -> None:
    tables = read(
        "\t事務事業名\tR3<br>決算額\t評価\t\t\n1\t灯台の公開\t7\tＡ\t\t\n2\t港の清掃\t8\tＢ\t\t\n"
        "有効性\t上がっている\t\t変わらない\t○\t下がっている\n",
        "令和4年度 施策評価シート\n\n施策名\t港の振興\n\n（単位：千円）\n\n",
    )
    assert {row.measure_name for row in rows_of(tables, Measure)} == {"港の振興", "灯台の公開", "港の清掃"}


def test_a_row_that_is_printed_again_under_a_title_says_nothing_new() -> None:
    tables = page(
        "<tr><td>施策<td>指標<td>単位<td>R3実績<tr><td colspan=4>１ 港の振興<tr><td>灯台の公開<td>見学者数<td>人<td>5"
        "<tr><td>港の清掃<td>清掃回数<td>回<td>3<tr><td colspan=4>２ 海の保全"
        "<tr><td>灯台の公開（再掲）<td>見学者数<td>人<td>5<tr><td>浜の清掃<td>清掃の日<td>日<td>3"
    )
    assert len(rows_of(tables, Observation)) == 3


def test_no_cost_is_in_the_money_of_the_others_though_staff_is_counted_too() -> None:
    tables = read("区分\tR3決算\n事業費\t12千円\n県支出金\t0\n一般財源\t12千円\n正職員\t2人\n")
    names = {row.indicator_id: row.indicator_name for row in rows_of(tables, Indicator)}
    assert {names[o.indicator_id]: o.unit for o in rows_of(tables, Observation)} == {
        "事業費": "円", "県支出金": "円", "一般財源": "円", "正職員": "人"
    }  # fmt: skip


def test_a_box_of_labels_and_sentences_stands_beside_judgements() -> None:
    tables = read("【目的】<br>港を守る。<br>【環境の変化】<br>船が減った。\t\t有効性\t◎\t効率性\t○\n")
    assert {(row.section, row.text) for row in rows_of(tables, Passage)} == {
        ("aim", "港を守る。"), ("state", "船が減った。")
    }  # fmt: skip
    assert grades(tables) == {("有効性", "◎"), ("効率性", "○")}


def test_numerals_that_judge_by_bounds_are_a_legend() -> None:
    tables = read(
        "評価\t説明\nⅠ\t目標値以上（100%以上）\nⅡ\tおおむね（80%以上100%未満）\nⅢ\t要改善（50%以上80%未満）\n"
    )
    assert not rows_of(tables, Grade)


def test_a_head_that_goes_on_beside_rows_names_none_of_them() -> None:
    tables = page(
        "<tr><td rowspan=2>中項目<td>指標<td>単位<td>R3実績<tr><td>見学者数<td>人<td>5"
        "<tr><td>港の清掃<td>清掃回数<td>回<td>3"
    )
    assert "中項目" not in {row.measure_name for row in rows_of(tables, Measure)}


def test_labels_over_sentences_in_one_column_stand_beside_a_table() -> None:
    tables = read(
        "事業概要\t\t活動指標1\t見学者数（人）\t区分\tR2\tR3\n船が減った。\t\t\t\t目標\t5\t6\n課題\t\t\t\t実績\t4\t7\n"
        "案内が古い。\t\t\t\t達成率\t80%\t117%\n\t\t活動指標2\t点検回数（回）\t区分\tR2\tR3\n\t\t\t\t目標\t1\t2\n\t\t\t\t実績\t3\t4\n"
    )
    assert {(row.section, row.text) for row in rows_of(tables, Passage)} == {
        ("description", "船が減った。"), ("issue", "案内が古い。")
    }  # fmt: skip


def test_staff_beside_costs_is_a_cost_and_what_heads_a_section_ends_them() -> None:
    tables = read(
        "（単位：千円）\n\n年度\t事業費計\t\t正規（人）\t臨時（人）\nR2年度決算\t7\t\t1\t2\nR3年度決算\t8\t\t3\t4\n"
        "事務事業の概要\t案内を続けた。\t\t\t\n"
    )
    assert {row for row in numbers(tables) if row[1] == 2021} == {
        ("事業費計", 2021, "actual", 8_000.0), ("正規", 2021, "actual", 3.0), ("臨時", 2021, "actual", 4.0)
    }  # fmt: skip


def test_the_title_is_printed_again_also_where_a_running_header_stands_before_it() -> None:
    text = "<p>令和4年度 評価シート</p><table><tr><td>施策名<td>{}</table><p>■課題</p><p>船が減った。</p>"
    body = read_document((text.format("港の整備") + text.format("港の清掃")).encode(), "made.html")
    header = Line("Sheet1", (Fragment(1, "Sheet1"),), role="header")
    tables = read_records(replace(body, items=(header, *body.items)))
    assert {row.text for row in rows_of(tables, Passage)} == {"船が減った。"}


def test_costs_of_one_year_stand_beside_a_box() -> None:
    tables = read("事業概要\t\tR3決算額<br>（千円）\t国庫支出金\t一般財源\n灯台を公開した。\t\t\t5\t6\n")
    assert numbers(tables) == {("国庫支出金", 2021, "actual", 5_000.0), ("一般財源", 2021, "actual", 6_000.0)}
    assert [row.text for row in rows_of(tables, Passage)] == ["灯台を公開した。"]


def test_labels_over_sentences_stand_beside_judgements_and_go_further_down() -> None:
    tables = read(
        "評価項目\tR2判定\tR3判定\t\t課題\n有効性\tＢ\tＡ\t\t船が減った。\n効率性\tＢ\tＢ\t\t理由等\n\t\t\t\t案内が古い。\n"
    )
    assert {(row.section, row.text) for row in rows_of(tables, Passage)} == {
        ("issue", "船が減った。"), ("finding", "案内が古い。")
    }  # fmt: skip


def test_a_box_under_names_across_is_no_name() -> None:
    tables = read(
        "基本方針\t\t施策\t\t事務事業名\n港の振興\t\t灯台の活用\t\t灯台の公開\n【意図】<br>見学の人を増やす。\t\t\t\t\n",
        "令和4年度 評価シート\n\n",
    )
    assert [row.measure_name for row in rows_of(tables, Measure)] == ["港の振興", "灯台の活用", "灯台の公開"]


def test_labels_over_sentences_need_not_be_as_wide_as_the_table_of_a_text() -> None:
    tables = read(
        "目的（何のために）\t\t\t\n港を守る。\t\t\t\n課題\t\t\t\n船が減った。\t\t\t\n\t\tR3年度<br>（実績）\t\n事業費（千円）\t\t5\t\n"
    )
    assert {(row.section, row.text) for row in rows_of(tables, Passage)} == {
        ("aim", "港を守る。"), ("issue", "船が減った。")
    }  # fmt: skip


def test_a_line_that_asks_is_a_label_though_nobody_knows_it() -> None:
    tables = read(
        "事業概要\n灯台を公開した。\n始めたきっかけ（いつ頃どんな経緯で）\n港の人から声があり、灯台を公開することにした。\n"
    )
    assert [row.text for row in rows_of(tables, Passage)] == [
        "灯台を公開した。", "港の人から声があり、灯台を公開することにした。"
    ]  # fmt: skip


def test_a_row_whose_number_stands_where_its_unit_should_is_in_doubt() -> None:
    tables = page(
        "<tr><td>指標名<td>単位<td>R2実績<td>R3実績<tr><td>見学者数<td>5<td>6<td>7<tr><td>点検回数<td>回<td>1<td>2"
        "<tr><td>清掃回数<td>回<td>1<td>2"
    )
    assert {name for name, *_ in numbers(tables)} == {"点検回数", "清掃回数"}
    assert "5" in {row.observed for row in rows_of(tables, Finding) if row.rule == "ambiguous"}


def test_a_heading_that_says_results_tells_the_role_of_mere_years() -> None:
    tables = read(
        "【実績の推移】\n\n区分\tR2年度\tR3年度\tR4年度\n見学者数（人）\t5\t6\t7\n",
        "事業評価シート（令和2年度）\n\n事業名\t港の管理\n\n",
    )
    assert {role for _, _, role, _ in numbers(tables)} == {"actual"}


def test_the_year_in_the_label_of_a_name_competes_with_that_of_the_title() -> None:
    tables = read(
        "事業名<br>（令和6年度）\t灯台の管理\n\n項目\t令和5年度決算\t令和6年度当初予算\n経費（千円）\t5\t6\n",
        "令和5年度新規事業の取組状況と令和7年度予算への反映\n\n",
    )
    assert [row.fiscal_year for row in rows_of(tables, DocumentRow)] == [2023]


def test_a_label_where_the_name_of_an_indicator_should_be_is_in_doubt() -> None:
    tables = read("指標名\t単位\tR2実績\tR3実績\n担当課\t人\t5\t6\n見学者数\t人\t1\t2\n")
    assert {name for name, *_ in numbers(tables)} == {"見学者数"}
    assert "担当課" in {row.observed for row in rows_of(tables, Finding) if row.rule == "ambiguous"}


def test_an_indicator_in_years_is_given_as_a_year() -> None:
    tables = read(
        "施策\t指標\t単位\t目標値\t実績値\t評価\n港の整備\t完成の年\t年\t2025\t令和5年\tＡ\n港の清掃\t清掃回数\t回\t5\t6\tＢ\n",
        "令和5年度 進捗一覧\n\n",
    )
    assert {row[2:] for row in numbers(tables) if row[0] == "完成の年"} == {("target", 2025.0), ("actual", 2023.0)}
