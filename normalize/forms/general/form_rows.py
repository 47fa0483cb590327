"""Rows of a form: labels with their values beside or below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from normalize.cells.choices import Options, options_among
from normalize.cells.heads import read_head
from normalize.document.table_grid import GridCell
from normalize.forms.general.answers import is_mark, marked_above, options_in_turns, votes_under
from normalize.forms.general.facts import Fact, Text
from normalize.forms.general.form_names import node_facts
from normalize.forms.general.form_values import (
    POINTS_OF,
    QUESTION,
    QUESTION_WORD,
    FormState,
    Heading,
    facts_behind_label,
)
from normalize.forms.general.names import labelled_name
from normalize.forms.general.prose import boxed_facts, headed_text, section_under
from normalize.forms.general.stubs import Setting
from normalize.forms.general.view import View
from normalize.text.folding import squeeze
from schemas.codes.signs import leading, opening

_TYPED: Final = frozenset(
    {"amount", "mark", "options", "prose", "absent", "unit", "date", "code", "axis", "year", "arrow"}
)


_NEVER_LABELS: Final = frozenset(
    {"blank", "amount", "prose", "options", "date", "mark", "absent", "arrow", "code", "year", "unit", "direction"}
)


_LONGEST_LABEL: Final = 30

_LEAST_COUNTED: Final = 4
_LEAST_COUNTED_ROWS: Final = 2
"""So many heads over so many rows of numbers make a table of counts, which is no form."""

_LONGEST_WORD: Final = 12
"""Characters of what an evaluator says in a word."""


_MOST_LABELS: Final = 2
"""So many labels stand before the options of a row: what is judged, and its group."""

_TWO_PARTS: Final = 5
"""A label, and two parts with their values."""

_LONGEST_QUESTION: Final = 80
"""Characters of a question that is the label of the sentences beside it."""

_NUMBERED: Final = re.compile(
    r"\s*(?:[(（]?[0-9０-９]{1,2}[)）.．、\s]|[①-⑳ⅠⅡⅢⅣⅤ]|[" + leading("heading") + opening("lenticular", "angle") + "])"
)


_INSTRUCTED: Final = re.compile(r"\s*(?:[(（〔][^()（）〔〕]{6,}[)）〕]|[…※][^\n。]{4,})\s*$", re.DOTALL)
"""What a label says of how to fill the place in; it is no part of the label."""


_OPTION: Final = re.compile(r"\s*[□☐○◯〇■☑☒●✓✔]\s*\S")


def form_facts(view: View, rows: Sequence[int], setting: Setting, heading: Heading | None) -> Iterator[Fact]:
    """What the rows of a form say."""
    state = FormState([])
    consumed: set[int] = set()
    for row in rows:
        if row in consumed:
            continue
        cells = view.grid.starting(row)
        if not any(cells):
            continue
        groups = [cell for cell in view.grid.row(row) if cell and cell.cell.row < row and _groups(view, cell, cells)]
        if _is_alone(view, cells):
            yield from _full_width(view, next(cell for cell in cells if cell), state, setting, heading)
            continue
        if counted := _counted(view, rows, row):
            consumed.update(counted)
            continue
        below = view.grid.starting(row + 1) if row + 1 in rows else []
        if votes_under(view, cells, below):
            consumed.add(row + 1)
            view.mark(*(cell for cell in (*cells, *below) if cell))
            continue
        headed = {id(cell): fact for cell in cells if cell and (fact := headed_text(cell.excerpt)) is not None}
        yield from headed.values()
        cells = [cell for cell in cells if id(cell) not in headed]
        if not any(cells):
            continue
        pairs = _pairs(view, cells, groups, state)
        lead = _lead(view, pairs)
        answer = _answer_below(pairs, below)
        if answer is None and (stacked := _stacked(view, pairs, rows, row)) is not None:
            answer, taken = stacked
            consumed.update(taken)
        if answer is not None:
            consumed.add(row + 1)
        for labels, values in pairs:
            if (question := _question_over(view, labels, values)) is not None:
                state.pending = [question]
                view.mark(*labels, question)
                continue
            if labels and not values:
                state.pending = labels
                view.mark(*labels)
                continue
            if labels:
                view.mark(*labels)
            around = [group for group in (*groups, *lead) if group not in labels]
            yield from facts_behind_label(view, labels, values, around, state, setting, heading, answer)


def _counted(view: View, rows: Sequence[int], row: int) -> list[int]:
    """The rows of a table of counts that nobody knows (取組 | 満足 | やや満足 | 不満 over shares): no row of a form."""
    heads = [cell for cell in view.grid.starting(row) if cell]
    if len(heads) < _LEAST_COUNTED or any(view.kind(cell) not in {"words", "label", "unit"} for cell in heads):
        return []
    cols = [cell.cell.cols for cell in heads[1:]]
    found: list[int] = []
    for below in range(row + 1, view.grid.table.n_rows):
        cells = [cell for cell in view.grid.starting(below) if cell]
        numbers = [cell for cell in cells[1:] if view.kind(cell) == "amount" and cell.cell.cols in cols]
        if below not in rows or not cells or cells[0].cell.cols != heads[0].cell.cols or len(numbers) * 2 <= len(cols):
            break
        found.append(below)
    return found if len(found) >= _LEAST_COUNTED_ROWS else []


def _question_over(view: View, labels: Sequence[GridCell], values: Sequence[GridCell]) -> GridCell | None:
    """The question beside a criterion of several rows, whose answer stands in the row below: 有効性 | 余地はあるか。"""
    printed = [cell for cell in values if cell]
    if not labels or len(printed) != 1 or labels[-1].cell.row_span <= printed[0].cell.row_span:
        return None
    term, text = view.whole(labels[-1]), squeeze(printed[0].text).rstrip("。")
    asks = term is not None and term.kind == "grade" and text.endswith(("か", "か?")) and "。" not in text
    return printed[0] if asks and view.kind(printed[0]) in {"prose", "words", "label"} else None


def _lead(view: View, pairs: Sequence[tuple[list[GridCell], list[GridCell]]]) -> list[GridCell]:
    """The label in front of a row's labels that holds for all of them: 一次評価 | 妥当性 | A | 効率性 | B."""
    first = pairs[0][0] if pairs else []
    if len(first) < 2 or (term := view.term(first[0])) is None:
        return []
    return first[:1] if term.kind in {"evaluator", "group", "grade", "direction", "name"} else []


def _stacked(
    view: View, pairs: Sequence[tuple[list[GridCell], list[GridCell]]], rows: Sequence[int], row: int
) -> tuple[Options, list[int]] | None:
    """The answer among options that stand one a row, each behind its mark, and the rows below that they take."""
    if len(pairs) != 1 or not pairs[0][0]:
        return None
    first = [cell for cell in pairs[0][1] if cell]
    if len(first) != 1 or _OPTION.match(first[0].text) is None:
        return None
    cells, taken = list(first), []
    for below in range(row + 1, view.grid.table.n_rows):
        printed = [cell for cell in view.grid.starting(below) if cell]
        if below not in rows or len(printed) != 1 or printed[0].cell.col != first[0].cell.col:
            break
        if _OPTION.match(printed[0].text) is None:
            break
        cells.append(printed[0])
        taken.append(below)
    options = options_among([cell.excerpt for cell in cells]) if taken else None
    return (options, taken) if options is not None and options.chosen else None


def _is_alone(view: View, cells: Sequence[GridCell]) -> bool:
    printed = [cell for cell in cells if cell]
    return len(printed) == 1 and (view.is_full(printed[0]) or (len(cells) == 1 and view.grid.table.n_cols == 1))


def _groups(view: View, cell: GridCell, cells: Sequence[GridCell]) -> bool:
    """Whether a cell that began above stands on the left of a row's own cells and may be their label."""
    return cell.cell.col < min(other.cell.col for other in cells) and view.kind(cell) in {"label", "words", "axis"}


def _full_width(
    view: View, cell: GridCell, state: FormState, setting: Setting, heading: Heading | None
) -> Iterator[Fact]:
    """A cell as wide as its table: a title, a label of what stands below, or the text of the label above."""
    squeezed = squeeze(_INSTRUCTED.sub("", cell.text)) or squeeze(cell.text)
    term = view.term(cell) or read_head(_INSTRUCTED.sub("", cell.text), view.sense).term
    looks_like_label = (
        len(squeezed) <= 40
        and "。" not in squeezed
        and (
            (term is not None and view.kind(cell) == "label")
            or _NUMBERED.match(cell.text)
            or view.kind(cell) == "words"
            or squeezed != squeeze(cell.text)
        )
    )
    if term is not None and term.is_whole and view.kind(cell) != "options":
        looks_like_label = True
    if not looks_like_label and not state.pending and (boxed := boxed_facts(cell.excerpt)):
        yield from boxed
        return
    if looks_like_label and not state.pending:
        state.pending = [cell]
        view.mark(cell)
        if named := labelled_name(cell.excerpt):
            yield from node_facts(named[0], named[1], None)
        return
    if looks_like_label and view.kind(cell) == "label":
        state.pending = [cell]
        view.mark(cell)
        return
    labels, state.pending = state.pending, []
    if labels:
        yield from facts_behind_label(view, labels, [cell], [], state, setting, heading, None)
    elif heading is not None and cell.cell.row == 0 and view.kind(cell) == "prose":
        yield Text("passage", section_under(heading.term), cell.excerpt, heading.excerpt)


def _pairs(
    view: View, cells: Sequence[GridCell], groups: Sequence[GridCell], state: FormState
) -> list[tuple[list[GridCell], list[GridCell]]]:
    """The labels of a row, each with the values behind it."""
    pairs: list[tuple[list[GridCell], list[GridCell]]] = []
    labels: list[GridCell] = []
    values: list[GridCell] = []
    options = _options_from(view, cells)
    for at, cell in enumerate(cells):
        if at < options and _is_label(view, cells, at, labels, values):
            if any(values) or (labels and values):
                pairs.append((labels, values))
                labels, values = [], []
            labels.append(cell)
        else:
            values.append(cell)
    if labels or any(values):
        pairs.append((labels, values))
    if pairs and not pairs[0][0]:
        inherited = list(state.pending) or list(groups[-1:])
        pairs[0] = (inherited, pairs[0][1])
    if any(labels for labels, _ in pairs if labels and labels[0] in cells):
        state.pending = [] if not groups else state.pending if pairs and pairs[0][0] == state.pending else []
    return pairs


def _options_from(view: View, cells: Sequence[GridCell]) -> int:
    """From which cell on a row is options with a mark beside one of them; behind its end where it is no such row."""
    if (start := next((at for at in range(_MOST_LABELS + 1) if options_in_turns(cells[at:])), None)) is not None:
        return start
    marks = [at for at, cell in enumerate(cells) if cell and is_mark(cell)]
    blanks = [at for at, cell in enumerate(cells) if not cell]
    words = [at for at, cell in enumerate(cells) if cell and not is_mark(cell)]
    if not marks or len(marks) + len(blanks) < 2 or len(words) < 2:
        return len(cells)
    labels = [view.whole(cells[at]) for at in words if view.kind(cells[at]) != "mark"]
    if len({squeeze(cells[at].text) for at in marks}) > 1:
        return len(cells)  # each has a mark of its own
    if not blanks and all(term is not None and term.kind == "grade" for term in labels):
        return len(cells)  # what is judged, each with its mark: 効率性 | ○ | 有効性 | △
    if any(
        view.kind(cells[at]) not in {"words", "label", "direction"} and len(squeeze(cells[at].text)) > 24
        for at in words
    ):
        return len(cells)
    return 1 if 0 in words and (1 in blanks or 1 in marks or view.whole(cells[0]) is not None) else 0


def _is_label(
    view: View, cells: Sequence[GridCell], at: int, labels: Sequence[GridCell], values: Sequence[GridCell]
) -> bool:
    """Whether a cell of a row is the label of what stands behind it."""
    cell = cells[at]
    kind = view.kind(cell)
    squeezed = squeeze(cell.text)
    after = cells[at + 1] if at + 1 < len(cells) else None
    if after and not values and _is_long_question(squeezed) and view.kind(after) in {"prose", "options", "mark"}:
        return True
    if kind in _NEVER_LABELS or labelled_name(cell.excerpt) is not None:
        return False
    waits = bool(labels) and not any(values)
    typed = after is not None and (view.kind(after) in _TYPED or not after)
    if kind == "axis" and POINTS_OF.fullmatch(squeezed):
        return False
    if kind == "axis":
        return after is not None and (not waits or view.kind(after) in {"amount", "absent", "prose"})
    if after and (QUESTION_WORD.fullmatch(squeezed) or (at % 2 and _leads_directions(view, cells))):
        return True
    whole = view.whole(cell)
    if whole is not None:
        if waits and _is_said_by(view, labels[-1], cell, after):
            return False
        if waits:
            opens = labels[-1].cell.row_span > cell.cell.row_span or (
                (t := view.whole(labels[-1])) is not None and t.kind in {"group", "aside"}
            )
            follows = after is not None and (view.whole(after) is None or view.kind(after) in {*_TYPED, "direction"})
            if whole.kind == "evaluator" and opens and after is not None and view.term(after) != whole:
                return True
            if after is None:
                return labels[-1].cell.row_span > cell.cell.row_span and whole.kind in {"grade", "passage", "direction"}
            return follows and (opens or typed or (view.kind(after) == "words" and whole.kind in {"name", "org"}))
        return True
    if len(squeezed) > _LONGEST_LABEL:
        return False
    if waits:
        if values:  # a blank stands between: the words are an option
            return False
        longer = labels[-1].cell.row_span > cell.cell.row_span
        if after is None and longer and view.kind(labels[-1]) != "words" and not _OPTION.match(cell.text):
            return len(squeezed) <= _LONGEST_LABEL
        asks = (t := view.whole(labels[-1])) is not None and t.kind == "grade" and after is not None
        if asks and after is not None and POINTS_OF.fullmatch(squeeze(after.text)):
            return True
        if (
            after is not None
            and QUESTION.search(squeezed)
            and view.kind(after) in {"words", "direction", "mark", "options"}
        ):
            return True
        if asks and after is not None and view.kind(after) in {"options", "mark"}:
            return True
        return (
            after is not None
            and longer
            and (typed or view.term(cell) is not None or _is_under_group(view, cell, labels[-1], after))
        )
    if after is None:
        return view.term(cell) is not None and not labels and not any(values)
    if not labels and not any(values) and not (values and len(cells) > 3):
        return True
    if values and not any(values):
        return False
    level = view.whole(labels[-1]) if labels else None
    if level is not None and level.kind == "name" and all(view.kind(value) in {"code", "amount"} for value in values):
        return False  # the name behind its code
    return (
        view.term(cell) is not None
        or (any(values) and view.kind(after) in {"amount", "mark", "options", "prose", "code", "date"})
        or _is_styled(cell, labels, values)
    )


def _leads_directions(view: View, cells: Sequence[GridCell]) -> bool:
    """Whether a row is a direction by its parts: 今後の方向性 | 事業の規模 | 拡大 | 事業の手法 | 継続."""
    lead = view.whole(cells[0]) if len(cells) % 2 and len(cells) >= _TWO_PARTS else None
    return (
        lead is not None
        and lead.kind == "direction"
        and all(view.kind(cell) in {"words", "label"} for cell in cells[1::2])
        and all(view.kind(cell) == "direction" for cell in cells[2::2])
    )


def _is_long_question(squeezed: str) -> bool:
    """Whether a text too long for a label is the question that the cell beside it answers."""
    return (
        _LONGEST_LABEL < len(squeezed) <= _LONGEST_QUESTION
        and squeezed.endswith(("か", "か?"))
        and "。" not in squeezed
    )


def _is_under_group(view: View, cell: GridCell, group: GridCell, after: GridCell) -> bool:
    """Whether a cell beside the label of several rows is the label of one of them: all of them go on alike."""
    term = view.whole(group)
    if term is None or term.kind not in {"passage", "group"}:
        return False
    others = [row for row in group.cell.rows if row not in cell.cell.rows]
    return bool(others) and all(
        (one := view.grid.at(row, cell.cell.col)) and one.cell.cols == cell.cell.cols
        and view.kind(one) in {"words", "label"}
        and (value := view.grid.at(row, after.cell.col)) and value.cell.cols == after.cell.cols
        for row in others
    )  # fmt: skip


def _is_said_by(view: View, label: GridCell, cell: GridCell, after: GridCell | None) -> bool:
    """Whether a word that is a label elsewhere is what an evaluator says: 一次評価 | 重点化 | sentences about it."""
    term = view.term(label)
    reasons = after is None or not after or view.kind(after) == "prose"
    return term is not None and term.kind == "evaluator" and reasons and len(squeeze(cell.text)) <= _LONGEST_WORD


def _is_styled(cell: GridCell, labels: Sequence[GridCell], values: Sequence[GridCell]) -> bool:
    """Whether a cell is filled as the label before it is, and its value is not."""
    fills = [label.cell.style.fill for label in labels if label.cell.style is not None]
    own = cell.cell.style.fill if cell.cell.style is not None else None
    others = {value.cell.style.fill for value in values if value and value.cell.style is not None}
    return own is not None and own in fills and own not in others


def _answer_below(pairs: Sequence[tuple[list[GridCell], list[GridCell]]], below: Sequence[GridCell]) -> Options | None:
    """The answer of a row of options whose marks stand in the row below."""
    if len(pairs) != 1 or not pairs[0][0]:
        return None
    return marked_above(pairs[0][1], below)
