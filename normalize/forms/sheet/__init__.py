"""Sheets: one measure on a form, with its actions, goals and judgements beside labels."""
