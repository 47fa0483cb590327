"""The readers that people have, each on the files as they are written."""
