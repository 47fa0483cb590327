"""Print → PDF: ruled tables with merged cells, wrapped text, page breaks, in fonts that the file holds or does not."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.rendering.printed import Line, NewPage, Print, Table
from tests.rendering.table import Part, Room, Rule, Shape, table_to_parts
from tests.rendering.typesetting import wrap

CID_FONTS = ("HeiseiMin-W3", "HeiseiKakuGo-W5")
_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/Library/Fonts"), Path("C:/Windows/Fonts"))
_TRUETYPE = ("ipag.ttf", "ipam.ttf", "ipaexg.ttf", "ipaexm.ttf", "ipagp.ttf", "ipamp.ttf", "yumin.ttf")

_ENDS = "。．.！？!?」』）)】]"

Ruling = Literal["lines", "boxes", "fills"]
Number = Literal["", "- {} -", "{}", "{} / {}"]


@dataclass(frozen=True, slots=True)
class PageStyle:
    """How pages look. Sizes are in points; `leading` and `gap` (between paragraphs) in font sizes."""

    font: str = CID_FONTS[0]
    size: float = 9.0
    leading: float = 1.4
    gap: float = 0.8
    padding: float = 3.0
    margin: float = 50.0
    landscape: bool = False
    large: bool = False
    ruling: Ruling = "lines"
    rule_width: float = 0.5
    middle: bool = False
    hanging: bool = False
    cuts_rows: bool = False
    opens_cuts: bool = False
    repeats_header: bool = False
    bold_twins: bool = False
    number: str = ""
    shade: tuple[float, float, float] = (0.87, 0.92, 0.97)

    @property
    def page(self) -> tuple[float, float]:
        narrow, long = (842.0, 1191.0) if self.large else (595.0, 842.0)
        return (long, narrow) if self.landscape else (narrow, long)


@cache
def fonts() -> tuple[str, ...]:
    """The fonts to set in: two that a file need not hold, and the Japanese TrueType fonts of this machine."""
    for name in CID_FONTS:
        pdfmetrics.registerFont(UnicodeCIDFont(name))
    found: dict[str, Path] = {}
    for folder in _FOLDERS:
        for path in sorted(folder.rglob("*.tt[fc]")) if folder.is_dir() else ():
            if path.name in _TRUETYPE:
                found.setdefault(path.stem, path)
    for stem, path in found.items():
        pdfmetrics.registerFont(TTFont(stem, str(path)))
    return (*CID_FONTS, *sorted(found))


def page_styles(*, wide: bool = False) -> st.SearchStrategy[PageStyle]:
    """Every look of a page; `wide` for tables with many columns."""
    return st.builds(
        PageStyle,
        font=st.sampled_from(fonts()),
        size=st.sampled_from((6.0, 7.0) if wide else (8.0, 9.0, 10.5)),
        leading=st.sampled_from((1.2, 1.4, 1.6)),
        gap=st.sampled_from((0.6, 1.0)),
        padding=st.sampled_from((2.0, 3.0, 5.0)),
        margin=st.sampled_from((36.0, 50.0)),
        landscape=st.just(wide),
        large=st.sampled_from((True, True, False)) if wide else st.just(False),
        ruling=st.sampled_from(("lines", "boxes", "fills")),
        rule_width=st.sampled_from((0.3, 0.5, 1.0)),
        middle=st.booleans(),
        hanging=st.booleans(),
        cuts_rows=st.booleans(),
        opens_cuts=st.booleans(),
        repeats_header=st.booleans(),
        bold_twins=st.booleans(),
        number=st.sampled_from(("", "- {} -", "{}")),
    )


def print_to_pdf(printed: Print, style: PageStyle) -> bytes:
    """The bytes of a PDF. The same print in the same style gives the same bytes.

    A font that lacks a character gives way to one that has it, as in an office program. Where none of the machine's has
    all of them, the text is set in a font that the file need not hold: every character of Japanese print has a number
    there.
    """
    known = (style.font, *fonts())
    style = replace(style, font=next((font for font in known if _holds(font, printed)), CID_FONTS[0]))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=style.page, invariant=True)
    _Press(canvas, style).print(printed)
    canvas.save()
    return file.getvalue()


def _holds(font: str, printed: Print) -> bool:
    """Whether a font has every character; the fonts that a file need not hold have those of Windows' code page."""
    lines = "".join(item.printed for item in printed if isinstance(item, Line))
    cells = "".join(
        paragraph.printed for item in printed if isinstance(item, Table) for cell in item.cells
        for paragraph in cell.paragraphs
    )  # fmt: skip
    if font in CID_FONTS:
        return (lines + cells).encode("cp932", "ignore").decode("cp932") == lines + cells
    glyphs = pdfmetrics.getFont(font).face.charToGlyph
    return all(ord(character) in glyphs for character in lines + cells)


class _Press:
    """Where on which page the printing is: `y` is how far down, in points from the top."""

    def __init__(self, canvas: Canvas, style: PageStyle) -> None:
        self.canvas, self.style = canvas, style
        self.number = 1
        self.y = style.margin

    @property
    def bottom(self) -> float:
        return self.style.page[1] - self.style.margin

    @property
    def is_fresh(self) -> bool:
        return self.y == self.style.margin

    def print(self, printed: Print) -> None:
        for item in printed:
            if isinstance(item, Line):
                self._line(item)
            elif isinstance(item, Table):
                self._table(item)
            elif isinstance(item, NewPage) and not self.is_fresh:
                self._turn()
        self._finish()

    def _finish(self) -> None:
        if self.style.number:
            self.canvas.setFont(self.style.font, 8)
            self.canvas.drawCentredString(
                self.style.page[0] / 2, self.style.margin / 2, self.style.number.format(self.number)
            )
        self.canvas.showPage()

    def _turn(self) -> None:
        self._finish()
        self.number, self.y = self.number + 1, self.style.margin

    def _line(self, line: Line) -> None:
        style = self.style
        size = style.size * (1.5, 1.3, 1.15)[min(line.level, 3) - 1] if line.level else style.size
        indent = 2 * size if line.bullet else 0.0
        room = style.page[0] - 2 * style.margin - indent
        rows = list(wrap(line.printed, room, lambda text: pdfmetrics.stringWidth(text, style.font, size)))
        if not self.is_fresh:
            self.y += style.gap * size
        # A heading keeps the page of what follows it.
        keep = 4 * style.size * style.leading if line.level else 0.0
        for at, row in enumerate(rows):
            if (
                self.y + style.leading * size * self._kept(rows, at, room, size) + (keep if at == 0 else 0.0)
                > self.bottom
            ):
                self._turn()
            self._text(style.margin + indent, self.y + size, row, size, bold=line.level > 0)
            self.y += style.leading * size

    def _kept(self, rows: Sequence[str], at: int, room: float, size: float) -> int:
        """How many lines of a paragraph, from one on, stay on a page.

        Where the last line of a page is full and ends a sentence, nothing on either page says whether the paragraph
        goes on; so a page ends elsewhere.
        """
        count = 1
        while (row := rows[at + count - 1])[-1] in _ENDS and pdfmetrics.stringWidth(
            row, self.style.font, size
        ) > 0.7 * room:
            if at + count == len(rows):
                return count + 2  # the next paragraph begins on this page too
            count += 1
        return count

    def _table(self, table: Table) -> None:
        style = self.style
        if not self.is_fresh:
            self.y += style.size
        shape = Shape(style.font, style.size, style.leading, style.padding, style.hanging)
        room = Room(style.margin, style.page[0] - style.margin, style.margin, self.bottom, self.y)
        rule = Rule(style.cuts_rows, style.repeats_header, style.middle)
        page = 0
        for part in table_to_parts(table, shape, room, rule):
            for _ in range(part.page - page):
                self._turn()
            page = part.page
            self._part(part)
            self.y = max(self.y, part.bottom)
        self.y += style.size

    def _part(self, part: Part) -> None:
        if part.is_shaded:
            self.canvas.saveState()
            self.canvas.setFillColorRGB(*self.style.shade)
            height = part.bottom - part.top
            self.canvas.rect(part.x0, self.style.page[1] - part.bottom, part.x1 - part.x0, height, stroke=0, fill=1)
            self.canvas.restoreState()
        self._rules(part)
        for row in part.rows:
            self._text(row.x, row.baseline, row.text, self.style.size)

    def _text(self, x: float, baseline: float, text: str, size: float, *, bold: bool = False) -> None:
        self.canvas.setFont(self.style.font, size)
        height = self.style.page[1]
        self.canvas.drawString(x, height - baseline, text)
        if bold and self.style.bold_twins:
            self.canvas.drawString(x + 0.03 * size, height - baseline, text)

    def _rules(self, part: Part) -> None:
        style, height = self.style, self.style.page[1]
        self.canvas.setLineWidth(style.rule_width)
        if style.ruling == "boxes" and not any(self._opens(part)):
            self.canvas.rect(part.x0, height - part.bottom, part.x1 - part.x0, part.bottom - part.top)
            return
        for x0, y0, x1, y1 in self._sides(part):
            if style.ruling == "fills":
                thick = style.rule_width / 2
                left, low = min(x0, x1) - thick, height - max(y0, y1) - thick
                self.canvas.rect(left, low, abs(x1 - x0) + 2 * thick, abs(y1 - y0) + 2 * thick, stroke=0, fill=1)
            else:
                self.canvas.line(x0, height - y0, x1, height - y1)

    def _sides(self, part: Part) -> Iterator[tuple[float, float, float, float]]:
        opens = self._opens(part)
        yield part.x0, part.top, part.x0, part.bottom
        yield part.x1, part.top, part.x1, part.bottom
        if not opens[0]:
            yield part.x0, part.top, part.x1, part.top
        if not opens[1]:
            yield part.x0, part.bottom, part.x1, part.bottom

    def _opens(self, part: Part) -> tuple[bool, bool]:
        """Whether a part is drawn without the rule above it and without the one below it.

        A table is in which a label is torn: closed, that could be two labels.
        """
        opens = self.style.opens_cuts or part.is_torn
        return opens and part.is_cut_above, opens and part.is_cut_below
