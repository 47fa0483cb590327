"""Tables in whole: parted where they were drawn as one, and read block by block."""
