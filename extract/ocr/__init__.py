"""Pages that are pictures: rules, lines of text and their letters, each with how sure the reading is of it."""
