"""Characters: what may be folded, per kind of field. Never a blanket NFKC over text that is kept.

Three folds, from the gentlest to the roughest: `clean` makes the twin of a text that people read, `squeeze` makes a key
to compare labels by, `fold_mark` reads the mark of a grade cell by the marks of its scheme. All of them are idempotent.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import cache
from typing import Final

from normalize.text.note_marks import KIND, RAISED
from normalize.text.text_cache import remembered
from schemas.codes import printed_marks, radicals
from schemas.codes.signs import bracket_pairs, closing, leading, opening

INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Characters without a glyph that break, join or turn letters or mark bytes: soft hyphen, zero width space, joiners
and marks of direction, word joiner, BOM."""

_UNSEEN: Final = str.maketrans(dict.fromkeys(INVISIBLE, ""))
_SELECTORS: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""What chooses a form of the ideograph before it: the forms are one letter of a label."""

DASHES: Final = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u207b\u208b\u2212\u2500\u2501\ufe58\ufe63\uff0d\uff70"
TILDES: Final = "~\u02dc\u223c\u223d\u301c\u3030\uff5e"
MIDDLE_DOTS: Final = leading("dot")

BULLETS: Final = leading("item")
"""Marks that may lead a bullet, a dash apart. A lone 。 in front is one too; ※ and numbers say something."""

_SOUND_MARKS: Final = {"\u3099": "\u309b", "\u309a": "\u309c"}
_HALF_WIDTH: Final = {
    chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFF66, 0xFFA0) if code != 0xFF70
} | {"\uff70": "ー"}
_ALPHANUMERIC: Final = {
    wide: chr(ord(wide) - 0xFEE0) for wide in map(chr, range(0xFF01, 0xFF5F)) if chr(ord(wide) - 0xFEE0).isalnum()
}
_COMPOSABLE: Final = re.compile(r"[ぁ-ゖァ-ヺゝヽA-Za-z\u00c0-\u024f\u1e00-\u1eff][\u0300-\u036f\u3099\u309a]+")
_BLANKS: Final = re.compile(r"\s+")
_FOLDED: Final = re.compile(r"[^一-鿿ぁ-ゖァ-ヺー、。「」()0-9A-Za-z]|(?<![ぁ-ゖァ-ヺー])ー")
"""What a fold may change: all but the commonest characters. A text without it is its own fold."""

_LONE_SOUND_MARK: Final = re.compile("[\u3099\u309a]")
_LONG_VOWEL_DASH: Final = re.compile(rf"(?<=[ァ-ヺー])[{re.escape(DASHES)}](?=[ァ-ヺ])")
_DASH_OR_LONG_VOWEL: Final = re.compile(rf"[{re.escape(DASHES)}]|(?<![ぁ-ゖァ-ヺーｦ-ﾝ])ー+")
_TILDE_FOLDS: Final = str.maketrans(dict.fromkeys(TILDES, "~"))
_DOT_FOLDS: Final = str.maketrans(dict.fromkeys(MIDDLE_DOTS, "・"))
_SLASHES: Final = {"\u2044": "/", "\u2215": "/"}
_MISNAMED: Final = {"\u2027": "・", "\u2215": "／", "\u2044": "／"}
"""What browsers' fonts with one character a glyph call ・ and ／; neither is meant in Japanese text."""

_NOTE_MARK: Final = re.compile(
    rf"(?:(?<=[^\sA-Za-zａ-ｚＡ-Ｚ㎝㎞])|(?<=\S)(?={KIND}))(?:{KIND})?[⁽(]?[{RAISED}]+[⁾)]?"
    rf"|(?<=\S)⁽?(?:{KIND})[{RAISED}]*⁾|(?<=[^\sA-Za-zａ-ｚＡ-Ｚ])(?:[⁽(]?[ᵃᵇᶜᵈᵉ][⁾)]?|[†‡]{{1,2}})"
)
"""A raised number behind a text, with the mark that it stands at or in a bracket with it, and a raised letter or a
dagger. Behind a Latin letter a raised number is a power: m²."""

_NOTED_MARK: Final = re.compile(rf"(?P<mark>\S)[⁽(]?[{RAISED}]+[⁾)]?")
"""A mark or letter alone, with the raised number of a note."""

_BULLET: Final = re.compile(rf"[\s{re.escape(BULLETS)}]+|[\s]*[{re.escape(DASHES)}](?![\s]*[\d０-９])")
_OPENING: Final = opening("round", "lenticular", "square", "tortoise")
_CLOSING: Final = closing("round", "lenticular", "square", "tortoise")
_ENUMERATOR: Final = re.compile(
    rf"""\s* (?:
        (?P<one> [①-⑳㉑-㉟㊱-㊿⑴-⒇⒈-⒛❶-❿⓫-⓴➀-➉➊-➓] )
      | [{_OPENING}] \s* (?P<closed> [0-9０-９]{{1,3}} ) \s* [{_CLOSING}]
      | (?P<half> [0-9０-９]{{1,3}} ) \s* (?: [)）] | [.．] (?! \s* [0-9０-９] ) )
    ) \s* (?P<rest> .* )""",
    re.VERBOSE | re.DOTALL,
)
_QUOTES: Final = bracket_pairs("quote")

_LOOKALIKES: Final = (*(mark.mark + mark.spellings for mark in printed_marks()), DASHES + "ー")


@remembered()
def clean(text: str) -> str:
    """The clean twin of a printed text: one line, letters and digits half width, kana full width and composed.

    Full-width Latin letters and digits become half width, half-width kana full width, CJK radicals the ideographs that
    they are printed for. Blanks and line ends go, but for one blank where both neighbours are ASCII or Latin letters.
    Everything else stays as printed: brackets and punctuation （）％：, ①, ㎡, ㍿, names. What is invisible is dropped.

    >>> clean("平成 29 年度\\n約 １０,０００ kg 学校給食"), clean("CO+LAB　MUSASHINO ｶﾞｲﾄﾞ①")
    ('平成29年度約10,000 kg学校給食', 'CO+LAB MUSASHINOガイド①')
    """
    if not _FOLDED.search(text):
        return text
    seen = text.translate(_folds())
    parts = _BLANKS.split(seen.strip())
    joined = parts[0]
    for part in parts[1:]:
        joined += (" " if _is_latin(joined[-1:]) and _is_latin(part[:1]) else "") + part
    return _composed(joined)


@remembered()
def squeeze(text: str) -> str:
    """The key of a label: no white space, NFKC, dashes, tildes and middle dots of one kind. For comparing, not to keep.

    >>> squeeze("審議会　報告事項（産業振興課\\n記載）") == squeeze("審議会報告事項(産業振興課記載)")
    True
    >>> squeeze("目\\u200d標値"), squeeze("実績\\ufe00値")
    ('目標値', '実績値')
    """
    text = "".join(text.split())
    if not _FOLDED.search(text):
        return text
    text = _SELECTORS.sub("", without_note_marks(text.translate(_UNSEEN)))
    folded = _composed("".join(text.translate(_folds()).split()))
    previous = ""
    while folded != previous:  # NFKC may set characters free that fold again: ⼾ gives blanks, ㍘ digits
        previous = folded
        folded = "".join(unicodedata.normalize("NFKC", _fold_classes(folded)).translate(_folds()).split())
    return folded


@remembered()
def without_note_marks(text: str) -> str:
    """A text without the raised marks of its notes; powers of units stay.

    >>> without_note_marks("135¹"), without_note_marks("目標値※²⁾"), without_note_marks("300m²")
    ('135', '目標値', '300m²')
    """
    return _NOTE_MARK.sub("", text)


@remembered()
def narrow(text: str) -> str:
    """Wide ASCII, dashes, tildes, blanks and radicals in their plain form, one character for one.

    For parsers: an offset in the result is an offset in the text. Never for a text that is kept.

    >>> narrow("（Ｒ７～９）　⽬標：５０％")
    '(R7~9) 目標:50%'
    """
    return fold_dashes(text.translate(_plain())) if _FOLDED.search(text) else text


def fold_dashes(text: str) -> str:
    """Every dash, hyphen and minus sign as ``-``, every tilde as ``~``.

    The long vowel mark ー is a letter between kana and a dash elsewhere; a dash between two katakana is a long vowel.

    >>> fold_dashes("10〜20　－　デ−タ　工ー１")
    '10~20\u3000-\u3000データ\u3000工-１'
    """
    text = _LONG_VOWEL_DASH.sub("ー", text.translate(_TILDE_FOLDS))
    return _DASH_OR_LONG_VOWEL.sub(lambda match: "-" * len(match[0]), text)


def fold_mark(text: str, marks: Collection[str]) -> str | None:
    """The mark of `marks` that a grade cell prints: itself, or the only one that looks the same; else None.

    ▲ is not △, ● is not ○ and ◎ is not ○: only what a font, a keyboard or an operator exchanges is the same.

    >>> fold_mark("〇", "◎○△□×-"), fold_mark(" ー ", "◎○△□×-"), fold_mark("▲", "◎○△□×-"), fold_mark("Ａ", "SABC")
    ('○', '-', None, 'A')
    >>> fold_mark("A¹", "SABC"), fold_mark("B※²⁾", "SABC")
    ('A', 'B')
    """
    printed = without_note_marks("".join(text.split())).replace("\ufe0e", "").replace("\ufe0f", "")
    if not printed:
        return None
    if noted := _NOTED_MARK.fullmatch(printed):
        printed = noted["mark"]
    plain = unicodedata.normalize("NFKC", printed)
    for candidate in (printed, plain):
        if candidate in marks and candidate:
            return candidate
    if len(printed) > 1:
        return None
    for alike in _LOOKALIKES:
        if printed in alike or plain in alike:
            found = [mark for mark in marks if mark in alike]
            return found[0] if len(found) == 1 else None
    return None


def unquoted(name: str) -> str:
    """A name without the quotation marks that enclose all of it. Marks inside a name are part of it.

    >>> unquoted("「農」"), unquoted("「西東京市ブランド」の構築"), unquoted("「A」と「B」")
    ('農', '「西東京市ブランド」の構築', '「A」と「B」')
    """
    inner = name.strip()
    pairs = _pairs(inner)
    start, end = 0, len(inner)
    while end - start > 2 and pairs.get(start) == end - 1:
        start, end = start + 1, end - 1
        start += len(inner[start:end]) - len(inner[start:end].lstrip())
        end -= len(inner[start:end]) - len(inner[start:end].rstrip())
    return inner[start:end]


def without_bullet(text: str) -> str:
    """A text without the bullets in front of it; a text of nothing but bullets stays. Numbers and ※ stay.

    >>> without_bullet("・ 会議の開催"), without_bullet("。周知"), without_bullet("-5"), without_bullet("○")
    ('会議の開催', '周知', '-5', '○')
    """
    rest = text
    while match := _BULLET.match(rest):
        rest = rest[match.end() :]
    return rest.rstrip() or text.strip()


def enumerator(text: str) -> tuple[int, str] | None:
    """The number in front of a heading or an item, and the rest; None where no enumerator stands in front.

    Enumerators are ① ⑴ ⒈ ❶, (1) （1） 【1】 [1], 1) and ``1.``, but not the decimal 1.5 or the date 2025.6.19.

    >>> enumerator("① 農地の保全"), enumerator("（２）商店街"), enumerator("1.5倍")
    ((1, '農地の保全'), (2, '商店街'), None)
    """
    match = _ENUMERATOR.fullmatch(text)
    if match is None:
        return None
    digits = match["closed"] or match["half"]
    number = int(digits) if digits else int(unicodedata.numeric(match["one"]))
    return number, match["rest"].rstrip()


@cache
def _folds() -> dict[int, str]:
    folds = dict(radicals()) | _HALF_WIDTH | _ALPHANUMERIC | _MISNAMED | dict.fromkeys(INVISIBLE, "")
    return str.maketrans(folds)


@cache
def _plain() -> dict[int, str]:
    wide = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in DASHES + TILDES}
    blanks = {chr(code): " " for code in (0x09, 0x0A, 0x0D, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F, 0x3000)}
    return str.maketrans(dict(radicals()) | wide | blanks | _SLASHES)


def _composed(text: str) -> str:
    """Kana and Latin letters composed with the marks after them; a sound mark that finds no partner stands alone."""
    composed = _COMPOSABLE.sub(lambda match: unicodedata.normalize("NFC", match[0]), text)
    return _LONE_SOUND_MARK.sub(lambda match: _SOUND_MARKS[match[0]], composed)


def _is_latin(character: str) -> bool:
    return bool(character) and (character.isascii() or unicodedata.name(character, "").startswith("LATIN "))


def _fold_classes(text: str) -> str:
    return fold_dashes(text).translate(_DOT_FOLDS)


def _pairs(name: str) -> dict[int, int]:
    """Where each opening quotation mark of a name is closed."""
    opened: list[int] = []
    pairs = {}
    for offset, character in enumerate(name):
        if character in _QUOTES:
            opened.append(offset)
        elif opened and character == _QUOTES[name[opened[-1]]]:
            pairs[opened.pop()] = offset
    return pairs
