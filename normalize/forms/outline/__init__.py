"""Outlines of a plan: headings, directions, goals, no judgement."""
