"""The text form gives the tables and lines that the sheet prints."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.text import read_text
from extract.text.lines import sources_to_lines
from schemas.document import Document, Fragment, Line, Table
from tests.strategies import JAPANESE, LATIN


def read(text: str) -> Document:
    return read_text(text.encode(), "a.txt")


def only_table(text: str) -> Table:
    [table] = read(text).items
    assert isinstance(table, Table)
    return table


def grid(text: str) -> list[tuple[int, int, int, str]]:
    return [(cell.row, cell.col, cell.row_span, cell.text) for cell in only_table(text).cells]


def cell(field: str) -> str:
    """The text of a cell with this source."""
    return only_table(f"{field}\tx\ny\tz").cells[0].text


def lines(text: str) -> list[str]:
    return [line.text for line in read(text).lines]


# --- tables ----------------------------------------------------------------------------------------------------------


def test_adjacent_lines_with_tabs_are_a_table_and_an_empty_line_ends_it() -> None:
    items = read("題名\n\n対象年度\t令和7年度\n担当課\t産業課\n\n対象年度\t令和8年度\n\n注記").items
    assert [type(item) for item in items] == [Line, Table, Table, Line]


def test_a_line_without_a_tab_ends_the_table() -> None:
    items = read("区分\t数\t\n窓口\t2件\t\n次の題名\n区分\t数\t").items
    assert [type(item) for item in items] == [Table, Line, Table]


def test_a_line_without_a_tab_is_a_row_where_the_tabs_at_line_ends_were_cut() -> None:
    assert grid("取組\t1\t予定\n内容\t相談\n審議会意見")[-3:] == [(2, 0, 1, "審議会意見"), (2, 1, 1, ""), (2, 2, 1, "")]


def test_empty_fields_at_the_left_of_a_row_continue_the_cells_above() -> None:
    assert grid("取組\t1\t予定\n\t\t実施\n\t2\t予定") == [
        (0, 0, 3, "取組"), (0, 1, 2, "1"), (0, 2, 1, "予定"), (1, 2, 1, "実施"), (2, 1, 1, "2"), (2, 2, 1, "予定"),
    ]  # fmt: skip


def test_other_empty_fields_and_those_of_the_first_row_are_empty_cells() -> None:
    assert grid("\t1年目\n全体\t\n計\t2件") == [
        (0, 0, 1, ""), (0, 1, 1, "1年目"), (1, 0, 1, "全体"), (1, 1, 1, ""), (2, 0, 1, "計"), (2, 1, 1, "2件"),
    ]  # fmt: skip


def test_a_row_of_tabs_between_merged_cells_belongs_to_them() -> None:
    assert grid("取組\t予定\n\t\n\t実施") == [(0, 0, 3, "取組"), (0, 1, 2, "予定"), (2, 1, 1, "実施")]


def test_a_row_of_tabs_before_a_new_first_field_ends_the_table() -> None:
    assert len(list(read("取組\t予定\n\t\n取組\t実施").tables)) == 2


def test_a_block_with_one_field_a_line_is_no_table() -> None:
    assert lines("題名\t\t\t\n\t資料2\n\n") == ["題名", "資料2"]


def test_a_markdown_table_is_a_table() -> None:
    assert grid("| 区分 | 数 |\n|---|:-:|\n| A\\|B | 2件 |") == [
        (0, 0, 1, "区分"), (0, 1, 1, "数"), (1, 0, 1, "A|B"), (1, 1, 1, "2件"),
    ]  # fmt: skip


def test_a_quoted_field_of_a_spreadsheet_may_hold_line_ends_and_quotes() -> None:
    assert [text for *_, text in grid('施策\t"目標\n（案）"\r\n"""重点"""\t"自由"')] == [
        "施策", "目標\n（案）", '"重点"', '"自由"',
    ]  # fmt: skip


def test_quotes_around_every_field_are_not_print() -> None:
    assert [text for *_, text in grid('"施策"\t"目標"\n"相談"\t""')] == ["施策", "目標", "相談", ""]


# --- markup ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("<p>一つ目。</p> <p>二つ目。</p>", "一つ目。\n\n二つ目。"),
        ('<p>【取組1】</p> <ul style="a"> ・周知 ・相談 <p>【取組2】', "【取組1】\n\n・周知\n\n・相談\n\n【取組2】"),
        ("<ul><li>周知</li><li>相談</li></ul>", "周知\n\n相談"),
        ("<ul> 会議の開催 名簿の整理(令和5年度まで) 相談 ", "会議の開催\n\n名簿の整理(令和5年度まで)\n\n相談"),
        ("<ul> ・案内を作り、 配布 した ・SNS の活用 ", "・案内を作り、\n配布\nした\n\n・SNS の活用"),
        ("<u>予算</u>を<b>増額</b>した **全て**", "予算を増額した\n全て"),
        ("一行目<br>二行目<br/>三行目", "一行目\n二行目\n三行目"),
        ("&lt;p&gt; A&amp;B R&D; R&D", "<p> A&B R&D; R&D"),
        ("a<b and c>d <未定> <table>", "a<b and c>d <未定> <table>"),
        ("2\\*3 \\# 4**", "2*3 # 4**"),
        ("$$100\\text{点} \\div 4 \\doteq 25\\%$$ $50", "100点 ÷ 4 ≒ 25% $50"),
        ("$\\bigcirc$ <h3>見出し</h3>本文", "○\n\n見出し\n\n本文"),
        ("$\\unknown{x} \\frac{1}{3}$", "\\unknownx 1/3"),
    ],
)  # fmt: skip
def test_markup_goes_and_what_is_no_markup_stays(source: str, printed: str) -> None:
    assert cell(source) == printed


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("調査を令和6年度 までに実施", "調査を令和6年度\nまでに実施"),
        ("達成指標 ・SNS媒体 ・補助60件 ・相談", "達成指標\n・SNS媒体\n・補助60件\n・相談"),
        ("① ② ③", "①\n②\n③"),
        ("考えている。 CO+LAB の周知", "考えている。\nCO+LAB の周知"),
        ("（参加者数） P.33", "（参加者数）\nP.33"),
        ("参加者数 20 名/回 毎年 2 回", "参加者数 20 名/回\n毎年 2 回"),
        ("審議会報告事項 (産業課記載)", "審議会報告事項 (産業課記載)"),
        ("○30 △1 □7", "○30 △1 □7"),
        ("令和5年度 ～ 令和7年度 計画 → 実施", "令和5年度 ～ 令和7年度\n計画 → 実施"),
        ("・ 周知 ・ 相談", "・ 周知\n・ 相談"),
        ("【取組1】 。今年度は構築した 。", "【取組1】\n。今年度は構築した 。"),
        ("目標：　なし", "目標：　なし"),
    ],
)
def test_a_blank_between_japanese_characters_or_before_a_bullet_is_a_printed_line_end(
    source: str, printed: str
) -> None:
    assert cell(source) == printed


def test_lines_outside_tables_keep_their_blanks() -> None:
    assert lines("目標 1 魅力の向上\n\n【工 - 1】 ※新規") == ["目標 1 魅力の向上", "【工 - 1】 ※新規"]


def test_headings_have_a_level_and_markers_are_no_print() -> None:
    found = [
        (line.text, line.level)
        for line in read("# 計画\n\n### (1) 現状 ##\n- ① 農地\n  - ・減少\n- -5%\n---\n#1").lines
    ]
    assert found == [("計画", 1), ("(1) 現状", 3), ("① 農地", 0), ("・減少", 0), ("-5%", 0), ("#1", 0)]


def test_a_dash_inside_a_line_is_print() -> None:
    assert lines("×または- . . . 0点") == ["×または- . . . 0点"]


def test_paragraph_tags_outside_tables_give_lines() -> None:
    assert lines("<p>一つ目 です</p><p>二つ目</p>\n\n<ul>\n<li>項目</li>\n</ul>") == ["一つ目\nです", "二つ目", "項目"]


def test_a_formula_may_stand_on_lines_of_its_own() -> None:
    assert lines("$$\n2.5 \\times 4 \\\\\n= 10\n$$") == ["2.5 × 4 = 10"]


# --- wrapped lines ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "市民の暮らしと事業者の仕事を\n支えることで活気を生む。",
            ["市民の暮らしと事業者の仕事を支えることで活気を生む。"],
        ),
        (
            "事業者が集まり、\n新しい仕事が生まれるまちをつくる。",
            ["事業者が集まり、新しい仕事が生まれるまちをつくる。"],
        ),
        ("働く人を支える LOCAL\nWORK を広げる。", ["働く人を支える LOCAL WORK を広げる。"]),
        ("ひとが育ち  \n・育てるまち", ["ひとが育ち\n・育てるまち"]),
        ("() 内は前年度\n評価指数", ["() 内は前年度", "評価指数"]),
        ("はじめに\n市では、産業の振興に取り組む。", ["はじめに", "市では、産業の振興に取り組む。"]),
        ("市の取組を次のとおり示す。\n以上。", ["市の取組を次のとおり示す。", "以上。"]),
        ("商店街の振興に関すること\n（1）相談に応じる。", ["商店街の振興に関すること", "（1）相談に応じる。"]),
        ("農地の減少が進んでいる\n- ・相談する。", ["農地の減少が進んでいる", "・相談する。"]),
    ],
)
def test_only_a_line_whose_sentence_goes_on_is_joined_with_the_next(source: str, expected: list[str]) -> None:
    assert lines(source) == expected


# --- files -----------------------------------------------------------------------------------------------------------


def test_line_ends_do_not_matter() -> None:
    text = "計画\n\n区分\t数\n窓口\t2件\n\n注記\n"
    assert all(
        read(text.replace("\n", end)).items == read(text).items for end in ("\r\n", "\r", "\u2028", "\v", "\u0085")
    )


def test_a_line_separator_inside_a_cell_is_a_line_end_of_the_cell() -> None:
    assert cell("目標\u2028（案）") == "目標\n（案）"


@pytest.mark.parametrize(
    "data", [b"", b" \n\t\n", b"\xef\xbb\xbf\r\n", b"<p></p>\n", b"\x00" * 40, bytes(range(256)) * 4]
)
def test_a_file_without_text_is_unreadable_and_says_so(data: bytes) -> None:
    document = read_text(data, "a.txt")
    [problem] = document.problems
    assert (problem.rule, problem.severity, document.items, document.pages) == ("unreadable", "error", (), ())


def test_a_file_says_what_it_is() -> None:
    data = "区分\t数\n".encode("cp932")
    document = read_text(data, "sub/a.TSV")
    assert (document.media_type, document.size_bytes, document.encoding) == (
        "text/tab-separated-values",
        len(data),
        "cp932",
    )
    assert len(document.sha256) == 64


# --- nothing is lost -------------------------------------------------------------------------------------------------

_words = st.text(JAPANESE + LATIN, min_size=1, max_size=8)
_pieces = st.one_of(
    _words.map(lambda word: (word, word)),
    _words.map(lambda word: (f"<u>{word}</u>", word)),
    _words.map(lambda word: (f"**{word}**", word)),
    _words.map(lambda word: (f"<p>{word}</p>", word)),
    _words.map(lambda word: (f'<ul class="a"> ・{word} {word}', f"・{word}{word}")),
    _words.map(lambda word: (f"<li>{word}<br>", word)),
    st.sampled_from((("$$4 \\div 2$$", "4÷2"), ("&lt;", "<"), ("<未定>", "<未定>"), ("2*", "2*"), ("3 < 4", "3<4"))),
)
_fields = st.lists(_pieces, max_size=4).map(
    lambda pieces: (" ".join(source for source, _ in pieces), "".join(printed for _, printed in pieces))
)
_marked = st.tuples(st.sampled_from(("", "# ", "- ", "  - ")), _pieces).map(lambda row: (row[0] + row[1][0], row[1][1]))
_tabbed = st.tuples(st.sampled_from(("", "\t")), _pieces, st.lists(_fields, max_size=3)).map(
    lambda row: (
        row[0] + "\t".join(source for source, _ in (row[1], *row[2])),
        "".join(printed for _, printed in (row[1], *row[2])),
    )
)
_rows = st.one_of(_marked, _tabbed)


@given(st.lists(_rows, max_size=6), st.sampled_from(("\n", "\n\n", "\r\n", "  \n")))
def test_every_printed_character_is_in_a_fragment_in_order(rows: list[tuple[str, str]], end: str) -> None:
    document = read(end.join(source for source, _ in rows))
    found = "".join("".join(fragment.text.split()) for fragment in fragments(document))
    assert found == "".join("".join(printed.split()) for _, printed in rows)


def fragments(document: Document) -> list[Fragment]:
    parts = [part for item in document.items for part in (item.cells if isinstance(item, Table) else (item,))]
    return [fragment for part in parts for fragment in part.fragments]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_read_into_tidy_items(text: str) -> None:
    document = read(text)
    assert document.items or document.problems
    for item in document.items:
        parts = item.cells if isinstance(item, Table) else (item,)
        assert all(part.fragments == (Fragment(1, part.text),) for part in parts)
        if isinstance(item, Line):
            assert item.text.strip()
        else:
            places = [(row, col) for cell in item.cells for row in cell.rows for col in cell.cols]
            assert sorted(places) == [(row, col) for row in range(item.n_rows) for col in range(item.n_cols)]


# --- the real sheets -------------------------------------------------------------------------------------------------


def test_the_real_sheets_keep_every_character(corpus: Path) -> None:
    markup = ("<p>", "</p>", "<u>", "</u>", '<ul style="list-style-type: none">', "**", "#", "$$", "\\text", "{", "}")
    signs = {"\\div": "÷", "\\times": "×", "\\doteq": "≒", "\\\\": ""}
    for source in sorted((corpus / "text").glob("*.txt")):
        text = source.read_text()
        for mark in markup:
            text = text.replace(mark, "")
        for sign, printed in signs.items():
            text = text.replace(sign, printed)
        text = "\n".join(line.lstrip().removeprefix("- ") for line in text.split("\n"))
        found = "".join(fragment.text for fragment in fragments(read_text(source.read_bytes(), source.name)))
        assert "".join(found.split()) == "".join(text.split()), source.name


def test_labels_with_their_values_begin_lines_of_their_own() -> None:
    text = "目標：灯を十回替える\n実績：灯を九回替えた\n担当課　　港湾課\n課題：替えの灯が足りない。\n".encode()
    assert [line.text for line in read_text(text, "made.txt").lines] == [
        "目標：灯を十回替える", "実績：灯を九回替えた", "担当課　　港湾課", "課題：替えの灯が足りない。"
    ]  # fmt: skip


def test_a_rule_drawn_across_the_page_is_no_text() -> None:
    assert [line.text for line in read_text("灯台\n――――――――\n霧笛\n".encode(), "made.txt").lines] == ["灯台", "霧笛"]


def test_a_short_line_was_not_broken_for_its_length() -> None:
    lines = ["・灯台の案内を港に新しく立て、見学の人を増やした。", "課題（見直す点）", "点検する人が足りない。"]
    assert [line.text for line in sources_to_lines(lines)] == lines


HEADED = "事業\tR5\tR6\n道路\t12\t13\n"


@pytest.mark.parametrize("blank", ["\n", "\t\t\n", " \t　\n\n"])
def test_rows_below_a_blank_line_that_have_no_heads_stay_in_the_table_above(blank: str) -> None:
    assert grid(f"{HEADED}{blank}公園\t8\t9")[-3:] == [(2, 0, 1, "公園"), (2, 1, 1, "8"), (2, 2, 1, "9")]


def test_so_do_rows_under_a_heading_of_their_own() -> None:
    assert [row[3] for row in grid(f"{HEADED}\t\t\n２　みどり\t\t\n公園\t8\t9") if row[1] == 0][2:] == [
        "２　みどり",
        "公園",
    ]


@pytest.mark.parametrize(
    "below", ["事業\tR7\tR8\n公園\t8\t9", "年\t2020\t2021\n公園\t8\t9", "課\t8\t9\t10\n係\t1\t2\t3"]
)
def test_rows_below_a_blank_line_that_have_heads_or_more_columns_are_a_table_of_their_own(below: str) -> None:
    assert [table.n_rows for table in read(f"{HEADED}\n{below}").tables] == [2, 2]
