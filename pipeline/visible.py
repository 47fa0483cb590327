"""Text of strangers on a terminal: what would steer the terminal is shown, not sent.

File names, cell texts and findings come from files that anybody may have made. A control character among them could
colour, hide or rewrite what the terminal shows, or make it answer; a mark of writing direction could turn a name
around. Files and tables keep such characters; here they become visible.
"""

from __future__ import annotations

import re

_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 and C1 but for the tab and the line feed
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # directions: marks, embeddings, overrides, isolates
    "\u2028\u2029\ud800-\udfff]"  # line and paragraph separators; halves of a character
)
_BREAKS = {"\n": "\\n", "\t": " "}


def visible(text: str) -> str:
    r"""A text whose control characters and marks of direction are shown as escapes; tabs and line feeds stay.

    >>> visible("a\x1b[2J\u202egpj.exe\n")
    'a\\x1b[2J\\u202egpj.exe\n'
    """
    return _STEERING.sub(_escape, text)


def on_one_line(text: str) -> str:
    r"""The same for what has to stay within a line, as the name of a file does.

    >>> on_one_line("a.pdf\nhyoka: all is well")
    'a.pdf\\nhyoka: all is well'
    """
    return visible(text).replace("\n", _BREAKS["\n"]).replace("\t", _BREAKS["\t"])


def _escape(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode()
