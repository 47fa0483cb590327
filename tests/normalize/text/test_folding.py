"""Folding of characters: what may change, what stays, and that folding twice is folding once."""

import inspect
import re
import unicodedata
from collections.abc import Callable
from unittest import mock

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from normalize.text import folding as characters
from normalize.text.folding import (
    clean,
    enumerator,
    fold_dashes,
    fold_mark,
    narrow,
    squeeze,
    unquoted,
    without_bullet,
)
from schemas.codes import radicals

MUSASHINO_MARKS = ("◎", "○", "△", "□", "×", "-")

japanese = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from(
            "①㎡㍿ｶﾞﾊﾟｱﾞー－-〜か\u3099ウ\u309a゛⼾⽇⻑Ａ９ａ％（）「」『』・･。 \u3000\n\u200b\u0301e=é\u0338"
        ),
        st.characters(min_codepoint=0x2E80, max_codepoint=0x30FF),
        st.characters(min_codepoint=0xFF00, max_codepoint=0xFFEF),
    )
)


@pytest.mark.parametrize("fold", [clean, squeeze, fold_dashes, unquoted, without_bullet])
@given(text=japanese)
def test_folding_twice_is_folding_once(fold: Callable[[str], str], text: str) -> None:
    assert fold(fold(text)) == fold(text)


COMMON = "".join(map(chr, (*range(0x4E00, 0xA000), *range(0x3041, 0x3097), *range(0x30A1, 0x30FB)))) + "、。「」()0Az"


@pytest.mark.parametrize("fold", [clean, squeeze, narrow])
@given(text=st.one_of(japanese, st.text("市カなー-a0()「」"), st.just(COMMON)))
def test_a_text_that_needs_no_fold_is_told_at_once(fold: Callable[[str], str], text: str) -> None:
    with mock.patch.object(characters, "_FOLDED", re.compile("")):  # every text is folded
        folded = inspect.unwrap(fold)(text)
    assert fold(text) == folded


@given(japanese)
@example("0 ²")
@example("\u00ad²")
def test_clean_loses_no_character_but_white_space_and_the_invisible(text: str) -> None:
    def glyphs(printed: str) -> str:
        return "".join(unicodedata.normalize("NFKD", squeeze(printed)).split())

    assert glyphs(clean(text)) == glyphs(text)


@given(japanese)
def test_a_narrow_text_has_the_offsets_of_the_print(text: str) -> None:
    assert len(narrow(text)) == len(text)
    assert narrow(narrow(text)) == narrow(text)


@given(japanese)
def test_clean_leaves_a_blank_only_between_latin_neighbours(text: str) -> None:
    cleaned = clean(text)
    for offset, character in enumerate(cleaned):
        if character.isspace():
            assert character == " "
            for neighbour in (cleaned[offset - 1], cleaned[offset + 1]):
                assert neighbour.isascii() or unicodedata.name(neighbour).startswith("LATIN")


@pytest.mark.parametrize(
    ("printed", "cleaned"),
    [
        ("平成 29 年度", "平成29年度"),
        ("約 10,000 kg 学校給食", "約10,000 kg学校給食"),
        ("ＣＯ＋ＬＡＢ　ＭＵＳＡＳＨＩＮＯ", "CO＋LAB MUSASHINO"),
        ("観光\nマップ", "観光マップ"),
        ("INDIE\nGAMES", "INDIE GAMES"),
        ("ﾊﾟﾝﾌﾚｯﾄ", "パンフレット"),
        ("カ\u3099イト\u3099", "ガイド"),
        ("ｱﾞ", "ア゛"),
        ("⽇本・⻘⺠⻄⾷神⼾", "日本・青民西食神戸"),
        ("①㎡㍿Bi＠Sta（※）５０％", "①㎡㍿Bi＠Sta（※）50％"),
        ("産業\u200b振興", "産業振興"),
        ("戶", "戶"),
        (" \u3000\n", ""),
    ],
)
def test_clean_twins(printed: str, cleaned: str) -> None:
    assert clean(printed) == cleaned


@pytest.mark.parametrize("radical", sorted(radicals()))
def test_a_radical_stands_for_what_unicode_says_but_for_the_two_japanese_glyphs(radical: str) -> None:
    folded = unicodedata.normalize("NFKC", radical)
    if folded != radical and radical not in "⼾⿊":
        assert clean(radical) == folded
    assert unicodedata.name(clean(radical)).startswith("CJK UNIFIED IDEOGRAPH")


def test_every_kangxi_radical_has_its_ideograph() -> None:
    assert {chr(code) for code in range(0x2F00, 0x2FD6)} <= set(radicals())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("審議会 報告事項", "審議会報告事項"),
        ("審議会報告事項（記載）", "審議会報告事項(記載)"),
        ("目標・指標", "目標･指標"),
        ("～前半期～", "〜前半期〜"),
        ("デ－タ", "データ"),
        ("⽬標", "目標"),
        ("サーヒ\u3099ス", "ｻｰﾋﾞｽ"),
        ("Ｒ７―Ｒ８", "R7-R8"),
    ],
)
def test_labels_that_differ_in_print_only_have_one_key(one: str, other: str) -> None:
    assert squeeze(one) == squeeze(other)


def test_labels_that_differ_in_a_letter_have_two_keys() -> None:
    assert squeeze("目標") != squeeze("指標")
    assert squeeze("データ") != squeeze("デタ")


@pytest.mark.parametrize(
    ("printed", "mark"),
    [
        *((mark, mark) for mark in MUSASHINO_MARKS),
        *((alike, "○") for alike in "◯〇⭕OＯ"),
        *((alike, "×") for alike in "✕✖xＸ"),
        *((alike, "-") for alike in "ー－―–—−ｰ‐"),
        ("☐", "□"),
        (" ◎\n", "◎"),
        ("⭕\ufe0f", "○"),
        ("▲", None),
        ("●", None),
        ("○○", None),
        ("済", None),
        ("", None),
    ],
)
def test_a_mark_is_read_by_the_marks_of_its_scheme(printed: str, mark: str | None) -> None:
    assert fold_mark(printed, MUSASHINO_MARKS) == mark


def test_a_triangle_filled_is_its_own_mark_where_the_scheme_has_it() -> None:
    assert fold_mark("▲", ("△", "▲")) == "▲"
    assert fold_mark("▴", ("△", "▲")) == "▲"


@given(st.sampled_from(MUSASHINO_MARKS), st.text(alphabet=" \u3000\n"))
def test_blanks_around_a_mark_do_not_matter(mark: str, blanks: str) -> None:
    assert fold_mark(blanks + mark + blanks, MUSASHINO_MARKS) == mark


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("「しごと」", "しごと"),
        ("『農』", "農"),
        ("「『農』」", "農"),
        ("「西東京市ブランド」の構築・情報発信・PR", "「西東京市ブランド」の構築・情報発信・PR"),
        ("「A」と「B」", "「A」と「B」"),
        ("「", "「"),
        ("「」", "「」"),
        ("「農", "「農"),
    ],
)
def test_only_quotation_marks_around_a_whole_name_go(printed: str, name: str) -> None:
    assert unquoted(printed) == name


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("・･ 周知", "周知"),
        ("。相談対応", "相談対応"),
        ("● ○調査", "調査"),
        ("-周知", "周知"),
        ("-5％", "-5％"),
        ("⇒拡充", "拡充"),
        ("※注記", "※注記"),
        ("①農地", "①農地"),
        ("ー", "ー"),
        ("・", "・"),
    ],
)
def test_bullets_go_and_everything_else_stays(printed: str, text: str) -> None:
    assert without_bullet(printed) == text


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("①農地の保全", (1, "農地の保全")),
        ("⑳ 終わり", (20, "終わり")),
        ("㊿終わり", (50, "終わり")),
        ("(3) その他", (3, "その他")),
        ("（１２）その他", (12, "その他")),
        ("【2】", (2, "")),
        ("1.工業", (1, "工業")),
        ("１．工業", (1, "工業")),
        ("4）観光", (4, "観光")),
        ("1.5倍", None),
        ("2025.6.19", None),
        ("工業1.", None),
        ("(公財)公社", None),
        ("", None),
    ],
)
def test_enumerators(printed: str, expected: tuple[int, str] | None) -> None:
    assert enumerator(printed) == expected


@given(st.integers(1, 999), st.sampled_from(["({})", "（{}）", "【{}】", "{}.", "{})"]))
def test_written_enumerators_are_read_back(number: int, form: str) -> None:
    assert enumerator(form.format(number) + "項目") == (number, "項目")
