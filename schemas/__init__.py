"""What the rooms pass to each other: the document model, the record declarations, the reference data."""
