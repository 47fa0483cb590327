"""武蔵野市: the evaluation sheets of the third 産業振興計画, and the summary of the second."""

from __future__ import annotations

import re

from normalize.forms.sheet.reader import SheetForm, sheets_to_statements
from normalize.forms.summary.attribution import Attributions
from normalize.forms.summary.grade_counts import CountForm
from normalize.forms.summary.reader import SummaryForm, summary_to_statements
from normalize.layout import Layout, Sign, labels_of
from normalize.text.labels import Labels
from schemas.codes import municipality_name

MUNICIPALITY_CODE = "132039"

SHEET_FORM = SheetForm(
    title=r"武蔵野市.*(?:管理|評価).*シート",
    city=municipality_name(MUNICIPALITY_CODE),
    direction_scheme="musashino-3-direction",
    fiscal_year=Labels("対象年度", "評価対象年度", "評価年度", "年度"),
    responsible=Labels(
        "担当課", "所管課", "主管課", "担当部署", "所管部署", "担当部課", "所管部課", "担当課名", "担当"
    ),
    participating=Labels("関係機関", "関係団体", "関係機関等", "関連機関", "連携機関", "連携先"),
    dates=Labels("作成日"),
    set_on=Labels("目標設定", "目標設定日", "目標設定時"),
    reviewed_on=Labels("中間見直し", "中間見直し日", "中間見直し時", "中間評価"),
    evaluated_on=Labels("評価時", "評価日", "年度末評価"),
    policy_code=Labels("方針番号", "方針No.", "方針No"),
    policy_name=Labels("方針名", "方針名称", "基本方針", "方針"),
    measure_code=Labels("施策番号", "施策No.", "施策No"),
    measure_name=Labels("施策名", "施策名称", "施策"),
    actions=Labels("取組内容", "取り組み内容", "取組みの内容", "具体的な取組", "主な取組", "取組"),
    planned=Labels("予定", "計画", "取組予定", "実施予定", "予定内容", "計画内容"),
    done=Labels("実施", "実績", "実施状況", "実施内容", "実施結果", "取組実績", "取組結果"),
    goals=Labels(
        "達成指標",
        "達成状況",
        "達成度",
        "達成実績",
        "達成結果",
        "目標達成状況",
        "評価指標",
        "成果指標",
        "達成目標",
        "数値目標",
        "目標・指標",
        "指標・目標",
        "目標",
        "指標",
    ),
    attained=Labels("達成状況", "達成度", "達成実績", "達成結果", "目標達成状況"),
    finding=Labels("実施内容に関する所見・評価", "実施内容に対する所見・評価", "所見・評価", "評価・所見", "所見"),
    next_year=Labels("次年度の予定", "次年度予定", "次年度以降の予定", "次年度の取組予定", "今後の予定"),
    direction=Labels("方向性", "今後の方向性", "次年度の方向性"),
    next_year_text=Labels("内容", "具体的な内容", "具体的内容"),
    council_report=Labels("審議会報告事項", "審議会への報告事項"),
    council_opinion=Labels("審議会意見", "審議会の意見", "審議会からの意見", "審議会における意見"),
)

SHEET = Layout(
    name="musashino.sheet",
    municipality_code=MUNICIPALITY_CODE,
    signs=(
        Sign("武蔵野市", pattern="武蔵野"),
        Sign("施策名", SHEET_FORM.measure_name),
        Sign("予定", SHEET_FORM.planned),
        Sign("実施", SHEET_FORM.done),
        Sign("取組内容", SHEET_FORM.actions, required=False),
        Sign("方向性", SHEET_FORM.direction, required=False),
        Sign("管理・評価シート", pattern=r"評価.*シート", required=False),
    ),
    read=lambda document: sheets_to_statements(document, SHEET_FORM),
    labels=labels_of(SHEET_FORM),
)

COUNT_FORM = CountForm(
    scheme="musashino-2",
    line=re.compile(
        r"""
        (?P<total>\d+) \s* (?:基本施策|施策|事業|取り?組み?|項目) 中 \s*
        (?P<counts>[^→⇒➡]+?) \s*
        (?: [→⇒➡] \s* (?P<score>\d+(?:[.．]\d+)?) \s* 点? \s*
            (?: [(（] \s* (?P<earlier>\d+(?:[.．]\d+)?) \s* 点? \s* [)）] )? \s* 点? \s*
            (?: [/／] \s* (?P<max>\d+) \s* 点? )? )? \s*
        """,
        re.VERBOSE,
    ),
)

SUMMARY_FORM = SummaryForm(
    title=r"産業振興計画.*(?:進捗|評価).*(?:まとめ|総括)",
    goal=re.compile(r"(?:基本|政策|重点)?目標\s*(?P<code>\d+)\s*[.．:：]?\s*(?P<name>[^。]*[^。)）])"),
    measure=re.compile(r"(?:基本|個別|重点)?施策\s*[(（]\s*(?P<code>\d+)\s*[)）]\s*(?P<name>.+)"),
    legend=Labels("凡例", "評価の見方", "見方", "記号の説明", "評価基準", "評価方法"),
    whole_plan=Labels("全体", "計画全体"),
    captions=Labels(
        "市・関係機関の主観評価",
        "市・関係団体の主観評価",
        "市及び関係機関の主観評価",
        "主観評価",
        "市・関係機関の評価",
        "自己評価",
    ),
    good_points=Labels("良い点", "よい点", "良かった点", "成果", "評価できる点", "主な成果"),
    issues=Labels("課題", "今後の課題", "課題点", "主な課題", "改善点", "改善すべき点"),
    as_of=re.compile(r"[(（]\s*[)）]\s*内?は、?\s*(?P<year>[^()（）]+?)\s*末?\s*(?:時点|現在|の(?:点数|評価))"),
    counts=COUNT_FORM,
    attributions=Attributions(
        (
            ("市", frozenset({"市"})),
            ("関", frozenset({"関", "関係", "関係機関", "関係団体"})),
        )
    ),
)

SUMMARY = Layout(
    name="musashino.summary",
    municipality_code=MUNICIPALITY_CODE,
    signs=(
        Sign("武蔵野市", pattern="武蔵野|MUSASHINO|むさしの|吉祥寺"),
        Sign("目標", pattern=r"^(?:基本|政策|重点)?目標\s*\d+"),
        Sign("施策中", pattern=r"\d+\s*(?:基本施策|施策|事業|取り?組み?|項目)中"),
        Sign("良い点", SUMMARY_FORM.good_points, required=False),
        Sign("課題", SUMMARY_FORM.issues, required=False),
    ),
    read=lambda document: summary_to_statements(document, SUMMARY_FORM),
    labels=labels_of(SUMMARY_FORM),
)

LAYOUTS = (SHEET, SUMMARY)
