"""The user dictionary: the words of this field and of these cities, which the system dictionary cuts apart.

The words are data (`schemas/codes/user_dictionary.csv`). Sudachi reads user dictionaries in a compiled form only, which
depends on the system dictionary and takes seconds to make, so it is compiled once and kept in the user's cache folder,
under a name made of everything that it depends on: another list of words or another system dictionary is another file.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import tempfile
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Final

from platformdirs import user_cache_path

from schemas.codes import UserWord, user_words

# Connection ids and parts of speech of nouns, from Sudachi's guide to user dictionaries. The cost is low enough that a
# word wins over its parts, and high enough that 商店会議 is not 商店会 and a rest; the tests hold both.
_KINDS: Final = {
    "common": ("5146", "3000", "名詞,普通名詞,一般,*,*,*"),
    "proper": ("4786", "0", "名詞,固有名詞,一般,*,*,*"),
}


@cache
def user_dictionary() -> Path:
    """The compiled user dictionary: from the cache, else compiled into it.

    Where the cache folder cannot be written, it is compiled into a temporary folder that this process keeps.
    """
    name = f"user-{digest()}.dic"
    folder = Path(os.environ.get("HYOKA_CACHE") or user_cache_path("hyoka"))
    if (folder / name).is_file():
        return folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _compile_into(folder, name)
    except OSError:
        return _compile_into(Path(_temporary_folder().name), name)


@cache
def digest() -> str:
    """Names the user dictionary's content: a digest of its words and of the dictionary and program they go with.

    >>> len(digest()), digest() == digest()
    (12, True)
    """
    parts = (lexicon(user_words()), version("sudachipy"), version("sudachidict-core"))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def lexicon(words: Iterable[UserWord]) -> str:
    """The words in the form that Sudachi compiles: one line each.

    The first field is what is looked up, so it is folded as Sudachi folds its input: NFKC, small letters.

    >>> print(lexicon([UserWord("CO+LAB MUSASHINO", "コラボムサシノ", "proper", None)]), end="")
    co+lab musashino,4786,4786,0,CO+LAB MUSASHINO,名詞,固有名詞,一般,*,*,*,コラボムサシノ,CO+LAB MUSASHINO,*,A,*,*,*,*
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for word in words:
        connection, cost, part_of_speech = _KINDS[word.kind]
        key = unicodedata.normalize("NFKC", word.surface).lower()
        form = word.normalized_form or word.surface
        described = (word.surface, *part_of_speech.split(","), word.reading, form)
        writer.writerow((key, connection, connection, cost, *described, "*", "A", "*", "*", "*", "*"))
    return text.getvalue()


def _compile_into(folder: Path, name: str) -> Path:
    """Compile beside the place, then rename: several processes may do this at once."""
    from sudachipy.sudachipy import build_user_dic

    system = Path(str(files("sudachidict_core").joinpath("resources", "system.dic")))
    with tempfile.TemporaryDirectory(dir=folder) as working:
        compiled = Path(working, name)
        build_user_dic(system=system, lex=[lexicon(user_words()).encode()], output=compiled, description="hyoka")
        return compiled.replace(folder / name)


@cache
def _temporary_folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="hyoka-")
