"""Grades: schemes, thresholds, and the score that a scheme gives."""
