"""The characters of a text file → its source lines."""

from __future__ import annotations

import re

_LINE_END = re.compile("\r\n|[\n\r\u0085\f]")
_SOFT_LINE_END = re.compile("[\v\u2028\u2029]")
_QUOTED_FIELD = re.compile(r'(?:(?<=\t)|^)"((?:[^"\t]|"")*)"(?=\t|$)', re.MULTILINE)
_DISPLAY_FORMULA = re.compile(
    r"^[^\S\n]*\$\$[^\S\n]*\n((?:[^$\t\n]*[^$\s][^$\t\n]*\n)+)[^\S\n]*\$\$[^\S\n]*$", re.MULTILINE
)
_INVISIBLE_ENDS = "\ufeff\x1a\x00"
"""A byte order mark of a file that was appended, the end-of-file sign of DOS, padding: none of them is print."""


def text_to_source_lines(text: str) -> list[str]:
    """The lines of a text, whatever ends them, each field of a table and each formula on one line.

    A line separator inside a line of a file that has other line ends, and a line end inside a quoted field as
    spreadsheets write it, become ``<br>``: that is what they print.

    >>> text_to_source_lines('施策\\t"目標\\n（案）"\\r\\n$$\\n1 + 1\\n$$')
    ['施策\\t目標<br>（案）', '$$1 + 1$$']
    """
    lines = _LINE_END.sub("\n", text)
    lines = _SOFT_LINE_END.sub("<br>" if "\n" in lines.strip() else "\n", lines)
    if "\t" in lines:
        lines = _unquoted(lines)
    lines = _DISPLAY_FORMULA.sub(lambda formula: f"$${formula[1].strip()}$$".replace("\n", " "), lines)
    return [line.strip(_INVISIBLE_ENDS) for line in lines.split("\n")]


def _unquoted(lines: str) -> str:
    """Take the quotation marks of fields off: where only they can be meant, or where every field has them."""
    rows = (line for line in lines.split("\n") if "\t" in line)
    fields = [field for row in rows for field in row.split("\t") if field]
    everywhere = all(len(field) > 1 and field[0] == field[-1] == '"' for field in fields)

    def unquote(field: re.Match[str]) -> str:
        beside_tab = lines[field.start() - 1 : field.start()] == "\t" or lines[field.end() : field.end() + 1] == "\t"
        if beside_tab and (everywhere or "\n" in field[1] or '""' in field[1]):
            return field[1].replace('""', '"').replace("\n", "<br>")
        return field[0]

    return _QUOTED_FIELD.sub(unquote, lines)
