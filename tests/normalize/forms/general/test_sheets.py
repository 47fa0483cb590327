"""Which names, codes and texts stand on which sheet of a file that holds several."""

from __future__ import annotations

from extract.text import read_text
from normalize.reading import read_records
from schemas.records import Measure
from schemas.rows import rows_of


def sheet(policy: str, code: int, name: str) -> str:
    return (
        "港町計画 施策評価シート\n\n対象年度\t令和7年度\t担当課\t港湾課\n"
        f"方針番号\t1\t方針名\t{policy}\n施策番号\t{code}\t施策名\t{name}\n成果\t浜を歩きやすくした。\n\n"
    )


def test_a_code_before_the_name_is_of_the_sheet_that_it_stands_on() -> None:
    text = "".join(sheet("海辺の暮らし", at, name) for at, name in enumerate(("浜の手入れ", "灯台の番", "網の貸出"), 1))
    read = rows_of(read_records(read_text(text.encode(), "all.txt")), Measure)
    names = {row.measure_id: row.measure_name for row in read}
    assert [(row.measure_code, row.measure_name, names.get(row.parent_measure_id or "")) for row in read] == [
        ("1", "海辺の暮らし", None),
        ("1", "浜の手入れ", "海辺の暮らし"),
        ("2", "灯台の番", "海辺の暮らし"),
        ("3", "網の貸出", "海辺の暮らし"),
    ]
