"""Which words for parts of buildings may stand for one another: a flat is an apartment, and no garage."""

UNNAMED = frozenset({"", "PART"})
"""Of a part that no word names."""
_ANY_ROOMS = frozenset({*UNNAMED, "UNIT"})
"""What flats and the parts of businesses alike are called."""
_DWELLINGS = frozenset({"FLAT", "STUDIO", "PENTHOUSE", "DOOR"})
_OFFICES = frozenset({"SUITE", "OFFICE"})
_BUSINESSES = frozenset({*_OFFICES, "SHOP", "WORKSHOP", "STALL"})
"""Any of them may be called a unit; the shop of a number is not its workshop."""
_KIOSK = "KIOSK"
"""Stands among the units of a centre and has a number of its own."""
_GROUNDS = frozenset({"PITCH", "PLOT"})
"""The ground on which one of those homes stands."""
_HOMES_IN_PARKS = frozenset({"CARAVAN", "VAN", "CHALET", "LODGE", "CABIN", "BERTH"})
"""A park may have some of each, whose numbers begin anew."""
_KNOWN = (
    _ANY_ROOMS | _DWELLINGS | _BUSINESSES | _GROUNDS | _HOMES_IN_PARKS | {_KIOSK, "ROOM", "ANNEXE", "BLOCK"}
)
"""Parts that people live or work in. Whatever else has a number within a premises is a thing of it: GARAGE, LOCKER,
CRYPT.
"""
_PO_BOX = "PO BOX"
_HOLDING_MANY = frozenset({"UNIT", "SUITE", "OFFICE", "SHOP", "WORKSHOP", "STALL", "PLOT", "PITCH"})
"""Parts that one business often has several of, whose numbers then are a range."""
OUTER = "BLOCK"
"""What parts stand in, which is left out where their numbers tell them apart."""


def same_kind(query: str, candidate: str) -> bool:
    """Return whether two words may mean one kind of part: the flat of a number is neither its garage nor its room.

    >>> same_kind("FLAT", "UNIT"), same_kind("FLAT", "GARAGE"), same_kind("", "ROOM"), same_kind("SUITE", "OFFICE")
    (True, False, True, True)
    >>> same_kind("STALL", "UNIT"), same_kind("KIOSK", "UNIT"), same_kind("KIOSK", "")
    (True, False, True)
    """
    if query == candidate:
        return True
    pair = {query, candidate}
    if pair <= _DWELLINGS | _ANY_ROOMS or pair <= _OFFICES:
        return True
    if pair <= _BUSINESSES | _ANY_ROOMS:
        return bool(pair & _ANY_ROOMS)
    if pair <= _GROUNDS | _HOMES_IN_PARKS:
        return bool(pair & _GROUNDS)
    return bool(pair & UNNAMED) and not (is_thing(query) or is_thing(candidate))


def is_thing(kind: str) -> bool:
    """Return whether a part, by one word, is a thing that belongs to a premises, or nobody knows what it is: GARAGE,
    CRYPT.
    """
    return kind not in _KNOWN and (" " not in kind or kind == _PO_BOX)


def may_be_a_house(kind: str) -> bool:
    """Return whether the number of a part may be written as that of a house: FLAT 6, PRIORY VIEW as 6 PRIORY VIEW."""
    return kind in _ANY_ROOMS | _DWELLINGS | _BUSINESSES | _GROUNDS | _HOMES_IN_PARKS | {_KIOSK}


def holds_many(kind: str) -> bool:
    """Return whether a part may go over several numbers: UNITS 4-6."""
    return kind in _HOLDING_MANY
