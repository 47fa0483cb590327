"""西東京市: the outline of the 産業振興マスタープラン."""

from __future__ import annotations

import re

from normalize.forms.outline.reader import OutlineForm, outline_to_statements
from normalize.layout import Layout, Sign, labels_of
from normalize.text.labels import Labels

_NUMBER = r"[(（]?\s*(?P<code>\d+)\s*[)）.．]"

OUTLINE_FORM = OutlineForm(
    title=r"西東京市.*(?:プラン|計画).*概要",
    policy=re.compile(
        rf"{_NUMBER}\s*(?P<name>[「『].+[」』])\s*(?:の|についての|に関する|を取り巻く)\s*現状(?:と|・|及び)課題"
    ),
    direction=re.compile(
        r"(?=[①-⑳]|[(（]\s*\d|\d{1,2}\s*[.．]\D)[(（]?\s*(?P<code>[①-⑳]|\d{1,2})\s*[)）.．]?\s*(?P<name>.+)"
    ),
    survey=re.compile(rf"{_NUMBER}\s*(?P<name>[「『].+?[」』]).*に(?:対|関)する意(?:識|向)(?:調査)?"),
    issues=Labels.of("passage.issue"),
    aims=Labels.of("passage.aim", without=("期待する効果", "期待される効果")),
    others=(
        re.compile(r"《.+》"),
        re.compile(r".*「取組みの方向性」の現状と課題"),
        re.compile(r"アンケートに盛り込むべき事項\s*(?:[(（]案[)）])?"),
        re.compile(r"現計画等の検証と調査による庁内分析"),
        re.compile(r"期待(?:する|される)効果"),
    ),
)

OUTLINE = Layout(
    name="nishitokyo.outline",
    municipality_code="132292",
    signs=(
        Sign("西東京市", pattern="西東京市"),
        Sign("策定概要", pattern="概要"),
        Sign("現状と課題", pattern=r"[「『].+[」』]\s*(?:の|についての|に関する|を取り巻く)\s*現状(?:と|・|及び)課題"),
        Sign("将来像", OUTLINE_FORM.aims, required=False),
        Sign("意識", pattern="に(?:対|関)する意(?:識|向)", required=False),
    ),
    read=lambda document: outline_to_statements(document, OUTLINE_FORM),
    labels=labels_of(OUTLINE_FORM),
)

LAYOUTS = (OUTLINE,)
