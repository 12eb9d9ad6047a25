"""Completes what somebody types: postcodes, streets, and the premises of these."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from address_match.indexer.directory import HeldPostcode, Street
from address_match.indexer.retrieval import PremisesLists
from address_match.indexer.texts.text_columns import TextColumns
from address_match.service.lookup.listed_premises import STANDING, ListedPremises, standing
from address_match.service.lookup.postcode_start import is_whole, spaced
from address_match.service.lookup.typed_premises import rows_holding, rows_numbered
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
            texts = lists.columns_in_postcode(typed.postcode.replace(" ", ""))
            yield from _of_texts(texts, rows_numbered(texts, typed))
        elif typed.postcode:
            yield from map(_of_postcode, lists.directory.postcodes_from(typed.postcode, limit))
        return
    found = lists.directory.streets_with(typed.words, typed.prefix, limit, start=typed.postcode)
    if typed.numbers:
        for street in found.named[:STREETS_SEARCHED]:
            texts = _texts_on(lists, street)
            yield from _of_texts(texts, rows_numbered(texts, typed))
    yield from map(_of_street, found.named)
    if len(found.named) == 1 and not typed.numbers:
        texts = _texts_on(lists, found.named[0])
        yield from _of_texts(texts, range(len(texts)))
    for street in found.holding[:STREETS_SEARCHED]:
        texts = _texts_on(lists, street)
        yield from _of_texts(texts, rows_numbered(texts, typed, rows_holding(texts, typed)))


def _texts_on(lists: PremisesLists, street: Street) -> TextColumns:
    return lists.columns_on_street(street.name, street.place)


def _of_texts(texts: TextColumns, rows: Sequence[int]) -> Iterator[Suggestion]:
    """Suggest the premises of some rows of texts, each by the text that stands for it, as lists show it."""
    if not rows:
        return
    uprns, kinds, ends = ([column[row] for row in rows] for column in texts.values(*STANDING))
    addresses, own, named = texts.values("address", "postcode", "reading_postcode")
    for place in standing(uprns, kinds, ends):
        row = rows[place]
        yield _of_one(uprns[place], addresses[row], spaced(own[row] or named[row]))


def likely(answer: Answer) -> list[str]:
    """Return the premises that matching finds likely enough to suggest, where no name of the reference fits what is
    typed.
    """
    return [one.uprn for one in answer.candidates if one.probability >= LEAST_PROBABILITY]


def of_premises(premises: ListedPremises) -> Suggestion:
    """Suggest a premises."""
    return _of_one(premises.uprn, premises.address, premises.postcode)


def _of_one(uprn: str, address: str, postcode: str) -> Suggestion:
    return Suggestion(SuggestionKind.PREMISES, address, 1, uprn=uprn, postcode=postcode)


def _of_street(street: Street) -> Suggestion:
    text = f"{street.name}, {street.place}" if street.place else street.name
    return Suggestion(SuggestionKind.STREET, text, street.premises, street=street.name, place=street.place)


def _of_postcode(held: HeldPostcode) -> Suggestion:
    postcode = spaced(held.postcode)
    return Suggestion(SuggestionKind.POSTCODE, postcode, held.premises, postcode=postcode)
