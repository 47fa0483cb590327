"""Reports: policies with cards of measures, a review table, a matrix of years."""
