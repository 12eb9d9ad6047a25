"""What clients may say of an answer."""

from dataclasses import dataclass
from enum import StrEnum

from address_match.service.lifecycle.feedback.answer_id import NamedAnswer


class FeedbackVerdict(StrEnum):
    """What somebody says of an answer."""

    ACCEPTED = "accepted"
    """The answer is right: the premises that it names, or that there is none."""
    CORRECTED = "corrected"
    """Another premises of the reference is meant."""
    NOT_THERE = "not_there"
    """The premises that is meant is not in the reference."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody says of one answer."""

    answer: NamedAnswer
    verdict: FeedbackVerdict
    corrected_uprn: str = ""
    """Of the premises that is meant, where the answer is corrected."""
