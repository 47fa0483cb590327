"""Small documents of our own, written where a test wants them."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

_FONT = "HeiseiKakuGo-W5"

SHEET = "\n".join(
    (
        "あきる野市商工業振興プラン 令和6年度～進捗状況まとめ",
        "",
        "方向性\t個別施策\t実施事業\t実施主体\t目標とする姿(令和8年度)\t実施状況・課題(令和6年度)\t令和3年度\t令和6年度\t\t",
        "\t\t\t\t\t\t実績値\t年間目標\t実績\t評価",
        "港を開く\t桟橋の再生\t朝市(開催数)\t市\t毎月開く。\t二度開いた。\t-\t4回\t2回\tC",
        "\t\t直売所(来客数)\t商工会\t客を増やす。\t客が増えた。 課題：駐車場\t90人\t100人\t120人\tS",
        "",
        "評価指標\t詳細",
        "S\t目標値以上(120%~)",
        "A\t目標値どおり(90~120%)",
        "B\t要改善(50~90%)",
        "C\t要大幅改善(~50%)",
    )
)


def text_pdf(lines: Sequence[str], encryption: StandardEncryption | None = None, font: str = _FONT) -> bytes:
    """A page of lines, in a font that the file does not hold."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, encrypt=encryption, invariant=True)
    canvas.setFont(font, 12)
    for number, line in enumerate(lines):
        canvas.drawString(72, 760 - 24 * number, line)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def picture_pdf(pages: int) -> bytes:
    """Pages that hold a picture each, as a scanner makes them."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=True)
    for _ in range(pages):
        canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return file.getvalue()
