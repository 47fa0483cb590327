"""あきる野市: the progress table of the 商工業振興プラン."""

from __future__ import annotations

import re

from normalize.forms.progress.header import ProgressForm
from normalize.forms.progress.reader import progress_to_statements
from normalize.layout import Layout, Sign, labels_of
from normalize.text.labels import Labels
from schemas.codes.signs import closing, leading, opening

_OPENING = opening("square", "tortoise", "lenticular", "angle")
_CLOSING = closing("square", "tortoise", "lenticular", "angle")

PROGRESS_FORM = ProgressForm(
    title=r"あきる野市.*(?:プラン|計画).*進捗",
    furniture=r"資料\d*",
    scheme="akiruno",
    policy=Labels.of("name.policy", also=("方向性", "施策の方向性", "基本目標")),
    measure=Labels.of("name.measure", also=("基本施策",), without=("施策の方向性",)),
    program=Labels.of("name.program", "name.action"),
    orgs=Labels.of("org.participating", also=("主体",)),
    aim=Labels.of("passage.aim"),
    state=Labels.of("passage.done"),
    # The heads of numbers and grades are this form's own: a term also takes 前回値 or 変更前目標値, and a number under
    # another head would be a wrong value.
    target=Labels("年間目標", "目標値", "目標", "年度目標", "年間目標値", "計画値", "計画"),
    actual=Labels("実績", "実績値", "年間実績", "年間実績値", "年度実績", "年度実績値", "達成値"),
    grade=Labels("評価", "達成度", "達成状況", "判定", "進捗", "進捗評価"),
    legend=Labels.of("grade.scheme", also=("評価指標", "評価区分")),
    programme=re.compile(
        r"""
        (?P<name>[^【】]*?[^【】\s]) \s*+
        (?: [【\[［〔(（<＜〈《★☆※] \s*+ (?P<new>新規(?:事業)?) \s*+ [】\]］〕)）>＞〉》]? | 【 [^】]* 】 )? \s*+
        (?:[(（〔［\[] \s* (?P<indicator>(?:[^()（）〔〕［］\[\]]|[(（][^()（）]*[)）])+) [)）〕］\]])? \s*+
        (?:[※＊*] \s* [0-9０-９]{0,2} | [(（]? 注 \s* [0-9０-９]{1,2} [)）]? )? \s*+
        (?P<reference>[PpＰｐ][.．]?\s*[0-9０-９]+)?
        """,
        re.VERBOSE,
    ),
    issue=re.compile(
        rf"(?:[{_OPENING}]\s*(?:今後の)?課題(?:と対応)?\s*[{_CLOSING}]\s*[:：;；]?"
        rf"|(?:[{leading('heading')}]\s*)?課題(?:と対応)?\s*[:：;；])\s*"
        rf"|(?:^|(?<=\n))[{leading('heading')}]\s*(?:今後の)?課題\s+"
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
