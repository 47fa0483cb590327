"""What a reader said, held against the facts of a form: which facts are found, which records are false, which silently.

The rules are those of a strict count. A record must be supported by a fact on the right measure, indicator, year and
role, with the right amount and unit; each supports one. A false one is silent unless a warning or an error names it or
a block that it comes from. A right one that is named all the same is warned of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from schemas.records import DocumentRow, Passage
from schemas.rows import Tables
from tests.forms.comparing import fold
from tests.forms.fits import FITS, Page, is_kept
from tests.forms.model import Fact, Form
from tests.forms.said import Said, rows, said


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


def judge(form: Form, records: Tables) -> Verdict:
    """Hold what was said against what the form states."""
    stated = list(form.facts)
    records_said = list(said(records))
    page = Page(
        facts=tuple(fact for _, fact in stated),
        titles=tuple(row.title or "" for row in rows(records, DocumentRow)),
        nodes=tuple(record.name for record in records_said if record.table == "measures"),
    )
    kinds = _kinds_by_text(form)
    asked = [(kind, fact) for kind, fact in stated if not fact.also]
    found: list[str] = []
    missing: list[Missing] = []
    false: list[FalseRecord] = []
    right: list[tuple[str, Said]] = []
    for table, (fields, fit) in FITS.items():
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
            elif not any(is_kept(page, fact, record) for _, fact in mine):
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
