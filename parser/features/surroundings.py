"""What surrounds each place of a text, computed for whole batches with few array operations.

One text costs little more than the calls themselves, so that running counts share the bits of one cumulative sum, and
the position and the class of a nearest token share one running maximum.
"""

from enum import IntEnum
from functools import cache
from typing import NamedTuple

import numpy as np

from parser.features.batch import PHRASE_CODES, TOWN_FIRST, BoolArray, IntArray, TokenBatch
from parser.features.names import NAME_CODES
from parser.word_class import CLASS_COUNT, WordClass

_K = CLASS_COUNT
_FAR = 5
"""Distances are counted up to this many tokens."""
_FIELD_BITS = 16
"""Bits of one count of tokens; a text has fewer than 2^15."""

_NUMBERS = (
    WordClass.NUMBER,
    WordClass.NUMBER_LETTER,
    WordClass.RANGE,
    WordClass.FRACTION,
    WordClass.LETTER_NUMBER,
)
_STREETS = (
    WordClass.STREET_TYPE,
    WordClass.STREET_TYPE_SHORT,
    WordClass.STREET_PREFIX,
    WordClass.STREET_OR_BUILDING,
    WordClass.STREET_OR_TOWN,
)
_UNITS = (WordClass.UNIT_WORD, WordClass.FLOOR_CODE, WordClass.FLOOR_FLAT, WordClass.FLOOR)
_POSTCODES = (WordClass.OUTCODE, WordClass.INCODE, WordClass.POSTCODE, WordClass.NEARLY_POSTCODE)
_BUILDINGS = (WordClass.BUILDING_TYPE, WordClass.STREET_OR_BUILDING)
_BUSINESS = (WordClass.ORGANISATION_WORD, WordClass.DEPARTMENT_WORD)
_LANDMARKS = (*_NUMBERS, *_STREETS, *_UNITS, *_POSTCODES, *_BUILDINGS, WordClass.TOWN, WordClass.COUNTY)

_STREET_BIT, _NUMBER_BIT, _UNIT_BIT, _POSTCODE_BIT, _BUILDING_BIT, _TOWN_BIT, _BUSINESS_BIT, _NAME_BIT = (
    range(8)
)
_SIDE_KINDS = 64
"""Sets of the first six kinds."""
_SIDE_NAMES = 3
"""Fields of the gazetteer, the first ones, whose names are looked for on either side."""
NAME_FIELDS = 5


class Aspect(IntEnum):
    """What a template may ask of a place; the number is its row in the table of `surroundings`."""

    CLASS = 0
    LEFT = 1
    RIGHT = 2
    LEFT2 = 3
    RIGHT2 = 4
    """Classes of the token and of its neighbours."""
    EDGE = 5
    """Bits: first of the text, last of it, a comma before, a comma behind."""
    COMMAS = 6
    """The two upper bits of EDGE."""
    ON_LEFT = 7
    ON_RIGHT = 8
    """Which kinds of words stand on that side, a bit a kind."""
    POSTCODE_ON_RIGHT = 9
    NUMBER_ON_LEFT = 10
    BUSINESS_ON_LEFT = 11
    BUSINESS_ON_RIGHT = 12
    LEFT_LANDMARK = 13
    LEFT_DISTANCE = 14
    RIGHT_LANDMARK = 15
    RIGHT_DISTANCE = 16
    """Class and distance of the nearest landmark; where there is none on the right, the end of the text stands for it."""
    RUN_FIRST = 17
    RUN_LAST = 18
    """Classes at the ends of the run between commas."""
    RUN_PLACE = 19
    """0 alone in its run, 1 first, 2 within, 3 last."""
    RUN_SIZE = 20
    RUNS_ON_LEFT = 21
    RUNS_ON_RIGHT = 22
    PHRASE = 23
    PHRASE_BEFORE = 24
    PHRASE_AFTER = 25
    WORDS_ON_RIGHT = 26
    """How many tokens follow that are no part of a postcode."""
    POSITION = 27
    NUMBERS_ON_LEFT = 28
    NUMBERS_ON_RIGHT = 29
    STREETS_ON_LEFT = 30
    STREETS_ON_RIGHT = 31
    STREET_NAME = 32
    LOCALITY_NAME = 33
    TOWN_NAME = 34
    BUILDING_NAME = 35
    ORGANISATION_NAME = 36
    """Place in a name of the gazetteer, from here on only where one is loaded."""
    NAMED = 37
    NAMED_BEFORE = 38
    NAMED_AFTER = 39
    """The fields, a bit each, that have a name at the place, before it and after it."""
    NAMES_ON_LEFT = 40
    NAMES_ON_RIGHT = 41


PLAIN_ASPECTS = int(Aspect.STREET_NAME)
"""Aspects that need no gazetteer; they come first."""

SIZES: dict[Aspect, int] = {
    **dict.fromkeys(Aspect, _K),
    Aspect.EDGE: 16,
    Aspect.COMMAS: 4,
    Aspect.ON_LEFT: _SIDE_KINDS,
    Aspect.ON_RIGHT: _SIDE_KINDS,
    Aspect.POSTCODE_ON_RIGHT: 2,
    Aspect.NUMBER_ON_LEFT: 2,
    Aspect.BUSINESS_ON_LEFT: 2,
    Aspect.BUSINESS_ON_RIGHT: 2,
    Aspect.LEFT_DISTANCE: _FAR + 1,
    Aspect.RIGHT_DISTANCE: _FAR + 1,
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
    Aspect.STREET_NAME: NAME_CODES,
    Aspect.LOCALITY_NAME: NAME_CODES,
    Aspect.TOWN_NAME: NAME_CODES,
    Aspect.BUILDING_NAME: NAME_CODES,
    Aspect.ORGANISATION_NAME: NAME_CODES,
    Aspect.NAMED: 1 << NAME_FIELDS,
    Aspect.NAMED_BEFORE: 1 << NAME_FIELDS,
    Aspect.NAMED_AFTER: 1 << NAME_FIELDS,
    Aspect.NAMES_ON_LEFT: 1 << _SIDE_NAMES,
    Aspect.NAMES_ON_RIGHT: 1 << _SIDE_NAMES,
}
"""Each aspect is a whole number from 0 to below its size."""


def surroundings(batch: TokenBatch) -> IntArray:
    """Return every aspect of every place, (aspects, texts, longest); beyond a text's end they mean nothing.

    Without names of a gazetteer there are only the first `PLAIN_ASPECTS`.
    """
    texts, longest = batch.classes.shape
    table = np.empty((len(Aspect) if batch.names else PLAIN_ASPECTS, texts, longest), dtype=np.int64)
    position = np.arange(longest)
    _fill_neighbours(table, batch)
    first = batch.breaks | (position == 0)
    last = (table[Aspect.EDGE] & 10) > 0
    if batch.names:
        _fill_names(table, batch.names)
    _fill_sides(table, batch)
    _fill_nearest(table, batch, position, first, last)
    _fill_counts(table, batch, first)
    np.minimum(position, 4, out=table[Aspect.POSITION])
    return table


def _fill_neighbours(table: IntArray, batch: TokenBatch) -> None:
    texts, longest = batch.classes.shape
    framed = np.zeros((2, texts, longest + 4), dtype=np.int64)
    framed[0, :, 2:-2] = batch.classes
    framed[1, :, 2:-2] = batch.phrases
    table[Aspect.LEFT2] = framed[0, :, :-4]
    table[Aspect.LEFT], table[Aspect.PHRASE_BEFORE] = framed[:, :, 1:-3]
    table[Aspect.CLASS], table[Aspect.PHRASE] = framed[:, :, 2:-2]
    table[Aspect.RIGHT], table[Aspect.PHRASE_AFTER] = framed[:, :, 3:-1]
    table[Aspect.RIGHT2] = framed[0, :, 4:]
    commas = table[Aspect.COMMAS]
    commas[:] = batch.breaks
    commas[:, :-1] += 2 * batch.breaks[:, 1:]
    edge = np.multiply(commas, 4, out=table[Aspect.EDGE])
    edge += table[Aspect.LEFT] == 0
    edge += 2 * (table[Aspect.RIGHT] == 0)


def _fill_names(table: IntArray, names: tuple[IntArray, ...]) -> None:
    named = table[Aspect.NAMED]
    named[:] = 0
    for field, codes in enumerate(names):
        table[Aspect.STREET_NAME + field] = codes
        named += (codes > 0) << field
    table[Aspect.NAMED_BEFORE] = _from_left(named)
    table[Aspect.NAMED_AFTER] = _from_right(named)


def _fill_sides(table: IntArray, batch: TokenBatch) -> None:
    """Say which kinds of words stand on either side of a place."""
    kinds = _tables().kinds[batch.classes]
    kinds |= (batch.phrases == TOWN_FIRST) << _TOWN_BIT
    if batch.names:
        kinds |= (table[Aspect.NAMED] & ((1 << _SIDE_NAMES) - 1)) << _NAME_BIT
    left = _from_left(np.bitwise_or.accumulate(kinds, axis=1))
    right = _from_right(np.bitwise_or.accumulate(kinds[:, ::-1], axis=1)[:, ::-1])
    np.bitwise_and(left, _SIDE_KINDS - 1, out=table[Aspect.ON_LEFT])
    np.bitwise_and(right, _SIDE_KINDS - 1, out=table[Aspect.ON_RIGHT])
    np.bitwise_and(right >> _POSTCODE_BIT, 1, out=table[Aspect.POSTCODE_ON_RIGHT])
    np.bitwise_and(left >> _NUMBER_BIT, 1, out=table[Aspect.NUMBER_ON_LEFT])
    np.bitwise_and(left >> _BUSINESS_BIT, 1, out=table[Aspect.BUSINESS_ON_LEFT])
    np.bitwise_and(right >> _BUSINESS_BIT, 1, out=table[Aspect.BUSINESS_ON_RIGHT])
    if batch.names:
        np.right_shift(left, _NAME_BIT, out=table[Aspect.NAMES_ON_LEFT])
        np.right_shift(right, _NAME_BIT, out=table[Aspect.NAMES_ON_RIGHT])


def _fill_nearest(
    table: IntArray, batch: TokenBatch, position: IntArray, first: BoolArray, last: BoolArray
) -> None:
    """Find the landmarks on either side of a place, and the ends of its run between commas."""
    longest = len(position)
    landmark = _tables().landmarks[batch.classes]
    # Position and class are one number, the position counted from where the running maximum comes from.
    from_left = (position + 1) * _K + batch.classes
    from_right = (longest - position) * _K + batch.classes
    before = np.maximum.accumulate(np.stack((landmark, first)) * from_left, axis=2)
    behind = np.maximum.accumulate((np.stack((landmark, last)) * from_right)[:, :, ::-1], axis=2)[:, :, ::-1]
    left_at, table[Aspect.LEFT_LANDMARK] = np.divmod(_from_left(before[0]), _K)
    right_at, table[Aspect.RIGHT_LANDMARK] = np.divmod(_from_right(behind[0]), _K)
    right_at = np.minimum(longest - right_at, batch.lengths[:, None])
    np.minimum(position + 1 - left_at, _FAR, out=table[Aspect.LEFT_DISTANCE])
    np.clip(right_at - position, 0, _FAR, out=table[Aspect.RIGHT_DISTANCE])
    start, table[Aspect.RUN_FIRST] = np.divmod(before[1], _K)
    end, table[Aspect.RUN_LAST] = np.divmod(behind[1], _K)
    np.minimum(longest - end - (start - 1), 4, out=table[Aspect.RUN_SIZE])
    table[Aspect.RUN_PLACE] = _tables().run_places[first + 2 * last]


def _fill_counts(table: IntArray, batch: TokenBatch, first: BoolArray) -> None:
    """Count numbers, streets, words and runs on either side of a place, all in one cumulative sum."""
    counted = _tables().counted[batch.classes]
    counted += (first & (batch.classes > 0)).astype(np.int64) << 3 * _FIELD_BITS
    until = np.cumsum(counted, axis=1)
    later = until[:, -1:] - until
    earlier = until - counted
    mask = (1 << _FIELD_BITS) - 1
    np.minimum(earlier & mask, 2, out=table[Aspect.NUMBERS_ON_LEFT])
    np.minimum(later & mask, 2, out=table[Aspect.NUMBERS_ON_RIGHT])
    np.minimum(earlier >> _FIELD_BITS & mask, 2, out=table[Aspect.STREETS_ON_LEFT])
    np.minimum(later >> _FIELD_BITS & mask, 2, out=table[Aspect.STREETS_ON_RIGHT])
    np.minimum(later >> 2 * _FIELD_BITS & mask, 4, out=table[Aspect.WORDS_ON_RIGHT])
    np.minimum((until >> 3 * _FIELD_BITS) - 1, 4, out=table[Aspect.RUNS_ON_LEFT])
    np.minimum(later >> 3 * _FIELD_BITS, 4, out=table[Aspect.RUNS_ON_RIGHT])


def _from_left(values: IntArray) -> IntArray:
    """Bring the value of the left neighbour to each place; zero comes in at the edge."""
    moved = np.zeros_like(values)
    moved[:, 1:] = values[:, :-1]
    return moved


def _from_right(values: IntArray) -> IntArray:
    moved = np.zeros_like(values)
    moved[:, :-1] = values[:, 1:]
    return moved


class _Tables(NamedTuple):
    """What is known of each class of words, (classes,), and of each end of a run."""

    kinds: IntArray
    """The kinds it is of, a bit each."""
    landmarks: BoolArray
    counted: IntArray
    """1 in the bit field of each count that it adds to: numbers, streets, words outside of postcodes."""
    run_places: IntArray
    """RUN_PLACE by whether a token is the first (1) and the last (2) of its run."""


@cache
def _tables() -> _Tables:
    kinds = np.zeros(_K, dtype=np.int64)
    for bit, classes in (
        (_STREET_BIT, _STREETS),
        (_NUMBER_BIT, _NUMBERS),
        (_UNIT_BIT, _UNITS),
        (_POSTCODE_BIT, _POSTCODES),
        (_BUILDING_BIT, _BUILDINGS),
        (_BUSINESS_BIT, _BUSINESS),
    ):
        kinds[list(classes)] |= 1 << bit
    landmarks = np.zeros(_K, dtype=np.bool_)
    landmarks[list(_LANDMARKS)] = True
    counted = np.zeros(_K, dtype=np.int64)
    counted[list(_NUMBERS)] += 1
    counted[list(_STREETS)] += 1 << _FIELD_BITS
    counted[[cls for cls in WordClass if cls and cls not in _POSTCODES]] += 1 << 2 * _FIELD_BITS
    return _Tables(kinds, landmarks, counted, np.array([2, 1, 3, 0]))
