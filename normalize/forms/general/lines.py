"""Lines outside tables: titles, headings, labels with their value behind a colon, options and prose under a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from normalize.cells.choices import MARKS, Options, options_of
from normalize.cells.heads import read_head
from normalize.cells.kinds import CHOSEN, kind_of
from normalize.cells.marks import direction_of
from normalize.cells.vocabulary import Term, term_of, unit_note
from normalize.cells.years import ANY_YEAR, YearSense
from normalize.document.text_span import Excerpt, Place
from normalize.forms.general.facts import Fact, Named, Node, Text
from normalize.forms.general.form_values import Heading
from normalize.forms.general.headings import ORG, account_level, closed_label, goal_in, without_body
from normalize.forms.general.line_labels import COLON, LONGEST_HEADING, NUMBER, labelled_facts
from normalize.forms.general.names import kind_of_indicator, labelled_name, name_of, node_name
from normalize.forms.general.prose import section_under
from normalize.forms.general.spaced_labels import spaced_facts
from normalize.text.folding import fold_mark, squeeze
from normalize.text.quantities import MONEY
from schemas.codes.signs import leading
from schemas.document import Box, Document, Line, Table

_PART: Final = re.compile(r"(?<=\s)(?=[○●■◆【][^\s])")
_KIND_OF_TITLE: Final = re.compile(
    "評価|シート|計画|戦略|プラン|ビジョン|進捗|実績|一覧|報告|調書|点検|KPI|ＫＰＩ|状況|改革|事業|検証|成果|カルテ|票|予算|決算"
)
_ON_BRACKETS: Final = re.compile(r"\s*(?:[(（]\s*[)）]|括弧|かっこ|カッコ)\s*(?:内|書)")
"""A note on what stands in brackets, of another year mostly: （ ）内は令和3年度末時点."""

_CLOSED_LINE: Final = re.compile(r"\s*[(（][^()（）]+[)）]\s*")
"""A line in brackets: of the title over it, of which year its results are (令和5年度実績)."""

_CARD: Final = re.compile(r"[【\[〔][^\W\d_]{1,4}-\d{1,3}[】\]〕](?:[※(][^。]{0,30})?")
"""The number of a card over its table, and what it goes with: 【工-3】※【観-2】と連携."""

_MARKED: Final = re.compile(rf"\s*(?P<mark>[{CHOSEN}])\s*(?P<option>\S.*)")
_SCALE: Final = re.compile(
    r"(?:(?<=\s)|(?<=^)|(?<=[・、,，]))[◎○〇△▲×□☆★SABCDＳＡＢＣＤ](?=\s*[:：…・]?\s*[^\s、,，・])"
)
"""A mark of a scale with words behind it."""

_LEAST_OF_SCALE: Final = 2

_LONGEST_OPTION: Final = 20


@dataclass(slots=True)
class Flow:
    """What the lines have said so far: the heading that holds, the organisation, the names above."""

    heading: Heading | None = None
    org: Excerpt | None = None
    options: list[Excerpt] | None = None
    counted: Named | None = None
    """The indicator that the line over the next table names."""


def segments(line: Excerpt) -> list[Excerpt]:
    """The parts of a line that are headings of their own, side by side: 単位：千円　○事業継続性評価."""
    starts = [0, *(match.start() for match in _PART.finditer(line.text))]
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
    squeezed = squeeze(text.text)
    if squeezed.startswith(("※", "注", "(注", "(※")):
        return
    flow.counted = _counted(text, sense)
    if flow.counted is not None:
        return
    if (
        unit_note(text.text) is not None
        and re.fullmatch(r"[(（]?単位.*|.*" + MONEY + "単位.*", squeezed)
        and len(squeezed) < 16
    ):
        return
    if spaced := [*spaced_facts(text, sense)]:
        flow.options = flow.heading = None
        yield from spaced
        return
    named = labelled_name(text) if not re.search("[:：]", text.text) else None
    if named is not None:
        term = term_of(named[0].text)
        level = term.field if term is not None and term.kind == "name" else account_level(named[0].text)
        code, name = node_name(named[1], named[0])
        if name is not None and level is not None and not _is_title(text):
            flow.options = None
            yield Node(level, name, code, named[0])
            flow.heading = None
            return
    if (node := closed_label(text) or goal_in(text)) is not None:
        flow.options = flow.heading = None
        yield node
        return
    if said := [*labelled_facts(text)]:
        yield from said
        return
    asked = flow.heading is not None and flow.heading.term is not None and flow.heading.term.kind == "org"
    if ORG.fullmatch(text.text.strip()) and not asked:
        flow.org = text
        flow.heading = None
        return
    if flow.options == [] and flow.heading is not None and (among := options_of(text)) is not None and among.chosen:
        flow.options = None  # the answer stands in one line, with what it was chosen from
    own = term_of(NUMBER.sub("", text.text, count=1))
    is_option = len(squeezed) <= _LONGEST_OPTION and not re.match(r"[(（【]", squeezed)
    if (
        flow.options is not None
        and is_option
        and not (own is not None and own.is_whole and direction_of(text.text) is None)
    ):
        flow.options.append(text)
        return
    if flow.options:
        yield from _answered(flow)
    if _CARD.fullmatch(squeezed):
        flow.heading = None
        return
    if re.fullmatch(r"[(（](?:理由|説明|コメント|根拠|内容)[^()（）]*[)）]", text.text.strip()):
        return
    heading = _heading_of(text, sense)
    if heading is not None:
        flow.heading = heading
        flow.options = [] if _asks(heading) else None
        return
    if flow.heading is None:
        return
    yield from _prose(text, flow.heading, sense)


def _counted(line: Excerpt, sense: YearSense) -> Named | None:
    """The indicator that a line names behind its label: 成果指標：来場者数（人）."""
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
    squeezed = squeeze(text.text)
    if len(squeezed) > LONGEST_HEADING or "。" in squeezed:
        return None
    number = NUMBER.match(text.text)
    bare = text.slice(number.end()).strip() if number else text
    if not bare:
        return None
    term = read_head(bare.text, sense).term
    closed = re.fullmatch(r"[【〈《＜\[].*[】〉》＞\]]", text.text.strip())
    if number or closed or (term is not None and term.is_whole):
        if kind_of(bare.text, sense) in {"amount", "date", "code"} or (
            number is None and closed is None and term is None
        ):
            return None
        if not number and not closed and term is not None and term.kind in {"cost", "aside"}:
            return None
        return Heading(bare, term, numbered=number is not None and number[0].strip()[0] not in leading("heading"))
    return None


def _answered(flow: Flow) -> Iterator[Fact]:
    """The one option that is marked among lines under a question."""
    lines, heading = flow.options or [], flow.heading
    flow.options = None
    if heading is not None and len(lines) == 1:
        yield from _prose(lines[0], heading, ANY_YEAR)
    if heading is None or len(lines) < 2:
        return
    marked = [(line, match) for line in lines if (match := _MARKED.fullmatch(line.text))]
    hollow = [line for line in lines if re.match(r"\s*[□☐○◯〇]", line.text)]
    if len(marked) > 1:
        filled = [(line, match) for line, match in marked if match["mark"] not in "○◯〇"]
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
    kind = kind_of(text.text, sense)
    term = heading.term
    if kind == "options" or options_of(text) is not None:
        if term is not None and term.kind in {"grade", "direction", "evaluator"}:
            what = "direction" if term.kind == "direction" else "grade"
            yield Text(what, term.field, text, heading.excerpt, subject=(heading.excerpt,))
        return
    if term is not None and term.kind in {"grade", "direction"} and kind in {"mark", "direction"}:
        subject = () if term.field == "result" else (heading.excerpt,)
        yield Text(term.kind, term.field, text, heading.excerpt, subject=subject)
        return
    if (
        term is not None
        and term.kind == "name"
        and kind in {"words", "label"}
        and not re.search(r"\d", heading.excerpt.text)
    ):
        code, name = node_name(text, heading.excerpt)
        if name is not None:
            yield Node(term.field, name, code, heading.excerpt)
        return
    if term is not None and term.kind == "org" and kind in {"words", "label", "prose"} and "。" not in text.text:
        yield Text("org", term.field, text, heading.excerpt)
        return
    if kind == "prose" or (kind == "words" and term is not None and term.kind == "passage"):
        yield Text("passage", section_under(term), text, heading.excerpt)


def _is_legend(line: Excerpt) -> bool:
    """Whether a line says what the marks of a scale mean, one after the other: 評価：◎計画を上回る　○計画どおり."""
    head, colon, text = line.text.partition("：" if "：" in line.text else ":")
    term = term_of(head) if colon else None
    if term is None or not term.is_whole or term.kind not in {"grade", "evaluator"}:
        return False
    marks = {fold_mark(match[0], MARKS) for match in _SCALE.finditer(text)}
    return len(marks - {None}) >= _LEAST_OF_SCALE and len(squeeze(text)) > 2 * len(marks)


def titles_of(document: Document) -> list[Excerpt]:
    """The lines that say what the document is: those over its first table, running headers, a cell over a table.

    The one that names a kind of document stands first.
    """
    found: list[Excerpt] = []
    first_table = next((i for i, item in enumerate(document.items) if is_real_table(item)), len(document.items))
    for index, item in enumerate(document.items):
        if isinstance(item, Line):
            if item.role == "header" and item.fragments[0].place:
                continue  # the name on a sheet's tab is no print
            if _ON_BRACKETS.match(item.text):
                continue
            is_over = index < first_table and item.page == 1
            term = term_of(item.text)
            is_behind = (
                bool(found) and found[-1].place.item == index - 1 and _CLOSED_LINE.fullmatch(item.text) is not None
            )
            is_label = term is not None and term.is_whole and term.kind not in {"grade", "document", "group"}
            is_label = is_label and not (is_behind and term is not None and term.kind == "axis")
            if (item.role == "header" or is_over) and "。" not in item.text and not is_label and len(item.text) <= 100:
                found.append(Excerpt.of(item.text, Place(index)))
        elif item.cells and index <= first_table and item.page == 1:
            cell = item.cells[0]
            if (cell.col_span == item.n_cols or len(item.cells) == 1) and not NUMBER.match(cell.text):
                found.append(Excerpt.of(cell.text, Place(index, 0)))
    named = [text for text in found if _KIND_OF_TITLE.search(text.text)]
    plain = [text for text in named if not NUMBER.match(text.text) and not re.search("[◎○△×].*[:：]", text.text)]
    rest = [text for text in found if text not in plain and len(squeeze(text.text)) <= 12]
    once = {"".join(text.text.split()): text for text in reversed([*plain, *rest])}
    return list(reversed(once.values()))


def is_real_table(item: Line | Table) -> bool:
    """Whether an item is a table of more than a label and its value."""
    return isinstance(item, Table) and len(item.cells) > 2


def labels_of_boxes(document: Document, sense: YearSense) -> dict[int, Heading]:
    """The label line on the left of each box, a table of one cell, on the page."""
    labels: list[tuple[Excerpt, Term, Line, Box]] = []
    for number, item in enumerate(document.items):
        if not isinstance(item, Line) or item.role != "body":
            continue
        term, at = read_head(item.text, sense).term, item.fragments[0].box
        if term is not None and term.is_whole and at is not None:
            labels.append((Excerpt.of(item.text, Place(number)).strip(), term, item, at))
    found: dict[int, Heading] = {}
    for index, item in enumerate(document.items):
        if not (isinstance(item, Table) and len(item.cells) == 1):
            continue
        box = item.cells[0].fragments[0].box
        if box is None:
            continue
        beside = [
            (box.x0 - at.x1, number)
            for number, (_, _, line, at) in enumerate(labels)
            if line.page == item.page and _is_left_of(at, box)
        ]
        if beside:
            text, term, _, _ = labels[min(beside)[1]]
            found[index] = Heading(text, term)
    return found


def _is_left_of(line: Box, box: Box) -> bool:
    middle = (line.top + line.bottom) / 2
    return line.x1 <= box.x0 + 2 and box.top <= middle <= box.bottom and box.x0 - line.x1 <= 12 * line.height
