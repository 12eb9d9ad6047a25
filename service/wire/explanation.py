"""What an answer rests on, as programs get it."""

from typing_extensions import TypedDict

from address_match.service.matching.account.fault import FaultKind
from address_match.service.matching.account.word_account import Account
from address_match.service.matching.explanation.explanation import Contribution as AddedByFeature
from address_match.service.matching.explanation.explanation import ExplainedCandidate, Explanation
from address_match.service.matching.features.feature import Field
from address_match.service.wire.parse import said_fields
from address_match.service.wire.shape import described

CANDIDATES = 3
"""Candidates whose evidence is shown: the best, its rival and one more."""
DIGITS = 3


@described()
class Contribution(TypedDict):
    """What one thing adds to the score of absence."""

    name: str
    words: str
    log_odds: float


@described()
class FieldEvidence(TypedDict):
    """What one field adds to the log-odds of a candidate."""

    field: Field
    words: str
    """What the field of the address is to the candidate's: `number 12 is not 21`."""
    log_odds: float


@described()
class WordAccount(TypedDict):
    """What becomes of a word of the address beside a candidate."""

    text: str
    """The word in upper case, without accents and punctuation."""
    start: int
    """First character in the input, inclusive."""
    end: int
    """Last character in the input, exclusive."""
    element: Field
    """What of the address it belongs to; `words` where that is nothing."""
    account: Account
    """Whether the candidate says it, says it otherwise, need not say it, lacks it or says something else."""


@described()
class Fault(TypedDict):
    """One element in which a candidate does not simply agree with the address."""

    value: str
    """The words at fault: of the address, or of the candidate where only that says the element."""
    element: Field
    fault: FaultKind
    weight: float
    """What the element adds to the candidate's log-odds."""


@described()
class CandidateEvidence(TypedDict):
    """A candidate, and what speaks for and against it."""

    uprn: str
    found_by: list[str]
    log_odds: float
    """Of the candidate by itself; the evidence sums to it, except for rounding."""
    evidence: list[FieldEvidence]
    words: list[WordAccount]
    """Each word of the address, in order."""
    match_code: str
    faults: list[Fault]
    """What the match code marks, and the words that are not explained."""
    source: str
    """The reference that the text is of which fits best; empty where the index is of one alone."""


@described()
class AbsenceEvidence(TypedDict):
    """What speaks for it that the reference does not hold the premises."""

    words: str
    log_odds: float
    contributions: list[Contribution]


@described()
class AnswerExplanation(TypedDict):
    """What an answer rests on."""

    reading: dict[str, str | int]
    """What the address says, field by field, as it fits the best candidate."""
    candidates: list[CandidateEvidence]
    runner_up: str
    """Why the second candidate lost."""
    absence: AbsenceEvidence


def explanation_object(explanation: Explanation, *, uprn: str | None = None) -> AnswerExplanation:
    """Write an explanation as JSON values: the evidence of the first candidates, and that of the premises `uprn`.

    Log-odds are rounded after they were summed.
    """
    candidates, absence = explanation.candidates, explanation.absence
    fields = candidates[0].fields if candidates else explanation.parse.fields
    shown = [c for place, c in enumerate(candidates) if place < CANDIDATES or c.uprn == uprn]
    return {
        "reading": said_fields(fields),
        "candidates": [_candidate(c) for c in shown],
        "runner_up": explanation.runner_up,
        "absence": {
            "words": absence.words,
            "log_odds": round(absence.log_odds, DIGITS),
            "contributions": [_contribution(c) for c in absence.contributions],
        },
    }


def _candidate(candidate: ExplainedCandidate) -> CandidateEvidence:
    return {
        "uprn": candidate.uprn,
        "found_by": list(candidate.channels),
        "log_odds": round(candidate.log_odds, DIGITS),
        "evidence": [
            {"field": e.field, "words": e.words, "log_odds": round(e.log_odds, DIGITS)}
            for e in candidate.evidence
        ],
        "words": [
            {"text": w.text, "start": w.start, "end": w.end, "element": w.element, "account": w.account}
            for w in candidate.words
        ],
        "match_code": candidate.match_code,
        "faults": [
            {"value": f.value, "element": f.element, "fault": f.fault, "weight": round(f.weight, DIGITS)}
            for f in candidate.faults
        ],
        "source": candidate.source,
    }


def _contribution(contribution: AddedByFeature) -> Contribution:
    return {
        "name": contribution.feature,
        "words": contribution.value,
        "log_odds": round(contribution.log_odds, DIGITS),
    }
