"""How a person writes an address from what is known of the premises, rather than from a register's text."""

from collections.abc import Mapping
from random import Random

from address_match.models.synthesis.noise import (
    flats,
    house_numbers,
    layout,
    letter_case,
    names,
    names_alone,
    places,
    postcodes,
    streets,
)
from address_match.models.synthesis.noise.names import is_mere_name
from address_match.models.synthesis.noise.pieces import Noise, Pieces
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.texts.field_pieces import building_pieces, flat_text, number_piece
from address_match.models.synthesis.texts.register_texts import is_described
from address_match.parser.labelled_text import Piece
from address_match.parser.labels import Label

_HABITS: Mapping[Noise, float] = {
    flats.flat_letter_joined: 0.25,
    flats.flat_after_street: 0.05,
    flats.flat_after_slash: 0.04,
    flats.flat_word_dropped: 0.06,
    flats.flat_word_abbreviated: 0.06,
    flats.floor_abbreviated: 0.12,
    flats.flat_in_brackets: 0.03,
    flats.flat_number_in_words: 0.02,
    house_numbers.suffix_split: 0.08,
    house_numbers.range_low: 0.1,
    house_numbers.range_high: 0.04,
    names.organisation_twice: 0.03,
    house_numbers.range_spaced: 0.04,
    streets.street_type_abbreviated: 0.16,
    streets.apostrophe_added: 0.03,
    places.hyphens_dropped: 0.25,
    places.saint_abbreviated: 0.1,
    names_alone.number_unsaid: 0.25,
    names_alone.street_unsaid: 0.08,
    postcodes.postcode_glued: 0.12,
    postcodes.postcode_first: 0.01,
    places.country_appended: 0.02,
}
"""What a person does to an address without thinking of it, and how often."""

_SEPARATORS: tuple[tuple[str, float], ...] = ((", ", 0.45), (" ", 0.4), ("\n", 0.06), (",", 0.04), ("", 0.05))
"""Between fields; the empty one stands for commas except for the number, which a space parts from the street."""

_CASES: tuple[tuple[Noise | None, float], ...] = (
    (None, 0.42),
    (letter_case.title_case, 0.46),
    (letter_case.lower_case, 0.1),
    (letter_case.mixed_case, 0.02),
)

ORGANISATION_RATE = 0.8
_HOSPITAL = "CM03"
"""Its departments are premises of their own."""
ORGANISATION_TWICE_RATE = 0.02
"""Forms with a field for the name and one for the first line get the name in both."""
BUILDING_AFTER_STREET_RATE = 0.08
"""Share of the organisations whose building stands behind the street."""
UNNAMED_ROAD_RATE = 0.9
"""Share of the people who leave out a road that only a register describes."""
DEPENDENT_STREET_ALONE_RATE = 0.2
"""Share of the people on a dependent street who leave out the street that it is off."""
DEPARTMENT_RATE = 0.5
LOCALITY_RATE = 0.55
TOWN_RATE = 0.94
COUNTY_RATE = 0.15
AUTHORITY_RATE = 0.02
AUTHORITY_FOR_TOWN_RATE = 0.03
"""Share of those who give a locality that name their council instead of the post town."""
POSTCODE_RATE = 0.94
WELSH_RATE = 0.2
"""Share of the people in Wales who write the Welsh names where there are some."""
HOUSE_NAME_RATE = 0.65
"""Share of the people who write the name of a house that has a number as well."""


def personal_pieces(premises: Premises, rng: Random) -> Pieces:
    """Write a premises as a person would: the fields that people give, in their notations, case and separators.

    Labels follow the convention of the Office for National Statistics' own parses: `12A` and `14/3` are
    `BuildingName`, so are `UNIT 2` and its like before a street, and `14 ALDER COURT` before one.
    """
    pieces = (*_premises_itself(premises, rng), *_place(premises, rng))
    for habit, rate in _HABITS.items():
        if rng.random() < rate:
            pieces = habit(pieces, rng)
    pieces = _separate(pieces, rng)
    case = rng.choices([case for case, _ in _CASES], [weight for _, weight in _CASES])[0]
    return case(pieces, rng) if case else pieces


def _premises_itself(premises: Premises, rng: Random) -> list[Piece]:
    """Return organisation, sub-building, building, number and street."""
    written: list[Piece] = []
    # Several organisations may share a building or a number with a name: then the organisation tells them apart.
    numbered = bool(premises.flat) or (
        premises.number > 0 and not premises.building and not premises.department
    )
    if premises.organisation and (not numbered or rng.random() < ORGANISATION_RATE):
        written.append(Piece(premises.organisation, Label.ORGANISATION))
        if rng.random() < ORGANISATION_TWICE_RATE:
            written.append(written[0])
        tells = premises.classification == _HOSPITAL
        if premises.department and (tells or rng.random() < DEPARTMENT_RATE):
            written.append(Piece(premises.department, Label.DEPARTMENT))
    unit = flat_text(premises)
    # People drop the name of a house beside its number, but not the block that a flat's number counts in.
    spare = premises.number >= 0 and not unit and premises.kind != "block" and is_mere_name(premises.building)
    if not spare or rng.random() < HOUSE_NAME_RATE:
        written += building_pieces(premises)
    number = number_piece(premises)
    on_street = ([number] if number else []) + _streets(premises, rng)
    housed = (
        bool(written) and written[-1].label is Label.BUILDING and bool(premises.organisation) and not unit
    )
    if housed and rng.random() < BUILDING_AFTER_STREET_RATE:
        return [*written[:-1], *on_street, written[-1]]
    return written + on_street


def _streets(premises: Premises, rng: Random) -> list[Piece]:
    if is_described(premises.street) and rng.random() < UNNAMED_ROAD_RATE:
        return []
    welsh = premises.street_welsh and rng.random() < WELSH_RATE
    streets_written = [premises.dependent_street, premises.street_welsh if welsh else premises.street]
    if premises.dependent_street and rng.random() < DEPENDENT_STREET_ALONE_RATE:
        streets_written.pop()
    return [Piece(street, Label.STREET) for street in streets_written if street]


def _place(premises: Premises, rng: Random) -> list[Piece]:
    """Return locality, town, county and postcode, as many of them as people give; a town or a postcode always."""
    postcode = bool(premises.postcode) and rng.random() < POSTCODE_RATE
    rural = not premises.street or is_described(premises.street)
    written: list[Piece] = []
    if premises.locality != premises.town and premises.locality and (rural or rng.random() < LOCALITY_RATE):
        written.append(Piece(premises.locality, Label.LOCALITY))
    other_authority = bool(premises.authority) and premises.authority != premises.town
    if other_authority and written and rng.random() < AUTHORITY_FOR_TOWN_RATE:
        written.append(Piece(premises.authority, Label.COUNTY))
    elif premises.town and (not postcode or rng.random() < TOWN_RATE):
        welsh = premises.town_welsh and rng.random() < WELSH_RATE
        written.append(Piece(premises.town_welsh if welsh else premises.town, Label.TOWN))
    if premises.county and rng.random() < COUNTY_RATE:
        written.append(Piece(premises.county, Label.COUNTY))
    elif other_authority and rng.random() < AUTHORITY_RATE:
        written.append(Piece(premises.authority, Label.COUNTY))
    if postcode:
        written.append(Piece(premises.postcode, Label.POSTCODE))
    return written


def _separate(pieces: Pieces, rng: Random) -> Pieces:
    separator = rng.choices([sign for sign, _ in _SEPARATORS], [weight for _, weight in _SEPARATORS])[0]
    if separator == "\n":
        return layout.new_lines(pieces, rng)
    if separator:
        return tuple(Piece(piece.text, piece.label, separator) for piece in pieces)
    return tuple(
        Piece(piece.text, piece.label, " " if i and pieces[i - 1].text[-1:].isdigit() else ", ")
        for i, piece in enumerate(pieces)
    )
