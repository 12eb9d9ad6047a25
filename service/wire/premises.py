"""Premises, streets and suggestions as programs get them."""

from collections.abc import Collection, Iterable, Sequence
from typing import Required, cast

from typing_extensions import TypedDict

from address_match.indexer.directory import Street
from address_match.service.lookup.highlighter import Highlighter
from address_match.service.lookup.listed_premises import FIELDS, ListedPremises
from address_match.service.lookup.suggest import Suggestion, SuggestionKind
from address_match.service.wire.answer import AddressAnswer, Candidate
from address_match.service.wire.shape import described

_ALWAYS_SHOWN = ("uprn", "address")
"""Fields that a candidate has anyway; its address is the text that fits best."""
_PREMISES = {
    "uprn": "900000000017",
    "address": "14A THORNBECK ROW, MARLOW FOLD, ZZ9 4QT",
    "postcode": "ZZ9 4QT",
    "classification": "RD04",
    "classification_words": "Terraced",
    "country": "E",
    "status": "approved",
    "parent_uprn": "",
    "latitude": 51.5,
    "longitude": -0.1,
    "easting": None,
    "northing": None,
    "valid_from": "2001-05-14",
    "valid_to": "",
    "custodian": "9001",
    "premises_from": "2001-05-14",
    "premises_to": "",
    "premises_updated": "2016-02-10",
    "source": "",
}
_STREET = {"street": "THORNBECK ROW", "place": "MARLOW FOLD", "premises": 31}
_SUGGESTION = {
    "kind": "street",
    "text": "THORNBECK ROW, MARLOW FOLD",
    "highlights": [[0, 5]],
    "premises": 31,
    "uprn": "",
    "street": "THORNBECK ROW",
    "place": "MARLOW FOLD",
    "postcode": "",
}


@described(_PREMISES)
class Premises(TypedDict, total=False):
    """What the reference holds of a premises: the fields that were asked for, all unless some were named.

    A text is empty, and a number null, where the reference holds nothing.
    """

    uprn: Required[str]
    address: str
    """Its text that is current and postal, or the next best."""
    postcode: str
    classification: str
    classification_words: str
    """What the classification stands for."""
    country: str
    status: str
    parent_uprn: str
    latitude: float | None
    longitude: float | None
    easting: float | None
    northing: float | None
    valid_from: str
    """ISO date of that text, as `valid_to`."""
    valid_to: str
    custodian: str
    """Code of the authority that keeps the premises."""
    premises_from: str
    """ISO date of the premises, as the two that follow."""
    premises_to: str
    premises_updated: str
    source: str
    """The reference that the text is of; empty where the index is of one alone."""


@described(_STREET)
class StreetCount(TypedDict):
    """A street and how many premises stand on it."""

    street: str
    """Empty for premises whose address names no street."""
    place: str
    """The town, or the outcode of addresses that name none."""
    premises: int


@described(_SUGGESTION)
class ShownSuggestion(TypedDict):
    """One way to go on from what is typed."""

    kind: SuggestionKind
    text: str
    """To be shown."""
    highlights: list[tuple[int, int]]
    """Start and end of the characters of the text that were typed."""
    premises: int
    """How many it stands for."""
    uprn: str
    """Of a premises."""
    street: str
    """Of a street, to be looked up by with its place."""
    place: str
    postcode: str
    """Of a postcode or a premises."""


def premises_object(premises: ListedPremises, fields: Collection[str]) -> Premises:
    """Write a premises as JSON values, with its identifier and some fields."""
    if len(fields) == len(FIELDS):
        return _whole(premises)
    return cast("Premises", {name: getattr(premises, name) for name in ("uprn", *fields)})


def _whole(premises: ListedPremises) -> Premises:
    """Write all fields of a premises; a list makes dozens, and a loop over the fields takes twice as long."""
    return {
        "uprn": premises.uprn,
        "address": premises.address,
        "postcode": premises.postcode,
        "classification": premises.classification,
        "classification_words": premises.classification_words,
        "country": premises.country,
        "status": premises.status,
        "parent_uprn": premises.parent_uprn,
        "latitude": premises.latitude,
        "longitude": premises.longitude,
        "easting": premises.easting,
        "northing": premises.northing,
        "valid_from": premises.valid_from,
        "valid_to": premises.valid_to,
        "custodian": premises.custodian,
        "premises_from": premises.premises_from,
        "premises_to": premises.premises_to,
        "premises_updated": premises.premises_updated,
        "source": premises.source,
    }


def show_held(answer: AddressAnswer, held: Iterable[ListedPremises], fields: Sequence[str]) -> None:
    """Write some fields of the premises that are held into the candidates of an answer."""
    by_uprn = {premises.uprn: premises for premises in held}
    for candidate in answer["candidates"]:
        if premises := by_uprn.get(candidate["uprn"]):
            shown = {name: getattr(premises, name) for name in fields if name not in _ALWAYS_SHOWN}
            candidate.update(cast("Candidate", shown))


def street_objects(streets: Sequence[Street]) -> list[StreetCount]:
    """Write streets as JSON values."""
    return [{"street": s.name, "place": s.place, "premises": s.premises} for s in streets]


def suggestion_object(suggestion: Suggestion, typed: Highlighter) -> ShownSuggestion:
    """Write a suggestion for what is typed as JSON values."""
    return {
        "kind": suggestion.kind,
        "text": suggestion.text,
        "highlights": typed.spans(suggestion.text),
        "premises": suggestion.premises,
        "uprn": suggestion.uprn,
        "street": suggestion.street,
        "place": suggestion.place,
        "postcode": suggestion.postcode,
    }
