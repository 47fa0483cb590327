"""What a reader said, held against the facts of a form: which facts are found, which records are false, which silently.

The rules are those of a strict count. A record must be supported by a fact on the right measure, indicator, year and
role, with the right amount and unit; each supports one. A false one is silent unless a warning or an error names it or
a block that it comes from. A right one that is named all the same is warned of.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from schemas.declare import declaration_of
from schemas.records import (
    Block,
    DocumentRow,
    Finding,
    Grade,
    Indicator,
    Measure,
    MeasureOrg,
    Observation,
    Passage,
    Provenance,
    record_id,
)
from schemas.tables import Tables as Records
from tests.forms.model import Fact, Form

_R = TypeVar("_R")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | {"〜": "~"})
_NUMERAL = r"(?:\d+|(?<![A-Za-z])[IVX]+(?![A-Za-z])|(?<![A-Za-z])[A-Z](?![A-Za-z]))"
_LEAD = re.compile(rf"^(?:\({_NUMERAL}\)|第?{_NUMERAL}(?:[-.]{_NUMERAL})*[章節款項目]?|[-.:・])+(?=[^-.:・\d])")
_TAIL = re.compile(r"(?:\([^()]*\)|【[^【】]*】|〔[^〔〕]*〕|〈[^〈〉]*〉|※.*|[…・=+]+\d*)+$")
_MULTIPLE = re.compile("^(千|万|百万|億)(?=.)")
_MULTIPLES = {"千": 1e3, "万": 1e4, "百万": 1e6, "億": 1e8}
_MARKS = re.compile("^[・･○◯〇●□■☐☑◎](?=.)")
_SIGNS = {"以上": ">=", "以下": "<=", "未満": "<", "超": ">", "約": "~"}
_YEN = ("円", "千円", "万円", "百万円")
_EVALUATORS = (
    (re.compile("一次|1次|自己|担当課|所属長|課内"), "self"),
    (re.compile("二次|2次|内部|庁内|部長|調整委員会"), "internal"),
    (re.compile("外部|第三者|有識者"), "external"),
)
_MERE = ("評価", "総合評価", "判定", "評定")


@dataclass(frozen=True, slots=True)
class Said:
    """A record with what it says in words: the node it hangs on, its name, the texts of its evidence."""

    table: str
    identity: str
    node: str
    name: str
    row: object
    parents: tuple[str, ...] = ()
    unit: str = ""
    judged: str = ""
    texts: tuple[str, ...] = ()
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    kind: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class FalseRecord:
    """A record that no fact supports, with the kind of block that it comes from and the nearest fact."""

    kind: str
    said: Said
    wrong: str
    nearest: Fact | None

    @property
    def is_silent(self) -> bool:
        return not self.said.is_named


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one form. `found` and `right` are kinds of blocks, one for each fact found or record supported."""

    asked: tuple[str, ...]
    found: tuple[str, ...]
    right: tuple[str, ...]
    warned: tuple[str, ...]
    missing: tuple[Missing, ...]
    false: tuple[FalseRecord, ...]

    @property
    def silent(self) -> tuple[FalseRecord, ...]:
        return tuple(each for each in self.false if each.is_silent)


# --- Names, units, amounts


@cache
def fold(text: str) -> str:
    """Text as it is compared: NFKC, one kind of dash, no white space, no quotation marks around the whole."""
    short = "".join(unicodedata.normalize("NFKC", text).translate(_DASHES).split())
    return short[1:-1] if re.fullmatch("「[^「」]*」", short) else short


@cache
def cores(name: str) -> frozenset[str]:
    """A name as it stands, without its leading code, without its bracket remarks, without both.

    >>> sorted(cores("① 利用者数（人）"))
    ['1利用者数', '1利用者数(人)', '利用者数', '利用者数(人)']
    """
    whole = fold(name)
    bare = _LEAD.sub("", whole) or whole
    return frozenset(text for each in (whole, bare) for text in (each, _TAIL.sub("", each)) if text)


def names_fit(fact_name: str, given: str, labels: Sequence[str] = ()) -> bool:
    """Whether a name is the one printed, codes, bracket remarks and leading labels aside."""
    if not fact_name or not given:
        return False
    mine = fold(fact_name)
    own = {mine, _LEAD.sub("", mine) or mine, _TAIL.sub("", mine) or mine}
    if own & cores(given):
        return True
    heads = [fold(label.strip("()")) for label in labels]
    rest = fold(given)
    for head in heads:
        rest = rest.removeprefix(head).lstrip("-:・ ")
    return bool(own & cores(rest)) if rest else False


def scaled(unit: str) -> tuple[float, str]:
    """A unit as a multiple of its base: 千円 → 1000 円."""
    text = fold(unit)
    found = _MULTIPLE.match(text)
    return (_MULTIPLES[found[1]], text[found.end() :]) if found else (1.0, text)


def units_fit(fact: Fact, unit: str) -> bool:
    printed, given = scaled(fact.unit)[1], scaled(unit)[1]
    if not printed or not given:
        return bool(given) or fact.field != "cost" or fold(fact.unit) not in _YEN
    return printed == given or printed.startswith(f"{given}/") or given.startswith(f"{printed}/")


def amounts_fit(fact: Fact, row: Observation, unit: str) -> bool:
    if not fact.value:
        return row.value is None and fold(row.value_text or "") == fold(fact.text)
    if row.value is None:
        return False
    mine, its = (scaled(fact.unit)[0], scaled(unit)[0]) if fact.unit and unit else (1.0, 1.0)
    if not math.isclose(float(fact.value) * mine, row.value * its, rel_tol=1e-9, abs_tol=1e-9):
        return False
    signs = {sign for word, sign in _SIGNS.items() if word in fact.text} if fact.field != "cost" else set()
    return (row.comparator or "=") in (signs or {"="})


def roles_of(fact: Fact) -> set[str]:
    if fact.field == "target":
        return {"target"}
    if fact.field == "expected":
        return {"forecast"}
    if fact.field == "difference":
        return {"difference"}
    if fact.field == "actual":
        return {"actual", "baseline"}
    roles: set[str] = set()
    for words, own in (
        ("決算|実績", {"actual", "baseline"}),
        ("予算|見込", {"forecast"}),
        ("計画|目標", {"target", "forecast"}),
    ):
        if re.search(words, fact.text):
            roles |= own
    return roles or {"actual", "baseline", "forecast"}


# --- What a reader said


def said(records: Records) -> Iterator[Said]:
    """The records that are judged, with names in place of ids."""
    measures = {row.measure_id: row for row in _rows(records, Measure)}
    indicators = {row.indicator_id: row for row in _rows(records, Indicator)}
    evidence = _Evidence(records)

    def node(measure_id: str | None) -> str:
        found = measures.get(measure_id or "")
        return (found.measure_name or "") if found else ""

    def parents(row: Measure) -> tuple[str, ...]:
        names: list[str] = []
        above = measures.get(row.parent_measure_id or "")
        while above is not None and len(names) < 20:
            names.append(above.measure_name or "")
            above = measures.get(above.parent_measure_id or "")
        return tuple(filter(None, names))

    def name_of(indicator_id: str | None) -> str:
        found = indicators.get(indicator_id or "")
        return (found.indicator_name or found.indicator_text) if found else ""

    for document in _rows(records, DocumentRow):
        for column in ("municipality_code", "fiscal_year"):
            value = getattr(document, column)
            if value is not None:
                yield Said("documents", document.document_id, "", column, value)
    for measure in _rows(records, Measure):
        if measure.measure_name:
            yield evidence.of("measures", measure, "", measure.measure_name, parents=parents(measure))
    for org in _rows(records, MeasureOrg):
        yield evidence.of("measure_orgs", org, node(org.measure_id), org.org_name)
    for row in indicators.values():
        yield evidence.of("indicators", row, node(row.measure_id), name_of(row.indicator_id), unit=row.unit or "")
    for seen in _rows(records, Observation):
        of = indicators[seen.indicator_id]
        yield evidence.of(
            "observations", seen, node(of.measure_id), name_of(seen.indicator_id), unit=seen.unit or of.unit or ""
        )
    for grade in _rows(records, Grade):
        own = indicators.get(grade.indicator_id or "")
        yield evidence.of(
            "grades", grade, node(grade.measure_id or (own.measure_id if own else None)), grade.subject or "",
            judged=name_of(grade.indicator_id),
        )  # fmt: skip
    for passage in _rows(records, Passage):
        yield evidence.of("passages", passage, node(passage.measure_id), passage.text)


def _rows(records: Records, kind: type[_R]) -> list[_R]:
    return [row for row in records[declaration_of(kind).name] if isinstance(row, kind)]


class _Evidence:
    """The blocks that records come from, and which of either a specific finding names."""

    def __init__(self, records: Records) -> None:
        blocks = {block.block_id: block for block in _rows(records, Block)}
        self.texts: dict[tuple[str, str], list[str]] = {}
        self.blocks: dict[tuple[str, str], set[str]] = {}
        fields: dict[tuple[str, str, str], set[str]] = {}
        for row in _rows(records, Provenance):
            ref = (row.table_name, row.record_id)
            self.blocks.setdefault(ref, set()).add(row.block_id)
            fields.setdefault((*ref, row.field_name), set()).add(row.block_id)
            if row.block_id in blocks:
                self.texts.setdefault(ref, []).append(blocks[row.block_id].text)
        self.named: set[tuple[str, str]] = set()
        self.named_blocks: set[str] = set()
        for finding in _rows(records, Finding):
            if finding.severity == "note" or finding.rule == "layout-unknown":
                continue
            if finding.record_id:
                ref = (finding.table_name or "", finding.record_id)
                self.named.add(ref)
                self.named_blocks |= fields.get((*ref, finding.field_name or ""), set())
            elif finding.observed:
                self.named_blocks |= {
                    key
                    for key, block in blocks.items()
                    if finding.page in (None, block.page) and fold(block.text) == fold(finding.observed)
                }

    def of(
        self, table: str, row: object, node: str, name: str, *, parents: tuple[str, ...] = (), unit: str = "",
        judged: str = "",
    ) -> Said:  # fmt: skip
        identity = record_id(row)  # type: ignore[arg-type]
        ref = (table, identity)
        is_named = ref in self.named or bool(self.blocks.get(ref, set()) & self.named_blocks)
        return Said(table, identity, node, name, row, parents, unit, judged, tuple(self.texts.get(ref, ())), is_named)


# --- Fits: what is wrong with a record, if it was to say a fact


@dataclass(frozen=True, slots=True)
class Page:
    """What the fits need to know of a whole form."""

    facts: tuple[Fact, ...]
    titles: tuple[str, ...]

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
        """The printed chain, of which a reader may leave out levels, or none told."""
        chain: list[str] = []
        name = fact.measure
        while name and name not in chain:
            chain.append(name)
            name = next((other.measure for other in self.facts if _is_node(other) and other.text == name), "")
        at = 0
        for given in above:
            while at < len(chain) and not names_fit(chain[at], given):
                at += 1
            if at == len(chain):
                return False
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


def _is_kept(page: Page, fact: Fact, record: Said) -> bool:
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
_FITS: dict[str, tuple[tuple[str, ...], _Fit]] = {
    "documents": (("municipality_code", "document_fiscal_year"), _fit_document),
    "measures": (("measure_name", "policy_name"), _fit_measure),
    "measure_orgs": (("responsible_org", "participating_org"), _fit_org),
    "indicators": (("indicator",), _fit_indicator),
    "observations": (("target", "actual", "expected", "difference", "cost"), _fit_observation),
    "grades": (("grade", "direction"), _fit_grade),
}


# --- The count


def judge(form: Form, records: Records) -> Verdict:
    """Hold what was said against what the form states."""
    stated = list(form.facts)
    page = Page(tuple(fact for _, fact in stated), tuple(row.title or "" for row in _rows(records, DocumentRow)))
    kinds = _kinds_by_text(form)
    records_said = list(said(records))
    asked = [(kind, fact) for kind, fact in stated if not fact.also]
    found: list[str] = []
    missing: list[Missing] = []
    false: list[FalseRecord] = []
    right: list[tuple[str, Said]] = []
    for table, (fields, fit) in _FITS.items():
        mine = [(kind, fact) for kind, fact in stated if fact.field in fields]
        if table == "indicators":
            mine += list(_implied(stated))
        own = [record for record in records_said if record.table == table]
        fits = [[fit(page, fact, record) for _, fact in mine] for record in own]
        pairs = _paired(fits, mine)
        for at, (kind, fact) in enumerate(mine):
            if at in pairs.values():
                found += [] if fact.also else [kind]
            elif not fact.also:
                missing.append(Missing(kind, fact))
        for index, record in enumerate(own):
            if index in pairs:
                right.append((mine[pairs[index]][0], record))
            elif not any(_is_kept(page, fact, record) for _, fact in mine):
                false.append(_false(record, fits[index], mine, kinds))
    passages = [(kind, fact) for kind, fact in stated if fact.field == "passage"]
    own = [record for record in records_said if record.table == "passages"]
    supported = [record for record in own if _passage_kind(page, record, passages) is not None]
    for record in own:
        of = _passage_kind(page, record, passages)
        if of is None:
            false.append(_false_passage(record, passages, kinds))
        else:
            right.append((of, record))
    for kind, fact in passages:
        if fact.also:
            continue
        if _is_told(page, fact, supported):
            found.append(kind)
        else:
            missing.append(Missing(kind, fact))
    return Verdict(
        tuple(kind for kind, _ in asked),
        tuple(found),
        tuple(kind for kind, _ in right),
        tuple(kind for kind, record in right if record.is_named),
        tuple(missing),
        tuple(false),
    )


def _kinds_by_text(form: Form) -> dict[str, str]:
    kinds: dict[str, str] = {}
    for block in form.blocks:
        for text in block.texts:
            kinds.setdefault(fold(text), block.kind)
    return kinds


def _implied(stated: Iterable[tuple[str, Fact]]) -> Iterator[tuple[str, Fact]]:
    """An indicator for each name that has amounts but no indicator of its own."""
    done = {(fact.name, fact.measure) for _, fact in stated if fact.field == "indicator"}
    seen: set[tuple[tuple[str, ...], str, str]] = set()
    for kind, fact in stated:
        key = (fact.labels, fact.name, fact.measure)
        amounts = fact.field in ("target", "actual", "expected", "difference", "cost")
        if amounts and (fact.name, fact.measure) not in done and key not in seen:
            seen.add(key)
            yield (
                kind,
                Fact("indicator", fact.name, unit=fact.unit, measure=fact.measure, labels=fact.labels, also=True),
            )


def _paired(fits: Sequence[Sequence[set[str]]], mine: Sequence[tuple[str, Fact]]) -> dict[int, int]:
    """Record → the fact that it supports: as many pairs as possible, asked facts first."""
    order = sorted(range(len(mine)), key=lambda at: mine[at][1].also)
    taken: dict[int, int] = {}

    def place(record: int, tried: set[int]) -> bool:
        for at in order:
            if fits[record][at] or at in tried:
                continue
            tried.add(at)
            if at not in taken or place(taken[at], tried):
                taken[at] = record
                return True
        return False

    for record in range(len(fits)):
        place(record, set())
    return {record: at for at, record in taken.items()}


def _false(
    record: Said, wrongs: Sequence[set[str]], mine: Sequence[tuple[str, Fact]], kinds: dict[str, str]
) -> FalseRecord:
    best = min(range(len(mine)), key=lambda at: ("invented" in wrongs[at], len(wrongs[at])), default=None)
    of = next((kinds[fold(text)] for text in record.texts if fold(text) in kinds), "?")
    if best is None or "invented" in wrongs[best] or len(wrongs[best]) > 2:
        return FalseRecord(of, record, "invented", None)
    wrong = " + ".join(sorted(wrongs[best])) or "again"
    return FalseRecord(of if of != "?" else mine[best][0], record, wrong, mine[best][1])


def _bare(text: str) -> str:
    return re.sub("[・･○◯〇●□■①-⑳※]", "", fold(text))


_PARTS = re.compile(r"[\n\s、。，・/／()（）]+")
_SHORT = 6
"""A passage with fewer characters has to be a whole part of a fact."""


def _stands_in(text: str, fact: Fact) -> bool:
    whole = _bare(fact.text)
    if len(text) >= _SHORT:
        return text in whole
    return bool(text) and text in {whole, *map(_bare, _PARTS.split(fact.text))}


def _passage_kind(page: Page, record: Said, passages: Sequence[tuple[str, Fact]]) -> str | None:
    row = record.row
    assert isinstance(row, Passage)
    text = _bare(row.text)
    here = [(kind, fact) for kind, fact in passages if not page.node(fact, record.node)]
    for kind, fact in here:
        if _stands_in(text, fact) and (row.fiscal_year is None or page.years_fit(fact, row.fiscal_year)):
            return kind
    rest = text
    inside = [(kind, fact) for kind, fact in here if len(_bare(fact.text)) > 1 and _bare(fact.text) in text]
    for part in sorted(
        {_bare(part) for _, fact in inside for part in (fact.text, fact.name, *fact.labels)}, key=len, reverse=True
    ):
        rest = rest.replace(part, "") if part else rest
    return inside[0][0] if inside and not re.sub("[()【】:、。]", "", rest) else None


def _is_told(page: Page, fact: Fact, supported: Sequence[Said]) -> bool:
    whole = _bare(fact.text)
    texts = [_bare(record.name) for record in supported if not page.node(fact, record.node)]
    inside = {text for text in texts if text and text in whole}
    return any(whole in text for text in texts) or sum(map(len, inside)) >= 0.9 * len(whole)


def _false_passage(record: Said, passages: Sequence[tuple[str, Fact]], kinds: dict[str, str]) -> FalseRecord:
    text = _bare(record.name)
    elsewhere = next((fact for _, fact in passages if _stands_in(text, fact)), None)
    of = next((kinds[fold(each)] for each in record.texts if fold(each) in kinds), "?")
    wrong = "invented" if elsewhere is None else "measure" if record.node else "measure none"
    return FalseRecord(of, record, wrong, elsewhere)
