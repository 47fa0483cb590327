"""Summaries of a plan: scores and counts of grades by year, findings with attributions."""
