"""Reference data: codes have their check digit, files hold each key once."""

from itertools import pairwise

import pytest

from schemas.codes import check_digit, directions, eras, municipality_name, municipality_rows, prefectures, units


@pytest.mark.parametrize(
    ("code", "name"), [("132039", "武蔵野市"), ("132284", "あきる野市"), ("132071", "昭島市"), ("132292", "西東京市")]
)
def test_the_known_cities(code: str, name: str) -> None:
    assert municipality_name(code) == name


def test_every_code_ends_in_its_check_digit() -> None:
    """Restated from JIS X 0402: the weighted sum of all six digits is a multiple of 11, but for remainders 0 and 1."""
    for row in municipality_rows():
        total = sum(
            int(digit) * weight for digit, weight in zip(row.municipality_code, (6, 5, 4, 3, 2, 1), strict=True)
        )
        assert total % 11 == 0 or (row.municipality_code[-1] in "01" and total % 11 in (0, 1, 10)), row
        assert row.municipality_code[:5] == row.area_code
        assert row.prefecture_iso == f"JP-{row.area_code[:2]}"


def test_every_municipality_is_there_once_in_a_known_prefecture() -> None:
    rows = municipality_rows()
    places = {(row.municipality_name, row.prefecture_iso) for row in rows}
    wards = [row for row in rows if row.municipality_name.endswith("区")]
    assert (len(rows), len(wards)) == (1741, 23)
    assert len(prefectures()) == 47
    assert {row.prefecture_iso for row in rows} == prefectures().keys()
    assert {prefecture for name, prefecture in places if name == "府中市"} == {"JP-13", "JP-34"}
    assert list(rows) == sorted(rows, key=lambda row: row.area_code)


def test_codes_and_names_are_unique_where_they_must_be() -> None:
    codes = [row.municipality_code for row in municipality_rows()]
    assert len(codes) == len(set(codes))
    assert len({unit.spelling for unit in units()}) == len(units())


@pytest.mark.parametrize("code", ["1320", "132039", "13２03", "1320a", ""])
def test_a_code_that_is_not_five_digits_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="five digits"):
        check_digit(code)


def test_eras_follow_each_other_day_by_day() -> None:
    for before, after in pairwise(eras()):
        assert before.end
        assert (after.start - before.end).days == 1
        assert after.first_year == after.start.year


def test_an_unknown_code_has_no_name() -> None:
    assert municipality_name("000000") is None


def test_directions_are_the_contract_codes() -> None:
    assert set(directions().values()) == {
        "expand", "continue", "modify", "reduce", "merge", "suspend", "terminate", "complete",
    }  # fmt: skip
