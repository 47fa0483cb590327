"""Numbers, units and scales: every way to write a quantity gives the same one; nothing is guessed."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from normalize.text.quantities import (
    COMPARATORS_AFTER,
    Quantity,
    decimal_of,
    indicator_measure_of,
    quantities_in,
    quantity,
    unit_and_factor,
)
from schemas.codes import Unit, units
from tests.normalize.text.kanji import kanji_numeral

WIDE = str.maketrans("0123456789,.%", "０１２３４５６７８９，．％")
MEASURED = [unit for unit in units() if unit.indicator_measure]
COUNTERS = [unit.spelling for unit in MEASURED if unit.spelling == unit.unit]

values = st.one_of(
    st.integers(0, 10**9).map(Decimal), st.decimals(0, 10**6, places=1), st.decimals(0, 100, places=2)
).map(lambda value: value.copy_abs())


def read(text: str) -> tuple[Decimal, str | None, str] | None:
    found = quantity(text)
    return (found.value, found.unit, found.comparator) if found else None


def numerals(value: Decimal, *, scales: bool = True) -> st.SearchStrategy[str]:
    """The ways in which documents write a value: plain, with commas, full width, in tens of thousands."""
    forms = [f"{value}", f"{value:,}", f"{value:,}".translate(WIDE)]
    if scales and value == value.to_integral_value():
        myriads, rest = divmod(int(value), 10_000)
        if myriads and myriads < 10_000:
            forms.append(f"{myriads:,}万" + (f"{rest:,}" if rest else ""))
            forms.append(f"{value / 10_000:f}万")
        if 0 < value < 10_000:  # 〇 is a place to be filled in
            forms.append(kanji_numeral(int(value)))
    return st.sampled_from(forms)


@given(st.data(), values, st.sampled_from(MEASURED), st.sampled_from(["", *COMPARATORS_AFTER]))
def test_a_written_quantity_is_read_back(data: st.DataObject, value: Decimal, unit: Unit, after: str) -> None:
    spelling = unit.spelling
    canonical, factor = unit_and_factor(spelling)
    written = data.draw(numerals(value, scales=spelling[0] not in "百千万億"))  # 1万1千円 is 11,000円
    blank = data.draw(st.sampled_from(["", " ", "\u3000"]))
    assume(f"{written}{spelling}" != "一部")
    expected = (value * factor, canonical, COMPARATORS_AFTER.get(after, "="))
    assert read(f"{written}{blank}{spelling}{after}") == expected


@given(st.data(), values, st.sampled_from(COUNTERS), st.sampled_from(["約", "およそ"]))
def test_about_is_kept(data: st.DataObject, value: Decimal, unit: str, about: str) -> None:
    assert read(f"{about}{data.draw(numerals(value))}{unit}") == (value, unit, "~")


@given(st.data(), st.lists(st.tuples(values, st.sampled_from(COUNTERS)), min_size=1, max_size=4))
def test_quantities_in_prose_stand_where_they_say(data: st.DataObject, pairs: list[tuple[Decimal, str]]) -> None:
    numeral = [data.draw(st.sampled_from([f"{value}", f"{value:,}".translate(WIDE)])) for value, _ in pairs]
    text = "。".join(f"催しの規模は{number}{unit}で、うち" for number, (_, unit) in zip(numeral, pairs, strict=True))
    found = quantities_in(text)
    assert [(one.value, one.unit) for one in found] == pairs
    assert all(text[one.start : one.end] == one.text for one in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("118件", (Decimal(118), "件", "=")),
        ("1,300 人", (Decimal(1300), "人", "=")),
        ("40.5％", (Decimal("40.5"), "%", "=")),
        ("2万回", (Decimal(20000), "回", "=")),
        ("2億3千万円", (Decimal(230_000_000), "円", "=")),
        ("10千円", (Decimal(10_000), "円", "=")),
        ("１　３　５", (Decimal(135), None, "=")),
        ("8割5分", (Decimal(85), "%", "=")),
        ("８割以上", (Decimal(80), "%", ">=")),
        ("約8割以上", (Decimal(80), "%", ">=")),
        ("20名程度", (Decimal(20), "名", "~")),
        ("最低3回", (Decimal(3), "回", ">=")),
        ("延べ300人", (Decimal(300), "人", "=")),
        ("８０以上", (Decimal(80), None, ">=")),
        ("3以下", (Decimal(3), None, "<=")),
        ("12.5", (Decimal("12.5"), None, "=")),
        ("40講習", (Decimal(40), "講習", "=")),
        ("2080円/人", (Decimal(2080), "円/人", "=")),
        ("3つ", (Decimal(3), "つ", "=")),
        ("三件", (Decimal(3), "件", "=")),
        ("1万千円", (Decimal(10_000_000), "円", "=")),
        ("△1,234千円", (Decimal(-1_234_000), "円", "=")),
    ],
)
def test_whole_cells(text: str, expected: tuple[Decimal, str | None, str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "-", "未定", "令和7", "2025年", "12月", "20代", "第3回", "10～20人", "10人→15人", "85点 / 100点", "▲5", "-5",
     "1,23人", "5％増", "2割引", "千円", "百万円", "年間2,000人",
     "1件(うち新規1件)", "8件／年", "20組の親子40人", "十百人", "2千3億円", "〇人", "一部", "一定", "20数人", "20余名",
     "20人見込", "45.000", "45.000人", "1 3", "30人予定", "5G整備", "数名"],
)  # fmt: skip
def test_what_is_no_single_quantity(text: str) -> None:
    assert quantity(text) is None


@pytest.mark.parametrize(("text", "value"), [("△1,234", -1234), ("▲５", -5), ("- 7", -7), ("8", 8)])
def test_a_minus_needs_money(text: str, value: int) -> None:
    found = quantity(text, money=True)
    assert found
    assert found.value == value


@given(st.text(alphabet="0123456789０１万億千百割約以上下満%,.件人社回円年度月第のを、。 →～-"))
def test_a_whole_quantity_covers_its_text(text: str) -> None:
    found = quantity(text)
    if found is not None:
        assert found.text == text.strip()
        assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会議は第3回、5回目を6月に開いた。", []),
        ("20代と30歳の人、10年間、令和5年度", []),
        ("数十件の声、一部の店、十数社", []),
        ("10～20人が参加し、15人→20人に増えた", ["20人"]),
        ("3割引の券、5割合の札", []),
        ("2部門で3社", ["2部門", "3社"]),
        ("三社と二団体", ["三社", "二団体"]),
        ("会員(10人)、R5人、5人", ["10人", "5人"]),
    ],
)
def test_what_counts_in_prose(text: str, expected: list[str]) -> None:
    assert [one.text for one in quantities_in(text)] == expected


def test_a_quantity_in_prose_knows_its_comparator() -> None:
    assert quantities_in("参加者の約93%が満足") == [Quantity(Decimal(93), "%", "~", "約93%", 4, 8)]


def test_units_say_what_they_measure() -> None:
    assert indicator_measure_of("百万円") == indicator_measure_of("円/人") == "currency"
    assert indicator_measure_of("㎏") == "weight"
    assert indicator_measure_of("ポイント") == indicator_measure_of("講習") == "count"


@pytest.mark.parametrize("unit", units())
def test_factors_lead_to_a_unit_that_is_its_own(unit: Unit) -> None:
    canonical, factor = unit_and_factor(unit.spelling)
    assert unit_and_factor(canonical) == (canonical, Decimal(1))
    assert factor > 0


@given(st.integers(1, 9999))
def test_numerals_have_their_value(number: int) -> None:
    assert decimal_of(kanji_numeral(number)) == decimal_of(f"{number:,}".translate(WIDE)) == number


def test_a_number_that_no_column_holds_is_no_quantity() -> None:
    assert quantity("9" * 90 + "件") is not None
    assert quantity("9" * 400 + "件") is None


@pytest.mark.parametrize("text", ["76①", "76⑴", "76 ①②", "76⁽注¹⁾", "76注⁾", "76※1", "76†"])
def test_the_mark_of_a_note_is_no_unit(text: str) -> None:
    assert quantity(text) == Quantity(Decimal(76), None, "=", "76", 0, 2)


def test_a_number_in_a_circle_is_no_part_of_a_unit() -> None:
    assert quantity("12箇所①") == Quantity(Decimal(12), "箇所", "=", "12箇所", 0, 4)
    assert quantity("50①人") is quantity("①76") is quantity("5Ⅱ") is None


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [("2 3 1,4 8 0冊", 231480, "冊"), ("１　３　５　件", 135, "件"), ("1 2 3 講習", 123, "講習")],
)
def test_digits_spread_over_their_cell_are_a_number_with_its_unit(text: str, value: int, unit: str) -> None:
    assert quantity(text) == Quantity(Decimal(value), unit, "=", text, 0, len(text))


@pytest.mark.parametrize("text", ["2 3 1,480冊", "12 3 5件", "1 3件", "1 2 3 4,5 6 7"])
def test_blanks_that_part_some_digits_alone_part_numbers(text: str) -> None:
    assert quantity(text) is None
