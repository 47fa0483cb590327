"""Spreadsheets, Word files, web pages and delimited text → Document."""
