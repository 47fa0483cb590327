"""The document as it is read: spans of text that know their place, grids, sections, rows that a page break parts."""
