"""Answers among options that stand in cells of their own: beside their mark, before it, or above it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from normalize.cells.choices import FAMILIES, MARKS, Options, are_unmarked, options_among
from normalize.cells.kinds import CHOSEN, UNREAD
from normalize.cells.marks import direction_of, is_judgement, mark_of
from normalize.cells.opposites import end_in_opposites
from normalize.document.table_grid import GridCell
from normalize.forms.general.view import View
from normalize.text.folding import fold_mark, squeeze

_LEAST_GRADES: Final = 3
"""So many grades side by side are a scale."""

_CHOOSING: Final = CHOSEN + squeeze(CHOSEN)
"""Marks that choose, as printed and as `squeeze` gives them."""

_LEAST_IN_TURNS: Final = 2
"""Options with a mark each, of which one is left open: so many are a choice."""

_NUMBERED: Final = re.compile(r"(?P<number>[0-9０-９]{1,2}|[①-⑳])[\s.．、]*(?P<option>[^\s0-9０-９①-⑳].*)")
"""An option behind its number."""

_LEVEL: Final = re.compile("[局部課室係班所]|グループ|担当")
"""What stands behind the name of a body and says of which level it is."""

_SLOT_AND_OPTION: Final = 2
_LONGEST: Final = 20
"""Characters of an option beside its mark."""

_SMALL: Final = re.compile("[a-e]")
"""Letters that some forms print small as grades; a is a unit of area as well."""


def is_mark(cell: GridCell) -> bool:
    """Whether a cell holds nothing but a mark that chooses."""
    squeezed = squeeze(cell.text)
    return len(squeezed) == 1 and squeezed in _CHOOSING


def options_in_turns(cells: Sequence[GridCell]) -> Options | None:
    """Options and their marks in cells of their own that take turns, each open or filled: □ | 拡充 | ☑ | 継続.

    None where some option has no mark, or no mark says what an open one of its family looks like. Circles alone choose;
    before each of several directions they leave all of them open.
    """
    printed = [cell for cell in cells if cell]
    texts = [cell.text.strip() for cell in printed]
    for filled, hollow in FAMILIES:
        marks = [at for at, text in enumerate(texts) if len(text) == 1 and text in filled + hollow]
        if len(marks) < _LEAST_IN_TURNS or len(marks) * 2 != len(printed):
            continue
        first = marks[0]
        is_in_turns = first in {0, 1} and marks == list(range(first, len(printed), 2))
        if not is_in_turns or not any(texts[at] in hollow for at in marks):
            continue
        options = [(texts[at] in filled, printed[at + 1 - 2 * first].excerpt.strip()) for at in marks]
        are_directions = len(options) >= _LEAST_GRADES and all(direction_of(option.text) for _, option in options)
        if "●" in filled and not any(is_chosen for is_chosen, _ in options) and not are_directions:
            continue
        return Options(
            tuple(option for is_chosen, option in options if is_chosen),
            tuple(option for is_chosen, option in options if not is_chosen),
            tuple(printed[at].excerpt for at in marks),
        )
    return None


@dataclass(frozen=True, slots=True)
class _Row:
    """Cells side by side, and the places of marks, of words, and of nothing among them."""

    cells: Sequence[GridCell]
    marks: Sequence[int]
    words: Sequence[int]
    blank: Sequence[int]

    @classmethod
    def of(cls, cells: Sequence[GridCell]) -> _Row:
        printed = [at for at, cell in enumerate(cells) if cell]
        marks = [at for at in printed if is_mark(cells[at])]
        words = [at for at in printed if at not in marks]
        return cls(cells, marks, words, [at for at in range(len(cells)) if at not in printed])

    @property
    def has_slots(self) -> bool:
        """Whether marks have places of their own: some are left blank, or several words share them."""
        return bool(self.marks) and (bool(self.blank) or len(self.words) > 1)

    @property
    def step(self) -> int:
        """From the place of a mark to that of its option; 0 where the places do not take turns."""
        slots = sorted((*self.marks, *self.blank))
        before = slots[0] == 0 and all(at + 1 in self.words for at in slots if at + 1 < len(self.cells))
        behind = self.words[0] == 0 and all(at - 1 in self.words for at in slots)
        return int(before) - int(behind)


def chosen_of(cells: Sequence[GridCell]) -> Options | None:
    """The option that cells side by side choose; None where none is marked, or it cannot be told which.

    Where the places of marks and options take turns, the first place tells whether the mark stands before its option or
    behind it.
    """
    if (answer := options_in_turns(cells) or _encircled(cells)) is not None:
        return answer
    row = _Row.of(_without_spacers(cells))
    if not row.words:
        return None
    if row.has_slots:
        return _in_turns(row, row.step) if row.step else _behind_lone_mark(row)
    if len(row.words) < 2 or are_unmarked([row.cells[at].text for at in row.words]):
        return None
    return options_among([cell.excerpt for cell in row.cells])


def _in_turns(row: _Row, step: int) -> Options:
    """The options beside marks, where the places of both take turns."""
    at_options = [at + step for at in row.marks if 0 <= at + step < len(row.cells)]
    chosen = tuple(row.cells[at].excerpt.strip() for at in at_options)
    others = (row.cells[at].excerpt for at in row.words)
    marks = tuple(row.cells[at].excerpt for at in row.marks)
    return Options(chosen, tuple(other for other in others if other.strip() not in chosen), marks)


def _behind_lone_mark(row: _Row) -> Options | None:
    """The option behind the only mark; None where an option stands before it, too."""
    if len(row.marks) != 1:
        return None
    (at,) = row.marks
    if at + 1 not in row.words or at - 1 in row.words:
        return None
    return Options((row.cells[at + 1].excerpt.strip(),), (), (row.cells[at].excerpt,))


def _encircled(cells: Sequence[GridCell]) -> Options | None:
    """The one of numbered options whose number is in a circle: 1 拡大 | ② 現状維持 | 3 縮小."""
    printed = [cell for cell in cells if cell]
    found = [_NUMBERED.fullmatch(cell.text.strip()) for cell in printed]
    if len(printed) < _LEAST_GRADES or None in found:
        return None
    numbers = [unicodedata.normalize("NFKC", match["number"]) for match in found if match is not None]
    circled = [at for at, match in enumerate(found) if match is not None and "①" <= match["number"] <= "⑳"]
    if len(circled) != 1 or numbers != [str(at) for at in range(1, len(numbers) + 1)]:
        return None
    options = [
        cell.excerpt.strip().slice(*match.span("option"))
        for cell, match in zip(printed, found, strict=True)
        if match is not None
    ]
    (chosen,) = circled
    mark = printed[chosen].excerpt.strip().slice(0, 1)
    return Options((options[chosen],), tuple(one for one in options if one is not options[chosen]), (mark,))


def votes_under(view: View, cells: Sequence[GridCell], below: Sequence[GridCell]) -> bool:
    """Whether the next row counts those who voted for each of the grades of a row: Ａ, Ｂ, Ｃ over 2人, 4人, 0人."""
    marks = [fold_mark(squeeze(cell.text)[:1], MARKS) for cell in cells[1:] if cell]
    counts = [cell for cell in below[1:] if cell]
    return (
        len(marks) >= _LEAST_GRADES
        and all(marks)
        and len(set(marks)) == len(marks) == len(counts)
        and all(view.kind(cell) == "amount" for cell in counts)
    )


def _without_spacers(cells: Sequence[GridCell]) -> list[GridCell]:
    """The cells without a blank in front of another place for a mark."""
    return [
        cell
        for at, cell in enumerate(cells)
        if cell or at + 1 == len(cells) or (cells[at + 1] and not is_mark(cells[at + 1]))
    ]


def marked_above(options: Sequence[GridCell], marks: Sequence[GridCell]) -> Options | None:
    """The options of a row whose marks stand in the row below; None where that row holds anything else.

    Raises nothing: a mark that stands under no option, or under several, chooses none.
    """
    printed = [cell for cell in marks if cell]
    words = [cell for cell in options if cell]
    if len(words) < 2 or not printed or not all(is_mark(cell) for cell in printed):
        return None
    chosen = [[word for word in words if set(word.cell.cols) & set(mark.cell.cols)] for mark in printed]
    if any(len(found) != 1 for found in chosen):
        return None
    picked = tuple(found[0].excerpt for found in chosen)
    return Options(
        picked, tuple(w.excerpt for w in words if w.excerpt not in picked), tuple(m.excerpt for m in printed)
    )


def marked_beside(view: View, label: GridCell) -> Options | None:
    """The answer among options one a row beside a label of all the rows, their marks in a column of their own.

    今後の方向性 | ○ | 拡充 over | | 継続 and | | 縮小.
    """
    stop = label.cell.col + label.cell.col_span
    lines = [[cell for cell in view.grid.row(row) if cell.cell.col >= stop] for row in label.cell.rows]
    if len(lines) < _LEAST_IN_TURNS or any(len(line) != _SLOT_AND_OPTION for line in lines):
        return None
    if any([cell.cell.cols for cell in line] != [cell.cell.cols for cell in lines[0]] for line in lines):
        return None
    for slot, option in ((0, 1), (1, 0)):
        slots, options = [line[slot] for line in lines], [line[option] for line in lines]
        marked = [at for at, cell in enumerate(slots) if cell and not _is_open(slots, cell)]
        are_slots = 0 < len(marked) < len(slots) and all(_is_slot(cell) for cell in slots if cell)
        if are_slots and all(cell and not _is_slot(cell) and len(squeeze(cell.text)) <= _LONGEST for cell in options):
            return Options(
                tuple(options[at].excerpt.strip() for at in marked),
                tuple(cell.excerpt.strip() for at, cell in enumerate(options) if at not in marked),
                tuple(slots[at].excerpt for at in marked),
            )
    return None


def _is_slot(cell: GridCell) -> bool:
    """Whether a cell holds nothing but the mark of an option, filled or open."""
    text = cell.text.strip()
    return is_mark(cell) or (len(text) == 1 and any(text in filled + hollow for filled, hollow in FAMILIES))


def _is_open(slots: Sequence[GridCell], cell: GridCell) -> bool:
    """Whether a mark is left open among others of its family that are filled: □ beside ■."""
    texts = [slot.text.strip() for slot in slots if slot]
    family = next((pair for pair in FAMILIES if all(text in pair[0] + pair[1] for text in texts)), None)
    return family is not None and cell.text.strip() in family[1] and any(text in family[0] for text in texts)


def picked_of(listed: GridCell, rest: Sequence[GridCell]) -> GridCell | None:
    """The answer behind a list of numbered options: １ 順調　２ おおむね順調 | ２."""
    options = re.findall(r"(?<![^\s　])[0-9０-９A-ZＡ-Ｚ](?=[\s　.．:：])", listed.text)
    signs = {squeeze(option) for option in options}
    return next((c for c in rest if len(options) > 1 and squeeze(c.text) in signs and len(squeeze(c.text)) == 1), None)


def is_unanswered(view: View, printed: Sequence[GridCell]) -> bool:
    """Whether the cells behind a label only list the possible answers, and none of them is chosen.

    These are directions alone, three or more different marks and words, or a word and its opposite.
    """
    if leaves_open(printed):
        return True
    kinds = ["direction" if direction_of(cell.text) else view.kind(cell) for cell in printed]  # 廃止 can be absence
    texts = {squeeze(cell.text) for cell in printed}
    if len(texts) < len(printed) or len(printed) < 2:
        return False
    return kinds.count("direction") == len(kinds) or (
        len(printed) > 2 and all(kind in {"mark", "direction", "words", "label"} for kind in kinds)
    )


def leaves_open(printed: Sequence[GridCell]) -> bool:
    """Whether cells offer a word and its opposite, and none of them is chosen, as far as can be read: ある | | ない.

    A mark that could not be read beside several words is before one of them, and nobody knows which.
    """
    words = [squeeze(cell.text) for cell in printed if squeeze(cell.text) != UNREAD]
    return end_in_opposites(words) or (len(words) < len(printed) and len(words) > 1)


def is_said(view: View, cell: GridCell) -> bool:
    """Whether a cell holds a judgement: a mark, points of a scale, a word."""
    what = view.kind(cell)
    if what == "amount":
        return re.fullmatch(r"\d{1,2}点?", squeeze(cell.text)) is not None or mark_of(cell.text) is not None
    if what in {"absent", "axis", "date", "unit", "code", "arrow", "year"}:
        is_small = what == "unit" and _SMALL.fullmatch(squeeze(cell.text)) is not None
        return is_small or direction_of(cell.text) is not None
    return is_judgement(cell.text) and not (what == "prose" and mark_of(cell.text) is None)


def bodies_before_levels(view: View, cells: Sequence[GridCell]) -> list[GridCell]:
    """The bodies of a row that names the level of each behind it: 担当 | 市民 | 部 | 環境 | 課. None of another row."""
    printed = [cell for cell in cells if cell]
    lead, bodies, levels = printed[:1], printed[1::2], printed[2::2]
    term = view.whole(lead[0]) if lead else None
    if term is None or term.kind != "org" or not bodies or len(bodies) != len(levels):
        return []
    are_levels = all(_LEVEL.fullmatch(squeeze(level.text)) for level in levels)
    return bodies if are_levels and not any(_LEVEL.fullmatch(squeeze(body.text)) for body in bodies) else []
