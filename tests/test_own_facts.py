"""Our own documents hold what was written down of them by hand, in each of their forms."""

from functools import cache
from pathlib import Path

import pytest

from extract.read import read_document
from normalize.reading import read_records
from schemas.records import DocumentRow, Finding
from schemas.rows import Tables as Records
from tests.facts import COMPARED, as_facts, differences, read_facts
from tests.goldens import own_documents

DATA = Path(__file__).parents[1] / "data"
NAMES = sorted(path.name for path in (DATA / "sources" / "facts").iterdir() if path.is_dir())


@cache
def records_of(name: str, suffix: str) -> Records:
    path = (
        next((DATA / "sources" / "office").glob(f"{name}.*"))
        if suffix == "office"
        else DATA / "raw" / f"{name}.{suffix}"
    )
    return read_records(read_document(path.read_bytes(), path.name))


@pytest.mark.parametrize("suffix", ["txt", "pdf", "office"])
@pytest.mark.parametrize("table", COMPARED)
@pytest.mark.parametrize("name", NAMES)
def test_facts(name: str, table: str, suffix: str) -> None:
    expected = read_facts(DATA / "sources" / "facts" / name, table)
    columns = tuple(expected[0]) if expected else ()
    found = as_facts(records_of(name, suffix), table, columns)
    assert differences(expected, found) == []


@pytest.mark.parametrize("suffix", ["txt", "pdf", "office"])
@pytest.mark.parametrize("name", NAMES)
def test_findings(name: str, suffix: str) -> None:
    """The contradictions that were planted are found, and no other error or warning is."""
    expected = sorted(row["rule"] for row in read_facts(DATA / "sources" / "facts" / name, "findings"))
    findings = [row for row in records_of(name, suffix)["findings"] if isinstance(row, Finding)]
    assert sorted(row.rule for row in findings if row.severity != "note") == expected


@pytest.mark.parametrize("suffix", ["txt", "pdf", "office"])
@pytest.mark.parametrize("name", NAMES)
def test_every_character_is_accounted_for(name: str, suffix: str) -> None:
    (row,) = (row for row in records_of(name, suffix)["documents"] if isinstance(row, DocumentRow))
    assert (row.status, row.coverage) == ("converted", 1.0)


def test_every_document_has_facts() -> None:
    assert sorted({path.stem for path in own_documents(DATA / "raw")}) == NAMES
