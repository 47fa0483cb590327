"""What a column holds by what stands in it, where its label tells nothing that is known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from normalize.cells.heads import Head
from normalize.cells.kinds import CellKind, is_unit
from normalize.cells.vocabulary import Term
from normalize.document.table_grid import GridCell
from normalize.forms.general.heads.meaning import BODY, ColumnKind, is_of_indicators, is_result, is_scale
from normalize.forms.general.view import View
from normalize.text.folding import squeeze
from normalize.text.quantities import indicator_measure_of, known_unit

Meaning = tuple[ColumnKind, str]
"""The kind of a column, and its field."""

GENERIC: Final = re.compile(r"(?:名称|内容|項目|指標の?内容|名|項目名|目標項目|区分|数値目標)")
"""Labels that say nothing of what they head: what is over them does, or what stands under them."""

_REASONS: Final = re.compile("理由|説明|コメント|根拠|所見|意見|考え方|備考|内容")
_BODIES: Final = re.compile("課|部|担当|所管|局")
_COURSE: Final = re.compile("方向|方針|今後|判定|見直し|取扱い?$|措置")
"""What a label says of sentences, of bodies and of directions under it."""

_STANDING: Final = re.compile(r".{0,6}(?:状況|状態)")
_LONGEST_STANDING: Final = 8
"""The label over how rows stand, and characters of a word that says so."""

LEAST_ROWS: Final = 3
"""So many rows show that words come again."""

MOST: Final = 0.6
"""The share of the printed cells that makes what a column holds."""

ANY_PROSE: Final = 0.3
"""The share of the printed cells that are sentences in a column that tells."""


@dataclass(frozen=True, slots=True)
class Headed:
    """A column by its heads and what stands under them.

    `heads` are all heads from the top, `upper` what those over the lowest are as a whole, the nearest first. `kinds`
    counts the cells under them by their kind, `said` those that say something.
    """

    view: View
    heads: Sequence[Head]
    upper: tuple[Term, ...]
    cells: Sequence[GridCell]
    kinds: Counter[CellKind]
    said: int

    @property
    def leaf(self) -> Head:
        return self.heads[-1]

    def share(self, *wanted: CellKind) -> float:
        """The share of the cells that say something which are of these kinds."""
        return sum(self.kinds[kind] for kind in wanted) / self.said if self.said else 0.0

    def mostly(self, *wanted: CellKind) -> bool:
        return self.share(*wanted) > MOST

    def is_under(self, *kinds: str) -> bool:
        """Whether a head over the lowest is a term of these kinds."""
        return any(term.kind in kinds for term in self.upper)


_TICKS: Final = frozenset("○〇◯●✓✔☑■レ")
_JUDGES: Final = re.compile("評価|判定|評定|達成|進捗|成果|効果|[度性率]$|か$")
"""What the head of a judgement says, be its circles ever so alike."""


def by_content(column: Headed) -> Meaning:
    """The meaning of a column whose label says nothing that is known, by what stands in it."""
    return next((found for asks in _QUESTIONS if (found := asks(column)) is not None), ("stub", "none"))


def _results(column: Headed) -> Meaning | None:
    """A mere 評価 or 結果 over no sentences judges."""
    judges = is_result(column.leaf.words) and column.cells and column.share("prose") <= ANY_PROSE
    return ("grade", "result") if judges else None


def _indicators(column: Headed) -> Meaning | None:
    """Words under a label that ends as one over the names of indicators."""
    names = is_of_indicators(column.leaf.words) and column.mostly("words", "label", "prose") and not column.upper
    return ("indicator", "name") if names else None


def _bodies(column: Headed) -> Meaning | None:
    """Nothing but names of bodies: those in charge, where the label says so."""
    words = column.leaf.words
    if len(column.cells) <= 1 or not words or not all(BODY.fullmatch(squeeze(cell.text)) for cell in column.cells):
        return None
    return ("org", "responsible") if _BODIES.search(words) else ("stub", "none")


def _marks(column: Headed) -> Meaning | None:
    if not column.mostly("mark") and not column.mostly("options"):
        return None
    if column.mostly("mark") and are_ticks(column) and not _JUDGES.search(column.leaf.words):
        return "aside", "none"
    return "grade", "result" if BODY.fullmatch(column.leaf.words) else "grade"


def are_ticks(column: Headed) -> bool:
    """Whether a column holds nothing but one mark that chooses: it says which rows are meant, and judges none."""
    ticks = {squeeze(cell.text) for cell in column.cells if column.view.kind(cell) == "mark"}
    return len(ticks) == 1 and ticks <= _TICKS and not column.is_under("grade", "evaluator", "direction")


def _numbers(column: Headed) -> Meaning | None:
    """Numbers are costs under a cost or in money, points under a judgement; else nobody knows what they count."""
    if not column.mostly("amount"):
        return None
    if column.is_under("cost"):
        return "cost", "cost"
    leaf = column.leaf
    if (column.is_under("grade", "evaluator") or "評価" in leaf.words) and is_scale(column.view, column.cells):
        return "grade", "grade"
    if leaf.unit is None or not leaf.words:
        return "aside", "number"
    return ("cost", "cost") if indicator_measure_of(leaf.unit) == "currency" else ("aside", "none")


def _directions(column: Headed) -> Meaning | None:
    is_course = column.mostly("direction") and _COURSE.search(column.leaf.words)
    return ("direction", "direction") if is_course else None


def _standings(column: Headed) -> Meaning | None:
    """How each row stands, under 状況: 順調, 遅れ."""
    return ("grade", "grade") if says_standing(column, _STANDING) else None


def says_standing(column: Headed, label: re.Pattern[str]) -> bool:
    """Whether short words that come again from row to row stand under such a label, and nothing else does."""
    words = [squeeze(cell.text) for cell in column.cells]
    if label.fullmatch(squeeze(column.leaf.words)) is None or len(words) < LEAST_ROWS or len({*words}) == len(words):
        return False
    is_short = all(len(word) <= _LONGEST_STANDING for word in words)
    return is_short and column.share("words", "direction", "mark") == 1


def _prose(column: Headed) -> Meaning | None:
    """Long texts tell; without one full sentence under 項目 or 内容 they are names."""
    if column.share("prose") <= ANY_PROSE:
        return None
    if GENERIC.fullmatch(column.leaf.words) and not any("。" in cell.text for cell in column.cells):
        return "stub", "none"
    return "passage", "finding" if _REASONS.search(column.leaf.words) else "background"


_QUESTIONS: Final[tuple[Callable[[Headed], Meaning | None], ...]] = (
    _results,
    _indicators,
    _bodies,
    _marks,
    _numbers,
    _directions,
    _standings,
    _prose,
)


def headless(view: View, cells: Sequence[GridCell], kinds: Counter[CellKind], said: int) -> Meaning:
    """The meaning of a column without a head."""
    if holds_units(view, cells):
        return "unit", "unit"
    return ("aside", "none") if kinds["prose"] > said / 2 else ("stub", "none")


def holds_units(view: View, cells: Sequence[GridCell]) -> bool:
    """Whether a column holds nothing but units: known ones mostly, and words that may be some.

    A unit may be a label elsewhere (部), or be made of known ones (回/年).
    """
    said = [cell for cell in cells if view.kind(cell) != "absent"]
    known = [cell for cell in said if view.kind(cell) == "unit" or _is_made_of_units(cell.text)]
    if not known or len(known) * 2 < len(said):
        return False
    return all(cell in known or _may_be_unit(view, cell) for cell in said)


def _is_made_of_units(text: str) -> bool:
    parts = re.split("[/・]", squeeze(text))
    return len(parts) > 1 and all(known_unit(part) is not None for part in parts)


def _may_be_unit(view: View, cell: GridCell) -> bool:
    kind = view.kind(cell)
    return (kind == "words" and is_unit(cell.text)) or (kind == "label" and known_unit(squeeze(cell.text)) is not None)
