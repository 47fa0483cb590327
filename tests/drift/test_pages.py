"""Drift of print on pages: other fonts, papers and rulings, another producer; the records are those of the base."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Error, sync_playwright

from data.sources.build import FORMS, print_pdf
from data.sources.facts import Content
from extract.read import read_document
from normalize.reading import read_records
from schemas.rows import Tables as Records
from tests.drift.base import BASES, content_of, content_to_facts, faults, told
from tests.drift.html import print_to_html
from tests.drift.printing import content_to_print
from tests.rendering.page import PageStyle, fonts, print_to_pdf

STYLES = {
    "a font that the file lacks": PageStyle(),
    "boxes, fake bold, page numbers": PageStyle(
        font="HeiseiKakuGo-W5", ruling="boxes", middle=True, bold_twins=True, number="- {} -"
    ),
    "rules that are fills, cut rows, the header again": PageStyle(
        font="ipam", ruling="fills", cuts_rows=True, repeats_header=True, number="{}"
    ),
    "rows cut open": PageStyle(font="ipagp", cuts_rows=True, opens_cuts=True, hanging=True, leading=1.2),
    "A3 across": PageStyle(landscape=True, large=True, size=10.5, rule_width=1.0, padding=5.0),
}
LOOKS = {
    "doubled rules": "td, th { border: 3px double black; } body { font: 6.5pt IPAPGothic; }",
    "white rules between fills": "td, th { border: 1px solid white; background: #e8eef8; }",
    "text in the middle, labels spread": "td, th { vertical-align: middle; } .label { letter-spacing: 0.4em; }",
    "another font": "body { font-family: 'Noto Sans CJK JP', 'Noto Serif CJK JP'; }",
}
PAPER = {"akiruno.progress": "A3 landscape"}


def small(layout: str) -> Content:
    """A few pages of the base, which are soon read."""
    content = content_of(layout)
    if layout == "musashino.sheet":
        # Where prose in several lines is one paragraph, a page cannot tell.
        content["sheet"] = [sheet for sheet in content["sheet"] if len(sheet["council"]["lines"]) == 1][:2]
    elif layout == "akiruno.progress":
        content["direction"] = content["direction"][:1]
    elif layout == "musashino.summary":
        content["goal"] = content["goal"][:2]
    elif layout == "akishima.report":
        content["review"], content["policy"] = content["review"][:4], content["policy"][:1]
        content["policy"][0]["card"] = [card for card in content["policy"][0]["card"] if "of" not in card][:4]
        content["matrix"]["row"] = content["matrix"]["row"][:2]
    return content


def read(data: bytes) -> Records:
    return read_records(read_document(data, "made.pdf"))


def assert_is_base(layout: str, data: bytes, content: Content) -> None:
    records = read(data)
    assert faults(records, content_to_facts(layout, content)) == []
    known = {row["rule"] for row in content_to_facts(layout, content)["findings"]} | {
        "reprint-unresolved",
        "numbering-gap",
    }
    assert {finding.rule for finding in told(records)} <= known


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("layout", BASES)
def test_pages(layout: str, style: str) -> None:
    content, look = small(layout), STYLES[style]
    if look.font not in fonts():
        look = replace(look, font=PageStyle().font)
    if layout == "akiruno.progress":
        look = replace(look, landscape=True, large=True, size=7.0)
    assert_is_base(layout, print_to_pdf(content_to_print(layout, content), look), content)


@pytest.fixture(scope="module")
def browser() -> Iterator[Callable[[str], bytes]]:
    """Prints HTML as a browser does; the tests are skipped where none is installed."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("no chromium on the path")
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        except Error as error:
            pytest.skip(f"chromium does not start: {error}")
        page = started.new_page()

        def print_html(text: str) -> bytes:
            page.set_content(text)
            return page.pdf(prefer_css_page_size=True, print_background=True)

        yield print_html
        started.close()


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("layout", BASES)
def test_a_browser(layout: str, look: str, browser: Callable[[str], bytes]) -> None:
    content = small(layout)
    style = f"@page {{ size: {PAPER.get(layout, 'A4')}; margin: 12mm }} {LOOKS[look]}"
    assert_is_base(layout, browser(print_to_html(content_to_print(layout, content), style)), content)


@pytest.mark.parametrize("layout", BASES)
def test_an_office_program(layout: str, tmp_path: Path) -> None:
    """The base, printed from a workbook or a text document: what the pages of data/raw were made with."""
    if shutil.which("soffice") is None:
        pytest.skip("no LibreOffice on the path")
    content = small(layout)
    form = FORMS[BASES[layout]]
    office = tmp_path / f"made{form.suffix}"
    form.office(content, office)
    print_pdf(office, tmp_path, tmp_path)
    if not (tmp_path / "made.pdf").exists():
        pytest.skip(f"the office program here prints no {form.suffix}: its part for such files is not installed")
    assert_is_base(layout, (tmp_path / "made.pdf").read_bytes(), content)
