from __future__ import annotations

import pytest

from extract.read import read_document
from schemas.document import CellStyle, Line
from tests.extract.office.showing import body, read, rules, spans

PAGE = """<!doctype html><html lang=ja><meta charset=utf-8><title>題</title><body>
<h1>事務事業
評価</h1><p>令和５年度　<b>実績</b></p>
<table><caption>指標</caption><tr><th rowspan=2>名称<th colspan=2>令和５年度</tr><tr><th>目標<th>実績</tr>
<tr><td>窓口<td>3<td>4</table>
<ul><li>周知<br>した</li><li>見直し</li></ul></body></html>"""


def test_a_page_is_read_by_its_headings_paragraphs_tables_and_items() -> None:
    document = read(PAGE.encode(), "a.html")
    assert body(document) == [
        "事務事業評価",
        "令和５年度　実績",
        "指標",
        [["名称", "令和５年度", None], [None, "目標", "実績"], ["窓口", "3", "4"]],
        "周知",
        "した",
        "見直し",
    ]
    [table] = document.tables
    assert spans(table)["名称"] == (2, 1)
    assert next(item.level for item in document.items if isinstance(item, Line) and item.role == "body") == 1
    assert next(iter(table.cells)).style == CellStyle(bold=True)


@pytest.mark.parametrize("charset", ["shift_jis", "euc-jp", "utf-8"])
def test_a_page_is_in_the_encoding_that_it_tells(charset: str) -> None:
    assert body(read(PAGE.replace("utf-8", charset).encode(charset), "a.htm"))[0] == "事務事業評価"


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>内部</p>",
        "<p style='display: none'>内部</p>",
        "<div style='visibility:hidden'><p>内部</p></div>",
        "<style>.x, p.y { display:none }</style><span class=x>内部</span>",
        "<style>.x { position:absolute; left:-9999px }</style><span class=x>内部</span>",
        "<span style='position:absolute;clip:rect(0 0 0 0)'>内部</span>",
    ],
)
def test_what_is_hidden_is_told_and_not_read(hidden: str) -> None:
    document = read(f"<html><p>実績</p>{hidden}<p>５件</p>".encode(), "a.html")
    assert body(document) == ["実績", "５件"]
    assert rules(document) == ["hidden-text"]
    assert document.problems[0].message.en.startswith("2 characters")


def test_scripts_readings_and_struck_words_are_no_text() -> None:
    page = "<html><script>x</script><p><ruby>評<rp>(</rp><rt>ひょう</rt></ruby>価は<s>３</s>５件</p>"
    document = read(page.encode(), "a.html")
    assert body(document) == ["評価は５件"]
    assert rules(document) == ["struck-text"]


def test_boxes_show_whether_they_are_ticked() -> None:
    boxes = "<input type=checkbox checked>直営 <input type=checkbox>委託<td><input type=radio checked>継続"
    page = f"<html><table><tr><td>{boxes}</table>"
    assert body(read(page.encode(), "a.html")) == [[["☑直営 □委託", "●継続"]]]


def test_a_table_that_lays_out_others_is_read_through() -> None:
    page = "<html><table><tr><td><h2>概要</h2><td><table><tr><td>目的<td>周知</table></table>"
    assert body(read(page.encode(), "a.html")) == ["概要", [["目的", "周知"]]]


def test_a_frame_in_a_cell_among_others_is_the_text_of_that_cell() -> None:
    rows = "<tr><td>相談<td><table><tr><td>28件</table><tr><td>訪問<td>12件"
    page = f"<html><table><tr><th>名称<th>実績{rows}</table>"
    assert body(read(page.encode(), "a.html")) == [[["名称", "実績"], ["相談", "28件"], ["訪問", "12件"]]]


def test_a_table_in_one_of_many_cells_stands_behind_its_table() -> None:
    rows = "<tr><td>財源<td>次表<table><tr><td>国<td>10</table><tr><td>訪問<td>12件<tr><td>講座<td>3回"
    page = f"<html><table><tr><th>名称<th>実績{rows}</table>"
    rest = [["財源", "次表"], ["訪問", "12件"], ["講座", "3回"]]
    assert body(read(page.encode(), "a.html")) == [[["名称", "実績"], *rest], [["国", "10"]]]


@pytest.mark.parametrize("style", ["color:#fff", "font-size:0", "opacity:0;"])
def test_what_is_written_so_that_nobody_sees_it_is_told_and_not_read(style: str) -> None:
    document = read(f'<html><p>実績 <span style="{style}">9</span>280'.encode(), "a.html")
    assert (body(document), rules(document)) == (["実績 280"], ["hidden-text"])
    seen = read(f'<html><p style="background:#036">実績 <span style="{style}">9</span>280'.encode(), "a.html")
    assert body(seen) == ["実績 9280" if "color" in style else "実績 280"]


def test_a_page_named_as_a_workbook_is_a_page() -> None:
    document = read(PAGE.encode(), "評価.xls")
    assert document.media_type == "text/html"


def test_spans_beyond_all_bounds_end_with_the_table() -> None:
    page = "<html><table><tr><td rowspan=99999 colspan=9999>実績<td>5</tr><tr><td>6</table>"
    document = read(page.encode(), "a.html")
    [table] = document.tables
    assert (table.n_rows, table.n_cols) == (2, 2)


def test_more_cells_than_the_limit_are_not_read() -> None:
    rows = "<tr>" + "<td colspan=1000>a" * 20
    [problem] = read_document(f"<html><table>{rows * 200_000}</table>".encode(), "a.html").problems
    assert problem.rule == "unreadable"


def test_elements_far_inside_each_other_end() -> None:
    document = read_document(("<html>" + "<div>" * 50_000 + "実績").encode(), "a.html")
    assert document.problems == () or document.problems[0].rule == "unreadable"


def test_raised_digits_are_marks_of_notes_and_struck_ones_no_digits() -> None:
    page = (
        "<table><tr><td>580<sup>1</sup>人</td><td><span style='text-decoration: line-through'>12</span>13</td>"
        "<td>x<sup>の</sup></td></tr></table>"
    )
    document = read(page.encode(), "a.html")
    assert body(document) == [[["580¹人", "13", "xの"]]]
    assert rules(document) == ["struck-text"]


def test_a_span_that_is_no_decimal_number_is_none() -> None:
    [table] = read("<table><tr><td rowspan=①>窓口<td colspan=２>件数</table>".encode(), "a.html").tables
    assert [(cell.text, cell.row_span) for cell in table.cells] == [("窓口", 1), ("件数", 1)]


def test_styles_of_print_and_small_screens_hide_nothing() -> None:
    sheet = "@media print { .x { display:none } } @media (max-width: 600px) { .x { display:none } }"
    document = read(f"<html><style>{sheet}</style><p class=x>５件</p>".encode(), "a.html")
    assert (body(document), document.problems) == (["５件"], ())


def test_what_a_style_sheet_sets_in_an_empty_cell_or_at_a_number_is_text() -> None:
    sheet = ".v::before { content:'5件' } .m:before { content:'\\25B2' } a::after { content:'»' }"
    cells = "<td class=v></td><td class=m>3</td><td><a>詳細</a></td>"
    page = f"<html><style>{sheet}</style><table><tr>{cells}</table>"
    assert body(read(page.encode(), "a.html")) == [[["5件", "▲3", "詳細"]]]


def test_a_picture_alone_in_a_cell_is_what_it_stands_for() -> None:
    page = "<html><table><tr><td><img alt='○'><td>実績<img alt='PDF'></table>"
    assert body(read(page.encode(), "a.html")) == [[["○", "実績"]]]


@pytest.mark.parametrize("style", ["visibility:hidden", "color:white"])
def test_a_hidden_cell_keeps_its_column_unless_it_is_not_laid_out(style: str) -> None:
    sheet = f"tr > td.x b {{ display:none }} .w {{ {style} }} .g {{ display:none }}"
    first = "<tr><td>実績<td class=w>9<td>5件<td class=g>8</tr>"
    second = "<tr><td>目標<td class=x><b>9</b>4<td>6件</tr>"
    page = f"<html><style>{sheet}</style><table>{first}{second}</table>"
    document = read(page.encode(), "a.html")
    assert body(document) == [[["実績", "", "5件"], ["目標", "4", "6件"]]]
    assert rules(document) == ["hidden-text"]


def test_the_title_of_a_page_is_a_running_header() -> None:
    document = read("<title>主要事業の評価 | 藤沢市</title><p>評価".encode(), "a.html")
    line = next(item for item in document.items if isinstance(item, Line))
    assert (line.text, line.role, line.fragments[0].place) == ("主要事業の評価 | 藤沢市", "header", "title")


@pytest.mark.parametrize("around", ["{}", "<div>{}</div>"])
def test_a_description_list_is_a_table_of_its_terms(around: str) -> None:
    pairs = (("担当課", "港湾課"), ("取組", "道を広げた。<br>船を直した。"))
    parts = "".join(around.format(f"<dt>{term}<dd>{said}") for term, said in pairs)
    assert body(read(f"<dl>{parts}</dl>".encode(), "a.html")) == [
        [["担当課", "港湾課"], ["取組", "道を広げた。\n船を直した。"]]
    ]


@pytest.mark.parametrize("parts", ["<dt>課<dd>一<dd>二", "<dt>課<dd><table><tr><td>一<td>二</table>", "<dt>課<dd>一"])
def test_a_description_list_of_another_kind_is_lines(parts: str) -> None:
    assert body(read(f"<dl>{parts}</dl>".encode(), "a.html"))[0] == "課"
