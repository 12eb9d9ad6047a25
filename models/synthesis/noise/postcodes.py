"""What happens to a postcode; number and street stay."""

from collections.abc import Mapping
from random import Random

from address_match.models.synthesis.country.postcodes import INWARD_LETTERS
from address_match.models.synthesis.noise.pieces import Pieces, find, moved, postcode_of, put, retext
from address_match.parser.labels import Label

_SAME_SECTOR_SHARE = 0.5
"""Postcodes of another street that lie in the same sector; the others lie anywhere in the district."""


def postcode_glued(pieces: Pieces, _rng: Random) -> Pieces:
    """Leave the space out.

    >>> text(postcode_glued(address(town="LEEDS", postcode="LS1 4AB"), Random(0)))
    'LEEDS LS14AB'
    """
    index, outward, inward = postcode_of(pieces)
    return retext(pieces, index, outward + inward) if index >= 0 else pieces


def postcode_split(pieces: Pieces, rng: Random) -> Pieces:
    """Put the space in a wrong place.

    >>> text(postcode_split(address(town="LEEDS", postcode="LS1 4AB"), Random(2)))
    'LEEDS LS 1 4AB'
    """
    index, outward, inward = postcode_of(pieces)
    if index < 0:
        return pieces
    area = outward.rstrip("0123456789") if outward[-1].isdigit() else outward[:1]
    split = (
        f"{area} {outward[len(area) :]} {inward}",
        f"{outward}{inward[0]} {inward[1:]}",
        f"{outward} - {inward}",
    )
    return retext(pieces, index, rng.choice(split))


def postcode_lower(pieces: Pieces, _rng: Random) -> Pieces:
    """Write the postcode in small letters.

    >>> text(postcode_lower(address(town="LEEDS", postcode="LS1 4AB"), Random(0)))
    'LEEDS ls1 4ab'
    """
    index = find(pieces, Label.POSTCODE)
    return retext(pieces, index, pieces[index].text.lower()) if index >= 0 else pieces


def postcode_first(pieces: Pieces, _rng: Random) -> Pieces:
    """Begin with the postcode.

    >>> text(postcode_first(address(number="12", street="HIGH STREET", postcode="LS1 4AB"), Random(0)))
    'LS1 4AB 12 HIGH STREET'
    """
    index = find(pieces, Label.POSTCODE)
    return moved(pieces, index, 0) if index > 0 else pieces


def postcode_middle(pieces: Pieces, _rng: Random) -> Pieces:
    """Write the postcode before the town.

    >>> text(postcode_middle(address(street="HIGH STREET", town="LEEDS", postcode="LS1 4AB"), Random(0)))
    'HIGH STREET LS1 4AB LEEDS'
    """
    index, town = find(pieces, Label.POSTCODE), find(pieces, Label.TOWN)
    return moved(pieces, index, town) if 0 < town < index else pieces


def postcode_missing(pieces: Pieces, _rng: Random) -> Pieces:
    """Leave the postcode out where a town or a locality stays.

    >>> text(postcode_missing(address(street="HIGH STREET", town="LEEDS", postcode="LS1 4AB"), Random(0)))
    'HIGH STREET LEEDS'
    """
    index = find(pieces, Label.POSTCODE)
    stays = find(pieces, Label.TOWN) >= 0 or find(pieces, Label.LOCALITY) >= 0
    return put(pieces, index) if index >= 0 and stays else pieces


def postcode_outward_only(pieces: Pieces, _rng: Random) -> Pieces:
    """Leave the inward part out.

    >>> text(postcode_outward_only(address(town="LEEDS", postcode="LS1 4AB"), Random(0)))
    'LEEDS LS1'
    """
    index, outward, _ = postcode_of(pieces)
    return retext(pieces, index, outward) if index >= 0 else pieces


def postcode_letter_off(pieces: Pieces, rng: Random) -> Pieces:
    """Change one letter of the inward part: the unit next door, while number and street stay.

    >>> text(postcode_letter_off(address(town="LEEDS", postcode="LS1 4AB"), Random(0)))
    'LEEDS LS1 4AT'
    """
    index, outward, inward = postcode_of(pieces)
    if index < 0:
        return pieces
    place = rng.choice((1, 2))
    letter = rng.choice(INWARD_LETTERS.replace(inward[place], ""))
    return retext(pieces, index, f"{outward} {inward[:place]}{letter}{inward[place + 1 :]}")


def postcode_digit_off(pieces: Pieces, rng: Random) -> Pieces:
    """Change the digit of the inward part: the sector next door, while number and street stay.

    >>> text(postcode_digit_off(address(town="LEEDS", postcode="LS1 4AB"), Random(0)))
    'LEEDS LS1 7AB'
    """
    index, outward, inward = postcode_of(pieces)
    if index < 0:
        return pieces
    return retext(pieces, index, f"{outward} {rng.choice('0123456789'.replace(inward[0], ''))}{inward[1:]}")


def postcode_transposed(pieces: Pieces, rng: Random) -> Pieces:
    """Exchange two neighbouring characters of the postcode that differ.

    >>> text(postcode_transposed(address(town="LEEDS", postcode="LS1 4AB"), Random(5)))
    'LEEDS LS1 4BA'
    """
    index, outward, inward = postcode_of(pieces)
    if index < 0:
        return pieces
    whole = outward + inward
    places = [
        i
        for i in range(len(whole) - 1)
        if whole[i] != whole[i + 1] and whole[i].isdigit() == whole[i + 1].isdigit()
    ]
    if not places:
        return pieces
    i = rng.choice(places)
    whole = whole[:i] + whole[i + 1] + whole[i] + whole[i + 2 :]
    return retext(pieces, index, f"{whole[:-3]} {whole[-3:]}")


def postcode_of_another_street(pieces: Pieces, rng: Random) -> Pieces:
    """Write the postcode of another street of the district, as people do who moved, or whose street was renumbered.

    >>> text(postcode_of_another_street(address(town="LEEDS", postcode="LS1 4AB"), Random(0)))
    'LEEDS LS1 6BL'
    """
    index, outward, inward = postcode_of(pieces)
    if index < 0:
        return pieces
    digit = inward[0] if rng.random() < _SAME_SECTOR_SHARE else rng.choice("0123456789")
    letters = rng.choice(INWARD_LETTERS) + rng.choice(INWARD_LETTERS)
    return retext(pieces, index, f"{outward} {digit}{letters}")


_LOOK_ALIKES: Mapping[str, str] = {
    "0": "O",
    "O": "0",
    "1": "I",
    "I": "1",
    "5": "S",
    "S": "5",
    "8": "B",
    "B": "8",
}


def postcode_look_alike(pieces: Pieces, rng: Random) -> Pieces:
    """Take one letter or digit of the postcode for what looks like it.

    >>> text(postcode_look_alike(address(street="MILL ROAD", postcode="SW1A 1AA"), Random(0)))
    'MILL ROAD SWIA 1AA'
    """
    index = find(pieces, Label.POSTCODE)
    if index < 0:
        return pieces
    code = pieces[index].text
    places = [place for place, character in enumerate(code) if character in _LOOK_ALIKES]
    if not places:
        return pieces
    place = rng.choice(places)
    return retext(pieces, index, code[:place] + _LOOK_ALIKES[code[place]] + code[place + 1 :])
