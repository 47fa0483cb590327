"""Round trips: what a generator meant, printed as text and on pages, comes back as the same records."""

from __future__ import annotations

from collections import deque

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rendering.layouts import FORMS, LAYOUTS, Form, printed_documents, read_back
from tests.rendering.long_run import DOCUMENTS, document_of, run

EXAMPLES = {"text": 15, "pdf": 12}
"""How many documents of each layout are printed in each form. `make roundtrip` prints more."""

every_form = pytest.mark.parametrize("form", FORMS)
every_layout = pytest.mark.parametrize("layout", list(LAYOUTS))


@every_layout
@every_form
def test_what_is_printed_is_read_back(layout: str, form: Form) -> None:
    @settings(max_examples=EXAMPLES[form])
    @given(st.data())
    def check(data: st.DataObject) -> None:
        assert read_back(data.draw(printed_documents(layout, form))) == []

    check()


@pytest.mark.long
@every_layout
@every_form
def test_thousands_are_read_back(layout: str, form: Form) -> None:
    (figures,) = deque(run(layout, form, range(DOCUMENTS), seed=0), maxlen=1)
    assert (figures.made, figures.differing) == (DOCUMENTS, ())


def test_a_document_is_drawn_from_its_number_alone() -> None:
    one, other = document_of("summary", "pdf", 3, 7), document_of("summary", "pdf", 3, 8)
    assert one == document_of("summary", "pdf", 3, 7)
    assert one != other
