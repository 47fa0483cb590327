"""Answers among options that stand in cells of their own: beside their mark, before it, or above it."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.cells.choices import Options, are_unmarked, options_among
from normalize.cells.kinds import CHOSEN
from normalize.document.table_grid import GridCell
from normalize.text.folding import squeeze


def is_mark(cell: GridCell) -> bool:
    """Whether a cell holds nothing but a mark that chooses."""
    squeezed = squeeze(cell.text)
    return len(squeezed) == 1 and squeezed in CHOSEN + squeeze(CHOSEN)


def chosen_of(cells: Sequence[GridCell]) -> Options | None:
    """The option that cells side by side choose; None where none is marked, or it cannot be told which.

    Where the places of marks and options take turns, the first place tells whether the mark stands before its option or
    behind it.
    """
    cells = _without_spacers(cells)
    marks = [at for at, cell in enumerate(cells) if cell and is_mark(cell)]
    words = [at for at, cell in enumerate(cells) if cell and not is_mark(cell)]
    if not words:
        return None
    blank = [at for at, cell in enumerate(cells) if not cell]
    if (marks and blank) or (marks and len(marks) + len(words) == len(cells) and len(words) > 1):
        slots = sorted((*marks, *blank))
        before = all(at + 1 in words for at in slots if at + 1 < len(cells)) and slots[0] == 0
        behind = all(at - 1 in words for at in slots) and words[0] == 0
        step = 1 if before and not behind else -1 if behind and not before else 0
        if step:
            chosen = tuple(cells[at + step].excerpt.strip() for at in marks if 0 <= at + step < len(cells))
            others = tuple(cells[at].excerpt for at in words if cells[at].excerpt.strip() not in chosen)
            return Options(chosen, others, tuple(cells[at].excerpt for at in marks))
        if step == 0 and len(marks) == 1:
            nearest = marks[0]
            return (
                Options((cells[nearest + 1].excerpt.strip(),), (), (cells[nearest].excerpt,))
                if (nearest + 1 in words and nearest - 1 not in words)
                else None
            )
        return None
    if len(words) < 2 or are_unmarked([cells[at].text for at in words]):
        return None
    return options_among([cell.excerpt for cell in cells])


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
