"""Files that are encrypted, as files that are not."""

from __future__ import annotations

import io
import re

import pypdfium2
import pypdfium2.raw as raw

_ENCRYPTED = re.compile(rb"/Encrypt\b")


def without_encryption(data: bytes, password: str | None = None) -> bytes:
    """The file with its strings and streams in the open; as it is where it is not encrypted or cannot be opened.

    >>> without_encryption(b"no secret")
    b'no secret'
    """
    if not _ENCRYPTED.search(data):
        return data
    try:
        with pypdfium2.PdfDocument(data, password=password) as pdf:
            if raw.FPDF_GetSecurityHandlerRevision(pdf.raw) < 0:
                return data
            file = io.BytesIO()
            pdf.save(file, flags=raw.FPDF_REMOVE_SECURITY)
            return file.getvalue()
    except pypdfium2.PdfiumError:
        return data  # whoever reads it will tell
