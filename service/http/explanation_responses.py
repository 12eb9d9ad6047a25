"""What an explanation is over the wire."""

from pydantic import BaseModel, Field

from address_match.service.explanations import explanation_fields
from address_match.service.matching.explanation.explanation import Explanation
from address_match.service.matching.features.feature import Field as AddressField


class Contribution(BaseModel):
    """What one thing adds to the score of absence."""

    name: str
    words: str
    log_odds: float


class FieldEvidence(BaseModel):
    """What one field adds to the log-odds of a candidate."""

    field: AddressField
    words: str = Field(
        description="What the field of the address is to the candidate's.", examples=["number 12 is not 21"]
    )
    log_odds: float


class CandidateEvidence(BaseModel):
    """A candidate, and what speaks for and against it."""

    uprn: str
    found_by: list[str]
    log_odds: float = Field(
        description="Of the candidate by itself; the evidence sums to it, but for rounding."
    )
    evidence: list[FieldEvidence]


class AbsenceEvidence(BaseModel):
    """What speaks for it that the reference does not hold the premises."""

    words: str
    log_odds: float
    contributions: list[Contribution]


class AnswerExplanation(BaseModel):
    """What an answer rests on."""

    reading: dict[str, str | int] = Field(
        description="What the address says, field by field, as it fits the best candidate."
    )
    candidates: list[CandidateEvidence]
    runner_up: str = Field(description="Why the second candidate lost.")
    absence: AbsenceEvidence

    @classmethod
    def of(cls, explanation: Explanation) -> "AnswerExplanation":
        """Show an explanation."""
        return cls.model_validate(explanation_fields(explanation))
