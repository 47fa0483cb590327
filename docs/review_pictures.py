"""Draw the README's pictures of the review, docs/review-*.webp: our own documents in both languages, light and dark.

    python docs/review_pictures.py

It takes Debian's chromium, Noto's Japanese font (fonts-noto-cjk) and the playwright package (`make test` installs it).
"""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from pipeline.convert import convert
from pipeline.options import Options
from pipeline.review.site import write_site

HERE = Path(__file__).parent
RAW = HERE.parent / "data" / "raw"
WIDTH, HEIGHT = 1280, 760
SHEET, VALUE = (
    "musashino-sheets-r7.pdf",
    'tr[data-table="observations"] .v[data-field="value"][data-raw]:not([data-raw=""])',
)
"""The document that is shown, and the value that is lit: the first target that is a number."""


def main(target: Path) -> None:
    """Write the pictures to a folder."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as driver:
        folder = Path(name)
        convert(sorted(RAW.glob("*.pdf")), folder / "tables", Options())
        site = write_site(folder / "tables", [RAW], folder / "site").index.as_uri()
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for language, locale in (("en", "en-GB"), ("ja", "ja-JP")):
            for scheme in ("light", "dark"):
                for kind, picture in _pictures(browser, site, locale, scheme):
                    image = Image.open(io.BytesIO(picture)).convert("RGB")
                    image.save(target / f"review-{kind}-{language}-{scheme}.webp", lossless=True, quality=100)
        browser.close()


def _pictures(browser: Browser, site: str, locale: str, scheme: str) -> Iterator[tuple[str, bytes]]:
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, locale=locale, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(site)
    page.evaluate("document.fonts.ready")
    yield "index", page.screenshot(full_page=True)
    page.get_by_role("link", name=SHEET).click()
    _look_at_a_value(page)
    yield "document", page.screenshot()
    context.close()


def _look_at_a_value(page: Page) -> None:
    page.locator(VALUE).first.click()
    page.evaluate("document.querySelector('.sheet img').decode()")
    page.mouse.move(0, 0)
    page.wait_for_timeout(500)


if __name__ == "__main__":
    main(HERE)
