"""The forms of one document give the same records, ids and evidence aside: text, PDF, and workbook or Word file."""

from itertools import groupby
from pathlib import Path

import pytest

from extract.read import read_document
from normalize.reading import read_records
from schemas.rows import Tables as Records
from tests.agreement import Row, comparable
from tests.goldens import own_documents

RAW = Path(__file__).parents[1] / "data" / "raw"
OFFICE = RAW.parent / "sources" / "office"
PAIRS = [path.with_suffix("") for path in own_documents(RAW) if path.suffix == ".pdf"]
CORPUS = (
    "akiruno-r7-progress",
    "akishima-r4-report",
    "musashino-dai2-summary",
    "musashino-r7-sheets",
    "nishitokyo-plan-outline",
)


def records_of(path: Path) -> Records:
    return read_records(read_document(path.read_bytes(), path.name))


@pytest.mark.parametrize("stem", PAIRS, ids=lambda stem: stem.name)
def test_our_own_documents(stem: Path) -> None:
    left = comparable(records_of(stem.with_suffix(".txt")))
    right = comparable(records_of(stem.with_suffix(".pdf")))
    [office] = OFFICE.glob(f"{stem.name}.*")
    printed_from = comparable(records_of(office))
    for table in left:
        assert left[table] == right[table], table
        assert left[table] == printed_from[table], table


@pytest.mark.parametrize("name", CORPUS)
def test_the_real_documents(corpus: Path, name: str) -> None:
    """Passages are joined by section: a page prints a line end, but not whether it ends a paragraph too."""
    left = comparable(records_of(corpus / "text" / f"{name}.txt"))
    right = comparable(records_of(corpus / "pdf" / f"{name}.pdf"))
    for table in left:
        if table == "passages":
            assert joined(left[table]) == joined(right[table])
        else:
            assert left[table] == right[table], table


def joined(passages: list[Row]) -> list[tuple[object, ...]]:
    def section(row: Row) -> tuple[object, ...]:
        return row.get("measure_id"), row["section"], row.get("fiscal_year"), row.get("attribution")

    return [(key, "".join(str(row["text"]) for row in rows)) for key, rows in groupby(passages, section)]
