"""Round trips: what a generator meant, printed as text and on pages, comes back as the same records."""

from __future__ import annotations

from hypothesis import given

from extract.read import read_document
from normalize.reading import Records, read_records
from tests.rendering.facts import differences
from tests.rendering.page import PageStyle, page_styles, print_to_pdf
from tests.rendering.progress import Progress, progress, progress_to_facts, progress_to_print
from tests.rendering.text import TextStyle, print_to_text, text_styles


def read(data: bytes, name: str) -> Records:
    return read_records(read_document(data, name))


@given(progress(), text_styles())
def test_progress_as_text(document: Progress, style: TextStyle) -> None:
    data = print_to_text(progress_to_print(document), style)
    assert differences(read(data, "a.txt"), progress_to_facts(document)) == []


@given(progress(), page_styles(wide=True))
def test_progress_on_pages(document: Progress, style: PageStyle) -> None:
    data = print_to_pdf(progress_to_print(document), style)
    assert differences(read(data, "a.pdf"), progress_to_facts(document)) == []
