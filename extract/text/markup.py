"""Markup residue of the text form: what of it is printed, and what is only markup.

Known tags, pairs of Markdown signs and formulas are read; everything else stays, so a `<` that is no tag is a character
like any other. Character references are decoded last: they are how a source writes a character that would be markup.
"""

from __future__ import annotations

import html
import re

from extract.note_mark import raised
from extract.text.latex import latex_to_print

_ATTRIBUTES = r"""(?:\s+[\w:-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=]+))*\s*/?"""
_BREAK = re.compile(rf"<br{_ATTRIBUTES}>", re.IGNORECASE)
_INLINE = re.compile(rf"</?(?:u|b|i|em|strong|span|font|small|big|sub|sup|mark){_ATTRIBUTES}>", re.IGNORECASE)
_RAISED = re.compile(rf"<sup{_ATTRIBUTES}>([^<>]*)</sup>", re.IGNORECASE)
BLOCK_TAG = re.compile(rf"<(/?)(p|div|ul|ol|li|h[1-6]|dl|dt|dd|blockquote){_ATTRIBUTES}>", re.IGNORECASE)
"""A tag that begins or ends a paragraph, a list or an item: group 1 is `/` or empty, group 2 the name."""

_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_FORMULA = re.compile(r"\$\$(.+?)\$\$|\$([^$]*\\[A-Za-z]+[^$]*)\$")
_ESCAPE = re.compile(r"\\([*_#|<>`$~\[\]])")
_REFERENCE = re.compile(r"&(?:#\d+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);")
_MARKUP_SIGNS = re.compile(r"[&<*$\\|]")


def without_inline_markup(source: str) -> str:
    """Remove emphasis and set formulas as they print. Tags of blocks and character references stay.

    >>> without_inline_markup("**85 (76) 点** / <u>100</u>点, a<b, $$4 \\\\div 2$$")
    '85 (76) 点 / 100点, a<b, 4 ÷ 2'
    """
    text = _FORMULA.sub(lambda formula: as_reference(latex_to_print(formula[1] or formula[2])), source)
    text = _ESCAPE.sub(lambda escape: as_reference(escape[1]), text)
    text = _RAISED.sub(lambda mark: raised(mark[1]), text)
    return _INLINE.sub("", _BOLD.sub(r"\1", text))


def with_line_breaks(source: str) -> str:
    """Put a line end for each `<br>`."""
    return _BREAK.sub("\n", source)


def decoded(source: str) -> str:
    """Decode character references that end in a semicolon; ``R&D`` and unknown names stay.

    >>> decoded("&lt;p&gt; R&D;")
    '<p> R&D;'
    """
    return _REFERENCE.sub(lambda reference: html.unescape(reference[0]), source)


def as_reference(text: str, signs: re.Pattern[str] = _MARKUP_SIGNS) -> str:
    """Write the characters that `signs` matches as character references, so that they are read as characters."""
    return signs.sub(lambda sign: "".join(f"&#{ord(character)};" for character in sign[0]), text)


def tidied(text: str) -> str:
    """Lines without white space at their ends, and at most one empty line between them."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in text.split("\n"))).strip("\n")
