"""The same measure and the same indicator over editions: told from printed codes, names and the values they share."""
