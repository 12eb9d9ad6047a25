"""A call and its answers, as they are handed to whoever answers beside."""

from collections.abc import Sequence
from dataclasses import dataclass

from address_match.service.matching.answer import Answer, Status


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What was answered."""

    status: Status
    uprn: str
    """Empty where no premises is named."""


@dataclass(frozen=True, slots=True)
class GivenAnswers:
    """A call that was answered, as it travels to where it is answered once more."""

    channel: str
    champion: str
    """Fingerprint of the bundle that answered."""
    texts: tuple[str, ...]
    answers: tuple[GivenAnswer, ...]
    """As many as texts."""

    @classmethod
    def of(
        cls, channel: str, champion: str, texts: Sequence[str], answers: Sequence[Answer]
    ) -> "GivenAnswers":
        """Take of answers what they are compared by."""
        given = (GivenAnswer(answer.status, answer.uprn) for answer in answers)
        return cls(channel, champion, tuple(texts), tuple(given))


NOTHING = GivenAnswers("", "", (), ())
