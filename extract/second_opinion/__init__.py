"""camelot's reading of a ruled table beside ours: every difference said."""

from extract.second_opinion.comparison import second_opinion

__all__ = ["second_opinion"]
