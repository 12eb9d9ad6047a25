"""Businesses, persons and house names that come and go."""

import re
from random import Random

from address_match.models.synthesis.noise.pieces import Pieces, find, insert, put, retext, usual_separator
from address_match.parser.labelled_text import Piece
from address_match.parser.labels import Label

_TITLES = ("MR", "MRS", "MS", "DR", "MISS", "MR & MRS")
_INITIALS = (
    "",
    "",
    "A ",
    "B ",
    "C ",
    "D ",
    "E ",
    "G ",
    "H ",
    "J ",
    "K ",
    "L ",
    "M ",
    "P ",
    "R ",
    "S ",
    "J R ",
    "A M ",
)
_FIRST_NAMES = (
    *("JOHN", "SARAH", "DAVID", "MARGARET", "PETER", "SUSAN", "MOHAMMED", "PRIYA"),
    *("OWEN", "MEGAN", "CALLUM", "AILSA", "KATE", "TOM", "ANNA"),
)
_LAST_NAMES = (
    *("SMITH", "JONES", "PATEL", "WILLIAMS", "TAYLOR", "KHAN", "EVANS", "ROBERTS"),
    *("CAMPBELL", "MACDONALD", "MURRAY", "O'NEILL", "KELLY", "WRIGHT", "GREEN", "BAKER"),
    *("HUGHES", "COOPER", "SINGH", "HARRISON", "BENNETT", "DAVIES"),
)
_TRADES = (
    *("BUILDERS", "PLUMBING", "BAKERY", "DENTAL PRACTICE", "GARAGE", "SURGERY", "CAFE", "MOTORS"),
    *("PHARMACY", "SALON", "STORES", "SOLICITORS", "NURSERY", "FLORIST", "TAXIS", "NEWS"),
    *("LETTINGS", "CATERING", "AUTOS", "OPTICIANS"),
)
_COMPANY_ENDINGS = (" LTD", " LIMITED", "", "", " & SON", " & SONS", " UK LTD")
_HOUSE_NAMES = (
    *("ROSE", "IVY", "ORCHARD", "HOLLY", "WILLOW", "OAK", "THE OLD", "MILL"),
    *("HILL", "LAUREL", "CHERRY TREE", "BEECH", "SUNNY", "GREEN", "WOOD", "FERN"),
    *("BROOK", "MEADOW", "ELM", "HAWTHORN", "WHITE", "STONE", "FAIR", "LONG"),
)
_HOUSE_KINDS = (" COTTAGE", " HOUSE", " LODGE", " VIEW", " VILLA", "LEIGH", "HURST", " BANK", " CROFT")
_KINDS_LEFT_OUT = (" HOUSE", " BUILDING", " BUILDINGS", " BUNGALOW", " COTTAGE")
_KINDS_ADDED = (" HOUSE", " HOUSE", " HOUSE", " COTTAGE", " BUILDING")
_NO_NAMES_ALONE = frozenset({"THE", "OLD", "THE OLD", "NEW", "MANOR", "MILL", "CHURCH", "FARM"})
"""What is no name of a building without the word for its kind."""
_WORDS_WITHOUT_KIND = 2
"""Words of a name to which people add the kind, at most."""
_KINDS = re.compile(
    r"(?:HOUSE|COTTAGES?|LODGE|VIEW|VILLAS?|LEIGH|HURST|BANK|CROFT|COURT|FARM|BARN|HALL|BUNGALOW|BUILDINGS?|TOWER|PARK"
    r"|CENTRE|ESTATE|TERRACE|PARADE|GATE|APARTMENTS|MEWS|ROW|MILL|GRANGE|MANOR|RECTORY|VICARAGE|STABLES|RECORD|BOX)S?$",
    re.IGNORECASE,
)
_CARE_OF = ("C/O", "C/O", "CARE OF", "C/O:", "CO")
_TRADING_AS = ("T/A", "T/A", "TRADING AS", "TA")
_TITLED_SHARE = 0.5
"""Persons with a title and initials; the others have a first name."""
_HOLDING_SHARE = 0.2
"""Owners of a business that are a company, not a person."""
_PERSON_SHARE = 0.6
"""What stands behind c/o: a person, else a business."""


_TELLING = re.compile(
    r"\b(?:LAND|REAR|ADJ|ADJACENT|ADJOINING|OPPOSITE|OPP|PLOT|FRONT|BEHIND|BETWEEN|NEAR|UNIT|SITE)\b"
)


def is_mere_name(building: str) -> bool:
    """Return whether a building's words are a name beside its number, not a unit of it nor another place than it.

    >>> is_mere_name("ROSE COTTAGE"), is_mere_name("LAND ADJACENT TO")
    (True, False)
    """
    return not any(c.isdigit() for c in building) and not _TELLING.search(building.upper())


def _mere_building(pieces: Pieces) -> int:
    """Return the place of a building whose words are a mere name, or -1."""
    index = find(pieces, Label.BUILDING)
    return index if index >= 0 and is_mere_name(pieces[index].text) else -1


def person(rng: Random) -> str:
    """Return a person as a letter would name one, with a title and initials, or with a first name; none is real."""
    if rng.random() < _TITLED_SHARE:
        return f"{rng.choice(_TITLES)} {rng.choice(_INITIALS)}{rng.choice(_LAST_NAMES)}"
    return f"{rng.choice(_FIRST_NAMES)} {rng.choice(_LAST_NAMES)}"


def surname(rng: Random) -> str:
    """Return a surname."""
    return rng.choice(_LAST_NAMES)


def business(rng: Random) -> str:
    """Return the name of a business; none is real."""
    return f"{rng.choice(_LAST_NAMES)} {rng.choice(_TRADES)}{rng.choice(_COMPANY_ENDINGS)}"


def building_kind_dropped(pieces: Pieces, _rng: Random) -> Pieces:
    """Leave out of a building's name of what kind it is.

    >>> text(building_kind_dropped(address(building="HEATHFIELD HOUSE", street="MILL LANE"), Random(0)))
    'HEATHFIELD MILL LANE'
    """
    index = _mere_building(pieces)
    if index < 0:
        return pieces
    name = pieces[index].text
    for kind in _KINDS_LEFT_OUT:
        if name.upper().endswith(kind) and (rest := name[: -len(kind)]).upper() not in _NO_NAMES_ALONE:
            return retext(pieces, index, rest)
    return pieces


def building_kind_added(pieces: Pieces, rng: Random) -> Pieces:
    """Write of what kind a building is whose name does not tell.

    >>> text(building_kind_added(address(building="HEATHFIELD", street="MILL LANE"), Random(0)))
    'HEATHFIELD COTTAGE MILL LANE'
    """
    index = _mere_building(pieces)
    if index < 0:
        return pieces
    name = pieces[index].text
    if len(name.split()) > _WORDS_WITHOUT_KIND or _ends_with_a_kind(name):
        return pieces
    return retext(pieces, index, name + rng.choice(_KINDS_ADDED))


def _ends_with_a_kind(name: str) -> bool:
    return _KINDS.search(name) is not None


def organisation_dropped(pieces: Pieces, _rng: Random) -> Pieces:
    """Leave organisation and department out where a building or a street stays.

    >>> text(organisation_dropped(address(organisation="ALDER LTD", number="12", street="MILL ROAD"), Random(0)))
    '12 MILL ROAD'
    """
    dropped = {Label.ORGANISATION, Label.DEPARTMENT}
    kept = tuple(piece for piece in pieces if piece.label not in dropped)
    numbered = find(kept, Label.NUMBER) >= 0 or find(kept, Label.BUILDING) >= 0
    return kept if numbered and len(kept) < len(pieces) else pieces


def organisation_added(pieces: Pieces, rng: Random) -> Pieces:
    """Write a business before an address that names none.

    >>> text(organisation_added(address(number="12", street="MILL ROAD"), Random(3)))
    'ROBERTS AUTOS & SON, 12 MILL ROAD'
    """
    if find(pieces, Label.ORGANISATION) >= 0:
        return pieces
    return _before(pieces, Piece(business(rng), Label.ORGANISATION))


def organisation_twice(pieces: Pieces, _rng: Random) -> Pieces:
    """Write the organisation twice, as forms do that ask for its name and for the first line.

    >>> text(organisation_twice(address(organisation="ALDER SURGERY", street="MILL ROAD"), Random(0)))
    'ALDER SURGERY, ALDER SURGERY MILL ROAD'
    """
    index = find(pieces, Label.ORGANISATION)
    if index < 0:
        return pieces
    name = pieces[index]
    return put(pieces, index, name, Piece(name.text, name.label, ", "))


def trading_as(pieces: Pieces, rng: Random) -> Pieces:
    """Write the owner and t/a before the organisation.

    >>> text(trading_as(address(organisation="ALDER CAFE", number="12", street="MILL ROAD"), Random(4)))
    'DR S TAYLOR T/A ALDER CAFE 12 MILL ROAD'
    """
    index = find(pieces, Label.ORGANISATION)
    if index < 0:
        return pieces
    name = pieces[index]
    owner = f"{rng.choice(_LAST_NAMES)} HOLDINGS LTD" if rng.random() < _HOLDING_SHARE else person(rng)
    sign = Piece(rng.choice(_TRADING_AS), Label.OTHER)
    return put(pieces, index, Piece(owner, Label.OTHER, name.separator), sign, Piece(name.text, name.label))


def care_of(pieces: Pieces, rng: Random) -> Pieces:
    """Write c/o and a person or a business before the address.

    >>> text(care_of(address(number="12", street="MILL ROAD"), Random(4)))
    'C/O DR S TAYLOR, 12 MILL ROAD'
    """
    if not pieces:
        return pieces
    if rng.random() < _PERSON_SHARE:
        named = Piece(person(rng), Label.OTHER)
    else:
        named = Piece(business(rng), Label.ORGANISATION)
    return insert(_before(pieces, named), 0, Piece(rng.choice(_CARE_OF), Label.OTHER))


def person_prepended(pieces: Pieces, rng: Random) -> Pieces:
    """Write a person before the address.

    >>> text(person_prepended(address(number="12", street="MILL ROAD"), Random(0)))
    'KATE WRIGHT, 12 MILL ROAD'
    """
    return _before(pieces, Piece(person(rng), Label.OTHER))


def _before(pieces: Pieces, first: Piece) -> Pieces:
    """Return the pieces behind another one, with the separator that parts their fields, or a comma."""
    if not pieces:
        return pieces
    usual = usual_separator(pieces)
    separator = ", " if usual == " " else usual
    return (first, Piece(pieces[0].text, pieces[0].label, separator), *pieces[1:])


def building_dropped(pieces: Pieces, _rng: Random) -> Pieces:
    """Leave the name of a house out where its number stays.

    >>> text(building_dropped(address(building="ROSE COTTAGE", number="5", street="MILL LANE"), Random(0)))
    '5 MILL LANE'
    """
    index = _mere_building(pieces)
    numbered = 0 <= index < len(pieces) - 1 and pieces[index + 1].label is Label.NUMBER
    # A flat has its designator from the building: Flat 3 of a block is not Flat 3 of the number.
    return put(pieces, index) if numbered and find(pieces, Label.SUB_BUILDING) < 0 else pieces


def building_added(pieces: Pieces, rng: Random) -> Pieces:
    """Write the name of a house before the number of one that has none in the register.

    >>> text(building_added(address(number="5", street="MILL LANE"), Random(0)))
    'SUNNYHURST 5 MILL LANE'
    """
    index = find(pieces, Label.NUMBER)
    if index < 0 or any(
        find(pieces, label) >= 0 for label in (Label.BUILDING, Label.SUB_BUILDING, Label.ORGANISATION)
    ):
        return pieces
    number = pieces[index]
    name = rng.choice(_HOUSE_NAMES) + rng.choice(_HOUSE_KINDS)
    name = name.replace("OLDLEIGH", "OLD SCHOOL").replace("OLDHURST", "OLD BARN")
    separator = pieces[-1].separator
    return put(
        pieces,
        index,
        Piece(name, Label.BUILDING, number.separator),
        Piece(number.text, number.label, separator),
    )
