"""The whole way, as a user goes it: convert, review, correct in the browser, convert again; then the print changes."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

from extract import ocr_is_installed
from pipeline.cli import main
from pipeline.snapshot import read_table, snapshot_files
from pipeline.summary import share_to_text
from schemas.arrow import table_to_records
from schemas.records import Block, Finding, Observation, Provenance, Result
from tests.extract.ocr.drawing import draw_table, to_file
from tests.pipeline.made import SHEET

pytest.importorskip("playwright.sync_api", reason="the playwright package is not installed")

from playwright.sync_api import Locator, Page

_R = TypeVar("_R")
_LIT_IS_SEEN = """() => {
  const pane = document.querySelector("#page-pane").getBoundingClientRect();
  const lit = document.querySelector(".b.lit").getBoundingClientRect();
  const seen = document.elementFromPoint(lit.x + lit.width / 2, lit.y + lit.height / 2);
  return lit.left >= pane.left && lit.right <= pane.right && Boolean(seen && seen.closest(".b.lit"));
}"""
_ROOT = Path(__file__).parents[3]


@contextmanager
def served(*arguments: str) -> Iterator[str]:
    """The address of the review as its command serves it, ended as a person ends it."""
    command = [sys.executable, "-m", "pipeline", "review", *arguments, "--serve", "--port", "0"]
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            said = process.stdout.readline()
            yield re.findall(r"http://127\.0\.0\.1:\d+/\?token=\S+", said)[0]
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0


def rows(out: Path, kind: type[_R]) -> list[_R]:
    return [
        row
        for files in snapshot_files(out)
        if files.declaration.record is kind
        for row in table_to_records(read_table(out, files), files.declaration)
        if isinstance(row, kind)
    ]


def target(tab: Page, print_: str) -> Locator:
    """The value that was read from a print of the yearly target."""
    row = tab.locator('tr[data-table="observations"]', has_text=print_)
    return row.locator('.v[data-field="value"]')


def test_a_correction_goes_all_the_way_and_ends_with_its_print(tab: Page, tmp_path: Path) -> None:
    source, out, kept = tmp_path / "in" / "progress.txt", tmp_path / "tables", tmp_path / "corrections"
    source.parent.mkdir()
    source.write_text(SHEET, encoding="utf-8")
    convert = ["convert", str(source.parent), "--out", str(out), "--corrections", str(kept)]
    kept.mkdir()
    assert main(convert) == 0

    with served(str(out), "--in", str(source.parent), "--corrections", str(kept)) as address:
        tab.goto(address)
        tab.get_by_role("link", name="progress.txt").click()
        value = target(tab, "4回")
        value.click()
        assert tab.locator(".b.lit").inner_text() == "4回"
        assert tab.evaluate(_LIT_IS_SEEN), "the pane goes to a cell of a wide table"
        tab.locator("#correction [name=value]").fill("5")
        tab.locator("#correction [name=reason]").fill("misprint, told by the city")
        tab.locator("#correction [name=reviewer]").fill("Sato")
        tab.locator('[data-decision="correct"]').click()
        tab.wait_for_selector("#answer:not(.failed):not(:empty)")
        assert "→ 5" in value.inner_text()
        assert [row.value for row in rows(out, Observation) if row.value_text == "4回"] == [4.0]

        assert main(convert) == 0
        assert [row.value for row in rows(out, Observation) if row.value_text == "4回"] == [5.0]
        assert 5.0 in [row.target_value for row in rows(out, Result)]
        (said,) = (row for row in rows(out, Provenance) if row.method)
        assert (said.table_name, said.field_name, said.method) == ("observations", "value", "corrected")
        assert said.note == "read as 4: misprint, told by the city (Sato)"
        tab.reload()
        assert value.get_attribute("data-raw") == "5"
        assert "Corrected" in value.inner_text()
        value.click()
        assert tab.locator("#detail-note").inner_text() == said.note

        source.write_text(SHEET.replace("4回", "6回"), encoding="utf-8")
        assert main(convert) == 0  # a warning is no error
        assert [row.value for row in rows(out, Observation) if row.value_text == "6回"] == [6.0]
        assert not [row for row in rows(out, Provenance) if row.method]
        (stale,) = (row for row in rows(out, Finding) if row.rule == "correction-stale")
        assert (stale.expected, stale.observed) == ("4回", "6回")
        tab.goto(address)
        tab.get_by_role("link", name="progress.txt").click()
        value = target(tab, "6回")
        assert value.get_attribute("data-raw") == "6"
        assert "Corrected" not in value.inner_text()
        tab.wait_for_selector("#page-pane.show-value")  # the script has run, and the page speaks the browser's language
        finding = tab.locator("#findings .jump", has_text="Correction no longer applies")
        assert "the printed text has changed" in finding.inner_text()
        finding.click()
        assert tab.locator(".b.lit").inner_text() == "6回"
        assert tab.locator(".v.lit").get_attribute("data-field") == "value"
        assert list(kept.iterdir()), "the reviewer's file is left as it is"


@pytest.mark.skipif(not ocr_is_installed(), reason="needs the extra: pip install hyoka[ocr]")
def test_a_picture_is_shown_with_how_surely_it_was_read_and_takes_a_correction(tab: Page, tmp_path: Path) -> None:
    source, out, kept = tmp_path / "in" / "sheet.png", tmp_path / "tables", tmp_path / "corrections"
    source.parent.mkdir()
    kept.mkdir()
    heads = ("指標", "単位", "令和5年度実績", "令和6年度実績", "評価")
    sheet = draw_table(
        [heads, ("相談会", "人", "1,385", "1,402", "◎"), ("見学会", "回", "9", "12", "△")], "施策評価シート"
    )
    source.write_bytes(to_file(sheet))
    convert = ["convert", str(source.parent), "--out", str(out), "--corrections", str(kept), "--fail-on", "never"]
    assert main(convert) == 0

    with served(str(out), "--in", str(source.parent), "--corrections", str(kept)) as address:
        tab.goto(address)
        tab.get_by_role("link", name="sheet.png").click()
        tab.wait_for_function("document.querySelector('.page img')?.naturalWidth > 0")
        target(tab, "1,402").click()
        (block,) = (row for row in rows(out, Block) if row.text == "1,402")
        assert block.confidence is not None
        assert tab.locator("#detail-sure").inner_text() == share_to_text(block.confidence)
        assert tab.evaluate(_LIT_IS_SEEN)
        tab.locator("#second").check()
        assert "no second reading" in tab.locator(".second-reading").inner_text()
        tab.locator("#correction [name=value]").fill("1403")
        tab.locator("#correction [name=reason]").fill("seen on the paper")
        tab.locator("#correction [name=reviewer]").fill("Sato")
        tab.locator('[data-decision="correct"]').click()
        tab.wait_for_selector("#answer:not(.failed):not(:empty)")
    assert main(convert) == 0
    assert [(row.value, row.reading) for row in rows(out, Observation) if row.value_text == "1,402"] == [
        (1403.0, "corrected")
    ]
