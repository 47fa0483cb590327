"""Columns: the heads over one, the cells under it, and what it holds.

A unit, a year, a direction, a mark or an option is never a name. A word that the vocabulary does not know heads a
column all the same: what stands under it tells whether that is prose, marks or numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from normalize.cells.heads import HeadRole
from normalize.cells.row_words import is_total
from normalize.document.table_grid import GridCell
from normalize.forms.general.cuts.blocks import Block
from normalize.forms.general.view import View
from normalize.text.folding import squeeze
from schemas.light import light

ColumnKind = Literal[
    "name", "code", "org", "document", "indicator", "unit", "value", "cost", "ratio", "year-of-value", "grade",
    "direction", "passage", "evaluator", "option", "part", "stub", "aside",
]  # fmt: skip


BODY: Final = re.compile(r".*(?:[部課室局係所署]|センター|事務局|委員会|消防本部|グループ|担当|会計課?|館|校|園)")


_RESULTS: Final = re.compile(
    r"(?:今回の|前回の|総合)?(?:評価|判定|評定|結果|評価結果|判定結果|評価区分|点数|評点|得点|採点|ランク|選択|選択肢|回答)(?:欄|\(.*\))?"
)


_INDICATORS: Final = re.compile(r".{1,10}指標(?:名称?)?")
"""How the head of a column of names ends whose field the vocabulary does not know: 環境指標."""


LONGEST_PART: Final = 16
"""Characters of what a part of something counted is called."""


_NO_MONEY: Final = re.compile(
    r"(?:率|割合|比|人員|職員数|人数|人工|件数|回数|人口|者数|時間|工数)(?:\s*[（(A-ZＡ-Ｚ].*)?$"
)


_MONEY: Final = re.compile(r"(?:金額|[^数]額|事業費|経費|予算|収入|支出|税収|売上高?|出荷額|生産額)$")


PLANS_MONEY: Final = re.compile("予算(?!.*(?:決算|執行|実績|[にの]対する|比))")
"""What names money that is planned, and not spent: 予算現額, 補正予算額."""


_HIGHEST_SCORE: Final = 10
"""The most points of a scale."""


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


def holds_remarks(view: View, column: Column) -> bool:
    """Whether a column tells of its rows what names nothing: 備考, also over numbers and words."""
    if column.kind == "aside":
        term = view.whole(column.leaf) if column.leaf is not None else None
        return term is not None and term.kind == "passage"
    return (column.kind, column.field) == ("passage", "background")


def is_scale(view: View, cells: Sequence[GridCell]) -> bool:
    """Whether the numbers of a column can be points of a scale: small, whole, without a unit but 点."""
    amounts = [cell for cell in cells if view.kind(cell) == "amount" and not _adds_up(view, cell)]
    points = [squeeze(cell.text).removesuffix("点") for cell in amounts]
    return bool(points) and all(re.fullmatch(r"\d{1,2}", text) and int(text) <= _HIGHEST_SCORE for text in points)


def _adds_up(view: View, cell: GridCell) -> bool:
    first = view.grid.at(cell.cell.row, 0)
    return first is not None and is_total(first.text)


def is_result(words: str) -> bool:
    """Whether a label is a mere 評価: it says that something is judged, and not what."""
    return _RESULTS.fullmatch(squeeze(words)) is not None


def is_of_indicators(words: str) -> bool:
    """Whether a label that the vocabulary does not know ends as one over the names of indicators: 環境指標."""
    return _INDICATORS.fullmatch(words) is not None


def heads_indicators(view: View, cell: GridCell) -> bool:
    """Whether a head is over the names of indicators: 指標名, 環境指標."""
    term = view.whole(cell)
    is_known = term is not None and (term.kind, term.field) == ("indicator", "name")
    return is_known or is_of_indicators(view.head(cell).words)


def is_of_judges(words: str) -> bool:
    """Whether a label heads those who judge, one a row: 評価者 over 担当課, 部長, 外部評価委員会."""
    return words in {"評価者", "評価主体", "評価機関", "評価者区分"}


def counts_money(name: str) -> bool:
    """Whether the name of an indicator says that it counts money: 補助金額, 観光消費額."""
    return _MONEY.search(re.sub(r"[(（][^()（）]*[)）]$", "", name)) is not None


def counts_no_money(name: str) -> bool:
    """Whether a row in a table of costs counts something else than its money: persons, hours, a rate."""
    return _NO_MONEY.search(name) is not None
