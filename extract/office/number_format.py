"""A stored value and its number format → the text that the cell shows (ECMA-376 part 1, §18.8.30 and §18.8.31).

A number stands in a workbook as a binary fraction or a count of days; what people read is what its format makes of it:
``1234.5`` under ``#,##0`` is 1,235, ``0.125`` under ``0.0%`` is 12.5%, ``45383`` under ``ggge"年"m"月"d"日"`` is
令和6年4月1日. A format that is not understood gives the plain value.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from extract.office.date_format import date_text, is_date_code

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;"¥"-#,##0.00', 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: "ge.m.d", 28: 'ggge"年"m"月"d"日"', 29: 'ggge"年"m"月"d"日"',
    30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"時"mm"分"', 33: 'h"時"mm"分"ss"秒"', 34: 'yyyy"年"m"月"',
    35: 'm"月"d"日"', 36: "ge.m.d", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00", 41: '#,##0;-#,##0;"-";@', 42: '"¥"#,##0;"¥"-#,##0;"¥"-;@',
    43: '#,##0.00;-#,##0.00;"-"??;@',
    44: '"¥"#,##0.00;"¥"-#,##0.00;"¥""-"??;@', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: "ge.m.d", 51: 'ggge"年"m"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'ggge"年"m"月"d"日"',
    55: 'yyyy"年"m"月"', 56: 'm"月"d"日"', 57: "ge.m.d", 58: 'ggge"年"m"月"d"日"',
}  # fmt: skip
"""The formats that files name by number alone: those of every edition, and the Japanese 27 to 36 and 50 to 58."""

_EXACT = Context(prec=2_000)
"""Holds every digit of the largest double and of the longest format."""

GENERAL_WIDTH = 11
"""So many characters a number takes at most under the format General, the point included."""

_KANJI = str.maketrans("0123456789", "〇一二三四五六七八九")
_WIDE = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
_LONGEST = 1_000
"""Characters of a format; Excel allows 255."""


class Token(NamedTuple):
    """A piece of a section: `text` is printed where `kind` is "text"; else `kind` says what it stands for."""

    kind: str
    text: str


class Section(NamedTuple):
    """One of the formats between semicolons, with the condition on the values that it is for."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None
    digits: str | None


def number_text(value: float, code: str, *, from_1904: bool = False) -> str:
    """What a number shows under a format. `from_1904` counts days from 1904, as old Macintosh workbooks do.

    >>> [number_text(1234.5, code) for code in ("General", "#,##0", "0.00", '0"人"', "#,##0,")]
    ['1234.5', '1,235', '1234.50', '1235人', '1']
    >>> number_text(-12, '#,##0;"△"#,##0'), number_text(0.125, "0.0%"), number_text(0, "0;-0;")
    ('△12', '12.5%', '')
    >>> number_text(45383, 'ggge"年"m"月"d"日"'), number_text(45383.75, "yyyy/m/d h:mm")
    ('令和6年4月1日', '2024/4/1 18:00')
    """
    if not math.isfinite(value):
        return ""
    sections = _sections(code)
    number = to_decimal(value)
    section, magnitude = _chosen(sections, number)
    if section is None:
        return general_text(value)
    kinds = {token.kind for token in section.tokens}
    if "date" in kinds:
        text = date_text(value, [(token.kind, token.text) for token in section.tokens], from_1904=from_1904)
        return general_text(value) if text is None else _in_digits(text, section.digits)
    if "general" in kinds:
        plain = general_text(float(magnitude))
        return "".join(plain if token.kind == "general" else _literal(token) for token in section.tokens)
    if not kinds & {"digit", "point"}:
        if "at" in kinds:
            return text_text(general_text(value), code)
        return "".join(map(_literal, section.tokens))
    return _in_digits(_formatted(magnitude, section.tokens), section.digits)


def text_text(text: str, code: str) -> str:
    """What a text shows under a format: its fourth part, or the one with an @, says what is put around it.

    >>> text_text("窓口", '0;0;0;"【"@"】"'), text_text("窓口", "0.0")
    ('【窓口】', '窓口')
    """
    sections = _sections(code)
    wanted = sections[3] if len(sections) > 3 else next((each for each in sections if _has_at(each)), None)
    if wanted is None or not _has_at(wanted):
        return "" if len(sections) > 3 and not wanted.tokens else text  # type: ignore[union-attr]  # it is the fourth
    return "".join(text if token.kind == "at" else _literal(token) for token in wanted.tokens)


def general_text(value: float) -> str:
    """A number as General shows it: no more places than fit, none that are only noise of binary fractions.

    >>> [general_text(value) for value in (3.0, 0.1 + 0.2, 1 / 3, -24.16, 1e20, 0.000012)]
    ['3', '0.3', '0.333333333', '-24.16', '1E+20', '0.000012']
    """
    number = to_decimal(value)
    if number == number.to_integral_value():
        return f"{number:.0f}" if abs(number) < 10**15 else _scientific(number)
    if abs(number) < Decimal("0.00001"):
        return _scientific(number)
    whole = len(f"{abs(int(number))}")
    places = max(GENERAL_WIDTH - whole - 1, 1)
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT)
    return f"{rounded:f}".rstrip("0").rstrip(".")


def to_decimal(value: float) -> Decimal:
    """A stored number to the 15 digits that spreadsheets keep."""
    return Decimal(f"{value:.15g}")


def _scientific(number: Decimal) -> str:
    mantissa, _, exponent = f"{number:.5E}".partition("E")
    power = int(exponent)
    return f"{mantissa.rstrip('0').rstrip('.')}E{'-' if power < 0 else '+'}{abs(power):02d}"


def _has_at(section: Section) -> bool:
    return any(token.kind == "at" for token in section.tokens)


def _literal(token: Token) -> str:
    return token.text if token.kind == "text" else ""


def _in_digits(text: str, digits: str | None) -> str:
    """The text in the digits that [DBNum1] (一二三) and [DBNum3] (１２３) ask for."""
    return text.translate(_KANJI if digits == "1" else _WIDE) if digits in ("1", "3") else text


def _chosen(sections: Sequence[Section], number: Decimal) -> tuple[Section | None, Decimal]:
    """The section for a number, and the number as that section shows it: without its sign where the sign chose it."""
    numeric = [section for section in sections[:3] if not _has_at(section) or len(sections) == 1]
    if any(section.condition for section in numeric):
        for place, section in enumerate(numeric):
            if section.condition is None and place < len(numeric) - 1 and not (place == 1 and number < 0):
                continue
            if section.condition is None or _holds(section.condition, number):
                is_of_negatives = section.condition is not None and section.condition[0].startswith("<")
                return section, abs(number) if number < 0 and (place == 1 or is_of_negatives) else number
        return None, number
    if not numeric:
        return None, number
    if number < 0 and len(numeric) > 1:
        return numeric[1], abs(number)
    if number == 0 and len(numeric) > 2:
        return numeric[2], number
    return numeric[0], number


def _holds(condition: tuple[str, Decimal], number: Decimal) -> bool:
    sign, bound = condition
    return {
        "<": number < bound, "<=": number <= bound, ">": number > bound, ">=": number >= bound,
        "=": number == bound, "<>": number != bound,
    }[sign]  # fmt: skip


@lru_cache(maxsize=1_000)
def _sections(code: str) -> tuple[Section, ...]:
    """The sections of a format, cut at the semicolons that are not quoted."""
    parts: list[list[Token]] = [[]]
    conditions: list[tuple[str, Decimal] | None] = [None]
    digits: list[str | None] = [None]
    at, code = 0, code[:_LONGEST]
    while at < len(code):
        character, rest = code[at], code[at:]
        if character == ";":
            parts.append([])
            conditions.append(None)
            digits.append(None)
            at += 1
        elif character == '"':
            end = code.find('"', at + 1)
            end = len(code) if end < 0 else end
            parts[-1].append(Token("text", code[at + 1 : end]))
            at = end + 1
        elif character in "\\!":
            parts[-1].append(Token("text", code[at + 1 : at + 2]))
            at += 2
        elif character in "_*":
            at += 2
        elif character == "[":
            end = code.find("]", at)
            end = len(code) if end < 0 else end
            _bracket(code[at + 1 : end], parts[-1], conditions, digits)
            at = end + 1
        elif rest[:7].lower() == "general" or rest.startswith("G/標準"):
            parts[-1].append(Token("general", ""))
            at += 7 if rest[:7].lower() == "general" else 4
        elif character == "@":
            parts[-1].append(Token("at", ""))
            at += 1
        elif length := is_date_code(rest):
            parts[-1].append(Token("date", rest[:length].lower()))
            at += length
        elif character in "0#?":
            parts[-1].append(Token("digit", character))
            at += 1
        elif character in ".,%/":
            parts[-1].append(Token({".": "point", ",": "comma", "%": "percent", "/": "slash"}[character], character))
            at += 1
        elif character in "Ee" and rest[1:2] in ("+", "-") and any(token.kind == "digit" for token in parts[-1]):
            parts[-1].append(Token("power", rest[1]))
            at += 2
        else:
            parts[-1].append(Token("text", character))
            at += 1
    return tuple(
        Section(tuple(tokens), condition, digit)
        for tokens, condition, digit in zip(parts, conditions, digits, strict=True)
    )


def _bracket(
    inside: str, tokens: list[Token], conditions: list[tuple[str, Decimal] | None], digits: list[str | None]
) -> None:
    """What stands in brackets: a condition, a currency with its place, a kind of digits, elapsed time, or a colour."""
    if match := _CONDITION.fullmatch(inside.strip()):
        conditions[-1] = (match[1], Decimal(match[2]))
    elif inside.startswith("$"):
        tokens.append(Token("text", inside[1:].partition("-")[0]))
    elif inside.lower().startswith("dbnum"):
        digits[-1] = inside[5:6]
    elif inside and set(inside.lower()) in ({"h"}, {"m"}, {"s"}):
        tokens.append(Token("date", f"[{inside.lower()}]"))


def _formatted(number: Decimal, tokens: tuple[Token, ...]) -> str:
    """A number put into the places of a section."""
    kinds = [token.kind for token in tokens]
    if "power" in kinds:
        return _in_powers(number, tokens)
    if "slash" in kinds and "digit" in kinds[kinds.index("slash") :] and "point" not in kinds:
        return _as_fraction(number, tokens)
    number = number.scaleb(2 * kinds.count("percent"))
    last = max((place for place, kind in enumerate(kinds) if kind == "digit"), default=-1)
    point = kinds.index("point") if "point" in kinds else len(tokens)
    scaling = sum(
        1
        for place in range(last + 1, min(point if point > last else len(tokens), len(tokens)))
        if kinds[place] == "comma"
    )
    number = number.scaleb(-3 * scaling)
    whole = [place for place, kind in enumerate(kinds) if kind == "digit" and place < point]
    parts = [place for place, kind in enumerate(kinds) if kind == "digit" and place > point]
    grouped = bool(whole) and any(kind == "comma" for kind in kinds[whole[0] : whole[-1]])
    rounded = abs(number).quantize(Decimal(1).scaleb(-len(parts)), ROUND_HALF_UP, _EXACT)
    integer, _, fraction = f"{rounded:f}".partition(".")
    integer = integer.lstrip("0")
    shown = {**_whole_places(integer, whole, tokens, grouped), **_fraction_places(fraction, parts, tokens)}
    sign = "-" if number < 0 and rounded else ""
    body = "".join(
        shown.get(place, "") if token.kind == "digit" else "" if token.kind == "comma" else token.text
        for place, token in enumerate(tokens)
    )
    return f"{sign}{body}".rstrip(" ")


def _whole_places(integer: str, places: list[int], tokens: tuple[Token, ...], grouped: bool) -> dict[int, str]:
    """The digits of the whole part, each at the place that shows it; those that are left over at the first."""
    shown: dict[int, str] = {}
    for number, place in enumerate(reversed(places)):
        end = max(len(integer) - number, 0)
        digits = integer[:end] if number == len(places) - 1 else integer[max(end - 1, 0) : end]
        if not digits and tokens[place].text == "0":
            digits = "0"
        if grouped:
            digits = _grouped(digits, number)
        shown[place] = digits
    return shown


def _grouped(digits: str, behind: int) -> str:
    """Digits with a comma after each that has a multiple of three places behind it, `behind` of them elsewhere."""
    out = []
    for number, digit in enumerate(reversed(digits), start=behind):
        out.append(f"{digit}," if number and number % 3 == 0 else digit)
    return "".join(reversed(out))


def _fraction_places(fraction: str, places: list[int], tokens: tuple[Token, ...]) -> dict[int, str]:
    """The digits behind the point; zeros at the end only where a 0 asks for them."""
    shown: dict[int, str] = {}
    needed = max((number for number, place in enumerate(places, start=1) if tokens[place].text == "0"), default=0)
    kept = max(len(fraction.rstrip("0")), needed)
    for number, place in enumerate(places):
        shown[place] = fraction[number] if number < kept else ""
    return shown


def _in_powers(number: Decimal, tokens: tuple[Token, ...]) -> str:
    kinds = [token.kind for token in tokens]
    power = kinds.index("power")
    point = kinds.index("point") if "point" in kinds[:power] else power
    places = sum(1 for kind in kinds[point:power] if kind == "digit")
    exponent_places = sum(1 for kind in kinds[power:] if kind == "digit")
    mantissa, _, exponent = f"{number:.{places}E}".partition("E")
    value = int(exponent)
    sign = "-" if value < 0 else "+" if tokens[power].text == "+" else ""
    return f"{mantissa}E{sign}{abs(value):0{exponent_places}d}"


def _as_fraction(number: Decimal, tokens: tuple[Token, ...]) -> str:
    """A number as a whole and a fraction with as many digits below as there are places (``# ?/?``)."""
    slash = next(place for place, token in enumerate(tokens) if token.kind == "slash")
    below = sum(1 for token in tokens[slash:] if token.kind == "digit")
    above = [place for place, token in enumerate(tokens[:slash]) if token.kind == "digit"]
    has_whole = any(token.kind == "text" for token in tokens[above[0] : slash]) if above else False
    fraction = Fraction(abs(number)).limit_denominator(10 ** min(below, 4) - 1)
    sign = "-" if number < 0 else ""
    whole, rest = divmod(fraction.numerator, fraction.denominator) if has_whole else (0, fraction.numerator)
    if not rest:
        return f"{sign}{whole}"
    return f"{sign}{f'{whole} ' if whole else ''}{rest}/{fraction.denominator}"
