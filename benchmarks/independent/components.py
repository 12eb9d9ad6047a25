"""Premises cut into the components that damage is done to.

The addresses of a file are cut by their commas, and by nothing that is measured here: a parser that cut them would hide its own errors.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from address_match.models.synthesis.country.premises import Premises
from address_match.parser.lexicon.lexicon import shipped_lexicon

_NUMBER_AND_STREET = re.compile(r"(\d+[A-Z]?(?: ?[-/] ?\d+[A-Z]?)?) (.*[A-Z]{2}.*)")
_PART = re.compile(r"(?:FLAT|UNIT|UNITS|APARTMENT|SUITE|ROOM|STUDIO|SHOP|KIOSK|STALL|BLOCK) \S+|.* FLOOR")
_HOMES_AND_SHOPS = frozenset({"house", "flat", "business", "unit", "farm", "room"})


@dataclass(frozen=True, slots=True)
class Components:
    """What a premises is written of, in capitals; an empty text where it has none."""

    uprn: str
    parent_uprn: str
    organisation: str
    part: str
    """Flat, unit or floor, with its word."""
    building: str
    number: str
    """With its suffix, or a range."""
    street: str
    locality: str
    town: str
    postcode: str
    place: str
    """Rows with the same one are the same place under several names: any of them is a right answer."""
    absent_with: str
    """Rows with the same one are left out of a reference together, as nobody knows which of them are one place."""


def of_premises(premises: Iterable[Premises]) -> list[Components]:
    """Take the components of the homes, shops and businesses of a made-up country that stand on a street."""
    return [_of_premises(each) for each in premises if each.kind in _HOMES_AND_SHOPS and each.street]


def of_rows(rows: Iterable[Mapping[str, str]]) -> list[Components]:
    """Cut the addresses of a file (uprn, address, postcode) that name a street; others are passed over."""
    lexicon = shipped_lexicon()
    found = (_of_row(row, frozenset(lexicon.street_types), frozenset(lexicon.counties)) for row in rows)
    return [each for each in found if each]


def _of_premises(premises: Premises) -> Components:
    number = f"{premises.number}{premises.suffix}" if premises.number >= 0 else ""
    if premises.number_end >= 0:
        number += f"-{premises.number_end}"
    part = " ".join(word for word in (premises.floor, premises.flat_word, premises.flat) if word)
    return Components(
        uprn=premises.uprn,
        parent_uprn=premises.parent_uprn,
        organisation=premises.organisation,
        part=part,
        building=premises.building,
        number=number,
        street=" ".join(street for street in (premises.dependent_street, premises.street) if street),
        locality=premises.locality,
        town=premises.town,
        postcode=premises.postcode,
        place=premises.uprn,
        absent_with=premises.uprn,
    )


def _of_row(
    row: Mapping[str, str], street_types: frozenset[str], counties: frozenset[str]
) -> Components | None:
    postcode = " ".join(row["postcode"].upper().split())
    fields = _fields(row["address"], postcode)
    if fields and fields[-1] in counties:
        fields.pop()
    *fields, town = fields or [""]
    at = _street_at(fields, street_types)
    if not town or at is None:
        return None
    numbered = _NUMBER_AND_STREET.fullmatch(fields[at])
    number, street = (numbered[1], numbered[2]) if numbered else ("", fields[at])
    parts = [field for field in fields[:at] if _PART.fullmatch(field)]
    names = [field for field in fields[:at] if not _PART.fullmatch(field)]
    # What has no number is told by its name: that is its building then.
    organisation = names.pop(0) if names and number else ""
    part, building = " ".join(parts), " ".join(names)
    numbered_place = f"{postcode}|{number}|{part}"
    return Components(
        uprn=row["uprn"],
        parent_uprn="",
        organisation=organisation,
        part=part,
        building=building,
        number=number,
        street=street,
        locality=", ".join(fields[at + 1 :]),
        town=town,
        postcode=postcode,
        place=numbered_place if number else f"{postcode}|{building}|{part}",
        absent_with=numbered_place if number else postcode,
    )


def _fields(address: str, postcode: str) -> list[str]:
    """Cut an address at its commas; a field that repeats the one before it, and the postcode, are dropped."""
    fields: list[str] = []
    for field in (" ".join(cut.upper().split()) for cut in address.split(",")):
        if field and field != postcode and fields[-1:] != [field]:
            fields.append(field)
    return fields


def _street_at(fields: Sequence[str], street_types: frozenset[str]) -> int | None:
    """Find the field of the street: one that begins with a number, or else one behind a name that ends in a kind of street."""
    for place, field in enumerate(fields):
        if _NUMBER_AND_STREET.fullmatch(field):
            return place
    return next(
        (place for place, field in enumerate(fields) if place and field.split()[-1] in street_types), None
    )
