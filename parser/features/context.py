"""Features of a place in a text that depend on the classes of the tokens around it, computed for all texts at once.

Each template gives every token one whole number below a fixed bound; the CRF's attribute is `template:number`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from parser.features.batch import PHRASE_CODES, TOWN_FIRST, BoolArray, IntArray, TokenBatch
from parser.features.names import NAME_CODES
from parser.word_class import CLASS_COUNT, WordClass

_K = CLASS_COUNT
_Scalar = TypeVar("_Scalar", bound=np.generic)
_FAR = 5
"""Distances are counted up to this many tokens."""

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


@dataclass(frozen=True, slots=True)
class _View:
    """The batch and what several templates need of it."""

    batch: TokenBatch
    inside: BoolArray
    cls: IntArray
    left: IntArray
    right: IntArray
    left2: IntArray
    right2: IntArray
    break_after: BoolArray
    position: IntArray


def _lookup(classes: tuple[WordClass, ...]) -> BoolArray:
    table = np.zeros(_K, dtype=np.bool_)
    table[[int(c) for c in classes]] = True
    return table


def _moved(array: npt.NDArray[_Scalar], by: int) -> npt.NDArray[_Scalar]:
    """Shift along the tokens: by=1 brings the left neighbour to each place; zero comes in at the edge."""
    moved = np.zeros_like(array)
    width = array.shape[1]
    if by >= width or -by >= width:
        return moved
    if by > 0:
        moved[:, by:] = array[:, :-by]
    else:
        moved[:, :by] = array[:, -by:]
    return moved


def _view(batch: TokenBatch) -> _View:
    cls = batch.classes
    return _View(
        batch=batch,
        inside=cls > 0,
        cls=cls,
        left=_moved(cls, 1),
        right=_moved(cls, -1),
        left2=_moved(cls, 2),
        right2=_moved(cls, -2),
        break_after=_moved(batch.breaks, -1),
        position=np.broadcast_to(np.arange(cls.shape[1]), cls.shape),
    )


def _seen_left(marked: BoolArray) -> IntArray:
    """Return 1 where something marked stands to the left of a place."""
    return _moved(np.logical_or.accumulate(marked, axis=1), 1).astype(np.int64)


def _seen_right(marked: BoolArray) -> IntArray:
    return _moved(np.logical_or.accumulate(marked[:, ::-1], axis=1)[:, ::-1], -1).astype(np.int64)


def _count_left(marked: BoolArray, most: int) -> IntArray:
    return np.minimum(_moved(np.cumsum(marked, axis=1), 1), most)


def _count_right(marked: BoolArray, most: int) -> IntArray:
    return np.minimum(_moved(np.cumsum(marked[:, ::-1], axis=1)[:, ::-1], -1), most)


def _sides(v: _View) -> tuple[IntArray, IntArray]:
    """Return, for the left and the right side, which kinds of words stand there, as six bits."""
    kinds = [_lookup(c)[v.cls] for c in (_STREETS, _NUMBERS, _UNITS, _POSTCODES, _BUILDINGS)]
    kinds.append(v.batch.phrases == TOWN_FIRST)
    left = sum((_seen_left(kind) << bit for bit, kind in enumerate(kinds)), np.zeros_like(v.cls))
    right = sum((_seen_right(kind) << bit for bit, kind in enumerate(kinds)), np.zeros_like(v.cls))
    return left, right


def _nearest_landmarks(v: _View) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Return the class and the distance (up to _FAR) of the nearest landmark on the left and on the right."""
    width = v.cls.shape[1]
    # Where there is none on the right, the end of the text stands for it, whatever the batch pads the text to.
    ends = v.batch.lengths[:, None]
    marked = _lookup(_LANDMARKS)[v.cls]
    here = np.where(marked, v.position, -1)
    left_at = _moved(np.maximum.accumulate(here, axis=1) + 1, 1) - 1
    here = np.where(marked, v.position, width)
    right_at = width - _moved(width - np.minimum.accumulate(here[:, ::-1], axis=1)[:, ::-1], -1)
    right_at = np.minimum(right_at, ends)
    framed = np.concatenate([v.cls, np.zeros((len(v.cls), 1), dtype=np.int64)], axis=1)
    left_class = np.take_along_axis(framed, np.where(left_at < 0, width, left_at), axis=1)
    right_class = np.take_along_axis(framed, right_at, axis=1)
    left_distance = np.minimum(v.position - left_at, _FAR)
    right_distance = np.minimum(right_at - v.position, _FAR)
    return left_class, left_distance, right_class, right_distance


def _segments(v: _View) -> tuple[IntArray, IntArray, IntArray, IntArray, IntArray, IntArray]:
    """Describe the run between commas in which a token stands.

    Returns its first class, its last class, the token's place in it (0 alone, 1 first, 2 within, 3 last), its size,
    its number from the left and from the right.
    """
    first = (v.batch.breaks | (v.position == 0)) & v.inside
    last = (v.break_after | (v.right == 0)) & v.inside
    start = np.maximum.accumulate(np.where(first, v.position, 0), axis=1)
    width = v.cls.shape[1]
    end = np.minimum.accumulate(np.where(last, v.position, width - 1)[:, ::-1], axis=1)[:, ::-1]
    place = np.where(first & last, 0, np.where(first, 1, np.where(last, 3, 2)))
    from_left = np.minimum(np.cumsum(first, axis=1) - 1, 4)
    from_right = np.minimum(np.cumsum(last[:, ::-1], axis=1)[:, ::-1] - 1, 4)
    return (
        np.take_along_axis(v.cls, start, axis=1),
        np.take_along_axis(v.cls, end, axis=1),
        place,
        np.minimum(end - start, 4),
        np.maximum(from_left, 0),
        np.maximum(from_right, 0),
    )


def _codes(batch: TokenBatch) -> Iterator[IntArray]:
    """Yield the templates' numbers in the order of _BOUNDS."""
    v = _view(batch)
    c, k = v.cls, _K
    yield v.left * k + c
    yield c * k + v.right
    yield (v.left * k + c) * k + v.right
    yield v.left2 * k + v.left
    yield v.right * k + v.right2
    yield (v.left2 * k + v.left) * k + c
    yield (c * k + v.right) * k + v.right2
    edge = (v.left == 0) * 1 + (v.right == 0) * 2 + batch.breaks * 4 + v.break_after * 8
    yield c * 16 + edge
    on_left, on_right = _sides(v)
    yield c * 64 + on_left
    yield c * 64 + on_right
    left_class, left_distance, right_class, right_distance = _nearest_landmarks(v)
    yield (c * k + left_class) * (_FAR + 1) + left_distance
    yield (c * k + right_class) * (_FAR + 1) + right_distance
    yield (left_class * k + c) * k + right_class
    first, last, place, size, from_left, from_right = _segments(v)
    yield ((first * k + last) * 4 + place) * 5 + size
    yield (c * 5 + from_left) * 5 + from_right
    yield ((last * 4 + place) * 5 + from_left) * 5 + from_right
    yield (batch.phrases * 64 + on_right) * 64 + on_left
    after_phrase = _moved(batch.phrases, -1)
    before_phrase = _moved(batch.phrases, 1)
    yield (before_phrase * PHRASE_CODES + batch.phrases) * PHRASE_CODES + after_phrase
    coded = _lookup(_POSTCODES)[c]
    place_words = _count_right(v.inside & ~coded, 4)
    yield (batch.phrases * 5 + place_words) * 4 + (batch.breaks * 1 + v.break_after * 2)
    yield (c * 5 + place_words) * 2 + _seen_right(coded)
    yield c * 5 + np.minimum(v.position, 4)
    numbers = _lookup(_NUMBERS)[c]
    yield (c * 3 + _count_left(numbers, 2)) * 3 + _count_right(numbers, 2)
    streets = _lookup(_STREETS)[c]
    yield (c * 3 + _count_left(streets, 2)) * 3 + _count_right(streets, 2)
    business = _lookup(_BUSINESS)[c]
    yield ((c * 2 + _seen_left(business)) * 2 + _seen_right(business)) * 2 + _seen_left(numbers)
    if batch.names:
        yield from _name_codes(v)


def _name_codes(v: _View) -> Iterator[IntArray]:
    """Yield the numbers of the templates that a gazetteer's names fill."""
    street, locality, town, building, organisation = v.batch.names
    n = NAME_CODES
    yield (((street * n + locality) * n + town) * n + building) * n + organisation
    yield ((street * n + locality) * n + town) * _K + v.cls
    yield (building * n + organisation) * _K + v.cls
    named = sum(((codes > 0) << bit for bit, codes in enumerate(v.batch.names)), np.zeros_like(v.cls))
    yield (_moved(named, 1) * 32 + named) * 32 + _moved(named, -1)
    beside = sum(
        (_seen_left(codes > 0) << bit for bit, codes in enumerate((street, locality, town))),
        np.zeros_like(v.cls),
    ) * 8 + sum(
        (_seen_right(codes > 0) << bit for bit, codes in enumerate((street, locality, town))),
        np.zeros_like(v.cls),
    )
    yield named * 64 + beside


_BOUNDS: tuple[int, ...] = (
    _K**2,
    _K**2,
    _K**3,
    _K**2,
    _K**2,
    _K**3,
    _K**3,
    _K * 16,
    _K * 64,
    _K * 64,
    _K * _K * (_FAR + 1),
    _K * _K * (_FAR + 1),
    _K**3,
    _K * _K * 20,
    _K * 25,
    _K * 100,
    PHRASE_CODES * 4096,
    PHRASE_CODES**3,
    PHRASE_CODES * 20,
    _K * 10,
    _K * 5,
    _K * 9,
    _K * 9,
    _K * 8,
    NAME_CODES**5,
    NAME_CODES**3 * _K,
    NAME_CODES**2 * _K,
    32**3,
    32 * 64,
)
TEMPLATE_COUNT = len(_BOUNDS)


def template_bounds() -> tuple[int, ...]:
    """Return the number below which each template stays."""
    return _BOUNDS


def context_codes(batch: TokenBatch) -> list[IntArray]:
    """Return each template's numbers, (texts, longest); what they say beyond a text's end means nothing."""
    return list(_codes(batch))


def attribute(template: int, code: int) -> str:
    """Name the CRF's attribute of a template's number.

    >>> attribute(3, 17)
    '3:17'
    """
    return f"{template}:{code}"
