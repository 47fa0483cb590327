"""What a document says of itself as a whole: its title, its plan, its year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from normalize.document.text_span import Excerpt, Place
from normalize.records.passages import items_of, passages
from normalize.statements.statement import Label, Statement, entry
from normalize.text.folding import clean, narrow
from schemas.document import Document, Line
from schemas.records import DocumentRow

# A plan's name ends where its kind is named: 第三期武蔵野市産業振興計画, あきる野市商工業振興プラン.
_PLAN = re.compile(r"[^\s《》「」『』]*?(?:マスタープラン|計画|プラン|ﾌﾟﾗﾝ|戦略|ビジョン|ﾋﾞｼﾞｮﾝ|構想|方針)")


def plan_name_of(title: Excerpt) -> Excerpt | None:
    """The plan that a title names: its words up to the kind of plan.

    >>> from normalize.document.text_span import Place
    >>> plan_name_of(Excerpt.of("港町商工業振興プラン 令和5年度～進捗状況まとめ", Place(0))).text
    '港町商工業振興プラン'
    """
    match = _PLAN.search(narrow(title.text))
    return title.group(match) if match else None


def about(
    document: Document,
    *,
    title: Sequence[Excerpt] = (),
    plan_name: Sequence[Excerpt | None] = (),
    fiscal_year: int | None = None,
    fiscal_year_text: Sequence[Excerpt] = (),
    plan_start_fy: int | None = None,
    plan_end_fy: int | None = None,
    term: Sequence[Excerpt] = (),
    issued_text: Excerpt | None = None,
) -> Iterator[Statement]:
    """The document's own row. What only the reading knows (layout, status, coverage) is filled in by the collector."""
    plans = [plan for plan in plan_name if plan]
    row = DocumentRow(
        document_id=document.document_id,
        sha256=document.sha256,
        source_name=document.source_name,
        media_type=document.media_type,
        size_bytes=document.size_bytes,
        page_count=len(document.pages) or None,
        plan_name=clean(plans[0].text) if plans else None,
        title=clean(title[0].text) if title else None,
        fiscal_year=fiscal_year,
        fiscal_year_text=fiscal_year_text[0].printed if fiscal_year_text else None,
        plan_start_fy=plan_start_fy,
        plan_end_fy=plan_end_fy,
        issued_text=issued_text.printed if issued_text else None,
        status="converted",
        reader=document.reader,
    )
    yield entry(
        row,
        title=list(title),
        plan_name=plans,
        fiscal_year=list(fiscal_year_text) if fiscal_year is not None else None,
        fiscal_year_text=list(fiscal_year_text),
        plan_start_fy=list(term) if plan_start_fy is not None else None,
        plan_end_fy=list(term) if plan_end_fy is not None else None,
        issued_text=issued_text,
    )


def cover_to_statements(document: Document, end: int) -> Iterator[Statement]:
    """The lines before the item `end` of a document, its cover: labels that say nothing; sentences are background."""
    for at, item in enumerate(document.items[:end]):
        if isinstance(item, Line) and item.role == "body" and item.text.strip():
            line = Excerpt.of(item.text, Place(at)).strip()
            if "。" in line.text:
                yield from passages(items_of(line), document.document_id, "background")
            else:
                yield Label(line)
