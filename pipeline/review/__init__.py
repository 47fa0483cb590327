"""The review: every value beside its place on the page, so that a person can check a document in minutes."""
