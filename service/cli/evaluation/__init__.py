"""The commands that measure answers: against the truth, and by hand."""
