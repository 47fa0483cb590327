"""The documents that growth is measured with: as many as are asked for, each of its own, and each converted whole."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from benchmarks.archives import find_patterns, make_archive
from pipeline.document import convert_document
from pipeline.options import Options
from schemas.records import DocumentRow, Passage
from schemas.rows import Tables
from tests.pipeline.run.made import everything


def sentences(tables: Tables) -> set[str]:
    return {row.text for row in tables["passages"] if isinstance(row, Passage) and len(row.text) > 20}


def test_each_document_is_another_that_converts_as_well_as_its_pattern(tmp_path: Path) -> None:
    """Of the sentences, some stay: those whose every kanji stands in a label or name too."""
    n_pages = make_archive(tmp_path, 20, pdf_each=2)
    patterns = {kind: find_patterns(kind) for kind in (".txt", ".pdf")}
    assert n_pages == 10 + 2 * sum(pattern.n_pages for pattern in patterns[".pdf"])
    converted = {
        path: convert_document(path.read_bytes(), path.name, Options()) for path in sorted(tmp_path.rglob("*.*"))
    }
    for kind, among in patterns.items():
        made = [tables for path, tables in converted.items() if path.suffix == kind]
        for pattern, first, second in zip(among, made[:5], made[5:], strict=True):
            own = convert_document(pattern.path.read_bytes(), pattern.path.name, Options())
            for tables in (first, second):
                assert all(isinstance(row, DocumentRow) and row.status == "converted" for row in tables["documents"])
                assert len(tables["measures"]) == len(own["measures"])
            for one, other in pairwise((own, first, second)):
                assert len(sentences(one) - sentences(other)) > len(sentences(one)) / 2


def test_a_small_archive_is_the_beginning_of_a_large_one(tmp_path: Path) -> None:
    make_archive(tmp_path / "small", 3, pdf_each=3)
    make_archive(tmp_path / "large", 4, pdf_each=3)
    assert everything(tmp_path / "small").items() < everything(tmp_path / "large").items()
