"""The encoding of a text file is told from its bytes, and said."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from extract.text import read_text
from extract.text.encodings import decode

KANA = "あいうえおかきくけこさしすせそたちつてとなにのはひへほまもやゆよらりるれろわをんがぎぐげざじずだでどばびぶべ"
KANJI = "市産業振興計画施策評価商店会連携観光農地保全相談事業者支援情報発信令和年度目標実績指標方針取組予定実施"
SHEET = "第二次産業振興計画 進捗管理シート\n\n施策\t評価\n窓口での相談\tＡ\n"

# A sheet has a line end, a label in kanji and some words: what detection is meant for.
sheets = st.lists(st.text(KANA + KANJI + "、。「」・ー0123AB ", min_size=4, max_size=20), min_size=2, max_size=6).map(
    lambda words: "施策の評価\t" + "\t".join(words) + "\n"
)


@given(sheets, st.sampled_from(("utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16-le", "utf-16-be")))
def test_what_was_written_in_an_encoding_is_read_in_it(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == (text, encoding)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_any_utf8_is_read_as_utf8(text: str) -> None:
    assume("\ufeff" not in text)
    decoded = decode(text.encode())
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == (text, "utf-8")


@given(sheets)
def test_the_same_sheet_gives_the_same_items_in_every_encoding(text: str) -> None:
    items = [
        read_text(text.encode(name), "a.txt").items for name in ("utf-8", "cp932", "utf-16", "utf-16-be", "euc_jp")
    ]
    assert all(other == items[0] for other in items)


@pytest.mark.parametrize("name", ["utf-16", "utf-32"])
def test_a_byte_order_mark_settles_it(name: str) -> None:
    decoded = decode(SHEET.encode(name))
    assert decoded is not None
    assert decoded.text == SHEET
    assert decoded.encoding.startswith(name)


def test_half_width_kana_of_cp932_are_no_pairs_of_euc() -> None:
    decoded = decode("空き倉庫・ﾎﾟｽﾀｰ普及".encode("cp932"))
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == ("空き倉庫・ﾎﾟｽﾀｰ普及", "cp932")


def test_signs_that_windows_adds_to_euc_are_read() -> None:
    decoded = decode(b"\xad\xa1" + "施策の評価".encode("euc_jp") + b"\x8e\xb6\x8e\xde")
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == ("①施策の評価ｶﾞ", "euc_jp")


def test_iso_2022_jp_is_read() -> None:
    decoded = decode(SHEET.encode("iso2022_jp"))
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == (SHEET, "iso2022_jp")


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)),
        SHEET.encode() + b"\xff\xfe",
        SHEET.encode("cp932")[:-3] + b"\x81",
        b"\x00\x00\x01\x02" * 50,
        "r\u00e9sum\u00e9 du caf\u00e9".encode("latin-1"),
        b"\xff\xfe\x41",
        b"\x1b$B\xff",
    ],
)
def test_what_is_no_text_is_not_guessed_at(data: bytes) -> None:
    assert decode(data) is None


@given(st.binary(min_size=200, max_size=400))
def test_random_bytes_are_not_taken_for_text(data: bytes) -> None:
    assume(any(byte > 0x7F or byte < 9 for byte in data))
    assume(len(set(data)) > 100)
    assert decode(data) is None


def test_a_message_says_where_the_bytes_are_no_text() -> None:
    [problem] = read_text(SHEET.encode() + b"\xff!", "a.txt").problems
    assert f"byte 0xff at offset {len(SHEET.encode())}" in problem.message.en
    assert "UTF-8" in problem.message.en


def test_the_real_sheets_are_read_alike_in_every_encoding_that_can_write_them(corpus: Path) -> None:
    for source in sorted((corpus / "text").glob("*.txt")):
        text = source.read_text()
        for name in ("utf-8-sig", "utf-16-le", "utf-16-be", "cp932", "euc_jp"):
            try:
                data = text.encode(name)
            except UnicodeEncodeError:
                continue
            decoded = decode(data)
            assert decoded is not None
            assert (decoded.text, decoded.encoding) == (text, name), source.name
