"""The numbers and bullets that Word puts before paragraphs of a list (ECMA-376 part 1, §17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.office.package import Node, Package, attribute, child, children

_PLACE = re.compile("%([1-9])")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_SYMBOLS = {
    "\uf06c": "●", "\uf06e": "■", "\uf075": "◆", "\uf070": "□", "\uf0a8": "□", "\uf06f": "□", "\uf0fc": "✔",
    "\uf0fe": "☑", "\uf0a7": "■", "\uf0d8": "➢", "\uf0b7": "・", "\uf076": "◇", "\uf0a1": "○", "\uf0fd": "☒",
}  # fmt: skip
"""What the places of Wingdings and Symbol show that stand in Japanese office files."""
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
_AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_KANJI = "〇一二三四五六七八九"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_LEVELS = 9


def symbol(character: str) -> str:
    """What a character of a font of symbols shows; a middle dot for one that is not known.

    >>> symbol("\\uf06e"), symbol("①"), symbol("\\uf123")
    ('■', '①', '・')
    """
    return _SYMBOLS.get(character, "・" if _PRIVATE.fullmatch(character) else character)


def number_text(number: int, form: str) -> str:
    """A number as a list of this form counts.

    >>> [number_text(4, form) for form in ("decimal", "decimalEnclosedCircle", "aiueo", "iroha", "upperRoman")]
    ['4', '④', 'エ', 'ニ', 'IV']
    >>> number_text(12, "japaneseCounting"), number_text(3, "decimalFullWidth"), number_text(2, "lowerLetter")
    ('十二', '３', 'b')
    """
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return str(number).translate(_WIDE)
    if form == "decimalEnclosedCircle" and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if form == "decimalZero":
        return f"{number:02d}"
    if form in ("aiueo", "aiueoFullWidth", "iroha", "irohaFullWidth"):
        letters = _AIUEO if form.startswith("aiueo") else _IROHA
        return letters[(number - 1) % len(letters)]
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman"):
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form in ("japaneseCounting", "japaneseDigitalTenThousand", "ideographDigital", "japaneseLegal"):
        return _kanji(number)
    return "" if form == "none" else str(number)


def _roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        out += letters * min(count, 9)
    return out


def _kanji(number: int) -> str:
    if not 0 < number < 100:
        return "".join(_KANJI[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_KANJI[tens]}十") + (_KANJI[ones] if ones else "")


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int
    suffix: str


@dataclass(slots=True)
class Lists:
    """The lists of a document, and how far each has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    counts: dict[str, list[int]] = field(default_factory=dict)

    def label(self, list_id: str, level: int) -> str:
        """What stands before the next paragraph of a list at a level, with what keeps it from the text."""
        levels = self.levels.get(list_id, {})
        own = levels.get(level)
        if own is None or not 0 <= level < _LEVELS:
            return ""
        counts = self.counts.setdefault(self.abstract.get(list_id, list_id), [0] * _LEVELS)
        counts[level] = counts[level] + 1 if counts[level] else own.start
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        if own.form == "bullet":
            label = "".join(map(symbol, own.text))
        else:
            label = _PLACE.sub(lambda place: self._counted(levels, counts, int(place[1]) - 1), own.text)
        gap = "" if own.suffix == "nothing" or not label else " "
        return f"{label}{gap}"

    @staticmethod
    def _counted(levels: dict[int, _Level], counts: list[int], level: int) -> str:
        own = levels.get(level)
        return number_text(counts[level] or own.start, own.form) if own else ""


def read_lists(package: Package, part: str | None) -> Lists:
    """The lists that a document's numbering part declares."""
    root = package.xml(part) if part else None
    lists = Lists()
    kinds = {attribute(node, "abstractNumId") or "": node for node in children(root, "abstractNum")}
    for node in children(root, "num"):
        list_id = attribute(node, "numId") or ""
        kind = attribute(child(node, "abstractNumId"), "val") or ""
        levels = dict(_levels(kinds.get(kind)))
        restarts = False
        for override in children(node, "lvlOverride"):
            level = _number(override, "ilvl")
            levels |= dict(_levels(override))
            start = child(override, "startOverride")
            if start is not None and level in levels:
                old = levels[level]
                levels[level] = _Level(old.form, old.text, _number(start, "val"), old.suffix)
                restarts = True
        lists.levels[list_id] = levels
        lists.abstract[list_id] = list_id if restarts else f"kind {kind}"
    return lists


def _levels(node: Node | None) -> list[tuple[int, _Level]]:
    found = []
    for level in children(node, "lvl"):
        start = child(level, "start")
        found.append((
            _number(level, "ilvl"),
            _Level(
                form=attribute(child(level, "numFmt"), "val") or "decimal",
                text=attribute(child(level, "lvlText"), "val") or "",
                start=_number(start, "val") if start is not None else 1,
                suffix=attribute(child(level, "suff"), "val") or "tab",
            ),
        ))  # fmt: skip
    return found


def _number(node: Node | None, name: str) -> int:
    value = attribute(node, name) or "0"
    return int(value) if value.isdecimal() and len(value) < 6 else 0
