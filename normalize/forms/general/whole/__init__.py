"""The document in whole: whose each fact is, its sheets, its year and its city, and what was not understood."""
