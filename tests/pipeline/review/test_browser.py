"""The review in a real browser: what lights what, where findings lead, a correction and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from pipeline.convert import convert
from pipeline.correcting import corrected
from pipeline.corrections import read_corrections
from pipeline.options import Options
from pipeline.parquet import write_snapshot
from pipeline.review.command import write_review
from pipeline.review.desk import Desk
from pipeline.review.server import make_server
from pipeline.review.site import write_site
from schemas.arrow import records_to_table
from schemas.records import TABLES
from tests.pipeline.review.made import FORMULA, HOSTILE, serving, tables, write_example

pytest.importorskip("playwright.sync_api", reason="the playwright package is not installed")

from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[3]
_VALUE = 'tr[data-table="observations"] .v[data-field="value"]'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> str:
    out, source = write_example(tmp_path_factory.mktemp("review"))
    write_review(out, [source], out.parent / "site")
    return (out.parent / "site" / "index.html").as_uri()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[Desk, str]]:
    out, source = write_example(tmp_path)
    served = Desk(out, [source], tmp_path / "corrections")
    server = make_server(served, 0)
    with serving(server):
        yield served, f"http://127.0.0.1:{server.server_address[1]}/?token={served.token}"


def opened(tab: Page, site: str) -> Page:
    tab.goto(site)
    tab.get_by_role("link", name="sheet.pdf").click()
    tab.wait_for_selector("#page-pane.show-value")
    return tab


def lit(tab: Page, kind: str) -> list[str]:
    found: list[str] = tab.eval_on_selector_all(f".{kind}.lit", "all => all.map(one => one.id || one.dataset.field)")
    return found


def test_the_index_filters_and_sorts(tab: Page, site: str) -> None:
    tab.goto(site)
    rows = tab.locator("#documents tbody tr")
    tab.locator("#filter-text").fill("ＳＨＥＥＴ")
    assert rows.first.is_visible()
    tab.locator("#filter-text").fill("nothing like it")
    assert not rows.first.is_visible()
    assert tab.locator("#shown").inner_text() == "0"
    tab.locator("#filter-text").fill("")
    tab.locator("#filter-severity").select_option("none")
    assert not rows.first.is_visible()
    tab.locator("#filter-severity").select_option("error")
    assert rows.first.is_visible()
    tab.locator('[data-sort="name"]').click()
    assert tab.locator(".col-name[aria-sort]").first.get_attribute("aria-sort") == "ascending"


def test_the_page_speaks_the_browsers_language_and_the_other(tab: Page, site: str) -> None:
    tab.goto(site)
    assert tab.locator("h1").inner_text() == "Review of evaluation documents"
    assert tab.locator("#filter-text").get_attribute("placeholder") == "Name, municipality, plan"
    tab.locator("#language").click()
    assert tab.locator("h1").inner_text() == "評価書の確認"
    assert tab.locator("html").get_attribute("lang") == "ja"


def test_a_value_lights_its_place_and_the_place_its_values(tab: Page, site: str) -> None:
    opened(tab, site)
    tab.locator(_VALUE).click()
    assert lit(tab, "b") == ["b2"]
    assert lit(tab, "v") == ["value"]
    tab.locator("#b3").click()
    assert lit(tab, "b") == ["b3"]
    assert lit(tab, "v") == ["grade"]
    tab.keyboard.press("Escape")
    assert lit(tab, "b") == lit(tab, "v") == []


def test_a_value_and_a_page_have_an_address(tab: Page, site: str) -> None:
    opened(tab, site)
    tab.locator(_VALUE).click()
    address = tab.evaluate("location.href")
    assert address.endswith("-m1-i1-target-2025/value")
    tab.goto("about:blank")
    tab.goto(address)
    assert lit(tab, "v") == ["value"]
    assert tab.locator("#detail-value").inner_text() == "20"
    tab.locator("#find-page").select_option("page-1")
    assert tab.evaluate("location.hash") == "#page-1"


def test_a_text_is_found_in_the_document(tab: Page, site: str) -> None:
    opened(tab, site)
    tab.keyboard.press("/")
    tab.keyboard.type("２０ FIRMS")
    tab.keyboard.press("Enter")
    assert lit(tab, "b") == ["b2"]
    assert tab.locator("#found").inner_text() == "1 / 1"
    tab.locator("#find-text").fill("nothing like it")
    tab.keyboard.press("Enter")
    assert tab.locator("#found").inner_text() == "0 / 0"


def test_a_value_in_the_years_of_its_indicator_leads_to_its_record(tab: Page, site: str) -> None:
    opened(tab, site)
    tab.locator("table.grid .jump").first.click()
    assert lit(tab, "v") == ["value"]


def test_the_keyboard_is_enough(tab: Page, site: str) -> None:
    opened(tab, site)
    tab.keyboard.press("j")
    first = tab.evaluate("document.activeElement.dataset.field")
    tab.keyboard.press("j")
    assert tab.evaluate("document.activeElement.dataset.field") != first
    tab.keyboard.press("k")
    assert tab.evaluate("document.activeElement.dataset.field") == first
    tab.locator("#b1").focus()
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("Enter")
    assert lit(tab, "b") == ["b2"]
    tab.keyboard.press("n")
    assert lit(tab, "b") == ["b3"]


def test_a_finding_leads_to_its_place(tab: Page, site: str) -> None:
    opened(tab, site)
    tab.locator("#f1 .jump").click()
    assert lit(tab, "b") == ["b3"]
    assert lit(tab, "v") == ["grade"]
    tab.locator("#f2 .jump").click()
    assert lit(tab, "b") == ["b7"]
    assert "left over" in tab.locator("#detail-block").inner_text()


def test_a_switch_shows_what_the_second_reader_saw(tab: Page, site: str) -> None:
    opened(tab, site)
    assert not tab.locator(".second-reading").is_visible()
    assert not tab.locator(".b.differs").count()
    tab.locator("#second").check()
    tab.locator(".second-reading .jump").last.wait_for()
    assert tab.locator(".second-reading .jump").count() == 4
    assert "pdfplumber sees otherwise" in tab.locator(".second-reading").inner_text()
    assert tab.eval_on_selector_all(".b.differs", "all => all.map(one => one.id)") == ["b4", "b5", "b6", "b7"]
    tab.locator(".second-reading .jump").first.click()
    assert lit(tab, "b") == ["b4"]
    assert tab.locator("#detail-second").inner_text() == "(nothing)"
    assert tab.locator("#detail-reader").inner_text() == "pdfplumber"
    assert tab.title() == "sheet.pdf – hyoka"


def test_the_second_reading_is_made_when_it_is_asked_for(tab: Page, desk: tuple[Desk, str]) -> None:
    opened(tab, desk[1])
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.locator("#second").check()
    tab.locator(".second-reading .jump").last.wait_for()
    tab.locator("#second").uncheck()
    tab.locator("#second").check()
    assert [url.rpartition("/")[2] for url in asked] == [f"{tab.locator('body').get_attribute('data-document')}.js"]


def test_hostile_text_shows_as_text(tab: Page, site: str) -> None:
    tab.goto(site)
    assert HOSTILE[0] in tab.locator("#documents").inner_text()
    opened(tab, site)
    shown = tab.locator("#records").inner_text()
    assert HOSTILE[0] in shown
    assert HOSTILE[1] in shown
    assert FORMULA in shown
    for block in ("#b4", "#b5", "#b6"):
        tab.locator(block).click()
    assert tab.locator("#detail-block").inner_text() == FORMULA
    assert tab.title() == "sheet.pdf – hyoka"


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_screen(
    browser: Browser, site: str, size: tuple[int, int], scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    page = context.new_page()
    for address in (site, ""):
        if address:
            page.goto(address)
        else:
            page.get_by_role("link", name="sheet.pdf").click()
            page.locator(_VALUE).click()
            assert page.locator(_VALUE).is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    context.close()


def test_names_and_years_stay_in_their_columns(browser: Browser, tmp_path: Path) -> None:
    sheet = ROOT / "data" / "raw" / "musashino-sheets-r7.pdf"
    convert([sheet], tmp_path / "out", Options())
    write_site(tmp_path / "out", [sheet], tmp_path / "site")
    (document,) = (tmp_path / "site" / "documents").iterdir()
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(document.as_uri())
    cells = page.locator(".measure .records :is(th, td)")
    assert cells.count() > 100
    assert cells.evaluate_all("all => all.filter(one => one.scrollWidth > one.clientWidth + 1).length") == 0
    years = page.locator(".records .field-fiscal_year .value")
    assert years.evaluate_all("all => Math.max(...all.map(one => one.getClientRects().length))") == 1
    context.close()


def test_a_correction_is_written_applied_and_shown(tab: Page, desk: tuple[Desk, str]) -> None:
    served, address = desk
    opened(tab, address)
    tab.locator(_VALUE).click()
    tab.locator("#correction [name=value]").fill("25")
    tab.locator('[data-decision="correct"]').click()
    tab.wait_for_selector("#answer.failed")
    assert "reason" in tab.locator("#answer").inner_text()
    tab.locator("#correction [name=reason]").fill("the page says so")
    tab.locator("#correction [name=reviewer]").fill("<b>Sato</b>")
    tab.locator('[data-decision="correct"]').click()
    tab.wait_for_selector("#answer:not(.failed):not(:empty)")
    assert "→ 25" in tab.locator(_VALUE).inner_text()

    found = corrected(tables(), read_corrections(served.corrections))
    declared = {declaration.name: declaration for declaration in TABLES}
    written = {name: records_to_table(rows, declared[name]) for name, rows in found.items()}
    write_snapshot(written, served.out, {"hyoka.schema_version": "1", "hyoka.inputs_sha256": "00"})

    tab.reload()
    value = tab.locator(_VALUE)
    assert value.get_attribute("data-raw") == "25"
    assert "Corrected" in value.inner_text()
    value.click()
    assert tab.locator("#detail-note").inner_text() == "read as 20: the page says so (<b>Sato</b>)"


def test_a_correction_is_written_as_people_write_it_and_listed_at_once(tab: Page, desk: tuple[Desk, str]) -> None:
    served, address = desk
    opened(tab, address)
    row = tab.locator('tr[data-table="observations"]').first
    row.locator('[data-field="value"]').click()
    assert tab.locator("#writing-unit").inner_text() == "(firms)"
    row.locator('[data-field="fiscal_year"]').click()
    tab.locator("#correction [name=reason]").fill("as printed")
    tab.locator("#correction [name=value]").fill("6")
    tab.locator('[data-decision="correct"]').click()
    tab.wait_for_selector("#answer.failed")
    assert "a fiscal year as 2024" in tab.locator("#answer").inner_text()
    tab.locator("#correction [name=value]").fill("令和6年度")
    tab.locator('[data-decision="correct"]').click()
    tab.wait_for_selector("#answer:not(.failed):not(:empty)")
    assert f"with --corrections {served.corrections} applies it" in tab.locator("#answer").inner_text()
    row.locator('[data-field="role"]').click()
    assert not tab.locator("#correction [name=value]").is_visible()
    tab.locator("#correction [name=choice]").select_option(label="Actual")
    tab.locator("#correction [name=reason]").fill("as printed")
    tab.locator('[data-decision="correct"]').click()
    tab.wait_for_selector("#answer:not(.failed):not(:empty)")
    assert [(one.field, one.value) for one in read_corrections(served.corrections)] == [
        ("fiscal_year", "令和6年度"),
        ("role", "actual"),
    ]
    listed = tab.locator("#decisions li")
    assert [" ".join(text.split()) for text in listed.all_inner_texts()][1].startswith("Corrected Observations role")
    listed.last.locator(".undo").click()
    listed.nth(1).wait_for(state="detached")
    assert "Actual" not in row.locator('[data-field="role"]').inner_text()


def test_a_value_is_accepted_and_the_decision_withdrawn(tab: Page, desk: tuple[Desk, str]) -> None:
    served, address = desk
    opened(tab, address)
    tab.locator(_VALUE).click()
    tab.locator('[data-decision="accept"]').click()
    tab.wait_for_selector("#answer:not(.failed):not(:empty)")
    (made,) = read_corrections(served.corrections)
    assert (made.decision, made.value, made.printed) == ("accept", "20", "20 firms")
    tab.reload()
    assert "Accepted" in tab.locator(_VALUE).inner_text()
    tab.locator(_VALUE).click()
    tab.locator('[data-decision="withdraw"]').click()
    tab.wait_for_selector("#answer:not(.failed):not(:empty)")
    assert read_corrections(served.corrections) == ()


def test_a_page_of_an_earlier_start_is_told_to_load_again(tab: Page, desk: tuple[Desk, str]) -> None:
    served, address = desk
    opened(tab, address)
    tab.locator(_VALUE).click()
    served.token = replace(served).token[::-1]
    tab.locator('[data-decision="accept"]').click()
    tab.wait_for_selector("#answer.failed")
    assert "load the page again" in tab.locator("#answer").inner_text()


def test_a_measure_is_added_to_the_document(tab: Page, desk: tuple[Desk, str]) -> None:
    served, address = desk
    opened(tab, address)
    tab.locator("#unclaimed .jump").first.click()
    tab.locator("#adding summary").click()
    tab.locator("#addition select[name=table]").select_option("measures")
    tab.locator("#addition select[name=record]").select_option(label="The whole document")
    tab.locator("#addition [name=measure_name]").fill("港の整備")
    tab.locator("#addition select[name=measure_level]").select_option("program")
    tab.locator("#addition [name=reason]").fill("it was not read")
    tab.get_by_role("button", name="Add a record").click()
    tab.locator("#added").get_by_text("saved in").wait_for()
    (made,) = read_corrections(served.corrections)
    assert (made.table, made.record) == ("measures", made.document_id)
    assert dict(made.values) == {"measure_name": "港の整備", "measure_level": "program"}


def test_a_record_is_removed_another_added_and_both_are_undone(tab: Page, desk: tuple[Desk, str]) -> None:
    served, address = desk
    opened(tab, address)
    tab.locator('tr[data-table="passages"] .v[data-field="text"]').first.click()
    tab.locator("#correction [name=reason]").fill("no passage")
    tab.locator("#correction [name=reviewer]").fill("Sato")
    tab.get_by_role("button", name="Remove the record").click()
    tab.get_by_text("saved in").wait_for()
    tab.locator("#unclaimed .jump").first.click()
    tab.locator("#adding summary").click()
    tab.locator("#addition select[name=section]").select_option("issue")
    tab.locator("#addition [name=reason]").fill("it was not read")
    assert tab.locator("#addition [name=reviewer]").input_value() == "Sato"
    tab.get_by_role("button", name="Add a record").click()
    tab.locator("#added").get_by_text("saved in").wait_for()
    made = read_corrections(served.corrections)
    assert [(one.decision, one.table, one.printed) for one in made][1] == ("add", "passages", "left over")
    assert made[0].decision == "remove"
    tab.reload()
    while tab.locator("#decisions .undo").count():
        last = tab.locator("#decisions .undo").nth(tab.locator("#decisions .undo").count() - 1)
        tab.locator("#decisions .undo").first.click()
        last.wait_for(state="detached")
    assert read_corrections(served.corrections) == ()
