"""What a run prints at its end, however many documents it had."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rich.console import Console

from pipeline.failure import failure_records
from pipeline.summary import DocumentSummary, Repeated, print_summary, summarise, summarise_rows, summarise_run
from schemas.declare import Text
from schemas.records import DocumentRow


def well(number: int) -> DocumentSummary:
    identity = f"{number:064}"
    row = DocumentRow(
        document_id=identity[:16], sha256=identity, source_name=f"{number}.txt", media_type="text/plain", size_bytes=1,
        status="converted",
    )  # fmt: skip
    return DocumentSummary(row, {}, {}, ())


def bad(number: int) -> DocumentSummary:
    return summarise(failure_records(f"bad{number}.txt", f"{number:064}", Text("見てください。", "See it.")))


def printed(documents: Sequence[DocumentSummary], repeated: Sequence[Repeated] = ()) -> str:
    file = io.StringIO()
    print_summary(summarise_run(documents, repeated=repeated), Console(file=file, width=160))
    return file.getvalue()


def test_a_small_run_lists_every_document() -> None:
    text = printed([well(1), bad(2)])
    assert "1.txt" in text
    assert "bad2.txt: unreadable: See it." in text
    assert "Listed:" not in text


def test_a_large_run_lists_what_is_not_well_and_counts_the_rest() -> None:
    text = printed([*map(well, range(300)), bad(1)], [Repeated(f"copy{n}.txt", "0.txt") for n in range(250)])
    assert "299.txt" not in text
    assert "bad1.txt: unreadable: See it." in text
    assert "Listed: 1 of 1 document not read as a whole" in text
    assert "copy199.txt" in text
    assert "50 more files with the same bytes as another" in text
    assert text.rstrip().endswith("301 documents: 300 converted, 1 unreadable")


def test_a_run_of_which_nothing_is_well_is_not_listed_without_end() -> None:
    text = printed([bad(number) for number in range(300)])
    assert "bad199.txt" in text
    assert "bad200.txt" not in text
    assert "Listed: 200 of 300 documents not read as a whole" in text


def general(rows: Mapping[str, int]) -> DocumentSummary:
    row = replace(well(1).row, source_name="form.pdf", status="partial", layout="general.form")
    return summarise_rows(row, (), rows)


def test_a_form_that_nobody_described_says_what_to_do_next() -> None:
    text = printed([general({"measures": 1})])
    assert "hyoka review OUT --in IN" in text
    assert "hyoka learn IN --out forms" in text
    unknown = replace(well(2).row, status="unrecognised")
    assert "hyoka learn" in printed([summarise_rows(unknown, (), {})])
    assert "hyoka" not in printed([well(1), bad(2)])


def test_results_are_not_counted_beside_the_records_that_they_are_made_of() -> None:
    text = printed([general({"observations": 2, "grades": 1, "results": 2, "tokens": 9})])
    assert "2 observations, 1 grade" in text
    assert "result" not in text
