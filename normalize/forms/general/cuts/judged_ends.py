"""Where a block ends because something is judged: the row under its rows that answers a question, or is judged itself.

Each question is asked of a row under a header; `JUDGED_ENDS` has them all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from normalize.cells.row_words import is_total
from normalize.cells.vocabulary import Term
from normalize.document.table_grid import GridCell
from normalize.forms.general.cells.answers import is_mark
from normalize.forms.general.cuts.frames import BlockRow, head_of_first, heads_any, heads_name
from normalize.forms.general.cuts.header_shapes import LEAST, NAMES_BEHIND
from normalize.forms.general.cuts.kept_columns import tells
from normalize.forms.general.view import View
from normalize.text.folding import squeeze

_WITH_REMARK: Final = 3
"""A label, its judgement, and what is said of it."""

_TWO_PAIRS: Final = 4
"""A label and its value, twice."""


def _judges_form(at: BlockRow) -> bool:
    """Whether a row under judgements is one of the form again, whose cells keep to other columns: 総合判定 | Ｂ | …"""
    if at.frame.values or at.frame.is_list or not at.body or len(at.printed) <= 2:
        return False
    if _judges_behind_sum(at.view, at.printed):
        return True
    if is_total(at.printed[0].text) or not _judges(at.view.whole(at.printed[0])):
        return False
    if not len(at.printed) % 2:
        labels = [at.view.term(cell) if at.view.kind(cell) == "label" else None for cell in at.printed[2::2]]
        return all(_judges(term) or (term is not None and term.kind == "passage") for term in labels)
    return len(at.printed) == _WITH_REMARK and any(_crosses_heads(at, cell) for cell in at.printed[1:])


def _is_judged_by(at: BlockRow) -> bool:
    """Whether a row under numbers is a judgement of the form, and its label leads who judges: 評価 | 一次評価 | Ｂ."""
    if not at.frame.values or not at.body or len(at.printed) <= 2 or at.printed[0].cell.col:
        return False
    label, by = (at.view.whole(cell) for cell in at.printed[:2])
    return _judges(label) and by is not None and by.kind == "evaluator"


def _judges_in_pairs(at: BlockRow) -> bool:
    """Whether a row under numbers is labels of judgements, each with its answer: 評価 | Ａ | 方向性 | 拡充."""
    if not at.frame.values or at.frame.is_list or not at.body or len(at.printed) != _TWO_PAIRS:
        return False
    labels, answers = at.printed[::2], at.printed[1::2]
    kinds = {at.view.kind(cell) for cell in answers}
    are_asked = all(at.view.kind(cell) == "label" and _judges(at.view.whole(cell)) for cell in labels)
    return are_asked and not labels[0].cell.col and kinds <= {"mark", "direction", "options", "words", "absent"}


def _judges_behind_points(at: BlockRow) -> bool:
    """Whether a row under points is a judgement and its mark: 総合評価 | Ａ under 配点 | 得点."""
    if at.frame.values or not at.body or len(at.printed) != 2 or at.printed[0].cell.col:
        return False
    label, mark = at.printed
    above = [cell for row in at.body if (cell := at.view.grid.at(row, mark.cell.col))]
    are_points = bool(above) and all(at.view.kind(cell) in {"amount", "absent"} for cell in above)
    return are_points and at.view.kind(mark) == "mark" and _judges(at.view.whole(label))


def _judges_behind(at: BlockRow) -> bool:
    """Whether a row under names or numbers is called by a quality, and counts nothing: 有効性 | 余地がある | ○ | …"""
    if not at.body or len(at.printed) < 2 or at.printed[0].cell.col:
        return False
    term, head = at.view.whole(at.printed[0]), head_of_first(at)
    if term is None or (term.kind, term.field) != ("grade", "grade") or (head is not None and head.kind == "grade"):
        return False
    if any(_is_quality(at.view, at.view.grid.at(row, 0)) for row in at.body):
        return False  # what is judged, one below the other, under years
    if all(at.frame.values.issuperset(cell.cell.cols) and not _crosses_heads(at, cell) for cell in at.printed[1:]):
        return False  # 進捗評価 | ○ | △ under the years of what is counted
    counts = any(at.view.kind(cell) == "amount" for cell in at.printed)
    is_counted_or_named = bool(at.frame.values) or heads_name(at) or heads_any(at, "cost")
    return (
        not counts
        and is_counted_or_named
        and (at.frame.is_list or not heads_any(at, "grade", "evaluator", "direction"))
    )


def _is_asked(at: BlockRow) -> bool:
    """Whether a row under numbers gives options to choose from, and counts nothing: 有効性 | □高い ■低い | …

    In a list, one of its cells goes over several heads.
    """
    if not at.frame.values or not at.body:
        return False
    kinds = {at.view.kind(cell) for cell in at.printed}
    is_apart = not at.frame.is_list or any(_crosses_heads(at, cell) for cell in at.printed)
    return "options" in kinds and "amount" not in kinds and is_apart


def _offers_options(at: BlockRow) -> bool:
    """Whether a row under years holds no number at all but words side by side: the options of the next part.

    In a list, where words can be answers, the row is called by a quality: 必要性. What is judged under years, where no
    number has stood, is no option.
    """
    if at.frame.is_list and not _is_quality(at.view, at.view.grid.at(at.row, 0)):
        return False
    if tells(at) and not _counts(at):
        return False
    places = (at.view.grid.at(at.row, col) for col in sorted(at.frame.values))
    cells = [cell for cell in places if cell and cell.cell.row == at.row]
    texts = {squeeze(cell.text) for cell in cells}
    if len(texts) < LEAST or len(texts) < len(cells):
        return False
    kinds = [at.view.kind(cell) for cell in cells if not is_mark(cell)]  # the mark stands before the one that is chosen
    are_words = len(kinds) >= LEAST and {*kinds} <= {"words", "direction"}
    are_numbered = all(any(character.isdigit() for character in text) for text in texts)
    return are_words and not are_numbered and any(len(text) > 1 for text in texts)


def _is_where_names_are(at: BlockRow, cell: GridCell) -> bool:
    """Whether a cell stands under the head of names, or under no head at all: a mark there chooses no option."""
    heads = at.frame.paths.get(cell.cell.col, ())[-1:]
    term = at.view.whole(heads[0]) if heads else None
    is_known = term is not None and term.kind in {"indicator", "name", "group"}
    return not heads or is_known or squeeze(heads[0].text) in NAMES_BEHIND


def _judges_before_values(at: BlockRow) -> bool:
    """Whether a row under numbers judges by a mark before them: 評価 | Ｂ | 評価の理由 | 進んだ。"""
    if not at.frame.values or not at.body or len(at.printed) < LEAST or at.printed[0].cell.col:
        return False
    said, *rest = at.printed[1:]
    if not _judges(at.view.whole(at.printed[0])) or heads_any(at, "grade", "direction"):
        return False
    if not _is_where_names_are(at, said) or not at.frame.values.isdisjoint(said.cell.cols):
        return False
    kinds = [at.view.kind(cell) for cell in rest]
    return at.view.kind(said) in {"mark", "direction", "options"} and not {"amount", "mark"} & {*kinds}


JUDGED_ENDS: Final[tuple[Callable[[BlockRow], bool], ...]] = (
    _judges_form,
    _is_judged_by,
    _judges_in_pairs,
    _judges_behind_points,
    _judges_behind,
    _judges_before_values,
    _is_asked,
    _offers_options,
)


def _is_quality(view: View, cell: GridCell | None) -> bool:
    term = view.whole(cell) if cell else None
    return term is not None and term.kind == "grade"


def _counts(at: BlockRow) -> bool:
    """Whether a number stands in the columns of values so far."""
    places = (at.view.grid.at(row, col) for row in at.body for col in at.frame.values)
    return any(at.view.kind(cell) == "amount" for cell in places if cell)


def _crosses_heads(at: BlockRow, cell: GridCell) -> bool:
    """Whether a cell stands under several heads, and under no group of theirs."""
    groups = {head.cell.cols for path in at.frame.paths.values() for head in path}
    return len(at.frame.under(cell)) > 1 and cell.cell.cols not in groups


def _judges_behind_sum(view: View, printed: Sequence[GridCell]) -> bool:
    """Whether a row ends in a judgement behind its label, and begins with a sum: 合計 | 9 | 総合判定 | Ｂ."""
    if len(printed) != _TWO_PAIRS:
        return False
    first, points, label, grade = printed
    return (
        view.kind(first) in {"label", "words"}
        and view.kind(points) in {"amount", "mark"}
        and _judges(view.whole(label))
        and view.kind(grade) in {"mark", "direction", "amount"}
    )


def _judges(term: Term | None) -> bool:
    return term is not None and term.kind in {"grade", "direction"}
