from enum import IntEnum

from address_match.parser.features.gazetteer_matches import NAME_CODES
from address_match.parser.features.token_batch import PHRASE_CODES
from address_match.parser.gazetteer.name_field import FIELD_COUNT
from address_match.parser.recognisers.number_pair import NumberPair
from address_match.parser.word_class import CLASS_COUNT

FARTHEST = 5
"""Distances are counted up to this many tokens."""
SIDE_KINDS = 64
"""Sets of the first six kinds of words that stand on a side."""
SIDE_NAMES = 3
"""Fields of the gazetteer, the first ones, whose names are looked for on either side."""


class Aspect(IntEnum):
    """What a template may ask of a place; the number is its row in the table of `surroundings`.

    Rows that are computed together follow one another.
    """

    LEFT2 = 0
    LEFT = 1
    PHRASE_BEFORE = 2
    CLASS = 3
    PHRASE = 4
    RIGHT = 5
    PHRASE_AFTER = 6
    RIGHT2 = 7
    """Classes of the token and of its neighbours, and their places in the name of a town or county."""
    COMMAS = 8
    """Bits: a comma before, a comma behind."""
    EDGE = 9
    """Bits: first of the text, last of it, and those of COMMAS."""
    ON_LEFT = 10
    """Which kinds of words stand on that side, a bit per kind."""
    NUMBER_ON_LEFT = 11
    BUSINESS_ON_LEFT = 12
    ON_RIGHT = 13
    POSTCODE_ON_RIGHT = 14
    BUSINESS_ON_RIGHT = 15
    LEFT_LANDMARK = 16
    RIGHT_LANDMARK = 17
    """Classes of the nearest landmarks; where there is none on the right, the end of the text stands for it."""
    RUN_FIRST = 18
    RUN_LAST = 19
    """Classes at the ends of the run between commas."""
    LEFT_DISTANCE = 20
    RIGHT_DISTANCE = 21
    """How far the landmarks are."""
    RUN_PLACE = 22
    """0 alone in its run, 1 first, 2 within, 3 last."""
    RUN_SIZE = 23
    NUMBERS_ON_LEFT = 24
    STREETS_ON_LEFT = 25
    NUMBERS_ON_RIGHT = 26
    STREETS_ON_RIGHT = 27
    WORDS_ON_RIGHT = 28
    """How many tokens follow that are no part of a postcode."""
    RUNS_ON_RIGHT = 29
    RUNS_ON_LEFT = 30
    POSITION = 31
    PAIR_BEFORE = 32
    PAIR_AFTER = 33
    """How the number relates to the one before it, and to the one behind it."""
    STREET_NAME = 34
    LOCALITY_NAME = 35
    TOWN_NAME = 36
    BUILDING_NAME = 37
    ORGANISATION_NAME = 38
    """Place in a name of the gazetteer; from here on only where one is loaded."""
    NAMED_BEFORE = 39
    NAMED = 40
    NAMED_AFTER = 41
    """The fields, a bit each, that have a name before the place, at it and after it."""
    NAMES_ON_LEFT = 42
    NAMES_ON_RIGHT = 43


PLAIN_ASPECTS = int(Aspect.STREET_NAME)
"""Aspects that need no gazetteer; they come first."""

SIZES: dict[Aspect, int] = {
    **dict.fromkeys(Aspect, CLASS_COUNT),
    Aspect.EDGE: 16,
    Aspect.COMMAS: 4,
    Aspect.ON_LEFT: SIDE_KINDS,
    Aspect.ON_RIGHT: SIDE_KINDS,
    Aspect.POSTCODE_ON_RIGHT: 2,
    Aspect.NUMBER_ON_LEFT: 2,
    Aspect.BUSINESS_ON_LEFT: 2,
    Aspect.BUSINESS_ON_RIGHT: 2,
    Aspect.LEFT_DISTANCE: FARTHEST + 1,
    Aspect.RIGHT_DISTANCE: FARTHEST + 1,
    Aspect.RUN_PLACE: 4,
    Aspect.RUN_SIZE: 5,
    Aspect.RUNS_ON_LEFT: 5,
    Aspect.RUNS_ON_RIGHT: 5,
    Aspect.PHRASE: PHRASE_CODES,
    Aspect.PHRASE_BEFORE: PHRASE_CODES,
    Aspect.PHRASE_AFTER: PHRASE_CODES,
    Aspect.WORDS_ON_RIGHT: 5,
    Aspect.POSITION: 5,
    Aspect.NUMBERS_ON_LEFT: 3,
    Aspect.NUMBERS_ON_RIGHT: 3,
    Aspect.STREETS_ON_LEFT: 3,
    Aspect.STREETS_ON_RIGHT: 3,
    Aspect.PAIR_BEFORE: len(NumberPair),
    Aspect.PAIR_AFTER: len(NumberPair),
    Aspect.STREET_NAME: NAME_CODES,
    Aspect.LOCALITY_NAME: NAME_CODES,
    Aspect.TOWN_NAME: NAME_CODES,
    Aspect.BUILDING_NAME: NAME_CODES,
    Aspect.ORGANISATION_NAME: NAME_CODES,
    Aspect.NAMED: 1 << FIELD_COUNT,
    Aspect.NAMED_BEFORE: 1 << FIELD_COUNT,
    Aspect.NAMED_AFTER: 1 << FIELD_COUNT,
    Aspect.NAMES_ON_LEFT: 1 << SIDE_NAMES,
    Aspect.NAMES_ON_RIGHT: 1 << SIDE_NAMES,
}
"""Each aspect is a whole number from 0 to below its size."""
