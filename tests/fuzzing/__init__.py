"""Broken and hostile files by the hundred thousand, made from our own documents: `make fuzz`.

Input `n` of seed `s` is the same on every machine, so a case is told by two numbers and can be made again.
"""
