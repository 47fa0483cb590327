"""The metadata of a snapshot names what its rows depend on, and nothing of the machine."""

from __future__ import annotations

from normalize.language.user_dictionary import digest
from pipeline.versions import snapshot_metadata


def test_the_tokens_depend_on_dictionaries_and_a_split_mode_that_are_named() -> None:
    said = snapshot_metadata([])["hyoka.tokens"]
    assert said.startswith("sudachipy ")
    assert f"user dictionary {digest()}" in said
    assert said.endswith("mode C")


def test_the_order_of_the_inputs_does_not_show() -> None:
    inputs = [("a.pdf", "00"), ("b.pdf", "ff")]
    assert snapshot_metadata(inputs) == snapshot_metadata(reversed(inputs))
    assert snapshot_metadata(inputs) != snapshot_metadata(inputs[:1])
