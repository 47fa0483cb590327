"""The text form and the PDF of one document give the same records, ids and evidence aside."""

from pathlib import Path

import pytest

from extract.read import read_document
from normalize.reading import Records, read_records
from tests.agreement import comparable

RAW = Path(__file__).parents[1] / "data" / "raw"
PAIRS = sorted(path.with_suffix("") for path in RAW.glob("*.pdf"))
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
    assert_same(records_of(stem.with_suffix(".txt")), records_of(stem.with_suffix(".pdf")))


@pytest.mark.parametrize("name", CORPUS)
def test_the_real_documents(corpus: Path, name: str) -> None:
    assert_same(records_of(corpus / "text" / f"{name}.txt"), records_of(corpus / "pdf" / f"{name}.pdf"))


def assert_same(of_text: Records, of_pdf: Records) -> None:
    left, right = comparable(of_text), comparable(of_pdf)
    for table in left:
        assert left[table] == right[table], table
