"""The year of the projects that a document evaluates: from what is printed of it, and not where two years compete."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from normalize.document.text_span import Excerpt
from normalize.forms.general.facts import Text
from normalize.forms.general.years import YearSense
from normalize.text.calendar import fiscal_years
from normalize.text.folding import narrow

_OF_THE_PROJECT: Final = re.compile(
    r"""\s*+ (?:中|の)? \s*+
    (?: 実施(?!計画|予定|要領|要綱|方針)
      | (?:事務)?事業
        (?! の?(?:評価|計画|概要|報告|点検|検証|見直|仕分|マネジメント|管理|レビュー|カルテ|シート|一覧|進捗) )
      | 新規 | 実績 | 決算 | 分(?![析野類担]) | 対象(?!年度) | 取組(?!計画|予定) )""",
    re.VERBOSE,
)
"""What follows the year of the projects in a title: 令和６年度実施事業, but not 令和７年度 事業評価書."""


@dataclass(frozen=True, slots=True)
class DocumentYear:
    """The year, and the texts that print it; both stay empty where none is printed or two compete."""

    year: int | None
    sources: tuple[Excerpt, ...]


def document_year(
    values: Iterable[Text], name_labels: Iterable[Excerpt], titles: Iterable[Excerpt], graded: Iterable[Text],
    years: YearSense,
) -> DocumentYear:  # fmt: skip
    """The printed 対象年度, the year in the label of a project's name or in a title before 実施事業 and the like.

    Where none of them is printed, the last year that a table grades. A year of evaluation or of issue is neither.
    """
    texts = [*(value.value for value in values if value.field == "fiscal_year"), *name_labels]
    found = [(year, text) for text in texts if (year := years.year_of(text.text)) is not None]
    found += [found_in for title in titles for found_in in _years_of_projects(title)]
    if not found:
        last = max(
            ((fact.year, fact.year_source) for fact in graded if fact.year and fact.year_source),
            default=None,
            key=lambda pair: pair[0],
        )
        return DocumentYear(last[0], (last[1],)) if last else DocumentYear(None, ())
    if len({year for year, _ in found}) > 1:
        return DocumentYear(None, ())
    return DocumentYear(found[0][0], tuple(dict.fromkeys(source for _, source in found)))


def _years_of_projects(title: Excerpt) -> list[tuple[int, Excerpt]]:
    plain = narrow(title.text)
    return [
        (mention.year, title.slice(mention.start, mention.end))
        for mention in fiscal_years(title.text)
        if mention.is_fiscal and _OF_THE_PROJECT.match(re.sub(r"^年度", "", plain[mention.end :]))
    ]
