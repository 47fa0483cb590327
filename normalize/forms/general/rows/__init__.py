"""What the rows of a block say: names, numbers with year, role and unit, judgements."""
