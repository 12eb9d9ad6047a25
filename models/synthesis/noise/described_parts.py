"""Parts of a house that are told by where they lie, without a number or a letter: GARDEN FLAT, 14 MILL ROAD."""

import re
from random import Random

from address_match.models.synthesis.noise.pieces import Pieces, find, insert, put
from address_match.parser.labelled_text import Piece
from address_match.parser.labels import Label

DESCRIPTIONS: tuple[str, ...] = (
    "GROUND FLOOR FLAT",
    "FIRST FLOOR FLAT",
    "TOP FLOOR FLAT",
    "TOP FLAT",
    "BASEMENT FLAT",
    "LOWER GROUND FLOOR FLAT",
    "GARDEN FLAT",
    "UPPER FLAT",
    "REAR FLAT",
    "THE FLAT",
    "ANNEXE",
    "THE ANNEXE",
)
_DESIGNATED = re.compile(r"[0-9]|\b[A-Z]\b", re.IGNORECASE)


def is_described(part: str) -> bool:
    """Return whether words name a part and neither a number nor a letter tells it from the others of its house."""
    return bool(part) and not _DESIGNATED.search(part)


def part_told(pieces: Pieces, rng: Random) -> Pieces:
    """Write a part of a house before its name or number.

    >>> text(part_told(address(number="14", street="MILL ROAD"), Random(1)))
    'TOP FLOOR FLAT 14 MILL ROAD'
    """
    named = [at for label in (Label.BUILDING, Label.NUMBER) if (at := find(pieces, label)) >= 0]
    if not named or find(pieces, Label.SUB_BUILDING) >= 0:
        return pieces
    house = min(named)
    return insert(pieces, house, Piece(rng.choice(DESCRIPTIONS), Label.SUB_BUILDING, pieces[house].separator))


def part_untold(pieces: Pieces, _rng: Random) -> Pieces:
    """Leave out a part that is told by where it lies.

    >>> text(part_untold(address(flat="GARDEN FLAT", number="14", street="MILL ROAD"), Random(0)))
    '14 MILL ROAD'
    """
    part = find(pieces, Label.SUB_BUILDING)
    return put(pieces, part) if part >= 0 and is_described(pieces[part].text) else pieces
