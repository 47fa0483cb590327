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
    r"|font-size\s*:\s*0+(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:;|!|$)"
    r"|(?<![-\w])opacity\s*:\s*0+(?:\.0+)?\s*(?:;|!|$)"
    rf"|(?<![-\w])(?:left|right|top|text-indent)\s*:\s*(?:{_AWAY})"
    r"|(?<![-\w])clip\s*:\s*rect\(\s*(?:[01](?:px)?[\s,]*){4}\)|clip-path\s*:\s*inset\(\s*(?:50|100)%",
    re.IGNORECASE,
)
_RULE = re.compile(r"([^{}@]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?(?:([.#])([\w-]+))?(?:::?(before|after))?", re.IGNORECASE)
_CONTENT = re.compile(r"(?<![-\w])content\s*:\s*(?:\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)')", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_MEDIA = re.compile(r"@media([^{}]*)\{", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\bprint\b|\bspeech\b|max-(?:device-)?width|max-height|orientation", re.IGNORECASE)
"""Names what is not the screen of a desktop computer."""


class Selector(NamedTuple):
    """A simple selector: a tag, and ``.`` or ``#`` with a name; empty for any."""

    tag: str
    kind: str
    name: str

    def selects(self, node: Node) -> bool:
        """Whether it selects an element.

        >>> from lxml import etree
        >>> Selector("td", ".", "old").selects(etree.fromstring("<td class='old wide'/>"))
        True
        """
        if self.tag not in ("", node.tag):
            return False
        if self.kind == ".":
            return self.name in (node.get("class") or "").split()
        return not self.kind or self.name == (node.get("id") or "")


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


def hidden_selectors(root: Node) -> Iterator[Selector]:
    """The simple selectors that the page's own style sheets hide."""
    for selector, place, style in _rules(root):
        if not place and is_hiding(style):
            yield selector


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
    """The simple selectors of all rules that hold on a screen, each with ``before`` or ``after``, and its style."""
    for node in root.iter("style"):
        if "print" in (node.get("media") or ""):
            continue
        for rule in _RULE.finditer(_on_screen(_COMMENT.sub("", node.text or ""))):
            for selector in rule[1].split(","):
                match = _SIMPLE.fullmatch(selector.strip())
                if match and match[0]:
                    yield Selector((match[1] or "").lower(), match[2] or "", match[3] or ""), match[4] or "", rule[2]


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
