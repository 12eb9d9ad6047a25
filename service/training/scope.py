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
"""What labels alone are enough for; the others are a training on a reference."""


def training_command(scope: Scope) -> str:
    """Return the commands that learn anew what labels alone are not enough for.

    >>> training_command(Scope.ALL)
    'address-match train bundle REFERENCE --labels LABELS.csv --out DIR'
    """
    train = "address-match train bundle REFERENCE --labels LABELS.csv"
    if scope is Scope.RANKER:
        return f"{train} --encoder BASE/encoder --out DIR"
    if scope is Scope.ENCODER:
        return (
            f"address-match train encoder REFERENCE --out ENCODER, then {train} --encoder ENCODER --out DIR"
        )
    return f"{train} --out DIR"
