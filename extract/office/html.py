"""A web page → its headings, paragraphs, lists and tables. Nothing is fetched or run; what is hidden is not read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from extract.note_mark import raised
from extract.office.html_styles import (
    Generated,
    Selector,
    generated_texts,
    gone_selectors,
    hidden_selectors,
    is_gone,
    is_hiding,
    is_white,
    white_selectors,
)
from extract.office.laid import Laid
from extract.office.package import Node, OfficeError
from extract.office.span_grid import CellBudget, SpanCell, spans_to_table
from extract.text.encodings import decode
from extract.text.script import JAPANESE
from schemas.document import Alignment, CellStyle, Fragment, Line, Page, Problem, Table
from schemas.limits import Limits, over_limit
from schemas.messages import say

_UNSEEN = frozenset({
    "head", "script", "style", "template", "noscript", "title", "meta", "link", "base", "object", "embed", "iframe",
    "svg", "canvas", "audio", "video", "map", "datalist", "rp", "rt", "rtc",
})  # fmt: skip
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "input", "ins", "kbd", "label", "mark", "meter", "nobr", "output", "progress", "q", "rb", "ruby", "s", "samp",
    "select", "small", "span", "strike", "strong", "sub", "sup", "textarea", "time", "tt", "u", "var", "wbr",
    "button",
})  # fmt: skip
_STRUCK = frozenset({"del", "s", "strike"})
_STRUCK_STYLE = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\n\r\f]+")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([-\w]+)""", re.IGNORECASE)
_GROUND = re.compile(
    r"background(?:-color|-image)?\s*:\s*(?!\s*(?:#fff(?:fff)?\b|white\b|none\b|transparent\b))", re.IGNORECASE
)
_COLOUR = re.compile(r"background(?:-color)?\s*:\s*#([0-9a-f]{6}|[0-9a-f]{3})\b", re.IGNORECASE)
_ALIGN = re.compile(r"text-align\s*:\s*(left|center|right)", re.IGNORECASE)
_HOLDING = frozenset({"table", "dl", "h1", "h2", "h3", "h4", "h5", "h6"})
"""Parts of a page that are no text of a cell."""

_LOOKED_AT = 4_096
_MOST_ROWS, _MOST_COLS = 65_534, 1_000
"""The greatest spans that a page may ask for (HTML, §4.9.11)."""
_DEEPEST = 200
_ROWS = 4
"""A table of so many rows is one where no more than one in so many of its cells holds another table."""


@dataclass(slots=True)
class _Reader:
    budget: CellBudget
    hidden: tuple[Selector, ...] = ()
    gone: tuple[Selector, ...] = ()
    white: tuple[Selector, ...] = ()
    generated: tuple[Generated, ...] = ()
    has_grounds: bool = False
    """Whether style sheets may set a colour under text."""
    unread: Counter[str] = field(default_factory=Counter)

    def leaves_no_room(self, node: Node) -> bool:
        """Whether the styles of an element leave no room to it."""
        return is_gone(node.get("style") or "") or any(selector.selects(node) for selector in self.gone)


def read_html(data: bytes, limits: Limits) -> Laid:
    """The items of a web page. Raises OfficeError."""
    text, encoding = _decoded(data)
    if len(text) > limits.text_characters:
        said = over_limit(limits, "text_characters", len(text))
        raise OfficeError(say("This file has {what}; nothing of it was read.", what=said))
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise OfficeError(
            say("The web page cannot be read ({why}); save it again from a browser.", why=error)
        ) from error
    items: tuple[Line | Table, ...] = ()
    reader = _Reader(CellBudget(limits))
    if root is not None:
        reader.hidden = tuple(hidden_selectors(root))
        reader.gone = tuple(gone_selectors(root))
        reader.white = tuple(white_selectors(root))
        reader.generated = tuple(generated_texts(root))
        reader.has_grounds = any(_GROUND.search(style.text or "") for style in root.iter("style")) or any(
            "stylesheet" in (link.get("rel") or "") for link in root.iter("link")
        )
        items = (*_title(root), *_blocks(reader, root, 0))
    problems = []
    if count := reader.unread["hidden"]:
        problems.append(
            Problem("hidden-text", "note", say("{n} characters of the page are hidden; they were not read", n=count))
        )
    if count := reader.unread["struck"]:
        problems.append(
            Problem("struck-text", "note", say("{n} characters are struck out; they were not read", n=count))
        )
    return Laid((Page(1),) if items else (), items, tuple(problems), encoding)


def _title(root: Node) -> Iterator[Line]:
    """The title of the page, which a browser shows on its tab, as a running header: it often names the municipality."""
    if (title := root.find("head/title")) is not None and (text := tidied(_collapsed(title.text or ""))):
        yield Line(text, (Fragment(1, text, place="title"),), role="header")


def _decoded(data: bytes) -> tuple[str, str]:
    """The text of a page: by its mark, by what it says of itself, or by its bytes."""
    if not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) and (
        match := _CHARSET.search(data[:_LOOKED_AT])
    ):
        name = match[1].decode("ascii", "replace").lower()
        name = {"shift_jis": "cp932", "x-sjis": "cp932", "sjis": "cp932", "windows-31j": "cp932"}.get(name, name)
        try:
            return data.decode(name), name
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    decoded = decode(data)
    if decoded is None:
        raise OfficeError(say("The web page is in no encoding that is known; save it again as UTF-8."))
    return decoded.text, decoded.encoding


def _is_hidden(reader: _Reader, node: Node) -> bool:
    if node.get("hidden") is not None or is_hiding(node.get("style") or ""):
        return True
    if _is_white_on_white(reader, node):
        return True
    if node.tag == "input" and (node.get("type") or "").lower() == "hidden":
        return True
    return any(selector.selects(node) for selector in reader.hidden)


def _is_white_on_white(reader: _Reader, node: Node) -> bool:
    """Whether an element writes white, and nothing around it tells of a ground of another colour."""
    if reader.has_grounds or not (
        is_white(node.get("style") or "") or any(selector.selects(node) for selector in reader.white)
    ):
        return False
    around = (node, *node.iterancestors())
    return not any(each.get("bgcolor") or _GROUND.search(each.get("style") or "") for each in around)


def _is_struck(node: Node) -> bool:
    return node.tag in _STRUCK or _STRUCK_STYLE.search(node.get("style") or "") is not None


def _length(node: Node) -> int:
    return sum(len("".join(str(text).split())) for text in node.itertext())


def _blocks(reader: _Reader, node: Node, depth: int) -> Iterator[Line | Table]:
    """The items inside an element. Inline parts beside each other are one paragraph."""
    run: list[str] = [_collapsed(node.text or "")]
    for part in node:
        tag = part.tag if isinstance(part.tag, str) else ""
        if tag in _UNSEEN or not tag:
            pass
        elif _is_struck(part):
            reader.unread["struck"] += _length(part)
        elif _is_hidden(reader, part):
            reader.unread["hidden"] += _length(part)
        elif tag == "br":
            run.append("\n")
        elif tag in _INLINE and not _holds_blocks(part):
            run.append(_inline(reader, part))
        else:
            yield from _run_lines(run)
            run = []
            if depth < _DEEPEST:
                yield from _block(reader, part, tag, depth)
        run.append(_collapsed(part.tail or ""))
    yield from _run_lines(run)


def _holds_blocks(node: Node) -> bool:
    return any(isinstance(each.tag, str) and each.tag not in _INLINE and each.tag not in _UNSEEN and each.tag != "br"
               for each in node.iterdescendants())  # fmt: skip


def _block(reader: _Reader, node: Node, tag: str, depth: int) -> Iterator[Line | Table]:
    if tag == "table":
        yield from _table_items(reader, node, depth)
    elif re.fullmatch("h[1-6]", tag):
        if text := tidied(_inline(reader, node)).replace("\n", " "):
            yield Line(text, (Fragment(1, text),), level=int(tag[1]))
    elif tag == "dl" and (pairs := _described(node)):
        rows = [[cell for part in pair if (cell := _cell(reader, part))] for pair in pairs]
        table = spans_to_table(rows, reader.budget)
        yield from [table] if table is not None and any(cell.text for cell in table.cells) else []
    elif tag == "pre":
        yield from _run_lines([_inline(reader, node)], keeps_lines=True)
    else:
        yield from _blocks(reader, node, depth + 1)


def _described(node: Node) -> list[tuple[Node, Node]]:
    """The terms of a description list, each with its one description; none where it is another kind of list.

    Such a list shows as a table without rules: 担当課 | 防災政策課.
    """
    parts = [part for each in node for part in ([*each] if each.tag == "div" else [each])]
    pairs = [*zip(parts[::2], parts[1::2], strict=False)]
    are_pairs = len(parts) % 2 == 0 and all((term.tag, said.tag) == ("dt", "dd") for term, said in pairs)
    hold_more = any(each.tag in _HOLDING for part in parts for each in part.iterdescendants())
    return pairs if len(pairs) > 1 and are_pairs and not hold_more else []


def _run_lines(run: Sequence[str], keeps_lines: bool = False) -> Iterator[Line]:
    text = "".join(run)
    lines = text.split("\n") if keeps_lines else tidied(text).split("\n")
    for line in lines:
        if printed := line.strip():
            yield Line(printed, (Fragment(1, printed),))


def tidied(text: str) -> str:
    """A text with one blank for several, and none at the ends of its lines.

    >>> tidied("  計画 の\\n\\n評価 ")
    '計画 の\\n\\n評価'
    """
    lines = (_SPACES.sub(" ", line).strip(" ") for line in text.split("\n"))
    return "\n".join(lines).strip()


def _collapsed(text: str) -> str:
    """The text of a node: its source's line feeds are blanks, or nothing between Japanese characters."""

    def blank(match: re.Match[str]) -> str:
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        wraps = "\n" in match[0] and before and after and JAPANESE.match(before) and JAPANESE.match(after)
        return "" if wraps else " "

    return _SPACES.sub(blank, text)


def _inline(reader: _Reader, node: Node) -> str:
    """The text inside an inline element, or of a whole cell: breaks, form fields and readings as they show."""
    if node.tag == "input":
        return _field(node)
    if node.tag == "select":
        chosen = [option for option in node.iter("option") if option.get("selected") is not None]
        return " ".join(_collapsed(option.text or "") for option in chosen or [*node.iter("option")][:1])
    out = [node.text or "" if node.tag in ("pre", "textarea") else _collapsed(node.text or "")]
    for part in node:
        tag = part.tag if isinstance(part.tag, str) else ""
        if tag and tag not in _UNSEEN:
            if _is_struck(part):
                reader.unread["struck"] += _length(part)
            elif _is_hidden(reader, part):
                reader.unread["hidden"] += _length(part)
            elif tag == "br":
                out.append("\n")
            elif tag in _INLINE:
                out.append(_inline(reader, part))
            else:
                out.append(f"\n{_inline(reader, part)}\n")
        out.append(_collapsed(part.tail or ""))
    text = _with_generated(reader, node, "".join(out))
    return raised(text) if node.tag == "sup" else text


def _with_generated(reader: _Reader, node: Node, text: str) -> str:
    """The text of an element with what style sheets set before and after it: where it has none of its own, or begins
    with a digit, which a sign or a unit may stand at. Other such texts are ornaments."""
    if text.strip() and not text.strip()[0].isdigit():
        return text
    for generated in reader.generated:
        if generated.selector.selects(node):
            text = f"{generated.text}{text}" if generated.is_before else f"{text}{generated.text}"
    return text


def _field(node: Node) -> str:
    kind = (node.get("type") or "text").lower()
    if kind in ("checkbox", "radio"):
        marks = ("☑", "□") if kind == "checkbox" else ("●", "○")
        return marks[0] if node.get("checked") is not None else marks[1]
    return node.get("value") or "" if kind in ("text", "number", "date", "tel", "email", "search", "url") else ""


def _table_items(reader: _Reader, node: Node, depth: int) -> Iterator[Line | Table]:
    """A table with its caption; the content alone of one that only lays out others."""
    if _lays_out(node):
        for part in node.iterdescendants("td", "th", "caption"):
            if _table_around(part) is node and not _is_hidden(reader, part):
                yield from _blocks(reader, part, depth + 1)
        return
    for caption in node.iterchildren("caption"):
        yield from _run_lines([_inline(reader, caption)])
    inner = _taken_out(node)
    rows = []
    for row in node.iterdescendants("tr"):
        if _table_around(row) is not node:
            continue
        if any(_is_hidden(reader, each) for each in (row, *row.iterancestors("thead", "tbody", "tfoot"))):
            reader.unread["hidden"] += _length(row)
            continue
        rows.append([cell for part in row.iterchildren("td", "th") if (cell := _cell(reader, part))])
    table = spans_to_table(rows, reader.budget)
    if table is not None and any(cell.text for cell in table.cells):
        yield table
    for part in inner:
        yield from _table_items(reader, part, depth + 1)


def _lays_out(node: Node) -> bool:
    """Whether a table holds others as its content: not where it has rows and columns itself, and only few of its cells
    hold a table, or those few a frame of one cell."""
    inner = [*node.iterdescendants("table")]
    if not inner:
        return False
    own = [[*row.iterchildren("td", "th")] for row in node.iterdescendants("tr") if _table_around(row) is node]
    cells = [cell for row in own for cell in row]
    holding = sum(next(cell.iterdescendants("table"), None) is not None for cell in cells)
    wide = sum(len(row) > 1 for row in own)
    if all(map(_is_frame, inner)):
        return wide < 2 or 2 * holding >= len(cells)
    return wide < _ROWS or _ROWS * holding >= len(cells)


def _table_around(node: Node) -> Node | None:
    return next(node.iterancestors("table"), None)


def _is_frame(node: Node) -> bool:
    """Whether a table has one cell, and no table inside."""
    return len([*node.iterdescendants("td", "th")]) == 1 and next(node.iterdescendants("table"), None) is None


def _taken_out(node: Node) -> list[Node]:
    """The tables in the cells of one, but for frames of one cell, taken out of it."""
    found = [inner for inner in node.iterdescendants("table") if _table_around(inner) is node and not _is_frame(inner)]
    for inner in found:
        parent, before = inner.getparent(), inner.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + (inner.tail or "")
        elif parent is not None:
            parent.text = (parent.text or "") + (inner.tail or "")
        inner.tail = None
        if parent is not None:
            parent.remove(inner)
    return found


def _cell(reader: _Reader, node: Node) -> SpanCell | None:
    if _is_hidden(reader, node):
        reader.unread["hidden"] += _length(node)
        no_room = node.get("hidden") is not None or reader.leaves_no_room(node)
        return None if no_room else SpanCell("", *_spans(node))
    text = re.sub(r"\n{2,}", "\n", tidied(_inline(reader, node))) or _of_pictures(node)
    style = node.get("style") or ""
    fill = _COLOUR.search(style)
    ground = (fill[1] if fill else (node.get("bgcolor") or "").lstrip("#")).lower()
    if len(ground) == 3:
        ground = "".join(character * 2 for character in ground)
    aligned = _ALIGN.search(style)
    side = (aligned[1] if aligned else node.get("align") or "").lower()
    align: Alignment | None = "left" if side == "left" else "center" if side == "center" else (
        "right" if side == "right" else None
    )  # fmt: skip
    told = CellStyle(
        fill=f"#{ground}" if re.fullmatch("[0-9a-f]{6}", ground) and ground != "ffffff" else None,
        bold=True if node.tag == "th" else None,
        align=align,
    )
    return SpanCell(
        text,
        *_spans(node),
        told if told != CellStyle() else None,
    )


def _of_pictures(node: Node) -> str:
    """What the pictures of a cell without a text stand for (HTML, §4.8.3)."""
    return " ".join(tidied(alt) for picture in node.iter("img") if (alt := picture.get("alt") or "").strip())


def _spans(node: Node) -> tuple[int, int]:
    return _span(node, "rowspan", _MOST_ROWS), _span(node, "colspan", _MOST_COLS)


def _span(node: Node, name: str, most: int) -> int:
    """A span as it is asked for; 0 rows are all that follow (HTML, §4.9.11)."""
    value = (node.get(name) or "1").strip()
    if not value.isdecimal() or len(value) > 6:
        return 1
    number = int(value)
    return min(number, most) if number else (most if name == "rowspan" else 1)
