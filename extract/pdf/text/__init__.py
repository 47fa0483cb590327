"""Characters into runs, lines, paragraphs: directions, twins of fake bold, options, wrapped lines."""
