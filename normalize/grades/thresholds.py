"""Bands: which achievement ratios a grade stands for, as a legend prints it. Ratios are exact; 1 is 100 %."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from normalize.text.folding import narrow, squeeze
from normalize.text.quantities import NUMBER
from schemas.codes.signs import limit_words

_BOUNDS: Final = {word.word: word.comparator for word in limit_words("after", "band")}
_WORDS: Final = {word: comparator == ">=" for word, comparator in _BOUNDS.items() if comparator in (">=", ">")}
"""What makes a limit a lower one, and whether it is within."""

_UPPER_WORDS: Final = {word: comparator == "<=" for word, comparator in _BOUNDS.items() if comparator in ("<=", "<")}
"""What makes a limit an upper one, and whether it is within."""

_WORD: Final = "|".join(sorted((*_WORDS, *_UPPER_WORDS), key=len, reverse=True))
_BAND: Final = re.compile(
    rf"""(?P<open>~\s*+)?
    (?P<one>{NUMBER}) \s*+ (?P<one_unit>%|パーセント|割)? \s*+ (?P<one_word>{_WORD})? \s*+
    (?P<to>[~、,])? \s*+
    (?: (?P<two>{NUMBER}) \s*+ (?P<two_unit>%|パーセント|割)? \s*+ (?P<two_word>{_WORD})? )?""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Band:
    """The achievement ratios of a grade; a bound that is None is open. 1 is 100 %."""

    grade: str
    lower: Fraction | None
    lower_inclusive: bool
    upper: Fraction | None
    upper_inclusive: bool

    def holds(self, ratio: Fraction) -> bool:
        above = self.lower is None or ratio > self.lower or (self.lower_inclusive and ratio == self.lower)
        below = self.upper is None or ratio < self.upper or (self.upper_inclusive and ratio == self.upper)
        return above and below


def grade_of_ratio(target: Decimal, actual: Decimal, bands: Iterable[Band]) -> str | None:
    """The grade of the one band that holds the ratio of actual to target; None where none does, or several do."""
    if target <= 0:
        return None
    ratio = Fraction(actual) / Fraction(target)
    found = {band.grade for band in bands if band.holds(ratio)}
    return found.pop() if len(found) == 1 else None


def parse_legend(rows: Iterable[tuple[str, str]]) -> tuple[Band, ...]:
    """The bands that a printed legend gives: (90~120%), (120%~), 90％以上120％未満, 50%未満, 8割以上.

    A bound is inclusive where the print does not exclude it (未満, 超), so ``~`` bands that touch overlap in a point;
    `settle_bands` decides there. A row without a band is left out.

    >>> [(b.grade, b.lower, b.upper) for b in parse_legend([("A", "どおり(90~120%)：満足"), ("C", "不足（～50％）")])]
    [('A', Fraction(9, 10), Fraction(6, 5)), ('C', None, Fraction(1, 2))]
    """
    return tuple(band for mark, text in rows if (band := _band(squeeze(mark), narrow(text))))


def settle_bands(legend: Iterable[Band], scheme: Iterable[Band] = ()) -> tuple[Band, ...]:
    """A legend's bands without overlap. The legend's limits win; which side owns a limit that two bands print is taken
    from the scheme's band of these limits, whatever its mark; without one it goes to the band above it.

    >>> legend = parse_legend([("A", "90~120%"), ("B", "50~90%"), ("C", "~50%")])
    >>> [(b.grade, b.lower_inclusive, b.upper_inclusive) for b in settle_bands(legend)]
    [('A', True, True), ('B', True, False), ('C', True, False)]
    """
    printed = tuple(legend)
    known = {(band.lower, band.upper): band for band in scheme}
    return tuple(_settled(band, printed, known.get((band.lower, band.upper))) for band in printed)


def _band(mark: str, text: str) -> Band | None:
    """The one band in a text; None where it prints none, or several."""
    found = [band for match in _BAND.finditer(text) if (band := _band_of(mark, match))]
    return found[0] if len(found) == 1 else None


def _band_of(mark: str, match: re.Match[str]) -> Band | None:
    one, word, two = match["one"], match["one_word"], match["two"]
    unit = match["one_unit"] or match["two_unit"]
    if unit is None:
        return None
    if two is not None:
        if not (match["to"] or word in _WORDS) or word in _UPPER_WORDS or match["two_word"] in _WORDS or match["open"]:
            return None
        lower, upper = _ratio(one, unit), _ratio(two, match["two_unit"] or unit)
        return Band(mark, lower, _WORDS.get(word or "", True), upper, _UPPER_WORDS.get(match["two_word"] or "", True))
    if word in _WORDS or (match["to"] == "~" and word is None and not match["open"]):
        return Band(mark, _ratio(one, unit), _WORDS.get(word or "", True), None, True)
    if word in _UPPER_WORDS or match["open"]:
        return Band(mark, None, True, _ratio(one, unit), _UPPER_WORDS.get(word or "", True))
    return None


def _ratio(number: str, unit: str) -> Fraction:
    return Fraction(Decimal(number.replace(",", ""))) / (10 if unit == "割" else 100)


def _settled(band: Band, printed: tuple[Band, ...], known: Band | None) -> Band:
    if known is not None and _touches(band, printed):
        lower = known.lower_inclusive if band.lower is not None else band.lower_inclusive
        upper = known.upper_inclusive if band.upper is not None else band.upper_inclusive
        return replace(band, lower_inclusive=lower, upper_inclusive=upper)
    above = any(other.lower == band.upper and other.lower_inclusive for other in printed if band.upper is not None)
    return replace(band, upper_inclusive=band.upper_inclusive and not above)


def _touches(band: Band, printed: tuple[Band, ...]) -> bool:
    return any(
        (other.upper == band.lower and other.upper_inclusive and band.lower_inclusive and band.lower is not None)
        or (other.lower == band.upper and other.lower_inclusive and band.upper_inclusive and band.upper is not None)
        for other in printed
        if other is not band
    )
