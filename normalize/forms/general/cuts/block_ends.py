"""Where a block ends: the row under its rows that is one of the form again, with a label and a value of its own.

Each question is asked of a row under a header; `ends` asks them all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from normalize.cells.vocabulary import Term
from normalize.document.table_grid import GridCell
from normalize.forms.general.cells.answers import is_mark
from normalize.forms.general.cuts.bare_years import are_amounts_under_heads
from normalize.forms.general.cuts.frames import BlockRow, head_of_first, heads_any, heads_name
from normalize.forms.general.cuts.header_shapes import LEAST
from normalize.forms.general.cuts.headers import is_header
from normalize.forms.general.cuts.judged_ends import JUDGED_ENDS
from normalize.forms.general.cuts.kept_columns import keeps_to
from normalize.forms.general.cuts.told_rows import tells_all
from normalize.forms.general.view import View
from normalize.text.quantities import MONEY

_OF_FORMS: Final = frozenset({"org", "aside", "document", "code", "passage"})
"""What the labels of a form tell, beside names, numbers and judgements."""


def goes_behind(at: BlockRow) -> bool:
    """Whether a row under those of a block begins what stands behind it: a box, a name, a label of the form."""
    if not at.body:
        return False
    is_named = at.frame.is_list or _heads_names_alone(at)
    begins = (_is_box,) if is_named else (_opens_box, tells_all, _is_form_again, _is_name_row)
    return _is_beside_options(at) or any(asks(at) for asks in begins)


def ends(at: BlockRow) -> bool:
    """Whether a row is none of the block that it stands under."""
    return any(asks(at) for asks in _ENDS)


def _leaves_columns(at: BlockRow) -> bool:
    return not keeps_to(at)


def _heads_again(at: BlockRow) -> bool:
    over = [at.frame.paths.get(cell.cell.col, ()) for cell in at.printed]
    return is_header(at.view, at.row) and not are_amounts_under_heads(at.view, at.printed, over)


def _is_beside_options(at: BlockRow) -> bool:
    """Whether a row under options, in which marks choose, prints words that keep to none of their columns."""
    if not at.frame.chooses:
        return False
    leaves = _leaf_columns(at)
    return any(not is_mark(cell) and cell.cell.cols not in leaves for cell in at.printed[1:])


def _leaves_years(at: BlockRow) -> bool:
    """Whether a row without a number is called by words, under rows that are called by years: the years are over."""
    if len(at.body) < LEAST or len(at.printed) < 2 or at.printed[0].cell.col:
        return False
    kinds = [at.view.kind(cell) for cell in at.printed]
    if kinds[0] not in {"label", "words", "prose"} or {"amount", "absent"} & {*kinds}:
        return False
    above = (at.view.grid.at(row, 0) for row in at.body)
    return all(cell is not None and at.view.kind(cell) in {"axis", "year"} for cell in above)


def _is_box(at: BlockRow) -> bool:
    """Whether a row of a list holds nothing but sentences where its names stand: the list is over."""
    first = head_of_first(at)
    if len(at.printed) != 1 or (first is not None and first.kind == "passage"):
        return False
    (text,) = at.printed
    return not text.cell.col and at.view.kind(text) == "prose" and "。" in text.text


def _opens_box(at: BlockRow) -> bool:
    """Whether a row is a label alone, and the next one the sentences under it: a box of the form, no row of numbers."""
    if len(at.printed) != 1 or at.view.kind(at.printed[0]) != "label":
        return False
    below = at.view.printed(at.row + 1)
    return len(below) == 1 and below[0].cell.col == at.printed[0].cell.col and at.view.kind(below[0]) == "prose"


def _is_form_again(at: BlockRow) -> bool:
    """Whether a known label stands where the rows before it had sentences: they told, this is a row of a form."""
    if len(at.printed) < LEAST or at.printed[0].cell.col or at.view.kind(at.printed[0]) != "label":
        return False
    above = (at.view.grid.at(other, 0) for other in at.body)
    return all(cell is not None and at.view.kind(cell) == "prose" for cell in above)


def _is_name_row(at: BlockRow) -> bool:
    """Whether a row is a label of the hierarchy and its name, under heads of which none is a name: 施策 | 港の振興."""
    if not LEAST <= len(at.printed) <= LEAST + 1 or at.view.kind(at.printed[-1]) not in {"words", "prose"}:
        return False
    term = at.view.whole(at.printed[-2])
    if term is None or term.kind != "name" or at.view.whole(at.printed[-1]) is not None:
        return False
    return not heads_name(at)


def _is_of_form(at: BlockRow) -> bool:
    """Whether a row under names is a row of the form again: a known label in columns of its own."""
    if len(at.printed) < LEAST:
        return False
    term = at.view.whole(at.printed[0])
    if term is None:
        return False
    if _follows_judgements(at, term):
        return True
    if term.kind == "direction" and not (at.printed[0].cell.col or at.frame.is_list or heads_any(at, "evaluator")):
        return True  # 今後の方向性 | 継続 under a table of judgements
    if term.kind not in _OF_FORMS:
        return False
    if at.printed[0].cell.cols in _leaf_columns(at) and not _is_tag(at.view, at.printed):
        return _heads_names_alone(at) and at.view.kind(at.printed[0]) == "label"
    return heads_name(at)


def _follows_judgements(at: BlockRow, label: Term) -> bool:
    """Whether a label follows under judgements that stand from the first column on: 今後の方向性 | 継続."""
    head = head_of_first(at)
    if head is None or head.kind != "grade" or head.field == "result" or at.printed[0].cell.col:
        return False
    return label.kind in {"direction", "passage", "grade"}


def _is_tag(view: View, printed: Sequence[GridCell]) -> bool:
    """Whether a row is a label of a form with what it is for: 開始年度 | 平成27年度."""
    term = view.whole(printed[0])
    if term is None or view.kind(printed[0]) != "label" or view.whole(printed[1]) is not None:
        return False
    told = term.kind in {"aside", "passage"} and view.kind(printed[1]) in {"axis", "date", "code", "options"}
    return told or term.kind in {"org", "document", "code"}


def _is_told_beside(at: BlockRow) -> bool:
    """Whether a row is a label with its prose beside it, in columns that hold no numbers."""
    if len(at.printed) != 2:
        return False
    label, text = at.printed
    if not at.frame.values.isdisjoint(text.cell.cols):
        return False
    if not at.frame.values and label.cell.col == 0 and _is_listing(text.text):
        return True
    term = at.view.whole(label)
    if term is not None and term.kind == "group":
        return not label.cell.col and at.view.kind(text) == "prose" and "。" in text.text
    return term is not None and term.kind in {"passage", "aside"} and at.view.kind(text) == "prose"


def _is_listing(text: str) -> bool:
    """Whether a text lists costs, each with its amount: 委託料 6,300千円　需用費 220千円."""
    return len(re.findall(rf"[0-9０-９]{MONEY}", text)) >= LEAST


def _is_narrower(at: BlockRow) -> bool:
    """Whether a row has two cells under one head and none beside it, and each row above has one there."""
    head = at.frame.paths.get(at.printed[0].cell.col, ())[-1:] if len(at.printed) > 1 else ()
    if not at.body or not head or any(cell.cell.col not in head[0].cell.cols for cell in at.printed):
        return False
    if any((term := at.view.term(cell)) is not None and term.kind == "cost" for cell in at.printed):
        return False  # a source of funds without an amount
    above = [[cell for cell in at.view.printed(row) if cell.cell.col in head[0].cell.cols] for row in at.body]
    return max(map(len, above)) == 1


_ENDS: Final[tuple[Callable[[BlockRow], bool], ...]] = (
    _leaves_columns,
    _heads_again,
    _leaves_years,
    _is_of_form,
    *JUDGED_ENDS,
    _is_told_beside,
    _is_narrower,
)


def _heads_names_alone(at: BlockRow) -> bool:
    """Whether all the lowest heads are names of the hierarchy: 政策 | 施策 | 事務事業名."""
    heads = [at.view.whole(path[-1]) for path in at.frame.paths.values() if path]
    return bool(heads) and all(head is not None and head.kind == "name" for head in heads)


def _leaf_columns(at: BlockRow) -> list[range]:
    """The columns that each of the lowest heads is over."""
    return [path[-1].cell.cols for path in at.frame.paths.values() if path]
