"""Formulas of the text form as they are printed."""

from __future__ import annotations

import re

_COMMANDS = {
    "div": "÷", "times": "×", "cdot": "·", "pm": "±", "doteq": "≒", "fallingdotseq": "≒", "approx": "≒", "simeq": "≒",
    "neq": "≠", "ne": "≠", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "leqq": "≦", "geqq": "≧", "sim": "～",
    "to": "→", "rightarrow": "→", "Rightarrow": "⇒", "sum": "Σ", "infty": "∞", "yen": "¥", "circ": "○",
    "bigcirc": "○", "circledcirc": "◎", "odot": "◎", "triangle": "△", "bigtriangleup": "△", "square": "□", "Box": "□",
    "ldots": "…", "cdots": "…", "dots": "…", "quad": " ", "qquad": " ", "left": "", "right": "", "displaystyle": "",
}  # fmt: skip
"""What each command prints; the marks of grade schemes are set as formulas too."""
_SETTINGS = ("text", "textbf", "textrm", "mathrm", "mathbf", "mbox", "rm", "bf", "underline")

_FRACTION = re.compile(r"\\d?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_TOKEN = re.compile(r"\\\\|\\([A-Za-z]+)|\\([^A-Za-z\s])|\\\s|[{}]|~")


def latex_to_print(formula: str) -> str:
    """The characters that a formula prints. A command that is not known stays as it is written.

    >>> latex_to_print(r"100\\text{点} \\div 41\\text{施策} \\doteq 2.44\\text{点}")
    '100点 ÷ 41施策 ≒ 2.44点'
    """
    printed = _TOKEN.sub(_print, _FRACTION.sub(r"\1/\2", formula))
    return " ".join(printed.split())


def _print(token: re.Match[str]) -> str:
    name, escaped = token[1], token[2]
    if name:
        return "" if name in _SETTINGS else _COMMANDS.get(name, token[0])
    if escaped and escaped in "%#&_${}":
        return str(escaped)
    return "" if token[0] in "{}" else " "
