"""Documents that no layout fits, read by the field's vocabulary; what was not understood is said."""
