"""The words of streets, and of the names that are spelt like them."""

import re
from collections.abc import Mapping
from random import Random

from address_match.models.synthesis.noise.pieces import NAMES, Pieces, find, retext, retext_each
from address_match.models.synthesis.noise.street_types import (
    ABBREVIATIONS,
    MISTAKEN_FOR,
    STREET_TYPES,
    WORDS_ABBREVIATED,
)
from address_match.parser.labels import Label

_AMPERSAND = re.compile(r" & ")
_AND = re.compile(r" AND ", re.IGNORECASE)
_POSSESSIVE = re.compile(r"\b(\w{3,})S\b(?= \w)", re.IGNORECASE)
_WITH_APOSTROPHES = frozenset({Label.STREET, Label.BUILDING, Label.ORGANISATION, Label.TOWN, Label.LOCALITY})
_NUMERALS: Mapping[str, tuple[str, ...]] = {
    "FIRST": ("1ST",),
    "SECOND": ("2ND",),
    "THIRD": ("3RD",),
    "FOURTH": ("4TH",),
    "FIFTH": ("5TH",),
    "SIXTH": ("6TH",),
    "SEVENTH": ("7TH",),
    "EIGHTH": ("8TH",),
    "TWO": ("2",),
    "THREE": ("3",),
    "FOUR": ("4",),
    "SEVEN": ("7",),
    "TEN": ("10",),
    "1ST": ("FIRST",),
    "2ND": ("SECOND",),
    "3RD": ("THIRD",),
    "4TH": ("FOURTH",),
    "5TH": ("FIFTH",),
}
_JOINABLE = re.compile(r"[^\W\d_]{3,8}")
_SPLIT_BEFORE = (
    *(
        "FIELD",
        "FIELDS",
        "WOOD",
        "MILL",
        "BANK",
        "HILL",
        "BROOK",
        "LAND",
        "LANDS",
        "STONE",
        "HOUSE",
        "MOOR",
        "CROFT",
    ),
    *(
        "DALE",
        "FORD",
        "BRIDGE",
        "MEADOW",
        "SIDE",
        "WELL",
        "GATE",
        "ACRE",
        "LEY",
        "HURST",
        "WATER",
        "WAY",
        "BURY",
    ),
)

_BUILDING_TOO_SHARE = 0.4
"""Abbreviated streets beside which the last word of the building is abbreviated as well."""
_SHORT_BEFORE_STOP_SHARE = 0.5
"""Streets with a full stop that are abbreviated as well."""
_STREET_FIRST_SHARE = 0.7
"""Texts of which the street is joined, not the building, where both could be."""
_APOSTROPHE_BEFORE_S_SHARE = 0.85
"""KING'S for KINGS; the others are KINGS'."""


def _abbreviate_last(words: str, rng: Random) -> str:
    head, _, last = words.rpartition(" ")
    short = ABBREVIATIONS.get(last.upper())
    return f"{head} {rng.choice(short)}" if short and head else words


def street_type_abbreviated(pieces: Pieces, rng: Random) -> Pieces:
    """Abbreviate the last word of the street, and of the building sometimes.

    >>> text(street_type_abbreviated(address(number="12", street="MILL AVENUE", town="LEEDS"), Random(1)))
    '12 MILL AVE LEEDS'
    """
    labels = {Label.STREET, Label.BUILDING} if rng.random() < _BUILDING_TOO_SHARE else {Label.STREET}
    return retext_each(pieces, labels, lambda words: _abbreviate_last(words, rng))


def word_abbreviated(pieces: Pieces, rng: Random) -> Pieces:
    """Abbreviate a word within a name: North, Upper, Cottage, Industrial.

    >>> text(word_abbreviated(address(building="ROSE COTTAGE", street="NORTH ROAD"), Random(1)))
    'ROSE COTT N ROAD'
    """

    def short(words: str) -> str:
        return " ".join(
            rng.choice(WORDS_ABBREVIATED[word.upper()]) if word.upper() in WORDS_ABBREVIATED else word
            for word in words.split(" ")
        )

    return retext_each(pieces, {Label.STREET, Label.BUILDING, Label.ORGANISATION}, short)


def street_type_missing(pieces: Pieces, _rng: Random) -> Pieces:
    """Leave the last word of the street out where it is a kind of street.

    >>> text(street_type_missing(address(number="12", street="ACLAND ROAD", town="LEEDS"), Random(0)))
    '12 ACLAND LEEDS'
    """
    index = find(pieces, Label.STREET)
    if index < 0:
        return pieces
    head, _, last = pieces[index].text.rpartition(" ")
    plain = last.upper() in STREET_TYPES and len(head) > 3 and head.upper() not in {"THE", "HIGH", "MAIN"}
    return retext(pieces, index, head) if plain else pieces


def street_type_wrong(pieces: Pieces, rng: Random) -> Pieces:
    """Write another kind of street. A street of that name may exist: the keeper of the truth has to look.

    >>> text(street_type_wrong(address(number="12", street="ACLAND DRIVE", town="LEEDS"), Random(0)))
    '12 ACLAND AVENUE LEEDS'
    """
    index = find(pieces, Label.STREET)
    if index < 0:
        return pieces
    head, _, last = pieces[index].text.rpartition(" ")
    other = MISTAKEN_FOR.get(last.upper())
    plain = other and head.upper() not in {"", "THE", "HIGH", "MAIN"}
    return retext(pieces, index, f"{head} {rng.choice(other)}") if other and plain else pieces


def street_full_stop(pieces: Pieces, rng: Random) -> Pieces:
    """Put a full stop behind the street, abbreviated or not.

    >>> text(street_full_stop(address(number="12", street="MILL ROAD", town="LEEDS"), Random(0)))
    '12 MILL ROAD. LEEDS'
    """
    index = find(pieces, Label.STREET)
    if index < 0 or pieces[index].text.endswith("."):
        return pieces
    words = pieces[index].text
    if rng.random() < _SHORT_BEFORE_STOP_SHARE:
        words = _abbreviate_last(words, rng).rstrip(".")
    return retext(pieces, index, f"{words}.")


def street_joined(pieces: Pieces, rng: Random) -> Pieces:
    """Write the first two words of the street, or of the building, as one.

    >>> text(street_joined(address(number="12", street="ROSE BANK ROAD", town="LEEDS"), Random(0)))
    '12 ROSEBANK ROAD LEEDS'
    """
    labels = (Label.STREET, Label.BUILDING)
    for label in labels if rng.random() < _STREET_FIRST_SHARE else reversed(labels):
        if (index := find(pieces, label)) < 0:
            continue
        words = pieces[index].text.split(" ")
        enough = len(words) > 2 or (len(words) == 2 and words[1].upper() not in STREET_TYPES)
        if enough and all(_JOINABLE.fullmatch(word) for word in words[:2]) and words[0].upper() != "THE":
            return retext(pieces, index, " ".join((words[0] + words[1], *words[2:])))
    return pieces


def street_split(pieces: Pieces, _rng: Random) -> Pieces:
    """Write a compound name in two words: Corn Mill for Cornmill.

    >>> text(street_split(address(number="12", street="CORNMILL LANE", town="LEEDS"), Random(0)))
    '12 CORN MILL LANE LEEDS'
    """

    def split(words: str) -> str:
        head, space, rest = words.partition(" ")
        for ending in _SPLIT_BEFORE:
            if head.upper().endswith(ending) and len(head) >= len(ending) + 3:
                return f"{head[: -len(ending)]} {head[-len(ending) :]}{space}{rest}"
        return words

    return retext_each(pieces, {Label.STREET, Label.BUILDING}, split)


def apostrophe_added(pieces: Pieces, rng: Random) -> Pieces:
    """Write an apostrophe before, or behind, the s that ends a word within a name.

    >>> text(apostrophe_added(address(number="12", street="KINGS ROAD"), Random(0)))
    "12 KING'S ROAD"
    """
    form = r"\1'S" if rng.random() < _APOSTROPHE_BEFORE_S_SHARE else r"\1S'"
    return retext_each(
        pieces, {Label.STREET, Label.BUILDING}, lambda words: _POSSESSIVE.sub(form, words, count=1)
    )


def apostrophe_dropped(pieces: Pieces, rng: Random) -> Pieces:
    """Leave apostrophes out, or write a space or another sign for them.

    >>> text(apostrophe_dropped(address(number="12", street="KING'S ROAD"), Random(1)))
    '12 KINGS ROAD'
    """
    sign = rng.choice(("", "", "", "’", "`", " "))
    return retext_each(pieces, _WITH_APOSTROPHES, lambda words: words.replace("'", sign))


def ordinals(pieces: Pieces, rng: Random) -> Pieces:
    """Write number words within names as numerals, or the other way round.

    >>> text(ordinals(address(number="12", street="FIRST AVENUE"), Random(0)))
    '12 1ST AVENUE'
    """

    def exchange(words: str) -> str:
        return " ".join(
            rng.choice(_NUMERALS[w.upper()]) if w.upper() in _NUMERALS else w for w in words.split(" ")
        )

    return retext_each(
        pieces, {Label.STREET, Label.SUB_BUILDING, Label.BUILDING, Label.ORGANISATION}, exchange
    )


def ampersand(pieces: Pieces, _rng: Random) -> Pieces:
    """Write & for and, or and for &.

    >>> text(ampersand(address(organisation="ALDER AND SONS", street="MILL LANE"), Random(0)))
    'ALDER & SONS MILL LANE'
    """
    if any(_AMPERSAND.search(piece.text) for piece in pieces):
        return retext_each(pieces, NAMES, lambda words: _AMPERSAND.sub(" AND ", words))
    return retext_each(pieces, NAMES, lambda words: _AND.sub(" & ", words))


def the_dropped(pieces: Pieces, _rng: Random) -> Pieces:
    """Leave the article before a name out, or write one before the name of a house.

    >>> text(the_dropped(address(building="THE OLD MILL", street="MILL LANE"), Random(0)))
    'OLD MILL MILL LANE'
    """

    def without(words: str) -> str:
        return words[4:] if words.upper().startswith("THE ") and " " in words[4:] else words

    return retext_each(pieces, {Label.BUILDING, Label.STREET, Label.ORGANISATION}, without)
