"""The libraries that read a page: PDFium, a second one that checks it, pdfplumber."""
