"""Premises by the components that damage is done to, and which of them are one place.

The addresses of a file are cut by their commas, and by nothing that is measured here: a parser that cut them would hide
its own errors.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from address_match.models.synthesis.councils.components import Components, components_of
from address_match.models.synthesis.councils.identity import marks_of
from address_match.models.synthesis.premises import Premises
from address_match.parser.lexicon.lexicon import shipped_lexicon

_NUMBER_AND_STREET = re.compile(r"(\d+[A-Z]?(?: ?[-/] ?\d+[A-Z]?)?) (.*[A-Z]{2}.*)")
_FLOOR = re.compile(r"[A-Z0-9]+ FLOOR|BASEMENT|REAR|FRONT")
_PART = re.compile(r"(?:FLAT|UNIT|UNITS|APARTMENT|SUITE|ROOM|STUDIO|SHOP|KIOSK|STALL|BLOCK) \S+|.* FLOOR")


@dataclass(frozen=True, slots=True)
class Place:
    """A premises of a reference, and which others cannot be told from it."""

    components: Components
    same_as: str
    """Rows with the same one are the same place under several names: any of them is a right answer."""
    absent_with: str
    """Rows with the same one are left out of a reference together, as nobody knows which of them are one place."""


def places_of_premises(premises: Iterable[Premises]) -> list[Place]:
    """Take what stands on a street of a made-up country; businesses of one number are one place under several names."""
    return [Place(each, _same_as(each), each.uprn) for each in components_of(premises)]


def places_of_rows(rows: Iterable[Mapping[str, str]]) -> list[Place]:
    """Cut the addresses of a file (uprn, address, postcode) that name a street; others are passed over."""
    lexicon = shipped_lexicon()
    found = (_place(row, frozenset(lexicon.street_types), frozenset(lexicon.counties)) for row in rows)
    return [each for each in found if each]


def _place(row: Mapping[str, str], street_types: frozenset[str], counties: frozenset[str]) -> Place | None:
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
    components = Components(
        uprn=row["uprn"],
        parent_uprn="",
        organisation=organisation,
        part=" ".join(parts),
        building=" ".join(names),
        number=number,
        street=street,
        locality=", ".join(fields[at + 1 :]),
        town=town,
        postcode=postcode,
    )
    same_as = _same_as(components)
    return Place(components, same_as, absent_with=same_as if number else postcode)


def _same_as(components: Components) -> str:
    """Name the place: by its number and part where it has a number, else by its name and part."""
    numbers = " ".join(sorted(marks_of(components.part, components.number)))
    name = "" if components.number else components.building or components.organisation
    return f"{components.postcode}|{numbers}|{_FLOOR.findall(components.part)}|{name}"


def _fields(address: str, postcode: str) -> list[str]:
    """Cut an address at its commas; a field that repeats the one before it, and the postcode, are dropped."""
    fields: list[str] = []
    for field in (" ".join(cut.upper().split()) for cut in address.split(",")):
        if field and field != postcode and fields[-1:] != [field]:
            fields.append(field)
    return fields


def _street_at(fields: Sequence[str], street_types: frozenset[str]) -> int | None:
    """Find the field of the street: one that begins with a number, or else one behind a name that ends in a kind of
    street.
    """
    for place, field in enumerate(fields):
        if _NUMBER_AND_STREET.fullmatch(field):
            return place
    return next(
        (place for place, field in enumerate(fields) if place and field.split()[-1] in street_types), None
    )
