"""What a line says behind a label of its own: after a colon, in brackets, in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from normalize.cells.choices import MARKS, options_of
from normalize.cells.marks import direction_of, mark_of
from normalize.cells.vocabulary import Term, term_of
from normalize.document.text_span import Excerpt
from normalize.forms.general.cells.names import node_name
from normalize.forms.general.facts import Fact, Node, Text
from normalize.text.folding import fold_mark, squeeze, without_bullet
from schemas.codes.signs import leading

COLON: Final = re.compile(r"\s*[:：]\s*")
NUMBER: Final = re.compile(r"\s*(?:[(（]?[0-9０-９]{1,2}[)）.．、\s]|[①-⑳ⅠⅡⅢⅣⅤⅥ]\.?|[" + leading("heading") + r"])\s*")
_WIDE: Final = re.compile(r"\s{2,}|[\u2003\u3000]{1,}")
_IN_BRACKETS: Final = re.compile(
    r"\s*[【〔《](?P<label>[^【】〔〕《》]{1,16}(?:[【〔《][^【】〔〕《》]{1,24}[】〕》])?)[】〕》]\s*(?P<value>\S[^【】]*)"
)
_FAR: Final = re.compile(r"\s{2,}|[\u3000\t]")
_REASONS_CLOSED: Final = re.compile(r"(?P<said>[^\s。、（()）]{1,12})[（(](?P<reasons>[^（()）]*。)[)）]")
"""A judgement in a word, and sentences behind it in brackets."""

_QUOTED: Final = re.compile(
    r"(?:^|(?<=[\s\u3000]))(?P<label>[^\s\d０-９「」『』]{2,10})\s*(?P<code>[0-9０-９]{0,3}(?:[-－][0-9０-９]{1,2})*)\s*"
    r"[「『](?P<name>[^「」『』]{2,40})[」』](?=$|[\s\u3000(（])"
)

LONGEST_HEADING: Final = 60


def labelled_facts(line: Excerpt) -> Iterator[Fact]:
    """What a line says behind its labels, in the first of the ways in which it does."""
    yield from [*_labelled(line)] or [*_closed(line)] or [*_judged(line)]


def _labelled(line: Excerpt) -> Iterator[Fact]:
    """The values of a line behind their labels, one or several: 事業名：道路の補修　担当課：道路課."""
    found = [(colon, *label) for colon in COLON.finditer(line.text) if (label := _label_before(line, colon.start()))]
    starts = [head.start - line.start for _, head, _ in found] + [len(line.text)]
    for (colon, head, term), end in zip(found, starts[1:], strict=True):
        value = line.slice(colon.end(), end).strip()
        if term.kind in {"document", "code"}:  # what stands far behind is no part of a date or a number
            value = value.slice(0, gap.start() if (gap := _WIDE.search(value.text)) else None)
        if not value:
            continue
        if term.kind == "name":
            code, name = node_name(value, head)
            if name is not None:
                yield Node(term.field, name, code, head)
            continue
        kind = "direction" if term.kind == "direction" else "grade" if term.kind == "evaluator" else term.kind
        judge = term.field if term.kind == "evaluator" else None
        value, reasons = with_reasons(value) if kind in {"grade", "direction"} else (value, None)
        yield Text(kind, term.field, value, head, subject=_subject(head, term), evaluator=judge)
        if reasons is not None:
            yield Text("passage", "next_year" if kind == "direction" else "finding", reasons, head)


def _closed(line: Excerpt) -> Iterator[Fact]:
    """The value behind a label in brackets: 【担当課】商工課."""
    found = _IN_BRACKETS.fullmatch(line.text)
    term = term_of(found["label"]) if found else None
    if found is None or term is None or not term.is_whole or term.kind not in {"org", "passage", "direction"}:
        return  # behind the label of a judgement stands a legend as often
    head, value = line.slice(*found.span("label")), line.slice(*found.span("value")).strip()
    if term.kind == "direction":
        direction, reasons = with_reasons(value)
        if direction_of(direction.text) is not None:
            yield Text("direction", term.field, direction, head, subject=_subject(head, term))
            yield from () if reasons is None else (Text("passage", "next_year", reasons, head),)
        return
    if term.kind != "org" or "。" not in value.text:
        yield Text(term.kind, term.field, value, head)


def _label_before(line: Excerpt, end: int) -> tuple[Excerpt, Term] | None:
    """The label that ends at an offset of a line: from the line's start, else from behind a blank."""
    for start in (0, *(blank.end() for blank in re.finditer(r"\s+", line.text[:end]))):
        head = line.slice(start, end).strip()
        term = term_of(head.text) if head else None
        if term is not None and term.is_whole:
            is_read = term.kind not in {"group", "aside", "axis", "cost", "indicator"}
            return (head, term) if is_read else None
    return None


def _judged(line: Excerpt) -> Iterator[Text]:
    """A judgement behind its label without a colon, and the reasons far behind it: ４　評価　Ｂ（おおむね達成）."""
    for gap in re.finditer(r"\s+", line.text):
        head, value = line.slice(0, gap.start()), line.slice(gap.end()).strip()
        term = term_of(head.text) if head and value else None
        if term is None or not term.is_whole or term.kind not in {"grade", "direction", "evaluator"}:
            continue
        if options_of(value) is not None:
            yield from judgement_behind(head, term, value)
            return
        value, reasons = with_reasons(value)
        is_direction = term.kind != "grade" and direction_of(value.text) is not None
        is_said = is_direction or (term.kind != "direction" and mark_of(value.text) is not None)
        if not is_said or "。" in value.text or re.search(r"[:：]|・.*・", value.text):
            continue
        yield from judgement_behind(head, term, value)
        if reasons is not None:
            yield Text("passage", "next_year" if is_direction else "finding", reasons, head)
        return


def judgement_behind(head: Excerpt, term: Term, value: Excerpt) -> Iterator[Text]:
    """The judgement or direction that a mark, a word or options say behind a label."""
    options = options_of(value)
    among = (*options.chosen, *options.others) if options is not None else (value,)
    are_directions = all(direction_of(one.text) is not None for one in among)
    is_direction = (are_directions and (options is not None or term.kind != "grade")) or (
        options is not None and term.kind == "direction"
    )
    kind, judge = "direction" if is_direction else "grade", term.field if term.kind == "evaluator" else None
    yield Text(kind, term.field, value, head, subject=_subject(head, term), evaluator=judge)


def with_reasons(text: Excerpt) -> tuple[Excerpt, Excerpt | None]:
    """A judgement, and the sentences that stand apart behind it, or in brackets.

    Far behind a judgement in any words they are apart; behind a wide blank, where it is a mark or a direction.

    >>> from normalize.document.text_span import Place
    >>> def read(text):
    ...     said, reasons = with_reasons(Excerpt.of(text, Place(0)))
    ...     return said.text, reasons.text if reasons else None
    >>> read("Ｂ　進め方を改める。"), read("高い（求める人が多い。）")
    (('Ｂ', '進め方を改める。'), ('高い', '求める人が多い。'))
    >>> read("市民が　多く求める。"), read("Ｂ（おおむね良好）")
    (('市民が　多く求める。', None), ('Ｂ（おおむね良好）', None))
    """
    if closed := _REASONS_CLOSED.fullmatch(text.text):
        return text.slice(*closed.span("said")), text.slice(*closed.span("reasons"))
    gap = _FAR.search(text.text)
    if gap is None or not text.text.endswith("。"):
        return text, None
    said = text.slice(0, gap.start())
    is_said = fold_mark(said.text, MARKS) is not None or direction_of(said.text) is not None
    if not is_said and re.fullmatch(r"\s{2,}", gap[0]) is None:
        return text, None
    return said, text.slice(gap.end()).strip()


def quoted_names(line: Excerpt) -> Iterator[Node]:
    """The names that a title quotes behind their labels and numbers: 施策評価シート　施策12「地域の防災」."""
    if "。" in line.text or len(squeeze(line.text)) > LONGEST_HEADING:
        return
    for match in _QUOTED.finditer(line.text):
        term = term_of(match["label"])
        if term is not None and term.is_whole and term.kind == "name":
            label, code, name = (line.slice(*match.span(part)).strip() for part in ("label", "code", "name"))
            yield Node(term.field, name, code or None, label)


def _subject(head: Excerpt, term: Term) -> tuple[Excerpt, ...]:
    is_judged = term.kind == "direction" or (term.kind, term.field) == ("grade", "grade")
    head = head.slice(len(head.text) - len(without_bullet(head.text)))
    number = NUMBER.match(head.text)
    return (head.slice(number.end() if number else 0),) if is_judged else ()
