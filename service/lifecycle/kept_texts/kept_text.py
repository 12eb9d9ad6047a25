from typing import NamedTuple
from uuid import uuid4

from address_match.service.facts.fact import FINGERPRINT_DIGITS
from address_match.service.matching.answer import Answer


class KeptText(NamedTuple):
    """An address that was asked for, and what was answered."""

    id: str
    """Random."""
    moment: int
    """Seconds since 1970, UTC, to the minute, as facts have it."""
    channel: str
    bundle: str
    """That answered, as facts name it."""
    address: str
    status: str
    reason: str
    uprn: str
    matched_address: str
    probability: float
    """Of the best premises."""

    @classmethod
    def of(cls, text: str, answer: Answer, *, moment: int, channel: str, bundle: str) -> "KeptText":
        """Take what a label needs of an answer."""
        return cls(
            uuid4().hex[:16],
            moment,
            channel,
            bundle[:FINGERPRINT_DIGITS],
            text,
            answer.status.value,
            answer.reason.value,
            answer.uprn,
            answer.address,
            round(answer.probability, 6),
        )
