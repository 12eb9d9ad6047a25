"""What a façade says of an answer beside what the service that it stands for would say."""

from typing import Any

from address_match.service.matching.answer import Answer, RankedPremises
from address_match.service.wire.answer import answer_object, candidate_object

_KEPT = (
    "status",
    "reason",
    "uprn",
    "probability",
    "absent_probability",
    "relation",
    "match_code",
    "related_uprn",
)


def our_answer(answer: Answer) -> dict[str, Any]:
    """Write the answer as `/v1` does, without what stands elsewhere."""
    shown: dict[str, Any] = dict(answer_object("", answer, limit=0))
    return {name: shown[name] for name in _KEPT}


def our_candidate(candidate: RankedPremises) -> dict[str, Any]:
    """Write what `/v1` says of a candidate."""
    shown: dict[str, Any] = dict(candidate_object(candidate))
    return {name: shown[name] for name in ("probability", "relation", "match_code")}
