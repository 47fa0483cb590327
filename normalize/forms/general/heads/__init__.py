"""What heads what: the path of heads over each column, and what a column holds."""
