"""Print → text form: tab-separated tables with the markup that cells are wrapped in, lines as Markdown or plain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from hypothesis import strategies as st

from tests.rendering.printed import Line, NewPage, Paragraph, Print, Table

Lists = Literal["ul", "ul-p", "li", "br", "p"]


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a text is written: its lists, its headings and lists outside of tables, its line ends and encoding."""

    lists: Lists = "ul"
    marked_headings: bool = False
    marked_lists: bool = False
    line_end: str = "\n"
    encoding: str = "utf-8"


def text_styles() -> st.SearchStrategy[TextStyle]:
    """Every way of writing a text."""
    return st.builds(
        TextStyle,
        lists=st.sampled_from(("ul", "ul-p", "li", "br", "p")),
        marked_headings=st.booleans(),
        marked_lists=st.booleans(),
        line_end=st.sampled_from(("\n", "\r\n")),
        encoding=st.sampled_from(("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp932")),
    )


def print_to_text(printed: Print, style: TextStyle) -> bytes:
    """The bytes of a text document. An encoding that lacks a character gives way to UTF-8."""
    text = style.line_end.join(_lines(printed, style)) + style.line_end
    try:
        return text.encode(style.encoding)
    except UnicodeEncodeError:
        return text.encode()


def _lines(printed: Print, style: TextStyle) -> Iterator[str]:
    for item in printed:
        if isinstance(item, Table):
            yield from _rows(item, style)
        elif isinstance(item, Line):
            yield _line(item, style)
        else:
            assert isinstance(item, NewPage)
            continue
        yield ""


def _line(line: Line, style: TextStyle) -> str:
    if line.level and style.marked_headings:
        return f"{'#' * line.level} {line.text}"
    return f"- {line.printed}" if line.bullet and style.marked_lists else line.printed


def _rows(table: Table, style: TextStyle) -> Iterator[str]:
    fields = [[""] * len(table.widths) for _ in range(table.n_rows)]
    for cell in table.cells:
        fields[cell.row][cell.col] = paragraphs_to_field(cell.paragraphs, style.lists)
    yield from ("\t".join(row) for row in fields)


def paragraphs_to_field(paragraphs: Sequence[Paragraph], lists: Lists) -> str:
    """The field of a cell: its bullets as a list, paragraphs that stand apart as paragraphs, lines apart by <br>."""
    if any(paragraph.bullet for paragraph in paragraphs) and lists != "br":
        return " ".join(_runs(paragraphs, lists))
    parts: list[str] = []
    for paragraph in paragraphs:
        if paragraph.apart:
            parts.append("<br>" * 2 if lists == "br" else "</p> <p>")
        elif parts:
            parts.append("<br>")
        parts.append(paragraph.printed)
    field = "".join(parts)
    return f"<p>{field}</p>" if "</p>" in field else field


def _runs(paragraphs: Sequence[Paragraph], lists: Lists) -> Iterator[str]:
    """Heads in paragraphs of their own; what follows them up to the next head as a list."""
    items: list[Paragraph] = []
    for paragraph in (*paragraphs, None):
        if paragraph is not None and paragraph.bullet:
            items.append(paragraph)
            continue
        if items:
            yield _list(items, lists)
            items = []
        if paragraph is not None:
            yield f"<p>{paragraph.text}</p>"


def _list(items: Sequence[Paragraph], lists: Lists) -> str:
    if lists == "li":
        return "<ul>" + "".join(f"<li>{item.text}</li>" for item in items) + "</ul>"
    if lists == "p":
        return "".join(f"<p>{item.printed}</p>" for item in items)
    joint = " " if lists == "ul" else "</p><p>"
    body = joint.join(item.printed for item in items)
    return f'<ul style="list-style-type: none"> {body} </ul>' if lists == "ul" else f"<p>{body}</p>"
