"""What the lines over a table say of all its numbers: their unit, and the year of those whose heads tell none."""

from __future__ import annotations

import re
from typing import Final

from normalize.cells.heads import HeadRole
from normalize.cells.vocabulary import unit_note
from normalize.cells.years import YearSense, years_named
from normalize.document.text_span import Excerpt, Place
from normalize.forms.general.around.line_labels import LONGEST_HEADING
from normalize.forms.general.around.lines import segments
from normalize.forms.general.around.titles import is_real_table
from normalize.forms.general.heads.in_cells import Storeys, storeys_in
from normalize.text.folding import narrow, squeeze
from normalize.text.quantities import MONEY
from schemas.codes.signs import leading
from schemas.document import Document, Line, Table

_HEADED: Final = re.compile(r"\s*(?:[(（]?[0-9０-９]{1,2}[)）.．、\s]|[①-⑳ⅠⅡⅢⅣⅤⅥ【〈《＜" + leading("heading") + "])")
"""How a line begins that is the heading of what follows, and no title of the document."""

_STANDING: Final = re.compile("末|現在|時点")
_AS_OF: Final = re.compile(r"[(（][^()（）]*年度(?:末(?:現在|時点)?|実績|(?:決算|予算)額?)[)）]\s*$")
"""How a line ends that says of when the numbers below it are: 進捗状況（令和4年度末）."""

_SPENT_FIRST: Final = re.compile(
    r"(?:(?:令和|平成)(?:元|\d{1,2})|[RH]\d{1,2}|\d{4})年度?の?(?:(?:決算|予算)額?の|(?:財源)?内訳)"
)
"""How a line begins, between the tables of a form, that says what the amounts below are of: 令和4年度決算の財源内訳."""

_CLOSING: Final = re.compile(r"[(（【〈［\[][^()（）【】〈〉\[\]［］]*[)）】〉\]］]\s*$")
_UNIT_BEHIND: Final = re.compile(r"\s*[(（]?単位\s*[:：][^()（）]{1,8}[)）]?\s*$")

_NOT_OF: Final = re.compile("以降|以後|以前|から|まで|[~→]|作成|策定|改[定訂]|開始|見直し|参考|前年度?比|比較|※")
"""Words that make the year of a line another one than that of the numbers below."""

_NEAR: Final = 4
"""So many items behind a table are searched for its unit: a page's foot and its next head may stand between."""

_AMOUNTS: Final = re.compile(
    r"(?P<amounts>(?:財政)?効果額|削減額|節減額|増収額)(?:の?(?:一覧|状況|推移|実績|内訳)|$|[\s(（])"
)
"""What a title says that the amounts of its table are."""

_SPENT: Final = re.compile("決算|実績|執行|結果")
_RESULTS: Final = re.compile(r"実績(?:値|数値)?(?:の推移|一覧|等)?[】〉》＞)）]?$")
_PLANNED: Final = re.compile("予算|計画|見込|目標|要求")


def year_over(document: Document, index: int, sense: YearSense) -> tuple[int, HeadRole | None, Excerpt] | None:
    """The year that the heading right over a table names, and the role: ■ 構成する事務事業（令和５年度決算）."""
    for number in range(index - 1, -1, -1):
        item = document.items[number]
        if not isinstance(item, Line) or item.role != "body":
            return None
        text = Excerpt.of(item.text, Place(number)).strip()
        is_caption = _SPENT_FIRST.match(squeeze(item.text)) and any(map(is_real_table, document.items[:number]))
        is_note = _noted(item.text, number) is not None and not _AS_OF.search(_UNIT_BEHIND.sub("", item.text))
        if is_note and not _HEADED.match(item.text) and not is_caption:
            continue
        is_of_year = is_caption or _HEADED.match(item.text) or _AS_OF.search(_UNIT_BEHIND.sub("", item.text))
        return year_of_caption(text, sense) if is_of_year else None
    return None


def tells_results(document: Document, index: int) -> bool:
    """Whether the heading right over a table says that its numbers were found: 【実績の推移】."""
    before = document.items[index - 1] if index else None
    if not isinstance(before, Line) or before.role != "body" or not _HEADED.match(before.text):
        return False
    return _RESULTS.search(squeeze(before.text)) is not None and _PLANNED.search(before.text) is None


def storeys_over(document: Document, index: int) -> Storeys | None:
    """The roles of two numbers in one cell, as a line over the table tells, or one right below it."""
    for number in range(index - 1, -1, -1):
        item = document.items[number]
        if not isinstance(item, Line):
            break
        if (found := storeys_in(Excerpt.of(item.text, Place(number)))) is not None:
            return found
    below = document.items[index + 1] if index + 1 < len(document.items) else None
    return storeys_in(Excerpt.of(below.text, Place(index + 1))) if isinstance(below, Line) else None


def year_of_caption(text: Excerpt, sense: YearSense) -> tuple[int, HeadRole | None, Excerpt] | None:
    """The one year that a heading is of, and the role of its numbers where it tells one.

    >>> from normalize.document.text_span import Place
    >>> sense = YearSense(1996, 2035)
    >>> def read(text):
    ...     found = year_of_caption(Excerpt.of(text, Place(0)), sense)
    ...     return found[:2] if found else None
    >>> read("■ 主な事業（令和５年度決算）"), read("平成28年度の財源内訳（千円）"), read("２　令和５年度以降の計画")
    ((2023, 'actual'), (2016, None), None)
    >>> read("子ども計画　指標一覧（令和5年度末現在）"), read("実施計画（令和5年度予算）")
    ((2023, None), (2023, 'forecast'))
    """
    text = text.slice(0, unit.start()) if (unit := _UNIT_BEHIND.search(text.text)) else text
    plain = squeeze(narrow(text.text))
    if not plain or len(plain) > LONGEST_HEADING or "。" in plain or _NOT_OF.search(plain) or years_named(plain) != 1:
        return None
    closing = _CLOSING.search(text.text)
    bare = re.sub(r"^(?:[(]?[0-9]{1,2}[).、]|[①-⑳【〈《" + leading("heading") + "])*", "", plain)
    leads = re.match(r"(?:令和|平成|昭和|[RHS])?(?:元|[0-9]{1,4})年度?|[RH][0-9]{1,2}", bare)
    year = sense.year_of(closing[0] if closing and years_named(squeeze(closing[0])) else bare)
    if year is None or not (leads or (closing and years_named(squeeze(closing[0])))):
        return None
    spent = _SPENT.search(plain)
    # 子ども計画 指標一覧（令和5年度末現在）: what is so at the end of a year is not planned, whatever the title says.
    planned = None if closing and _STANDING.search(closing[0]) else _PLANNED.search(plain)
    role: HeadRole | None = None if bool(spent) == bool(planned) else "actual" if spent else "forecast"
    return year, role, text


def unit_over(document: Document, index: int) -> tuple[str, Excerpt] | None:
    """The unit that a line over a table names: （単位：千円）. Else that of its page, if there is one; what stands over
    another table further down is of that one."""
    page = document.items[index].page
    for number in range(index - 1, -1, -1):
        item = document.items[number]
        if is_real_table(item):
            break
        if isinstance(item, Line) and (found := _noted(item.text, number) or _money_of_title(item.text, number)):
            return found
    body = [
        number for number in range(index + 1, min(index + 1 + _NEAR, len(document.items)))
        if not (isinstance(item := document.items[number], Line) and item.role != "body")
    ]  # fmt: skip
    following = document.items[body[0]] if body else None
    if isinstance(following, Line) and re.fullmatch(r"[(（]?単位.*", squeeze(following.text)):
        after = document.items[body[1]] if len(body) > 1 else None
        noted = _noted(following.text, body[0])
        is_inside = isinstance(item := document.items[index], Table) and following.page in _later_pages(item)
        if noted is not None and "円" in noted[0] and (is_inside or not isinstance(after, Table)):
            return noted
    notes = {
        found[0]: found[1]
        for number, item in enumerate(document.items)
        if isinstance(item, Line)
        and item.page == page
        and (found := _noted(item.text, number)) is not None
        and "円" in found[0]
        and (number < index or not _is_over_table(document, number))
    }
    return next(iter(notes.items())) if len(notes) == 1 else None


def money_over(document: Document, index: int) -> Excerpt | None:
    """What the nearest line over a table says that its amounts are: 行政改革大綱　効果額一覧."""
    for number in range(index - 1, -1, -1):
        item = document.items[number]
        if is_real_table(item):
            return None
        if isinstance(item, Line) and (found := _AMOUNTS.search(item.text)) is not None:
            return Excerpt.of(item.text, Place(number)).slice(*found.span("amounts"))
    return None


def _is_over_table(document: Document, number: int) -> bool:
    """Whether the next thing behind a line is a table."""
    behind = document.items[number + 1] if number + 1 < len(document.items) else None
    return isinstance(behind, Table) and is_real_table(behind)


def _later_pages(table: Table) -> set[int]:
    """The pages behind its first that a table goes on on."""
    return {fragment.page for cell in table.cells for fragment in cell.fragments} - {table.page}


def _money_of_title(text: str, number: int) -> tuple[str, Excerpt] | None:
    """The unit of money in brackets at the end of the title over a table: 事業費の推移（千円）."""
    title = Excerpt.of(text, Place(number))
    note = re.search(r"[(（]\s*(?:単位\s*[:：]?\s*)?(" + MONEY + r")\s*[)）]\s*$", text)
    return (squeeze(note[1]), title) if note and len(squeeze(text)) <= LONGEST_HEADING and "。" not in text else None


def _noted(text: str, number: int) -> tuple[str, Excerpt] | None:
    """The unit that a part of a line names: （単位：千円）, 千円単位, （千円）."""
    for part in segments(Excerpt.of(text, Place(number))):
        named = re.search(r"単位|(?:金額|表示)[:：]", part.text)
        is_note = named or re.fullmatch(r"\s*[(（][^()（）]{1,6}[)）]\s*", part.text)
        if is_note and (note := unit_note(part.text)) is not None:
            return note, part
    return None
