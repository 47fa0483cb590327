"""What a sheet prints at the head and foot of its pages."""

from __future__ import annotations

import re

from extract.office.package import Node, children

_CODE = re.compile(r'&(?:"[^"]*"|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|\d{1,3}|[A-Za-z&])')
_PRINTED = re.compile(r"[^\W_]")
_PAGE_WORDS = re.compile(r"(?:ページ|頁|page|p\.)", re.IGNORECASE)


def header_footer_texts(node: Node) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The texts of the heads and of the feet, without page numbers, dates and names of files, which are no text."""
    return tuple(_texts(node, "Header")), tuple(_texts(node, "Footer"))


def _texts(node: Node, which: str) -> list[str]:
    found: dict[str, None] = {}
    for kind in ("odd", "even", "first"):
        for part in children(node, f"{kind}{which}"):
            found |= dict.fromkeys(code_to_texts(part.text or ""))
    return [*found]


def code_to_texts(code: str) -> list[str]:
    """The texts at the left, in the middle and at the right that a code prints (ECMA-376 part 1, §18.3.1.46).

    >>> code_to_texts('&L&"ＭＳ 明朝,標準"&9別紙1&C事務事業評価シート&R&P / &N ページ')
    ['別紙1', '事務事業評価シート']
    """
    parts = re.split(r"&[LCR]", code)
    texts = [_CODE.sub(lambda match: "&" if match[0] == "&&" else "", part).strip() for part in parts]
    return [text for text in texts if _PRINTED.search(_PAGE_WORDS.sub("", text))]
