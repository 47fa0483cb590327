"""What would be wrong with a record, if it was to say a fact: measure, indicator, year, role, amount, unit, subject."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from schemas.records import Grade, MeasureOrg, Observation
from tests.forms.comparing import amounts_fit, fold, names_fit, roles_of, units_fit
from tests.forms.model import Fact
from tests.forms.said import Said

_MARKS = re.compile("^[・･○◯〇●□■☐☑◎](?=.)")
_EVALUATORS = (
    (re.compile("一次|1次|自己|担当課|所属長|課内"), "self"),
    (re.compile("二次|2次|内部|庁内|部長|調整委員会"), "internal"),
    (re.compile("外部|第三者|有識者"), "external"),
    (re.compile("審議会|委員会|協議会|推進会議"), "council"),
)
_MERE = ("評価", "総合評価", "判定", "評定")


@dataclass(frozen=True, slots=True)
class Page:
    """What the fits need to know of a whole form."""

    facts: tuple[Fact, ...]
    titles: tuple[str, ...]
    nodes: tuple[str, ...]

    @property
    def years(self) -> set[int]:
        return {int(fact.value) for fact in self.facts if fact.field == "document_fiscal_year"}

    def years_fit(self, fact: Fact, year: int | None) -> bool:
        return year == fact.year or (fact.year is None and year in self.years)

    def node(self, fact: Fact, node: str) -> set[str]:
        if not fact.measure:
            return set() if not node or any(fold(node) in fold(title) for title in self.titles) else {"measure"}
        if not node:
            return {"measure none"}
        return set() if names_fit(fact.measure, node) else {"measure"}

    def parents_fit(self, fact: Fact, above: Sequence[str]) -> bool:
        """The printed chain, of which levels that no record tells may be left out; or none told."""
        chain: list[str] = []
        name = fact.measure
        while name and name not in chain:
            chain.append(name)
            name = next((other.measure for other in self.facts if _is_node(other) and other.text == name), "")
        at = 0
        for given in above:
            while at < len(chain) and not names_fit(chain[at], given):
                if any(names_fit(chain[at], node) for node in self.nodes):
                    return False
                at += 1
            if at == len(chain):
                return False
            at += 1
        return True

    def is_sole(self, fact: Fact) -> bool:
        """Whether its measure is judged in no other respect."""
        return (
            len(
                {
                    (other.labels, other.name)
                    for other in self.facts
                    if other.field == fact.field and other.measure == fact.measure and not other.unit and not other.also
                }
            )
            <= 1
        )


def _is_node(fact: Fact) -> bool:
    return fact.field in ("measure_name", "policy_name")


def _fit_document(_page: Page, fact: Fact, record: Said) -> set[str]:
    if (fact.field == "municipality_code") != (record.name == "municipality_code"):
        return {"invented"}
    return set() if str(record.row) == fact.value else {"value"}


def _fit_measure(page: Page, fact: Fact, record: Said) -> set[str]:
    if not names_fit(fact.text, record.name):
        return {"invented"}
    return set() if page.parents_fit(fact, record.parents) else {"parent"}


def _fit_org(page: Page, fact: Fact, record: Said) -> set[str]:
    row = record.row
    assert isinstance(row, MeasureOrg)
    wrong = page.node(fact, record.node)
    if not names_fit(fact.text, record.name):
        wrong.add("invented")
    if row.role != ("responsible" if fact.field == "responsible_org" else "participating"):
        wrong.add("role")
    return wrong


def _fit_indicator(page: Page, fact: Fact, record: Said) -> set[str]:
    wrong = page.node(fact, record.node)
    if not names_fit(fact.name, record.name, fact.labels):
        wrong.add("invented")
    if not units_fit(fact, record.unit):
        wrong.add("unit")
    return wrong


def _fit_observation(page: Page, fact: Fact, record: Said) -> set[str]:
    row = record.row
    assert isinstance(row, Observation)
    wrong = page.node(fact, record.node)
    if not names_fit(fact.name, record.name, fact.labels):
        wrong.add("indicator")
    if row.role not in roles_of(fact):
        wrong.add("role")
    if not page.years_fit(fact, row.fiscal_year) and not (row.fiscal_year is None and row.deadline_fy == fact.year):
        wrong.add("year")
    if not amounts_fit(fact, row, record.unit):
        wrong.add("amount")
    if not units_fit(fact, record.unit):
        wrong.add("unit")
    return wrong


def is_kept(page: Page, fact: Fact, record: Said) -> bool:
    """Whether a record leaves the number of a fact open and keeps its print: neither found nor false."""
    row = record.row
    if not isinstance(row, Observation) or row.value is not None or not fact.value or fact.field == "cost":
        return False
    same = fold(row.value_text or "") in {fold(text) for text in (fact.text, fact.printed) if text}
    fits = (
        names_fit(fact.name, record.name, fact.labels)
        and row.role in roles_of(fact)
        and not page.node(fact, record.node)
    )
    return same and fits and (row.fiscal_year is None or page.years_fit(fact, row.fiscal_year))


def _evaluator(text: str) -> str:
    return next((who for words, who in _EVALUATORS if words.search(fold(text))), "")


def _subject_fits(page: Page, fact: Fact, record: Said, evaluator: str | None) -> bool:
    who = _evaluator("".join((*fact.labels, fact.name)))
    if evaluator and who and evaluator not in (who, "council" if who == "external" else who):
        return False
    if not record.name:
        return bool(fact.unit) or fold(fact.name) in _MERE or (bool(who) and evaluator == who) or page.is_sole(fact)
    labels = [label for label in (fact.unit, *fact.labels) if label and not label.startswith("(")]
    near = [label for label in labels if not _evaluator(label)]
    return names_fit(fact.name, record.name, fact.labels) or any(names_fit(label, record.name) for label in near)


def _fit_grade(page: Page, fact: Fact, record: Said) -> set[str]:
    row = record.row
    assert isinstance(row, Grade)
    wrong = page.node(fact, record.node)
    if fact.unit and not names_fit(fact.unit, record.judged or record.name):
        wrong.add("indicator" if record.judged else "indicator none")
    if not fact.unit and record.judged:
        wrong.add("indicator")
    if not _subject_fits(page, fact, record, row.evaluator):
        wrong.add("subject")
    marks = {_mark(text) for text in (row.grade, row.grade_text) if text}
    if not {_mark(text) for text in (fact.value, fact.text) if text} & marks:
        wrong.add("mark")
    if not page.years_fit(fact, row.fiscal_year):
        wrong.add("year")
    return wrong


def _mark(text: str) -> str:
    return fold(_MARKS.sub("", text.strip()))


_Fit = Callable[[Page, Fact, Said], set[str]]
FITS: dict[str, tuple[tuple[str, ...], _Fit]] = {
    "documents": (("municipality_code", "document_fiscal_year"), _fit_document),
    "measures": (("measure_name", "policy_name"), _fit_measure),
    "measure_orgs": (("responsible_org", "participating_org"), _fit_org),
    "indicators": (("indicator",), _fit_indicator),
    "observations": (("target", "actual", "expected", "difference", "cost"), _fit_observation),
    "grades": (("grade", "direction"), _fit_grade),
}
