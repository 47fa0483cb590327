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

_ATTAINED = ("達成状況", "達成度", "達成実績", "達成結果", "目標達成状況")
"""On this form what was attained is said in sentences under a goal; elsewhere these labels head a grade."""

SHEET_FORM = SheetForm(
    title=r"武蔵野市.*(?:管理|評価).*シート",
    city=municipality_name(MUNICIPALITY_CODE),
    direction_scheme="musashino-3-direction",
    fiscal_year=Labels.of("document.fiscal_year", "document.evaluation_year", also=("年度",)),
    responsible=Labels.of("org.responsible"),
    participating=Labels.of("org.participating"),
    dates=Labels.of("document.issued", without=("評価日",)),
    set_on=Labels("目標設定", "目標設定日", "目標設定時"),
    reviewed_on=Labels("中間見直し", "中間見直し日", "中間見直し時", "中間評価"),
    evaluated_on=Labels("評価時", "評価日", "年度末評価"),
    policy_code=Labels.of("code.policy"),
    policy_name=Labels.of("name.policy"),
    measure_code=Labels.of("code.measure"),
    measure_name=Labels.of("name.measure"),
    actions=Labels.of("name.action", also=("取組内容", "取り組み内容", "取組みの内容", "主な取組")),
    planned=Labels.of("passage.planned", also=("予定", "計画")),
    done=Labels.of("passage.done", also=("実施内容", "実績")),
    # A sheet's own words for its goals: the terms also take names of indicators that stand beside a number.
    goals=Labels(
        "達成指標",
        "評価指標",
        "成果指標",
        "達成目標",
        "数値目標",
        "目標・指標",
        "指標・目標",
        "目標",
        "指標",
        *_ATTAINED,
    ),
    attained=Labels(*_ATTAINED),
    finding=Labels.of("passage.finding"),
    next_year=Labels.of("passage.next_year"),
    direction=Labels.of("direction.direction"),
    next_year_text=Labels("内容", "具体的な内容", "具体的内容"),
    council_report=Labels.of("passage.council_report"),
    council_opinion=Labels.of("passage.council_opinion"),
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
    legend=Labels.of("grade.scheme", also=("見方", "評価方法")),
    whole_plan=Labels("全体", "計画全体"),
    captions=Labels.of(
        "evaluator.self",
        also=(
            "市・関係機関の主観評価",
            "市・関係団体の主観評価",
            "市及び関係機関の主観評価",
            "主観評価",
            "市・関係機関の評価",
        ),
    ),
    good_points=Labels.of("passage.good_point", also=("成果", "主な成果")),
    issues=Labels.of("passage.issue"),
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
