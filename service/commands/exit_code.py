"""The codes with which commands end, for who runs them as processes."""

FAILURE = 1
USAGE = 2
