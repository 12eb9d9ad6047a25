"""What AIMS says of its scores, over our probabilities."""

from collections.abc import Sequence
from itertools import chain, repeat

DIGITS = 4
CERTAIN = 100.0
"""Confidence in premises that were asked for by their identifier or place."""
_SURE, _APART = 66.0, 20.0
_FAIR, _FAR_APART = 50.0, 40.0


def confidence(probability: float) -> float:
    """Return 100 × the probability, with four digits."""
    return round(100 * probability, DIGITS)


def match_type(count: int) -> str:
    """Return none, single or multiple."""
    return {0: "N", 1: "S"}.get(count, "M")


def recommendation(confidences: Sequence[float]) -> str:
    """Return A (accept) or I (look into it) for confidences that descend, by AIMS's rule."""
    if not confidences:
        return "I"
    top = confidences[0]
    apart = top - (confidences[1] if len(confidences) > 1 else 0.0)
    is_sure = (top > _SURE and apart >= _APART) or (_FAIR <= top <= _SURE and apart > _FAR_APART)
    return "A" if is_sure else "I"


def ratings(recommended: str, count: int) -> list[str]:
    """Return the rating of each of some addresses: of those recommended the first A and the others R (reject), else all I."""
    if recommended != "A":
        return ["I"] * count
    return [rating for rating, _ in zip(chain("A", repeat("R")), range(count), strict=False)]
