"""Days counted from the beginning of a workbook's calendar → what a date format shows of them.

The days are those of ECMA-376 part 1, §18.17.4: 1 is 1 January 1900 with a 29 February 1900 that never was, or 0 is
1 January 1904. The names and first years of eras are those of `schemas/codes/eras.csv`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from schemas.codes import Era, eras

_CODES = re.compile(
    r"am/pm|a/p|y{1,4}|m{1,5}|d{1,4}|h{1,2}|s{1,2}(?:\.0{1,3})?|g{1,3}|e{1,2}|a{3,4}|r{1,2}|b{2,4}", re.IGNORECASE
)
_WEEKDAYS = "月火水木金土日"
_ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_LEAP_DAY_THAT_NEVER_WAS = 60
_LAST_DAY = 2_958_465
"""31 December 9999, the last day that spreadsheets know."""


def is_date_code(code: str) -> int:
    """How many characters at the beginning of a format stand for a part of a date or time; 0 where none do.

    An ``e`` before a sign is the power of ten of a number.

    >>> is_date_code("ggge年"), is_date_code("E+00"), is_date_code("0.0")
    (3, 0, 0)
    """
    match = _CODES.match(code)
    if match is None or (code[0] in "eE" and code[1:2] in ("+", "-")):
        return 0
    return match.end()


def serial_to_datetime(days: float, *, from_1904: bool = False) -> datetime.datetime | None:
    """The date and time that a count of days stands for, to the millisecond; None outside of the calendar.

    >>> serial_to_datetime(45383.5), serial_to_datetime(-1)
    (datetime.datetime(2024, 4, 1, 12, 0), None)
    """
    if not 0 <= days < _LAST_DAY + 1:
        return None
    if from_1904:
        first = datetime.datetime(1904, 1, 1)
    else:
        first = datetime.datetime(1899, 12, 31 if days < _LEAP_DAY_THAT_NEVER_WAS else 30)
    try:
        return first + datetime.timedelta(milliseconds=round(days * 86_400_000))
    except OverflowError:
        return None


def date_text(days: float, tokens: Sequence[tuple[str, str]], *, from_1904: bool = False) -> str | None:
    """What the tokens of a format show of a count of days; None where it is no date.

    A token is a kind and its text: those of the kind "date" are codes such as ``yyyy``, others are printed or nothing.
    """
    moment = serial_to_datetime(days, from_1904=from_1904)
    if moment is None:
        return None
    codes = [text if kind == "date" else "" for kind, text in tokens]
    if not any("0" in code for code in codes) and moment.microsecond >= 500_000:
        moment += datetime.timedelta(microseconds=1_000_000 - moment.microsecond)
    noon = any(code in ("am/pm", "a/p") for code in codes)
    era = _era(moment.date())
    out = []
    for place, (kind, text) in enumerate(tokens):
        if kind == "date":
            out.append(_part(moment, days, _minutes_or_month(codes, place), noon, era, _next_text(tokens, place)))
        elif kind == "text" or kind in ("point", "comma", "slash", "percent"):
            out.append(text)
        elif kind == "digit":
            out.append("0")
    return "".join(out)


def _next_text(tokens: Sequence[tuple[str, str]], place: int) -> str:
    following = tokens[place + 1] if place + 1 < len(tokens) else ("", "")
    return following[1] if following[0] == "text" else ""


def _minutes_or_month(codes: Sequence[str], place: int) -> str:
    """The code at a place; an ``m`` behind hours or before seconds is minutes, told by an ``n``."""
    code = codes[place]
    if code not in ("m", "mm"):
        return code
    before = next((other for other in reversed(codes[:place]) if other), "")
    after = next((other for other in codes[place + 1 :] if other), "")
    is_minutes = before.strip("[]")[:1] == "h" or after.strip("[]")[:1] == "s"
    return code.replace("m", "n") if is_minutes else code


def _part(moment: datetime.datetime, days: float, code: str, noon: bool, era: Era | None, following: str) -> str:
    hour = (moment.hour - 1) % 12 + 1 if noon else moment.hour
    first, length = code[:1], len(code)
    if first == "[":
        elapsed = {"h": 24, "m": 1_440, "s": 86_400}[code[1]]
        return f"{int(days * elapsed + 1e-9):0{length - 2}d}"
    if code in ("am/pm", "a/p"):
        word = "AM" if moment.hour < 12 else "PM"
        return word if code == "am/pm" else word[0]
    if first == "s":
        places = code.partition(".")[2]
        second = f"{moment.second:0{len(code.partition('.')[0])}d}"
        return f"{second}.{moment.microsecond // 1000:03d}"[: len(second) + 1 + len(places)] if places else second
    year = moment.year - era.first_year + 1 if era else moment.year
    texts = {
        "y": f"{moment.year % 100:02d}" if length <= 2 else f"{moment.year}",
        "m": (f"{moment.month}", f"{moment.month:02d}", _MONTHS[moment.month - 1][:3], _MONTHS[moment.month - 1],
              _MONTHS[moment.month - 1][:1])[length - 1],
        "d": (f"{moment.day}", f"{moment.day:02d}", _ENGLISH_DAYS[moment.weekday()][:3],
              _ENGLISH_DAYS[moment.weekday()])[min(length, 4) - 1],
        "h": f"{hour:0{length}d}",
        "n": f"{moment.minute:0{length}d}",
        "a": _WEEKDAYS[moment.weekday()] + ("曜日" if length == 4 else ""),
        "g": "" if era is None else (era.initial, era.name[0], era.name)[min(length, 3) - 1],
        # The first year of an era is 元年 where 年 follows (Excel and LibreOffice since 2019).
        "e": "元" if era and year == 1 and length == 1 and following.startswith("年") else f"{year:0{length}d}",
        "r": (era.name if era and length == 2 else "") + f"{year:02d}",
        "b": f"{moment.year + 543}",
    }  # fmt: skip
    return texts[first]


def _era(day: datetime.date) -> Era | None:
    return next((era for era in eras() if era.start <= day and (era.end is None or day <= era.end)), None)
