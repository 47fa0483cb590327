"""Records of each table, made from spans of text together with their evidence."""
