"""The second reading: by the reader that did not read the document, and what it sees where the tables say otherwise."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.convert import convert
from pipeline.options import Options
from pipeline.review.evidence import DocumentView
from pipeline.review.second import SecondReading, second_reading, to_script
from pipeline.review.snapshot import load_snapshot
from schemas.records import Block
from tests.pipeline.review.made import HOSTILE, pdf

RAW = Path(__file__).parents[3] / "data" / "raw"


def the_one(out: Path) -> DocumentView:
    (view,) = load_snapshot(out, []).documents.values()
    return view


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("second") / "sheet.pdf"
    path.write_bytes(pdf())
    return path


@pytest.fixture(scope="module")
def view(source: Path) -> DocumentView:
    """What a conversion reads of the page."""
    convert([source], source.parent / "tables", Options())
    return the_one(source.parent / "tables")


def read_by(view: DocumentView, reader: str | None) -> DocumentView:
    return replace(view, row=replace(view.row, reader=reader))


def changed(view: DocumentView, old: str, new: str) -> DocumentView:
    """The document with another text in its blocks than its page prints."""

    def with_text(block: Block) -> Block:
        return replace(block, text=block.text.replace(old, new))

    (page,) = view.pages
    blocks = tuple(replace(found, block=with_text(found.block)) for found in page.blocks)
    return replace(view, pages=(replace(page, blocks=blocks),))


def test_the_readers_agree_on_a_plain_page(view: DocumentView, source: Path) -> None:
    assert {found.block.text for page in view.pages for found in page.blocks} == {"Sheet of the year", "20 firms", "A"}
    for reader in ("pdfium", "pdfplumber", None):
        assert second_reading(read_by(view, reader), source).texts == {}


@pytest.mark.parametrize(
    ("first", "second"),
    [("pdfium", "pdfplumber"), ("pdfplumber", "pdfium"), (None, "pdfplumber"), ("pdfium, pdfplumber", "pdfplumber")],
)
def test_it_is_never_the_reader_of_the_tables(view: DocumentView, source: Path, first: str | None, second: str) -> None:
    assert view.row.reader == "pdfium"
    found = second_reading(read_by(changed(view, "20 firms", "70 firms"), first), source)
    assert found.readers == {1: second}
    assert list(found.texts.values()) == ["20 firms"]


@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
def test_what_the_page_does_not_print_is_seen_as_nothing(view: DocumentView, source: Path, reader: str) -> None:
    (page,) = view.pages
    low = replace(page.blocks[0].block, block_id="other", top=200.0, bottom=220.0, text="left over")
    more = replace(page, blocks=(*page.blocks, replace(page.blocks[0], number=99, block=low)))
    assert second_reading(read_by(replace(view, pages=(more,)), reader), source).texts == {99: ""}


@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
def test_a_box_cut_otherwise_shows_what_lies_in_it(view: DocumentView, source: Path, reader: str) -> None:
    (page,) = view.pages
    whole = replace(
        page.blocks[0].block, block_id="whole", x0=0.0, top=0.0, x1=400.0, bottom=300.0, text="all of the page"
    )
    one = replace(page, blocks=(replace(page.blocks[0], block=whole),))
    (text,) = second_reading(read_by(replace(view, pages=(one,)), reader), source).texts.values()
    assert text.split() == ["Sheet", "of", "the", "year", "20", "firms", "A"]


@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
def test_a_page_that_it_cannot_read_is_told(view: DocumentView, tmp_path: Path, reader: str) -> None:
    path = tmp_path / "cut.pdf"
    path.write_bytes(pdf()[:200])
    found = second_reading(read_by(view, reader), path)
    assert found.texts == {}
    assert found.failed[1]


def test_the_script_holds_any_text_as_text() -> None:
    script = to_script(SecondReading({1: "pdfplumber"}, {2: HOSTILE[0] + "\u2028"}, {}))
    assert script.isascii()
    said = json.loads(script.removeprefix("secondReading(").removesuffix(");\n"))
    assert said == {"readers": {"1": "pdfplumber"}, "texts": {"2": HOSTILE[0] + "\u2028"}, "failed": {}}


@pytest.mark.parametrize("name", ["akiruno-progress.pdf", "musashino-summary.pdf"])
def test_both_readers_see_the_same_in_every_box_of_our_own_documents(tmp_path: Path, name: str) -> None:
    convert([RAW / name], tmp_path, Options())
    view = the_one(tmp_path)
    found = second_reading(view, RAW / name)
    assert set(found.readers.values()) == {"pdfplumber"}
    assert found.texts == found.failed == {}
