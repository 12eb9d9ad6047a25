"""The answer about one address, as programs get it."""

from typing import NotRequired

from typing_extensions import TypedDict

from address_match.service.lookup.not_held import HeldNumber, NotHeld
from address_match.service.matching.answer import Answer, RankedPremises, Reason, Relation, Status
from address_match.service.matching.features.feature import Field
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
    "explanation": None,
    "not_held": None,
}


@described(_CANDIDATE)
class Candidate(TypedDict):
    """A premises of the reference that may be the one asked for."""

    uprn: str
    address: str
    probability: Probability
    """That this is the premises asked for."""
    relation: Relation
    """How it is related to the premises asked for."""
    match_code: str
    """How far it agrees with the address, and in what it does not: `premises ~street -town`."""
    historical: NotRequired[bool]
    """True where that text, or the premises, is historical; else it is not there."""
    postcode: NotRequired[str]
    """This and what follows is there where `fields` names it; empty or null where the reference holds nothing."""
    classification: NotRequired[str]
    classification_words: NotRequired[str]
    country: NotRequired[str]
    status: NotRequired[str]
    """Of the premises in the reference."""
    parent_uprn: NotRequired[str]
    latitude: NotRequired[float | None]
    longitude: NotRequired[float | None]
    easting: NotRequired[float | None]
    northing: NotRequired[float | None]
    valid_from: NotRequired[str]
    """From when the text that stands for the premises is valid, as far as the reference says; so `valid_to`."""
    valid_to: NotRequired[str]
    custodian: NotRequired[str]
    """Code of the authority that keeps the premises."""
    premises_from: NotRequired[str]
    """From when the premises is, as far as the reference says; so `premises_to`, and when it was last changed."""
    premises_to: NotRequired[str]
    premises_updated: NotRequired[str]
    source: NotRequired[str]
    """The reference that the text is of which stands for the premises; empty where the index is of one alone."""


@described()
class ShownNumber(TypedDict):
    """A number of a street, and a premises that has it."""

    number: str
    """With its letter, or both ends of its range: `12`, `12A`, `6-8`."""
    uprn: str
    """Of the house itself where it is held, else of one of its parts."""
    address: str


@described()
class PartNotHeld(TypedDict):
    """The part of an address that the reference does not hold, though it holds the street or the building."""

    element: Field
    """`number`, of a street that is held, or `flat`, of a building that is."""
    text: str
    """As it is written in the input."""
    start: int
    """First character in the input, inclusive."""
    end: int
    """Last character in the input, exclusive."""
    nearest: list[ShownNumber]
    """Instead of a number the nearest of its street, those of its own side (odd or even) first; empty instead of a flat."""


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
    answer_id: NotRequired[str]
    """Names this answer for feedback, where the service keeps any: in answers to one address."""
    id: NotRequired[str]
    """What a request in bulk knows the address by."""
    answered_by: NotRequired[str]
    """Name of the bundle that answered, where the request names its data set."""
    not_held: NotRequired[PartNotHeld | None]
    """The number or flat that the reference lacks where it holds the street or the building; looked for in answers to one address,
    null where nothing of the kind is known."""


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


def show_not_held(answer: AddressAnswer, found: NotHeld | None) -> None:
    """Write into an answer what of its address is not held."""
    answer["not_held"] = None if found is None else _part_not_held(found)


def _part_not_held(found: NotHeld) -> PartNotHeld:
    return {
        "element": found.element,
        "text": found.text,
        "start": found.start,
        "end": found.end,
        "nearest": [_shown_number(one) for one in found.nearest],
    }


def _shown_number(held: HeldNumber) -> ShownNumber:
    return {"number": held.number, "uprn": held.uprn, "address": held.address}


def candidate_object(premises: RankedPremises) -> Candidate:
    """Write a ranked premises as JSON values."""
    written: Candidate = {
        "uprn": premises.uprn,
        "address": premises.address,
        "probability": premises.probability,
        "relation": premises.relation,
        "match_code": premises.match_code,
    }
    return {**written, "historical": True} if premises.is_historical else written


def indented(answer: AddressAnswer) -> str:
    """Write an answer as a page of JSON, its numbers as HTTP writes them."""
    from pydantic import TypeAdapter

    return TypeAdapter(AddressAnswer).dump_json(answer, indent=2).decode()
