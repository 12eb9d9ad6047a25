"""Premises that are easily taken for others, laid among those of a country so that learners tell them apart.

Every register holds them, the synthetic country too, but so few that a learner meets none: a street whose name stands
once more in another village of the post town, and a place that is named by its neighbour's number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from address_match.models.synthesis.country.postcodes import INWARD_LETTERS
from address_match.models.synthesis.noise.pieces import Pieces, find, insert, put
from address_match.models.synthesis.premises import Premises, PremisesText
from address_match.models.synthesis.reference import is_left_out
from address_match.parser.labelled_text import Piece
from address_match.parser.labels import Label

STREETS_AGAIN = 0.03
"""Share of the streets that stand in another village of their post town as well."""
BESIDE = 0.01
"""Share of the houses beside which another place is named by their number."""
ONE_LETTER_OFF = 0.35
"""Share of the postcodes of such a street that differ in their last letter alone."""
_POINTING = ("REAR OF", "REAR OF", "REAR OF", "ADJACENT TO", "LAND ADJACENT TO", "LAND REAR OF", "LAND AT")

_Street = tuple[str, str, str]
"""Its name, its dependent part, its post town."""


def look_alikes(premises: Sequence[Premises], seed: int) -> Iterator[Premises]:
    """Yield premises that are easily taken for those given; the same for the same premises and seed."""
    yield from _streets_again(premises, seed)
    for place in premises:
        if is_plain_house(place) and is_left_out(place.uprn, seed=seed, rate=BESIDE):
            yield beside(place, Random(f"{seed}|{place.uprn}"))


def streets_standing_twice(premises: Sequence[Premises]) -> list[Premises]:
    """Return the premises on streets whose name stands in several villages of one post town."""
    villages: dict[_Street, set[str]] = {}
    for place in premises:
        villages.setdefault(_street(place), set()).add(place.locality)
    return [place for place in premises if place.street and len(villages[_street(place)]) > 1]


def named_by_a_neighbour(premises: Sequence[Premises]) -> list[Premises]:
    """Return the premises that are named by a neighbour's number: REAR OF 12."""
    return [place for place in premises if place.number > 0 and place.building in _POINTING]


def _street(place: Premises) -> _Street:
    return place.street, place.dependent_street, place.town


def is_plain_house(place: Premises) -> bool:
    """Return whether nothing but its number tells a premises of its street from the others."""
    named = (
        place.building or place.organisation or place.flat or place.flat_word or place.floor or place.suffix
    )
    return place.kind == "house" and place.number > 0 and place.number_end < 0 and not named


def _streets_again(premises: Sequence[Premises], seed: int) -> Iterator[Premises]:
    villages: dict[str, set[str]] = {}
    streets: dict[_Street, list[Premises]] = {}
    for place in premises:
        if place.street:
            villages.setdefault(place.town, set()).add(place.locality)
            streets.setdefault(_street(place), []).append(place)
    taken = {place.postcode for place in premises}
    for street, places in streets.items():
        others = sorted(villages[places[0].town] - {place.locality for place in places})
        if others and is_left_out("|".join(street), seed=seed, rate=STREETS_AGAIN):
            yield from _laid_again(places, others, taken, Random(f"{seed}|{street}"))


def _laid_again(
    places: Sequence[Premises], villages: Sequence[str], taken: set[str], rng: Random
) -> Iterator[Premises]:
    """Lay the premises of a street once more in one of some villages, under postcodes that no premises has."""
    village = rng.choice(villages)
    postcodes: dict[str, str] = {}
    for place in places:
        if place.postcode not in postcodes:
            postcodes[place.postcode] = _postcode_like(place.postcode, taken, rng)
            taken.add(postcodes[place.postcode])
        postcode = postcodes[place.postcode]
        yield replace(
            place,
            uprn=_uprn(place.uprn),
            parent_uprn=_uprn(place.parent_uprn),
            locality=village,
            postcode=postcode,
            texts=tuple(
                replace(text, pieces=_elsewhere(text.pieces, village, postcode)) for text in place.texts
            ),
        )


def _uprn(uprn: str) -> str:
    return f"{uprn}2" if uprn else ""


def _postcode_like(postcode: str, taken: set[str], rng: Random) -> str:
    """Make a postcode of the same district that is not taken, by its last letter where that serves."""
    if not postcode:
        return ""
    if rng.random() < ONE_LETTER_OFF:
        free = [found for letter in INWARD_LETTERS if (found := postcode[:-1] + letter) not in taken]
        if free:
            return rng.choice(free)
    while True:
        unit = rng.choice("0123456789") + rng.choice(INWARD_LETTERS) + rng.choice(INWARD_LETTERS)
        if postcode[:-3] + unit not in taken:
            return postcode[:-3] + unit


def _elsewhere(pieces: Pieces, village: str, postcode: str) -> Pieces:
    """Write a text with another village, none where it is empty, and another postcode."""
    place = find(pieces, Label.LOCALITY)
    if place >= 0 and village:
        pieces = put(pieces, place, Piece(village, Label.LOCALITY, pieces[place].separator))
    elif place >= 0:
        pieces = put(pieces, place)
    elif village and (town := find(pieces, Label.TOWN)) > 0:
        pieces = insert(pieces, town, Piece(village, Label.LOCALITY, pieces[town].separator))
    code = find(pieces, Label.POSTCODE)
    return pieces if code < 0 else put(pieces, code, Piece(postcode, Label.POSTCODE, pieces[code].separator))


def beside(place: Premises, rng: Random) -> Premises:
    """Lay a place that is named by the number of a house."""
    words = rng.choice(_POINTING)
    texts = tuple(_pointing(text, words) for text in place.texts)
    return replace(place, uprn=f"{place.uprn}3", parent_uprn="", building=words, texts=texts)


def _pointing(text: PremisesText, words: str) -> PremisesText:
    number = find(text.pieces, Label.NUMBER)
    if number < 0:
        return text
    here = text.pieces[number]
    pieces = put(
        text.pieces, number, Piece(words, Label.BUILDING, here.separator), Piece(here.text, here.label)
    )
    return replace(text, pieces=pieces)
