"""Houses beside which nothing else stands at their number, so that a part of theirs may be all that a register knows."""

from collections import Counter
from collections.abc import Iterator, Sequence

from address_match.models.synthesis.noise.described_parts import is_described
from address_match.models.synthesis.premises import Premises

_House = tuple[str, str, int, str]


def undivided_houses(premises: Sequence[Premises]) -> list[Premises]:
    """Return the houses of which no part is premises of its own."""
    return [place for place in _alone(premises) if place.kind == "house" and not _part(place)]


def lone_parts(premises: Sequence[Premises]) -> list[Premises]:
    """Return the parts told by where they lie that are the only premises of their house."""
    return [place for place in _alone(premises) if is_described(_part(place))]


def _alone(premises: Sequence[Premises]) -> Iterator[Premises]:
    standing = Counter(map(_house, premises))
    return (
        place
        for place in premises
        if place.street and (place.number > 0 or place.building) and standing[_house(place)] == 1
    )


def _house(place: Premises) -> _House:
    """Return the number of a house on its street, or its name where it has none."""
    return (
        place.dependent_street or place.street,
        place.postcode,
        place.number,
        place.building if place.number <= 0 else "",
    )


def _part(place: Premises) -> str:
    return " ".join(word for word in (place.flat_word, place.floor, place.flat) if word)
