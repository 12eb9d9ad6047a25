"""Towns, localities, counties and countries."""

import re
from collections.abc import Sequence
from random import Random

from address_match.models.synthesis.noise.counties import (
    ABBREVIATED_COUNTIES,
    COUNTIES_BY_AREA,
    countries,
    postcode_area,
)
from address_match.models.synthesis.noise.pieces import (
    Pieces,
    find,
    find_last,
    insert,
    put,
    retext,
    retext_each,
    usual_separator,
)
from address_match.parser.labelled_text import Piece
from address_match.parser.labels import Label

_SAINT = re.compile(r"\bSAINT\b", re.IGNORECASE)
_ST_BEFORE_NAME = re.compile(r"\bST\b\.?(?= \w)", re.IGNORECASE)
_WITH_SAINTS = frozenset({Label.STREET, Label.TOWN, Label.LOCALITY, Label.BUILDING, Label.ORGANISATION})
_NEAR = ("NEAR", "NR", "NEAR TO", "NR.")
_BEFORE_POSTCODE_SHARE = 0.3
"""Countries that stand before the postcode; the others end the text."""
_SPACE_FOR_HYPHEN_SHARE = 0.9
"""Names without hyphens that have spaces for them; the others are one word."""
_ST_WITH_STOP_SHARE = 0.3


def _postcode(pieces: Pieces) -> str:
    index = find_last(pieces, Label.POSTCODE)
    return pieces[index].text if index >= 0 else ""


def _after_town(pieces: Pieces) -> int:
    """Return where a county is written: behind the town, or before the postcode, or at the end."""
    town, postcode = find_last(pieces, Label.TOWN), find_last(pieces, Label.POSTCODE)
    if town >= 0:
        return town + 1
    return postcode if postcode > 0 else len(pieces)


def town_missing(pieces: Pieces, _rng: Random) -> Pieces:
    """Leave the town out where a locality or a postcode stays.

    >>> text(town_missing(address(street="MILL LANE", town="LEEDS", postcode="LS1 4AB"), Random(0)))
    'MILL LANE LS1 4AB'
    """
    return _missing(pieces, Label.TOWN, where_stays=(Label.LOCALITY, Label.POSTCODE))


def town_by_locality(pieces: Pieces, _rng: Random) -> Pieces:
    """Write the locality where the town belongs.

    >>> text(town_by_locality(address(street="MILL LANE", locality="BEESTON", town="LEEDS"), Random(0)))
    'MILL LANE BEESTON'
    """
    return _missing(pieces, Label.TOWN, where_stays=(Label.LOCALITY,))


def locality_missing(pieces: Pieces, _rng: Random) -> Pieces:
    """Leave the locality out where a town or a postcode stays.

    >>> text(locality_missing(address(street="MILL LANE", locality="BEESTON", town="LEEDS"), Random(0)))
    'MILL LANE LEEDS'
    """
    return _missing(pieces, Label.LOCALITY, where_stays=(Label.TOWN, Label.POSTCODE))


def _missing(pieces: Pieces, label: Label, *, where_stays: Sequence[Label]) -> Pieces:
    """Return the pieces without a part, if one of those that stand for it stays."""
    index = find(pieces, label)
    stays = any(find(pieces, other) >= 0 for other in where_stays)
    return put(pieces, index) if index >= 0 and stays else pieces


def locality_after_town(pieces: Pieces, _rng: Random) -> Pieces:
    """Exchange locality and town.

    >>> text(locality_after_town(address(street="MILL LANE", locality="BEESTON", town="LEEDS"), Random(0)))
    'MILL LANE LEEDS BEESTON'
    """
    place, town = find(pieces, Label.LOCALITY), find(pieces, Label.TOWN)
    if not 0 <= place < town:
        return pieces
    first, second = pieces[place], pieces[town]
    exchanged = put(pieces, place, Piece(second.text, second.label, first.separator))
    return put(exchanged, town, Piece(first.text, first.label, second.separator))


def county_appended(pieces: Pieces, rng: Random) -> Pieces:
    """Write a county, old or new, behind the town: one that the postcode's area lies in.

    >>> text(county_appended(address(street="MILL LANE", town="LEEDS", postcode="LS1 4AB"), Random(0)))
    'MILL LANE LEEDS WEST YORKSHIRE LS1 4AB'
    """
    known = COUNTIES_BY_AREA.get(postcode_area(_postcode(pieces)))
    if not known or find(pieces, Label.COUNTY) >= 0:
        return pieces
    return insert(
        pieces, _after_town(pieces), Piece(rng.choice(known), Label.COUNTY, usual_separator(pieces))
    )


def county_abbreviated(pieces: Pieces, rng: Random) -> Pieces:
    """Abbreviate the county, and append one to abbreviate where there is none.

    >>> text(county_abbreviated(address(town="LEEDS", postcode="LS1 4AB"), Random(1)))
    'LEEDS WEST YORKS LS1 4AB'
    """
    index = find(pieces, Label.COUNTY)
    if index < 0:
        known = [
            c for c in COUNTIES_BY_AREA.get(postcode_area(_postcode(pieces)), ()) if c in ABBREVIATED_COUNTIES
        ]
        if not known:
            return pieces
        index = _after_town(pieces)
        pieces = insert(pieces, index, Piece(rng.choice(known), Label.COUNTY, usual_separator(pieces)))
    short = ABBREVIATED_COUNTIES.get(pieces[index].text.upper())
    return retext(pieces, index, rng.choice(short)) if short else pieces


def county_missing(pieces: Pieces, _rng: Random) -> Pieces:
    """Leave county and local authority out.

    >>> text(county_missing(address(town="LEEDS", county="WEST YORKSHIRE", postcode="LS1 4AB"), Random(0)))
    'LEEDS LS1 4AB'
    """
    if len(pieces) < 2 or find(pieces, Label.COUNTY) < 0:
        return pieces
    return tuple(piece for piece in pieces if piece.label is not Label.COUNTY)


def country_appended(pieces: Pieces, rng: Random) -> Pieces:
    """Write the country at the end, or before the postcode.

    >>> text(country_appended(address(town="LEEDS", postcode="LS1 4AB"), Random(0)))
    'LEEDS LS1 4AB GREAT BRITAIN'
    """
    if not pieces:
        return pieces
    country = rng.choice(countries(_postcode(pieces)))
    before = find_last(pieces, Label.POSTCODE) if rng.random() < _BEFORE_POSTCODE_SHARE else -1
    place = before if before > 0 else len(pieces)
    return insert(pieces, place, Piece(country, Label.COUNTY, usual_separator(pieces)))


def town_repeated(pieces: Pieces, _rng: Random) -> Pieces:
    """Write the town twice.

    >>> text(town_repeated(address(street="MILL LANE", town="LEEDS", postcode="LS1 4AB"), Random(0)))
    'MILL LANE LEEDS LEEDS LS1 4AB'
    """
    index = find(pieces, Label.TOWN)
    if index < 0:
        return pieces
    return insert(pieces, index + 1, Piece(pieces[index].text, Label.TOWN, usual_separator(pieces)))


def hyphens_dropped(pieces: Pieces, rng: Random) -> Pieces:
    """Write names of places with spaces for hyphens, or without either.

    >>> text(hyphens_dropped(address(street="MILL LANE", town="STOKE-ON-TRENT"), Random(0)))
    'MILL LANE STOKE ON TRENT'
    """
    joint = " " if rng.random() < _SPACE_FOR_HYPHEN_SHARE else ""
    return retext_each(pieces, {Label.TOWN, Label.LOCALITY}, lambda words: words.replace("-", joint))


def saint_abbreviated(pieces: Pieces, rng: Random) -> Pieces:
    """Write St for Saint, or Saint for the St that stands before a name.

    >>> text(saint_abbreviated(address(street="ST JOHNS ST", town="ST ALBANS"), Random(0)))
    'SAINT JOHNS ST SAINT ALBANS'
    """
    if any(_SAINT.search(piece.text) for piece in pieces):
        short = "ST." if rng.random() < _ST_WITH_STOP_SHARE else "ST"
        return retext_each(pieces, _WITH_SAINTS, lambda words: _SAINT.sub(short, words))
    return retext_each(pieces, _WITH_SAINTS, lambda words: _ST_BEFORE_NAME.sub("SAINT", words))


def near_place(pieces: Pieces, rng: Random) -> Pieces:
    """Write Near before the town or the locality.

    >>> text(near_place(address(street="MILL LANE", town="LEEDS"), Random(2)))
    'MILL LANE NEAR LEEDS'
    """
    index = find(pieces, Label.TOWN)
    if index < 1:
        return pieces
    town = pieces[index]
    return put(
        pieces,
        index,
        Piece(rng.choice(_NEAR), Label.OTHER, town.separator),
        Piece(town.text, town.label, " "),
    )
