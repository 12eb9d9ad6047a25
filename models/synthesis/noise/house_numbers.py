"""Notations of house numbers, their letters and their ranges."""

import re
from random import Random

from address_match.models.synthesis.noise.pieces import Pieces, find, put, retext, retext_each
from address_match.parser.labelled_text import Piece
from address_match.parser.labels import Label

_JOINED_SUFFIX = re.compile(r"\b([0-9]{1,4})([A-Z])\b", re.IGNORECASE)
_SPLIT_SUFFIX = re.compile(r"\b([0-9]{1,4}) ([A-Z])\b", re.IGNORECASE)
_RANGE = re.compile(r"([0-9]{1,4}[A-Z]?)(?: ?[-–] ?| )([0-9]{1,4}[A-Z]?)", re.IGNORECASE)
_NUMBERS = frozenset({Label.NUMBER, Label.BUILDING})
_ROW_OF_HOUSES = re.compile(
    r"([0-9]{1,3}) (.+ (?:COTTAGES|VILLAS|BUNGALOWS|HOUSES|ALMSHOUSES|BUILDINGS|DWELLINGS|CRESCENT|ROW))",
    re.IGNORECASE,
)

_SUFFIX_AFTER_HYPHEN_SHARE = 0.1
"""12-A for 12 A."""
_SLASH_SHARE = 0.7
"""42/44; the others are 42 & 44."""


def suffix_split(pieces: Pieces, rng: Random) -> Pieces:
    """Write the letter of a number apart from it.

    >>> text(suffix_split(address(building="12A", street="MILL ROAD"), Random(0)))
    '12 A MILL ROAD'
    """
    joint = "-" if rng.random() < _SUFFIX_AFTER_HYPHEN_SHARE else " "
    return retext_each(
        pieces, {Label.BUILDING}, lambda words: _JOINED_SUFFIX.sub(rf"\1{joint}\2", words, count=1)
    )


def suffix_joined(pieces: Pieces, _rng: Random) -> Pieces:
    """Write the letter of a number joined to it.

    >>> text(suffix_joined(address(building="12 A", street="MILL ROAD"), Random(0)))
    '12A MILL ROAD'
    """
    return retext_each(pieces, {Label.BUILDING}, lambda words: _SPLIT_SUFFIX.sub(r"\1\2", words, count=1))


def _rewritten(pieces: Pieces, form: str) -> Pieces:
    """Return the pieces with another notation of the range; one end alone takes the label that it then deserves."""
    for index, piece in enumerate(pieces):
        span = _RANGE.fullmatch(piece.text) if piece.label in _NUMBERS else None
        if span:
            words = span.expand(form)
            alone = words.isdigit() or words.replace(" ", "").isdigit()
            label = Label.NUMBER if alone else piece.label
            return put(pieces, index, Piece(words, label, piece.separator))
    return pieces


def range_low(pieces: Pieces, _rng: Random) -> Pieces:
    """Write the lower number of a range alone. It may be another premises too: the keeper of the truth has to look.

    >>> text(range_low(address(number="42-44", street="MILL ROAD"), Random(0)))
    '42 MILL ROAD'
    """
    return _rewritten(pieces, r"\1")


def range_high(pieces: Pieces, _rng: Random) -> Pieces:
    """Write the upper number of a range alone. It may be another premises too: the keeper of the truth has to look.

    >>> text(range_high(address(number="42-44", street="MILL ROAD"), Random(0)))
    '44 MILL ROAD'
    """
    return _rewritten(pieces, r"\2")


def range_inside(pieces: Pieces, rng: Random) -> Pieces:
    """Write a number from within a range of plain numbers, on the same side of the street.

    It may be another premises too: the keeper of the truth has to look.

    >>> text(range_inside(address(number="42-46", street="MILL ROAD"), Random(0)))
    '44 MILL ROAD'
    """
    index = find(pieces, Label.NUMBER)
    span = _RANGE.fullmatch(pieces[index].text) if index >= 0 else None
    if not span or not (span[1].isdecimal() and span[2].isdecimal()):
        return pieces
    inside = numbers_of_range(int(span[1]), int(span[2]))[1:-1]
    return retext(pieces, index, str(rng.choice(inside))) if inside else pieces


def numbers_of_range(low: int, high: int) -> range:
    """Return the numbers of a range: of one side of the street where both ends are, else of both sides.

    >>> list(numbers_of_range(42, 46))
    [42, 44, 46]
    """
    return range(low, high + 1, 2 if (high - low) % 2 == 0 else 1)


def range_slashed(pieces: Pieces, rng: Random) -> Pieces:
    """Write a slash, or &, between the ends of a range.

    >>> text(range_slashed(address(number="42-44", street="MILL ROAD"), Random(0)))
    '42 & 44 MILL ROAD'
    """
    return _rewritten(pieces, r"\1/\2" if rng.random() < _SLASH_SHARE else r"\1 & \2")


def range_in_words(pieces: Pieces, rng: Random) -> Pieces:
    """Write to between the ends of a range.

    >>> text(range_in_words(address(number="42-44", street="MILL ROAD"), Random(0)))
    '42 TO 44 MILL ROAD'
    """
    return _rewritten(pieces, rng.choice((r"\1 - \2", r"\1 TO \2", r"\1 TO \2")))


def range_spaced(pieces: Pieces, _rng: Random) -> Pieces:
    """Write nothing but a space between the ends of a range, as gazetteers do.

    >>> text(range_spaced(address(number="42-44", street="MILL ROAD"), Random(0)))
    '42 44 MILL ROAD'
    """
    return _rewritten(pieces, r"\1 \2")


def number_sign(pieces: Pieces, rng: Random) -> Pieces:
    """Write No or # before the number.

    >>> text(number_sign(address(number="12", street="MILL ROAD"), Random(0)))
    '#12 MILL ROAD'
    """
    index = find(pieces, Label.NUMBER)
    if index < 0:
        return pieces
    sign = rng.choice(("NO ", "NO. ", "NUMBER ", "#"))
    return retext_each(pieces, {Label.NUMBER}, lambda words: f"{sign}{words}")


def number_after_name(pieces: Pieces, _rng: Random) -> Pieces:
    """Write the number of a house behind the name of its row.

    >>> text(number_after_name(address(building="1 YEW TREE COTTAGES", locality="HOLT"), Random(0)))
    'YEW TREE COTTAGES 1 HOLT'
    """
    index = find(pieces, Label.BUILDING)
    row = _ROW_OF_HOUSES.fullmatch(pieces[index].text) if index >= 0 else None
    return retext(pieces, index, f"{row[2]} {row[1]}") if row else pieces


def number_before_building(pieces: Pieces, _rng: Random) -> Pieces:
    """Write the number of a named block before its name, where a sub-building keeps them from being one flat of it.

    >>> text(number_before_building(address(flat="FLAT 3", building="ALDER COURT", number="14", street="ELM ROAD"), Random(0)))
    'FLAT 3 14 ALDER COURT ELM ROAD'
    """
    index = find(pieces, Label.NUMBER)
    if index < 2 or pieces[index - 1].label is not Label.BUILDING:
        return pieces
    named, number = pieces[index - 1], pieces[index].text
    worded = pieces[index - 2].label is Label.SUB_BUILDING and any(
        c.isalpha() for c in pieces[index - 2].text
    )
    if not worded or not number.isdigit() or any(c.isdigit() for c in named.text):
        return pieces
    whole = Piece(f"{number} {named.text}", Label.BUILDING, named.separator)
    return (*pieces[: index - 1], whole, *pieces[index + 1 :])
