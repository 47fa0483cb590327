"""What a reader says: statements with their evidence, and the ledger that holds them against the print."""
