"""The reader for documents that no layout fits: it reads by the field's vocabulary, and says what it did not understand."""
