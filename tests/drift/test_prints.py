"""The same document printed otherwise gives the same records."""

from functools import cache
from pathlib import Path

import pytest

from extract.read import read_document
from normalize.reading import read_records
from schemas.rows import Tables as Records
from tests.drift.meaning import Meaning, meaning_of
from tests.drift.prints import PRINTS, Print

RAW = Path(__file__).parents[2] / "data" / "raw"
NAMES = sorted(path.stem for path in RAW.glob("*.txt"))


def records_of(data: bytes) -> Records:
    return read_records(read_document(data, "made.txt"))


@cache
def base(name: str) -> Meaning:
    return meaning_of(records_of((RAW / f"{name}.txt").read_bytes()))


@pytest.mark.parametrize("drift", PRINTS, ids=lambda drift: drift.name)
@pytest.mark.parametrize("name", NAMES)
def test_another_print(name: str, drift: Print) -> None:
    text = (RAW / f"{name}.txt").read_text(encoding="utf-8")
    found = meaning_of(records_of(drift.encode(drift.change(text))))
    for table, rows in base(name).items():
        assert found[table] == rows, table


def test_there_are_documents() -> None:
    assert NAMES
