"""What stands around tables: titles, headings, captions, lines of labels."""
