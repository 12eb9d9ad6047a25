"""What surrounds each place of a text, computed for whole batches with few array operations.

One text costs little more than the calls themselves: what is found in the same way is found together, from the left and
from the right, and the position and the class of a nearest token are one number.
"""

from functools import cache
from typing import NamedTuple

import numpy as np

from address_match.parser.features.aspect import FARTHEST, PLAIN_ASPECTS, SIDE_KINDS, SIDE_NAMES, Aspect
from address_match.parser.features.token_batch import TOWN_FIRST, BoolArray, IntArray, TokenBatch
from address_match.parser.recognisers.number_pair import number_pairs
from address_match.parser.word_class import CLASS_COUNT, WordClass

_CLASS_BITS = 6
_CLASS_MASK = (1 << _CLASS_BITS) - 1
"""Of a class of words that shares a number with a position."""

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
_LAST_OR_COMMA = 2 | 8
"""The bits of EDGE that end a run."""


def surroundings(batch: TokenBatch) -> IntArray:
    """Return every aspect of every place, (aspects, texts, longest); beyond a text's end they mean nothing.

    Without names of a gazetteer there are only the first `PLAIN_ASPECTS`.
    """
    texts, longest = batch.classes.shape
    table = np.empty((len(Aspect) if batch.names else PLAIN_ASPECTS, texts, longest), dtype=np.int64)
    position = np.arange(longest)
    _fill_neighbours(table, batch)
    _fill_pairs(table, batch)
    if batch.names:
        _fill_names(table, batch.names)
    _fill_sides(table, batch)
    first = batch.breaks | (position == 0)
    _fill_nearest(table, batch, position, first)
    _fill_counts(table, batch, first)
    np.minimum(position, 4, out=table[Aspect.POSITION])
    return table


def _fill_neighbours(table: IntArray, batch: TokenBatch) -> None:
    texts, longest = batch.classes.shape
    framed = np.zeros((2, texts, longest + 4), dtype=np.int64)
    framed[0, :, 2:-2] = batch.classes
    framed[1, :, 2:-2] = batch.phrases
    table[Aspect.LEFT2] = framed[0, :, :-4]
    table[Aspect.LEFT : Aspect.PHRASE_BEFORE + 1] = framed[:, :, 1:-3]
    table[Aspect.CLASS : Aspect.PHRASE + 1] = framed[:, :, 2:-2]
    table[Aspect.RIGHT : Aspect.PHRASE_AFTER + 1] = framed[:, :, 3:-1]
    table[Aspect.RIGHT2] = framed[0, :, 4:]
    commas = table[Aspect.COMMAS]
    commas[:] = batch.breaks
    commas[:, :-1] += 2 * batch.breaks[:, 1:]
    edge = np.multiply(commas, 4, out=table[Aspect.EDGE])
    edge += table[Aspect.LEFT] == 0
    edge += 2 * (table[Aspect.RIGHT] == 0)


def _fill_pairs(table: IntArray, batch: TokenBatch) -> None:
    before, after = table[Aspect.PAIR_BEFORE], table[Aspect.PAIR_AFTER]
    before[:] = after[:] = 0
    # Two plain numbers side by side are rare.
    if (batch.values[:, :-1] * batch.values[:, 1:]).any():
        after[:, :-1] = number_pairs(batch.values[:, :-1], batch.values[:, 1:])
        before[:, 1:] = after[:, :-1]


def _fill_names(table: IntArray, names: tuple[IntArray, ...]) -> None:
    texts, longest = names[0].shape
    framed = np.zeros((texts, longest + 2), dtype=np.int64)
    named = framed[:, 1:-1]
    for field, codes in enumerate(names):
        table[Aspect.STREET_NAME + field] = codes
        named += (codes > 0) << field
    table[Aspect.NAMED_BEFORE] = framed[:, :-2]
    table[Aspect.NAMED] = named
    table[Aspect.NAMED_AFTER] = framed[:, 2:]


def _fill_sides(table: IntArray, batch: TokenBatch) -> None:
    """Return which kinds of words stand on either side of a place."""
    kinds = _tables().kinds[batch.classes]
    kinds |= (batch.phrases == TOWN_FIRST) << _TOWN_BIT
    if batch.names:
        kinds |= (table[Aspect.NAMED] & ((1 << SIDE_NAMES) - 1)) << _NAME_BIT
    passed = np.zeros((2, *kinds.shape[:1], kinds.shape[1] + 1), dtype=np.int64)
    np.bitwise_or.accumulate(_both_ways(kinds), axis=2, out=passed[:, :, 1:])
    left, right = passed[0, :, :-1], passed[1, :, -2::-1]
    on_left = table[Aspect.ON_LEFT : Aspect.BUSINESS_ON_LEFT + 1]
    np.right_shift(left, _tables().left_bits, out=on_left)
    on_left &= _tables().side_masks
    on_right = table[Aspect.ON_RIGHT : Aspect.BUSINESS_ON_RIGHT + 1]
    np.right_shift(right, _tables().right_bits, out=on_right)
    on_right &= _tables().side_masks
    if batch.names:
        np.right_shift(left, _NAME_BIT, out=table[Aspect.NAMES_ON_LEFT])
        np.right_shift(right, _NAME_BIT, out=table[Aspect.NAMES_ON_RIGHT])


def _fill_nearest(table: IntArray, batch: TokenBatch, position: IntArray, first: BoolArray) -> None:
    """Find the landmarks on either side of a place, and the ends of its run between commas."""
    texts, longest = first.shape
    last = (table[Aspect.EDGE] & _LAST_OR_COMMA) > 0
    # Position and class are one number; from the right, positions are counted from the end of the batch.
    found = np.empty((2, 2, texts, longest), dtype=np.int64)
    found[0] = _both_ways(_tables().landmarks[batch.classes])
    found[1, 0] = first
    found[1, 1] = last[:, ::-1]
    found *= _both_ways(batch.classes) + ((position + 1) << _CLASS_BITS)
    passed = np.zeros((2, 2, texts, longest + 1), dtype=np.int64)
    np.maximum.accumulate(found, axis=3, out=passed[..., 1:])
    nearest = np.empty((4, texts, longest), dtype=np.int64)
    nearest[0] = passed[0, 0, :, :-1]
    nearest[1] = passed[0, 1, :, -2::-1]
    nearest[2] = passed[1, 0, :, 1:]
    nearest[3] = passed[1, 1, :, :0:-1]
    np.bitwise_and(nearest, _CLASS_MASK, out=table[Aspect.LEFT_LANDMARK : Aspect.RUN_LAST + 1])
    nearest >>= _CLASS_BITS
    left, right, begin, end = nearest
    distances = table[Aspect.LEFT_DISTANCE : Aspect.RIGHT_DISTANCE + 1]
    np.subtract(position + 1, left, out=distances[0])
    np.subtract(np.minimum(longest - right, batch.lengths[:, None]), position, out=distances[1])
    np.minimum(distances, FARTHEST, out=distances)
    np.maximum(distances, 0, out=distances)
    np.minimum(longest + 1 - begin - end, 4, out=table[Aspect.RUN_SIZE])
    table[Aspect.RUN_PLACE] = _tables().run_places[first + 2 * last]


def _fill_counts(table: IntArray, batch: TokenBatch, first: BoolArray) -> None:
    """Count numbers, streets, words outside of postcodes and runs on either side of a place."""
    counted = _tables().counted[:, batch.classes]
    counted[3] &= first
    until = counted.cumsum(axis=2)
    later = until[:, :, -1:] - until
    most = _tables().most_counted
    np.minimum(later, most, out=table[Aspect.NUMBERS_ON_RIGHT : Aspect.RUNS_ON_RIGHT + 1])
    earlier = until[:2] - counted[:2]
    np.minimum(earlier, most[:2], out=table[Aspect.NUMBERS_ON_LEFT : Aspect.STREETS_ON_LEFT + 1])
    np.minimum(until[3] - 1, most[3], out=table[Aspect.RUNS_ON_LEFT])


def _both_ways(values: IntArray | BoolArray) -> IntArray:
    """Return values as they are passed from the left and from the right, (2, texts, longest)."""
    ways = np.empty((2, *values.shape), dtype=np.int64)
    ways[0] = values
    ways[1] = values[:, ::-1]
    return ways


class _Tables(NamedTuple):
    """What is known of each class of words, (classes,), and constants in the shapes of the table's rows."""

    kinds: IntArray
    """The kinds it is of, a bit each."""
    landmarks: BoolArray
    counted: IntArray
    """(4, classes): whether it counts as a number, as a street, as a word outside of postcodes, as a word."""
    most_counted: IntArray
    """(4, 1, 1): up to which number those are counted, the last by the first of its run."""
    run_places: IntArray
    """RUN_PLACE by whether a token is the first (1) and the last (2) of its run."""
    left_bits: IntArray
    right_bits: IntArray
    side_masks: IntArray
    """(3, 1, 1): where the aspects of a side begin in the set of kinds, and which of its bits they are."""


@cache
def _tables() -> _Tables:
    kinds = np.zeros(CLASS_COUNT, dtype=np.int64)
    for bit, classes in (
        (_STREET_BIT, _STREETS),
        (_NUMBER_BIT, _NUMBERS),
        (_UNIT_BIT, _UNITS),
        (_POSTCODE_BIT, _POSTCODES),
        (_BUILDING_BIT, _BUILDINGS),
        (_BUSINESS_BIT, _BUSINESS),
    ):
        kinds[list(classes)] |= 1 << bit
    landmarks = np.zeros(CLASS_COUNT, dtype=np.bool_)
    landmarks[list(_LANDMARKS)] = True
    counted = np.zeros((4, CLASS_COUNT), dtype=np.int64)
    counted[0, list(_NUMBERS)] = 1
    counted[1, list(_STREETS)] = 1
    counted[2, [cls for cls in WordClass if cls and cls not in _POSTCODES]] = 1
    counted[3, 1:] = 1
    return _Tables(
        kinds=kinds,
        landmarks=landmarks,
        counted=counted,
        most_counted=_column(2, 2, 4, 4),
        run_places=np.array([2, 1, 3, 0]),
        left_bits=_column(0, _NUMBER_BIT, _BUSINESS_BIT),
        right_bits=_column(0, _POSTCODE_BIT, _BUSINESS_BIT),
        side_masks=_column(SIDE_KINDS - 1, 1, 1),
    )


def _column(*values: int) -> IntArray:
    return np.array(values).reshape(-1, 1, 1)
