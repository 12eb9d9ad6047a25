"""Decisions to propose."""

from copy import deepcopy
from typing import Any

from address_match.service.lifecycle.decisions.model_decision import ModelDecision, decision_of

CONTENT: dict[str, Any] = {
    "kind": "recalibrate",
    "reason": "fewer are accepted since the new form",
    "effect_on_series": "none: the share of matched rows is not published",
    "cost": "one day of two coders",
    "review_date": "2999-01-31",
    "finding": {
        "channel": "council-a",
        "level": "warn",
        "moment": "2026-11-29T10:00:00+00:00",
        "why": ["accepted differs in the last 1,000 answers: 0.700 for 0.780"],
    },
    "quality": {
        "accuracy": "probabilities are right again",
        "explainability": "as it was",
        "reproducibility": "the same command gives the same hashes",
        "timeliness": "in service within a week",
        "cost_effectiveness": "cheaper than checking by hand",
    },
}


def content(**changes: Any) -> dict[str, Any]:
    """A decision as a file has it."""
    return deepcopy(CONTENT) | changes


def decision(**changes: Any) -> ModelDecision:
    return decision_of(content(**changes))
