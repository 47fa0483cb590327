"""Judgements, directions and prose behind the labels of a form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from normalize.cells.kinds import has_options
from normalize.cells.marks import direction_of, is_judgement, mark_of
from normalize.cells.vocabulary import term_of
from normalize.document.table_grid import GridCell
from normalize.document.text_span import Excerpt
from normalize.forms.general.cells.answers import is_mark, is_said, is_unanswered, leaves_open, picked_of
from normalize.forms.general.facts import Doubt, Fact, Text
from normalize.forms.general.form.form_names import DIRECTS, labelled_nodes
from normalize.forms.general.form.form_values import POINTS_OF, QUESTION, QUESTION_WORD, Labelled
from normalize.forms.general.view import View
from normalize.text.folding import squeeze

_ENDS_IN_JUDGED: Final = re.compile("(?:評価|評定|判定)$")
"""How the label of a judgement ends, and no judgement: ソフト面の評価."""

_JUDGED: Final = re.compile(r"評価|判定|(?:か|か[?？]|余地|性|度|度合い?|ニーズ|ランク)$")
"""How a label ends that asks for a judgement, or names a quality."""

_TOLD: Final = re.compile("説明|理由|内容|概要|備考|意見|コメント")
"""What a label says behind which something is told in words."""

_ASKED: Final = re.compile(
    r"^\s*[(（〔【][^()（）〔〕【】\n]{2,}(?:か|か[?？]|こと|ください|下さい|記入|記載)[)）〕】]\s*(?=\S)|^\s*※[^\n]*\n"
    r"|^[^\n。]{0,20}(?:誰|何|どの|どう|どこ|いつ)[^\n。]{0,24}か[?？]?[^\S\n]*\n(?=\s*\S)"
)
"""What the form asks for, in front of the answer in the same cell."""

_LONGEST_ANSWER: Final = 12
"""Characters; longer words behind a judgement tell something about it."""


def body_direction(behind: Labelled) -> Text:
    """The direction that a body gives: 今後の方向性 | 所管課 | 継続."""
    by = term_of(squeeze(behind.label.text) + "評価")
    judge = by.field if by is not None and by.kind == "evaluator" else None
    value, subject = behind.printed[0].excerpt, (behind.groups[0].excerpt,)
    return Text("direction", "direction", value, behind.label.excerpt, subject=subject, evaluator=judge)


def is_in_points(behind: Labelled) -> bool:
    """Whether a label in a group of judgements has points of how many behind it: 妥当性 | 市が行う理由 | 5 ／ 5."""
    terms = map(behind.view.whole, behind.groups)
    is_judged = any(term is not None and term.kind == "grade" for term in terms)
    return is_judged and POINTS_OF.fullmatch(squeeze(behind.printed[0].text)) is not None


def point_facts(behind: Labelled) -> Iterator[Fact]:
    """Points, and the prose behind them."""
    value, *rest = behind.printed
    label = behind.label.excerpt
    yield Text("grade", "grade", value.excerpt, label, subject=(label,))
    for cell in rest:
        if behind.view.kind(cell) == "prose":
            yield Text("passage", "finding", cell.excerpt, label)


def judged_facts(behind: Labelled) -> Iterator[Fact]:
    """A judgement or a direction behind its label, and the prose about it."""
    if behind.answer is None and is_unanswered(behind.view, behind.printed):
        return
    kind, subject = _kind_and_subject(behind)
    if kind == "direction" and _is_merely_marked(behind):
        kind = "grade"
    if behind.answer is not None:
        yield _choice(behind, kind, behind.field, subject)
    else:
        yield from _said_and_told(behind, kind, subject)


def _kind_and_subject(behind: Labelled) -> tuple[str, tuple[Excerpt, ...]]:
    """Whether a label of judgements asks for a grade or a direction, and what says of what.

    A label that only names who judges, or says 評価, judges what its group or the heading says.
    """
    view, heading = behind.view, behind.form.heading
    own = "direction" if behind.kind == "direction" else "grade"
    own_term = view.term(behind.label)
    tells_more = own_term is not None and not own_term.is_whole and not behind.groups
    if (behind.kind != "evaluator" and behind.field != "result") or tells_more:
        return own, (behind.label.excerpt,)
    about = next((group for group in behind.groups if _says_what_is_judged(view, group)), None)
    term = view.term(about) if about is not None else heading.term if heading is not None else None
    directs = term is not None and term.kind == "direction"
    subject: tuple[Excerpt, ...] = ()
    if about is not None:
        subject = (about.excerpt,)
        directs = directs or DIRECTS.search(squeeze(about.text)) is not None
    elif directs and heading is not None:
        subject = (heading.excerpt,)
    value = behind.printed[0].text
    directs = directs or (direction_of(value) is not None and mark_of(value) is None)
    return ("direction" if directs else own), subject


def _says_what_is_judged(view: View, group: GridCell) -> bool:
    """Whether the label of a group of evaluators says what they judge."""
    term = view.term(group)
    return (term is not None and term.kind in {"grade", "direction"}) or DIRECTS.search(squeeze(group.text)) is not None


def _is_merely_marked(behind: Labelled) -> bool:
    """Whether a mark is given behind the label of a direction, and no direction: it is a grade."""
    value, answer = behind.printed[0], behind.answer
    chosen = answer.chosen[0].text if answer is not None and answer.chosen else None
    is_marked = mark_of(chosen) is not None if chosen is not None else behind.view.kind(value) == "mark"
    return is_marked and direction_of(chosen or value.text) is None


def _said_and_told(behind: Labelled, kind: str, subject: tuple[Excerpt, ...]) -> Iterator[Fact]:
    """The judgement that one of the cells says, and what the others tell about it."""
    view, label = behind.view, behind.label.excerpt
    value, *rest = behind.printed
    if rest and all(view.kind(cell) == "mark" and not is_mark(cell) for cell in behind.printed):
        yield Doubt(behind.label.excerpt, "the judgement of one", "the judgement of another")  # no head tells whose
        return
    if (picked := picked_of(value, rest)) is not None:
        value, rest = picked, [cell for cell in rest if cell is not picked]
    said = (has_options(value.text) or is_said(view, value)) and not _is_head(view, value)
    if said:
        yield Text(kind, behind.field, value.excerpt, label, subject=subject, evaluator=behind.judge)
    elif view.kind(value) == "prose":
        rest = [value, *rest]
    for cell in rest:
        are_words = view.kind(cell) == "words" and len(squeeze(cell.text)) > _LONGEST_ANSWER
        if view.kind(cell) == "prose" or (are_words and said):
            yield Text("passage", "next_year" if kind == "direction" else "finding", cell.excerpt, label)


def _is_head(view: View, cell: GridCell) -> bool:
    """Whether a cell is a label of something else, and no word that judges: 評価 | 今後の方向性."""
    term = view.whole(cell)
    is_other = term is not None and term.kind in {"direction", "passage", "name", "org", "indicator"}
    is_other = is_other or _ENDS_IN_JUDGED.search(squeeze(cell.text)) is not None
    return is_other and direction_of(cell.text) is None and mark_of(cell.text) is None


def _choice(behind: Labelled, kind: str, field: str, subject: tuple[Excerpt, ...]) -> Text:
    """What cells choose among options; the first of them stands for all where none is chosen."""
    answer = behind.answer
    value = answer.chosen[0] if answer is not None and answer.chosen else behind.printed[0].excerpt
    return Text(kind, field, value, behind.label.excerpt, subject=subject, evaluator=behind.judge, options=answer)


def _grade(behind: Labelled, cell: GridCell) -> Text:
    label = behind.label.excerpt
    return Text("grade", "grade", cell.excerpt, label, subject=(label,), evaluator=behind.judge)


def _chosen_grade(behind: Labelled) -> Iterator[Fact]:
    """The option chosen behind a label that may ask for a judgement; others are choices of the form."""
    if _is_judged(behind):
        yield _choice(behind, "grade", "grade", (behind.label.excerpt,))


def passage_facts(behind: Labelled) -> Iterator[Fact]:
    """Prose behind its label. A mark there is a judgement after all; options are choices of the form."""
    if behind.answer is not None:
        yield from _chosen_grade(behind)
        return
    for at, cell in enumerate(behind.printed):
        yield from _passage(behind, cell, is_first=at == 0)


def _passage(behind: Labelled, cell: GridCell, *, is_first: bool) -> Iterator[Fact]:
    """What one cell behind a label of prose says."""
    label, kind = behind.label.excerpt, behind.view.kind(cell)
    if kind == "direction" and behind.field == "next_year":  # 今後の進め方 | 拡充
        yield Text("direction", "direction", cell.excerpt, label, subject=(label,))
    elif _is_title(behind.view, cell) or (kind != "prose" and not is_first):
        return  # a title beside a title; another label, or what it says
    elif kind == "direction" and len(behind.values) > 1:
        return  # what one side of a matrix is called: 成果 | 拡充 | … | ●
    elif len(behind.printed) == 1 and (
        (kind == "mark" and not is_mark(cell)) or (re.fullmatch(r"\d", squeeze(cell.text)) and _is_judged(behind))
    ):
        yield _grade(behind, cell)
    elif kind in {"prose", "words", "label", "direction"} or (behind.field == "schedule" and kind in {"axis", "date"}):
        asked = _ASKED.match(cell.text)
        value = cell.excerpt.slice(asked.end()).strip() if asked else cell.excerpt
        yield Text("passage", behind.field, value, label)


def _is_title(view: View, cell: GridCell) -> bool:
    """Whether a cell is the label of indicators, or of a group of others."""
    term = view.whole(cell)
    return term is not None and term.kind in {"indicator", "group"}


def unknown_facts(behind: Labelled) -> Iterator[Fact]:
    """What stands behind a label that the vocabulary does not know: prose, a judgement where it is asked for."""
    if behind.answer is not None:
        yield from _chosen_grade(behind)
        return
    if leaves_open(behind.printed):
        return
    for at, cell in enumerate(behind.printed):
        yield from _unknown(behind, cell, is_first=at == 0)


def _unknown(behind: Labelled, cell: GridCell, *, is_first: bool) -> Iterator[Fact]:
    """What one cell behind a label that nobody knows says."""
    kind, bare = behind.view.kind(cell), squeeze(behind.label.text)
    answers = is_first and kind in {"words", "direction", "label", "prose"} and QUESTION.search(bare) is not None
    if nodes := [*labelled_nodes(cell.excerpt)]:
        yield from nodes
    elif answers and is_judgement(cell.text):
        yield _grade(behind, cell)
    elif kind in {"mark", "options"} or (kind == "amount" and re.fullmatch(r"\d", squeeze(cell.text))):
        if not is_mark(cell) and _is_judged(behind):
            yield _grade(behind, cell)
    elif kind == "prose" or (kind == "words" and (_TOLD.search(bare) or QUESTION_WORD.fullmatch(bare))):
        section = "finding" if _is_judged(behind) else "background"
        yield Text("passage", section, cell.excerpt, behind.label.excerpt)


def _is_judged(behind: Labelled) -> bool:
    """Whether what stands behind a label that nobody knows is a judgement: its words ask or name a quality."""
    heading = behind.form.heading
    terms = [behind.view.term(cell) for cell in (behind.label, *behind.groups)] + [heading.term if heading else None]
    if any(term is not None and term.kind in {"grade", "evaluator"} for term in terms):
        return True
    bare = re.sub(r"[(（][^()（）]*[)）]$", "", squeeze(behind.label.text))
    return _JUDGED.search(bare) is not None or any("評価" in group.text for group in behind.groups)
