"""Notations of flats, units, rooms and floors."""

import re
from collections.abc import Mapping
from random import Random

from address_match.models.synthesis.noise.pieces import Pieces, find, find_last, put, retext, retext_each
from address_match.parser.labelled_text import Piece
from address_match.parser.labels import Label
from address_match.parser.lexicon.numerals import FIGURES

_UNIT_WORD = r"FLAT|APARTMENT|UNIT|ROOM|STUDIO|MAISONETTE|APT|FLT|RM|SUITE"
_UNIT = re.compile(rf"(?:({_UNIT_WORD}) )?([0-9]{{1,4}}[A-Z]?|[A-Z]|[A-Z][0-9]{{1,3}})", re.IGNORECASE)
_PLAIN_NUMBER = re.compile(r"[0-9]{1,4}")
_LEADING_UNIT_WORD = re.compile(rf"({_UNIT_WORD})(?= )", re.IGNORECASE)
_DIGITS_AND_LETTER = re.compile(r"\b([0-9]{1,3})([A-Z])$", re.IGNORECASE)
_THREE_DIGITS = re.compile(r"\b([1-9])([0-9]{2})$")
_RANGE_OF_UNITS = re.compile(rf"((?:{_UNIT_WORD})S? [0-9]{{1,3}}) ?- ?([0-9]{{1,3}})$", re.IGNORECASE)
_IN_WORDS = {figure: word for word, figure in FIGURES.items()}
_SMALL_NUMBER = re.compile(rf"(?<=[A-Z] )({'|'.join(reversed(_IN_WORDS))})$", re.IGNORECASE)
_BARE_DESIGNATOR = re.compile(
    r"[0-9]{1,2}F[0-9]{1,2}|[PG]F[0-9]|[0-9]{1,2}/[0-9]{1,2}|[A-Z]|[0-9]{1,4}[A-Z]?"
)

UNIT_WORDS_ABBREVIATED: Mapping[str, tuple[str, ...]] = {
    "FLAT": ("FLT", "FLT.", "FL", "F"),
    "APARTMENT": ("APT", "APT.", "APPT", "APART"),
    "UNIT": ("U", "UNT", "UNIT NO"),
    "ROOM": ("RM", "RM."),
    "STUDIO": ("STUDIO FLAT", "STU"),
    "MAISONETTE": ("MAIS", "MAISONNETTE"),
    "SUITE": ("STE",),
}

_UNIT_WORDS_EXCHANGED: Mapping[str, tuple[str, ...]] = {
    "FLAT": ("APARTMENT", "APT", "UNIT", "FLAT NO", "FLAT NO."),
    "APARTMENT": ("FLAT", "FLAT", "UNIT"),
    "ROOM": ("STUDIO", "FLAT"),
    "STUDIO": ("FLAT", "ROOM"),
    "MAISONETTE": ("FLAT",),
    "UNIT": ("SUITE", "UNITS"),
}

_FLOORS_ABBREVIATED: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(rf"\b{words}\b", re.IGNORECASE), short)
    for words, short in (
        ("LOWER GROUND FLOOR FLAT", ("LGF FLAT", "LGFF", "LOWER GROUND FLAT")),
        ("LOWER GROUND FLOOR", ("LGF", "LOWER GRD FLR")),
        ("GROUND FLOOR FLAT", ("GFF", "GF FLAT", "GRD FLR FLAT", "FLAT GROUND FLOOR")),
        ("GROUND FLOOR", ("GF", "GRD FLR", "G/F", "GRD FLOOR")),
        ("FIRST FLOOR FLAT", ("FFF", "FF FLAT", "1ST FLOOR FLAT", "FLAT 1ST FLR")),
        ("FIRST FLOOR", ("FF", "1ST FLOOR", "1ST FLR", "1/F")),
        ("SECOND FLOOR FLAT", ("SFF", "2ND FLOOR FLAT", "2ND FLR FLAT")),
        ("SECOND FLOOR", ("2ND FLOOR", "2ND FLR", "2/F")),
        ("THIRD FLOOR", ("3RD FLOOR", "3RD FLR")),
        ("TOP FLOOR FLAT", ("TFF", "TOP FLAT", "TOP FLR FLAT")),
        ("TOP FLOOR", ("TF", "TOP FLR", "TOP")),
        ("BASEMENT FLAT", ("BST FLAT", "BSMT FLAT", "BASEMENT", "BFF")),
        ("BASEMENT", ("BST", "BSMT", "BASMT")),
        ("GARDEN FLAT", ("GDN FLAT", "GARDEN FLT")),
        ("GROUND LEFT", ("G/L", "GF LEFT", "GROUND L")),
        ("GROUND RIGHT", ("G/R", "GF RIGHT", "GROUND R")),
        ("LEFT HAND SIDE", ("LHS", "LEFT")),
        ("RIGHT HAND SIDE", ("RHS", "RIGHT")),
    )
)


_LETTER_AFTER_SPACE_SHARE = 0.1
"""14 C for 14C."""
_FLOOR_SHORT_SHARE, _BEHIND_NUMBER_SHARE = 0.6, 0.5
"""Flats in brackets whose floor is abbreviated, and those that stand behind the number rather than the street."""
_WORD_JOINED_SHARE = 0.15
"""Abbreviated words of flats without a space behind them: FLT3."""
_APARTMENT_ADDED_SHARE = 0.1
"""Bare designators that get APT, not FLAT, before them."""


def _flat_before_number(pieces: Pieces) -> tuple[int, str, str]:
    """Return the index of a sub-building that a plain number follows, its designator and that number, or -1."""
    index = find(pieces, Label.SUB_BUILDING)
    if not 0 <= index < len(pieces) - 1 or pieces[index + 1].label is not Label.NUMBER:
        return -1, "", ""
    unit = _UNIT.fullmatch(pieces[index].text)
    number = pieces[index + 1].text
    return (index, unit[2], number) if unit and _PLAIN_NUMBER.fullmatch(number) else (-1, "", "")


def _joined(pieces: Pieces, index: int, words: str) -> Pieces:
    """Return the pieces with one building name for sub-building and number."""
    return put(put(pieces, index + 1), index, Piece(words, Label.BUILDING, pieces[index].separator))


def flat_after_slash(pieces: Pieces, _rng: Random) -> Pieces:
    """Write number, slash, flat: 14/3 for Flat 3, 14.

    >>> text(flat_after_slash(address(flat="FLAT 3", number="14", street="MILL ROAD"), Random(0)))
    '14/3 MILL ROAD'
    """
    index, flat, number = _flat_before_number(pieces)
    return _joined(pieces, index, f"{number}/{flat}") if index >= 0 else pieces


def flat_before_slash(pieces: Pieces, _rng: Random) -> Pieces:
    """Write flat, slash, number: 3/14 for Flat 3, 14.

    >>> text(flat_before_slash(address(flat="FLAT 3", number="14", street="MILL ROAD"), Random(0)))
    '3/14 MILL ROAD'
    """
    index, flat, number = _flat_before_number(pieces)
    return _joined(pieces, index, f"{flat}/{number}") if index >= 0 else pieces


def flat_letter_joined(pieces: Pieces, rng: Random) -> Pieces:
    """Write the letter of a flat behind the number: 14C for Flat C, 14.

    >>> text(flat_letter_joined(address(flat="FLAT C", number="14", street="MILL ROAD"), Random(1)))
    '14C MILL ROAD'
    """
    index, flat, number = _flat_before_number(pieces)
    joint = " " if rng.random() < _LETTER_AFTER_SPACE_SHARE else ""
    return _joined(pieces, index, f"{number}{joint}{flat}") if index >= 0 and flat.isalpha() else pieces


def flat_after_street(pieces: Pieces, _rng: Random) -> Pieces:
    """Write the flat behind the street: 14 Mill Road Flat 3.

    >>> text(flat_after_street(address(flat="FLAT 3", number="14", street="MILL ROAD", town="LEEDS"), Random(0)))
    '14 MILL ROAD FLAT 3 LEEDS'
    """
    flat, street = find(pieces, Label.SUB_BUILDING), find_last(pieces, Label.STREET)
    between = {piece.label for piece in pieces[flat + 1 : street]}
    worded = flat >= 0 and any(c.isalpha() for c in pieces[flat].text)
    if not worded or street < flat or not between or Label.NUMBER not in between:
        return pieces
    order = [*pieces[:flat], *pieces[flat + 1 : street + 1], pieces[flat], *pieces[street + 1 :]]
    return tuple(order)


def flat_in_brackets(pieces: Pieces, rng: Random) -> Pieces:
    """Write the flat in brackets behind the number or the street, its floor abbreviated or not: 14 (GFF) Mill Road.

    >>> text(flat_in_brackets(address(flat="FIRST FLOOR FLAT", number="14", street="MILL ROAD"), Random(0)))
    '14 MILL ROAD (FIRST FLOOR FLAT)'
    """
    flat, number = find(pieces, Label.SUB_BUILDING), find(pieces, Label.NUMBER)
    street = find_last(pieces, Label.STREET)
    if not 0 <= flat < number < street or not any(c.isalpha() for c in pieces[flat].text):
        return pieces
    short = floor_abbreviated(pieces, rng) if rng.random() < _FLOOR_SHORT_SHARE else pieces
    behind = number if rng.random() < _BEHIND_NUMBER_SHARE else street
    bracketed = Piece(f"({short[flat].text})", Label.SUB_BUILDING, " ")
    first = Piece(pieces[flat + 1].text, pieces[flat + 1].label, pieces[flat].separator)
    return (*pieces[:flat], first, *pieces[flat + 2 : behind + 1], bracketed, *pieces[behind + 1 :])


def flat_number_in_words(pieces: Pieces, _rng: Random) -> Pieces:
    """Write the number of a flat in words: Flat Two.

    >>> text(flat_number_in_words(address(flat="FLAT 2", number="14", street="MILL ROAD"), Random(0)))
    'FLAT TWO 14 MILL ROAD'
    """
    return retext_each(
        pieces,
        {Label.SUB_BUILDING},
        lambda words: _SMALL_NUMBER.sub(lambda found: _IN_WORDS[found[1]], words),
    )


def flat_word_dropped(pieces: Pieces, _rng: Random) -> Pieces:
    """Leave the word of the flat out, where a number or a building still tells it from a house of the street.

    >>> text(flat_word_dropped(address(flat="FLAT 6", building="PRIORY VIEW", street="MILL ROAD"), Random(0)))
    '6 PRIORY VIEW MILL ROAD'
    """
    index = find(pieces, Label.SUB_BUILDING)
    if not 0 <= index < len(pieces) - 1:
        return pieces
    unit, following = _UNIT.fullmatch(pieces[index].text), pieces[index + 1]
    if not unit or not unit[1]:
        return pieces
    separator = pieces[index].separator
    if following.label is Label.NUMBER:
        return put(pieces, index, Piece(unit[2], Label.SUB_BUILDING, separator))
    if following.label is not Label.BUILDING or any(c.isdigit() for c in following.text):
        return pieces
    if any(piece.label in {Label.STREET, Label.NUMBER} for piece in pieces[index + 2 :]):
        # As `14 ALDER COURT` is one name; a designator with a letter is a sub-building beside the name.
        label = Label.BUILDING if unit[2].isdigit() else Label.SUB_BUILDING
        return put(pieces, index, Piece(unit[2], label, separator))
    number = Label.NUMBER if unit[2].isdigit() else Label.BUILDING
    renamed = put(pieces, index + 1, Piece(following.text, Label.STREET, following.separator))
    return put(renamed, index, Piece(unit[2], number, separator))


def flat_word_abbreviated(pieces: Pieces, rng: Random) -> Pieces:
    """Abbreviate the word of the flat, sometimes without a space behind it.

    >>> text(flat_word_abbreviated(address(flat="APARTMENT 3", number="14", street="MILL ROAD"), Random(0)))
    'APART 3 14 MILL ROAD'
    """

    def short(words: str) -> str:
        word = _LEADING_UNIT_WORD.match(words)
        forms = UNIT_WORDS_ABBREVIATED.get(word[1].upper()) if word else None
        if not word or not forms:
            return words
        joint = "" if rng.random() < _WORD_JOINED_SHARE else " "
        return f"{rng.choice(forms)}{joint}{words[word.end() + 1 :]}"

    return retext_each(pieces, {Label.SUB_BUILDING, Label.BUILDING}, short)


def flat_word_exchanged(pieces: Pieces, rng: Random) -> Pieces:
    """Write another word for the flat.

    >>> text(flat_word_exchanged(address(flat="APARTMENT 3", number="14", street="MILL ROAD"), Random(0)))
    'FLAT 3 14 MILL ROAD'
    """

    def other(words: str) -> str:
        word = _LEADING_UNIT_WORD.match(words)
        forms = _UNIT_WORDS_EXCHANGED.get(word[1].upper()) if word else None
        return rng.choice(forms) + words[word.end() :] if word and forms else words

    return retext_each(pieces, {Label.SUB_BUILDING}, other)


def flat_word_added(pieces: Pieces, rng: Random) -> Pieces:
    """Write Flat before a designator that stands alone.

    >>> text(flat_word_added(address(flat="2F1", number="14", street="MILL ROAD"), Random(0)))
    'FLAT 2F1 14 MILL ROAD'
    """
    index = find(pieces, Label.SUB_BUILDING)
    if index < 0 or not _BARE_DESIGNATOR.fullmatch(pieces[index].text):
        return pieces
    word = "APT" if rng.random() < _APARTMENT_ADDED_SHARE else "FLAT"
    return retext(pieces, index, f"{word} {pieces[index].text}")


def unit_range_in_words(pieces: Pieces, rng: Random) -> Pieces:
    """Write a word between the ends of a range of units.

    >>> text(unit_range_in_words(address(building="UNITS 9-10", street="MILL LANE"), Random(0)))
    'UNITS 9 TO 10 MILL LANE'
    """
    joint = rng.choice((" AND ", " TO ", " & "))
    return retext_each(
        pieces,
        {Label.SUB_BUILDING, Label.BUILDING},
        lambda words: _RANGE_OF_UNITS.sub(rf"\1{joint}\2", words),
    )


def flat_letter_apart(pieces: Pieces, rng: Random) -> Pieces:
    """Write the letter of a flat apart from its number: 6/A or 6 A for 6A.

    >>> text(flat_letter_apart(address(flat="FLAT 6A", number="14", street="MILL ROAD"), Random(0)))
    'FLAT 6 A 14 MILL ROAD'
    """
    joint = rng.choice(("/", " ", "-"))
    return retext_each(
        pieces, {Label.SUB_BUILDING}, lambda words: _DIGITS_AND_LETTER.sub(rf"\1{joint}\2", words)
    )


def flat_dotted(pieces: Pieces, _rng: Random) -> Pieces:
    """Write a full stop between floor and door: 3.02 for 302.

    >>> text(flat_dotted(address(flat="FLAT 302", building="PRIORY VIEW"), Random(0)))
    'FLAT 3.02 PRIORY VIEW'
    """
    return retext_each(pieces, {Label.SUB_BUILDING}, lambda words: _THREE_DIGITS.sub(r"\1.\2", words))


def floor_abbreviated(pieces: Pieces, rng: Random) -> Pieces:
    """Abbreviate the floor or the side: GFF for Ground Floor Flat, BST, LHS.

    >>> text(floor_abbreviated(address(flat="GROUND FLOOR FLAT", number="14", street="MILL ROAD"), Random(2)))
    'GFF 14 MILL ROAD'
    """

    def short(words: str) -> str:
        for long, forms in _FLOORS_ABBREVIATED:
            if long.search(words):
                return long.sub(rng.choice(forms), words, count=1)
        return words

    return retext_each(pieces, {Label.SUB_BUILDING}, short)
