"""Rows of a form: labels with what stands behind them."""
