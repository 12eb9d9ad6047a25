from typing import NotRequired

from typing_extensions import TypedDict

from address_match.service.matching.answer import Answer, RankedPremises, Reason, Relation, Status
from address_match.service.wire.explanation import AnswerExplanation
from address_match.service.wire.shape import Probability, described

EXAMPLE = "14a thornbeck row, marlow fold"
"""A made-up address, as every premises in an example is."""
_CANDIDATE = {
    "uprn": "900000000017",
    "address": "14A THORNBECK ROW, MARLOW FOLD, ZZ9 4QT",
    "probability": 0.981,
    "relation": "exact",
    "match_code": "premises",
}
_ANSWER = {
    "input": EXAMPLE,
    "status": "matched",
    "reason": "",
    "uprn": _CANDIDATE["uprn"],
    "address": _CANDIDATE["address"],
    "probability": 0.981,
    "absent_probability": 0.012,
    "relation": "exact",
    "match_code": "premises",
    "related_uprn": "",
    "candidates": [_CANDIDATE],
    "error": "",
}


@described(_CANDIDATE)
class Candidate(TypedDict):
    """A premises of the reference that may be the one asked for."""

    uprn: str
    address: str
    probability: Probability
    """That this is the premises asked for."""
    relation: Relation
    """How it stands to the premises asked for."""
    match_code: str
    """How far it agrees with the address, and in what it does not: `premises ~street -town`."""
    postcode: NotRequired[str]
    """This and what follows is there where `fields` names it; empty or null where the reference holds nothing."""
    classification: NotRequired[str]
    country: NotRequired[str]
    status: NotRequired[str]
    """Of the premises in the reference."""
    parent_uprn: NotRequired[str]
    latitude: NotRequired[float | None]
    longitude: NotRequired[float | None]
    easting: NotRequired[float | None]
    northing: NotRequired[float | None]


@described(_ANSWER)
class AddressAnswer(TypedDict):
    """The decision about one address."""

    input: str
    status: Status
    reason: Reason
    """Why the address is not matched; empty when it is."""
    uprn: str
    """Filled when matched or for review."""
    address: str
    probability: Probability
    """Of the best candidate, whatever the status."""
    absent_probability: Probability
    """That the reference does not hold the premises."""
    relation: Relation
    match_code: str
    """Of the best candidate, whatever the status."""
    related_uprn: str
    """The nearest related premises of one that is not held: its parent, else a child, a sibling, or one of its street."""
    candidates: list[Candidate]
    error: str
    """What was wrong with the address, where the reason is `error`."""
    explanation: AnswerExplanation | None
    """What the answer rests on, where that was asked for."""


def answer_object(
    text: str, answer: Answer, *, limit: int | None = None, explanation: AnswerExplanation | None = None
) -> AddressAnswer:
    """Write the answer for a text as JSON values, with at most `limit` candidates."""
    return {
        "input": text,
        "status": answer.status,
        "reason": answer.reason,
        "uprn": answer.uprn,
        "address": answer.address,
        "probability": answer.probability,
        "absent_probability": answer.absent_probability,
        "relation": answer.relation,
        "match_code": answer.match_code,
        "related_uprn": answer.related_uprn,
        "candidates": [candidate_object(c) for c in answer.candidates[:limit]],
        "error": answer.error,
        "explanation": explanation,
    }


def candidate_object(premises: RankedPremises) -> Candidate:
    """Write a ranked premises as JSON values."""
    return {
        "uprn": premises.uprn,
        "address": premises.address,
        "probability": premises.probability,
        "relation": premises.relation,
        "match_code": premises.match_code,
    }


def indented(answer: AddressAnswer) -> str:
    """Write an answer as a page of JSON, its numbers as HTTP writes them."""
    from pydantic import TypeAdapter

    return TypeAdapter(AddressAnswer).dump_json(answer, indent=2).decode()
