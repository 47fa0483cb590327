"""Folders of many small sheets, and everything that stands in a folder."""

from __future__ import annotations

from pathlib import Path

from tests.pipeline.made import SHEET, text_pdf


def sheets(folder: Path, count: int) -> Path:
    """So many documents, each of other bytes: sheets, every fifth a letter as PDF, every seventh only a number."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        name = f"{number:04}"
        if number % 5 == 4:
            (folder / f"{name}.pdf").write_bytes(text_pdf([f"町内会だより第{number}号"]))
        elif number % 7 == 6:
            (folder / f"{name}.txt").write_text(str(number), encoding="utf-8")
        else:
            text = SHEET.replace("120人", f"{120 + number}人").replace("朝市", f"第{number}朝市")
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def everything(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too, by its path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
