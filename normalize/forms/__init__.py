"""One folder for each kind of form. They do not import each other; `normalize.reading` chooses among them."""
