"""Texts with parts of every kind, alone and as chains: a room of a flat, a flat of a block, a desk on a floor.

Some kinds are kept for measuring.
"""

from random import Random

from address_match.models.synthesis.noise.pieces import Pieces, put
from address_match.models.synthesis.shares import Shares
from address_match.parser.labelled_text import Piece
from address_match.parser.labels import Label

TRAINING_KINDS: tuple[str, ...] = (
    *("FLAT", "FLAT", "APARTMENT", "UNIT", "ROOM", "ROOM", "SUITE", "OFFICE", "STUDIO", "SHOP"),
    *("GARAGE", "GARAGE", "STORE", "LOCKER", "SHED", "PARKING SPACE", "CAR PARKING SPACE", "WARD", "BAY"),
    *("PLOT", "PITCH", "WORKSHOP", "BEDSIT", "STALL", "KIOSK", "LOCK UP", "BOX ROOM", "BARN"),
)
RESERVED_KINDS: tuple[str, ...] = ("MOORING", "BERTH", "CELL", "DESK", "POD", "CABIN", "CONTAINER", "HANGAR")
"""Shown to no training."""
_OUTER = ("BLOCK", "BLOCK", "BUILDING", "TOWER", "WING", "PHASE", "STAIR", "ENTRANCE")
_FLOORS = (
    *("GROUND FLOOR", "FIRST FLOOR", "SECOND FLOOR", "1ST FLOOR", "2ND FLOOR", "3RD FLOOR", "TOP FLOOR"),
    *("BASEMENT", "LOWER GROUND FLOOR", "MEZZANINE", "G/F", "1/F", "FIRST FLR", "LEVEL 2"),
)
_HOUSE_LABELS = frozenset({Label.NUMBER, Label.BUILDING})
_CHAIN = Shares({"alone": 0.45, "of another": 0.25, "of a block": 0.15, "on a floor": 0.15})
_DESIGNATORS = Shares(
    {
        "number": 0.5,
        "number and letter": 0.12,
        "letter": 0.12,
        "letter and number": 0.14,
        "range": 0.06,
        "list": 0.06,
    }
)
_JOINTS = (", ", ", ", " ", " ", " - ")
_LARGEST = 60


def part_named(pieces: Pieces, rng: Random, kinds: tuple[str, ...] = TRAINING_KINDS) -> Pieces:
    """Write a part, or a chain of parts, before the building or number; the same pieces where a part stands already.

    >>> from address_match.parser.labelled_text import Piece
    >>> [p.text for p in part_named((Piece("12", Label.NUMBER), Piece("MILL ROAD", Label.STREET)), Random(1))]
    ['BAY 55', 'SHED G31', '12', 'MILL ROAD']
    """
    house = next((place for place, piece in enumerate(pieces) if piece.label in _HOUSE_LABELS), -1)
    if house < 0 or any(piece.label is Label.SUB_BUILDING for piece in pieces):
        return pieces
    joint = rng.choice(_JOINTS)
    first, *others = _chain(rng, kinds)
    written = (
        Piece(first, Label.SUB_BUILDING, pieces[house].separator),
        *(Piece(other, Label.SUB_BUILDING, joint) for other in others),
    )
    before_house = Piece(pieces[house].text, pieces[house].label, rng.choice((", ", " ")))
    return put(pieces, house, *written, before_house)


def _chain(rng: Random, kinds: tuple[str, ...]) -> list[str]:
    part = f"{rng.choice(kinds)} {_designator(rng)}"
    form = _CHAIN.draw(rng)
    if form == "alone":
        return [part]
    if form == "of another":
        return [part, f"{rng.choice(TRAINING_KINDS)} {_designator(rng)}"]
    if form == "of a block":
        return [part, f"{rng.choice(_OUTER)} {rng.choice('ABCDE123')}"]
    floor = rng.choice(_FLOORS)
    return [part, floor] if rng.random() < 1 / 2 else [floor, part]


def _designator(rng: Random) -> str:
    """Write a number, a letter, both, a range or a list."""
    number, letter = rng.randint(1, _LARGEST), rng.choice("ABCDEFGH")
    form = _DESIGNATORS.draw(rng)
    if form == "number":
        return str(number)
    if form == "number and letter":
        return f"{number}{letter}"
    if form == "letter":
        return letter
    if form == "letter and number":
        return f"{letter}{rng.choice(('', ' ', '-'))}{number}"
    if form == "range":
        return f"{number}-{number + rng.randint(1, 4)}"
    return f"{number}{rng.choice((' & ', ' AND ', ', '))}{number + 1}"
