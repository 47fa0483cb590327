"""The user dictionary: its words stay whole, its neighbours stay as they are, and it is compiled once."""

from __future__ import annotations

from pathlib import Path

import pytest
from sudachipy import Config, Dictionary

from normalize.language import user_dictionary as dictionary
from normalize.language.tokens import dictionary_version, morphs
from schemas.codes import UserWord, user_words

words = pytest.mark.parametrize("word", user_words(), ids=[word.surface for word in user_words()])


@words
def test_a_word_of_the_dictionary_is_one_token(word: UserWord) -> None:
    found = [morph for morph in morphs(f"市の{word.surface}を進める。") if morph.surface == word.surface]
    assert [(morph.normalized_form, morph.reading_form, morph.is_oov) for morph in found] == [
        (word.normalized_form or word.surface, word.reading, False)
    ]


@words
def test_a_word_is_content(word: UserWord) -> None:
    assert any(morph.is_content for morph in morphs(word.surface))


@pytest.mark.parametrize("spelling", ["ＣＯ＋ＬＡＢ　ＭＵＳＡＳＨＩＮＯ", "co+lab musashino", "CO+LAB MUSASHINO"])
def test_width_and_case_do_not_matter(spelling: str) -> None:
    assert [(morph.surface, morph.normalized_form) for morph in morphs(spelling)] == [(spelling, "CO+LAB MUSASHINO")]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("商店会議", ["商店", "会議"]),
        ("商店会連合会", ["商店会連合会"]),
        ("市商店会", ["市", "商店会"]),
        ("未達成指標", ["未", "達成指標"]),
    ],
)
def test_words_of_ours_cut_no_other_word_apart(text: str, tokens: list[str]) -> None:
    assert [morph.surface for morph in morphs(text)] == tokens


def test_every_spelling_stands_once_and_normal_forms_are_words_of_their_own() -> None:
    surfaces = [word.surface for word in user_words()]
    assert len(set(surfaces)) == len(surfaces)
    assert {word.normalized_form for word in user_words()} - {None} <= set(surfaces)


def test_the_version_names_the_user_dictionary() -> None:
    assert f"user dictionary {dictionary.digest()}" in dictionary_version()


def test_a_compiled_dictionary_is_found_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYOKA_CACHE", str(tmp_path / "cache"))
    compile_again = dictionary.user_dictionary.__wrapped__
    first = compile_again()
    written = first.stat().st_mtime_ns
    assert compile_again() == first
    assert first.stat().st_mtime_ns == written
    assert [path.name for path in first.parent.iterdir()] == [first.name]


def test_without_a_cache_folder_it_is_compiled_for_this_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("HYOKA_CACHE", str(tmp_path / "file" / "cache"))
    path = dictionary.user_dictionary.__wrapped__()
    assert tmp_path not in path.parents
    tokenizer = Dictionary(config=Config(system="core", user=[str(path)])).tokenizer()
    assert [morpheme.surface() for morpheme in tokenizer.tokenize("達成指標")] == ["達成指標"]
