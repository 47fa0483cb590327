"""The review as files: everything has its place, everything printed is text, nothing comes from elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image

from pipeline.cli import main
from pipeline.review.charts import said_once
from pipeline.review.evidence import document_view
from pipeline.review.html import words
from pipeline.review.pictures import LONGEST_SIDE
from pipeline.review.site import write_site
from pipeline.sources import UsageError
from schemas.records import DocumentRow, Finding, Observation, Result
from tests.pipeline.review.made import FORMULA, HOSTILE, tables, write_example


class Elements(HTMLParser):
    """What stands in a page: tags with their attributes, and the text between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out, source = write_example(tmp_path_factory.mktemp("review"))
    return write_site(out, [source], out.parent / "site").index.parent


@pytest.fixture(scope="module")
def document(site: Path) -> Elements:
    (path,) = (site / "documents").iterdir()
    return Elements(path.read_text(encoding="utf-8"))


def test_hostile_text_is_text(site: Path, document: Elements) -> None:
    for page in (document, Elements((site / "index.html").read_text(encoding="utf-8"))):
        assert HOSTILE[0] in page.text
        assert [attributes.get("src") for tag, attributes in page.tags if tag == "script"] != [None]
        assert not [attributes for _, attributes in page.tags if any(name.startswith("on") for name in attributes)]
        assert all(
            (attributes.get("src") or "").startswith("../pages/") for tag, attributes in page.tags if tag == "img"
        )
    assert FORMULA in document.text
    assert HOSTILE[1] in document.text


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    for path in site.rglob("*"):
        if path.suffix in (".html", ".css", ".js"):
            text = path.read_text(encoding="utf-8")
            own = text.replace("http://www.w3.org/1999/xhtml", "").replace("http://example.invalid", "")
            assert not re.search(r"https?://|url\(|@import|\b(src|href)=.//", own), path.name


def test_every_address_leads_to_a_file(site: Path) -> None:
    for path in site.rglob("*.html"):
        page = Elements(path.read_text(encoding="utf-8"))
        for _, attributes in page.tags:
            for name in ("src", "href"):
                address = attributes.get(name) or "#"
                if not address.startswith(("#", "data:")):
                    assert (path.parent / address).is_file(), address


def test_every_value_points_at_blocks_that_are_there(document: Elements) -> None:
    blocks = {attributes["id"] for _, attributes in document.tags if (attributes.get("class") or "").startswith("b ")}
    values = [attributes for _, attributes in document.tags if "v" in (attributes.get("class") or "").split()]
    assert len(blocks) == 7
    assert values
    for value in values:
        assert {f"b{number}" for number in (value["data-b"] or "").split()} <= blocks
        assert value["data-b"] or value["data-field"] == "fiscal_year"


def test_a_finding_leads_to_its_record_and_an_unclaimed_text_to_its_block() -> None:
    grade, left = document_view(tables()).findings
    assert grade.record is not None
    assert grade.blocks == (3,)
    assert left.record is None
    assert left.blocks == (7,)


def test_pictures_are_of_a_sensible_size(site: Path) -> None:
    (picture,) = (site / "pages").iterdir()
    with Image.open(picture) as image:
        assert image.size == (800, 600)
        assert max(image.size) <= LONGEST_SIDE


def test_without_its_source_a_document_is_shown_as_boxes(tmp_path: Path) -> None:
    out, _ = write_example(tmp_path)
    site = write_site(out, [], tmp_path / "site")
    (path,) = (tmp_path / "site" / "documents").iterdir()
    page = Elements(path.read_text(encoding="utf-8"))
    assert site.pictures == 0
    assert not [tag for tag, _ in page.tags if tag == "img"]
    assert sum(tag == "rect" for tag, _ in page.tags) == 7


def test_the_same_tables_give_the_same_pages(tmp_path: Path) -> None:
    out, source = write_example(tmp_path)
    first, second = (
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }
        for name in ("a", "b")
        if write_site(out, [source], tmp_path / name)
    )
    assert first == second


def test_everything_is_said_in_both_languages() -> None:
    for key, word in words().items():
        assert word.ja, key
        assert word.en, key


def test_the_command_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, source = write_example(tmp_path)
    assert main(["review", str(out), "--in", str(source)]) == 0
    said = capsys.readouterr().out
    assert (tmp_path / "tables-review" / "index.html").is_file()
    assert "1 documents, 1 pictures" in said


def test_a_folder_without_tables_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no tables"):
        write_site(tmp_path, [], tmp_path / "site")


def test_what_two_documents_say_alike_counts_once_and_what_one_says_twice_twice() -> None:
    def row(document: str, grade: str) -> Result:
        return Result(document_id=document, measure_code="1", fiscal_year=2025, grade_scheme_id="x", grade_text=grade)

    rows = [row("a", "A"), row("a", "A"), row("b", "A"), row("b", "A"), row("b", "C")]
    assert [(said.document_id, said.grade_text) for said in said_once(rows)] == [("a", "A"), ("a", "A"), ("b", "C")]


def test_observations_say_their_indicator_and_lie_with_years_across() -> None:
    """Roles down, years across, thousands apart; the unit and the indicator stand once."""
    example = tables()
    (target,) = (row for row in example["observations"] if isinstance(row, Observation))
    more = [
        replace(target, observation_id=f"{target.observation_id}-{number}", fiscal_year=year, role=role, value=value)  # type: ignore[arg-type]
        for number, (role, year, value) in enumerate(
            [("actual", 2024, 1234.5), ("target", 2024, 20000.0), ("actual", None, 3.0)]
        )
    ]
    view = document_view({**example, "observations": (target, *more)})
    (grid,) = (measure.grid for measure in view.measures if measure.grid)
    assert grid.years == (None, 2024, 2025)
    said = [
        (row.name is not None, row.unit, row.role.en, [[cell.text for cell in cells] for cells in row.cells])
        for row in grid.rows
    ]
    assert said == [
        (True, "firms", "Target", [[], ["20,000"], ["20"]]),
        (False, "firms", "Actual", [["3"], ["1,234.5"], []]),
    ]
    (table,) = (t for measure in view.measures for t in measure.tables if t.name == "observations")
    assert {record.indicator for record in table.records} == {grid.rows[0].name}


def test_findings_stand_with_errors_first_and_in_the_order_of_pages() -> None:
    example = tables()
    finding = next(row for row in example["findings"] if isinstance(row, Finding))
    order = [("note", 1), ("error", 3), ("warning", 2), ("error", 1)]
    found = tuple(
        replace(finding, finding_id=f"f{number}", severity=severity, page=page)  # type: ignore[arg-type]
        for number, (severity, page) in enumerate(order)
    )
    view = document_view({**example, "findings": found})
    assert [(f.finding.severity, f.finding.page) for f in view.findings] == [
        ("error", 1),
        ("error", 3),
        ("warning", 2),
        ("note", 1),
    ]


def test_what_a_reviewer_may_know_of_a_document_can_be_filled_in() -> None:
    example = tables()
    (row,) = (row for row in example["documents"] if isinstance(row, DocumentRow))
    unknown = replace(row, fiscal_year=None, plan_name=None)
    view = document_view({**example, "documents": (unknown,)})
    (table,) = (t for measure in view.measures for t in measure.tables if t.name == "documents")
    fields = {field.name: field for field in table.records[0].fields}
    assert all(fields[name].is_correctable and not fields[name].raw for name in ("fiscal_year", "plan_name"))


def test_records_stand_before_what_was_not_understood(site: Path) -> None:
    (path,) = (site / "documents").iterdir()
    page = path.read_text(encoding="utf-8")
    places = [page.index(f'<section id="{name}"') for name in ("findings", "records", "unclaimed")]
    assert places == sorted(places)
