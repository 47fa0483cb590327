"""Rows of a form: labels with their values beside or below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from normalize.cells.choices import Options, options_among
from normalize.cells.heads import read_head
from normalize.document.table_grid import GridCell
from normalize.forms.general.cells.answered_cells import answered_in
from normalize.forms.general.cells.answers import bodies_before_levels, marked_above, marked_beside, votes_under
from normalize.forms.general.cells.prose import boxed_facts, headed_text, section_under
from normalize.forms.general.facts import Fact, Text
from normalize.forms.general.form.behind_labels import facts_behind_label
from normalize.forms.general.form.beside_rows import direction_by_parts, heads_over_values
from normalize.forms.general.form.form_labels import OPTION, Pair, pairs_of_row
from normalize.forms.general.form.form_names import labelled_nodes
from normalize.forms.general.form.form_values import Form, FormState, Heading
from normalize.forms.general.rows.stubs import Setting
from normalize.forms.general.view import View
from normalize.text.folding import squeeze
from schemas.codes.signs import leading, opening

_LEAST_COUNTED: Final = 4
_LEAST_COUNTED_ROWS: Final = 2
"""So many heads over so many rows of numbers make a table of counts, which is no form."""

_LONGEST_TITLE: Final = 40
"""Characters of a title as wide as its table."""

_NUMBERED: Final = re.compile(
    r"\s*(?:[(（]?[0-9０-９]{1,2}[)）.．、\s]|[①-⑳ⅠⅡⅢⅣⅤ]|[" + leading("heading") + opening("lenticular", "angle") + "])"
)
"""A title begins with its number or a sign of headings."""

_INSTRUCTED: Final = re.compile(r"\s*(?:[(（〔][^()（）〔〕]{6,}[)）〕]|[…※][^\n。]{4,})\s*$", re.DOTALL)
"""What a label says of how to fill the place in; it is no part of the label."""


def form_facts(view: View, rows: Sequence[int], setting: Setting, heading: Heading | None) -> Iterator[Fact]:
    """What the rows of a form say."""
    form = Form(view, rows, setting, heading, FormState([]))
    for row in rows:
        if row not in form.state.taken:
            yield from _facts_of_row(form, row)


def _facts_of_row(form: Form, row: int) -> Iterator[Fact]:
    """What a row says: a title or text as wide as the table, or labels with their values; counts say nothing here."""
    view, taken = form.view, form.state.taken
    cells = view.grid.starting(row)
    printed = [cell for cell in cells if cell]
    below = view.grid.starting(row + 1) if row + 1 in form.rows else []
    if not printed:
        return
    if _is_alone(view, cells):
        yield from _full_width(form, printed[0])
    elif counted := _counted(view, form.rows, row):
        taken.update(counted)
    elif votes_under(view, cells, below):
        taken.add(row + 1)
        view.mark(*printed, *(cell for cell in below if cell))
    elif bodies := bodies_before_levels(view, cells):
        view.mark(*printed[::2])
        yield from (Text("org", "responsible", body.excerpt, printed[0].excerpt) for body in bodies)
    elif parts := [*direction_by_parts(view, cells)]:
        yield from parts
    else:
        heads = heads_over_values(view, cells, below)
        for head, value in zip(heads, below if heads else (), strict=True):
            view.mark(head)
            yield from facts_behind_label(form, [head], [value], [], None)
        taken.update([row + 1] if heads else [])
        cells = [cell for cell in cells if cell not in heads]
        printed = [cell for cell in cells if cell]
        headed = {id(cell): facts for at, cell in enumerate(cells) if (facts := _told_in_cell(form, cells, at))}
        yield from (fact for facts in headed.values() for fact in facts)
        groups = [cell for cell in view.grid.row(row) if cell and cell.cell.row < row and _groups(view, cell, cells)]
        rest = [cell for cell in cells if id(cell) not in headed]
        if any(rest):
            yield from _facts_of_pairs(form, row, rest, groups, below)


def _facts_of_pairs(
    form: Form, row: int, cells: Sequence[GridCell], groups: Sequence[GridCell], below: Sequence[GridCell]
) -> Iterator[Fact]:
    """What the labels of a row say with their values; a label without one is that of the row below."""
    view, state = form.view, form.state
    pairs = pairs_of_row(view, cells, groups, state)
    lead = _lead(view, pairs)
    answer = _answer_of_row(form, row, pairs, below)
    for labels, values in pairs:
        view.mark(*labels)
        if (question := _question_over(view, labels, values)) is not None:
            state.pending = [question]
            view.mark(question)
        elif labels and not values:
            state.pending = labels
        else:
            around = [group for group in (*groups, *lead) if group not in labels]
            yield from facts_behind_label(form, labels, values, around, answer)


def _answer_of_row(form: Form, row: int, pairs: Sequence[Pair], below: Sequence[GridCell]) -> Options | None:
    """The answer that the rows below a label give, which are read with it: marks under options, or one option a row."""
    if (answer := _answer_below(pairs, below)) is not None:
        form.state.taken.add(row + 1)
        return answer
    answer, taken = _stacked(form.view, pairs, form.rows, row) or (None, [])
    form.state.taken.update(taken)
    return answer


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


def _lead(view: View, pairs: Sequence[Pair]) -> list[GridCell]:
    """The label in front of a row's labels that holds for all of them: 一次評価 | 妥当性 | A | 効率性 | B."""
    first = pairs[0][0] if pairs else []
    if len(first) < 2 or (term := view.term(first[0])) is None:
        return []
    return first[:1] if term.kind in {"evaluator", "group", "grade", "direction", "name"} else []


def _stacked(view: View, pairs: Sequence[Pair], rows: Sequence[int], row: int) -> tuple[Options, list[int]] | None:
    """The answer among options that stand one a row, each behind its mark, and the rows below that they take."""
    if len(pairs) != 1 or not pairs[0][0]:
        return None
    label = pairs[0][0][-1]
    if (answer := marked_beside(view, label)) is not None and all(at in rows for at in label.cell.rows):
        return answer, [at for at in label.cell.rows if at != row]
    first = [cell for cell in pairs[0][1] if cell]
    if len(first) != 1 or OPTION.match(first[0].text) is None:
        return None
    cells, taken = list(first), []
    for below in range(row + 1, view.grid.table.n_rows):
        printed = [cell for cell in view.grid.starting(below) if cell]
        if below not in rows or len(printed) != 1 or printed[0].cell.col != first[0].cell.col:
            break
        if OPTION.match(printed[0].text) is None:
            break
        cells.append(printed[0])
        taken.append(below)
    options = options_among([cell.excerpt for cell in cells]) if taken else None
    return (options, taken) if options is not None and options.chosen else None


def _told_in_cell(form: Form, cells: Sequence[GridCell], at: int) -> Sequence[Fact]:
    """What a cell says that prints the labels of its values itself."""
    if not cells[at]:
        return []
    headed = headed_text(cells[at].excerpt)
    return _boxed(form.view, cells, at) or ([headed] if headed is not None else _answered(form, cells, at))


def _answered(form: Form, cells: Sequence[GridCell], at: int) -> list[Fact]:
    """What a cell says behind labels of its own: 担当課：図書館. Behind a label it is a value as a whole."""
    view, cell = form.view, cells[at]
    before = next((other for other in reversed(cells[:at]) if other), None)
    if before is not None and view.kind(before) == "label":
        return []
    found: list[Fact] = []
    for label, said in answered_in(view, cell):
        view.mark(cell, label)
        found += facts_behind_label(form, [label], [said], [], None)
    return found


def _boxed(view: View, cells: Sequence[GridCell], at: int) -> list[Text]:
    """The texts of a cell that has labels of its own, where none stands before it."""
    if not cells[at] or (at and cells[at - 1] and view.kind(cells[at - 1]) not in {"direction", "mark", "options"}):
        return []
    boxed = boxed_facts(cells[at].excerpt)
    return boxed if any("。" in fact.value.text for fact in boxed) else []  # else a label on two lines


def _is_alone(view: View, cells: Sequence[GridCell]) -> bool:
    """Whether one cell is a whole row; in a text, which tells no widths, sentences are, or a label over them."""
    printed = [cell for cell in cells if cell]
    if len(printed) != 1:
        return False
    (cell,) = printed
    if view.is_full(cell) or (len(cells) == 1 and view.grid.table.n_cols == 1):
        return True
    fragment = cell.cell.fragments[0]
    if cell.cell.col or fragment.box is not None or fragment.place is not None:
        return False
    return _is_text(view, cell) or any(_is_text(view, below) for below in view.printed(cell.cell.rows.stop)[:1])


def _is_text(view: View, cell: GridCell) -> bool:
    """Whether sentences stand at the left of a row."""
    return not cell.cell.col and view.kind(cell) == "prose" and "。" in cell.text


def _groups(view: View, cell: GridCell, cells: Sequence[GridCell]) -> bool:
    """Whether a cell that began above stands on the left of a row's own cells and may be their label."""
    return cell.cell.col < min(other.cell.col for other in cells) and view.kind(cell) in {"label", "words", "axis"}


def _is_title(form: Form, cell: GridCell) -> bool:
    """Whether a cell as wide as its table is the label of what stands below."""
    bare = _INSTRUCTED.sub("", cell.text)
    squeezed = squeeze(bare) or squeeze(cell.text)
    term = form.view.term(cell) or read_head(bare, form.view.sense).term
    kind = form.view.kind(cell)
    if term is not None and term.is_whole and kind != "options":
        return True
    if len(squeezed) > _LONGEST_TITLE or "。" in squeezed:
        return False
    is_known = term is not None and kind == "label"
    return is_known or kind == "words" or squeezed != squeeze(cell.text) or _NUMBERED.match(cell.text) is not None


def _full_width(form: Form, cell: GridCell) -> Iterator[Fact]:
    """A cell as wide as its table: a title, a label of what stands below, or the text of the label above."""
    view, state, heading = form.view, form.state, form.heading
    is_title, labels = _is_title(form, cell), state.pending
    if not labels and (answered := _answered(form, [cell], 0)):
        yield from answered
        return
    if is_title and (not labels or view.kind(cell) == "label"):
        state.pending = [cell]
        view.mark(cell)
        if not labels:
            yield from labelled_nodes(cell.excerpt)
        return
    if not labels and (boxed := boxed_facts(cell.excerpt)):
        yield from boxed
        return
    state.pending = []
    if labels:
        yield from facts_behind_label(form, labels, [cell], [], None)
    elif heading is not None and cell.cell.row == 0 and view.kind(cell) == "prose":
        yield Text("passage", section_under(heading.term), cell.excerpt, heading.excerpt)


def _answer_below(pairs: Sequence[Pair], below: Sequence[GridCell]) -> Options | None:
    """The answer of a row of options whose marks stand in the row below."""
    if len(pairs) != 1 or not pairs[0][0]:
        return None
    return marked_above(pairs[0][1], below)
