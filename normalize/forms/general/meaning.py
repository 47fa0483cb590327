"""What a column holds: from the words of its header path, and where they leave it open, from what stands in it.

A unit, a year, a direction, a mark or an option is never a name. A word that the vocabulary does not know heads a
column all the same: what stands under it tells whether that is prose, marks or numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Final, Literal

from normalize.cells.heads import Head, HeadRole
from normalize.cells.kinds import CellKind, is_unit
from normalize.cells.row_words import is_total
from normalize.cells.vocabulary import Term
from normalize.document.table_grid import GridCell
from normalize.forms.general.blocks import Block
from normalize.forms.general.view import View
from normalize.text.folding import squeeze
from normalize.text.quantities import indicator_measure_of
from schemas.light import light

UNREAD: Final = "\ufffd"
"""A character that the file gives no meaning: a unit that holds it is not known, and the page's finding says so."""

ColumnKind = Literal[
    "name", "code", "org", "document", "indicator", "unit", "value", "cost", "ratio", "year-of-value", "grade",
    "direction", "passage", "evaluator", "option", "part", "stub", "aside",
]  # fmt: skip


_GENERIC: Final = re.compile(r"(?:名称|内容|項目|指標の?内容|名|項目名|目標項目|区分|数値目標)")


BODY: Final = re.compile(r".*(?:[部課室局係所署]|センター|事務局|委員会|消防本部|グループ|担当|会計課?|館|校|園)")


_RESULTS: Final = re.compile(
    r"(?:今回の|前回の|総合)?(?:評価|判定|評定|結果|評価結果|判定結果|評価区分|点数|評点|得点|採点|ランク|選択|選択肢|回答)(?:欄|\(.*\))?"
)


_REASONS: Final = re.compile("理由|説明|コメント|根拠|所見|意見|考え方|備考|内容")


_NO_MONEY: Final = re.compile(
    r"(?:率|割合|比|人員|職員数|人数|人工|件数|回数|人口|者数|時間|工数)(?:\s*[（(A-ZＡ-Ｚ].*)?$"
)


_LONGEST_DIRECTION: Final = 8
"""Characters of what is to become of one side of a project: 成果 拡充, コスト 維持."""


_MONEY: Final = re.compile(r"(?:金額|[^数]額|事業費|経費|予算|収入|支出|税収|売上高?|出荷額|生産額)$")


PLANS_MONEY: Final = re.compile("予算(?!.*(?:決算|執行|実績|[にの]対する|比))")
"""What names money that is planned, and not spent: 予算現額, 補正予算額."""


_KIND_OF_ROW: Final = re.compile("(?:活動|成果|対象|結果|効果|アウトカム|アウトプット|インプット)[0-9]?")
"""What stands before the names of indicators and says of which kind they are."""


_HIGHEST_SCORE: Final = 10


_MOST: Final = 0.6


_ANY_PROSE: Final = 0.3


Share = Callable[..., float]
"""The share of the printed cells of a column that are of some kinds."""


@light
class Column:
    """One leaf of a header: its columns, the heads over it from the top, and what it holds.

    `in_doubt` is whether its numbers may be of one role or of another, and the header does not tell;
    `odd_year` whether its year does not run on with those beside it.
    """

    cols: range
    path: tuple[GridCell, ...]
    kind: ColumnKind
    field: str = "none"
    year: int | None = None
    is_period: bool = False
    role: HeadRole | None = None
    role_source: GridCell | None = None
    year_source: GridCell | None = None
    unit: str | None = None
    unit_source: GridCell | None = None
    is_money: bool = False
    evaluator: str | None = None
    words: str = ""
    in_doubt: bool = False
    odd_year: bool = False

    @property
    def leaf(self) -> GridCell | None:
        return self.path[-1] if self.path else None


def content(view: View, block: Block, cols: range) -> list[GridCell]:
    """The printed cells under a column, each once."""
    cells: dict[int, GridCell] = {}
    for row in block.body:
        for col in cols:
            cell = view.grid.at(row, col)
            if cell and cell.cell.row >= (block.header.stop if cell.cell.row in block.header else 0):
                cells[id(cell)] = cell
    return list(cells.values())


def kind_of_column(
    view: View,
    heads: list[Head],
    cells: list[GridCell],
    kinds: Counter[CellKind],
) -> tuple[ColumnKind, str]:
    """The kind and field of a column."""
    said = sum(count for kind, count in kinds.items() if kind not in {"blank", "absent"})

    def share(*wanted: CellKind) -> float:
        return sum(kinds[kind] for kind in wanted) / said if said else 0.0

    if not heads:
        return _headless(view, cells, said, kinds)
    leaf = heads[-1]
    own = leaf.term
    upper = [head.term for head in reversed(heads[:-1]) if head.term is not None and head.term.is_whole]
    axis = next((head for head in reversed(heads) if head.is_axis or head.role), None)
    judged = any(term.kind == "grade" for term in upper)
    if (
        not judged
        and _holds_units(view, cells)
        and (own is None or own.kind in {"group", "indicator", "aside"} or leaf.heads_years)
    ):
        return "unit", "unit"
    if leaf.heads_years:
        dated = [cell for cell in cells if view.kind(cell) == "date" or view.head(cell).year is not None]
        if leaf.role is None and not any(head.role for head in heads):
            return "stub", "axis"
        return ("year-of-value", "none") if len(dated) > _MOST * max(said, 1) else ("stub", "axis")
    if leaf.role in {"ratio", "difference"} and not (own is not None and own.kind == "grade"):
        if leaf.role == "difference" and share("amount") > _MOST:
            return "value", "difference"
        return "ratio", "none"
    if (
        any(term.kind == "direction" for term in upper)
        and cells
        and own is not None
        and own.kind in {"passage", "cost"}
    ):
        short = {view.kind(cell) for cell in cells} <= {"direction", "words", "label", "absent"}
        if short and all(len(squeeze(cell.text)) <= _LONGEST_DIRECTION for cell in cells):
            return "direction", "direction"
    is_judged_level = own is not None and own.kind == "name" and any(t.kind in {"direction", "grade"} for t in upper)
    if upper and (_GENERIC.fullmatch(leaf.words) or is_judged_level):
        by_term = _by_term(view, upper[0], leaf, upper[1:], cells, share)
        if by_term is not None:
            return by_term
    if own is not None and (own.is_whole or own.kind in {"passage", "name", "org", "direction", "grade", "evaluator"}):
        by_term = _by_term(view, own, leaf, upper, cells, share)
        if by_term is not None:
            return by_term
    if axis is not None:
        qualities = [cell for cell in cells if (term := view.whole(cell)) is not None and term.kind == "grade"]
        if axis.year is None and qualities:
            return "stub", "none"  # by what is judged: 基準 over 必要性, 有効性
        return _under_axis(axis, upper, share)
    return _by_content(view, leaf, upper, cells, share)


def _holds_units(view: View, cells: list[GridCell]) -> bool:
    """Whether a column holds nothing but units: known ones mostly, and words that may be some."""
    said = [cell for cell in cells if view.kind(cell) != "absent"]
    known = [cell for cell in said if view.kind(cell) == "unit"]
    rest = [cell for cell in said if view.kind(cell) not in {"unit", "words"} or not is_unit(cell.text)]
    return bool(known) and not [cell for cell in rest if view.kind(cell) != "unit"] and len(known) * 2 >= len(said)


def _headless(view: View, cells: list[GridCell], said: int, kinds: Counter[CellKind]) -> tuple[ColumnKind, str]:
    if _holds_units(view, cells):
        return "unit", "unit"
    return ("aside", "none") if kinds["prose"] > said / 2 else ("stub", "none")


def _by_term(
    view: View, term: Term, leaf: Head, upper: list[Term], cells: list[GridCell], share: Share
) -> tuple[ColumnKind, str] | None:
    """The kind of a column whose label the vocabulary knows, as far as what stands in it agrees."""
    kind, field = term.kind, term.field
    scale = is_scale(view, cells)
    if kind == "org" and share("mark") > _MOST:
        return "grade", "result"  # who judges: 所管課 | 財政課
    if kind in {"name", "org", "document", "code"}:
        if share("amount") > _MOST and kind in {"name", "org"}:
            return None
        if kind == "name" and leaf.year is not None and sum("。" in cell.text for cell in cells) > _MOST * len(cells):
            return "passage", _told_of(leaf.year, view.this_year)
        return (
            "name" if kind == "name" else "code" if kind == "code" else "org" if kind == "org" else "document"
        ), field
    if kind == "indicator":
        if field == "unit" and share("axis") > _MOST:
            return "stub", "axis"  # roles in a column beside the units
        if field == "unit":
            return ("stub", "none") if leaf.unit is not None else ("unit", "unit")
        if share("amount") > _MOST:
            return None
        named = leaf.words.endswith("名") and all((t := view.whole(c)) is not None and t.kind == "cost" for c in cells)
        if cells and not named and all(_is_kind_of_row(view, cell) for cell in cells):
            return "stub", "kind"
        return ("indicator", "name") if field == "name" else None
    if kind == "cost":
        return ("cost", "cost") if share("amount") > _MOST else ("stub", "cost")
    if kind in {"grade", "evaluator"}:
        if share("prose") > _ANY_PROSE:
            return "passage", "finding"
        if share("amount") > _MOST and not scale:
            return "ratio", "none"
        if share("direction", "label") > _MOST and any(t.kind == "direction" for t in upper):
            return "direction", "direction"
        return "grade", "result" if kind == "evaluator" or field == "result" else "grade"
    if kind == "direction":
        if share("arrow") > _MOST:
            return "aside", "none"  # which way a number is meant to go
        return ("passage", "next_year") if share("prose") > _MOST else ("direction", "direction")
    if kind == "passage":
        if cells and share("mark", "options") > _MOST:
            return "grade", "grade"
        if cells and all(squeeze(cell.text).endswith(("か", "か?")) for cell in cells):
            return "stub", "none"  # what is asked, under 評価内容
        if share("axis") and not share("prose") and field != "schedule":
            return "stub", "none"  # roles stand beside the numbers: 年次計画 over 効果額 | 目標, 実績
        if share("amount") > _MOST:
            return (
                ("cost", "cost") if leaf.unit and indicator_measure_of(leaf.unit) == "currency" else ("aside", "none")
            )
        return "passage", field
    if kind == "aside":
        return "aside", "none"
    if kind == "group":
        return _by_content(view, leaf, upper, cells, share)
    return None


def _told_of(year: int, this_year: int | None) -> str:
    """What sentences under a level of the plan and a year tell (令和6年度の取組): what was done, or what is planned."""
    if this_year is None:
        return "background"
    return "done" if year <= this_year else "planned"


def _is_kind_of_row(view: View, cell: GridCell) -> bool:
    """Whether a cell says of what kind its rows are (活動指標, 単位当たりコスト) and names none of them."""
    term = view.whole(cell)
    if term is not None and term.kind in {"indicator", "group", "cost"}:
        return True
    if _KIND_OF_ROW.fullmatch(squeeze(cell.text)):
        return True
    return re.search(r"(?:結果|評価|判定|区分)$", squeeze(cell.text)) is not None


def _under_axis(axis: Head, upper: list[Term], share: Share) -> tuple[ColumnKind, str]:
    """Numbers under a year or a role; marks under one are grades, words a report or a plan."""
    graded = next((term for term in upper if term.kind in {"grade", "evaluator", "direction"}), None)
    if share("mark", "direction", "options") > _MOST and (graded is not None or share("mark") > _MOST):
        return ("direction", "direction") if graded and graded.kind == "direction" else ("grade", "grade")
    if graded is not None and not share("amount") and share("words", "label", "direction") > _MOST:
        return ("direction", "direction") if graded.kind == "direction" else ("grade", "grade")
    if any(term.kind == "passage" and term.field in {"schedule", "planned"} for term in upper) and not share("amount"):
        return "aside", "schedule"
    if share("prose") > _MOST:
        section = {"target": "target", "actual": "done", "forecast": "planned", "baseline": "state"}.get(
            axis.role or ""
        )
        return ("passage", section) if section else ("passage", "background")
    if share("arrow", "words", "label", "direction") > _MOST and share("arrow") and not share("amount"):
        return "aside", "schedule"
    return "value", "none"


def _by_content(
    view: View, leaf: Head, upper: list[Term], cells: list[GridCell], share: Share
) -> tuple[ColumnKind, str]:
    """A column whose label says nothing that is known, by what stands in it."""
    is_judged = any(term.kind in {"grade", "evaluator"} for term in upper) or any(
        "評価" in word for word in (leaf.words,)
    )
    if _RESULTS.fullmatch(leaf.words) and cells and share("prose") <= _ANY_PROSE:
        return "grade", "result"
    if cells and all(BODY.fullmatch(squeeze(cell.text)) for cell in cells) and len(cells) > 1 and leaf.words:
        return ("org", "responsible") if re.search("課|部|担当|所管|局", leaf.words) else ("stub", "none")
    if share("mark") > _MOST or (share("options") > _MOST):
        return "grade", "result" if BODY.fullmatch(leaf.words) else "grade"
    if share("amount") > _MOST and any(term.kind == "cost" for term in upper):
        return "cost", "cost"
    if share("amount") > _MOST:
        if is_judged and is_scale(view, cells):
            return "grade", "grade"
        if leaf.unit is not None and leaf.words:
            return ("cost", "cost") if indicator_measure_of(leaf.unit) == "currency" else ("aside", "none")
        return "aside", "number"
    if share("direction") > _MOST and re.search("方向|方針|今後|判定", leaf.words):
        return "direction", "direction"
    if share("prose") > _ANY_PROSE and _GENERIC.fullmatch(leaf.words) and not any("。" in cell.text for cell in cells):
        return "stub", "none"
    if share("prose") > _ANY_PROSE:
        return "passage", "finding" if _REASONS.search(leaf.words) else "background"
    return "stub", "none"


def is_scale(view: View, cells: list[GridCell]) -> bool:
    """Whether the numbers of a column can be points of a scale: small, whole, without a unit."""
    amounts = [squeeze(cell.text) for cell in cells if view.kind(cell) == "amount" and not _adds_up(view, cell)]
    return bool(amounts) and all(re.fullmatch(r"\d{1,2}", text) and int(text) <= _HIGHEST_SCORE for text in amounts)


def _adds_up(view: View, cell: GridCell) -> bool:
    first = view.grid.at(cell.cell.row, 0)
    return first is not None and is_total(first.text)


def is_result(words: str) -> bool:
    """Whether a label is a mere 評価: it says that something is judged, and not what."""
    return _RESULTS.fullmatch(squeeze(words)) is not None


def is_of_judges(words: str) -> bool:
    """Whether a label heads those who judge, one a row: 評価者 over 担当課, 部長, 外部評価委員会."""
    return words in {"評価者", "評価主体", "評価機関", "評価者区分"}


def counts_money(name: str) -> bool:
    """Whether the name of an indicator says that it counts money: 補助金額, 観光消費額."""
    return _MONEY.search(re.sub(r"[(（][^()（）]*[)）]$", "", name)) is not None


def counts_no_money(name: str) -> bool:
    """Whether a row in a table of costs counts something else than its money: persons, hours, a rate."""
    return _NO_MONEY.search(name) is not None
