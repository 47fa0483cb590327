"""Lines outside tables: titles, headings, labels with their value behind a colon, options and prose under a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from normalize.cells.choices import LETTERS, MARKS, Options, options_of
from normalize.cells.heads import read_head
from normalize.cells.kinds import CHOSEN, kind_of
from normalize.cells.marks import direction_of
from normalize.cells.vocabulary import term_of, unit_note
from normalize.cells.years import ANY_YEAR, YearSense
from normalize.document.text_span import Excerpt
from normalize.forms.general.around.headings import ORG, account_level, closed_label, goal_in, without_body
from normalize.forms.general.around.line_labels import COLON, LONGEST_HEADING, NUMBER, labelled_facts, with_reasons
from normalize.forms.general.around.spaced_labels import GAP, spaced_facts
from normalize.forms.general.cells.names import kind_of_indicator, labelled_name, name_of, node_name
from normalize.forms.general.cells.prose import section_under
from normalize.forms.general.facts import Fact, Named, Node, Text
from normalize.forms.general.form.form_values import Heading
from normalize.text.folding import fold_mark, squeeze
from normalize.text.note_marks import BEGINS
from normalize.text.quantities import MONEY
from schemas.codes import printed_as
from schemas.codes.signs import leading

_PART: Final = re.compile(r"(?<=\s)(?=[○●■◆【][^\s])")
_OPTION: Final = re.compile(r"(?<![^\s:：])[□☐○◯〇■●☑☒◉◎](?=\s*\S)")
"""What may be the mark of the first of some options."""

_CARD: Final = re.compile(r"[【\[〔][^\W\d_]{1,4}-\d{1,3}[】\]〕](?:[※(][^。]{0,30})?")
"""The number of a card over its table, and what it goes with: 【工-3】※【観-2】と連携."""

_MARKED: Final = re.compile(rf"\s*(?P<mark>[{CHOSEN}])\s*(?P<option>\S.*)")
_OPEN: Final = re.compile(rf"\s*[{printed_as('□○')}]")
_SCALE: Final = re.compile(
    r"(?:(?<=\s)|(?<=^)|(?<=[・、,，]))[" + LETTERS + printed_as(MARKS) + r"](?=\s*[:：…・]?\s*[^\s、,，・])"
)
"""A mark of a scale with words behind it."""

_COURSE: Final = re.compile(
    r"\s*(?:[(（]?[0-9０-９]{1,2}[)）.．、\s]\s*|[①-⑳○◆■●]\s*)?(?P<name>[^\s。、:：のはが]{1,12}(?:者|件|人|回|戸|台|日)数)"
    r"(?:の推移|の状況|の実績|推移)\s*"
)
"""A heading over the numbers of one indicator: １　利用者数の推移."""

_COLUMNS: Final = re.compile(r"\s{4,}")
_LEAST_COLUMNS: Final = 2
"""More texts of a line that are set so far apart stand in columns, and are no sentence."""

_LEAST_OF_SCALE: Final = 2

_LONGEST_OPTION: Final = 20
_LONGEST_UNIT: Final = 16
"""Characters of an option, and of a note of a unit is shorter than so many."""

_NAMES: Final = frozenset({"words", "label"})
"""What a text may be that is a name."""

_NOTE: Final = re.compile(BEGINS)
_UNIT_ALONE: Final = re.compile(r"[(（]?(?:単位|(?:金額|表示)[:：]).*|.*" + MONEY + "単位.*")
_ASIDE: Final = re.compile(r"[(（](?:理由|説明|コメント|根拠|内容)[^()（）]*[)）]")
"""What a form asks for in brackets, over the place for it: （理由を記入）."""

_CLOSED_HEADING: Final = re.compile(r"[【〈《＜\[].*[】〉》＞\]]")

_ASKING_HEADING: Final = re.compile(
    r"[^、。：:()（）]{2,16}[(（][^()（）。]*(?:いつ|どん|どの|どう|何|なぜ|誰|だれ)[^()（）。]*[)）]"
)
"""A label with what it asks: 開始したきっかけ（いつ頃どんな経緯で）."""


@dataclass(slots=True)
class Flow:
    """What the lines have said so far: the heading that holds, the organisation, the names above."""

    heading: Heading | None = None
    org: Excerpt | None = None
    options: list[Excerpt] | None = None
    counted: Named | None = None
    """The indicator that the line over the next table names."""


def segments(line: Excerpt) -> list[Excerpt]:
    """The parts of a line that are headings of their own, side by side: 単位：千円　○事業継続性評価.

    Marks of one family before options are no such heads: 総合評価　□拡充　■改善.
    """
    options = next((mark.start() for mark in _OPTION.finditer(line.text) if options_of(line.slice(mark.start()))), None)
    heads = [match.start() for match in _PART.finditer(line.text)]
    starts = [0, *(head for head in heads if options is None or head < options)]
    ends = [*starts[1:], len(line.text)]
    return [part for start, end in zip(starts, ends, strict=True) if (part := line.slice(start, end).strip())]


def line_facts(line: Excerpt, flow: Flow, sense: YearSense) -> Iterator[Fact]:
    """What a line of the body says by itself, or under the heading that holds."""
    if _is_legend(line):
        return
    for part in segments(line):
        if (bodied := without_body(part)) is not None:
            part, label, body = bodied
            yield Text("org", "responsible", body, label)
        if part:
            yield from _part_facts(part, flow, sense)


def _part_facts(text: Excerpt, flow: Flow, sense: YearSense) -> Iterator[Fact]:
    """What a part of a line says: by itself, as an option of the question over it, else under its heading."""
    text = _without_unit(text)
    if _NOTE.match(text.text):
        return
    flow.counted = _counted(text, sense)
    if flow.counted is not None or _is_unit(text):
        return
    if named := [*spaced_facts(text, sense)] or [*_level_facts(text)] or [*_goal_facts(text)]:
        flow.options = flow.heading = None
        yield from named
    elif said := [*labelled_facts(text)]:
        yield from said
    elif ORG.fullmatch(text.text.strip()) and not _is_under(flow, "org"):
        flow.org, flow.heading = text, None
    elif not _takes_option(flow, text):
        if flow.options:
            yield from _answered(flow)
        yield from _headed_facts(text, flow, sense)


def _without_unit(text: Excerpt) -> Excerpt:
    """A heading without the unit of the table under it, far behind: 【実績】        （金額：千円）."""
    first, *notes = text.split(GAP) or [text]
    return first if notes and all(_is_unit(note) for note in notes) else text


def _is_unit(text: Excerpt) -> bool:
    """Whether a text is a note of a unit alone: （単位：千円）, 金額単位：円."""
    squeezed = squeeze(text.text)
    is_note = unit_note(text.text) is not None and _UNIT_ALONE.fullmatch(squeezed) is not None
    return is_note and len(squeezed) < _LONGEST_UNIT


def _level_facts(text: Excerpt) -> Iterator[Node]:
    """The name behind a label of the hierarchy, without a colon, where the line is no title: 施策 港の振興."""
    named = labelled_name(text) if not re.search("[:：]", text.text) else None
    if named is None or _is_title(text):
        return
    label, value = named
    term = term_of(label.text)
    level = term.field if term is not None and term.kind == "name" else account_level(label.text)
    code, name = node_name(value, label)
    if name is not None and level is not None:
        yield Node(level, name.split(GAP)[0], code, label)  # far behind a name stand other labels and values


def _goal_facts(text: Excerpt) -> Iterator[Node]:
    """The name behind a label in brackets, or the goal of a plan behind its number."""
    if (node := closed_label(text) or goal_in(text)) is not None:
        yield node


def _is_under(flow: Flow, kind: str) -> bool:
    """Whether the heading that holds is a term of a kind."""
    return flow.heading is not None and flow.heading.term is not None and flow.heading.term.kind == kind


def _takes_option(flow: Flow, text: Excerpt) -> bool:
    """Whether a text is taken as an option of the question over it; an answer with its options in one line is none."""
    if flow.options == [] and flow.heading is not None and (among := options_of(text)) is not None and among.chosen:
        flow.options = None
    if flow.options is None or not _may_be_option(text):
        return False
    flow.options.append(text)
    return True


def _may_be_option(text: Excerpt) -> bool:
    """Whether a text is as short as an option, and no label; a direction (廃止) may be both."""
    squeezed = squeeze(text.text)
    if len(squeezed) > _LONGEST_OPTION or squeezed[:1] in {"(", "（", "【"}:
        return False
    own = term_of(NUMBER.sub("", text.text, count=1))
    return own is None or not own.is_whole or direction_of(text.text) is not None


def _headed_facts(text: Excerpt, flow: Flow, sense: YearSense) -> Iterator[Fact]:
    """What a text says under the heading that holds; a card or a heading of its own ends it."""
    if _CARD.fullmatch(squeeze(text.text)):
        flow.heading = None
    elif _ASIDE.fullmatch(text.text.strip()):
        return
    elif (heading := _heading_of(text, sense)) is not None:
        flow.heading = heading
        flow.options = [] if _asks(heading) else None
    elif flow.heading is not None:
        yield from _prose(text, flow.heading, sense)


def _counted(line: Excerpt, sense: YearSense) -> Named | None:
    """The indicator that a line names behind its label (成果指標：来場者数（人）), or whose course it heads."""
    if course := _COURSE.fullmatch(line.text):
        name, unit = name_of(line.slice(*course.span("name")))
        return Named(name, unit) if name is not None else None
    parts = line.split(COLON)
    if len(parts) != 2 or not all(parts) or "。" in line.text:
        return None
    term = read_head(parts[0].text, sense).term
    if term is None or not term.is_whole or (term.kind, term.field) != ("indicator", "name"):
        return None
    name, unit = name_of(parts[1])
    return Named(name, unit, kind=kind_of_indicator(parts[0].text)) if name is not None else None


def flush(flow: Flow) -> Iterator[Fact]:
    """What the options that were collected say, where something else than a line follows."""
    if flow.options:
        yield from _answered(flow)
    flow.options = None


def _is_title(text: Excerpt) -> bool:
    """Whether a line that begins with a label of the hierarchy is a title: 事務事業 評価シート."""
    return re.search(r"(?:評価|シート|調書|一覧表?|報告書|計画書|管理票|カルテ|票)\)?$", squeeze(text.text)) is not None


def _asks(heading: Heading) -> bool:
    """Whether options may stand under a heading: it ends as a question does, or judges."""
    bare = squeeze(heading.excerpt.text)
    term = heading.term
    return bare.endswith(("は", "か", "か?", "?")) or (
        term is not None and term.kind in {"grade", "direction", "evaluator"}
    )


def _heading_of(text: Excerpt, sense: YearSense) -> Heading | None:
    """The heading that a text is: behind a number, in brackets, or a known label as a whole."""
    squeezed = squeeze(text.text)
    if len(squeezed) > LONGEST_HEADING or "。" in squeezed:
        return None
    number = NUMBER.match(text.text)
    bare = text.slice(number.end()).strip() if number else text
    if not bare:
        return None
    term = read_head(bare.text, sense).term
    is_set_off = number is not None or any(
        shape.fullmatch(text.text.strip()) for shape in (_CLOSED_HEADING, _ASKING_HEADING)
    )
    is_label = term is not None and term.is_whole and term.kind not in {"cost", "aside"}
    if not (is_set_off or is_label) or kind_of(bare.text, sense) in {"amount", "date", "code"}:
        return None
    return Heading(bare, term, numbered=number is not None and number[0].strip()[0] not in leading("heading"))


def _answered(flow: Flow) -> Iterator[Fact]:
    """The one option that is marked among lines under a question."""
    lines, heading = flow.options or [], flow.heading
    flow.options = None
    if heading is not None and len(lines) == 1:
        yield from _prose(lines[0], heading, ANY_YEAR)
    if heading is None or len(lines) < 2:
        return
    marked = [(line, match) for line in lines if (match := _MARKED.fullmatch(line.text))]
    hollow = [line for line in lines if _OPEN.match(line.text)]
    if len(marked) > 1:
        filled = [(line, match) for line, match in marked if match["mark"] not in printed_as("○")]
        if len(filled) == 1 and len(hollow) == len(lines) - 1:
            marked = filled
    if len(marked) != 1:
        return
    line, match = marked[0]
    chosen = line.slice(*match.span("option")).strip()
    options = Options((chosen,), tuple(o for o in lines if o is not line), (line.slice(*match.span("mark")),))
    kind = "direction" if heading.term is not None and heading.term.kind == "direction" else "grade"
    yield Text(
        kind,
        "grade" if kind == "grade" else "direction",
        chosen,
        heading.excerpt,
        subject=(heading.excerpt,),
        options=options,
    )


def _prose(text: Excerpt, heading: Heading, sense: YearSense) -> Iterator[Fact]:
    """What a text says under a heading: a judgement, a name, who is in charge, or a passage."""
    if len(text.split(_COLUMNS)) > _LEAST_COLUMNS:
        return  # a row of a table whose columns are not sure
    kind = kind_of(text.text, sense)
    term = heading.term
    asks = term.kind if term is not None else None
    if kind == "options" or options_of(text) is not None:
        yield from _with_options(text, heading)
    elif judged := [*_judged(text, heading, kind, sense)]:
        yield from judged
    elif term is not None and asks == "name" and kind in _NAMES and not re.search(r"\d", heading.excerpt.text):
        code, name = node_name(text, heading.excerpt)
        if name is not None:
            yield Node(term.field, name, code, heading.excerpt)
    elif term is not None and asks == "org" and kind in {*_NAMES, "prose"} and "。" not in text.text:
        yield Text("org", term.field, text, heading.excerpt)
    elif kind == "prose" or (kind == "words" and asks == "passage"):
        yield Text("passage", section_under(term), text, heading.excerpt)


def _with_options(text: Excerpt, heading: Heading) -> Iterator[Fact]:
    """A text with options to choose from, where its heading asks for a judgement."""
    term = heading.term
    if term is not None and term.kind in {"grade", "direction", "evaluator"}:
        what = "direction" if term.kind == "direction" else "grade"
        yield Text(what, term.field, text, heading.excerpt, subject=(heading.excerpt,))


def _judged(text: Excerpt, heading: Heading, kind: str, sense: YearSense) -> Iterator[Fact]:
    """The judgement under a heading that asks for one, and the reasons behind it; nothing where the text is neither."""
    term = heading.term
    if term is None or (term.kind != "grade" and term.kind != "direction"):
        return
    judgement, reasons = with_reasons(text)
    if reasons is not None:
        yield from _prose(judgement, heading, sense)
        yield Text("passage", section_under(term), reasons, heading.excerpt)
    elif kind in {"mark", "direction"}:
        subject = () if term.field == "result" else (_without_brackets(heading.excerpt),)
        yield Text(term.kind, term.field, text, heading.excerpt, subject=subject)


def _without_brackets(heading: Excerpt) -> Excerpt:
    """The words of a heading in brackets: 【今後の方向性】."""
    text = heading.strip()
    return text.slice(1, len(text.text) - 1) if _CLOSED_HEADING.fullmatch(text.text) else heading


def _is_legend(line: Excerpt) -> bool:
    """Whether a line says what the marks of a scale mean, one after the other: 評価：◎計画を上回る　○計画どおり."""
    head, colon, text = line.text.partition("：" if "：" in line.text else ":")
    term = term_of(head) if colon else None
    if term is None or not term.is_whole or term.kind not in {"grade", "evaluator"}:
        return False
    marks = {fold_mark(match[0], MARKS) for match in _SCALE.finditer(text)}
    return len(marks - {None}) >= _LEAST_OF_SCALE and len(squeeze(text)) > 2 * len(marks)
