"""Which lines of a picture are rules, and which are strokes of letters or what is left of a rule."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from extract.ocr.page_picture import Grey, to_page_picture
from extract.ocr.pieces import Piece, find_pieces
from extract.ocr.rules import picture_to_strokes, without_rules
from extract.pdf.model.raw_page import Stroke
from tests.extract.ocr.drawing import DOTS, FONT, draw_table

SCALE = DOTS / 72


def strokes_of(grey: Grey) -> tuple[list[Stroke], list[Stroke]]:
    """The rules of a picture that run across, and those that run down."""
    strokes = picture_to_strokes(to_page_picture(grey, SCALE))
    return [s for s in strokes if s.y0 == s.y1], [s for s in strokes if s.x0 == s.x1]


def pieces_of(grey: Grey) -> list[Piece]:
    picture = to_page_picture(grey, SCALE)
    _, ink, rules = without_rules(picture, picture_to_strokes(picture))
    return find_pieces(ink, rules, np.full((1000, 1000), -1), SCALE)


def paper() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("L", (900, 500), 255)
    return image, ImageDraw.Draw(image)


def font(pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), pixels)


def test_a_grey_head_keeps_the_rules_around_it() -> None:
    plain = np.asarray(draw_table([("事業名", "決算額"), ("支援", "12")])).copy()
    shaded = plain.copy()
    head = shaded[154:217, 154:1500]
    head[head > 200] = 176
    assert [len(lines) for lines in strokes_of(shaded)] == [len(lines) for lines in strokes_of(plain)] == [3, 3]


def test_letters_that_fill_two_low_rows_are_no_rules() -> None:
    """Strokes of 業 stand right above those of the next row, and touch the rules between."""
    image, pen = paper()
    for y in (100, 127, 154):
        pen.line((100, y, 800, y), fill=0, width=2)
    for x in (100, 800):
        pen.line((x, 100, x, 154), fill=0, width=2)
    for y in (101, 128):
        pen.text((140, y), "事業市民中村申請事業", font=font(26), fill=0)
    _, down = strokes_of(np.asarray(image))
    assert len(down) == 2


def test_a_rule_across_low_rows_of_small_letters_is_one() -> None:
    """Three rows of 8 points: the rules that cross it are more of its length than what hangs on letters."""
    image, pen = paper()
    for y in (100, 123, 146, 169):
        pen.line((100, y, 800, y), fill=0, width=3)
    for x in (100, 400, 800):
        pen.line((x, 100, x, 169), fill=0, width=3)
    for y in (103, 126, 149):
        pen.text((130, y), "目標と実績", font=font(16), fill=0)
        pen.text((470, y), "事業の内容", font=font(16), fill=0)
    _, down = strokes_of(np.asarray(image))
    assert len(down) == 3


def test_a_rule_that_letters_begin_at_stays_one() -> None:
    image, pen = paper()
    pen.rectangle((100, 100, 800, 140), outline=0, width=2)
    pen.line((400, 100, 400, 140), fill=0, width=2)
    pen.text((403, 110), "目的", font=font(20), fill=0)
    pen.text((120, 300), "事業の目的と内容を書く", font=font(20), fill=0)
    _, down = strokes_of(np.asarray(image))
    assert [round(stroke.x0 * SCALE) for stroke in down] == [101, 401, 800]


def test_a_rule_ends_at_the_last_rule_it_meets() -> None:
    """Strokes of the letters beside it make it longer in the picture."""
    image, pen = paper()
    pen.rectangle((100, 100, 400, 300), outline=0, width=2)
    pen.rectangle((400, 100, 800, 300), outline=0, width=2)
    pen.line((100, 200, 430, 200), fill=0, width=2)
    across, _ = strokes_of(np.asarray(image))
    [middle] = [stroke for stroke in across if abs(stroke.y0 * SCALE - 200) < 5]
    assert middle.x1 * SCALE < 410


def test_both_lines_of_a_double_rule_are_rules() -> None:
    image, pen = paper()
    pen.rectangle((100, 100, 800, 300), outline=0, width=2)
    for x in (400, 405):
        pen.line((x, 100, x, 300), fill=0, width=2)
    _, down = strokes_of(np.asarray(image))
    assert len(down) == 4


def test_two_lines_of_small_letters_are_two_pieces() -> None:
    image, pen = paper()
    for y in (100, 150, 200, 250):
        pen.text((100, y), "大きな文字で書いた事業の説明", font=font(30), fill=0)
    pen.text((150, 400), "対象者", font=font(15), fill=0)
    pen.text((130, 417), "（誰を、何を）", font=font(15), fill=0)
    assert [piece.y0 > 415 for piece in pieces_of(np.asarray(image)) if piece.y0 > 390] == [False, True]


def test_letters_that_touch_one_below_the_other_are_two_and_a_digit_is_one() -> None:
    image, pen = paper()
    for y in (100, 150, 200):
        pen.text((300, y), "文字で書いた事業の説明", font=font(24), fill=0)
    pen.text((100, 300), "公", font=font(24), fill=0)
    pen.text((100, 321), "平", font=font(24), fill=0)
    pen.text((300, 300), "8", font=font(40), fill=0)
    assert [piece.x0 < 200 for piece in pieces_of(np.asarray(image)) if piece.y0 > 280] == [True, False, True]


def test_a_line_across_a_cell_and_the_rest_of_a_rule_are_no_text() -> None:
    image, pen = paper()
    pen.line((300, 100, 420, 160), fill=0, width=2)
    pen.line((500, 300, 620, 300), fill=0, width=2)
    pen.text((100, 400), "事業の説明", font=font(24), fill=0)
    assert [piece.y0 >= 390 for piece in pieces_of(np.asarray(image))] == [True]


def test_a_pencil_line_parts_no_cells() -> None:
    image, pen = paper()
    pen.rectangle((100, 100, 400, 300), outline=0, width=2)
    pen.rectangle((400, 100, 800, 300), outline=0, width=2)
    pen.line((200, 200, 640, 200), fill=150, width=2)
    across, down = strokes_of(np.asarray(image))
    assert [round(stroke.y0 * SCALE) for stroke in across] == [101, 300] * (len(across) // 2)
    assert len(down) == 3
    assert pieces_of(np.asarray(image)) == []
