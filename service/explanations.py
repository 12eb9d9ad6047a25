"""The explanation of an answer as plain values: one shape for the API, `find --json` and the column `match_explanation`."""

from typing import Any

from address_match.service.matching.explanation.explanation import (
    Contribution,
    ExplainedCandidate,
    Explanation,
)

CANDIDATES = 3
"""Candidates whose evidence is shown: the best, its rival and one more."""
DIGITS = 3


def explanation_fields(explanation: Explanation) -> dict[str, Any]:
    """Return what `address_match.service.http.responses.AnswerExplanation` holds; log-odds are rounded after they were summed."""
    reading = explanation.candidates[0].fields if explanation.candidates else explanation.parse.fields
    said = {name: getattr(reading, name) for name in type(reading).__dataclass_fields__}
    absence = explanation.absence
    return {
        "reading": {name: value for name, value in said.items() if value not in ("", -1)},
        "candidates": [_candidate(c) for c in explanation.candidates[:CANDIDATES]],
        "runner_up": explanation.runner_up,
        "absence": {
            "words": absence.words,
            "log_odds": round(absence.log_odds, DIGITS),
            "contributions": [_contribution(c) for c in absence.contributions],
        },
    }


def _candidate(candidate: ExplainedCandidate) -> dict[str, Any]:
    return {
        "uprn": candidate.uprn,
        "found_by": list(candidate.channels),
        "log_odds": round(candidate.log_odds, DIGITS),
        "evidence": [
            {"field": e.field.value, "words": e.words, "log_odds": round(e.log_odds, DIGITS)}
            for e in candidate.evidence
        ],
    }


def _contribution(contribution: Contribution) -> dict[str, Any]:
    return {
        "name": contribution.feature,
        "words": contribution.value,
        "log_odds": round(contribution.log_odds, DIGITS),
    }
