from enum import StrEnum


class Scope(StrEnum):
    """What of a bundle is learned anew; whoever owns the statistics decides it."""

    THRESHOLD = "threshold"
    """From which probability an answer is matched; the probabilities stay as they are."""
    CALIBRATION = "calibration"
    """What the ranker's log-odds are worth, and the thresholds."""
    RANKER = "ranker"
    PARSER = "parser"
    ENCODER = "encoder"
    ALL = "all"


FROM_LABELS = (Scope.THRESHOLD, Scope.CALIBRATION)
"""What labels alone are enough for; the others are a training on a reference, with ranker and calibration fitted to
what is new.
"""
KEEPS_PARSER = (Scope.RANKER, Scope.ENCODER)
KEEPS_ENCODER = (Scope.RANKER, Scope.PARSER)
