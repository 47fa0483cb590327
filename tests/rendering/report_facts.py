"""What a report means: its facts, to hold against the records that were read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.rendering.facts import Fact, called, fact
from tests.rendering.goal_facts import goals_to_facts, narrowed
from tests.rendering.report import (
    SCHEME,
    Card,
    Matrix,
    Policy,
    Report,
    Reviewed,
    code_of,
    codes_of,
    related_codes,
    term_sentence,
)


def report_to_facts(document: Report) -> Iterator[Fact]:
    """The facts that the report states."""
    start, end = (document.term[0], document.term[2]) if document.term else (None, None)
    yield fact(
        "documents", layout="akishima.report", municipality_code="132071", plan_name=document.plan,
        title=document.title.replace(" ", ""), plan_start_fy=start, plan_end_fy=end, issued_text=document.issued,
        status="converted", coverage=1.0,
    )  # fmt: skip
    opening = [narrowed(term_sentence(document))] if document.term else []
    for item, text in enumerate([*opening, *(words.clean for words in document.preface)], 1):
        yield fact("passages", section="background", item=item, text=text)
    position = 0
    for reviewed in (measure for reviews in document.reviews for measure in reviews):
        position += 1
        yield from _reviewed_facts(document, reviewed, position)
    keys = list(_keys(document))
    at = 0
    for policy in document.policies:
        position += 1
        over = called("policy", str(policy.number), policy.name)
        yield from _policy_facts(document, policy, over, position)
        for card in policy.cards:
            position += 1
            yield from _card_facts(document, card, keys, at, over, position)
            at += 1
        missing = policy.cards[-1].number - len(policy.cards)
        yield from [fact("findings", rule="numbering-gap", severity="warning")] * missing
    if document.matrix:
        yield from _matrix_facts(document, document.matrix)


def _reviewed_facts(document: Report, reviewed: Reviewed, position: int) -> Iterator[Fact]:
    key = called("measure", None, reviewed.name.clean)
    yield fact(
        "measures", measure=key, name_text=reviewed.name.printed, position=position, plan_phase=document.phases[0]
    )
    findings = [words for said, _ in reviewed.rows for words in said]
    for item, words in enumerate(findings, 1):
        yield fact("passages", measure=key, section="finding", item=item, text=words.clean)
    for _, direction in reviewed.rows:
        if direction:
            yield fact("grades", measure=key, scheme=SCHEME, grade=direction[1], grade_text=direction[0])


def _policy_facts(document: Report, policy: Policy, key: str, position: int) -> Iterator[Fact]:
    yield fact(
        "measures", measure=key, name_text=policy.name + policy.remark, position=position,
        plan_phase=document.phases[1],
    )  # fmt: skip
    background = ["".join(policy.slogan)] if policy.slogan else []
    for number, (aim, said) in enumerate(policy.aims, 1):
        yield fact("passages", measure=key, section="aim", item=number, text=aim.clean)
        background += [words.clean for words in said]
    background += [policy.opening.clean] if policy.opening else []
    for item, text in enumerate(background, 1):
        yield fact("passages", measure=key, section="background", item=item, text=text)


def _keys(document: Report) -> Iterator[str]:
    for policy in document.policies:
        for card in policy.cards:
            yield called("measure", f"{policy.series}-{card.number}", card.name.clean)


def _original(document: Report, card: Card) -> int | None:
    """The card that a reprint repeats: the one of its code, else the first of its name."""
    if card.repeats is None or card.tells_code:
        return card.repeats
    cards = [card for policy in document.policies for card in policy.cards]
    return next(at for at, other in enumerate(cards) if other.repeats is None and other.name.clean == card.name.clean)


def _card_facts(document: Report, card: Card, keys: Sequence[str], at: int, over: str, position: int) -> Iterator[Fact]:
    key, original = keys[at], _original(document, card)
    yield fact(
        "measures", measure=key, parent=over, name_text=card.name.printed, position=position,
        plan_phase=document.phases[1], is_new=card.is_new, reprint_of=None if original is None else keys[original],
    )  # fmt: skip
    codes = codes_of(document)
    for code in related_codes(document, card):
        target = keys[codes.index(code)] if code in codes else None
        yield fact(
            "measure_links", measure=key, kind="related", target_text=code_of(document, *code), target=target
        )  # fmt: skip
    if original is not None:
        yield fact("measure_links", measure=key, kind="reprint", target_text="再掲", target=keys[original])
        yield from _reprint_findings(document, card, original)
    for number in card.aims:
        yield fact("measure_links", measure=key, kind="goal", target_text=chr(0x245F + number))
    for place, body in enumerate(card.orgs, 1):
        yield fact(
            "measure_orgs", measure=key, role="participating", org_name=body.clean, org_name_text=body.printed,
            position=place,
        )  # fmt: skip
    if card.goals:
        yield fact("passages", measure=key, section="target", item=1, text=narrowed(card.goals.printed))
        yield from goals_to_facts((card.goals,), key)
    for section, said in (("description", card.description), ("schedule", card.schedule)):
        for item, words in enumerate(said, 1):
            yield fact("passages", measure=key, section=section, item=item, text=words.clean)


def _reprint_findings(document: Report, card: Card, original: int) -> Iterator[Fact]:
    first = [card for policy in document.policies for card in policy.cards][original]
    if card.name.clean != first.name.clean:
        yield fact("findings", rule="reprint-differs", severity="warning")
    printed = narrowed(first.goals.printed) if first.goals else ""
    if card.goals and narrowed(card.goals.printed) != printed:
        yield fact("findings", rule="reprint-differs", severity="warning")


def _matrix_facts(document: Report, matrix: Matrix) -> Iterator[Fact]:
    item = 0
    for said in (matrix.plan, matrix.whole):
        for (year, _), words in zip(matrix.years, said, strict=True):
            for one in words:
                item += 1
                yield fact("passages", section="schedule", item=item, fiscal_year=year, text=one.clean)
    for policy, said in zip(document.policies, matrix.policies, strict=True):
        key, item = called("policy", str(policy.number), policy.name), 0
        for (year, _), words in zip(matrix.years, said, strict=True):
            for one in words:
                item += 1
                yield fact("passages", measure=key, section="schedule", item=item, fiscal_year=year, text=one.clean)
