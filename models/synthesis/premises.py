from dataclasses import dataclass

from address_match.parser.labelled_text import Piece


@dataclass(frozen=True, slots=True)
class PremisesText:
    """One way in which a reference writes a premises."""

    kind: str
    """postal, gazetteer, alternative, historical or provisional."""
    language: str
    """en, cy, gd or ga."""
    valid_from: str
    """ISO date."""
    valid_to: str
    """ISO date; empty while the text is current."""
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Premises:
    """What is known of a premises, and the texts under which a reference holds it.

    Words are upper case; an empty text, or -1 for a whole number, means that it has none.
    """

    uprn: str
    parent_uprn: str = ""
    kind: str = ""
    """house, flat, block, business, unit, farm, room, po_box, land or street_record."""
    country: str = ""
    """E, W, S, N, M (Isle of Man), L (Channel Islands), as in AddressBase's country code."""
    classification: str = ""
    """An AddressBase classification code."""
    status: str = "approved"
    """approved, provisional or historical."""
    organisation: str = ""
    department: str = ""
    flat_word: str = ""
    """FLAT, APARTMENT, UNIT, ROOM, …; empty where the designator stands alone (2F1, GROUND LEFT)."""
    flat: str = ""
    """Designator of the sub-building: 3, A, 3A, 2F1, 1/2."""
    floor: str = ""
    """The floor in words, GROUND FLOOR, where it is part of the address."""
    building: str = ""
    number: int = -1
    number_end: int = -1
    suffix: str = ""
    dependent_street: str = ""
    street: str = ""
    street_welsh: str = ""
    locality: str = ""
    town: str = ""
    town_welsh: str = ""
    county: str = ""
    authority: str = ""
    """The local authority, which gazetteers write at the end."""
    postcode: str = ""
    """With its space."""
    latitude: float = 0.0
    longitude: float = 0.0
    easting: float = 0.0
    northing: float = 0.0
    texts: tuple[PremisesText, ...] = ()
