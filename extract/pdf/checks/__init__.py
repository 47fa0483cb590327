"""What is held against the page once it is read: characters counted, and problems of reading."""
