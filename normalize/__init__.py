"""Document → records. Opens no file; knows labels, never positions. Only `municipalities/` names a city."""
