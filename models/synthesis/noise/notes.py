"""What forms and people write beside an address: headings, references, telephone numbers, ways to find the door."""

from collections.abc import Callable
from random import Random

from address_match.models.synthesis.noise.names import surname
from address_match.models.synthesis.noise.pieces import Pieces, find_last, insert, usual_separator
from address_match.models.synthesis.shares import Shares
from address_match.parser.labelled_text import Piece
from address_match.parser.labels import Label

_WHOSE = (
    "HOME",
    "POSTAL",
    "CUSTOMER",
    "PROPERTY",
    "BILLING",
    "PATIENT",
    "WORK",
    "PERMANENT",
    "SITE",
    "CURRENT",
)
_WHAT = ("ADDRESS", "ADDRESS", "ADDRESS IS", "ADDR", "LOCATION", "PREMISES")
_VERBS = (
    "LIVES AT",
    "RESIDING AT",
    "BILL TO",
    "INVOICE TO",
    "COLLECT FROM",
    "NOW AT",
    "MOVING TO",
    "WE ARE AT",
    "BASED AT",
)
_WHO = ("TENANT", "OWNER", "LANDLORD", "HOUSEHOLDER", "CUSTOMER", "CONTACT", "RECIPIENT")
_REFERENCES = ("REF", "REF NO", "ACCOUNT", "ORDER", "POLICY NO", "CASE", "JOB", "ID")
_TELEPHONES = ("MOBILE", "PHONE", "PH", "MOB", "T")
_DOORS = ("SIDE DOOR", "BLACK GATE", "RED GATE", "BACK GATE", "STEPS", "PORCH", "BUZZER 4", "INTERCOM")
_HOW = ("USE THE", "KNOCK AT", "ENTER BY THE", "PARCELS TO", "ACCESS VIA THE", "KEY AT THE")
_WHERE = (
    "BY THE PUB",
    "BEHIND THE SCHOOL",
    "NEXT TO THE SHOP",
    "PAST THE BRIDGE",
    "ON THE CORNER",
    "FACING THE PARK",
)
_STATES = (
    "VACANT",
    "SINCE 2015",
    "SOLD",
    "UNDER OFFER",
    "NEW BUILD",
    "CALL FIRST",
    "DO NOT BEND",
    "GROUND ONLY",
)


_WAYS = ("OFF", "OFF", "OFF", "JUST OFF")
_WAY_NAMES = (
    "STATION",
    "CHURCH",
    "MILL",
    "PARK",
    "VICTORIA",
    "LONDON",
    "GREEN",
    "NORTH",
    "QUEENS",
    "SCHOOL",
    "BRIDGE",
)
_WAY_TYPES = ("ROAD", "ROAD", "STREET", "LANE", "AVENUE", "HILL")


_USUAL_NAME_SHARE = 0.5
"""Other streets that are named by a usual word; the rest are named by a surname."""
_COLON_SHARE = 0.3
"""Notes before an address that end with a colon."""


def way_told(pieces: Pieces, rng: Random) -> Pieces:
    """Write behind the street off which other one it lies.

    >>> text(way_told(address(number="12", street="ELM VIEW", town="LEEDS"), Random(0)))
    '12 ELM VIEW, JUST OFF WRIGHT ROAD LEEDS'
    """
    street = find_last(pieces, Label.STREET)
    if street < 0:
        return pieces
    way = f"{rng.choice(_WAYS)} {_another_street(pieces[street].text, rng)}"
    return insert(pieces, street + 1, Piece(way, Label.OTHER, rng.choice((" ", ", ", ", "))))


def _another_street(street: str, rng: Random) -> str:
    name = rng.choice(_WAY_NAMES) if rng.random() < _USUAL_NAME_SHARE else surname(rng)
    return (
        f"{name} {rng.choice(_WAY_TYPES)}" if name not in street.upper() else f"MAIN {rng.choice(_WAY_TYPES)}"
    )


def _reference(rng: Random) -> str:
    return f"{rng.choice(_REFERENCES)} {rng.randrange(1_000, 1_000_000)}"


def _telephone(rng: Random) -> str:
    return f"{rng.choice(_TELEPHONES)} 07{rng.randrange(100, 1000)} {rng.randrange(100_000, 1_000_000)}"


_NOTES_BEFORE: Shares[Callable[[Random], str]] = Shares(
    {
        lambda rng: f"{rng.choice(_WHOSE)} {rng.choice(_WHAT)}": 0.4,
        lambda rng: rng.choice(_VERBS): 0.2,
        lambda rng: rng.choice(_WHO): 0.15,
        _reference: 0.25,
    }
)
_NOTES_BEHIND: Shares[Callable[[Random], str]] = Shares(
    {
        lambda rng: f"{rng.choice(_HOW)} {rng.choice(_DOORS)}": 0.3,
        lambda rng: rng.choice(_WHERE): 0.2,
        _telephone: 0.2,
        lambda rng: rng.choice(_STATES): 0.15,
        _reference: 0.15,
    }
)


def note_before(pieces: Pieces, rng: Random) -> Pieces:
    """Write a heading or a reference before the address.

    >>> text(note_before(address(number="12", street="MILL ROAD"), Random(0)))
    'JOB 43450: 12 MILL ROAD'
    """
    if not pieces:
        return pieces
    words = _NOTES_BEFORE.draw(rng)(rng)
    colon = ":" if rng.random() < _COLON_SHARE else ""
    following = Piece(pieces[0].text, pieces[0].label, rng.choice((" ", usual_separator(pieces))))
    return insert((following, *pieces[1:]), 0, Piece(f"{words}{colon}", Label.OTHER))


def note_behind(pieces: Pieces, rng: Random) -> Pieces:
    """Write how the door is found, whom to call or a remark behind the address.

    >>> text(note_behind(address(number="12", street="MILL ROAD"), Random(1)))
    '12 MILL ROAD USE THE STEPS'
    """
    if not pieces:
        return pieces
    words = _NOTES_BEHIND.draw(rng)(rng)
    return (*pieces, Piece(words, Label.OTHER, rng.choice((" ", ", ", "\n", " - ", usual_separator(pieces)))))
