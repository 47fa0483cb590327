"""What one cell, or one line of it, prints: names, answers, prose, dates."""
