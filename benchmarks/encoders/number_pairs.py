"""Premises that must not be confused: whether a text is nearer to its own premises than to the one beside it.

All are made up: a premises of the country, and one that differs from it in one thing, written by the same register.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.ports import Encoder
from address_match.models.synthesis.noise.layout import commas_dropped
from address_match.models.synthesis.noise.letter_case import lower_case
from address_match.models.synthesis.noise.pieces import Pieces
from address_match.models.synthesis.noise.table import noised
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.texts.field_pieces import (
    building_pieces,
    locality_piece,
    number_piece,
    postcode_piece,
    street_pieces,
    town_piece,
)
from address_match.models.synthesis.texts.personal_texts import personal_pieces
from address_match.parser.labelled_text import render

Streets = Mapping[str, Sequence[Premises]]
"""One premises of each street of a town, by the town."""
Confusion = Callable[[Premises, Streets, Random], tuple[Premises, Premises] | None]
"""Makes of a premises the one that is asked for and the one that it must not be taken for; None where it cannot."""

SLIPS = (1, 2, 3)
"""Classes of training noise in a messy text."""
_ATTEMPTS = 8
_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class NumberPair:
    """A text, the premises that it names and one that it does not."""

    kind: str
    messy: bool
    query: str
    right: str
    wrong: str


def number_pairs(premises: Iterable[Premises], count: int, rng: Random) -> list[NumberPair]:
    """Make up to `count` pairs of each kind, clean and messy, of houses and flats.

    A clean text is the register's in lower case without commas, a messy one a person's with up to three slips that
    leave its numbers alone.
    """
    homes = [place for place in premises if _is_plain_home(place)]
    streets = _streets(homes)
    pairs: list[NumberPair] = []
    for kind, confusion in CONFUSIONS.items():
        rng.shuffle(homes)
        made = 0
        for place in homes:
            both = confusion(place, streets, rng)
            messy = _messy(both[0], rng) if both else ""
            if both is None or not messy:
                continue
            right, wrong = (_registered(one) for one in both)
            clean = render(lower_case(commas_dropped(_pieces(both[0]), rng), rng)).text
            pairs.append(NumberPair(kind, messy=False, query=clean, right=right, wrong=wrong))
            pairs.append(NumberPair(kind, messy=True, query=messy, right=right, wrong=wrong))
            made += 1
            if made == count:
                break
    return pairs


def margins(encoder: Encoder, pairs: Sequence[NumberPair]) -> NDArray[np.float32]:
    """Return by how much the cosine with the right text is larger, shape (pairs,)."""
    query, right, wrong = (
        encoder.encode([getattr(pair, side) for pair in pairs]) for side in ("query", "right", "wrong")
    )
    found: NDArray[np.float32] = np.einsum("ij,ij->i", query, right - wrong)
    return found


def _is_plain_home(place: Premises) -> bool:
    return (
        place.kind in {"house", "flat"}
        and place.number > 0
        and place.number_end < 0
        and not place.suffix
        and not place.floor
        and bool(place.street and place.town and place.postcode)
    )


def _streets(homes: Iterable[Premises]) -> Streets:
    first: dict[str, dict[str, Premises]] = {}
    for place in homes:
        first.setdefault(place.town, {}).setdefault(place.street, place)
    return {town: list(of_street.values()) for town, of_street in first.items()}


def _numbered(place: Premises, number: int) -> tuple[Premises, Premises]:
    return place, replace(place, number=number)


def _digits_swapped(place: Premises, _: Streets, __: Random) -> tuple[Premises, Premises] | None:
    tens, ones = divmod(place.number, 10)
    other = ones * 10 + tens
    return _numbered(place, other) if 10 < place.number < 100 and ones and other != place.number else None


def _digit_doubled(place: Premises, _: Streets, __: Random) -> tuple[Premises, Premises] | None:
    return _numbered(place, place.number * 11) if place.number < 10 else None


def _suffix_added(place: Premises, _: Streets, rng: Random) -> tuple[Premises, Premises] | None:
    return None if place.flat else (place, replace(place, suffix=rng.choice("ABC")))


def _suffix_left_out(place: Premises, _: Streets, rng: Random) -> tuple[Premises, Premises] | None:
    return None if place.flat else (replace(place, suffix=rng.choice("ABC")), place)


def _next_flat(place: Premises, _: Streets, rng: Random) -> tuple[Premises, Premises] | None:
    if not place.flat.isdecimal():
        return None
    flat = int(place.flat)
    return place, replace(place, flat=str(flat - 1 if flat > 1 and rng.random() < 0.5 else flat + 1))


def _flat_and_number_exchanged(place: Premises, _: Streets, __: Random) -> tuple[Premises, Premises] | None:
    if not place.flat.isdecimal() or int(place.flat) == place.number:
        return None
    return place, replace(place, flat=str(place.number), number=int(place.flat))


def _other_street(place: Premises, streets: Streets, rng: Random) -> tuple[Premises, Premises] | None:
    others = [other for other in streets[place.town] if other.street != place.street]
    if not others:
        return None
    other = rng.choice(others)
    moved = replace(
        place,
        street=other.street,
        dependent_street=other.dependent_street,
        locality=other.locality,
        postcode=other.postcode,
    )
    return place, moved


CONFUSIONS: Mapping[str, Confusion] = {
    "12 / 21": _digits_swapped,
    "1 / 11": _digit_doubled,
    "12 / 12A": _suffix_added,
    "12A / 12": _suffix_left_out,
    "flat 2 / flat 3": _next_flat,
    "flat 2, 14 / flat 14, 2": _flat_and_number_exchanged,
    "same number, other street": _other_street,
}


def _pieces(place: Premises) -> Pieces:
    number = number_piece(place, separator=", ")
    locality = locality_piece(place, separator=", ")
    return (
        *building_pieces(place, separator=", "),
        *([number] if number else []),
        *street_pieces(place, separator=", ", first=" "),
        *([locality] if locality else []),
        town_piece(place, separator=", "),
        postcode_piece(place, separator=", "),
    )


def _registered(place: Premises) -> str:
    return render(_pieces(place)).text


def _messy(place: Premises, rng: Random) -> str:
    """Write a premises with slips; empty where none of some attempts left its numbers as they are."""
    for _ in range(_ATTEMPTS):
        text = render(noised(personal_pieces(place, rng), rng.choice(SLIPS), rng)[0]).text
        if _says_its_numbers(text, place):
            return text
    return ""


def _says_its_numbers(text: str, place: Premises) -> bool:
    """Return whether a text states number, suffix and flat, in a notation that has one reading."""
    said = _DIGITS.findall(text)
    if str(place.number) not in said or "/" in text:
        return False
    if place.suffix and not re.search(rf"\b{place.number} ?{place.suffix}\b", text.upper()):
        return False
    return not place.flat or place.flat.upper() in re.findall(r"[0-9]+|\b[A-Z]\b", text.upper())
