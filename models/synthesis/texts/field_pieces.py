"""The fields of a premises as labelled pieces: the convention by which every text is labelled.

A plain number before a street is a BuildingNumber, a range of two numbers too. A number with a letter or a slash is a
BuildingName. A flat is a SubBuildingName, except for `14 ALDER COURT X ROAD`, where number and name together are the
BuildingName, and for `UNIT 2 X ROAD`, which is a BuildingName as well.
"""

from functools import lru_cache

from address_match.models.synthesis.premises import Premises
from address_match.parser.labelled_text import Piece
from address_match.parser.labels import Label

_NOT_OF_THE_PREMISES = frozenset({"OPPOSITE"})
"""What stands where a building would and points at another place."""


@lru_cache(maxsize=65536)
def piece(text: str, label: Label, separator: str = " ") -> Piece:
    """Build a piece; equal pieces are one object, since streets and towns recur in every address."""
    return Piece(text, label, separator)


def number_text(premises: Premises, *, dash: str = "-", gap: str = "") -> str:
    """Write the number with its range and suffix, empty where there is none: 12, 12-14, 14A.

    `dash` stands between the ends of a range, `gap` before a suffix.
    """
    if premises.number < 0:
        return ""
    if premises.number_end >= 0:
        return f"{premises.number}{dash}{premises.number_end}"
    if premises.suffix:
        return f"{premises.number}{gap}{premises.suffix}"
    return str(premises.number)


def number_piece(premises: Premises, *, dash: str = "-", gap: str = "", separator: str = " ") -> Piece | None:
    """Label the number, or None where there is none."""
    text = number_text(premises, dash=dash, gap=gap)
    if not text:
        return None
    return piece(text, Label.BUILDING if premises.suffix else Label.NUMBER, separator)


def reads_as_suffix(premises: Premises) -> bool:
    """Return whether the flat may be written as a letter behind the number: FLAT A, 14 as 14A."""
    return (
        premises.number >= 0
        and premises.number_end < 0
        and not premises.suffix
        and not premises.building
        and len(premises.flat) == 1
        and premises.flat.isalpha()
    )


def suffix_flat_piece(premises: Premises, *, gap: str = "") -> Piece:
    """Write number and flat as one, where `reads_as_suffix` allows it: 14A."""
    return piece(f"{premises.number}{gap}{premises.flat}", Label.BUILDING)


def slash_flat_piece(premises: Premises) -> Piece:
    """Write number and flat as one, as Edinburgh does: 12/3 for flat 3 at number 12."""
    return piece(f"{premises.number}/{premises.flat}", Label.BUILDING)


def flat_text(premises: Premises, *, word: str | None = None) -> str:
    """Write the sub-building with its floor: FLAT 3, 2F1, GROUND FLOOR FLAT; empty where there is none.

    `word` stands instead of the premises' own word; an empty one leaves it out.
    """
    own = premises.flat_word if word is None else word
    return " ".join(part for part in (premises.floor, own, premises.flat) if part)


def flat_piece(premises: Premises, *, word: str | None = None, separator: str = " ") -> Piece | None:
    """Label the sub-building, or None where there is none."""
    text = flat_text(premises, word=word)
    if not text:
        return None
    bare_unit = (
        premises.flat_word in {"UNIT", "UNITS"}
        and not premises.building
        and premises.number < 0
        and bool(premises.street)
    )
    return piece(text, Label.BUILDING if bare_unit else Label.SUB_BUILDING, separator)


def building_pieces(premises: Premises, *, word: str | None = None, separator: str = " ") -> list[Piece]:
    """Label the sub-building and the named building, together where number and name are one.

    A flat without a word before a building is one BuildingName with it (14 ALDER COURT), and where no street follows
    a number on a street (17 ELLERAY COURT).
    """
    own = premises.flat_word if word is None else word
    if premises.flat and premises.building and not own and not premises.floor and premises.flat.isdigit():
        if premises.street:
            return [piece(f"{premises.flat} {premises.building}", Label.BUILDING, separator)]
        return [piece(premises.flat, Label.NUMBER, separator), piece(premises.building, Label.STREET)]
    pieces: list[Piece] = []
    flat = flat_piece(premises, word=word, separator=separator)
    if flat is not None:
        pieces.append(flat)
    if premises.building:
        label = Label.OTHER if premises.building in _NOT_OF_THE_PREMISES else Label.BUILDING
        pieces.append(piece(premises.building, label, separator))
    return pieces


def organisation_pieces(premises: Premises, *, separator: str = " ") -> list[Piece]:
    """Label the organisation and its department."""
    pieces: list[Piece] = []
    if premises.organisation:
        pieces.append(piece(premises.organisation, Label.ORGANISATION, separator))
    if premises.department:
        pieces.append(piece(premises.department, Label.DEPARTMENT, separator))
    return pieces


def street_piece(premises: Premises, *, welsh: bool = False, separator: str = " ") -> Piece | None:
    """Label the street, or None where there is none; `welsh` takes its Welsh name where it has one."""
    text = (premises.street_welsh if welsh else "") or premises.street
    return piece(text, Label.STREET, separator) if text else None


def street_pieces(
    premises: Premises, *, welsh: bool = False, separator: str = " ", first: str | None = None
) -> list[Piece]:
    """Label the dependent street and the street; `first` separates the first of them from what stands before."""
    pieces: list[Piece] = []
    before = separator if first is None else first
    if premises.dependent_street:
        pieces.append(piece(premises.dependent_street, Label.STREET, before))
        before = separator
    street = street_piece(premises, welsh=welsh, separator=before)
    if street is not None:
        pieces.append(street)
    return pieces


def locality_piece(premises: Premises, *, separator: str = " ") -> Piece | None:
    """Label the locality, or None where there is none."""
    return piece(premises.locality, Label.LOCALITY, separator) if premises.locality else None


def town_piece(premises: Premises, *, welsh: bool = False, separator: str = " ") -> Piece:
    """Label the post town; `welsh` takes its Welsh name where it has one."""
    return piece((premises.town_welsh if welsh else "") or premises.town, Label.TOWN, separator)


def county_piece(name: str, *, separator: str = " ") -> Piece | None:
    """Label a county, a local authority or a country, or None where the name is empty."""
    return piece(name, Label.COUNTY, separator) if name else None


def authority_piece(premises: Premises, words: str) -> Piece | None:
    """Label what a gazetteer writes behind the town: the town once more, an authority or a county, or None."""
    if words == premises.town:
        return piece(words, Label.TOWN)
    return county_piece(words)


def postcode_piece(premises: Premises, *, separator: str = " ") -> Piece:
    """Label the postcode."""
    return piece(premises.postcode, Label.POSTCODE, separator)
