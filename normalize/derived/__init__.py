"""What follows from the records of a document: tokens, terms, results."""
