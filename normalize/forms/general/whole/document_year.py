"""The year of the projects that a document evaluates: from what is printed of it, and not where two years compete."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from normalize.cells.years import YearSense
from normalize.document.text_span import Excerpt
from normalize.forms.general.facts import Number
from normalize.text.calendar import fiscal_years, month_mentions
from normalize.text.folding import narrow, squeeze

_OF_THE_PROJECT: Final = re.compile(
    r"""(?:年度)? [)）]? \s*+ (?:中|の|に)? \s*+
    (?: 実施(?!計画|予定|要領|要綱|方針)
      | (?:事務)?事業(?:分)?(?=\s*[)）]|\s*$|\s*分)
      | 新規 | 実績 | 決算 | 分(?![析野類担]) | 対象(?!年度) | 取組(?!計画|予定)
      | 事後 | 末現在 | 末時点 | 成果 | 事業効果 | 効果検証 )""",
    re.VERBOSE,
)
"""What follows the year of the projects in a title: 令和６年度実施事業, but not 令和７年度 事業評価書."""

_TARGETED: Final = re.compile(r"対象(?:年度|期間|事業)?\s*[:：]\s*$")
"""What stands before the year of the projects in a title: （対象：令和５年度）."""

_MADE_IN: Final = re.compile(r"(?:年度)?\s*実施\s*[(（〈【]")
"""What follows the year in which was evaluated, before that of the projects: 令和6年度実施（令和5年度事業）."""

_SHEET: Final = re.compile("シート|評価[書表票]|調書|カルテ|マネジメント")
_EDITION: Final = re.compile(r"^年度?\s*(?:版|発行|改訂|改定|策定|作成|公表|開始|当初予算|予算)")


@dataclass(frozen=True, slots=True)
class DocumentYear:
    """The year, and the texts that print it. Where two years compete, none, and `rivals` names both.

    `known_until` is the last year that lies behind the document, or the year it was made: what stands under a mere year
    before it was found, behind it is planned. `until_is_known` tells that this year itself is reported on.
    """

    year: int | None
    sources: tuple[Excerpt, ...]
    rivals: tuple[tuple[int, Excerpt], ...] = ()
    known_until: int | None = None
    until_is_known: bool = False


@dataclass(frozen=True, slots=True)
class TitleYears:
    """The years of titles: those of the projects, those of the sheet, and the last day that the document prints."""

    of_projects: tuple[tuple[int, Excerpt], ...]
    of_sheet: tuple[tuple[int, Excerpt], ...]
    issued: int | None
    is_sheet: bool

    @property
    def only(self) -> int | None:
        """The one year that they name; None where they name two, or none."""
        years = {year for year, _ in (*self.of_projects, *self.of_sheet)}
        return years.pop() if len(years) == 1 else None

    @property
    def known_until(self) -> int | None:
        """The year up to which the document can look back."""
        for years in (self.of_projects, self.of_sheet):
            if years:
                return max(year for year, _ in years)
        return self.issued


def title_years(titles: Iterable[Excerpt], dates: Iterable[str], sense: YearSense) -> TitleYears:
    """The years that titles print, each with what is said of it."""
    of_projects: list[tuple[int, Excerpt]] = []
    of_sheet: list[tuple[int, Excerpt]] = []
    of_budget: list[tuple[int, Excerpt]] = []
    texts = list(titles)
    for title in texts:
        plain = narrow(title.text)
        mentions = [m for m in fiscal_years(title.text, None) if not (m.impossible or _is_date(title.text, m.start))]
        bare = re.match(r"\s*(?:[RHS]?\d{1,2}|\d{1,2}年度)", plain)
        if not mentions and bare and (year := sense.year_of(squeeze(plain))) is not None:
            of_sheet.append((year, title))
            continue
        spans = [m for m in mentions if not re.match(r"\s*(?:~|から|-|→|・)\s*\S", plain[m.end :])]
        spans = [m for m in spans if not re.search(r"(?:~|から|-|→|・)\s*$", plain[: m.start])]
        for mention in spans:
            behind = plain[mention.end :]
            printed = title.slice(mention.start, mention.end)
            if edition := _EDITION.match("年度" + behind) or _EDITION.match(behind):
                if edition[0].endswith("予算"):
                    of_budget.append((mention.year, printed))
                continue
            if not mention.is_fiscal and not re.fullmatch(r"[RHS]\d{1,2}|令和.*|平成.*", squeeze(mention.text)):
                continue
            closed = re.search(r"[(（〈【]\s*(?:対象\s*[:：]?\s*)?$", plain[: mention.start]) is not None
            named = _TARGETED.search(plain[: mention.start]) is not None
            is_made = not closed and len(spans) > 1 and _MADE_IN.match(behind)
            is_project = _OF_THE_PROJECT.match(behind) is not None and not is_made
            if is_project or named or (closed and len(spans) > 1):
                of_projects.append((mention.year, printed))
            else:
                of_sheet.append((mention.year, printed))
    days = [month.fiscal_year for text in dates for month in month_mentions(text) if month.day is not None]
    return TitleYears(
        tuple(of_projects),
        tuple(of_sheet) if of_projects or of_sheet else tuple(of_budget),
        max(days, default=None),
        any(_SHEET.search(title.text) for title in texts),
    )


def document_year(
    labelled: Sequence[tuple[int, Excerpt]],
    titles: TitleYears,
    actuals: Iterable[int],
    graded: Sequence[tuple[int, Excerpt]],
) -> DocumentYear:
    """The printed 対象年度, the year of the projects in a title, the year of the sheet where the table agrees with it.

    `actuals` are the years in which the tables print that something was found; the last of them settles between two. A
    sheet's own year with nothing but results of the year before is in doubt: it may be the year in which it was made.
    """
    last = max(actuals, default=None)
    found = list(labelled) or list(titles.of_projects)
    years = {year for year, _ in found}
    if len(years) == 1:
        year = years.pop()
        return DocumentYear(year, _sources(found, year), known_until=year, until_is_known=True)
    if len(years) > 1:
        if last in years:
            return DocumentYear(last, _sources(found, last), known_until=last, until_is_known=True)
        return DocumentYear(None, (), tuple(found), known_until=max(years))
    sheet = list(titles.of_sheet)
    years = {year for year, _ in sheet}
    if len(years) > 1 and last in years:
        return DocumentYear(last, _sources(sheet, last), known_until=last, until_is_known=True)
    if len(years) > 1:
        return DocumentYear(None, (), tuple(sheet), known_until=max(years))
    if len(years) == 1:
        year = years.pop()
        if last is not None and last < year:
            return DocumentYear(None, (), (*sheet, *((last, text) for _, text in sheet[:1])), known_until=year)
        return DocumentYear(year, _sources(sheet, year), known_until=year, until_is_known=True)
    if graded:
        year = max(year for year, _ in graded)
        return DocumentYear(year, _sources(graded, year), known_until=titles.issued)
    return DocumentYear(None, (), known_until=titles.issued)


def last_found(numbers: Iterable[Number]) -> int | None:
    """The year up to which the numbers of a document look back, where no title tells it.

    It is the last year whose number is said to be found (実績, 決算), where the next one's is said to be planned (目標,
    予算), and the same for all of which both are told.
    """
    found: dict[str, set[int]] = {}
    planned: dict[str, set[int]] = {}
    for number in numbers:
        if number.year is None or number.role_source is None:
            continue
        of_role = found if number.role == "actual" else planned if number.role in {"target", "forecast"} else {}
        of_role.setdefault(squeeze(number.name.text), set()).add(number.year)
    last = {max(years) for name, years in found.items() if max(years) + 1 in planned.get(name, ())}
    return last.pop() if len(last) == 1 else None


def _sources(found: Sequence[tuple[int, Excerpt]], year: int | None) -> tuple[Excerpt, ...]:
    return tuple(dict.fromkeys(text for of, text in found if of == year))


def _is_date(text: str, start: int) -> bool:
    return any(month.start == start for month in month_mentions(text))
