"""Marks of forms as pictures show them, beside the letters and digits that they may be taken for."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.ocr.marks import Mark, marks_in, with_marks
from extract.ocr.page_picture import Grey
from extract.ocr.pieces import Piece
from extract.ocr.readings import Letter


def paper() -> Grey:
    return np.full((40, 40), 255, np.uint8)


def told(grey: Grey) -> list[str]:
    ink = np.where(grey < 128, 255, 0).astype(np.uint8)
    return [mark.text for mark in marks_in(Piece(0, 0, 40, 40, 0), grey, ink, 24.0)]


def test_filled_and_open_marks_are_told_by_their_shape() -> None:
    square, triangle, kanji = paper(), paper(), paper()
    cv2.rectangle(square, (8, 8), (31, 31), 0, -1)
    cv2.fillPoly(triangle, [np.array([[20, 8], [32, 31], [8, 31]])], 0)
    cv2.rectangle(kanji, (8, 8), (31, 31), 0, 2)
    cv2.line(kanji, (8, 20), (31, 20), 0, 2)
    cv2.line(kanji, (20, 8), (20, 31), 0, 2)
    assert [told(grey) for grey in (square, triangle, kanji)] == [["■"], ["▲"], []]


@pytest.mark.parametrize(
    ("read", "mark", "said"),
    [
        ("", Mark("○", 10, 30, is_even=False), "○"),  # the reader left it out
        ("0", Mark("○", 10, 30, is_even=False), "0"),  # uneven, as print of digits is
        ("・", Mark("●", 10, 30), "●"),
        ("般", Mark("●", 10, 30), "般"),  # dense where print is small
        ("図", Mark("☑", 10, 30), "図"),
    ],
)
def test_what_was_read_is_a_mark_only_where_it_may_be_one(read: str, mark: Mark, said: str) -> None:
    line = [Letter(text, 0.5, 0.95) for text in read]
    assert "".join(letter.text for letter in with_marks(line, [mark], 0, 40)) == said
