"""A line outside of tables, with the frame that is drawn around its paragraph."""

from __future__ import annotations

from dataclasses import dataclass

from extract.pdf.text.lines import TextLine
from schemas.document import Box


@dataclass(frozen=True, slots=True)
class BoxedLine:
    """A line outside of tables. `frame` is the box drawn around its paragraph, if there is one.

    A line of ruby stands above the line that it belongs to, and is no part of its paragraph.
    """

    line: TextLine
    frame: Box | None = None
    is_ruby: bool = False

    @property
    def top(self) -> float:
        return self.line.box.top
