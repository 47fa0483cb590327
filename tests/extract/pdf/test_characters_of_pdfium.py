"""No character of a page is lost, and none told twice: what is read is held against what PDFium says by itself."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from extract.pdf.engines.checked import CheckedReader
from extract.pdf.file.flatten_annotations import AnnotationsError, with_shown_annotations
from extract.pdf.model.raw_page import UNMAPPED
from extract.pdf.page.page_layout import PageContent, sort_page
from extract.pdf.tables.cell_assignment import Draft

FOLDERS = ("real", "real-more", "pdf", "unseen", "forms", "bugs", "traps")
_HYPHEN = "\x02"
"""What PDFium calls a hyphen at the end of a line."""

EXCEPTIONS = {
    "box-drawing.pdf": ("its rules are characters", 141, 0),
    "rules-as-hyphens.pdf": ("its rules are characters", 800, 0),
    "digits-wrong-map.pdf": ("its font prints other digits than its map says", 3, 3),
    "no-tounicode-identity.pdf": ("its font alone knows its characters, and PDFium gives their numbers", 8, 8),
    "type3-named.pdf": ("pdfplumber reads the names of its glyphs, and PDFium gives their numbers", 3, 3),
    "wingdings-grades.pdf": ("its font has pictures in place of letters", 3, 3),
    "white-box-correction.pdf": ("a digit was covered and printed again, which PDFium tells once", 0, 1),
    "P-white-box-over-65-and-80-on-it.pdf": (
        "one was covered and printed again, which PDFium tells once",
        0,
        1,
    ),
    "plan-otoineppu-3.pdf": ("three characters are painted twice to look bold", 3, 0),
}
"""Files of which other characters are read than PDFium says: why, how many of PDFium's are not read, and how many
others are."""


def folded(text: str) -> Counter[str]:
    plain = "".join(unicodedata.normalize("NFKC", character) for character in text)
    return Counter("".join(plain.split()))


def printed(page: pypdfium2.PdfPage) -> Counter[str]:
    """The characters of a page by PDFium's own count, those aside that it adds itself."""
    text_page = pdfium.FPDFText_LoadPage(page.raw)
    codes = [
        pdfium.FPDFText_GetUnicode(text_page, number)
        for number in range(pdfium.FPDFText_CountChars(text_page))
        if not pdfium.FPDFText_IsGenerated(text_page, number)
    ]
    pdfium.FPDFText_ClosePage(text_page)
    text = "".join(map(chr, codes)).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return folded(text.replace(_HYPHEN, "-"))


def told(content: PageContent) -> Counter[str]:
    """The characters of the blocks of a page, and those that are told to be no part of its text."""
    texts = []
    for item in content.items:
        if isinstance(item, Draft):
            texts += [line.text for cell in item.cells for part in cell.parts for line in part.lines]
        else:
            texts.append(item.line.text)
    texts += ["".join(glyphs.texts) for glyphs in (content.hidden, content.struck, content.overlaid)]
    return folded("".join([*texts, *(stamp.text for stamp in content.stamped)]))


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_characters_of_every_page_are_those_of_pdfium(corpus: Path, folder: str) -> None:
    for path in sorted((corpus / folder).rglob("*.pdf")):
        data = path.read_bytes()
        try:
            data = with_shown_annotations(data, None, 500)
            pdf = pypdfium2.PdfDocument(data)
        except (AnnotationsError, pypdfium2.PdfiumError):
            continue  # PDFium does not load it
        n_lost = n_more = 0
        with pdf:
            for raw in CheckedReader()(data):
                own, theirs = told(sort_page(raw)), printed(pdf[raw.page.number - 1])
                unknown = (own - theirs)[UNMAPPED]
                n_lost += (theirs - own).total() if not unknown else 0
                n_more += (own - theirs).total() - unknown
        assert (n_lost, n_more) == EXCEPTIONS.get(path.name, ("", 0, 0))[1:], path.name
