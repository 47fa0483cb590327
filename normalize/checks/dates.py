"""date-outside-year: a report of a fiscal year that speaks of how things stood before that year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.statements.statement import Remark
from normalize.text.calendar import FIRST_MONTH, MonthMention, era_of, fiscal_years, month_mentions
from normalize.text.folding import squeeze
from schemas.messages import say
from schemas.records import Measure, Passage
from schemas.rows import Tables, rows_of

_REPORTS = ("done", "finding")
_AS_OF = re.compile(r"(?:末日?|上旬|中旬|下旬|初め|頭)?(?:時点|現在)")


def dates_outside_year(records: Tables) -> Iterator[Remark]:
    """As-of dates (時点, 現在) in the reports of a node that lie before the 1 April of its fiscal year.

    Only dates with a month count: 令和6年度末時点 names the year before on purpose.
    """
    years = {measure.measure_id: measure.fiscal_year for measure in rows_of(records, Measure)}
    for passage in rows_of(records, Passage):
        fiscal_year = years.get(passage.measure_id or "")
        if fiscal_year is None or passage.section not in _REPORTS:
            continue
        for mention in month_mentions(passage.text_raw):
            as_of = _AS_OF.match(squeeze(passage.text_raw[mention.end :]))
            if as_of and (mention.year, mention.month) < (fiscal_year, FIRST_MONTH):
                meant = _in_year(mention, fiscal_year)
                yield Remark(
                    "date-outside-year", "warning",
                    say(
                        "{text} is before fiscal year {year}, on which the text reports; {other} may be meant",
                        text=f"{mention.text}{as_of[0]}", year=fiscal_year, other=meant,
                    ),
                    record=passage, field_name="text_raw", expected=meant, observed=mention.text,
                )  # fmt: skip


def _in_year(mention: MonthMention, fiscal_year: int) -> str:
    """The same month in the fiscal year, written in the mention's own style."""
    year = fiscal_year if mention.month >= FIRST_MONTH else fiscal_year + 1
    written = next(iter(fiscal_years(mention.text)), None)
    if written is None or written.era is None:
        return f"{year}年{mention.month}月"
    return f"{written.era}{year - era_of(written.era).first_year + 1}年{mention.month}月"
