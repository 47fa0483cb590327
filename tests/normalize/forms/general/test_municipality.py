"""Whose document it is: named in what the document says of itself, settled by the prefecture, never guessed."""

from hypothesis import given
from hypothesis import strategies as st

from normalize.document.text_span import Excerpt, Place
from normalize.forms.general.whole.municipality import mentions_in, municipality_of
from schemas.codes import municipality_rows, prefectures
from schemas.records import Municipality

ROWS = municipality_rows()
UNIQUE = [row for row in ROWS if sum(row.municipality_name == other.municipality_name for other in ROWS) == 1]


def text(words: str, at: int = 0) -> Excerpt:
    return Excerpt.of(words, Place(at))


@given(
    st.sampled_from(UNIQUE),
    st.sampled_from(["{}総合計画", "第2次{}行政改革大綱", "令和6年度{}事務事業評価シート", "{}"]),
)
def test_a_name_of_one_municipality_is_enough(row: Municipality, shape: str) -> None:
    name, code = row.municipality_name, row.municipality_code
    found = municipality_of([[text(shape.format(name))]], [])
    assert found.municipality is not None
    assert found.municipality.municipality_code == code


@given(st.sampled_from([row for row in ROWS if row not in UNIQUE]))
def test_namesakes_are_settled_by_the_prefecture_or_not_at_all(row: Municipality) -> None:
    name, iso = row.municipality_name, row.prefecture_iso
    title = text(f"{name}の事業評価")
    assert municipality_of([[title]], []).municipality is None
    assert municipality_of([[title]], [prefectures()[iso]]).municipality == row


def test_two_municipalities_of_equal_standing_compete() -> None:
    found = municipality_of([[text("海老名市・座間市 広域連携事業")]], [])
    assert found.municipality is None
    assert len(found.rivals) == 2


def test_a_labelled_value_stands_before_a_title() -> None:
    found = municipality_of([[text("座間市")], [text("海老名市の様式", 1)]], [])
    assert found.municipality is not None
    assert found.municipality.municipality_name == "座間市"


def test_parts_of_other_words_are_no_municipality() -> None:
    printed = [
        "卸売市場の再編",
        "北海道内外",
        "都市計画",
        "大都市の事務",
        "区役所窓口業務",
        "市民参画推進局",
        "政令市との比較",
    ]
    assert [mention.printed.text for words in printed for mention in mentions_in(text(words))] == []
