"""Write the number or letter of a part of a building in the one form in which two can be compared."""

import re
from collections.abc import Sequence
from itertools import pairwise

_BETWEEN = frozenset({"TO", "AND", "&"})
_PLAIN = re.compile(r"0*([0-9]+)([A-Z]?)")
_NUMBER_LETTER = re.compile(r"0*([0-9]+)-([A-Z])")
_SLASHED_LETTER = re.compile(r"0*([0-9]+)/([A-Z])")
_GROUND_FLAT = re.compile(r"G/0*([0-9]+)")
_TENEMENT_FLAT = re.compile(r"0([0-9])/0?([0-9])|([0-9])/0([0-9])")
_SLASHED_LETTERS = re.compile(r"0*([0-9]+)([A-Z]?)/0*\1([A-Z])")
_LETTER_NUMBER = re.compile(r"([A-Z])[-/]?0*([0-9]+)")
_FEWEST_LISTED = 3
_LIST_END = frozenset({"AND", "&"})


def designator(tokens: Sequence[str]) -> str:
    """Write a designator without leading zeros, slashed letters joined, a letter and its number in one, and a range
    with a hyphen.

    >>> designator(["03"]), designator(["6/A"]), designator(["9", "TO", "10"]), designator(["79", "A"])
    ('3', '6A', '9-10', '79 A')
    >>> designator(["B", "2"]), designator(["G/2"]), designator(["4", "5", "AND", "6"]), designator(["4", "&", "5", "&", "6"])
    ('B2', '0/2', '4-6', '4-6')
    >>> designator(["5", "AND", "7"]), designator(["4A/4B"])
    ('5 7', '4A-4B')
    """
    written: list[str] = []
    joining = listing = False
    for token in tokens:
        if token in _BETWEEN:
            joining = bool(written)
            listing = token in _LIST_END
            continue
        piece = _piece(token)
        if joining and written:
            joining = False
            if listing and not _is_next(written[-1].rpartition("-")[2], piece):
                written.append(piece)
                continue
            first = _first_of_list([*written, piece]) if listing else 0
            begin, _, end = written[first].partition("-")
            lengthened = end and _is_next(end, piece)
            written[first:] = [f"{begin if lengthened else written[first]}-{piece}"]
        elif len(written) == 1 and len(written[0]) == 1 and written[0].isalpha() and piece.isdigit():
            written[0] += piece
        else:
            written.append(piece)
    return f"{written[0]}-{written[-1]}" if _counts_up(written) else " ".join(written)


def _counts_up(pieces: Sequence[str]) -> bool:
    """Return whether three numbers or more count up by one, a list without a word in it: 10, 11, 12."""
    return (
        len(pieces) >= _FEWEST_LISTED
        and pieces[0].isdigit()
        and all(_is_next(piece, following) for piece, following in pairwise(pieces))
    )


def _is_next(piece: str, following: str) -> bool:
    """Return whether a number or a letter, with a letter or a number before it, is the next one: 5 and 6, A and B, A1 and A2,
    8A and 8B.
    """
    first, last = _LETTER_NUMBER.fullmatch(piece), _LETTER_NUMBER.fullmatch(following)
    if first and last and first[1] == last[1]:
        piece, following = first[2], last[2]
    if piece.isdigit() and following.isdigit():
        return int(following) == int(piece) + 1
    house, next_house = _PLAIN.fullmatch(piece), _PLAIN.fullmatch(following)
    if house and next_house and house[1] == next_house[1]:
        piece, following = house[2], next_house[2]
    letters = len(piece) == len(following) == 1 and piece.isalpha() and following.isalpha()
    return letters and ord(following) == ord(piece) + 1


def _first_of_list(pieces: Sequence[str]) -> int:
    """Return where the numbers or letters begin that count up by one to the last piece, which is the one before it at
    the latest.
    """
    first = len(pieces) - 1
    while first and _is_next(pieces[first - 1], pieces[first]):
        first -= 1
    return min(first, len(pieces) - 2)


def _piece(token: str) -> str:
    if plain := _PLAIN.fullmatch(token):
        return plain[1] + plain[2]
    if slashed := _SLASHED_LETTER.fullmatch(token):
        return slashed[1] + slashed[2]
    if several := _SLASHED_LETTERS.fullmatch(token):
        return f"{several[1]}{several[2]}-{several[1]}{several[3]}"
    if hyphened := _NUMBER_LETTER.fullmatch(token):
        return hyphened[1] + hyphened[2]
    if ground := _GROUND_FLAT.fullmatch(token):
        return f"0/{ground[1]}"
    if tenement := _TENEMENT_FLAT.fullmatch(token):
        return f"{tenement[1] or tenement[3]}/{tenement[2] or tenement[4]}"
    if lettered := _LETTER_NUMBER.fullmatch(token):
        return lettered[1] + lettered[2]
    return token
