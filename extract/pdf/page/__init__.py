"""One page sorted out: tables and lines in reading order, headers and footers."""
