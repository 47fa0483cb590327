"""Markup residue of the text form: what of it is printed, and what is only markup.

Known tags and pairs of Markdown signs go; everything else stays, so a `<` that is no tag is a character like any other.
Entities are decoded last: an entity is how a source writes a character that would be markup.
"""

from __future__ import annotations

import html
import re

from extract.text.latex import latex_to_print

_ATTRIBUTES = r"""(?:\s+[\w:-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=]+))*\s*/?"""
_BREAK = re.compile(rf"\s*<br{_ATTRIBUTES}>\s*", re.IGNORECASE)
_INLINE = re.compile(rf"</?(?:u|b|i|em|strong|span|font|small|big|sub|sup|ruby|mark){_ATTRIBUTES}>", re.IGNORECASE)
BLOCK_TAG = re.compile(rf"<(/?)(p|div|ul|ol|li){_ATTRIBUTES}>", re.IGNORECASE)
"""A tag that begins or ends a paragraph, a list or an item: group 1 is `/` or empty, group 2 the name."""
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)
_MATHS = re.compile(r"\$\$(.+?)\$\$|\$([^$\n]*\\[A-Za-z]+[^$\n]*)\$", re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);")


def without_inline_markup(text: str) -> str:
    """Remove emphasis and set formulas as they are printed.

    >>> without_inline_markup("**85 (76) 点** / <u>100</u>点, a<b, $$4 \\\\div 2$$")
    '85 (76) 点 / 100点, a<b, 4 ÷ 2'
    """
    text = _MATHS.sub(lambda match: latex_to_print(match[1] or match[2]), text)
    return _INLINE.sub("", _BOLD.sub(r"\1", text))


def with_line_breaks(text: str) -> str:
    """Put a line end for each `<br>`."""
    return _BREAK.sub("\n", text)


def without_entities(text: str) -> str:
    """Decode character references that end in a semicolon; `R&D` and unknown names stay."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text)
