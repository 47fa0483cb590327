"""あきる野市: the progress table of the 商工業振興プラン."""

from __future__ import annotations

import re

from normalize.forms.progress.header import ProgressForm
from normalize.forms.progress.reader import progress_to_statements
from normalize.layout import Layout, Sign, labels_of
from normalize.text.labels import Labels

PROGRESS_FORM = ProgressForm(
    title=r"あきる野市.*(?:プラン|計画).*進捗",
    furniture=r"資料\d*",
    scheme="akiruno",
    policy=Labels("方向性", "基本方向", "施策の方向性", "基本方針", "方針", "基本目標"),
    measure=Labels("個別施策", "施策", "基本施策", "施策名"),
    program=Labels("実施事業", "事業", "事業名", "個別事業", "主な事業", "実施事業名", "取組", "取組名"),
    orgs=Labels("実施主体", "推進団体", "推進主体", "実施団体", "事業主体", "主体"),
    aim=Labels("目標とする姿", "目指す姿", "めざす姿", "あるべき姿"),
    state=Labels(
        "実施状況・課題",
        "実施状況",
        "取組状況・課題",
        "実施状況及び課題",
        "実施状況と課題",
        "取組状況",
        "進捗状況・課題",
    ),
    target=Labels("年間目標", "目標値", "目標", "年度目標", "年間目標値", "計画値", "計画"),
    actual=Labels("実績", "実績値", "年間実績", "達成値"),
    grade=Labels("評価", "達成度", "達成状況", "判定", "進捗", "進捗評価"),
    legend=Labels("評価指標", "評価基準", "評価区分", "評価の基準", "判定基準", "凡例"),
    programme=re.compile(
        r"""
        (?P<name>[^【】]*?[^【】\s]) \s*+
        (?: [【\[［〔(（<＜〈《★☆※] \s*+ (?P<new>新規(?:事業)?) \s*+ [】\]］〕)）>＞〉》]? | 【 [^】]* 】 )? \s*+
        (?:[(（] \s* (?P<indicator>[^()（）]+) [)）])? \s*+
        (?P<reference>[PpＰｐ][.．]?\s*[0-9０-９]+)?
        """,
        re.VERBOSE,
    ),
    issue=re.compile(
        r"(?:[【〈《<＜\[［〔]\s*(?:今後の)?課題(?:と対応)?\s*[】〉》>＞\]］〕]\s*[:：;；]?|(?:[○●◇◆■□▼]\s*)?課題(?:と対応)?\s*[:：;；])\s*"
        r"|(?:^|(?<=\n))[○●◇◆■□▼]\s*(?:今後の)?課題\s+"
    ),
    no_issue=frozenset({"なし", "無し", "特になし"}),
)

PROGRESS = Layout(
    name="akiruno.progress",
    municipality_code="132284",
    signs=(
        Sign("あきる野市", pattern="あきる野"),
        Sign("実施事業", PROGRESS_FORM.program),
        Sign("年間目標", PROGRESS_FORM.target),
        Sign("実績", PROGRESS_FORM.actual),
        Sign("評価", PROGRESS_FORM.grade, required=False),
        Sign("進捗状況", pattern="進捗", required=False),
    ),
    read=lambda document: progress_to_statements(document, PROGRESS_FORM),
    labels=labels_of(PROGRESS_FORM),
)

LAYOUTS = (PROGRESS,)
