"""Tokens: nothing of a passage is lost between them, however long or odd it is."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.language.tokens import MAX_BYTES, dictionary_version, morphs, pieces, tokenize

texts = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.characters(categories=["Cs"]),
        st.sampled_from("令和動画作成取組の。、\n①⑴㍿㌢㍍ﷺ😀𠮷か\u3099⽇ ｶﾞ"),
    )
)


@given(texts)
def test_the_surfaces_joined_are_the_text(text: str) -> None:
    tokens = tokenize([("p", text)])
    assert "".join(token.surface for token in tokens) == text
    assert all(text[token.begin : token.end] == token.surface != "" for token in tokens)
    assert [token.token_index for token in tokens] == list(range(len(tokens)))


@pytest.mark.parametrize("unit", ["市が会議を開く。", "あ", "㍿", "😀。", "ﷺ", "計画\n", "\ud800"])
def test_a_passage_above_the_limit_is_cut_with_its_offsets(unit: str) -> None:
    text = unit * (60_000 // len(unit.encode("utf-8", "surrogatepass")) + 1)
    tokens = tokenize([("p", text)])
    assert "".join(token.surface for token in tokens) == text
    assert [token.begin for token in tokens[1:]] == [token.end for token in tokens[:-1]]


@given(st.text(alphabet="あい。\n、㍿😀a"), st.integers(16, 40))
def test_pieces_fit_and_follow_each_other(text: str, limit: int) -> None:
    spans = pieces(text, limit)
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(0 < len(text[start:end].encode()) <= limit for start, end in spans)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=9))
def test_pieces_end_with_sentences_where_they_can(lengths: list[int]) -> None:
    text = "".join("あ" * length + "。" for length in lengths)
    assert all(text[end - 1] == "。" for _, end in pieces(text, 30))


def test_a_short_passage_is_one_piece() -> None:
    assert pieces("市が会議を開く。") == [(0, 8)]
    assert pieces("") == []
    assert MAX_BYTES == 49_149


def test_the_heaviest_character_is_counted_in_full() -> None:
    assert pieces("ﷺ" * 2, 66) == [(0, 2)]
    assert pieces("ﷺ" * 2, 65) == [(0, 1), (1, 2)]


def test_content_words_are_nouns_verbs_and_adjectives() -> None:
    content = [morph.surface for morph in morphs("大学の新しい店が①10本の動画をゆっくり作る。") if morph.is_content]
    assert content == ["大学", "新しい", "店", "動画", "ゆっくり", "作る"]


def test_spellings_of_one_word_share_their_normalised_form() -> None:
    assert {morphs(spelling)[0].normalized_form for spelling in ("取組", "取組み", "取り組み")} == {"取り組み"}


def test_the_version_names_tokenizer_dictionary_and_mode() -> None:
    assert dictionary_version().startswith("sudachipy 0.")
    assert "sudachidict-core 20" in dictionary_version()


def test_importing_the_module_loads_no_dictionary() -> None:
    code = "import sys, normalize.language.tokens; sys.exit('sudachipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
