"""pdfplumber, with the mends that its reading of a page needs."""
