"""A document as a flow: its lines and form tables in reading order, divided at its headings.

For documents that are read from top to bottom: what stands under a heading belongs to it until the next one. Headings
are told by what they print, because a PDF keeps no heading levels.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from normalize.document.table_grid import Grid, grid_of
from normalize.document.text_span import Excerpt, Place
from normalize.text.folding import narrow
from normalize.text.labels import Labels
from schemas.codes.signs import leading
from schemas.document import Document, Line
from schemas.light import light

Step = Excerpt | Grid
"""A line of the flow, or a table that is a form."""


@dataclass(frozen=True, slots=True)
class Heading:
    """How a heading of one kind prints: one of these labels, or the whole of a pattern; `level` any marked heading.

    The groups of a pattern are what the heading says: a code, a name. Patterns see the narrow form of a line (see
    `normalize.text.folding.narrow`): brackets, dashes and digits of one width, radicals as ideographs.
    """

    kind: str
    labels: Labels | None = None
    pattern: re.Pattern[str] | None = None
    level: bool = False


@light
class Part:
    """A heading and the steps below it, up to the next heading. The part before the first heading has none."""

    kind: str
    heading: Excerpt | None
    match: re.Match[str] | None
    body: tuple[Step, ...]

    def group(self, name: str) -> Excerpt | None:
        """What a group of the heading's pattern holds; None where the pattern has no such group or it is empty."""
        if self.heading is None or self.match is None or name not in self.match.re.groupindex:
            return None
        return self.heading.group(self.match, name) or None

    @property
    def lines(self) -> list[Excerpt]:
        """The lines of the body, without its tables."""
        return [step for step in self.body if isinstance(step, Excerpt)]

    @property
    def grids(self) -> list[Grid]:
        """The form tables of the body."""
        return [step for step in self.body if isinstance(step, Grid)]


def flow(document: Document, is_form: Callable[[Grid], bool] = lambda _: False) -> Iterator[Step]:
    """The body lines and form tables of a document. A table that is no form is a box: its cells' lines follow on."""
    for index, item in enumerate(document.items):
        if isinstance(item, Line):
            if item.role == "body" and item.text.strip():
                yield Excerpt.of(item.text, Place(index)).strip()
        elif is_form(grid := grid_of(index, item)):
            yield grid
        else:
            for cell in grid.cells:
                yield from cell.excerpt.lines()


_HEADED = leading("heading", never=("value",))
UNKNOWN = Heading(
    "unknown",
    pattern=re.compile(rf"[【〈《]\s*[^【】〈〉《》。]{{1,20}}[】〉》]|[{_HEADED}]\s*[^。、]{{1,20}}(?<![)）])"),
)
"""A heading that no form declares: what stands below it belongs to nothing that is known."""

_CONTENTS = re.compile(r"目\s*次")
_LEADERS = re.compile(r".[・･…‥.．]{3}\s*+\d{1,3}\Z")


def is_contents(line: Excerpt) -> bool:
    """Whether a line is of a table of contents: leaders and a page number behind it, or its heading.

    >>> is_contents(Excerpt.of("はじめに・・・・・１", Place(0))), is_contents(Excerpt.of("年3.5回", Place(0)))
    (True, False)
    """
    plain = narrow(line.text)
    return bool(_CONTENTS.fullmatch(plain) or _LEADERS.search(plain))


def divide(document: Document, steps: Iterable[Step], headings: Sequence[Heading]) -> list[Part]:
    """Cut a flow before each heading. A line that several kinds of heading fit is of the first one.

    >>> import re
    >>> from extract.text import read_text
    >>> document = read_text("港町計画\\n\\n(1) 農業\\n\\n畑の保全".encode(), "a.txt")
    >>> heading = Heading("policy", pattern=re.compile(r"\\((?P<code>\\d)\\)\\s*(?P<name>.+)"))
    >>> [(part.kind, [line.text for line in part.lines]) for part in divide(document, flow(document), [heading])]
    [('', ['港町計画']), ('policy', ['畑の保全'])]
    """
    parts = [Part("", None, None, ())]
    body: list[Step] = []
    for step in steps:
        found = _heading(document, step, headings) if isinstance(step, Excerpt) else None
        if found is None:
            body.append(step)
            continue
        parts[-1] = with_body(parts[-1], body)
        parts.append(found)
        body = []
    parts[-1] = with_body(parts[-1], body)
    return _with_marked_items(parts)


def _with_marked_items(parts: Sequence[Part]) -> list[Part]:
    """Give back to the text what only looks like a heading that no form declares."""
    kept = [parts[0]]
    for part in parts[1:]:
        if part.kind == UNKNOWN.kind and _is_item(part):
            kept[-1] = given_back(kept[-1], part)
        else:
            kept.append(part)
    return kept


def _is_item(part: Part) -> bool:
    """Whether a short line behind ● or ■ is an item of a list: nothing stands below it, or an item with its mark."""
    if part.heading is None or part.heading.text[0] in "【〈《":
        return False
    first = part.body[0] if part.body else None
    return first is None or (isinstance(first, Excerpt) and first.text[0] == part.heading.text[0])


def with_body(part: Part, body: Iterable[Step]) -> Part:
    """A part with another body."""
    return Part(part.kind, part.heading, part.match, tuple(body))


def given_back(before: Part, part: Part) -> Part:
    """The part before another one with all of that: what only looked like a heading is text again."""
    heading = () if part.heading is None else (part.heading,)
    return with_body(before, (*before.body, *heading, *part.body))


def joined(lines: Iterable[Excerpt], continues: Callable[[Excerpt, Excerpt], bool]) -> Iterator[tuple[Excerpt, ...]]:
    """Lines that belong together: each follows its forerunner as long as `continues` says so."""
    group: list[Excerpt] = []
    for line in lines:
        if group and not continues(group[-1], line):
            yield tuple(group)
            group = []
        group.append(line)
    if group:
        yield tuple(group)


def _heading(document: Document, line: Excerpt, headings: Sequence[Heading]) -> Part | None:
    item = document.items[line.place.item]
    marked = isinstance(item, Line) and item.level > 0
    for heading in headings:
        if heading.labels is not None and heading.labels.match(line.text):
            return Part(heading.kind, line, None, ())
        if heading.pattern is not None and (match := heading.pattern.fullmatch(narrow(line.text))):
            return Part(heading.kind, line, match, ())
        if heading.level and marked:
            return Part(heading.kind, line, None, ())
    return None
