"""Which cells of a row of a form are labels, and which values stand behind each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from normalize.cells.vocabulary import Term
from normalize.document.table_grid import GridCell
from normalize.forms.general.cells.answers import is_mark, options_in_turns
from normalize.forms.general.cells.names import labelled_name
from normalize.forms.general.form.form_values import POINTS_OF, QUESTION, QUESTION_WORD, FormState
from normalize.forms.general.view import View
from normalize.text.folding import squeeze
from schemas.codes import printed_as

Pair = tuple[list[GridCell], list[GridCell]]
"""Labels, from the outermost group on, and the cells behind them with the blank ones among these."""

_TYPED: Final = frozenset(
    {"amount", "mark", "options", "prose", "absent", "unit", "date", "code", "axis", "year", "arrow"}
)
"""Kinds of cells that are a value wherever they stand behind a word."""

_NEVER_LABELS: Final = frozenset(
    {"blank", "amount", "prose", "options", "date", "mark", "absent", "arrow", "code", "year", "unit", "direction"}
)

_LONGEST_LABEL: Final = 30
"""Characters of a label that nobody knows."""

_LONGEST_WORD: Final = 12
"""Characters of what an evaluator says in a word."""

_LONGEST_QUESTION: Final = 80
"""Characters of a question that is the label of the sentences beside it."""

_LONGEST_OPTION: Final = 24
"""Characters of an option that has its mark in a cell of its own."""

_LEAST_OPTIONS: Final = 2
"""So many options, and places for their marks, are a choice."""

_MOST_LABELS: Final = 2
"""So many labels stand before the options of a row: what is judged, and its group."""

_ONE_PAIR: Final = 3
"""So many cells are a label and its value, with a blank one in front of them."""

OPTION: Final = re.compile(rf"\s*[{printed_as('□○■☑☒●✓')}]\s*\S")
"""An option behind its mark."""


def pairs_of_row(view: View, cells: Sequence[GridCell], groups: Sequence[GridCell], state: FormState) -> list[Pair]:
    """The labels of a row, each with the values behind it."""
    pairs: list[Pair] = []
    labels: list[GridCell] = []
    values: list[GridCell] = []
    options = _options_from(view, cells)
    for at, cell in enumerate(cells):
        if at < options and _is_label(_place(view, cells, at, labels, values)):
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
    has_own = any(labels and labels[0] in cells for labels, _ in pairs)
    if has_own and not (groups and pairs[0][0] == state.pending):
        state.pending = []
    return pairs


def _options_from(view: View, cells: Sequence[GridCell]) -> int:
    """From which cell on a row is options with a mark beside one of them; behind its end where it is no such row."""
    if (start := next((at for at in range(_MOST_LABELS + 1) if options_in_turns(cells[at:])), None)) is not None:
        return start
    if not _are_options(view, cells):
        return len(cells)
    first, second = cells[0], cells[1]
    is_label = first and not is_mark(first)
    return 1 if is_label and (not second or is_mark(second) or view.whole(first) is not None) else 0


def _are_options(view: View, cells: Sequence[GridCell]) -> bool:
    """Whether several words of a row have one mark among them, or places for it."""
    marks = [cell for cell in cells if cell and is_mark(cell)]
    words = [cell for cell in cells if cell and not is_mark(cell)]
    are_all_marked = len(marks) + len(words) == len(cells)
    if not marks or len(cells) - len(words) < _LEAST_OPTIONS or len(words) < _LEAST_OPTIONS:
        return False
    if len({squeeze(mark.text) for mark in marks}) > 1 or (are_all_marked and _are_criteria(view, words)):
        return False  # each has a mark of its own
    return all(
        len(squeeze(word.text)) <= _LONGEST_OPTION or view.kind(word) in {"words", "label", "direction"}
        for word in words
    )


def _are_criteria(view: View, words: Sequence[GridCell]) -> bool:
    """Whether words are what is judged, each with its mark: 効率性 | ○ | 有効性 | △."""
    terms = [view.whole(word) for word in words if view.kind(word) != "mark"]
    return all(term is not None and term.kind == "grade" for term in terms)


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell of a row, the one after it, and the labels and values before it that belong together."""

    view: View
    cells: Sequence[GridCell]
    at: int
    labels: Sequence[GridCell]
    values: Sequence[GridCell]
    cell: GridCell
    after: GridCell | None
    kind: str
    squeezed: str

    @property
    def waits(self) -> bool:
        """Whether the label before the cell has no value so far."""
        return bool(self.labels) and not any(self.values)

    @property
    def is_beside_group(self) -> bool:
        """Whether the label before the cell reaches over more rows than the cell."""
        return self.labels[-1].cell.row_span > self.cell.cell.row_span

    @property
    def group(self) -> Term | None:
        """What all of the label before the cell means."""
        return self.view.whole(self.labels[-1])

    def precedes(self, *kinds: str) -> bool:
        """Whether a cell of one of some kinds stands behind this one."""
        return self.after is not None and self.view.kind(self.after) in kinds

    @property
    def precedes_value(self) -> bool:
        """Whether a cell that is a value in itself, or a blank place for one, stands behind this one."""
        return self.after is not None and (not self.after or self.view.kind(self.after) in _TYPED)


def _place(
    view: View, cells: Sequence[GridCell], at: int, labels: Sequence[GridCell], values: Sequence[GridCell]
) -> _Place:  # fmt: skip
    cell, after = cells[at], cells[at + 1] if at + 1 < len(cells) else None
    return _Place(view, cells, at, labels, values, cell, after, view.kind(cell), squeeze(cell.text))


def _is_label(place: _Place) -> bool:
    """Whether a cell of a row is the label of what stands behind it."""
    if not place.values and _is_long_question(place.squeezed) and place.precedes("prose", "options", "mark"):
        return True
    if place.kind in _NEVER_LABELS or labelled_name(place.cell.excerpt) is not None:
        return False
    if place.kind == "axis":
        return _is_head_of_value(place)
    if place.after and QUESTION_WORD.fullmatch(place.squeezed):
        return True
    if (term := place.view.whole(place.cell)) is not None:
        return not place.waits or _is_known_below(place, term)
    if len(place.squeezed) > _LONGEST_LABEL:
        return False
    return _is_unknown_below(place) if place.waits else _is_unknown(place)


def _is_head_of_value(place: _Place) -> bool:
    """Whether a year or a role heads the cell behind it. Behind another label that is a number or prose; points of how
    many head nothing.
    """
    if place.after is None or POINTS_OF.fullmatch(place.squeezed):
        return False
    return not place.waits or place.precedes("amount", "absent", "prose")


def _is_known_below(place: _Place, term: Term) -> bool:
    """Whether a label that is known is one also behind another that waits for its value: 一次評価 | 妥当性 | A."""
    if _is_said_by(place.view, place.labels[-1], place.cell, place.after):
        return False
    if place.after is None:
        return place.is_beside_group and term.kind in {"grade", "passage", "direction"}
    group = place.group
    opens = place.is_beside_group or (group is not None and group.kind in {"group", "aside"})
    if term.kind == "evaluator" and opens and place.view.term(place.after) != term:
        return True
    if place.view.whole(place.after) is not None and not place.precedes(*_TYPED, "direction"):
        return False  # a label stands behind it
    if place.precedes("words") and _asks_for_indicator(group) and (_asks_for_indicator(term) or term.kind == "group"):
        return True  # 指標１ | 指標名 | 参加者数; 指標１ | 名称 | 参加者数
    return opens or place.precedes_value or (place.precedes("words") and term.kind in {"name", "org"})


def _asks_for_indicator(term: Term | None) -> bool:
    """Whether a label stands before the name of an indicator."""
    return term is not None and (term.kind, term.field) == ("indicator", "name")


def _is_unknown_below(place: _Place) -> bool:
    """Whether words that nobody knows are a label behind one that waits for a value: 有効性 | 余地はあるか | A."""
    if place.values:  # a blank stands between: the words are an option
        return False
    group = place.labels[-1]
    if place.after is None:
        return place.is_beside_group and place.view.kind(group) != "words" and not OPTION.match(place.cell.text)
    is_criterion = (term := place.group) is not None and term.kind == "grade"
    if is_criterion and (POINTS_OF.fullmatch(squeeze(place.after.text)) or place.precedes("options", "mark")):
        return True
    if QUESTION.search(place.squeezed) and place.precedes("words", "direction", "mark", "options"):
        return True
    return place.is_beside_group and (
        place.precedes_value
        or place.view.term(place.cell) is not None
        or _is_under_group(place.view, place.cell, group, place.after)
    )


def _is_unknown(place: _Place) -> bool:
    """Whether words that nobody knows are a label at the start of a row, or behind a label and its values."""
    is_named = place.view.term(place.cell) is not None
    if not any(place.values):
        return (not place.values or len(place.cells) <= _ONE_PAIR) if place.after is not None else is_named
    if place.after is None:
        return False
    group = place.group if place.labels else None
    if group is not None and group.kind == "name" and _are_codes(place.view, place.values):
        return False  # the name behind its code
    has_value = place.precedes("amount", "mark", "options", "prose", "code", "date")
    return is_named or has_value or _is_styled(place.cell, place.labels, place.values)


def _are_codes(view: View, values: Sequence[GridCell]) -> bool:
    return all(view.kind(value) in {"code", "amount"} for value in values)


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
