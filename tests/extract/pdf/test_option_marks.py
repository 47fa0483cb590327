"""Options in a row whose texts take one line or two: each mark keeps its text."""

from tests.extract.pdf.pdf_making import Sheet, only_table, read, texts


def test_a_mark_keeps_the_text_of_two_lines_beside_it() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid((50, 350), (50, 90, 110))
        sheet.text(52, 74, "○達成")
        for x, mark, lines in ((110, "●", ("おおむね", "順調")), (190, "○", ("順調とまで", "いえない"))):
            sheet.text(x, 74, mark)
            sheet.lines(x + 16, 68, lines)
        sheet.text(280, 74, "○その他")

    (row, _) = texts(only_table(read(draw)))
    assert "".join(row[0].split()) == "○達成●おおむね順調○順調とまでいえない○その他"


def test_options_on_one_line_stay_on_it() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid((50, 350), (50, 90, 110))
        sheet.text(52, 74, "○拡充")
        sheet.text(110, 74, "●継続")
        sheet.text(170, 74, "○縮小")

    (row, _) = texts(only_table(read(draw)))
    assert row == ["○拡充 ●継続 ○縮小"]


def test_bullets_under_each_other_are_no_row_of_options() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid((50, 350), (50, 110, 130))
        sheet.lines(52, 64, ["○窓口を増やす", "○案内を配る", "○声を聞く"])

    (row, _) = texts(only_table(read(draw)))
    assert row == ["○窓口を増やす\n○案内を配る\n○声を聞く"]
