"""PDFium through its C interface: characters, paths, fills."""
