"""Footnotes: the mark of a note behind a heading or a number, and what the note says of the numbers that it is of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal

from normalize.document.text_span import Excerpt
from normalize.text.folding import narrow, squeeze
from normalize.text.note_marks import KIND, ONLY_SIGNS, RAISED, RAISED_TO_DIGITS, SIGNS, WORD
from normalize.text.periods import Period, period_of

Sense = Period | Literal["other"]
"""What a note says of a number: that it is of a year or of another period, or that it counts another thing than the
heading names."""

_DIGIT: Final = f"[0-9{RAISED}]"
_MARK: Final = re.compile(
    rf"(?<=\S)[(]?(?P<kind>{KIND})\s*(?P<number>{_DIGIT}{{0,2}})[)⁾]?\s*$"
    rf"|(?<=\S)(?P<raised>[{RAISED}]{{1,2}})[)⁾]?\s*$"
)
_NOTE: Final = re.compile(
    rf"""\s*[(]? (?: (?P<kind>{KIND})\s*(?P<number>{_DIGIT}{{0,2}}) | (?P<raised>[{RAISED}]{{1,2}}) )
        [)⁾]? [\s:.、]* (?P<text> (?=.*[ぁ-ん一-龥]) \S.{{2,}} )""",
    re.VERBOSE | re.DOTALL,
)
_LINES: Final = re.compile(rf"\n|(?<=\s)(?=[{ONLY_SIGNS}]\s*[0-9０-９])")
"""Where a note ends: at the line's end, or in front of the next one."""

_OTHERWISE: Final = re.compile(
    r"含[むみめまん]|除[くいき]|のみ|に限[るりっ]|ではな[くい]|代わ[りる]|に[代替]え|異な[るり]|推定|換算|対象外|参考|暦年|合算|正しく|誤り"
)
"""Words by which a note says that a number is not what its heading names."""

_DEFINED: Final = re.compile(r"(?:人|件|回|社|店|者|部)?数(?:である|です|を(?:計上|記載)(?:した|している)?)?。?$")
_HARMLESS: Final = re.compile("延べ?|のべ|実人数|実数")


def footnotes(texts: Iterable[Excerpt]) -> Mapping[str, str]:
    """The notes of a document by their marks: `※1`, `注2`, and by the number alone where the mark is raised.

    >>> from normalize.document.text_span import Place
    >>> dict(footnotes([Excerpt.of("※１　12月末までの人数", Place(0)), Excerpt.of("44人", Place(1))]))
    {'※1': '12月末までの人数'}
    """
    found: dict[str, str] = {}
    for text in texts:
        for line in _LINES.split(text.text):
            if note := _NOTE.fullmatch(narrow(line).rstrip()):
                found.setdefault(_key(note), squeeze(note["text"]))
    return found


def sense_of(text: str, notes: Mapping[str, str]) -> tuple[Sense, str]:
    """What the note at the end of a text says of it, and the note; `year` and nothing where there is none.

    >>> sense_of("実績※1", {"※1": "12月末までの人数"}), sense_of("44人", {"※1": "見込み"})
    (('part', '12月末までの人数'), ('year', ''))
    >>> sense_of("44人※", {"※": "延べ人数である。"})[0], sense_of("44人※", {"※": "町外の参加者を含む。"})[0]
    ('year', 'other')
    """
    mark = _MARK.search(narrow(text))
    note = next((notes[key] for key in _keys(mark) if key in notes), None) if mark else None
    if note is None:
        return "year", ""
    if (period := period_of(note)) != "year":
        return period, note
    if _OTHERWISE.search(note):
        return "other", note
    return ("other" if _DEFINED.search(note) and not _HARMLESS.search(note) else "year"), note


def without_note(text: str) -> str:
    """A text with blanks where it ends in the mark of a note; as long as before.

    >>> without_note("朝市※1"), without_note("朝市")
    ('朝市  ', '朝市')
    """
    mark = _MARK.search(narrow(text))
    return text if mark is None else text[: mark.start()] + " " * (len(text) - mark.start())


def _keys(mark: re.Match[str]) -> Iterator[str]:
    key = _key(mark)
    yield key
    if mark["raised"]:
        yield from (f"{kind}{key}" for kind in narrow(SIGNS) + WORD)


def _key(match: re.Match[str]) -> str:
    return f"{match['kind'] or ''}{(match['number'] or match['raised'] or '').translate(RAISED_TO_DIGITS)}"
