"""Fields of a Word file: their results are text, their codes are none. Some that store no result show one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.office.docx_styles import digits
from extract.office.package import Node, attribute, child, children, is_on
from extract.ringed import RINGED, RINGS

_OVER = re.compile(r"\s*eq\s+\\o(?:\\a[clr])?\s*\(([^,;()]*)[,;]([^,;()]*)\)\s*", re.IGNORECASE)
_BOXES, _TICKS = frozenset("□☐"), frozenset("レ✓✔√")


@dataclass(slots=True)
class Fields:
    """The fields that are open while a text is read.

    `are_shown` says of each whether its result is being read, or still its code; `codes` are their codes, as far as
    they were read.
    """

    are_shown: list[bool] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    @property
    def is_code(self) -> bool:
        """Whether what is being read is the code of a field."""
        return not all(self.are_shown)

    def read(self, code: str) -> None:
        """Take note of a part of a code."""
        self.codes[-1] += code

    def at(self, mark: Node) -> str:
        """Take note of where a field begins, shows its result or ends; what it shows there that is no stored text."""
        kind = attribute(mark, "fldCharType") or ""
        shown = "" if self.is_code else _form_field(child(mark, "ffData"))
        if kind == "begin":
            self.are_shown.append(False)
            self.codes.append("")
        elif kind == "separate" and self.are_shown:
            self.are_shown[-1] = True
        elif kind == "end" and self.are_shown:
            code = self.codes.pop()
            if not self.are_shown.pop() and not self.is_code:
                return shown + _laid_over(code)
        return shown


def _form_field(node: Node | None) -> str:
    """What a form field shows that has no text of its own: a box to check, or the chosen line of a list
    (ECMA-376 part 1, §17.16.7 and §17.16.9)."""
    if (box := child(node, "checkBox")) is not None:
        checked = child(box, "checked")
        return "☑" if is_on(checked if checked is not None else child(box, "default")) else "□"
    if (listed := child(node, "ddList")) is not None:
        entries = [attribute(entry, "val") or "" for entry in children(listed, "listEntry")]
        chosen = digits(child(listed, "result"), digits(child(listed, "default"), 0))
        return entries[chosen] if chosen < len(entries) else ""
    return ""


def _laid_over(code: str) -> str:
    """What a field shows that lays characters over each other: a character in a ring or a box, as Word sets it.

    >>> _laid_over(" eq \\\\o\\\\ac(○,A)"), _laid_over("eq \\\\o(□,レ)"), _laid_over("PAGE")
    ('Ⓐ', '☑', '')
    """
    found = _OVER.fullmatch(code)
    if found is None:
        return ""
    around, inside = found[1].strip(), found[2].strip()
    if around in RINGS:
        return RINGED.get(inside, f"{around}{inside}")
    return "☑" if around in _BOXES and inside in _TICKS else f"{around}{inside}"
