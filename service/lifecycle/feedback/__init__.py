"""What clients say of answers: accepted, corrected, not there; kept without addresses."""
