"""Bytes → Document. Knows geometry and characters; knows no city, no measure, no grade."""
