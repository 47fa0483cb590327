"""The layouts that a generator prints: how a document is drawn, what it prints, and which facts it states."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from hypothesis import strategies as st

from extract.read import read_document
from normalize.reading import read_records
from tests.rendering.facts import Fact, differences
from tests.rendering.outline import outline, outline_to_facts, outline_to_print
from tests.rendering.page import page_styles, print_to_pdf
from tests.rendering.printed import Print
from tests.rendering.progress import progress, progress_to_facts, progress_to_print
from tests.rendering.report import report, report_to_print
from tests.rendering.report_facts import report_to_facts
from tests.rendering.sheet import sheet, sheet_to_facts, sheet_to_print
from tests.rendering.summary import summary, summary_to_facts, summary_to_print
from tests.rendering.text import print_to_text, text_styles

Form = Literal["text", "pdf"]
FORMS: tuple[Form, ...] = ("text", "pdf")


@dataclass(frozen=True, slots=True)
class Layout:
    """A generator. Its documents are of a type of its own, which only its own functions look into."""

    documents: st.SearchStrategy[Any]
    to_print: Callable[[Any], Print]
    to_facts: Callable[[Any], Iterable[Fact]]
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """A document as the bytes of a file, and the facts that it states."""

    name: str
    data: bytes
    facts: tuple[Fact, ...]


LAYOUTS = {
    "outline": Layout(outline(), outline_to_print, outline_to_facts),
    "progress": Layout(progress(), progress_to_print, progress_to_facts, is_wide=True),
    "report": Layout(report(), report_to_print, report_to_facts),
    "sheet": Layout(sheet(), sheet_to_print, sheet_to_facts),
    "summary": Layout(summary(), summary_to_print, summary_to_facts),
}


@st.composite
def printed_documents(draw: st.DrawFn, layout: str, form: Form) -> Printed:
    """A document of a layout, printed in one of the ways that a form has."""
    made = LAYOUTS[layout]
    document = draw(made.documents)
    facts = tuple(made.to_facts(document))
    if form == "text":
        return Printed("a.txt", print_to_text(made.to_print(document), draw(text_styles())), facts)
    style = draw(page_styles(wide=made.is_wide))
    return Printed("a.pdf", print_to_pdf(made.to_print(document), style), facts)


def read_back(printed: Printed) -> list[str]:
    """What conversion makes of a document otherwise than it was meant, one line each."""
    return differences(read_records(read_document(printed.data, printed.name)), printed.facts)
