"""pdfminer's document without references that lead to themselves: it follows each as long as it leads to another."""

from __future__ import annotations

from io import BytesIO

import pdfplumber
from pdfminer.pdfdocument import PDFDocument, PDFXRefStream
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjectNotFound, PDFObjRef

from extract.pdf.engines.pdfplumber.bounded_fonts import BoundedFonts


class BoundedDocument(PDFDocument):
    """Gives what an object is, never another reference. One that leads to itself is an object that is not there.

    A cross-reference stream names no more objects than it has entries: where no page is found, pdfminer looks at each.
    """

    def __init__(self, parser: PDFParser, password: str = "") -> None:
        super().__init__(parser, password=password)
        for table in self.xrefs:
            if isinstance(table, PDFXRefStream):
                most = len(table.data or b"") // table.entlen if table.entlen else 0
                table.ranges = [(first, min(count, most)) for first, count in table.ranges]

    def getobj(self, objid: int) -> object:
        met = {objid}
        found: object = super().getobj(objid)
        while isinstance(found, PDFObjRef):
            if found.objid in met:
                raise PDFObjectNotFound(objid)
            met.add(found.objid)
            found = super().getobj(found.objid)
        return found


class BoundedPdf(pdfplumber.pdf.PDF):
    """pdfplumber's PDF built on `BoundedDocument`. Metadata is not read: an entry may refer to itself."""

    def __init__(self, stream: BytesIO, password: str) -> None:
        self.stream = stream
        self.stream_is_external = True
        self.path = None
        self.pages_to_parse = None
        self.laparams = None
        self.password = password
        self.unicode_norm = None
        self.raise_unicode_errors = True
        self.doc = BoundedDocument(PDFParser(stream), password=password)
        self.rsrcmgr = BoundedFonts()
        self.metadata = {}
