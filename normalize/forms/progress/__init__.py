"""Progress tables: one programme a row, years and roles as column heads, a legend of grades."""
