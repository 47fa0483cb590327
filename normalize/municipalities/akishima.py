"""昭島市: the report between the two halves of the 産業振興計画."""

from __future__ import annotations

import re

from normalize.forms.report.cards import CardForm
from normalize.forms.report.reader import ReportForm, report_to_statements
from normalize.forms.report.review_table import ReviewForm
from normalize.layout import Layout, Sign, labels_of
from normalize.text.labels import Labels
from schemas.codes.signs import closing, opening

_OPENING = opening("round", "square", "tortoise", "lenticular")
_CLOSING = closing("round", "square", "tortoise", "lenticular")
_CODE = rf"[{_OPENING}]\s*(?P<code>[^\W\d_]{{1,4}}\s*[-－‐‑–—−ー]?\s*\d+)\s*[{_CLOSING}]"

_NAME = Labels.of("name.measure", also=("施策概要", "施策の概要", "取組名"))

REVIEW_FORM = ReviewForm(
    scheme="akishima-direction",
    name=_NAME,
    finding=Labels.of("passage.finding", also=("成果・課題", "成果と課題", "評価")),
    direction=Labels.of("direction.direction", also=("今後の対応",)),
)

CARD_FORM = CardForm(
    heading=re.compile(rf"{_CODE}(?P<remarks>.*)", re.DOTALL),
    related=re.compile(
        r"[※＊*]?\s*(?P<codes>(?:[【\[［][^【】\[\]［］]*\d\s*[】\]］]\s*[、，,・及びと]*\s*)+)と?\s*連携"
    ),
    code=re.compile(_CODE),
    new=re.compile(r"[(（【]?\s*+[※＊*★☆]?\s*+(?P<mark>新規(?:事業|施策)?|NEW)\s*[)）】]?"),
    reprint=re.compile(r"[(（【]?\s*+[※＊*]?\s*+(?P<mark>再\s*掲)\s*[)）】]?"),
    aim=re.compile(r"[①-⑳]|(?<!\d)\d{1,2}(?!\d)"),
    name=_NAME,
    aims=Labels.of("name.goal", "code.goal"),
    orgs=Labels.of("org.participating", "org.responsible"),
    # A card's own words for its goal: the terms also take 変更前目標値 and the like.
    goals=Labels("目標・指標", "指標・目標", "目標と指標", "目標", "指標", "成果指標", "数値目標", "目標値"),
)

REPORT_FORM = ReportForm(
    title=r"産業振興計画.*報告書",
    preface=Labels("はじめに", "序", "まえがき"),
    review_heading=re.compile(r"(?P<phase>[前中後次]期)計画の(?:評価|検証|見直し).*"),
    plan_heading=re.compile(r"(?P<phase>[前中後次]期)計画(?:について|の(?:概要|内容|施策).*)"),
    review_phase="前期",
    plan_phase="後期",
    policy=re.compile(r"第?\s*(?P<code>\d{1,2})\s*(?:[.．]|章|節)\s*(?P<name>[^\d\s。][^。]*)"),
    aim=re.compile(r"(?=[①-⑳]|[(（])[(（]?\s*(?P<number>[①-⑳]|\d{1,2})\s*[)）]?\s*(?P<name>.+)", re.DOTALL),
    measures=Labels("具体的な施策", "具体的施策", "個別施策", "施策一覧", "具体的な取組", "主な施策"),
    description=Labels.of("passage.description", without=("施策概要", "施策の概要")),
    schedule=Labels.of("passage.schedule"),
    review=REVIEW_FORM,
    card=CARD_FORM,
)

REPORT = Layout(
    name="akishima.report",
    municipality_code="132071",
    signs=(
        Sign("昭島市", pattern="昭島"),
        Sign("施策概要", REVIEW_FORM.name),
        Sign("カード", pattern=rf"^{_CODE}", required=False),
        Sign("推進団体", CARD_FORM.orgs, required=False),
        Sign("評価・課題", REVIEW_FORM.finding, required=False),
        Sign("後期計画に向けて", REVIEW_FORM.direction, required=False),
    ),
    read=lambda document: report_to_statements(document, REPORT_FORM),
    labels=labels_of(REPORT_FORM),
)

LAYOUTS = (REPORT,)
