"""The file before its pages: what it holds, how its forms are nested, what its annotations show."""
