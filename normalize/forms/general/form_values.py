"""What stands behind a label of a form: a name, a body, a judgement, prose, an amount."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from normalize.cells.amounts import read_amount
from normalize.cells.choices import Options, options_of
from normalize.cells.heads import Head
from normalize.cells.kinds import has_options
from normalize.cells.marks import direction_of, is_judgement, mark_of
from normalize.cells.row_words import is_total
from normalize.cells.vocabulary import Term, term_of
from normalize.document.table_grid import GridCell
from normalize.document.text_span import Excerpt
from normalize.forms.general.answers import chosen_of, is_mark, is_said, is_unanswered, picked_of
from normalize.forms.general.facts import Doubt, Fact, Name, Named, Number, Text
from normalize.forms.general.form_names import DIRECTS, is_below_section, name_facts, node_facts
from normalize.forms.general.listed import costs_in
from normalize.forms.general.meaning import BODY
from normalize.forms.general.names import kind_of_indicator, labelled_name, name_of, reference_of
from normalize.forms.general.prose import SECTIONS_OF_ROLES, is_listed
from normalize.forms.general.stubs import Setting
from normalize.forms.general.view import View
from normalize.text.folding import clean, squeeze
from normalize.text.periods import period_of
from normalize.text.quantities import unit_and_factor

_JUDGED: Final = re.compile(r"評価|判定|(?:か|か[?？]|余地|性|度|度合い?|ニーズ|ランク)$")


_NAMES: Final = frozenset({"名称", "名", "名前"})
"""What the name of a thing is called beside its code."""

QUESTION: Final = re.compile(r"(?:[るいたなきの一-龥]か|か[?？]|[?？]|余地|有無|[^ではには]は)$")
"""How a label ends that asks: 対象は適切か, 成果の向上余地."""

POINTS_OF: Final = re.compile(r"\d{1,3}点?[/／]\d{1,3}点?")
"""Points of how many: 4 ／ 5."""

QUESTION_WORD: Final = re.compile(r"(?:誰|だれ|何|どの|どう|どこ|いつ|なぜ)[^。]{0,12}")
"""A label that is the start of a sentence: 誰が, どのような状態に."""

_TOLD: Final = re.compile("説明|理由|内容|概要|備考|意見|コメント")


_ASKED: Final = re.compile(
    r"^\s*[(（〔【][^()（）〔〕【】\n]{2,}(?:か|か[?？]|こと|ください|下さい|記入|記載)[)）〕】]\s*(?=\S)|^\s*※[^\n]*\n"
    r"|^[^\n。]{0,20}(?:誰|何|どの|どう|どこ|いつ)[^\n。]{0,24}か[?？]?[^\S\n]*\n(?=\s*\S)"
)
"""What the form asks for, in front of the answer in the same cell."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading that a table or a line stands under, and what the vocabulary makes of it."""

    excerpt: Excerpt
    term: Term | None
    numbered: bool = False


@dataclass(slots=True)
class FormState:
    """What one row leaves to the next: a label without a value of its own, the indicator named last."""

    pending: list[GridCell]
    indicator: Name | None = None
    unit: Excerpt | None = None
    kind_texts: tuple[str, ...] = ()


def facts_behind_label(
    view: View,
    labels: Sequence[GridCell],
    values: Sequence[GridCell],
    around: Sequence[GridCell],
    state: FormState,
    setting: Setting,
    heading: Heading | None,
    answer: Options | None,
) -> Iterator[Fact]:
    """What the values behind a label say."""
    printed = [cell for cell in values if cell]
    if not printed:
        return
    if not labels:
        for cell in printed:
            if named := labelled_name(cell.excerpt):
                yield from node_facts(named[0], named[1], None)
        return
    label = labels[-1]
    groups = [*reversed(labels[:-1]), *reversed(around)]
    term = view.term(label)
    head = view.head(label)
    if term is not None and not term.is_whole and term.kind in {"name", "code"}:
        term = None
    over = view.whole(groups[0]) if groups else None
    if over is not None and over.kind == "name" and squeeze(label.text) in _NAMES:
        term = over  # 事務事業 | コード | … | 名称 | …
    is_one = over is not None and over.kind == "direction" and view.kind(printed[0]) == "direction"
    if term is None and head.unit is None and over is not None and (over.kind == "passage" or is_one):
        term = over  # one of several questions of a heading: 事業の目的 | 誰を | …
    if term is not None and term.kind == "org" and is_one and over is not None:
        by = term_of(squeeze(label.text) + "評価")  # 今後の方向性 | 所管課 | 継続
        who = by.field if by is not None and by.kind == "evaluator" else None
        what = printed[0].excerpt
        yield Text("direction", "direction", what, label.excerpt, subject=(groups[0].excerpt,), evaluator=who)
        return
    judged = any((t := view.whole(group)) is not None and t.kind == "grade" for group in groups)
    if judged and POINTS_OF.fullmatch(squeeze(printed[0].text)):
        value, *rest = printed  # 妥当性 | 市が行う理由 | 5 ／ 5 | …
        yield Text("grade", "grade", value.excerpt, label.excerpt, subject=(label.excerpt,))
        yield from (
            Text("passage", "finding", cell.excerpt, label.excerpt) for cell in rest if view.kind(cell) == "prose"
        )
        return
    told: list[GridCell] = []
    if answer is None and len(values) > 1 and not any(options_of(cell.excerpt) for cell in printed):
        told = [cell for cell in printed if view.kind(cell) == "prose"]
        answer = chosen_of([cell for cell in values if cell not in told])
    judge = _evaluator(view, (label, *groups), heading)
    kind = term.kind if term is not None else ""
    if "内訳" in label.text and (listed := list(costs_in(printed[0].excerpt, head, label.excerpt, view.sense))):
        yield from listed
        return
    if kind == "name" and term is not None:
        yield from name_facts(view, label, term, printed)
    elif squeeze(label.text) == "項" and is_below_section(view, label):
        yield from name_facts(view, label, Term("name", "measure-group", is_whole=True), printed)
    elif kind == "org" and term is not None:
        for at, cell in enumerate(printed):
            if view.kind(cell) in {"words", "label", "prose"} and (at == 0 or BODY.fullmatch(squeeze(cell.text))):
                yield Text("org", term.field, cell.excerpt, label.excerpt)
    elif kind == "code" and term is not None:
        yield Text("code", term.field, printed[0].excerpt, label.excerpt)
    elif kind == "document" and term is not None:
        yield Text("document", term.field, printed[0].excerpt, label.excerpt)
    elif kind == "indicator" and term is not None:
        yield from _indicator(view, label, term, printed, state)
    elif head.role is not None and not head.words:
        yield from _role(view, label, head, printed, state)
    elif kind == "cost" or (head.is_money and head.unit is not None) or _is_money_label(view, label, printed):
        yield from _cost(view, label, head, printed, groups, setting)
    elif kind in {"grade", "direction", "evaluator"} and term is not None:
        yield from _judged(view, label, term, printed, groups, heading, judge, answer)
    elif kind == "passage" and term is not None:
        yield from _passages(view, label, term, values, groups, heading, judge, answer)
    elif kind == "aside":
        if squeeze(label.text) == "項" and view.kind(printed[-1]) == "words" and _is_plan(view, label):
            yield from node_facts(label.excerpt, printed[-1].excerpt, "measure")
    else:
        yield from _unknown(view, label, printed, groups, heading, judge, answer)
    if answer is not None and answer.chosen and kind in {"grade", "direction", "evaluator", "passage", ""}:
        section = "next_year" if kind == "direction" else term.field if term and kind == "passage" else "finding"
        for cell in told:
            yield Text("passage", section, cell.excerpt, label.excerpt)


def _is_plan(view: View, label: GridCell) -> bool:
    """Whether 項 stands in a row with 章 and 節, so that it is a level of a plan and no item of an account."""
    return {"章", "節"} <= {squeeze(cell.text) for cell in view.grid.row(label.cell.row)}


def _is_money_label(view: View, label: GridCell, printed: Sequence[GridCell]) -> bool:
    """Whether a label names money in its unit and an amount stands behind it: 予算案 経費（一財）、単位（千円）."""
    head = view.head(label)
    is_amount = read_amount(printed[0].text, view.sense) is not None
    return is_amount and head.unit is not None and "円" in head.unit and head.term is None


def _evaluator(view: View, labels: Sequence[GridCell], heading: Heading | None) -> str | None:
    terms = [view.term(label) for label in labels] + [heading.term if heading else None]
    return next((term.field for term in terms if term is not None and term.kind == "evaluator"), None)


def _indicator(
    view: View, label: GridCell, term: Term, printed: Sequence[GridCell], state: FormState
) -> Iterator[Fact]:
    value, *behind = printed
    code = ""
    if behind and (view.kind(value) == "code" or re.fullmatch(r"\d{1,2}", squeeze(value.text))):
        code, value, behind = value.text, behind[0], behind[1:]
    if term.field == "unit":
        state.unit = value.excerpt
        if state.indicator is not None and view.kind(value) in {"unit", "words"}:
            yield Named(state.indicator, value.excerpt, kind=kind_of_indicator(*state.kind_texts))
        return
    if term.field != "name" or (view.kind(value) not in {"words", "prose", "label"} and not is_listed(value.text)):
        return
    if (view.kind(value) == "prose" and "。" in value.text) or is_listed(value.text):
        yield Text("passage", "target", value.excerpt, label.excerpt)
        return
    name, unit = name_of(value.excerpt)
    if name is not None:
        state.indicator, state.unit = name, unit
        state.kind_texts = (label.text,)
        units = [cell.excerpt for cell in behind if view.kind(cell) == "unit"]
        state.unit = units[0] if units else unit
        yield Named(name, state.unit, kind=kind_of_indicator(label.text), reference=reference_of(label.text, code))


def _role(
    view: View, label: GridCell, head: Head, printed: Sequence[GridCell], state: FormState,
) -> Iterator[Fact]:  # fmt: skip
    """A number behind a role is of the indicator named last; prose behind one is prose."""
    value = printed[0]
    amount = read_amount(value.text, view.sense)
    role = head.role
    if amount is None:
        if view.kind(value) == "prose" and role in SECTIONS_OF_ROLES:
            yield Text("passage", SECTIONS_OF_ROLES[role], value.excerpt, label.excerpt)
        return
    if role not in {"baseline", "target", "actual", "forecast"} or role is None:
        return
    name = state.indicator
    unit = state.unit
    if name is None:
        return
    units = [cell.excerpt for cell in printed[1:] if view.kind(cell) == "unit"]
    unit = units[0] if units else unit
    value_of, of = amount.within(clean(unit.text) if unit else None)
    year = amount.year if amount.has_year else head.year
    if head.is_period or {period_of(label.text), amount.period} & {"part", "total"}:
        yield Doubt(value.excerpt, "one year", "several years or a part of one")
        return
    if role == "actual" and "forecast" in (period_of(label.text), amount.period):
        role = "forecast"
    yield Number(
        name, value.excerpt.strip(), year, role, value_of, of, amount.comparator,
        year_source=(value if amount.has_year else label).excerpt if year is not None else None,
        role_source=label.excerpt, unit_source=unit if amount.unit is None else None,
        kind=kind_of_indicator(*state.kind_texts),
    )  # fmt: skip


def _cost(
    view: View, label: GridCell, head: Head, printed: Sequence[GridCell], groups: Sequence[GridCell], setting: Setting
) -> Iterator[Fact]:
    """An amount behind the name of a cost."""
    value = printed[0]
    amount = read_amount(value.text, view.sense)
    if amount is None or head.is_period:
        return
    name, name_unit = name_of(label.excerpt)
    if name is None:
        return
    if is_total(label.text) and not groups and sum(view.kind(cell) == "amount" for cell in printed) > 1:
        yield Doubt(value.excerpt, "the sum of one column", "the sum of another")
        return
    heads = [head, *(view.head(group) for group in groups)]
    role = next((h.role for h in heads if h.role in {"actual", "forecast", "target"}), None)
    is_planned = setting.plans_money or re.search("予算|計画|見込|要求|予定", squeeze(label.text)) is not None
    role = role or ("forecast" if is_planned else "actual")
    year = next((h.year for h in heads if h.year is not None), None)
    units = [cell.excerpt for cell in printed[1:] if view.kind(cell) == "unit"]
    unit = units[0] if units else name_unit or setting.unit_source
    spelling = clean(units[0].text) if units else clean(name_unit.text) if name_unit else head.unit or setting.unit
    if amount.unit is None and spelling is None:
        return
    found, of = amount.within(spelling)
    pair = re.fullmatch(r"[^()（）]+[(（](?P<second>[^()（）]+)[)）]\s*", value.text.strip())
    second = read_amount(pair["second"], view.sense) if pair else None
    year_of = next((cell for cell in (label, *groups) if view.head(cell).year is not None), None)
    yield Number(
        name, value.excerpt.strip(), amount.year if amount.has_year else year, role, found,
        of or (unit_and_factor(spelling)[0] if spelling else None), amount.comparator, is_cost=True,
        year_source=year_of.excerpt if year_of is not None and year is not None else None,
        unit_source=unit if amount.unit is None else None, kind="input",
    )  # fmt: skip
    bracketed = re.fullmatch(r"(?P<lead>[^()（）]*)[(（](?P<second>[^()（）]+)[)）]", name.text)
    if second is not None and bracketed is not None and pair is not None:
        start = value.text.find(pair["second"])
        more, its_unit = second.within(spelling)
        yield Number(
            Name(bracketed["second"], name.sources), value.excerpt.slice(start, start + len(pair["second"])),
            year, role,
            more, its_unit, second.comparator, is_cost=True, unit_source=unit, kind="input",
            year_source=year_of.excerpt if year_of is not None and year is not None else None,
        )  # fmt: skip


def _judged(
    view: View, label: GridCell, term: Term, printed: Sequence[GridCell], groups: Sequence[GridCell],
    heading: Heading | None, judge: str | None, answer: Options | None,
) -> Iterator[Fact]:  # fmt: skip
    """A judgement or a direction behind its label, and the prose about it."""
    value, *rest = printed
    if answer is None and is_unanswered(view, printed):
        return
    subject: tuple[Excerpt, ...] = (label.excerpt,)
    kind = "direction" if term.kind == "direction" else "grade"
    if term.kind == "evaluator" or term.field == "result":
        about = next((g for g in groups if _is_judged_of(view, g)), None)
        subject = (about.excerpt,) if about is not None else ()
        about_term = view.term(about) if about is not None else heading.term if heading else None
        if about is None and heading is not None and heading.term is not None and heading.term.kind == "direction":
            subject = (heading.excerpt,)
        directs = about is not None and DIRECTS.search(squeeze(about.text)) is not None
        if (
            directs
            or (about_term is not None and about_term.kind == "direction")
            or (direction_of(value.text) is not None and mark_of(value.text) is None)
        ):
            kind = "direction"
    chosen = answer.chosen[0].text if answer is not None and answer.chosen else None
    is_marked = mark_of(chosen) is not None if chosen is not None else view.kind(value) == "mark"
    if kind == "direction" and is_marked and direction_of(chosen or value.text) is None:
        kind = "grade"
    if answer is not None:
        first = answer.chosen[0] if answer.chosen else value.excerpt
        yield Text(kind, term.field, first, label.excerpt, subject=subject, evaluator=judge, options=answer)
        return
    if (picked := picked_of(value, rest)) is not None:
        value, rest = picked, [cell for cell in rest if cell is not picked]
    said = has_options(value.text) or is_said(view, value)
    if said:
        yield Text(kind, term.field, value.excerpt, label.excerpt, subject=subject, evaluator=judge)
    elif view.kind(value) == "prose":
        rest = [value, *rest]
    for cell in rest:
        if view.kind(cell) == "prose" or (view.kind(cell) == "words" and len(squeeze(cell.text)) > 12 and said):
            yield Text("passage", "next_year" if kind == "direction" else "finding", cell.excerpt, label.excerpt)


def _is_judged_of(view: View, cell: GridCell) -> bool:
    """Whether the label of a group of evaluators says what they judge."""
    term = view.term(cell)
    return (term is not None and term.kind in {"grade", "direction"}) or DIRECTS.search(squeeze(cell.text)) is not None


def _passages(
    view: View, label: GridCell, term: Term, values: Sequence[GridCell], groups: Sequence[GridCell],
    heading: Heading | None, judge: str | None, answer: Options | None,
) -> Iterator[Fact]:  # fmt: skip
    """Prose behind its label. A mark there is a judgement after all; options are choices of the form."""
    printed = [cell for cell in values if cell]
    if answer is not None:
        if _is_judged(view, label, groups, heading):
            first = answer.chosen[0] if answer.chosen else printed[0].excerpt
            yield Text(
                "grade", "grade", first, label.excerpt, subject=(label.excerpt,), evaluator=judge, options=answer
            )
        return
    for at, cell in enumerate(printed):
        kind = view.kind(cell)
        if kind == "direction" and term.field == "next_year":  # 今後の進め方 | 拡充
            yield Text("direction", "direction", cell.excerpt, label.excerpt, subject=(label.excerpt,))
            continue
        if (t := view.whole(cell)) is not None and t.kind in {"indicator", "group"}:
            continue  # a title beside a title
        if at > 0 and kind != "prose":
            continue  # another label, or what it says
        if kind == "direction" and len(values) > 1:
            continue  # what one side of a matrix is called: 成果 | 拡充 | … | ●
        if kind == "mark" and not is_mark(cell) and len(printed) == 1:
            yield Text("grade", "grade", cell.excerpt, label.excerpt, subject=(label.excerpt,), evaluator=judge)
        elif kind in {"prose", "words", "label", "direction"} or (
            term.field == "schedule" and kind in {"axis", "date"}
        ):
            instruction = _ASKED.match(cell.text)
            value = cell.excerpt.slice(instruction.end()).strip() if instruction else cell.excerpt
            yield Text("passage", term.field, value, label.excerpt)


def _is_judged(view: View, label: GridCell, groups: Sequence[GridCell], heading: Heading | None) -> bool:
    """Whether what stands behind a label that nobody knows is a judgement: its words ask or name a quality."""
    terms = [view.term(cell) for cell in (label, *groups)] + [heading.term if heading else None]
    if any(term is not None and term.kind in {"grade", "evaluator"} for term in terms):
        return True
    bare = re.sub(r"[(（][^()（）]*[)）]$", "", squeeze(label.text))
    return _JUDGED.search(bare) is not None or any("評価" in cell.text for cell in groups)


def _tells(label: GridCell) -> bool:
    """Whether what stands behind a label is told in words: 評価の理由, 誰に対して."""
    bare = squeeze(label.text)
    return _TOLD.search(bare) is not None or QUESTION_WORD.fullmatch(bare) is not None


def _unknown(
    view: View, label: GridCell, printed: Sequence[GridCell], groups: Sequence[GridCell],
    heading: Heading | None, judge: str | None, answer: Options | None,
) -> Iterator[Fact]:  # fmt: skip
    """What stands behind a label that the vocabulary does not know: prose, a judgement where it is asked for."""
    subject = (label.excerpt,)
    if answer is not None:
        if _is_judged(view, label, groups, heading):
            first = answer.chosen[0] if answer.chosen else printed[0].excerpt
            yield Text("grade", "grade", first, label.excerpt, subject=subject, evaluator=judge, options=answer)
        return
    question = QUESTION.search(squeeze(label.text)) is not None
    for at, cell in enumerate(printed):
        kind = view.kind(cell)
        if named := labelled_name(cell.excerpt):
            yield from node_facts(named[0], named[1], None)
        elif at == 0 and question and kind in {"words", "direction", "label", "prose"} and is_judgement(cell.text):
            yield Text("grade", "grade", cell.excerpt, label.excerpt, subject=subject, evaluator=judge)
        elif kind in {"mark", "options"} or (kind == "amount" and re.fullmatch(r"\d", squeeze(cell.text))):
            if _is_judged(view, label, groups, heading) and not is_mark(cell):
                yield Text("grade", "grade", cell.excerpt, label.excerpt, subject=subject, evaluator=judge)
        elif kind == "prose" or (kind == "words" and _tells(label)):
            section = "finding" if _is_judged(view, label, groups, heading) else "background"
            yield Text("passage", section, cell.excerpt, label.excerpt)
