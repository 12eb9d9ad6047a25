"""A named building whose name and postcode carry the address: number or street are left out, or written otherwise."""

from collections.abc import Mapping
from random import Random

from address_match.models.synthesis.noise.names import is_mere_name
from address_match.models.synthesis.noise.pieces import Pieces, find, put, retext, retext_each
from address_match.parser.labelled_text import Piece
from address_match.parser.labels import Label

_OTHER_STREETS = (
    *("THE VILLAGE", "MAIN STREET", "CHURCH LANE", "THE GREEN", "THE STREET", "VILLAGE ROAD"),
    *("MAIN ROAD", "BACK LANE", "CHAPEL LANE", "HIGH STREET", "LOW SIDE", "TOWN END"),
)
_ESTABLISHMENTS: Mapping[str, tuple[str, ...]] = {
    "CARE HOME": ("NURSING HOME", "RESIDENTIAL HOME", "REST HOME"),
    "NURSING HOME": ("CARE HOME", "RESIDENTIAL HOME"),
    "RESIDENTIAL HOME": ("CARE HOME", "REST HOME"),
    "PRIMARY SCHOOL": ("SCHOOL", "PRIMARY", "C OF E PRIMARY SCHOOL"),
    "DENTAL PRACTICE": ("DENTAL SURGERY", "DENTISTS"),
    "DENTAL SURGERY": ("DENTAL PRACTICE", "DENTAL CARE"),
    "MEDICAL CENTRE": ("HEALTH CENTRE", "SURGERY", "MEDICAL PRACTICE"),
    "HEALTH CENTRE": ("MEDICAL CENTRE", "CLINIC"),
    "SURGERY": ("MEDICAL CENTRE", "MEDICAL PRACTICE"),
    "PHARMACY": ("CHEMIST", "CHEMISTS", "DISPENSARY"),
    "GARAGE": ("MOTORS", "SERVICE STATION"),
}
_NAMES = (Label.BUILDING, Label.ORGANISATION)


def number_unsaid(pieces: Pieces, _rng: Random) -> Pieces:
    """Leave the number of a named building out; its postcode stays.

    >>> text(number_unsaid(address(building="ROSE HOUSE", number="5", street="MILL LANE", postcode="AB1 2CD"), Random(0)))
    'ROSE HOUSE MILL LANE AB1 2CD'
    """
    number = find(pieces, Label.NUMBER)
    return put(pieces, number) if number >= 0 and _name_carries(pieces) else pieces


def street_unsaid(pieces: Pieces, _rng: Random) -> Pieces:
    """Leave the street of a building without a number out; its postcode stays.

    >>> text(street_unsaid(address(building="ROSE HOUSE", street="MILL LANE", postcode="AB1 2CD"), Random(0)))
    'ROSE HOUSE AB1 2CD'
    """
    street = find(pieces, Label.STREET)
    alone = find(pieces, Label.NUMBER) < 0 and street >= 0 and _name_carries(pieces)
    return put(pieces, street) if alone else pieces


def street_otherwise(pieces: Pieces, rng: Random) -> Pieces:
    """Name another street of the village for a building without a number; its postcode stays.

    >>> text(street_otherwise(address(building="ROSE HOUSE", street="MILL LANE", postcode="AB1 2CD"), Random(0)))
    'ROSE HOUSE MAIN ROAD AB1 2CD'
    """
    street = find(pieces, Label.STREET)
    alone = find(pieces, Label.NUMBER) < 0 and find(pieces, Label.SUB_BUILDING) < 0
    if street < 0 or not alone or not _name_carries(pieces):
        return pieces
    return retext(pieces, street, rng.choice(_OTHER_STREETS))


def street_inserted(pieces: Pieces, rng: Random) -> Pieces:
    """Name a street for a building that stands on none in the register; its postcode stays.

    >>> text(street_inserted(address(building="ROSE HOUSE", town="OTLEY", postcode="AB1 2CD"), Random(0)))
    'ROSE HOUSE MAIN ROAD OTLEY AB1 2CD'
    """
    name = find(pieces, Label.BUILDING)
    if find(pieces, Label.STREET) >= 0 or find(pieces, Label.NUMBER) >= 0 or not _name_carries(pieces):
        return pieces
    if name < 0:
        return pieces
    separator = pieces[name + 1].separator if name + 1 < len(pieces) else " "
    return put(pieces, name, pieces[name], Piece(rng.choice(_OTHER_STREETS), Label.STREET, separator))


def establishment_otherwise(pieces: Pieces, rng: Random) -> Pieces:
    """Call an establishment by another word for its kind.

    >>> text(establishment_otherwise(address(organisation="THE ELMS CARE HOME", street="MILL LANE"), Random(0)))
    'THE ELMS RESIDENTIAL HOME MILL LANE'
    """

    def otherwise(words: str) -> str:
        for kind, others in _ESTABLISHMENTS.items():
            if words.endswith(f" {kind}"):
                return words.removesuffix(kind) + rng.choice(others)
        return words

    return retext_each(pieces, _NAMES, otherwise)


def _name_carries(pieces: Pieces) -> bool:
    """Return whether a name stands that tells the building from its neighbours in the postcode."""
    if find(pieces, Label.POSTCODE) < 0:
        return False
    return any(piece.label in _NAMES and is_mere_name(piece.text) for piece in pieces)
