"""Two-stage goldens of our own documents: bytes → Document, and Document → records."""

from pathlib import Path

import pytest

from extract.read import read_document
from normalize.reading import read_records
from tests.agreement import comparable
from tests.document_json import document_to_json, json_to_document
from tests.goldens import ROOT, check_golden, own_documents, rows_to_text

RAW = Path(__file__).parents[1] / "data" / "raw"
OFFICE = Path(__file__).parents[1] / "data" / "sources" / "office"
FORMS = {"txt": "text.json", "pdf": "pdf.json", "xlsx": "office.json", "docx": "office.json"}
FILES = {
    (path.stem, path.suffix[1:]): path
    for path in (*own_documents(RAW), *own_documents(OFFICE))
    if path.suffix[1:] in FORMS
}
DOCUMENTS = sorted(FILES)
NAMES = sorted({name for name, _ in DOCUMENTS})


@pytest.mark.parametrize(("name", "suffix"), DOCUMENTS)
def test_extraction(name: str, suffix: str, update_goldens: bool) -> None:
    path = FILES[name, suffix]
    document = read_document(path.read_bytes(), path.name)
    check_golden(ROOT / name / FORMS[suffix], document_to_json(document), update=update_goldens)


@pytest.mark.parametrize(("name", "suffix"), DOCUMENTS)
def test_normalisation(name: str, suffix: str, update_goldens: bool) -> None:
    """Starts from the golden Document, so that it fails only where this room is at fault."""
    document = json_to_document((ROOT / name / FORMS[suffix]).read_text(encoding="utf-8"))
    records = rows_to_text(comparable(read_records(document)))
    check_golden(ROOT / name / "records.json", records, update=update_goldens)


def test_every_golden_has_its_document() -> None:
    assert NAMES
    assert sorted(path.name for path in ROOT.iterdir() if (path / "records.json").exists()) == NAMES


def test_a_golden_is_written_only_when_asked(tmp_path: Path) -> None:
    golden = tmp_path / "made" / "records.json"
    with pytest.raises(AssertionError, match=r"no golden records\.json"):
        check_golden(golden, "one", update=False)
    check_golden(golden, "one", update=True)
    check_golden(golden, "one", update=False)
    with pytest.raises(AssertionError, match="differs"):
        check_golden(golden, "two", update=False)
    assert golden.read_text(encoding="utf-8") == "one"
