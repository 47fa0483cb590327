"""How names, units and amounts are compared when records are held against facts."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from schemas.records import Observation
from tests.forms.model import Fact

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | {"〜": "~"})
_NUMERAL = r"(?:\d+|(?<![A-Za-z])[IVX]+(?![A-Za-z])|(?<![A-Za-z])[A-Z](?![A-Za-z]))"
_LEAD = re.compile(rf"^(?:\({_NUMERAL}\)|第?{_NUMERAL}(?:[-.]{_NUMERAL})*[章節款項目]?|[-.:・])+(?=[^-.:・\d])")
_TAIL = re.compile(r"(?:\([^()]*\)|【[^【】]*】|〔[^〔〕]*〕|〈[^〈〉]*〉|※.*|[…・=+]+\d*)+$")
_MULTIPLE = re.compile("^(千|万|百万|億)(?=.)")
_MULTIPLES = {"千": 1e3, "万": 1e4, "百万": 1e6, "億": 1e8}
_SIGNS = {"以上": ">=", "以下": "<=", "未満": "<", "超": ">", "約": "~"}
_RANGE = re.compile(r"(-?[\d.,]+)~(-?[\d.,]+)")
_PART = re.compile(r"([-▲]?[\d.,]+)\(うち.*\)")
_YEN = ("円", "千円", "万円", "百万円")


@cache
def fold(text: str) -> str:
    """Text as it is compared: NFKC, one kind of dash, no white space, no quotation marks around the whole."""
    short = "".join(unicodedata.normalize("NFKC", text).translate(_DASHES).split())
    return short[1:-1] if re.fullmatch("「[^「」]*」", short) else short


@cache
def cores(name: str) -> frozenset[str]:
    """A name as it stands, without its leading code, without its bracket remarks, without both.

    >>> sorted(cores("① 利用者数（人）"))
    ['1利用者数', '1利用者数(人)', '利用者数', '利用者数(人)']
    """
    whole = fold(name)
    bare = _LEAD.sub("", whole) or whole
    return frozenset(text for each in (whole, bare) for text in (each, _TAIL.sub("", each)) if text)


def names_fit(fact_name: str, given: str, labels: Sequence[str] = ()) -> bool:
    """Whether a name is the one printed, codes, bracket remarks and leading labels aside."""
    if not fact_name or not given:
        return False
    mine = fold(fact_name)
    own = {mine, _LEAD.sub("", mine) or mine, _TAIL.sub("", mine) or mine}
    if own & cores(given):
        return True
    heads = [fold(label.strip("()")) for label in labels]
    rest = fold(given)
    for head in heads:
        rest = rest.removeprefix(head).lstrip("-:・ ")
    return bool(own & cores(rest)) if rest else False


def scaled(unit: str) -> tuple[float, str]:
    """A unit as a multiple of its base: 千円 → 1000 円."""
    text = fold(unit)
    found = _MULTIPLE.match(text)
    return (_MULTIPLES[found[1]], text[found.end() :]) if found else (1.0, text)


def units_fit(fact: Fact, unit: str) -> bool:
    printed, given = scaled(fact.unit)[1], scaled(unit)[1]
    if not printed or not given:
        return bool(given) or fact.field != "cost" or fold(fact.unit) not in _YEN
    return printed == given or printed.startswith(f"{given}/") or given.startswith(f"{printed}/")


def amounts_fit(fact: Fact, row: Observation, unit: str) -> bool:
    if not fact.value:
        return _is_open(fact, row)
    if row.value is None:
        return False
    mine, its = (scaled(fact.unit)[0], scaled(unit)[0]) if fact.unit and unit else (1.0, 1.0)
    if not math.isclose(float(fact.value) * mine, row.value * its, rel_tol=1e-9, abs_tol=1e-9):
        return False
    signs = {sign for word, sign in _SIGNS.items() if word in fact.text} if fact.field != "cost" else set()
    return (row.comparator or "=") in (signs or {"="})


def _is_open(fact: Fact, row: Observation) -> bool:
    """Whether a record leaves open what is no single number; of a range it may tell an end, with its comparator."""
    if row.value is None:
        return fold(row.value_text or "") == fold(fact.text)
    if part := _PART.fullmatch(fold(fact.text)):  # of 203（うち新規 29） the amount is 203
        return row.value == _number(part[1])
    ends = _RANGE.fullmatch(fold(fact.text))
    if not ends:
        return False
    told = map(_number, ends.groups())
    return any(row.value == end and row.comparator == sign for end, sign in zip(told, (">=", "<="), strict=True))


def _number(digits: str) -> float:
    return float(digits.replace(",", "").replace("▲", "-"))


def roles_of(fact: Fact) -> set[str]:
    if fact.field == "target":
        return {"target"}
    if fact.field == "expected":
        return {"forecast"}
    if fact.field == "difference":
        return {"difference"}
    if fact.field == "actual":
        return {"actual", "baseline"}
    roles: set[str] = set()
    for words, own in (
        ("決算|実績", {"actual", "baseline"}),
        ("予算|見込", {"forecast"}),
        ("計画|目標", {"target", "forecast"}),
    ):
        if re.search(words, fact.text):
            roles |= own
    return roles or {"actual", "baseline", "forecast"}
