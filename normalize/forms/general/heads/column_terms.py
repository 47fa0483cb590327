"""What a column holds by the term that its label is, as far as what stands in it agrees."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from normalize.cells.vocabulary import Term
from normalize.document.table_grid import GridCell
from normalize.forms.general.heads.column_contents import (
    ANY_PROSE,
    MOST,
    Headed,
    Meaning,
    are_ticks,
    by_content,
    says_standing,
)
from normalize.forms.general.heads.meaning import is_scale
from normalize.forms.general.view import View
from normalize.text.folding import squeeze
from normalize.text.quantities import indicator_measure_of

_KIND_OF_ROW: Final = re.compile("(?:活動|成果|対象|結果|効果|アウトカム|アウトプット|インプット)[0-9]?")
"""What stands before the names of indicators and says of which kind they are."""

_RESULT: Final = re.compile(".*(?:効果|結果|成果)")
"""The label over what came of each row, in words that come again or in sentences."""

_JUDGE: Final = re.compile("[者長員]$")
"""How somebody is called who judges: 担当者, 課長, 委員."""

_JUDGED: Final = re.compile("(?:結果|評価|判定|区分)$")


def by_term(column: Headed, term: Term) -> Meaning | None:
    """The meaning of a column under a term, by the kind of the term; None where what stands in it does not agree."""
    asks = _KINDS.get(term.kind)
    return asks(column, term) if asks is not None else None


def _names(column: Headed, term: Term) -> Meaning | None:
    """Names of a level of the plan; sentences under the level and a year (令和6年度の取組) tell what is done in it."""
    if column.mostly("amount"):
        return None
    told = sum("。" in cell.text for cell in column.cells)
    if column.leaf.year is not None and told > MOST * len(column.cells):
        return "passage", _told_of(column.leaf.year, column.view.this_year)
    return "name", term.field


def _told_of(year: int, this_year: int | None) -> str:
    """What sentences of a year tell: what was done, or what is planned."""
    if this_year is None:
        return "background"
    return "done" if year <= this_year else "planned"


def _bodies(column: Headed, term: Term) -> Meaning | None:
    """Bodies in charge; over marks they are those who judge: 所管課 | 財政課."""
    if column.mostly("mark"):
        return "grade", "result"
    return None if column.mostly("amount") else ("org", term.field)


def _codes(_column: Headed, term: Term) -> Meaning:
    return "code", term.field


def _of_document(_column: Headed, term: Term) -> Meaning:
    return "document", term.field


def _indicators(column: Headed, term: Term) -> Meaning | None:
    """Names of indicators or their units; what says of which kind the rows are names none."""
    if term.field == "unit":
        return _units(column)
    if column.mostly("amount"):
        return None
    if column.cells and not _names_costs(column) and all(_is_kind_of_row(column.view, cell) for cell in column.cells):
        return "stub", "kind"
    if column.said and column.share("code", "unit") == 1:
        return "stub", "none"  # letters of indicators that another table names, with their units
    return ("indicator", "name") if term.field == "name" else None


def _units(column: Headed) -> Meaning:
    if column.mostly("axis"):
        return "stub", "axis"  # roles in a column beside the units
    return ("stub", "none") if column.leaf.unit is not None else ("unit", "unit")


def _names_costs(column: Headed) -> bool:
    """Whether a label that asks for names is over nothing but costs, which are the names then."""
    terms = [column.view.whole(cell) for cell in column.cells]
    return column.leaf.words.endswith("名") and all(term is not None and term.kind == "cost" for term in terms)


def _is_kind_of_row(view: View, cell: GridCell) -> bool:
    """Whether a cell says of what kind its rows are (活動指標, 単位当たりコスト) and names none of them."""
    term = view.whole(cell)
    if term is not None and term.kind in {"indicator", "group", "cost"}:
        return True
    words = squeeze(cell.text)
    return _KIND_OF_ROW.fullmatch(words) is not None or _JUDGED.search(words) is not None


def _costs(column: Headed, _term: Term) -> Meaning:
    return ("cost" if column.mostly("amount") else "stub"), "cost"


def _judgements(column: Headed, term: Term) -> Meaning:
    """Judgements; sentences under such a label tell of them, numbers that are no points are a rate, and who judges is
    no judgement: 総合評価 over 一次評価, 二次評価.
    """
    judges = [column.view.whole(cell) for cell in column.cells]
    if judges and all(judge is not None and judge.kind == "evaluator" for judge in judges):
        return "stub", "none"
    if term.field == "scheme" and not column.mostly("mark", "direction"):
        return "aside", "none"  # what the marks mean: 評価の基準
    gives = term.kind == "evaluator" and column.share("mark", "direction")  # and tells why in the rows below
    if column.share("prose") > ANY_PROSE and not gives:
        return "passage", "finding"
    if column.mostly("amount") and not is_scale(column.view, column.cells):
        return "ratio", "none"
    if column.mostly("direction", "label") and column.is_under("direction"):
        return "direction", "direction"
    return "grade", "result" if term.kind == "evaluator" or term.field == "result" else "grade"


def _directions(column: Headed, _term: Term) -> Meaning:
    if column.mostly("arrow"):
        return "aside", "none"  # which way a number is meant to go
    return ("passage", "next_year") if column.mostly("prose") else ("direction", "direction")


def _passages(column: Headed, term: Term) -> Meaning:
    """What is told; marks under such a label judge, and questions, roles or numbers stand there for others."""
    if column.mostly("mark", "options") or says_standing(column, _RESULT):
        return "grade", "grade"
    if column.cells and all(squeeze(cell.text).endswith(("か", "か?")) for cell in column.cells):
        return "stub", "none"  # what is asked, under 評価内容
    if column.share("axis") and not column.share("prose") and term.field != "schedule":
        return "stub", "none"  # roles stand beside the numbers: 年次計画 over 効果額 | 目標, 実績
    if not column.mostly("amount"):
        return "passage", term.field
    unit = column.leaf.unit
    return ("cost", "cost") if unit and indicator_measure_of(unit) == "currency" else ("aside", "none")


def _asides(column: Headed, _term: Term) -> Meaning:
    """What says nothing of a project; somebody over marks that are no ticks judges: 担当者 | 課長."""
    judges = column.mostly("mark") and _JUDGE.search(column.leaf.words) and not are_ticks(column)
    return ("grade", "result") if judges else ("aside", "none")


def _groups(column: Headed, _term: Term) -> Meaning:
    return by_content(column)


_KINDS: Final[Mapping[str, Callable[[Headed, Term], Meaning | None]]] = {
    "name": _names,
    "org": _bodies,
    "code": _codes,
    "document": _of_document,
    "indicator": _indicators,
    "cost": _costs,
    "grade": _judgements,
    "evaluator": _judgements,
    "direction": _directions,
    "passage": _passages,
    "aside": _asides,
    "group": _groups,
}
