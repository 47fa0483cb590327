"""Round trips of reports and outlines: printed as text and on pages, they come back as the same records."""

from __future__ import annotations

from hypothesis import given, settings

from extract.read import read_document
from normalize.reading import Records, read_records
from tests.rendering.facts import differences
from tests.rendering.outline import Outline, outline, outline_to_facts, outline_to_print
from tests.rendering.page import PageStyle, page_styles, print_to_pdf
from tests.rendering.report import Report, report, report_to_print
from tests.rendering.report_facts import report_to_facts
from tests.rendering.text import TextStyle, print_to_text, text_styles

few = settings(max_examples=10)


def read(data: bytes, name: str) -> Records:
    return read_records(read_document(data, name))


@few
@given(report(), text_styles())
def test_report_as_text(document: Report, style: TextStyle) -> None:
    data = print_to_text(report_to_print(document), style)
    assert differences(read(data, "a.txt"), report_to_facts(document)) == []


@few
@given(report(), page_styles())
def test_report_on_pages(document: Report, style: PageStyle) -> None:
    data = print_to_pdf(report_to_print(document), style)
    assert differences(read(data, "a.pdf"), report_to_facts(document)) == []


@few
@given(outline(), text_styles())
def test_outline_as_text(document: Outline, style: TextStyle) -> None:
    data = print_to_text(outline_to_print(document), style)
    assert differences(read(data, "a.txt"), outline_to_facts(document)) == []


@few
@given(outline(), page_styles())
def test_outline_on_pages(document: Outline, style: PageStyle) -> None:
    data = print_to_pdf(outline_to_print(document), style)
    assert differences(read(data, "a.pdf"), outline_to_facts(document)) == []
