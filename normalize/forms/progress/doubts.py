"""What a progress table leaves open: columns in doubt, rows that are no programme, programmes that are told twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from normalize.document.text_span import Excerpt
from normalize.forms.progress.columns import Doubt
from normalize.statements.statement import Remark
from normalize.text.folding import squeeze
from schemas.messages import say
from schemas.records import Measure, Observation

_TOTALS: Final = frozenset({"合計", "小計", "計", "総計", "総合計", "平均", "平均値", "全体", "全体計"})
_REPRINT: Final = re.compile(r"\s*(?:[(（【\[〔]\s*再掲[^()（）【】\[\]〔〕]*[)）】\]〕]|[※＊*]\s*再掲)")


def is_total(text: str) -> bool:
    """Whether a cell heads a row of sums or means, and names nothing: 合計, but not 合計特殊出生率.

    >>> is_total("合 計"), is_total("合計特殊出生率")
    (True, False)
    """
    return squeeze(text).strip("()【】") in _TOTALS


def without_reprint(text: str) -> str:
    """The text of a programme with blanks where it says that it is printed again; as long as before.

    >>> without_reprint("朝市（開催数）（再掲） P.3")
    '朝市（開催数）     P.3'
    """
    return _REPRINT.sub(lambda match: " " * len(match[0]), text).rstrip()


def doubt_to_remark(doubt: Doubt) -> Remark:
    """The finding on a doubt, at the first of its headings."""
    heads = [cell.excerpt.printed for cell in doubt.heads]
    where, names = doubt.heads[0].excerpt, " / ".join(heads)
    if doubt.why == "part-of-year":
        return Remark(
            "part-year",
            "warning",
            say(
                "the numbers below {names} are of a part of the year or of several years; they were not read",
                names=names,
            ),
            where,
            expected="numbers of one whole fiscal year",
            observed=names,
        )
    if doubt.why == "year-out-of-line":
        return Remark(
            "impossible-year",
            "error",
            say("{names} is far from the other years of the header; what stands below it was not read", names=names),
            where,
            observed=names,
        )
    if doubt.why == "calendar-year":
        return Remark(
            "ambiguous",
            "warning",
            say("{names} may be a calendar year among fiscal years; what stands below it was not read", names=names),
            where,
            expected="a fiscal year, as the others",
            observed=names,
        )
    if doubt.why == "by-content":
        return Remark(
            "ambiguous",
            "note",
            say("{names} may be a grade or an actual; it holds numbers, and was read as the actual", names=names),
            where,
            observed=names,
        )
    return Remark(
        "ambiguous",
        "warning",
        say("{names}: it is not clear which of the columns of the year this is; it was not read", names=names),
        where,
        expected="one column each of targets, actuals and grades",
        observed=names,
    )


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme as far as it is read: the values of an earlier row of its name, and its own, by year and role."""

    original: str | None
    is_reprint: bool
    before: dict[tuple[int | None, str], Observation] | None
    told: dict[tuple[int | None, str], Observation]

    def differs(self, seen: Observation, where: Excerpt) -> Iterator[Remark]:
        """A finding where an earlier row of the same programme prints another value for the same year."""
        key = seen.fiscal_year, seen.role
        self.told.setdefault(key, seen)
        first = self.before.get(key) if self.before else None
        if first is None or (first.value, first.value_text) == (seen.value, seen.value_text):
            return
        yield Remark(
            "reprint-differs" if self.is_reprint else "ambiguous",
            "warning",
            say(
                "the programme is printed twice, with {first} and with {second}",
                first=first.value_text,
                second=seen.value_text,
            ),
            where,
            seen,
            "value",
            expected=first.value_text,
            observed=seen.value_text,
        )


@dataclass(slots=True)
class Programmes:
    """The programmes of a document by name and indicator, for telling the rows that repeat one."""

    _told: dict[tuple[str, str], tuple[str, dict[tuple[int | None, str], Observation]]] = field(default_factory=dict)

    def of(self, node: Measure, indicator: Excerpt, printed: str) -> Programme:
        """The programme of a row; `printed` is the whole of its cell. A reprint points at the first of its name."""
        key = squeeze(node.measure_name or ""), squeeze(indicator.text)
        is_reprint = _REPRINT.search(printed) is not None
        known = self._told.get(key)
        if known is None:
            own: dict[tuple[int | None, str], Observation] = {}
            self._told[key] = node.measure_id, own
            return Programme(None, is_reprint, None, own)
        return Programme(known[0] if is_reprint else None, is_reprint, known[1], {})
