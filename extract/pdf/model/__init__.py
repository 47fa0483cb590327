"""What an engine hands over: a page with its characters, strokes and fills, and arrays of characters."""
