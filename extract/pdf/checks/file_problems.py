"""What a file holds besides its pages, and what its pages do not show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import pypdfium2
import pypdfium2.raw as raw

from schemas.document import Problem
from schemas.messages import say

_ASKED = re.compile(rb"/EmbeddedFiles?\b|/Type\s*/Filespec\b|/XFA\b")
"""Stands in files that carry others, or a dynamic form."""

_NAMED = 5
"""So many attached files are named."""


def file_problems(data: bytes, password: str | None) -> Iterator[Problem]:
    """Attached files, and a form whose pages are made when a program opens it. Of a file that PDFium does not open
    nothing is said here."""
    if not _ASKED.search(data):
        return
    try:
        with pypdfium2.PdfDocument(data, password=password) as pdf:
            if raw.FPDF_GetFormType(pdf.raw) == raw.FORMTYPE_XFA_FULL:
                yield Problem(
                    "unreadable",
                    "warning",
                    say(
                        "the file is a dynamic form (XFA), which shows its content only in some programs; print it as "
                        "PDF and convert the print"
                    ),
                )
            attached = [pdf.get_attachment(number).get_name() for number in range(min(pdf.count_attachments(), _NAMED))]
            attached += islice(_attached_to_pages(pdf), _NAMED - len(attached))
            if attached:
                names = "、".join(attached)
                yield Problem(
                    "unclaimed-text",
                    "note",
                    say(
                        "the file carries other files (attachments or a portfolio), which were not read: {names}; take "
                        "them out and convert them",
                        names=names,
                    ),
                    observed=names,
                )
    except pypdfium2.PdfiumError:
        return


def _attached_to_pages(pdf: pypdfium2.PdfDocument) -> Iterator[str]:
    """The names of the files that are attached to places of the pages."""
    for number in range(len(pdf)):
        try:
            page = pdf[number]
        except pypdfium2.PdfiumError:
            continue
        for place in range(raw.FPDFPage_GetAnnotCount(page.raw)):
            annotation = raw.FPDFPage_GetAnnot(page.raw, place)
            if annotation and raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_FILEATTACHMENT:
                attachment = raw.FPDFAnnot_GetFileAttachment(annotation)
                if attachment:
                    yield pypdfium2.PdfAttachment(attachment, pdf).get_name()
            raw.FPDFPage_CloseAnnot(annotation)
        page.close()
