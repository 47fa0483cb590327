"""A list of one project a row, its whole sheet in the columns of one row of heads."""
