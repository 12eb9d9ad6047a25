"""What an answer rests on, in a form that a clerk can check."""

from dataclasses import dataclass

from parser.parse import Parse
from service.matching.answer import Answer, Relation


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one feature adds to the log-odds of a candidate."""

    feature: str
    value: str
    """The feature's value in words."""
    log_odds: float


@dataclass(frozen=True, slots=True)
class ExplainedCandidate:
    """A candidate, how it was found, and what speaks for and against it."""

    uprn: str
    address: str
    probability: float
    relation: Relation
    channels: tuple[str, ...]
    contributions: tuple[Contribution, ...]
    """With the intercept they sum to `total_log_odds`, the weightiest first."""
    total_log_odds: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The reading of an address, its candidates and the decision."""

    parse: Parse
    answer: Answer
    candidates: tuple[ExplainedCandidate, ...]
    absent_reason: str
    """One sentence on the probability of absence."""
