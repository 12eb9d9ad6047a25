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
_WHO = (
    *("TENANT", "OWNER", "LANDLORD", "HOUSEHOLDER", "CUSTOMER", "CONTACT", "RECIPIENT"),
    *("RESIDENT", "RESIDENTS", "OCCUPANT"),
)
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


_GREETINGS = ("HELLO,", "GOOD MORNING,", "DEAR SIR,", "DEAR ALL,", "HELLO THERE")
_ASKED = ("PLEASE", "PLS", "KINDLY", "CAN YOU", "COULD YOU", "")
_HANDED = ("SEND", "POST", "FORWARD", "DELIVER", "SHIP", "RETURN", "BRING", "DROP")
_THINGS = ("IT", "THIS", "THE PARCEL", "MY ORDER", "ALL MAIL", "EVERYTHING", "THE LETTER", "ONE COPY", "THEM")
_TOWARDS = ("TO", "TO", "ROUND TO", "BACK TO")
_STAYING = (
    "I AM STAYING AT",
    "WE ARE STILL AT",
    "SHE IS NOW LIVING AT",
    "MY PARENTS LIVE AT",
    "HE LIVED AT",
    "THEY WERE AT",
    "I HAVE MOVED TO",
    "THE SHOP IS AT",
    "MY SON STAYS AT",
    "YOU WILL FIND US AT",
)
_NOBODY_IN = ("IF NOBODY IS IN", "IF CLOSED", "WHEN I AM AT WORK", "IF NO ANSWER", "IF WE ARE AWAY")
_INSTEAD = ("TRY NEXT DOOR", "USE THE SHED", "CALL ME", "PUT IT IN THE PORCH", "TAKE IT BACK", "COME AGAIN")
_GREETED = ("CHEERS", "THANK YOU", "KIND REGARDS", "BEST WISHES", "TA VERY MUCH")
_DEPARTED = ("GONE AWAY", "NO LONGER LIVES HERE", "LEFT IN MAY", "RETURN TO SENDER", "NEVER HEARD OF HIM")
_TIMES = ("URGENT", "BY FRIDAY", "BEFORE NOON", "UNTIL JUNE 2021", "FROM 1ST MAY", "TODAY ONLY", "AFTER 6PM")


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
_GREETING_SHARE = 0.2
"""Sentences before an address that begin with a greeting."""
_STAYING_SHARE = 0.5
"""Sentences that say who is at the address; the others ask for something to be sent there."""
_ARTICLE_SHARE = 0.4
"""Persons who are named by what they are with an article."""
_BRACKETS_SHARE = 0.15
"""Notes behind an address that stand in brackets."""


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


def _who(rng: Random) -> str:
    return f"{'THE ' if rng.random() < _ARTICLE_SHARE else ''}{rng.choice(_WHO)}"


def _sentence_before(rng: Random) -> str:
    """Say that something is to be sent, or that somebody is there; the address follows."""
    greeting = f"{rng.choice(_GREETINGS)} " if rng.random() < _GREETING_SHARE else ""
    if rng.random() < _STAYING_SHARE:
        return f"{greeting}{rng.choice(_STAYING)}"
    words = (rng.choice(_ASKED), rng.choice(_HANDED), rng.choice(_THINGS), rng.choice(_TOWARDS))
    return f"{greeting}{' '.join(filter(None, words))}"


def _if_nobody_is_in(rng: Random) -> str:
    return f"{rng.choice(_NOBODY_IN)} {rng.choice(_INSTEAD)}"


_NOTES_BEFORE: Shares[Callable[[Random], str]] = Shares(
    {
        lambda rng: f"{rng.choice(_WHOSE)} {rng.choice(_WHAT)}": 0.25,
        lambda rng: rng.choice(_VERBS): 0.15,
        _who: 0.15,
        _reference: 0.15,
        _sentence_before: 0.3,
    }
)
_NOTES_BEHIND: Shares[Callable[[Random], str]] = Shares(
    {
        lambda rng: f"{rng.choice(_HOW)} {rng.choice(_DOORS)}": 0.2,
        lambda rng: rng.choice(_WHERE): 0.15,
        _telephone: 0.15,
        lambda rng: rng.choice(_STATES): 0.1,
        _reference: 0.1,
        _if_nobody_is_in: 0.1,
        lambda rng: rng.choice(_GREETED): 0.08,
        lambda rng: rng.choice(_DEPARTED): 0.06,
        lambda rng: rng.choice(_TIMES): 0.06,
    }
)


def note_before(pieces: Pieces, rng: Random) -> Pieces:
    """Write a heading, a reference or half a sentence before the address.

    >>> text(note_before(address(number="12", street="MILL ROAD"), Random(0)))
    'HE LIVED AT 12 MILL ROAD'
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
    '12 MILL ROAD - (USE THE STEPS)'
    """
    if not pieces:
        return pieces
    words = _NOTES_BEHIND.draw(rng)(rng)
    if rng.random() < _BRACKETS_SHARE:
        words = f"({words})"
    return (*pieces, Piece(words, Label.OTHER, rng.choice((" ", ", ", "\n", " - ", usual_separator(pieces)))))
