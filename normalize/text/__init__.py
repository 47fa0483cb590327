"""Text on its own: characters folded, years, numerals, quantities, organisations and labels told. Knows no table."""
