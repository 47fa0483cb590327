"""Tokens: the morphemes of a passage by SudachiPy, with offsets into the passage.

The dictionary is an input like any other: `dictionary_version` names it. It is loaded when the first passage is cut,
once per process (it can neither be shared with threads nor pickled), so importing this module costs nothing.
"""

from __future__ import annotations

import importlib.metadata
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from normalize.language.user_dictionary import digest, user_dictionary
from normalize.text.text_cache import remembered
from schemas.declare import declaration_of
from schemas.records import Token
from schemas.rows import ColumnRows

if TYPE_CHECKING:
    from sudachipy import Morpheme, Tokenizer

SPLIT_MODE: Final = "C"
"""The longest units: 産業振興課 is one word. A and B give shorter ones."""

MAX_BYTES: Final = 49_149
"""What SudachiPy 0.7 takes in one call, as UTF-8."""

_HEAVIEST: Final = 33
"""The most that one character weighs (see `pieces`): U+FDFA is a whole sentence to NFKC."""

_SURROGATE: Final = re.compile("[\ud800-\udfff]")

_CONTENT: Final = {
    "名詞": {"普通名詞", "固有名詞"},
    "動詞": {"一般"},
    "形容詞": {"一般"},
    "形状詞": {"一般", "タリ"},
    "副詞": {"*"},
}
"""Parts of speech that carry content; numerals, auxiliaries, affixes and particles carry none."""


_Word = tuple[str, str, str, str, str, str, str]
"""What the dictionary says of a word: the fields of a `Morph` from its normalised form to its conjugation."""

_MOST_WORDS: Final = 20_000
"""Words that are remembered, about 10 MiB; a long report has some two thousand."""

_KNOWN_WORDS: Final[dict[tuple[int, int], _Word]] = {}
"""By the number of their dictionary and their number in it."""


class Morph(NamedTuple):
    """One morpheme of a text, before it belongs to a passage."""

    surface: str
    normalized_form: str
    dictionary_form: str
    reading_form: str
    pos1: str
    pos2: str
    pos3: str
    conjugation: str
    begin: int
    end: int
    is_oov: bool
    is_content: bool


def tokenize(passages: Iterable[tuple[str, str]]) -> ColumnRows[Token]:
    """The tokens of passages, each an id and a text; the surfaces of a passage, joined, are its text.

    >>> [token.surface for token in tokenize([("p", "動画を10本作成した。")]) if token.is_content]
    ['動画', '作成']
    """
    cut = [(passage_id, morphs(text)) for passage_id, text in passages]
    every = [morph for _, found in cut for morph in found]
    return ColumnRows(
        Token,
        {
            "passage_id": [passage_id for passage_id, found in cut for _ in found],
            "token_index": [index for _, found in cut for index in range(len(found))],
            **{name: list(map(attrgetter(name), every)) for name in _OF_MORPH},
        },
    )


_OF_MORPH: Final = tuple(column.name for column in declaration_of(Token).columns if column.name in Morph._fields)
_surface: Final = attrgetter("surface")


@remembered(most=1024, longest=256)
def morphs(text: str) -> tuple[Morph, ...]:
    """The morphemes of a text; the same text is cut once.

    >>> [(morph.surface, morph.begin, morph.end) for morph in morphs("市の計画")]
    [('市', 0, 1), ('の', 1, 2), ('計画', 2, 4)]
    """
    tokenizer = _tokenizer()
    found: list[Morph] = []
    for start, end in pieces(text):
        found += [_morph(morpheme, text, start) for morpheme in tokenizer.tokenize(_encodable(text[start:end]))]
    return tuple(found) if all(map(_surface, found)) else tuple(_without_empty(found))


def pieces(text: str, limit: int = MAX_BYTES) -> list[tuple[int, int]]:
    """Spans of a text that fit the tokenizer, cut behind 。 or a line end, else behind 、, else anywhere.

    Counted as UTF-8 before and after NFKC, whichever is longer, for the tokenizer measures both.

    >>> pieces("一つ。二つ。", limit=12)
    [(0, 3), (3, 6)]
    """
    if len(text) * _HEAVIEST <= limit:
        return [(0, len(text))] if text else []
    spans, start, size = [], 0, 0
    for offset, character in enumerate(text):
        weight = _weight(character)
        while size + weight > limit and offset > start:
            cut = _cut(text, start, offset)
            spans.append((start, cut))
            size = sum(_weight(kept) for kept in text[cut:offset])
            start = cut
        size += weight
    return [*spans, (start, len(text))] if start < len(text) else spans


@cache
def dictionary_version() -> str:
    """The tokenizer, the dictionaries and the split mode that tokens depend on, for the metadata of the files.

    >>> dictionary_version().endswith("mode C")
    True
    """
    versions = (f"{name} {importlib.metadata.version(name)}" for name in ("sudachipy", "sudachidict-core"))
    return f"{', '.join(versions)}, user dictionary {digest()}, mode {SPLIT_MODE}"


@cache
def _tokenizer() -> Tokenizer:
    from sudachipy import Config, Dictionary, SplitMode

    config = Config(system="core", user=[str(user_dictionary())])
    return Dictionary(config=config).tokenizer(mode=SplitMode.C)


@lru_cache(maxsize=8192)
def _weight(character: str) -> int:
    plain = _encodable(character)
    return max(len(plain.encode()), len(unicodedata.normalize("NFKC", plain).encode()))


def _encodable(text: str) -> str:
    """Half a surrogate pair, which a broken font may give, cannot be encoded; the offsets stay."""
    return _SURROGATE.sub("\ufffd", text)


def _cut(text: str, start: int, end: int) -> int:
    for marks in ("。\n", "、，, "):
        cut = max(text.rfind(mark, start, end) for mark in marks)
        if cut >= start:
            return cut + 1
    return end


def _morph(morpheme: Morpheme, text: str, offset: int) -> Morph:
    begin, end = morpheme.begin() + offset, morpheme.end() + offset
    surface = text[begin:end]
    is_oov = morpheme.is_oov()
    word = _word(morpheme) if is_oov else _known_word(morpheme)
    may_be_content = word[4] in _CONTENT.get(word[3], ())
    return Morph(surface, *word, begin, end, is_oov, may_be_content and any(map(str.isalpha, surface)))


def _known_word(morpheme: Morpheme) -> _Word:
    """What the dictionary says of a word, asked once: documents say some thousand words over and over."""
    key = (morpheme.dictionary_id(), morpheme.word_id())
    word = _KNOWN_WORDS.get(key)
    if word is None:
        if len(_KNOWN_WORDS) >= _MOST_WORDS:
            _KNOWN_WORDS.clear()
        word = _KNOWN_WORDS[key] = _word(morpheme)
    return word


def _word(morpheme: Morpheme) -> _Word:
    pos1, pos2, pos3, _, _, conjugation = morpheme.part_of_speech()
    forms = (morpheme.normalized_form(), morpheme.dictionary_form(), morpheme.reading_form())
    return (*forms, pos1, pos2, pos3, conjugation)


def _without_empty(found: list[Morph]) -> Iterator[Morph]:
    """One morpheme for each printed piece: SudachiPy cuts ⑴ into ( and 1 and ), of which only the first is printed."""
    held: Morph | None = None
    for morph in found:
        if held is not None and not morph.surface:
            held = held._replace(
                normalized_form=held.normalized_form + morph.normalized_form,
                dictionary_form=held.dictionary_form + morph.dictionary_form,
                reading_form=held.reading_form + morph.reading_form,
            )
            continue
        if held is not None:
            yield held
        held = morph
    if held is not None:
        yield held
