"""The year of the projects that a document evaluates: from what is printed of it, and not where two years compete."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from normalize.cells.years import YearSense
from normalize.document.text_span import Excerpt
from normalize.forms.general.facts import Number
from normalize.text.calendar import YearMention, fiscal_years, month_mentions
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


_BARE_YEAR: Final = re.compile(r"\s*(?:[RHS]?\d{1,2}|\d{1,2}年度)")
"""A year without its era, at the beginning of a title: ６年度 事業評価."""

_BEGINS_PERIOD: Final = re.compile(r"\s*(?:~|から|-|→|・)\s*\S")
"""What follows the first year of a period."""

_ENDS_PERIOD: Final = re.compile(r"(?:~|から|-|→|・)\s*$")
"""What stands before the last year of a period."""

_ERA_YEAR: Final = re.compile(r"[RHS]\d{1,2}|令和.*|平成.*")
"""A year that is told by its era, so that it needs no 年度 behind it: R6."""

_OPENS_BRACKET: Final = re.compile(r"[(（〈【]\s*(?:対象\s*[:：]?\s*)?$")
"""What stands before a year in brackets: （令和5年度）, （対象：令和5年度）."""

_OfWhat = Literal["projects", "sheet", "budget"]


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
    texts = list(titles)
    found: dict[_OfWhat, list[tuple[int, Excerpt]]] = {"projects": [], "sheet": [], "budget": []}
    for title in texts:
        for of_what, year, printed in _years_of_title(title, sense):
            found[of_what].append((year, printed))
    days = [month.fiscal_year for text in dates for month in month_mentions(text) if month.day is not None]
    of_projects, of_sheet = found["projects"], found["sheet"]
    return TitleYears(
        tuple(of_projects),
        tuple(of_sheet if of_projects or of_sheet else found["budget"]),
        max(days, default=None),
        any(_SHEET.search(title.text) for title in texts),
    )


def _years_of_title(title: Excerpt, sense: YearSense) -> Iterator[tuple[_OfWhat, int, Excerpt]]:
    """The years of a title with their print, and what each is the year of."""
    plain = narrow(title.text)
    mentions = [m for m in fiscal_years(title.text, None) if not (m.impossible or _is_date(title.text, m.start))]
    if not mentions and _BARE_YEAR.match(plain) and (year := sense.year_of(squeeze(plain))) is not None:
        yield "sheet", year, title
    single = [
        m for m in mentions if not _BEGINS_PERIOD.match(plain, m.end) and not _ENDS_PERIOD.search(plain[: m.start])
    ]
    for mention in single:
        of_what = _year_of_what(plain, mention, is_only=len(single) == 1)
        if of_what is not None:
            yield of_what, mention.year, title.slice(mention.start, mention.end)


def _year_of_what(plain: str, mention: YearMention, *, is_only: bool) -> _OfWhat | None:
    """What a year in a title is the year of, by the words around it; None for an edition, and for a mere number."""
    before, behind = plain[: mention.start], plain[mention.end :]
    if edition := _EDITION.match("年度" + behind) or _EDITION.match(behind):
        return "budget" if edition[0].endswith("予算") else None
    if not mention.is_fiscal and not _ERA_YEAR.fullmatch(squeeze(mention.text)):
        return None
    is_closed = _OPENS_BRACKET.search(before) is not None
    is_made = not is_closed and not is_only and _MADE_IN.match(behind) is not None
    if _TARGETED.search(before) or (is_closed and not is_only):
        return "projects"
    return "projects" if _OF_THE_PROJECT.match(behind) and not is_made else "sheet"


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
