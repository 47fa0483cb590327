from __future__ import annotations

import pytest

from extract.read import read_document
from schemas.limits import Limits
from tests.extract.office.showing import body, read

ROWS = [["指標一覧"], [], ["施策", "指標", "目標"], ["健康", "受診率", "60,0"], ["", "歩数", "8千\n歩"], [], ["※速報"]]


def written(delimiter: str) -> str:
    return "\r\n".join(delimiter.join(f'"{value}"' for value in row) for row in ROWS)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_values_are_read_whatever_parts_them_and_in_any_encoding(delimiter: str, encoding: str) -> None:
    document = read(written(delimiter).encode(encoding), "一覧.csv")
    assert body(document) == [
        "指標一覧",
        [["施策", "指標", "目標"], ["健康", "受診率", "60,0"], [None, "歩数", "8千\n歩"]],
        "※速報",
    ]
    assert document.media_type == "text/csv"


def test_a_file_of_one_column_is_lines() -> None:
    assert body(read("目的\n対象\n".encode(), "a.csv")) == ["目的", "対象"]


def test_empty_rows_between_all_rows_part_no_table() -> None:
    rows = "施策評価\n\n指標,目標,実績\n\n歩数,8,7\n\n受診率,60,55\n"
    assert body(read(rows.encode(), "a.csv")) == [
        "施策評価", [["指標", "目標", "実績"], ["歩数", "8", "7"], ["受診率", "60", "55"]],
    ]  # fmt: skip


def test_rows_below_an_empty_one_that_have_no_heads_stay_in_the_table_above() -> None:
    rows = "事業,R5,R6\n道路,12,13\n,,\n公園,8,9\n"
    assert body(read(rows.encode(), "a.csv")) == [[["事業", "R5", "R6"], ["道路", "12", "13"], ["公園", "8", "9"]]]


def test_a_text_that_is_kept_from_being_a_number_is_read_as_shown() -> None:
    assert body(read('番号,実績\n="01",="28"\n'.encode(), "a.csv")) == [[["番号", "実績"], ["01", "28"]]]


def test_more_cells_than_the_limit_are_not_read() -> None:
    data = ("a," * 100 + "b\n") + "c\n" * 100
    [problem] = read_document(data.encode(), "a.csv", Limits(text_cells=1_000)).problems
    assert "--max-text-cells raises it" in problem.message.en


def test_bytes_that_are_no_text_are_not_read() -> None:
    [problem] = read_document(bytes(range(256)) * 4, "a.csv").problems
    assert problem.message.en.startswith("The file is no text")


def test_a_blank_behind_the_sign_that_parts_values_is_none_of_them() -> None:
    assert body(read('指標, 実績\n歩数, "8,000"\n'.encode(), "a.csv")) == [[["指標", "実績"], ["歩数", "8,000"]]]
