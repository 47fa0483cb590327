"""Goals: the grammar of a target in words, and its parser."""
