"""Draw docs/result.png: a page as hyoka reads it, above rows of `results` that it becomes.

    python docs/picture.py data/raw/SHEET.pdf FONT

FONT is a font file with Japanese characters, for the table; the page brings its own.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from extract import read_document
from extract.pdf import draw_page
from normalize import read_records
from schemas.records import Result

COLUMNS = (
    "policy_name", "measure_code", "measure_name", "indicator_name", "unit", "fiscal_year", "baseline_value",
    "target_value", "actual_value", "achievement_ratio", "grade",
)  # fmt: skip
WIDTH, MARGIN, LINE, ROWS = 1600, 24, 34, 9
PAGE_SHARE = 0.56
"""How much of the page's height is shown."""


def main(sheet: Path, font: Path, target: Path) -> None:
    """Write the picture of one sheet to `target`."""
    data = sheet.read_bytes()
    document = read_document(data, sheet.name)
    page = draw_page(data, document, 1).convert("RGB")
    page = page.crop((0, 0, page.width, int(page.height * PAGE_SHARE)))
    page = page.resize((WIDTH, page.height * WIDTH // page.width), Image.Resampling.LANCZOS)
    results = [row for row in read_records(document)["results"] if isinstance(row, Result)][:ROWS]
    table = [COLUMNS, *([_shown(getattr(row, name)) for name in COLUMNS] for row in results)]
    picture = Image.new("RGB", (WIDTH, page.height + LINE * (len(table) + 2)), "white")
    picture.paste(page, (0, 0))
    _draw_table(picture, page.height + LINE, table, ImageFont.truetype(str(font), 17))
    # Few colours are enough for lines and letters, and make the file a quarter of its size.
    picture.quantize(64).save(target, optimize=True)


def _draw_table(picture: Image.Image, top: int, table: Sequence[Sequence[str]], font: ImageFont.FreeTypeFont) -> None:
    draw = ImageDraw.Draw(picture)
    widths = [max(draw.textlength(row[n], font) for row in table) for n in range(len(COLUMNS))]
    gap = (WIDTH - 2 * MARGIN - sum(widths)) / (len(COLUMNS) - 1)
    for number, row in enumerate(table):
        left, y = float(MARGIN), top + LINE * number
        for text, width in zip(row, widths, strict=True):
            draw.text((left, y), text, "black" if number else "dimgray", font)
            left += width + gap
        draw.line((MARGIN, y + LINE - 5, WIDTH - MARGIN, y + LINE - 5), "black" if not number else "gainsboro")


def _shown(value: str | float | None) -> str:
    if isinstance(value, float):
        return f"{value:g}" if value.is_integer() else f"{value:.3f}"
    return "" if value is None else str(value)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(__file__).with_name("result.png"))
