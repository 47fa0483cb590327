"""camelot's reading of a ruled table beside ours: every difference said."""
