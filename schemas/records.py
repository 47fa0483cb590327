"""The tables of the data contract, version 1: one declaration per table, one frozen record per row.

The contract's names and types are read by others, so a column here is never renamed or retyped; new columns are nullable
and stand at the end.
"""

from __future__ import annotations

import datetime

from schemas.declare import TableDeclaration, column, declaration_of, table

SCHEMA_VERSION = "1"

LEVELS = ("policy", "measure", "program", "action")
STATUSES = ("converted", "partial", "unrecognised", "unreadable")
SECTIONS = (
    "planned", "done", "target", "aim", "finding", "good_point", "issue", "state", "next_year", "council_report",
    "council_opinion", "description", "schedule", "survey", "background",
)  # fmt: skip
RULES = (
    "grade-differs", "score-differs", "counts-differ", "numbering-gap", "impossible-year", "date-outside-year",
    "reprint-unresolved", "reprint-differs", "unit-differs", "label-missing", "grade-unknown", "target-unparsed",
    "unclaimed-text", "readers-disagree", "no-text-layer", "unreadable", "layout-unknown",
)  # fmt: skip
COMPARATORS = ("=", ">=", "<=", ">", "<", "~")


@table("documents", "文書", "Documents", key=("document_id",))
class DocumentRow:
    """One row per input file, converted or not."""

    document_id: str = column("文書ID", "Document id", "First 16 hex digits of the file's SHA-256")
    sha256: str = column("SHA-256", "SHA-256")
    source_name: str = column("ファイル名", "Source name", "Path below the input folder, / between parts")
    media_type: str = column("メディアタイプ", "Media type")
    size_bytes: int = column("サイズ", "Size", unit="byte", wide=True)
    page_count: int | None = column("ページ数", "Pages", default=None)
    layout: str | None = column("様式", "Layout", default=None)
    municipality_code: str | None = column(
        "市区町村コード", "Municipality code", "Six digits with the check digit",
        references="municipalities.municipality_code", default=None,
    )  # fmt: skip
    municipality_name: str | None = column("市区町村名", "Municipality", default=None)
    plan_name: str | None = column("計画名", "Plan", "As printed", default=None)
    title: str | None = column("題名", "Title", default=None)
    fiscal_year: int | None = column(
        "対象年度", "Fiscal year",
        "Western year of 1 April: the printed 対象年度, or the last year that the table grades", default=None,
    )  # fmt: skip
    fiscal_year_text: str | None = column("対象年度（原文）", "Fiscal year as printed", default=None)
    plan_start_fy: int | None = column("計画開始年度", "First year of the plan", "Only where stated", default=None)
    plan_end_fy: int | None = column("計画終了年度", "Last year of the plan", "Only where stated", default=None)
    issued_text: str | None = column("発行日（原文）", "Date of issue as printed", default=None)
    status: str = column("状態", "Status", categories=STATUSES)
    coverage: float | None = column(
        "網羅率", "Coverage",
        "Share of the non-space characters that a record, a known label or page furniture accounts for", default=None,
    )  # fmt: skip


@table("measures", "施策", "Measures", key=("measure_id",))
class Measure:
    """The hierarchy: one row per node and document."""

    measure_id: str = column("施策ID", "Measure id")
    document_id: str = column("文書ID", "Document id", references="documents.document_id")
    parent_measure_id: str | None = column(
        "上位施策ID", "Parent measure id", references="measures.measure_id", default=None
    )
    measure_level: str = column("階層", "Level", categories=LEVELS)
    measure_code: str | None = column(
        "施策番号", "Code", "Printed, or the ordinals in reading order where none is printed", default=None
    )
    measure_name: str | None = column("施策名", "Name", "Null where none is printed", default=None)
    measure_name_text: str | None = column("施策名（原文）", "Name as printed", default=None)
    position: int = column("順序", "Position", "Order in the document, from 1")
    fiscal_year: int | None = column("年度", "Fiscal year", default=None)
    plan_phase: str | None = column("計画期", "Plan phase", default=None)
    is_new: bool | None = column("新規", "Is new", default=None)
    reprint_of_measure_id: str | None = column(
        "再掲元ID", "Reprint of", "The first card that is not a reprint", references="measures.measure_id", default=None
    )
    set_on: datetime.date | None = column("目標設定日", "Set on", default=None)
    reviewed_on: datetime.date | None = column("中間見直し日", "Reviewed on", default=None)
    evaluated_on: datetime.date | None = column("評価日", "Evaluated on", default=None)


@table("measure_orgs", "施策の関係組織", "Organisations of measures", key=("measure_id", "role", "position"))
class MeasureOrg:
    """Who is responsible for a measure, and who takes part."""

    measure_id: str = column("施策ID", "Measure id", references="measures.measure_id")
    role: str = column("役割", "Role", categories=("responsible", "participating"))
    org_name: str = column("組織名", "Organisation")
    org_name_text: str = column("組織名（原文）", "Organisation as printed")
    position: int = column("順序", "Position", "Order in the cell, from 1")


@table("measure_links", "施策の関連", "Links of measures", key=("measure_id", "kind", "target_text"))
class MeasureLink:
    """What a measure refers to: a related measure, the original of a reprint, a goal."""

    measure_id: str = column("施策ID", "Measure id", references="measures.measure_id")
    kind: str = column("種別", "Kind", categories=("related", "reprint", "goal"))
    target_text: str = column("参照先（原文）", "Target as printed")
    target_measure_id: str | None = column(
        "参照先ID", "Target measure id", "Null if untold", references="measures.measure_id", default=None
    )


@table("indicators", "指標", "Indicators", key=("indicator_id",))
class Indicator:
    """What a measure is measured by. A goal without a number is qualitative."""

    indicator_id: str = column("指標ID", "Indicator id")
    measure_id: str = column("施策ID", "Measure id", references="measures.measure_id")
    indicator_name: str | None = column("指標名", "Name", "The noun printed before the number", default=None)
    indicator_text: str = column("指標（原文）", "Indicator as printed", "The whole item")
    unit: str | None = column("単位", "Unit", default=None)
    indicator_measure: str = column(
        "指標の種類", "Kind of measure", categories=("count", "percentage", "currency", "weight", "qualitative")
    )
    position: int = column("順序", "Position", "Order in the measure, from 1")


@table("observations", "目標・実績", "Observations", key=("observation_id",))
class Observation:
    """One row per indicator, role and year."""

    observation_id: str = column("観測ID", "Observation id")
    indicator_id: str = column("指標ID", "Indicator id", references="indicators.indicator_id")
    fiscal_year: int | None = column("年度", "Fiscal year", "Null where none is printed", default=None)
    role: str = column("種別", "Role", categories=("baseline", "target", "actual", "forecast"))
    value: float | None = column("値", "Value", default=None)
    value_text: str | None = column("値（原文）", "Value as printed", default=None)
    unit: str | None = column("単位", "Unit", default=None)
    comparator: str | None = column(
        "比較", "Comparator", "Null with a null value", categories=COMPARATORS, default=None
    )
    frequency: str | None = column("頻度", "Frequency", categories=("per_year", "per_event"), default=None)
    deadline_fy: int | None = column("期限年度", "Deadline fiscal year", default=None)


@table("grades", "評価", "Grades", key=("grade_id",))
class Grade:
    """One row per printed judgement."""

    grade_id: str = column("評価ID", "Grade id")
    document_id: str = column("文書ID", "Document id", references="documents.document_id")
    measure_id: str | None = column("施策ID", "Measure id", references="measures.measure_id", default=None)
    indicator_id: str | None = column("指標ID", "Indicator id", references="indicators.indicator_id", default=None)
    fiscal_year: int | None = column("年度", "Fiscal year", "The year judged", default=None)
    grade_scheme_id: str = column("評価基準ID", "Grade scheme id")
    grade: str | None = column(
        "評価", "Grade", "The scheme's code; null for a mark that it does not know", default=None
    )
    grade_text: str = column("評価（原文）", "Grade as printed")
    score: float | None = column("点数", "Score", default=None)
    grade_recomputed: str | None = column(
        "再計算した評価", "Grade recomputed", "From target and actual, where the scheme says how", default=None
    )
    subject: str | None = column("評価の対象", "Subject", default=None)
    evaluator: str | None = column(
        "評価者", "Evaluator", categories=("self", "internal", "external", "council"), default=None
    )


@table("grade_schemes", "評価基準", "Grade schemes", key=("grade_scheme_id", "grade"))
class GradeScheme:
    """What a grade means: its rank, its weight, the achievement ratios it stands for."""

    grade_scheme_id: str = column("評価基準ID", "Grade scheme id")
    kind: str = column("種別", "Kind", categories=("rating", "direction"))
    grade: str = column("評価", "Grade")
    label_ja: str | None = column("名称", "Label in Japanese", default=None)
    label_en: str | None = column("英語名称", "Label in English", default=None)
    rank: int | None = column("順位", "Rank", "1 is best", default=None)
    score: float | None = column("点数", "Score", "0 to 1", default=None)
    lower_bound: float | None = column("下限", "Lower bound", "Achievement ratio, 1.0 is 100 %", default=None)
    lower_inclusive: bool | None = column("下限を含む", "Lower bound included", default=None)
    upper_bound: float | None = column("上限", "Upper bound", "Achievement ratio, 1.0 is 100 %", default=None)
    upper_inclusive: bool | None = column("上限を含む", "Upper bound included", default=None)


@table("grade_counts", "評価の集計", "Grade counts", key=("document_id", "measure_id", "fiscal_year", "grade"))
class GradeCount:
    """How many measures got a grade, as published; zeros too."""

    document_id: str = column("文書ID", "Document id", references="documents.document_id")
    measure_id: str | None = column(
        "施策ID", "Measure id", "Null for the whole plan", references="measures.measure_id", default=None
    )
    fiscal_year: int | None = column("年度", "Fiscal year", default=None)
    grade_scheme_id: str = column("評価基準ID", "Grade scheme id")
    grade: str = column("評価", "Grade")
    count: int = column("件数", "Count")


@table("scores", "点数", "Scores", key=("document_id", "measure_id", "fiscal_year"))
class Score:
    """A published score, and the same score recomputed."""

    document_id: str = column("文書ID", "Document id", references="documents.document_id")
    measure_id: str | None = column("施策ID", "Measure id", references="measures.measure_id", default=None)
    fiscal_year: int | None = column("年度", "Fiscal year", default=None)
    score: float = column("点数", "Score")
    score_max: float | None = column("満点", "Highest score", default=None)
    score_text: str = column("点数（原文）", "Score as printed")
    score_recomputed: float | None = column("再計算した点数", "Score recomputed", "Unrounded", default=None)


@table("passages", "文章", "Passages", key=("passage_id",))
class Passage:
    """Every sentence-bearing text: one row per bullet, else per paragraph."""

    passage_id: str = column("文章ID", "Passage id")
    document_id: str = column("文書ID", "Document id", references="documents.document_id")
    measure_id: str | None = column("施策ID", "Measure id", references="measures.measure_id", default=None)
    section: str = column("区分", "Section", categories=SECTIONS)
    item: int = column("項番", "Item", "Order inside the section, from 1")
    fiscal_year: int | None = column("年度", "Fiscal year", "Where its column prints one", default=None)
    attribution: str | None = column("記載者", "Attribution", default=None)
    text: str = column("文章", "Text")
    text_raw: str = column("文章（原文）", "Text as printed")


@table("tokens", "形態素", "Tokens", key=("passage_id", "token_index"))
class Token:
    """The morphemes of the passages; the surfaces of a passage, joined, are its text."""

    passage_id: str = column("文章ID", "Passage id", references="passages.passage_id")
    token_index: int = column("順序", "Index", "From 0")
    surface: str = column("表層形", "Surface")
    normalized_form: str = column("正規化表記", "Normalised form")
    dictionary_form: str = column("辞書形", "Dictionary form")
    reading_form: str = column("読み", "Reading")
    pos1: str = column("品詞", "Part of speech")
    pos2: str = column("品詞細分類", "Part of speech, detail")
    begin: int = column("開始位置", "Begin", "Character offset in passages.text")
    end: int = column("終了位置", "End", "Character offset in passages.text")
    is_oov: bool = column("未知語", "Out of vocabulary")
    is_content: bool = column("内容語", "Content word")


@table("blocks", "ブロック", "Blocks", key=("block_id",))
class Block:
    """The evidence: every cell and line that is printed, with its place."""

    block_id: str = column("ブロックID", "Block id")
    document_id: str = column("文書ID", "Document id", references="documents.document_id")
    page: int = column("ページ", "Page", "From 1; 1 in a text document")
    kind: str = column("種別", "Kind", categories=("cell", "line"))
    table_index: int | None = column("表番号", "Table", "From 0", default=None)
    row: int | None = column("行", "Row", "From 0", default=None)
    col: int | None = column("列", "Column", "From 0", default=None)
    row_span: int | None = column("行数", "Row span", default=None)
    col_span: int | None = column("列数", "Column span", default=None)
    x0: float | None = column("左", "Left", unit="pt", default=None)
    top: float | None = column("上", "Top", unit="pt", default=None)
    x1: float | None = column("右", "Right", unit="pt", default=None)
    bottom: float | None = column("下", "Bottom", unit="pt", default=None)
    text: str = column("文字列", "Text")
    role: str = column("役割", "Role", categories=("value", "label", "furniture", "unclaimed"))


@table("provenance", "出典", "Provenance", key=("table_name", "record_id", "field_name", "block_id"))
class Provenance:
    """Which blocks a field of a record was read from."""

    table_name: str = column("表", "Table")
    record_id: str = column("レコードID", "Record id", "The values of the table's key, joined by |")
    field_name: str = column("列", "Field")
    block_id: str = column("ブロックID", "Block id", references="blocks.block_id")
    document_id: str = column("文書ID", "Document id", references="documents.document_id")
    page: int = column("ページ", "Page")


@table("findings", "指摘", "Findings", key=("finding_id",))
class Finding:
    """What the document, or the reading of it, contradicts."""

    finding_id: str = column("指摘ID", "Finding id")
    document_id: str = column("文書ID", "Document id", references="documents.document_id")
    rule: str = column("規則", "Rule", categories=RULES)
    severity: str = column("重大度", "Severity", categories=("error", "warning", "note"))
    table_name: str | None = column("表", "Table", default=None)
    record_id: str | None = column("レコードID", "Record id", default=None)
    field_name: str | None = column("列", "Field", default=None)
    page: int | None = column("ページ", "Page", default=None)
    message: str = column("内容", "Message")
    expected: str | None = column("期待", "Expected", default=None)
    observed: str | None = column("実際", "Observed", default=None)


@table("results", "結果一覧", "Results", key=("document_id", "measure_id", "indicator_id", "fiscal_year"))
class Result:
    """The wide table a BI tool opens first: one row per indicator and year, and per grade or score without one."""

    document_id: str = column("文書ID", "Document id", references="documents.document_id")
    municipality_code: str | None = column("市区町村コード", "Municipality code", default=None)
    municipality_name: str | None = column("市区町村名", "Municipality", default=None)
    plan_name: str | None = column("計画名", "Plan", default=None)
    plan_phase: str | None = column("計画期", "Plan phase", default=None)
    policy_name: str | None = column("政策名", "Policy", default=None)
    measure_id: str | None = column("施策ID", "Measure id", references="measures.measure_id", default=None)
    measure_level: str | None = column("階層", "Level", default=None)
    measure_code: str | None = column("施策番号", "Code", default=None)
    measure_name: str | None = column(
        "施策名", "Measure", "Of the node judged; an action's is its measure's", default=None
    )
    parent_name: str | None = column("上位施策名", "Parent", default=None)
    indicator_id: str | None = column("指標ID", "Indicator id", references="indicators.indicator_id", default=None)
    indicator_name: str | None = column("指標名", "Indicator", default=None)
    indicator_text: str | None = column("指標（原文）", "Indicator as printed", default=None)
    unit: str | None = column("単位", "Unit", default=None)
    fiscal_year: int | None = column("年度", "Fiscal year", default=None)
    baseline_value: float | None = column("基準値", "Baseline", default=None)
    target_value: float | None = column("目標値", "Target", default=None)
    target_text: str | None = column("目標（原文）", "Target as printed", default=None)
    target_comparator: str | None = column("目標の比較", "Target comparator", default=None)
    target_frequency: str | None = column("目標の頻度", "Target frequency", default=None)
    target_deadline_fy: int | None = column("目標の期限年度", "Target deadline", default=None)
    actual_value: float | None = column("実績値", "Actual", default=None)
    achievement_ratio: float | None = column("達成率", "Achievement ratio", "1.0 is 100 %", default=None)
    grade_scheme_id: str | None = column("評価基準ID", "Grade scheme id", default=None)
    grade: str | None = column("評価", "Grade", default=None)
    grade_text: str | None = column("評価（原文）", "Grade as printed", default=None)
    score: float | None = column("点数", "Score", "0 to 1", default=None)


@table("municipalities", "市区町村", "Municipalities", key=("municipality_code",))
class Municipality:
    """The municipalities that a document can be of."""

    municipality_code: str = column("市区町村コード", "Municipality code", "Six digits with the check digit")
    area_code: str = column("標準地域コード", "Area code", "Five digits")
    municipality_name: str = column("市区町村名", "Name")
    municipality_name_en: str | None = column("英語名", "Name in English", default=None)
    prefecture_iso: str = column("都道府県ISO", "Prefecture", "ISO 3166-2, as JP-13")


Record = (
    DocumentRow | Measure | MeasureOrg | MeasureLink | Indicator | Observation | Grade | GradeScheme | GradeCount
    | Score | Passage | Token | Block | Provenance | Finding | Result | Municipality
)  # fmt: skip

TABLES: tuple[TableDeclaration, ...] = tuple(
    declaration_of(record)
    for record in (
        DocumentRow, Measure, MeasureOrg, MeasureLink, Indicator, Observation, Grade, GradeScheme, GradeCount, Score,
        Passage, Token, Block, Provenance, Finding, Result, Municipality,
    )
)  # fmt: skip


def record_id(record: Record) -> str:
    """The values of a record's key, joined by ``|``: how provenance and findings name it. A null part is empty."""
    values = (getattr(record, name) for name in declaration_of(record).key)
    return "|".join("" if value is None else str(value) for value in values)
