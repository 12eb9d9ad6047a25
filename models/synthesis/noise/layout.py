"""Separators, punctuation and the order of fields."""

from random import Random

from address_match.models.synthesis.noise.pieces import (
    NAMES,
    Pieces,
    find,
    insert,
    retext,
    retext_each,
    separated,
)
from address_match.parser.labelled_text import Piece
from address_match.parser.labels import Label

_KEPT_TOGETHER = frozenset({Label.SUB_BUILDING, Label.BUILDING, Label.NUMBER, Label.STREET})

_SPACED_NAME_SHARE = 0.5
"""Names with wide spaces within them as well."""
_STOP_WITHIN_SHARE = 0.5
"""Full stops behind any field; the others end the text."""


def commas(pieces: Pieces, _rng: Random) -> Pieces:
    """Put a comma between all fields, also after the number.

    >>> text(commas(address(number="12", street="HIGH STREET", town="LEEDS"), Random(0)))
    '12, HIGH STREET, LEEDS'
    """
    return separated(pieces, ", ")


def commas_tight(pieces: Pieces, _rng: Random) -> Pieces:
    """Put a comma without a space between fields.

    >>> text(commas_tight(address(number="12", street="HIGH STREET", town="LEEDS"), Random(0)))
    '12,HIGH STREET,LEEDS'
    """
    return separated(pieces, ",")


def commas_dropped(pieces: Pieces, _rng: Random) -> Pieces:
    """Write nothing but single spaces between fields.

    >>> text(commas_dropped(commas(address(number="12", street="HIGH STREET"), Random(0)), Random(0)))
    '12 HIGH STREET'
    """
    return separated(pieces, " ")


def new_lines(pieces: Pieces, _rng: Random) -> Pieces:
    r"""Write each field on a line of its own; the number stays with its street.

    >>> text(new_lines(address(number="12", street="HIGH STREET", town="LEEDS"), Random(0)))
    '12 HIGH STREET\nLEEDS'
    """
    result = tuple(
        Piece(p.text, p.label, " " if i and pieces[i - 1].label is Label.NUMBER else "\n")
        for i, p in enumerate(pieces)
    )
    return result if len(pieces) > 1 else pieces


def semicolons(pieces: Pieces, rng: Random) -> Pieces:
    """Write another sign than a comma between fields, as exports do.

    >>> text(semicolons(address(number="12", street="HIGH STREET", town="LEEDS"), Random(14)))
    '12; HIGH STREET; LEEDS'
    """
    return separated(pieces, rng.choice(("; ", ";", " | ", "|", " - ", "\t", ",,")))


def double_spaces(pieces: Pieces, rng: Random) -> Pieces:
    """Write two or three spaces where one belongs, between fields or within them.

    >>> text(double_spaces(address(number="12", street="HIGH STREET"), Random(2)))
    '12  HIGH  STREET'
    """
    gap = " " * rng.choice((2, 2, 3))
    within = retext_each(
        pieces, NAMES, lambda words: words.replace(" ", gap) if rng.random() < _SPACED_NAME_SHARE else words
    )
    return tuple(Piece(p.text, p.label, p.separator.replace(" ", gap)) for p in within)


def full_stops(pieces: Pieces, rng: Random) -> Pieces:
    """End a field, or the whole text, with a full stop.

    >>> text(full_stops(address(number="12", street="HIGH STREET", town="LEEDS"), Random(0)))
    '12 HIGH STREET LEEDS.'
    """
    index = rng.randrange(len(pieces)) if pieces and rng.random() < _STOP_WITHIN_SHARE else len(pieces) - 1
    return retext_each(pieces, {pieces[index].label}, lambda words: f"{words}.") if pieces else pieces


def quotes(pieces: Pieces, rng: Random) -> Pieces:
    """Set the name of the building, the organisation or the street in quotes.

    >>> text(quotes(address(building="ROSE COTTAGE", street="MILL LANE"), Random(0)))
    '"ROSE COTTAGE" MILL LANE'
    """
    quote = rng.choice('""\'')
    for label in (Label.BUILDING, Label.ORGANISATION, Label.STREET):
        if (index := find(pieces, label)) >= 0:
            return retext(pieces, index, f"{quote}{pieces[index].text}{quote}")
    return pieces


def word_repeated(pieces: Pieces, rng: Random) -> Pieces:
    """Write the last word of a named field twice.

    >>> text(word_repeated(address(number="12", street="HIGH STREET"), Random(0)))
    '12 HIGH STREET STREET'
    """
    named = [i for i, p in enumerate(pieces) if p.label in NAMES and not any(c.isdigit() for c in p.text)]
    if not named:
        return pieces
    index = rng.choice(named)
    return insert(pieces, index + 1, Piece(pieces[index].text.split(" ")[-1], pieces[index].label))


def fields_reordered(pieces: Pieces, rng: Random) -> Pieces:
    """Move the fields about; sub-building, building, number and street stay together in their order.

    >>> text(fields_reordered(address(number="12", street="HIGH STREET", town="LEEDS", postcode="LS1 4AB"), Random(6)))
    'LEEDS 12 HIGH STREET LS1 4AB'
    """
    groups: list[list[Piece]] = []
    for index, piece in enumerate(pieces):
        together = index > 0 and {piece.label, pieces[index - 1].label} <= _KEPT_TOGETHER
        if together:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    if len(groups) < 2:
        return pieces
    rng.shuffle(groups)
    separator = pieces[-1].separator
    return tuple(
        Piece(p.text, p.label, p.separator if i else separator)
        for group in groups
        for i, p in enumerate(group)
    )
