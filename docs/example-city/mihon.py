"""見本市 (a city that does not exist): the progress table of its 観光振興プラン. `docs/add-a-city.md` tells of it."""

from __future__ import annotations

import re

from normalize.forms.progress.header import ProgressForm
from normalize.forms.progress.reader import progress_to_statements
from normalize.layout import Layout, Sign, labels_of
from normalize.text.labels import Labels

PROGRESS_FORM = ProgressForm(
    title=r"見本市.*プラン.*取組の進み具合",
    furniture=r"資料\d*",
    scheme="general",
    policy=Labels("柱"),
    measure=Labels("取組の方向"),
    program=Labels.of("name.program"),
    orgs=Labels.of("org.responsible"),
    aim=Labels.of("passage.aim"),
    state=Labels.of("passage.done"),
    target=Labels("目標値"),
    actual=Labels("実績値"),
    grade=Labels("達成度"),
    legend=Labels("見方"),
    programme=re.compile(r"(?P<name>[^()（）]+?)\s*[(（](?P<indicator>[^()（）]+)[)）]"),
    issue=re.compile(r"課題\s*[:：]\s*"),
    no_issue=frozenset({"なし"}),
)

PROGRESS = Layout(
    name="mihon.progress",
    municipality_code="139998",
    signs=(
        Sign("見本市", pattern="見本市"),
        Sign("柱", PROGRESS_FORM.policy),
        Sign("取組の方向", PROGRESS_FORM.measure),
        Sign("達成度", PROGRESS_FORM.grade),
    ),
    read=lambda document: progress_to_statements(document, PROGRESS_FORM),
    labels=labels_of(PROGRESS_FORM),
)

LAYOUTS = (PROGRESS,)
