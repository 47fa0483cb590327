"""Organisations: where one body's name ends and the next begins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.text.organisations import split_organisations

names = st.sampled_from(
    [
        "商工会",
        "市",
        "（公財）公社",
        "市(環境部)",
        "多文化共生・交流課",
        "「街の会」連合",
        "Bi@Sta",
        "センターTAMA(信金、農協)",
    ]
)


def split(text: str, *, middle_dot: bool = False) -> list[str]:
    return [body.name for body in split_organisations(text, middle_dot=middle_dot)]


@given(st.lists(names, min_size=1, max_size=6), st.sampled_from(["、", "，", ",", "､", "、\n", "、 ", "\n"]))
def test_joined_names_are_split_again(bodies: list[str], separator: str) -> None:
    assert split(separator.join(bodies)) == bodies


@given(st.lists(names, min_size=1, max_size=6))
def test_a_body_stands_where_it_says(bodies: list[str]) -> None:
    text = " 、\n".join(bodies)
    found = split_organisations(text)
    assert [text[body.start : body.end] for body in found] == bodies


@given(st.lists(st.sampled_from(["商工会", "市", "大学(理工・農)"]), min_size=1, max_size=4))
def test_a_middle_dot_separates_where_it_is_said_to(bodies: list[str]) -> None:
    assert split("・".join(bodies), middle_dot=True) == bodies
    assert split("・".join(bodies)) == ["・".join(bodies)]


@pytest.mark.parametrize("text", ["", " ", "―", "—", "ー", "-", "－", "なし", "該当なし", "、"])
def test_nobody(text: str) -> None:
    assert split(text) == []


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("青梅線沿線地域\n産業協議会、市", ["青梅線沿線地域産業協議会", "市"]),
        ("産業振興課、\n秘書広報課", ["産業振興課", "秘書広報課"]),
        ("産業振興課\n秘書広報課", ["産業振興課", "秘書広報課"]),
        ("・産業振興課\n・秘書広報課", ["産業振興課", "秘書広報課"]),
        ("「商店会」、市", ["商店会", "市"]),
        ("商 工 会、ﾊﾛｰﾜｰｸ", ["商工会", "ハローワーク"]),
        ("市（環境部\n、企画部）", ["市（環境部、企画部）"]),
    ],
)
def test_cells(text: str, bodies: list[str]) -> None:
    assert split(text) == bodies
