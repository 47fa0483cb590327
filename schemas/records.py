"""The tables of the data contract, version 1: one declaration per table, one frozen record per row.

The contract's names and types are read by others, so a column here is never renamed or retyped; new columns are
nullable and stand at the end. What is said here in English is said in Japanese in `schemas/codes/japanese.csv`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from operator import attrgetter

from schemas.closed_sets import (
    Better,
    BlockKind,
    BlockRole,
    Comparator,
    Confirmation,
    CostKind,
    DocumentStatus,
    Evaluator,
    Frequency,
    IndicatorKind,
    IndicatorMeasure,
    Level,
    LinkKind,
    MatchedTable,
    MatchMethod,
    ObservationRole,
    OrgRole,
    Origin,
    Reading,
    ReviewMethod,
    Rule,
    SchemeKind,
    Section,
    Severity,
)
from schemas.declare import TableDeclaration, column, declaration_of, table

SCHEMA_VERSION = "1"


@table("documents", "文書", "Documents", key=("document_id",))
class DocumentRow:
    """One row per input file, converted or not."""

    document_id: str = column("文書ID", "Document id", "First 16 hex digits of the file's SHA-256")
    sha256: str = column("SHA-256", "SHA-256", "Of the file's bytes")
    source_name: str = column("ファイル名", "Source name", "Path below the input folder, / between parts")
    media_type: str = column("メディアタイプ", "Media type", "Told from the file's content or name")
    size_bytes: int = column("サイズ", "Size", "Of the file", unit="byte", wide=True)
    page_count: int | None = column("ページ数", "Pages", "Null in a text document", default=None)
    layout: str | None = column(
        "様式", "Layout", "The form that was recognised by what is printed on it; null where none fits", default=None
    )
    municipality_code: str | None = column(
        "市区町村コード", "Municipality code", "Six digits with the check digit",
        references="municipalities.municipality_code", default=None,
    )  # fmt: skip
    municipality_name: str | None = column(
        "市区町村名", "Municipality", "As the list of municipalities has it", default=None
    )
    plan_name: str | None = column("計画名", "Plan", "As printed", default=None)
    title: str | None = column("題名", "Title", "As printed on the document", default=None)
    fiscal_year: int | None = column(
        "対象年度", "Fiscal year",
        "Western year of 1 April: the printed 対象年度, or the last year that the table grades", default=None,
    )  # fmt: skip
    fiscal_year_text: str | None = column("対象年度（原文）", "Fiscal year as printed", "As printed", default=None)
    plan_start_fy: int | None = column("計画開始年度", "First year of the plan", "Only where stated", default=None)
    plan_end_fy: int | None = column("計画終了年度", "Last year of the plan", "Only where stated", default=None)
    issued_text: str | None = column(
        "発行日（原文）", "Date of issue as printed", "As printed; never taken for the fiscal year", default=None
    )
    status: DocumentStatus = column("状態", "Status", "What became of the document")
    coverage: float | None = column(
        "網羅率", "Coverage",
        "Share of the non-space characters that a record, a known label or page furniture accounts for", default=None,
    )  # fmt: skip
    reader: str | None = column(
        "読み取り", "Reader",
        "What read the file: pdfium, pdfplumber for pages that PDFium cannot read, ocr for pictures, office, or text",
        default=None,
    )  # fmt: skip
    same_as_document_id: str | None = column(
        "同一文書ID", "Same as", "The original, where this document holds its records in another form",
        references="documents.document_id", default=None,
    )  # fmt: skip
    municipality_source: Origin | None = column(
        "市区町村の出所", "Source of the municipality", "Whether the document prints it or the user gave it",
        default=None,
    )  # fmt: skip
    fiscal_year_source: Origin | None = column(
        "対象年度の出所",
        "Source of the fiscal year",
        "Whether the document prints it or the user gave it",
        default=None,
    )
    source_url: str | None = column("入手元URL", "Source URL", "As the user's manifest gives it", default=None)
    retrieved_on: datetime.date | None = column(
        "入手日", "Retrieved on", "As the user's manifest gives it", default=None
    )


@table("measures", "施策", "Measures", key=("measure_id",))
class Measure:
    """The hierarchy: one row per node and document."""

    measure_id: str = column("施策ID", "Measure id", "Made of the document's id and the printed code or the position")
    document_id: str = column(
        "文書ID", "Document id", "The document that prints it", references="documents.document_id"
    )
    parent_measure_id: str | None = column(
        "上位施策ID", "Parent measure id", "The node above", references="measures.measure_id", default=None
    )
    measure_level: Level = column("階層", "Level", "How high the node stands")
    measure_code: str | None = column(
        "施策番号", "Code", "Printed, or the ordinals in reading order where none is printed", default=None
    )
    measure_name: str | None = column("施策名", "Name", "Null where none is printed", default=None)
    measure_name_text: str | None = column("施策名（原文）", "Name as printed", "As printed", default=None)
    position: int = column("順序", "Position", "Order in the document, from 1")
    fiscal_year: int | None = column("年度", "Fiscal year", "The year of the sheet", default=None)
    plan_phase: str | None = column("計画期", "Plan phase", "As printed: 前期, 後期", default=None)
    is_new: bool | None = column(
        "新規", "Is new", "Whether the document marks it as new (※新規, 【新規事業】)", default=None
    )
    reprint_of_measure_id: str | None = column(
        "再掲元ID", "Reprint of", "The first card that is not a reprint", references="measures.measure_id", default=None
    )
    set_on: datetime.date | None = column("目標設定日", "Set on", "The date printed for 目標設定", default=None)
    reviewed_on: datetime.date | None = column(
        "中間見直し日", "Reviewed on", "The date printed for 中間見直し", default=None
    )
    evaluated_on: datetime.date | None = column("評価日", "Evaluated on", "The date printed for 評価時", default=None)


@table("measure_orgs", "施策の関係組織", "Organisations of measures", key=("measure_id", "role", "position"))
class MeasureOrg:
    """Who is responsible for a measure, and who takes part."""

    measure_id: str = column(
        "施策ID", "Measure id", "The measure that it has to do with", references="measures.measure_id"
    )
    role: OrgRole = column("役割", "Role", "What the organisation does")
    org_name: str = column("組織名", "Organisation", "One body")
    org_name_text: str = column("組織名（原文）", "Organisation as printed", "As printed")
    position: int = column("順序", "Position", "Order in the cell, from 1")


@table("measure_links", "施策の関連", "Links of measures", key=("measure_id", "kind", "target_text"))
class MeasureLink:
    """What a measure refers to: a related measure, the original of a reprint, a goal."""

    measure_id: str = column("施策ID", "Measure id", "The measure that refers", references="measures.measure_id")
    kind: LinkKind = column("種別", "Kind", "What kind of reference it is")
    target_text: str = column("参照先（原文）", "Target as printed", "As printed")
    target_measure_id: str | None = column(
        "参照先ID", "Target measure id", "Null if untold", references="measures.measure_id", default=None
    )


@table("indicators", "指標", "Indicators", key=("indicator_id",))
class Indicator:
    """What a measure is measured by. A goal without a number is qualitative."""

    indicator_id: str = column("指標ID", "Indicator id", "Made of the measure's id and the position")
    measure_id: str = column("施策ID", "Measure id", "The measure that it measures", references="measures.measure_id")
    indicator_name: str | None = column("指標名", "Name", "The noun printed before the number", default=None)
    indicator_text: str = column("指標（原文）", "Indicator as printed", "The whole item")
    unit: str | None = column("単位", "Unit", "Of the number; null for a qualitative goal", default=None)
    indicator_measure: IndicatorMeasure = column(
        "指標の種類",
        "Kind of measure",
        "What kind of number it is",
    )
    position: int = column("順序", "Position", "Order in the measure, from 1")
    cost_kind: CostKind | None = column(
        "費用の種類", "Kind of cost", "Which cost or source of funds; null unless it is money", default=None
    )
    better: Better | None = column(
        "望ましい方向", "Better", "Whether more or less is better; null where nothing tells", default=None
    )
    indicator_kind: IndicatorKind | None = column(
        "指標の区分", "Kind of indicator", "Activity, outcome or input, as the label says", default=None
    )


@table("observations", "目標・実績", "Observations", key=("observation_id",))
class Observation:
    """One row per indicator, role and year."""

    observation_id: str = column(
        "観測ID", "Observation id", "Made of the indicator's id, the role and the year or position"
    )
    indicator_id: str = column(
        "指標ID", "Indicator id", "The indicator that was observed", references="indicators.indicator_id"
    )
    fiscal_year: int | None = column("年度", "Fiscal year", "Null where none is printed", default=None)
    role: ObservationRole = column(
        "種別",
        "Role",
        "Whether it was found, aimed at, reached or expected",
    )
    value: float | None = column("値", "Value", "The number, in the unit; null for a qualitative goal", default=None)
    value_text: str | None = column("値（原文）", "Value as printed", "As printed", default=None)
    unit: str | None = column("単位", "Unit", "Of the value", default=None)
    comparator: Comparator | None = column("比較", "Comparator", "Null with a null value", default=None)
    frequency: Frequency | None = column(
        "頻度",
        "Frequency",
        "Null where the year comes from the column",
        default=None,
    )
    deadline_fy: int | None = column(
        "期限年度", "Deadline fiscal year", "The fiscal year by whose end the goal is to be reached", default=None
    )
    reading: Reading | None = column("読み取り方", "Reading", "What kind of reading gave it", default=None)
    confirmed_by: Confirmation | None = column(
        "裏付け", "Confirmed by", "What on the page confirms it; null where nothing does", default=None
    )


@table("grades", "評価", "Grades", key=("grade_id",))
class Grade:
    """One row per printed judgement."""

    grade_id: str = column("評価ID", "Grade id", "Made of the document's id and the position")
    document_id: str = column(
        "文書ID", "Document id", "The document that prints it", references="documents.document_id"
    )
    measure_id: str | None = column(
        "施策ID", "Measure id", "The measure judged", references="measures.measure_id", default=None
    )
    indicator_id: str | None = column(
        "指標ID",
        "Indicator id",
        "Null unless the grade judges an indicator",
        references="indicators.indicator_id",
        default=None,
    )
    fiscal_year: int | None = column("年度", "Fiscal year", "The year judged", default=None)
    grade_scheme_id: str = column(
        "評価基準ID",
        "Grade scheme id",
        "The scheme that says what the grade means",
        references="grade_schemes.grade_scheme_id",
    )
    grade: str | None = column(
        "評価", "Grade", "The scheme's code; null for a mark that it does not know", default=None
    )
    grade_text: str = column("評価（原文）", "Grade as printed", "As printed")
    score: float | None = column("点数", "Score", "Points printed beside the grade", default=None)
    grade_recomputed: str | None = column(
        "再計算した評価", "Grade recomputed", "From target and actual, where the scheme says how", default=None
    )
    subject: str | None = column(
        "評価の対象",
        "Subject",
        "What is judged where a sheet judges several things, as 達成状況, 有効性, 効率性",
        default=None,
    )
    evaluator: Evaluator | None = column(
        "評価者",
        "Evaluator",
        "Null where not printed",
        default=None,
    )
    reading: Reading | None = column("読み取り方", "Reading", "What kind of reading gave it", default=None)
    confirmed_by: Confirmation | None = column(
        "裏付け", "Confirmed by", "What on the page confirms it; null where nothing does", default=None
    )


@table("grade_schemes", "評価基準", "Grade schemes", key=("grade_scheme_id", "grade"))
class GradeScheme:
    """What a grade means: its rank, its weight, the achievement ratios it stands for."""

    grade_scheme_id: str = column("評価基準ID", "Grade scheme id", "Names the form or plan that uses it")
    kind: SchemeKind = column("種別", "Kind", "Whether it rates what was reached or says what comes next")
    grade: str = column("評価", "Grade", "The mark, or the code of a direction")
    label_ja: str | None = column("名称", "Label in Japanese", "As the legend prints it", default=None)
    label_en: str | None = column("英語名称", "Label in English", "A translation", default=None)
    rank: int | None = column("順位", "Rank", "1 is best", default=None)
    score: float | None = column("点数", "Score", "0 to 1", default=None)
    lower_bound: float | None = column("下限", "Lower bound", "Achievement ratio, 1.0 is 100 %", default=None)
    lower_inclusive: bool | None = column(
        "下限を含む", "Lower bound included", "Whether exactly the bound is within", default=None
    )
    upper_bound: float | None = column("上限", "Upper bound", "Achievement ratio, 1.0 is 100 %", default=None)
    upper_inclusive: bool | None = column(
        "上限を含む", "Upper bound included", "Whether exactly the bound is within", default=None
    )


@table("grade_counts", "評価の集計", "Grade counts", key=("document_id", "measure_id", "fiscal_year", "grade"))
class GradeCount:
    """How many measures got a grade, as published; zeros too."""

    document_id: str = column(
        "文書ID", "Document id", "The document that prints it", references="documents.document_id"
    )
    measure_id: str | None = column(
        "施策ID", "Measure id", "Null for the whole plan", references="measures.measure_id", default=None
    )
    fiscal_year: int | None = column("年度", "Fiscal year", "Null where none is printed", default=None)
    grade_scheme_id: str = column(
        "評価基準ID",
        "Grade scheme id",
        "The scheme that says what the grade means",
        references="grade_schemes.grade_scheme_id",
    )
    grade: str = column("評価", "Grade", "The scheme's code")
    count: int = column("件数", "Count", "How many got this grade")


@table("scores", "点数", "Scores", key=("document_id", "measure_id", "fiscal_year"))
class Score:
    """A published score, and the same score recomputed."""

    document_id: str = column(
        "文書ID", "Document id", "The document that prints it", references="documents.document_id"
    )
    measure_id: str | None = column(
        "施策ID", "Measure id", "The node that is scored", references="measures.measure_id", default=None
    )
    fiscal_year: int | None = column("年度", "Fiscal year", "Null where none is printed", default=None)
    score: float = column("点数", "Score", "As published")
    score_max: float | None = column("満点", "Highest score", "As printed", default=None)
    score_text: str = column("点数（原文）", "Score as printed", "As printed")
    score_recomputed: float | None = column("再計算した点数", "Score recomputed", "Unrounded", default=None)


@table("passages", "文章", "Passages", key=("passage_id",))
class Passage:
    """Every sentence-bearing text: one row per bullet, else per paragraph."""

    passage_id: str = column("文章ID", "Passage id", "Made of the document's id and the position")
    document_id: str = column(
        "文書ID", "Document id", "The document that prints it", references="documents.document_id"
    )
    measure_id: str | None = column(
        "施策ID", "Measure id", "Null where it belongs to none", references="measures.measure_id", default=None
    )
    section: Section = column("区分", "Section", "The part of the form that it stands in")
    item: int = column("項番", "Item", "Order inside the section, from 1")
    fiscal_year: int | None = column("年度", "Fiscal year", "Where its column prints one", default=None)
    attribution: str | None = column(
        "記載者", "Attribution", "Whose view it is (市, 関, 市・関), cut off the text", default=None
    )
    text: str = column("文章", "Text", "The text with folded widths, without its bullet and attribution")
    text_raw: str = column("文章（原文）", "Text as printed", "As printed")


@table("tokens", "形態素", "Tokens", key=("passage_id", "token_index"))
class Token:
    """The morphemes of the passages; the surfaces of a passage, joined, are its text."""

    passage_id: str = column(
        "文章ID", "Passage id", "The passage that it is cut from", references="passages.passage_id"
    )
    token_index: int = column("順序", "Index", "From 0")
    surface: str = column("表層形", "Surface", "As it stands in the text")
    normalized_form: str = column(
        "正規化表記", "Normalised form", "One spelling for all spellings of a word; for searching, not for showing"
    )
    dictionary_form: str = column("辞書形", "Dictionary form", "The uninflected word")
    reading_form: str = column("読み", "Reading", "In katakana")
    pos1: str = column("品詞", "Part of speech", "Sudachi's first level: 名詞, 動詞, …")
    pos2: str = column("品詞細分類", "Part of speech, detail", "Sudachi's second level: 普通名詞, 固有名詞, …")
    begin: int = column("開始位置", "Begin", "Character offset in passages.text")
    end: int = column("終了位置", "End", "Character offset in passages.text")
    is_oov: bool = column("未知語", "Out of vocabulary", "Whether no dictionary has it")
    is_content: bool = column(
        "内容語", "Content word", "Whether it is a noun, verb, adjective or adverb that carries meaning"
    )


@table("blocks", "ブロック", "Blocks", key=("block_id",))
class Block:
    """The evidence: every cell and line that is printed, with its place."""

    block_id: str = column("ブロックID", "Block id", "Made of the document's id and the place in the document")
    document_id: str = column(
        "文書ID", "Document id", "The document that prints it", references="documents.document_id"
    )
    page: int = column("ページ", "Page", "From 1; 1 in a text document")
    kind: BlockKind = column("種別", "Kind", "A cell of a table or a line outside tables")
    table_index: int | None = column("表番号", "Table", "From 0", default=None)
    row: int | None = column("行", "Row", "From 0", default=None)
    col: int | None = column("列", "Column", "From 0", default=None)
    row_span: int | None = column("行数", "Row span", "How many rows the cell takes", default=None)
    col_span: int | None = column("列数", "Column span", "How many columns the cell takes", default=None)
    x0: float | None = column("左", "Left", "From the page's left; null in a text document", unit="pt", default=None)
    top: float | None = column("上", "Top", "From the page's top; null in a text document", unit="pt", default=None)
    x1: float | None = column("右", "Right", "From the page's left; null in a text document", unit="pt", default=None)
    bottom: float | None = column(
        "下", "Bottom", "From the page's top; null in a text document", unit="pt", default=None
    )
    text: str = column("文字列", "Text", "As printed")
    role: BlockRole = column("役割", "Role", "What the reading took it for")
    page_width: float | None = column(
        "ページ幅", "Page width", "As displayed; null in a text document", unit="pt", default=None
    )
    page_height: float | None = column(
        "ページ高さ", "Page height", "As displayed; null in a text document", unit="pt", default=None
    )
    page_characters: int | None = column(
        "ページ文字数",
        "Characters of the page",
        "How many the page prints, white space aside; null in a text document",
        default=None,
    )
    confidence: float | None = column(
        "確信度", "Confidence", "0 to 1, of character recognition; else null", default=None
    )
    place: str | None = column("セル番地", "Place", "In a workbook, as Sheet1!B4; else null", default=None)


@table("provenance", "出典", "Provenance", key=("table_name", "record_id", "field_name", "block_id"))
class Provenance:
    """Which blocks a field of a record was read from."""

    table_name: str = column("表", "Table", "The table of the record")
    record_id: str = column("レコードID", "Record id", "The values of the table's key, joined by |")
    field_name: str = column("列", "Field", "The column of the record")
    block_id: str = column("ブロックID", "Block id", "The block that it was read from", references="blocks.block_id")
    document_id: str = column(
        "文書ID", "Document id", "The document that prints it", references="documents.document_id"
    )
    page: int = column("ページ", "Page", "From 1; 1 in a text document")
    method: ReviewMethod | None = column(
        "確認方法",
        "Method",
        "Whether a reviewer accepted or corrected the value; null where it stands as read",
        default=None,
    )
    note: str | None = column(
        "確認者の注記", "Note", "The value as read where it was corrected, the reviewer's reason and name", default=None
    )


@table("findings", "指摘", "Findings", key=("finding_id",))
class Finding:
    """What the document, or the reading of it, contradicts."""

    finding_id: str = column("指摘ID", "Finding id", "Made of the document's id and a number")
    document_id: str = column(
        "文書ID", "Document id", "The document that it is about", references="documents.document_id"
    )
    rule: Rule = column("規則", "Rule", "The kind of contradiction")
    severity: Severity = column("重大度", "Severity", "How much it matters")
    table_name: str | None = column("表", "Table", "The table of the record that it is about", default=None)
    record_id: str | None = column(
        "レコードID", "Record id", "The values of the table's key, joined by |", default=None
    )
    field_name: str | None = column("列", "Field", "The column that it is about", default=None)
    page: int | None = column("ページ", "Page", "From 1; 1 in a text document", default=None)
    message: str = column("内容", "Message", "What was met, where, and what to do")
    expected: str | None = column("期待", "Expected", "What should stand there", default=None)
    observed: str | None = column("実際", "Observed", "What stands there", default=None)
    message_ja: str | None = column("内容（日本語）", "Message in Japanese", "The same in Japanese", default=None)


@table(
    "results",
    "結果一覧",
    "Results",
    key=("document_id", "measure_id", "indicator_id", "fiscal_year", "grade_scheme_id", "subject", "grade_text"),
)
class Result:
    """The wide table a BI tool opens first: one row per indicator and year, and per grade or score without one."""

    document_id: str = column(
        "文書ID", "Document id", "The document that prints it", references="documents.document_id"
    )
    municipality_code: str | None = column(
        "市区町村コード",
        "Municipality code",
        "Six digits with the check digit",
        references="municipalities.municipality_code",
        default=None,
    )
    municipality_name: str | None = column(
        "市区町村名", "Municipality", "As the list of municipalities has it", default=None
    )
    plan_name: str | None = column("計画名", "Plan", "As printed", default=None)
    plan_phase: str | None = column("計画期", "Plan phase", "As printed: 前期, 後期", default=None)
    policy_name: str | None = column("政策名", "Policy", "Of the policy that the measure belongs to", default=None)
    measure_id: str | None = column(
        "施策ID", "Measure id", "The measure judged", references="measures.measure_id", default=None
    )
    measure_level: Level | None = column("階層", "Level", "How high the node stands", default=None)
    measure_code: str | None = column(
        "施策番号", "Code", "Printed, or the ordinals in reading order where none is printed", default=None
    )
    measure_name: str | None = column(
        "施策名", "Measure", "Of the node judged; an action's is its measure's", default=None
    )
    parent_name: str | None = column("上位施策名", "Parent", "Of the node above", default=None)
    indicator_id: str | None = column(
        "指標ID",
        "Indicator id",
        "Null in a row of a grade or score without an indicator",
        references="indicators.indicator_id",
        default=None,
    )
    indicator_name: str | None = column("指標名", "Indicator", "The noun printed before the number", default=None)
    indicator_text: str | None = column("指標（原文）", "Indicator as printed", "The whole item", default=None)
    unit: str | None = column("単位", "Unit", "Of the numbers", default=None)
    fiscal_year: int | None = column(
        "年度", "Fiscal year", "The year observed or judged; null where none is printed", default=None
    )
    baseline_value: float | None = column("基準値", "Baseline", "The value before the first target year", default=None)
    target_value: float | None = column("目標値", "Target", "The number aimed at", default=None)
    target_text: str | None = column("目標（原文）", "Target as printed", "As printed", default=None)
    target_comparator: Comparator | None = column(
        "目標の比較",
        "Target comparator",
        "Whether the target is to be met, exceeded or not exceeded",
        default=None,
    )
    target_frequency: Frequency | None = column(
        "目標の頻度",
        "Target frequency",
        "Null where the year comes from the column",
        default=None,
    )
    target_deadline_fy: int | None = column(
        "目標の期限年度", "Target deadline", "The fiscal year by whose end the goal is to be reached", default=None
    )
    actual_value: float | None = column("実績値", "Actual", "The number reached", default=None)
    achievement_ratio: float | None = column("達成率", "Achievement ratio", "1.0 is 100 %", default=None)
    grade_scheme_id: str | None = column(
        "評価基準ID",
        "Grade scheme id",
        "The scheme that says what the grade means",
        references="grade_schemes.grade_scheme_id",
        default=None,
    )
    grade: str | None = column("評価", "Grade", "The scheme's code", default=None)
    grade_text: str | None = column("評価（原文）", "Grade as printed", "As printed", default=None)
    score: float | None = column("点数", "Score", "0 to 1", default=None)
    subject: str | None = column(
        "評価の対象",
        "Subject",
        "What is judged where a sheet judges several things, as 達成状況, 有効性, 効率性",
        default=None,
    )
    forecast_value: float | None = column("見込値", "Forecast", "The number expected or budgeted", default=None)
    source_name: str | None = column(
        "ファイル名", "Source name", "Path below the input folder, / between parts", default=None
    )
    page: int | None = column("ページ", "Page", "From 1; 1 in a text document", default=None)
    observation_id: str | None = column(
        "観測ID", "Observation id", "Of the actual, else of the target", references="observations.observation_id",
        default=None,
    )  # fmt: skip
    reading: Reading | None = column("読み取り方", "Reading", "What kind of reading gave it", default=None)
    confirmed_by: Confirmation | None = column(
        "裏付け", "Confirmed by", "What on the page confirms it; null where nothing does", default=None
    )
    open_findings: int | None = column(
        "未解決の指摘数", "Open findings", "Findings about the records of this row, notes aside", default=None
    )


@table("municipalities", "市区町村", "Municipalities", key=("municipality_code",))
class Municipality:
    """The municipalities that a document can be of."""

    municipality_code: str = column("市区町村コード", "Municipality code", "Six digits with the check digit")
    area_code: str = column("標準地域コード", "Area code", "Five digits")
    municipality_name: str = column("市区町村名", "Name", "With 市, 区, 町 or 村")
    municipality_name_en: str | None = column(
        "英語名", "Name in English", "Without City, Ward, Town or Village", default=None
    )
    prefecture_iso: str = column("都道府県ISO", "Prefecture", "ISO 3166-2, as JP-13")


@table("terms", "用語", "Terms", key=("measure_id", "normalized_form"))
class Term:
    """What a measure is about: the nouns of its passages and of those below it, the telling ones first."""

    measure_id: str = column(
        "施策ID", "Measure id", "The measure that the words are about", references="measures.measure_id"
    )
    document_id: str = column(
        "文書ID", "Document id", "The document that prints it", references="documents.document_id"
    )
    rank: int = column("順位", "Rank", "By weight within the measure, from 1")
    term: str = column("用語", "Term", "The spelling that the measure uses most")
    normalized_form: str = column(
        "正規化表記", "Normalised form", "One spelling for all spellings of a word; for searching, not for showing"
    )
    count: int = column("出現回数", "Count", "How often the measure's passages hold it")
    measure_count: int = column(
        "出現施策数", "Measures with the term", "How many measures of the same level and document hold it"
    )
    tf_idf: float = column(
        "重み（tf-idf）",
        "Weight (tf-idf)",
        "Share of the measure's nouns, times 1 + ln((1 + measures) / (1 + measures with the term)), to nine decimals",
    )


@table("series", "系列", "Series", key=("series_id", "fiscal_year", "role"))
class Series:
    """The same indicator over years and documents: one row per series, fiscal year and role."""

    series_id: str = column(
        "系列ID", "Series id", "Made of municipality, plan, measure and indicator as the earliest edition prints them"
    )
    municipality_code: str | None = column(
        "市区町村コード", "Municipality code", "Six digits with the check digit",
        references="municipalities.municipality_code", default=None,
    )  # fmt: skip
    plan_name: str | None = column("計画名", "Plan", "As printed", default=None)
    measure_name: str | None = column("施策名", "Measure", "As the latest edition prints it", default=None)
    indicator_name: str | None = column("指標名", "Indicator", "As the latest edition prints it", default=None)
    unit: str | None = column("単位", "Unit", "Of the value", default=None)
    fiscal_year: int | None = column("年度", "Fiscal year", "Null where none is printed", default=None)
    role: ObservationRole = column("種別", "Role", "Whether it was found, aimed at, reached or expected")
    value: float | None = column("値", "Value", "The number, as the latest edition prints it", default=None)
    value_text: str | None = column("値（原文）", "Value as printed", "As printed", default=None)
    observation_id: str = column(
        "観測ID", "Observation id", "Of the latest edition", references="observations.observation_id"
    )
    document_id: str = column("文書ID", "Document id", "The latest edition", references="documents.document_id")
    editions: int = column("掲載文書数", "Editions", "How many documents print it")
    revised: bool = column("改訂", "Revised", "Whether two editions print different values")
    first_value: float | None = column("初出の値", "First value", "As the earliest edition prints it", default=None)


@table("matches", "対応", "Matches", key=("series_id", "table_name", "record_id"))
class Match:
    """Which measure and indicator of one edition is which of another."""

    series_id: str = column("系列ID", "Series id", "The series that the record belongs to")
    table_name: MatchedTable = column("表", "Table", "The table of the record")
    record_id: str = column("レコードID", "Record id", "The values of the table's key, joined by |")
    method: MatchMethod = column("対応付けの方法", "Method", "What the match rests on")
    similarity: float = column("類似度", "Similarity", "0 to 1; 1 where code or name are equal")


Record = (
    DocumentRow | Measure | MeasureOrg | MeasureLink | Indicator | Observation | Grade | GradeScheme | GradeCount
    | Score | Passage | Token | Block | Provenance | Finding | Result | Municipality | Term
    | Series | Match
)  # fmt: skip

TABLES: tuple[TableDeclaration, ...] = tuple(
    declaration_of(record)
    for record in (
        DocumentRow, Measure, MeasureOrg, MeasureLink, Indicator, Observation, Grade, GradeScheme, GradeCount, Score,
        Passage, Token, Block, Provenance, Finding, Result, Municipality, Term, Series, Match,
    )
)  # fmt: skip


_KEY_OF: Mapping[type, Callable[[Record], object]] = {
    declaration.record: attrgetter(*declaration.key) for declaration in TABLES
}


def record_id(record: Record) -> str:
    """The values of a record's key, joined by ``|``: how provenance and findings name it. A null part is empty."""
    value = _KEY_OF[type(record)](record)
    if isinstance(value, tuple):
        return "|".join("" if part is None else str(part) for part in value)
    return "" if value is None else str(value)
