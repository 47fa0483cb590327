"""Where one table ends and the next begins: a grid that was drawn, cut into the blocks that were meant."""
