"""Completes what somebody types: postcodes, streets, and the premises of these."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

import pyarrow as pa

from address_match.indexer.reference.street_directory import HeldPostcode, Street
from address_match.indexer.retrieval import PremisesLists
from address_match.service.lookup.listed_premises import ListedPremises, listed
from address_match.service.lookup.postcode_start import is_whole, spaced
from address_match.service.lookup.typed_premises import holding, numbered
from address_match.service.lookup.typed_text import TypedText
from address_match.service.matching.answer import Answer

STREETS_SEARCHED = 4
"""Streets in which a number is looked for; where more fit what is typed, it says too little."""
LEAST_PROBABILITY = 0.02
"""Of a premises that matching suggests: half an address leaves much to others, and what names nothing less than that."""


class SuggestionKind(StrEnum):
    """What a suggestion names."""

    POSTCODE = "postcode"
    STREET = "street"
    PREMISES = "premises"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One way to go on; what does not belong to its kind is empty."""

    kind: SuggestionKind
    text: str
    """To be shown."""
    premises: int
    """How many it stands for."""
    uprn: str = ""
    street: str = ""
    place: str = ""
    """Of the street, as look-ups of streets take it."""
    postcode: str = ""


def suggest(lists: PremisesLists, typed: TypedText, limit: int) -> list[Suggestion]:
    """Return at most `limit` ways to go on, the likeliest first; none where no name of the reference fits."""
    return list(islice(_every(lists, typed, limit), limit))


def _every(lists: PremisesLists, typed: TypedText, limit: int) -> Iterator[Suggestion]:
    if not (typed.words or typed.prefix):
        if is_whole(typed.postcode):
            texts = lists.in_postcode(typed.postcode.replace(" ", ""))
            yield from map(of_premises, listed(numbered(texts, typed)))
        elif typed.postcode:
            yield from map(_of_postcode, lists.directory.postcodes_from(typed.postcode, limit))
        return
    found = lists.directory.streets_with(typed.words, typed.prefix, limit, start=typed.postcode)
    if typed.numbers:
        for street in found.named[:STREETS_SEARCHED]:
            yield from map(of_premises, listed(numbered(_texts_on(lists, street), typed)))
    yield from map(_of_street, found.named)
    if len(found.named) == 1 and not typed.numbers:
        yield from map(of_premises, listed(_texts_on(lists, found.named[0])))
    for street in found.holding[:STREETS_SEARCHED]:
        yield from map(of_premises, listed(numbered(holding(_texts_on(lists, street), typed), typed)))


def _texts_on(lists: PremisesLists, street: Street) -> pa.Table:
    return lists.on_street(street.name, street.place)


def likely(answer: Answer) -> list[str]:
    """Return the premises that matching finds likely enough to suggest, where no name of the reference fits what is
    typed.
    """
    return [one.uprn for one in answer.candidates if one.probability >= LEAST_PROBABILITY]


def of_premises(premises: ListedPremises) -> Suggestion:
    """Suggest a premises."""
    return Suggestion(
        SuggestionKind.PREMISES, premises.address, 1, uprn=premises.uprn, postcode=premises.postcode
    )


def _of_street(street: Street) -> Suggestion:
    text = f"{street.name}, {street.place}" if street.place else street.name
    return Suggestion(SuggestionKind.STREET, text, street.premises, street=street.name, place=street.place)


def _of_postcode(held: HeldPostcode) -> Suggestion:
    postcode = spaced(held.postcode)
    return Suggestion(SuggestionKind.POSTCODE, postcode, held.premises, postcode=postcode)
