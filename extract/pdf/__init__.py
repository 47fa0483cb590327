"""PDF to document: characters and rulings of each page, grids from the rulings, text from the characters."""
