"""What the style sheets and styles of a web page hide, and what texts they set before and after elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extract.office.package import Node

_AWAY = r"-\s*\d{3,}(?:\.\d+)?(?:px|pt)|-\s*\d{2,}(?:\.\d+)?(?:r?em|vw|vh)"
"""A distance that takes a text off the page."""

_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|font-size\s*:\s*0+(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:;|!|$)|font-size\s*:\s*1(?:\.\d+)?(?:px|pt)"
    r"|(?<![-\w])opacity\s*:\s*0+(?:\.0+)?\s*(?:;|!|$)"
    rf"|(?<![-\w])(?:left|right|top|text-indent)\s*:\s*(?:{_AWAY})"
    r"|(?<![-\w])clip\s*:\s*rect\(\s*(?:[01](?:px)?[\s,]*){4}\)|clip-path\s*:\s*inset\(\s*(?:50|100)%",
    re.IGNORECASE,
)
_WHITE = re.compile(
    r"(?<![-\w])color\s*:\s*(?:#fff(?:fff)?\b|white\b|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))", re.IGNORECASE
)
_GONE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_RULE = re.compile(r"([^{}@]+)\{([^{}]*)\}")
_COMPOUND = re.compile(r"([a-z][a-z0-9]*|\*)?((?:[.#][\w-]+)*)(?:::?(before|after))?", re.IGNORECASE)
_NAMES = re.compile(r"([.#])([\w-]+)")
_CONTENT = re.compile(r"(?<![-\w])content\s*:\s*(?:\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)')", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_MEDIA = re.compile(r"@media([^{}]*)\{", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\bprint\b|\bspeech\b|max-(?:device-)?width|max-height|orientation", re.IGNORECASE)
"""Names what is not the screen of a desktop computer."""


class Compound(NamedTuple):
    """A tag, empty for any, and names with ``.`` or ``#`` before them, all of which an element has."""

    tag: str
    names: tuple[tuple[str, str], ...]

    def fits(self, node: Node) -> bool:
        classes, identity = (node.get("class") or "").split(), node.get("id") or ""
        return self.tag in ("", node.tag) and all(
            name in classes if kind == "." else name == identity for kind, name in self.names
        )


class Selector(NamedTuple):
    """What selects an element, and what selects those around it, the nearest first; ``is_child`` says of each of these
    that it is right around."""

    own: Compound
    around: tuple[tuple[Compound, bool], ...] = ()

    def selects(self, node: Node) -> bool:
        """Whether it selects an element.

        >>> from lxml import etree
        >>> row = etree.fromstring("<tr class='old'><td class='old wide'/></tr>")
        >>> selector = Selector(Compound("td", ((".", "old"),)), ((Compound("tr", ()), True),))
        >>> selector.selects(row[0]), selector.selects(row)
        (True, False)
        """
        if not self.own.fits(node):
            return False
        outer = node.iterancestors()
        for compound, is_child in self.around:
            found = next(outer, None)
            while found is not None and not is_child and not compound.fits(found):
                found = next(outer, None)
            if found is None or not compound.fits(found):
                return False
        return True


class Generated(NamedTuple):
    """A text that a style sheet sets before or after the elements of a selector."""

    selector: Selector
    is_before: bool
    text: str


def is_hiding(style: str) -> bool:
    """Whether a style hides what it is set for: it does not show it, or shows it off the page or at no size.

    >>> [is_hiding(style) for style in ("display:none", "position:absolute; left:-9999px", "color:red; top:-2px")]
    [True, True, False]
    """
    return _HIDDEN.search(style) is not None


def is_gone(style: str) -> bool:
    """Whether a style leaves no room to what it is set for.

    >>> is_gone("display: none"), is_gone("visibility:hidden")
    (True, False)
    """
    return _GONE.search(style) is not None


def gone_selectors(root: Node) -> Iterator[Selector]:
    """The selectors to whose elements the page's own style sheets leave no room."""
    return (selector for selector, place, style in _rules(root) if not place and is_gone(style))


def hidden_selectors(root: Node) -> Iterator[Selector]:
    """The selectors that the page's own style sheets hide."""
    for selector, place, style in _rules(root):
        if not place and is_hiding(style):
            yield selector


def white_selectors(root: Node) -> Iterator[Selector]:
    """The selectors whose elements the page's own style sheets write white."""
    for selector, place, style in _rules(root):
        if not place and is_white(style):
            yield selector


def is_white(style: str) -> bool:
    """Whether a style writes white.

    >>> is_white("color: #fff"), is_white("background-color: white")
    (True, False)
    """
    return _WHITE.search(style) is not None


def generated_texts(root: Node) -> Iterator[Generated]:
    """The texts that the page's own style sheets set before and after elements."""
    for selector, place, style in _rules(root):
        content = _CONTENT.search(style)
        if place and content and not is_hiding(style):
            text = _ESCAPE.sub(_unescaped, content[1] or content[2] or "")
            if text.strip():
                yield Generated(selector, place.lower() == "before", text)


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else 0
    return match[2] or (chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "")


def _rules(root: Node) -> Iterator[tuple[Selector, str, str]]:
    """The selectors of all rules that hold on a screen, each with ``before`` or ``after``, and its style."""
    for node in root.iter("style"):
        if "print" in (node.get("media") or ""):
            continue
        for rule in _RULE.finditer(_on_screen(_COMMENT.sub("", node.text or ""))):
            for selector in rule[1].split(","):
                if (found := _selector(selector)) is not None:
                    yield *found, rule[2]


def _selector(text: str) -> tuple[Selector, str] | None:
    """A selector of compounds within each other, with ``before`` or ``after``; None for one of another kind.

    >>> _selector("table > td .old::after")[1], _selector("td:nth-child(2)")
    ('after', None)
    """
    parts = text.replace(">", " > ").split()
    compounds: list[tuple[Compound, bool]] = []
    place, is_child = "", False
    for part in parts:
        if part == ">":
            is_child = True
            continue
        match = _COMPOUND.fullmatch(part)
        if match is None or place:
            return None
        tag = (match[1] or "").lower().replace("*", "")
        compounds.append((Compound(tag, tuple(_NAMES.findall(match[2] or ""))), is_child))
        place, is_child = (match[3] or "").lower(), False
    if not compounds:
        return None
    # How each stands to the one around it is told with the inner one.
    links = [is_child for _, is_child in compounds]
    around = [(compound, links[number + 1]) for number, (compound, _) in enumerate(compounds[:-1])]
    return Selector(compounds[-1][0], tuple(reversed(around))), place


def _on_screen(sheet: str) -> str:
    """A style sheet without what it says for print and small screens.

    >>> _on_screen("a {b} @media print { c {d} e {f} } g {h}")
    'a {b}  g {h}'
    """
    kept, position = [], 0
    for media in _MEDIA.finditer(sheet):
        if media.start() < position or not _ELSEWHERE.search(media[1]):
            continue
        kept.append(sheet[position : media.start()])
        position, depth = media.end(), 1
        while position < len(sheet) and depth:
            depth += {"{": 1, "}": -1}.get(sheet[position], 0)
            position += 1
    return "".join((*kept, sheet[position:]))
