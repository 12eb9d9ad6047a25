"""Texts whose house number stands where the country writes none: behind its street, as lists and people from elsewhere
put it.
"""

from random import Random

from address_match.models.synthesis.noise.pieces import Pieces, find
from address_match.parser.labelled_text import Piece
from address_match.parser.labels import Label

_SIGNS = ("", "", "", "NO ", "NO. ")
_JOINTS = (" ", " ", ", ")
_PART_BEHIND_SHARE = 0.5
"""Texts whose flat follows the number, of those that begin with one."""


def number_behind_street(pieces: Pieces, rng: Random) -> Pieces:
    """Write the number behind the street; the same pieces where the text says another place before it, or has no
    number.

    >>> house = (Piece("12", Label.NUMBER), Piece("MILL ROAD", Label.STREET), Piece("LEEDS", Label.TOWN, ", "))
    >>> [piece.text for piece in number_behind_street(house, Random(3))]
    ['MILL ROAD', '12', 'LEEDS']
    """
    index = find(pieces, Label.NUMBER)
    before, rest = pieces[:index], pieces[index + 2 :]
    alone = index >= 0 and all(piece.label is Label.SUB_BUILDING for piece in before)
    if not alone or index + 1 == len(pieces) or pieces[index + 1].label is not Label.STREET:
        return pieces
    number, street = pieces[index : index + 2]
    written = Piece(f"{rng.choice(_SIGNS)}{number.text}", Label.NUMBER, rng.choice(_JOINTS))
    joint = rng.choice(_JOINTS)
    moved = (Piece(street.text, street.label, number.separator), written)
    if before and rng.random() < _PART_BEHIND_SHARE:
        return (*moved, *(Piece(part.text, part.label, joint) for part in before), *rest)
    return (*before, *moved, *rest)
