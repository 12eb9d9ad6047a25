"""Labelled pieces of a text: how noise takes them apart and puts them together, without a random number."""

import re
from collections.abc import Callable, Collection
from random import Random

from address_match.parser.labelled_text import Piece
from address_match.parser.labels import Label

Pieces = tuple[Piece, ...]
Noise = Callable[[Pieces, Random], Pieces]
"""Changes pieces; returns the very same tuple where it finds nothing to change."""

POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})")
"""A whole postcode, upper case: outward and inward part."""

NAMES = frozenset(
    {
        Label.ORGANISATION,
        Label.DEPARTMENT,
        Label.BUILDING,
        Label.STREET,
        Label.LOCALITY,
        Label.TOWN,
        Label.COUNTY,
    }
)
"""Labels whose words are names, so that a slip in them leaves the premises the same."""


def find(pieces: Pieces, label: Label) -> int:
    """Return the index of the first piece with this label, -1 where there is none."""
    for index, piece in enumerate(pieces):
        if piece.label is label:
            return index
    return -1


def find_last(pieces: Pieces, label: Label) -> int:
    """Return the index of the last piece with this label, -1 where there is none."""
    for index in range(len(pieces) - 1, -1, -1):
        if pieces[index].label is label:
            return index
    return -1


def put(pieces: Pieces, index: int, *instead: Piece) -> Pieces:
    """Return the pieces with others, or none, in place of one."""
    return (*pieces[:index], *instead, *pieces[index + 1 :])


def insert(pieces: Pieces, index: int, *added: Piece) -> Pieces:
    """Return the pieces with others before the one at `index`."""
    return (*pieces[:index], *added, *pieces[index:])


def retext(pieces: Pieces, index: int, words: str) -> Pieces:
    """Return the pieces with other words in one of them; the same tuple when they are its words already."""
    piece = pieces[index]
    return pieces if words == piece.text else put(pieces, index, Piece(words, piece.label, piece.separator))


def retext_each(pieces: Pieces, labels: Collection[Label], change: Callable[[str], str]) -> Pieces:
    """Return the pieces with the words of these labels changed; the same tuple when none does."""
    changed = False
    result: list[Piece] = []
    for piece in pieces:
        words = change(piece.text) if piece.label in labels else piece.text
        if words == piece.text or not words:
            result.append(piece)
        else:
            changed = True
            result.append(Piece(words, piece.label, piece.separator))
    return tuple(result) if changed else pieces


def separated(pieces: Pieces, separator: str) -> Pieces:
    """Return the pieces with one separator between all of them; the same tuple when it stands there already."""
    if all(piece.separator == separator for piece in pieces[1:]):
        return pieces
    return tuple(Piece(piece.text, piece.label, separator) for piece in pieces)


def usual_separator(pieces: Pieces) -> str:
    """Return the separator that stands before the last piece: how this text parts its fields."""
    return pieces[-1].separator if len(pieces) > 1 else ", "


def moved(pieces: Pieces, origin: int, target: int) -> Pieces:
    """Return the pieces with one of them at another index; both ends keep the usual separator."""
    order = list(pieces)
    order.insert(target, order.pop(origin))
    separator = usual_separator(pieces)
    kept = {target, target + 1}
    return tuple(Piece(p.text, p.label, separator) if i in kept else p for i, p in enumerate(order))


def postcode_of(pieces: Pieces) -> tuple[int, str, str]:
    """Return the index, outward and inward part of the postcode; (-1, "", "") where no whole one stands."""
    index = find_last(pieces, Label.POSTCODE)
    whole = POSTCODE.fullmatch(pieces[index].text.upper()) if index >= 0 else None
    return (index, whole[1], whole[2]) if whole else (-1, "", "")
