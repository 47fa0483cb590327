"""What holds over pages: furniture, tables that go on, rows and cells that a page break cuts."""

from __future__ import annotations

import pytest

from extract.pdf.read_pdf import read_pdf
from extract.pdf.tables.cell_assignment import DraftCell
from tests.extract.pdf.pdf_making import Drawing, Sheet, body, make_pdf, only_table, read, spans, texts

XS = (50.0, 150.0, 350.0)


def table_page(rows: list[tuple[str, str]], top: float = 50.0, *, number: int = 1, title: str = "") -> Drawing:
    """A page with a table of rows 40 points high, a page number and perhaps a title."""

    def draw(sheet: Sheet) -> None:
        if title:
            sheet.text(60, 36, title, 14)
        ys = [top + 40 * step for step in range(len(rows) + 1)]
        sheet.grid(XS, ys)
        sheet.cells(XS, ys, rows)
        sheet.text(195, 488, str(number))

    return draw


HEADER = ("施策", "所見")


@pytest.mark.parametrize("number", ["3", "- 3 -", "3 / 20", "３ページ", "P.3"])
def test_a_page_number_is_furniture_even_on_a_single_page(number: str) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(50, 60, "本文の行")
        sheet.text(190, 485, number)

    document = read(draw)
    assert [line.role for line in document.lines] == ["body", "footer"]


def test_a_number_in_the_body_is_no_page_number() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(50, 250, "3")
        sheet.text(50, 270, "本文")

    assert body(read(draw)) == ["3", "本文"]


def test_running_titles_are_headers_and_titles_of_sheets_are_not() -> None:
    def page(number: int) -> Drawing:
        def draw(sheet: Sheet) -> None:
            sheet.text(50, 25, "産業振興計画の進み具合", 7)
            sheet.text(120, 60, "管理・評価シート", 14)
            sheet.lines(50, 90, [f"第{number}の本文", "続く本文"])
            sheet.text(190, 485, f"{number} / 3")

        return draw

    document = read(*(page(number) for number in (1, 2, 3)))
    roles = {line.text: line.role for line in document.lines}
    assert roles["産業振興計画の進み具合"] == "header"
    assert roles["管理・評価シート"] == "body"
    assert [line.text for line in document.lines if line.role == "footer"] == ["1 / 3", "2 / 3", "3 / 3"]


def test_what_a_browser_prints_around_a_page_is_furniture() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(30, 20, "2026/11/22 10:05", 7)
        sheet.text(200, 20, "評価シート", 7)
        sheet.text(50, 80, "本文の行")
        sheet.text(30, 490, "https://www.city.example.lg.jp/sheet.html", 7)
        sheet.text(360, 490, "1/1", 7)

    document = read(draw)
    assert [(line.role, line.text) for line in document.lines if line.role != "footer"] == [
        ("header", "2026/11/22 10:05"),
        ("header", "評価シート"),
        ("body", "本文の行"),
    ]


def test_a_table_goes_on_over_pages_and_its_header_is_set_aside() -> None:
    rows = [(f"施策{chr(ord('あ') + number)}", f"所見{number}。") for number in range(20)]
    document = read(
        table_page([HEADER, *rows[:9]], number=1),
        table_page([HEADER, *rows[9:18]], number=2),
        table_page([HEADER, *rows[18:]], number=3),
    )
    table = only_table(document)
    assert texts(table) == [list(row) for row in (HEADER, *rows)]
    assert [cell.text for cell in table.repeated] == [*HEADER, *HEADER]
    assert [cell.page for cell in table.cells if cell.col == 0] == [1] * 10 + [2] * 9 + [3] * 2


def test_a_table_over_many_pages_is_joined_in_a_time_that_grows_as_they_do(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [0]
    plain = vars(DraftCell)["plain"].fget

    def counted(cell: DraftCell) -> str:
        asked[0] += 1
        return str(plain(cell))

    monkeypatch.setattr(DraftCell, "plain", property(counted))
    counts = []
    for n_pages in (4, 16):
        asked[0] = 0
        rows = [[HEADER, *((f"灯台{page}-{row}", "見回り") for row in range(9))] for page in range(n_pages)]
        table = only_table(read(*(table_page(of_page, number=at + 1) for at, of_page in enumerate(rows))))
        assert table.n_rows == 1 + 9 * n_pages
        counts.append(asked[0])
    assert counts[1] < 6 * counts[0]


def test_a_row_cut_by_the_page_break_is_one_row_with_a_part_on_each_page() -> None:
    def first(sheet: Sheet) -> None:
        ys = (380.0, 410.0, 460.0)
        sheet.grid(XS, ys)
        sheet.cells(
            XS,
            ys,
            (
                HEADER,
                ("出店の支援", "窓口で出店の相談を受け、空いた店の持ち主\nとの間に立って条件を整え、開いた後も店を"),
            ),
        )

    def second(sheet: Sheet) -> None:
        ys = (50.0, 80.0, 110.0, 140.0)
        sheet.grid(XS, ys)
        sheet.cells(XS, ys, (HEADER, ("", "訪ねて話を聞いた。"), ("催し", "春に開いた。")))

    table = only_table(read(first, second))
    assert table.n_rows == 3
    cut = table.cells[3]
    assert cut.text.endswith("開いた後も店を訪ねて話を聞いた。")
    assert [fragment.page for fragment in cut.fragments] == [1, 2]
    assert [cell.text for cell in table.cells if cell.row == 2] == ["催し", "春に開いた。"]


def test_a_row_that_the_page_leaves_open_is_closed_and_joined() -> None:
    """As browsers print: no rule below the half row, none above its rest."""

    def first(sheet: Sheet) -> None:
        for y in (380, 410):
            sheet.rule(50, y, 350, y)
        for x in XS:
            sheet.rule(x, 380, x, 460)
        sheet.cells(XS, (380.0, 410.0), (HEADER, ("支援", "相談を受けた。")))

    def second(sheet: Sheet) -> None:
        for y in (90, 120):
            sheet.rule(50, y, 350, y)
        for x in XS:
            sheet.rule(x, 50, x, 120)
        sheet.cells(XS, (50.0, 90.0), (("", "店を訪ねた。"), ("催し", "開いた。")))

    table = only_table(read(first, second))
    assert texts(table) == [list(HEADER), ["支援", "相談を受けた。\n店を訪ねた。"], ["催し", "開いた。"]]


def test_a_cell_over_several_rows_goes_on_where_a_row_ends_at_the_page_break() -> None:
    def page(top: float, label: str, values: tuple[str, str], *, is_last: bool) -> Drawing:
        def draw(sheet: Sheet) -> None:
            ys = (top, top + 40, top + 80)
            for x in XS:
                sheet.rule(x, ys[0], x, ys[2])
            for y in ys[:2]:
                sheet.rule(150, y, 350, y)
            sheet.rule(50 if is_last else 150, ys[2], 350, ys[2])
            if not is_last:
                sheet.rule(50, ys[0], 150, ys[0])
            sheet.text(55, top + 20, label)
            for number, value in enumerate(values):
                sheet.text(155, ys[number] + 20, value)

        return draw

    table = only_table(
        read(page(380, "方向性", ("一つ目", "二つ目"), is_last=False), page(50, "", ("三つ目", "四つ目"), is_last=True))
    )
    assert spans(table) == [(0, 0, 4, 1), (0, 1, 1, 1), (1, 1, 1, 1), (2, 1, 1, 1), (3, 1, 1, 1)]
    assert table.cells[0].text == "方向性"


def test_a_cell_that_is_painted_on_both_sides_of_a_page_break_is_read_once() -> None:
    def first(sheet: Sheet) -> None:
        for y in (380, 410):
            sheet.rule(50, y, 350, y)
        for x in XS:
            sheet.rule(x, 380, x, 460)
        sheet.cells(XS, (380.0, 410.0), (HEADER, ("港湾課", "相談を受けた。")))

    def second(sheet: Sheet) -> None:
        for y in (90, 120):
            sheet.rule(50, y, 350, y)
        for x in XS:
            sheet.rule(x, 50, x, 120)
        sheet.cells(XS, (50.0, 90.0), (("港湾課", "店を訪ねた。"), ("催し", "開いた。")))

    table = only_table(read(first, second))
    assert texts(table) == [list(HEADER), ["港湾課", "相談を受けた。\n店を訪ねた。"], ["催し", "開いた。"]]
    assert [cell.text for cell in table.repeated] == ["港湾課"]


def test_forms_on_successive_pages_stay_apart() -> None:
    def form(name: str, number: int) -> Drawing:
        labels = ("年度", "課", "施策名", "予定", "実施", "所見", "方向性", "報告", "意見", "備考")
        rows = [(label, f"{name}の{label}" if label != "年度" else "令和七年度") for label in labels]
        return table_page(rows, number=number)

    document = read(form("農業", 1), form("商業", 2))
    assert [table.n_rows for table in document.tables] == [10, 10]


def test_dashes_in_the_same_places_make_no_form_printed_twice() -> None:
    """Four rows on each page, of which none has a number yet; the name tells them apart."""
    rows = [(f"施策{letter}", dash) for letter, dash in zip("あいうえおかきく", "-－―ー" * 2, strict=True)]
    document = read(table_page([HEADER, *rows[:4]], 260), table_page([HEADER, *rows[4:]], number=2))
    assert only_table(document).n_rows == 9


def test_words_that_come_again_in_each_row_make_no_form_printed_twice() -> None:
    """Targets and actuals in turn stand in the same places on both pages of a list."""
    rows = [(f"指標{letter}", role) for letter in "あいうえおかきくけこ" for role in ("目標", "実績")]
    document = read(table_page([HEADER, *rows[:10]], 260), table_page([HEADER, *rows[10:]], number=2))
    assert only_table(document).n_rows == 21


def test_a_title_between_tables_keeps_them_apart() -> None:
    rows = [(f"施策{number}", "所見") for number in range(10)]
    document = read(table_page(rows[:5], 250), table_page(rows[5:], 60, number=2, title="別の表"))
    assert len(list(document.tables)) == 2


def test_a_caption_printed_again_over_a_table_that_goes_on_is_a_header() -> None:
    rows = [(f"店{chr(ord('あ') + number)}", f"駅前{number}号") for number in range(18)]
    document = read(
        table_page([("店名", "所在地"), *rows[:9]], 60, title="参加店一覧"),
        table_page([("店名", "所在地"), *rows[9:]], 60, number=2, title="参加店一覧"),
    )
    assert only_table(document).n_rows == 19
    assert [line.role for line in document.lines if line.text == "参加店一覧"] == ["body", "header"]


def test_columns_of_a_later_page_may_be_some_of_the_first() -> None:
    def first(sheet: Sheet) -> None:
        xs, ys = (50.0, 100.0, 150.0, 350.0), (400.0, 430.0, 460.0)
        sheet.grid(xs, ys)
        sheet.cells(xs, ys, (("一", "二", "三"), ("四", "五", "六")))

    def second(sheet: Sheet) -> None:
        sheet.grid(XS, (50.0, 90.0))
        sheet.cells(XS, (50.0, 90.0), (("所見", "続き"),))

    table = only_table(read(first, second))
    assert spans(table)[-2:] == [(2, 0, 1, 2), (2, 2, 1, 1)]


def test_a_form_may_change_its_columns_at_a_page_break() -> None:
    """Half of the borders are those of the page before: both pages have one that the other has not."""

    def first(sheet: Sheet) -> None:
        xs, ys = (50.0, 100.0, 150.0, 250.0, 350.0), (400.0, 430.0, 460.0)
        sheet.grid(xs, ys)
        sheet.cells(xs, ys, (("一", "二", "三", "四"), ("五", "六", "七", "八")))

    def second(sheet: Sheet) -> None:
        xs, ys = (50.0, 100.0, 150.0, 300.0, 350.0), (50.0, 90.0)
        sheet.grid(xs, ys)
        sheet.cells(xs, ys, (("九", "十", "所見", "目標"),))

    table = only_table(read(first, second))
    assert spans(table)[-4:] == [(2, 0, 1, 1), (2, 1, 1, 1), (2, 2, 1, 2), (2, 4, 1, 1)]


LISTED = (50.0, 100.0, 150.0, 350.0)


def test_a_number_beside_two_rows_goes_on_where_the_page_parts_them() -> None:
    """Rules close both parts; the rest of the number's cell is empty, and a row of its own begins beside it."""

    def page(rows: list[tuple[str, str, str]], top: float) -> Drawing:
        def draw(sheet: Sheet) -> None:
            ys = [top + 30 * step for step in range(len(rows) + 1)]
            sheet.grid(LISTED, ys)
            sheet.cells(LISTED, ys, rows)

        return draw

    table = only_table(
        read(
            page([("番号", "段階", "内容"), ("1", "予定", "桟橋を直す。"), ("2", "予定", "灯台を開く。")], 370),
            page([("", "実施", "灯台を開いた。")], 50),
        )
    )
    assert spans(table)[6:] == [(2, 0, 2, 1), (2, 1, 1, 1), (2, 2, 1, 1), (3, 1, 1, 1), (3, 2, 1, 1)]


def test_a_row_is_cut_where_its_label_stands_on_the_page_before_and_an_item_ends_at_the_break() -> None:
    def page(rows: list[tuple[str, str]], top: float) -> Drawing:
        def draw(sheet: Sheet) -> None:
            ys = [top + 30 * step for step in range(len(rows) + 1)]
            sheet.grid(XS, ys)
            sheet.cells(XS, ys, rows)

        return draw

    items = ("・朝市を月ごとに開いた。", "・地図を新しく刷って配った。")
    table = only_table(read(page([HEADER, ("朝市", items[0])], 400), page([("", items[1]), ("桟橋", "直した。")], 50)))
    assert texts(table) == [list(HEADER), ["朝市", "\n".join(items)], ["桟橋", "直した。"]]


def test_a_row_is_cut_where_one_cell_breaks_off_and_a_short_item_follows_in_another() -> None:
    def page(rows: list[tuple[str, ...]], top: float) -> Drawing:
        def draw(sheet: Sheet) -> None:
            ys = [top + 30 * step for step in range(len(rows) + 1)]
            sheet.grid(LISTED, ys)
            sheet.cells(LISTED, ys, rows)

        return draw

    first = page(
        [("年度", "5年", "6年"), ("港", "・網", "・桟橋を直す"), ("全体", "・屋台", f"・{'朝市の案内を' * 3}")], 370
    )
    table = only_table(read(first, page([("", "・灯台", "配る"), ("宿泊", "", "・地図")], 50)))
    assert texts(table)[2:] == [["全体", "・屋台\n・灯台", f"・{'朝市の案内を' * 3}配る"], ["宿泊", "", "・地図"]]


def test_a_full_label_does_not_go_on_where_other_cells_begin_below_the_page_break() -> None:
    """A row that the page cuts is filled from its top: what is empty above the break has no list below it."""
    xs = (50.0, 164.0, 250.0, 350.0)

    def page(rows: list[tuple[str, ...]], top: float) -> Drawing:
        def draw(sheet: Sheet) -> None:
            ys = [top + 30 * step for step in range(len(rows) + 1)]
            sheet.grid(xs, ys)
            sheet.cells(xs, ys, rows)

        return draw

    first = page([("年度", "5年", "6年"), ("港と灯台の産業振興計画", "", "・桟橋を直す")], 400)
    table = only_table(read(first, page([("全体", "・朝市", "")], 50)))
    assert texts(table)[1:] == [["港と灯台の産業振興計画", "", "・桟橋を直す"], ["全体", "・朝市", ""]]


def test_a_name_goes_on_where_a_group_of_rows_within_its_own_does() -> None:
    def page(groups: tuple[str, str], rows: list[str], top: float) -> Drawing:
        def draw(sheet: Sheet) -> None:
            ys = [top + 40 * step for step in range(len(rows) + 1)]
            for y in (ys[0], ys[-1]):
                sheet.rule(50, y, 350, y)
            for y in ys[1:-1]:
                sheet.rule(200, y, 350, y)
            for x in (50, 124, 200, 350):
                sheet.rule(x, ys[0], x, ys[-1])
            for x, name in ((52, groups[0]), (126, groups[1])):
                sheet.lines(x, top + 12, (name[:7], name[7:]))
            for y, row in zip(ys, rows, strict=False):
                sheet.text(202, y + 12, row)

        return draw

    first, rest = (
        page(("港と灯台を案内板で知らせる", "漁船の保全"), ["桟橋"], 420),
        page(("仕組み", ""), ["地図", "網"], 50),
    )
    table = only_table(read(first, rest))
    assert [cell.text for cell in table.cells if cell.col < 2] == ["港と灯台を案内板で知らせる仕組み", "漁船の保全"]


def test_a_name_left_open_goes_on_below_a_repeated_header_also_between_two_latin_words() -> None:
    def page(group: list[str], rows: list[tuple[str, str]], top: float, opened: float) -> Drawing:
        def draw(sheet: Sheet) -> None:
            ys = [top + 40 * step for step in range(len(rows) + 2)]
            for y in ys[:2]:
                sheet.rule(50, y, 350, y)
            for y in ys[2:]:
                sheet.rule(94, y, 350, y)
            sheet.rule(opened, ys[-1], 350, ys[-1])
            for x in (50, 94, 200, 350):
                sheet.rule(x, ys[0], x, ys[-1])
            sheet.cells((50, 94, 200), ys, [("方針", "事業", "目標")])
            sheet.lines(52, top + 52, group)
            sheet.cells((94, 200), ys[1:], rows)

        return draw

    first = page(["塩づく", "り・", "HARBOR "], [("桟橋", "1件")], 380, opened=94)
    rest = page(["LAB の", "発信"], [("地図", "2件"), ("網", "3件")], 50, opened=50)
    assert [cell.text for cell in only_table(read(first, rest)).cells if cell.col == 0][1:] == [
        "塩づくり・HARBOR LAB の発信"
    ]


def test_the_names_of_two_groups_of_rows_stay_apart_where_the_first_had_room() -> None:
    """Both fill their lines and stand beside rows of one group over them, which goes on."""

    def page(group: str, name: str, rows: list[str], top: float) -> Drawing:
        def draw(sheet: Sheet) -> None:
            ys = [top + 30 * step for step in range(len(rows) + 1)]
            for y in (ys[0], ys[-1]):
                sheet.rule(50, y, 350, y)
            for y in ys[1:-1]:
                sheet.rule(164, y, 350, y)
            for x in (50, 90, 164, 350):
                sheet.rule(x, ys[0], x, ys[-1])
            sheet.text(52, top + 12, group)
            sheet.lines(92, top + 12, (name[:7], name[7:]))
            for y, row in zip(ys, rows, strict=False):
                sheet.text(166, y + 12, row)

        return draw

    names = ("港と灯台を案内板で知らせる", "朝市と屋台を次の月まで開く")
    first = page("一", names[0], ["桟橋", "漁船", "海藻", "工房"], 340)
    table = only_table(read(first, page("", names[1], ["地図", "網"], 50)))
    assert [cell.text for cell in table.cells if cell.col < 2] == ["一", *names]


def test_the_hanging_lines_of_an_item_go_on_over_a_page_break() -> None:
    """Its two lines are nearly centred to each other, yet the second is full."""

    def first(sheet: Sheet) -> None:
        sheet.grid(XS, (400.0, 460.0))
        sheet.text(52, 412, "報告")
        sheet.text(153, 412, "■朝市を月ごとに開き、漁船と屋台を呼ん")
        sheet.text(163, 424, "だ。桟橋の案内板を直して、灯台の公開")

    def second(sheet: Sheet) -> None:
        sheet.grid(XS, (50.0, 90.0, 120.0))
        sheet.text(163, 62, "を続けた。")
        sheet.cells(XS, (90.0, 120.0), (("意見", "なし。"),))

    table = only_table(read(first, second))
    assert [cell.text for cell in table.cells] == [
        "報告", "■朝市を月ごとに開き、漁船と屋台を呼んだ。桟橋の案内板を直して、灯台の公開を続けた。", "意見", "なし。",
    ]  # fmt: skip


def test_an_empty_line_at_the_top_of_a_page_parts_two_paragraphs_of_a_cell() -> None:
    """The first paragraph ends with a full line; only the empty line says that the second is one."""

    def first(sheet: Sheet) -> None:
        sheet.rule(50, 420, 350, 420)
        for x in XS:
            sheet.rule(x, 420, x, 460)
        sheet.cells(
            XS,
            (420.0, 460.0),
            (("予定", "朝市を月に開き、桟橋を直し、灯台を見せ\nた。引き続き、漁船と屋台の案内を続けた。"),),
        )

    def second(sheet: Sheet) -> None:
        sheet.rule(50, 80, 350, 80)
        for x in XS:
            sheet.rule(x, 50, x, 80)
        sheet.text(152, 74, "地図を刷った。")

    cell = only_table(read(first, second)).cells[-1]
    assert cell.text.split("\n\n")[1:] == ["地図を刷った。"]


def test_an_item_begins_after_a_page_break_with_the_mark_that_it_had_before() -> None:
    """The rest of an item that the page cuts ends with its line all but full, and the next item begins below it."""

    def first(sheet: Sheet) -> None:
        sheet.rule(50, 420, 350, 420)
        for x in XS:
            sheet.rule(x, 420, x, 445)
        sheet.cells(XS, (420.0,), (("目標", "・朝市を開く回数を次の計画の終わりまで"),))

    def second(sheet: Sheet) -> None:
        sheet.rule(50, 95, 350, 95)
        for x in XS:
            sheet.rule(x, 50, x, 95)
        sheet.lines(162, 62, ["に倍とし、来る人の数も倍にすることで"])
        sheet.lines(152, 74, ["・地図を配る"])

    assert only_table(read(first, second)).cells[-1].text.split("\n")[1:] == ["・地図を配る"]


def test_a_full_label_goes_on_over_a_page_break_only_where_it_had_no_room() -> None:
    """Beside the rest of a number's cell stands the next label: the row above had room for a second line of its own."""
    xs = (50.0, 100.0, 150.0, 350.0)

    def first(sheet: Sheet) -> None:
        sheet.grid(xs, (370.0, 400.0, 460.0))
        sheet.cells(xs, (370.0, 400.0), (("番号", "段階", "内容"),))
        sheet.cells(xs, (400.0,), (("2", "取組予定", "朝市を月ごとに開き、地図を配る。\nまた桟橋を直す。"),))

    def second(sheet: Sheet) -> None:
        sheet.grid(xs, (50.0, 80.0))
        sheet.cells(xs, (50.0,), (("", "実施結果", "朝市を開いた。"),))

    table = only_table(read(first, second))
    assert [cell.text for cell in table.cells if cell.col == 1] == ["段階", "取組予定", "実施結果"]
    assert spans(table)[3] == (1, 0, 2, 1)


def test_texts_of_two_rows_stay_apart_however_full_the_last_line_is() -> None:
    """Between closed rows only a cell that spans some goes on: a list of bodies may end its line anywhere."""

    def page(rows: list[tuple[str, str, str]], top: float) -> Drawing:
        def draw(sheet: Sheet) -> None:
            ys = [top + 30 * step for step in range(len(rows) + 1)]
            sheet.grid(LISTED, ys)
            sheet.cells(LISTED, ys, rows)

        return draw

    full = "漁業協同組合・灯台保存会・みなと観光課・"
    table = only_table(
        read(page([("港", "朝市", "商工会"), ("町", "桟橋", full)], 400), page([("", "灯台", "教育委員会")], 50))
    )
    assert [cell.text for cell in table.cells if cell.col == 2] == ["商工会", full, "教育委員会"]


def test_labels_of_two_rows_stay_apart_where_the_second_spans_rows() -> None:
    """The first label fills its lines, so the second one would find no room behind it."""

    def first(sheet: Sheet) -> None:
        sheet.grid(XS, (400.0, 460.0))
        sheet.cells(XS, (400.0, 460.0), (("実施内容に関する所\n見についての評価等", "早く済んだ。"),))

    def second(sheet: Sheet) -> None:
        sheet.grid((150.0, 350.0), (50.0, 80.0, 110.0))
        for y in (50, 110):
            sheet.rule(50, y, 150, y)
        sheet.rule(50, 50, 50, 110)
        sheet.cells(XS, (50.0, 80.0, 110.0), (("次年度の予定", "方向性"), ("", "内容")))

    table = only_table(read(first, second))
    assert [cell.text for cell in table.cells if cell.col == 0] == [
        "実施内容に関する所見についての評価等",
        "次年度の予定",
    ]


def test_a_cell_that_the_page_leaves_open_between_closed_ones_is_a_cell() -> None:
    """The labels of the form span its rows on both pages; what stands beside them ends with the page."""

    def draw(sheet: Sheet) -> None:
        xs = (50, 100, 150, 200, 350)
        sheet.rule(50, 400, 350, 400)
        for start, end in ((100, 150), (200, 350)):
            sheet.rule(start, 460, end, 460)
        for x in xs:
            sheet.rule(x, 400, x, 460)
        for x, text in zip(xs, ("取組", "予定", "指標", "十件"), strict=False):
            sheet.text(x + 2, 412, text)

    assert texts(only_table(read(draw))) == [["取組", "予定", "指標", "十件"]]


def test_reading_twice_gives_the_same_document() -> None:
    data = make_pdf(table_page([HEADER, ("一", "二")]), table_page([HEADER, ("三", "四")], number=2))
    assert read_pdf(data, "a.pdf") == read_pdf(data, "a.pdf")


def test_a_framed_line_on_a_page_of_another_width_follows_the_others() -> None:
    def upright(sheet: Sheet) -> None:
        sheet.lines(50, 60, ["令和七年度は前の年度の計画を見直して、商店街と住まいを支え", "る取組を続けた"])

    def wide(sheet: Sheet) -> None:
        sheet.canvas.setPageSize((700, 500))
        sheet.grid((50, 650), (50, 120))
        sheet.lines(60, 70, ["枠の中の文は二行にわたって続き、", "ここで終わる。"])

    assert "令和七年度" in body(read(upright, wide))[0]
