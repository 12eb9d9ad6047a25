"""How the number and the sub-building of a query stand to those of a candidate."""

from collections.abc import Callable
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from address_match.service.matching.features.columns.coded import JOINT, Coded
from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.first_that_holds import first_that_holds


class NumberLevel(IntEnum):
    """The query's building number beside the candidate's."""

    NEITHER = 0
    EQUAL = 1
    END_OF_RANGE = 2
    INSIDE_RANGE = 3
    QUERY_RANGE_HOLDS = 4
    NEARLY = 5
    """One digit off: a slip, or a neighbour."""
    DIFFERENT = 6
    QUERY_ONLY = 7
    CANDIDATE_ONLY = 8
    RANGES_OVERLAP = 10
    """Two ranges share numbers and neither holds the other."""
    CROSSED = 9
    """One side's number is the other's sub-building: `6 PRIORY VIEW` beside `FLAT 6, PRIORY VIEW`."""
    TRANSPOSED = 11
    """Two neighbouring digits swapped: 12 beside 21."""


class SuffixLevel(IntEnum):
    """The letter of the query's number beside the candidate's, where the numbers agree; a flat's single letter counts as one."""

    NUMBERS_DIFFER = 0
    NEITHER = 1
    EQUAL = 2
    QUERY_ONLY = 3
    CANDIDATE_ONLY = 4
    DIFFERENT = 5


class UnitLevel(IntEnum):
    """The query's sub-building (flat, room, suffix letter) beside the candidate's."""

    NEITHER = 0
    EQUAL = 1
    QUERY_ONLY = 2
    """The query asks for a part, the candidate is the whole."""
    CANDIDATE_ONLY = 3
    """The candidate is a part of what the query asks for."""
    DIFFERENT = 4
    OVERLAPPING = 5
    """One designator holds the other: `FLAT 79` beside `FLAT 79 ROOM A`."""
    FLOOR_EQUAL = 6
    FLOOR_DIFFERENT = 7
    FLOOR_AND_DESIGNATOR = 8
    """One side names a floor, or nothing but THE FLAT, the other a number or letter: they may be the same."""
    CROSSED = 9
    NEARLY = 10
    """One character off."""


UNIT_AGREES = (UnitLevel.NEITHER, UnitLevel.EQUAL, UnitLevel.FLOOR_EQUAL, UnitLevel.CROSSED)
"""Relations under which both sides mean one part, or neither means one."""
PARTS_BY_WORD = frozenset({"FLAT", "ANNEXE", "PENTHOUSE"})
"""Words for a part of a building that name one without a number or a letter."""
_BARE = frozenset({"|", *(f"|{word}" for word in PARTS_BY_WORD)})
"""Designators without a number or a letter."""


def number_level(pairs: Pairs) -> NDArray[np.int64]:
    """Return a `NumberLevel` per pair, sub-buildings left out of account."""
    q, q_end = pairs.query_numbers("number"), pairs.query_numbers("number_end")
    c, c_end = pairs.text_numbers("number"), pairs.text_numbers("number_end")
    q_high, c_high = np.where(q_end < 0, q, q_end), np.where(c_end < 0, c, c_end)
    either_end = (q == c) | (q_high == c_high)
    slips = _slips(q, c)
    return first_that_holds(
        (
            ((q < 0) & (c < 0), NumberLevel.NEITHER),
            (c < 0, NumberLevel.QUERY_ONLY),
            (q < 0, NumberLevel.CANDIDATE_ONLY),
            ((q == c) & (q_high == c_high), NumberLevel.EQUAL),
            (either_end & (q_high == q), NumberLevel.END_OF_RANGE),
            ((q_high == q) & (c < q) & (q < c_high), NumberLevel.INSIDE_RANGE),
            ((q <= c) & (c_high <= q_high), NumberLevel.QUERY_RANGE_HOLDS),
            ((q <= c_high) & (c <= q_high), NumberLevel.RANGES_OVERLAP),
            (slips == int(NumberLevel.TRANSPOSED), NumberLevel.TRANSPOSED),
            (slips == int(NumberLevel.NEARLY), NumberLevel.NEARLY),
        ),
        NumberLevel.DIFFERENT,
    )


def suffix_level(pairs: Pairs, number: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return a `SuffixLevel` per pair; `number` is its `NumberLevel`."""
    # The four relations in which numbers agree follow one another.
    agree = (number >= int(NumberLevel.EQUAL)) & (number <= int(NumberLevel.QUERY_RANGE_HOLDS))
    if not agree.any():
        return np.full(len(pairs), int(SuffixLevel.NUMBERS_DIFFER))
    letters = pairs.distinct(_letters(pairs.of_query), _letters(pairs.of_text)).apply(_compare_letters)
    return np.where(agree, letters, int(SuffixLevel.NUMBERS_DIFFER))


def premises_levels(pairs: Pairs) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return a `NumberLevel` and a `UnitLevel` per pair, crossed notations recognised."""
    number = number_level(pairs)
    q_unit, c_unit = _designators(pairs.of_query), _designators(pairs.of_text)
    unit = pairs.distinct(q_unit, c_unit).apply(unit_level)
    q_unit_number, c_unit_number = _as_number(q_unit)[pairs.query], _as_number(c_unit)[pairs.text]
    q_number, c_number = pairs.query_numbers("number"), pairs.text_numbers("number")
    crossed = _written_alike(pairs, q_number, c_number, q_unit, c_unit)
    crossed |= _is_bare(q_unit)[pairs.query] & (q_number >= 0) & (q_number == c_unit_number)
    swapped = (q_number >= 0) & (c_number >= 0) & (q_number != c_number)
    swapped &= (q_number == c_unit_number) & (c_number == q_unit_number)
    number[crossed] = int(NumberLevel.CROSSED)
    unit[crossed | swapped] = int(UnitLevel.CROSSED)
    return number, unit


@lru_cache(maxsize=1 << 16)
def unit_level(query: str, candidate: str) -> int:
    """Compare two designators written as `floor|unit`, for instance `G|` beside `|A`.

    >>> UnitLevel(unit_level("|A", "|A")).name, UnitLevel(unit_level("|2", "|3")).name
    ('EQUAL', 'DIFFERENT')
    """
    q_floor, _, q_unit = query.partition("|")
    c_floor, _, c_unit = candidate.partition("|")
    if q_unit and c_unit:
        return int(_compare_designators(q_unit, c_unit, q_floor, c_floor))
    if not q_unit and not c_unit:
        if q_floor and c_floor:
            return int(UnitLevel.FLOOR_EQUAL if q_floor == c_floor else UnitLevel.FLOOR_DIFFERENT)
        if q_floor:
            return int(UnitLevel.QUERY_ONLY)
        return int(UnitLevel.CANDIDATE_ONLY if c_floor else UnitLevel.NEITHER)
    if q_floor and c_floor:
        return int(UnitLevel.FLOOR_EQUAL if q_floor == c_floor else UnitLevel.FLOOR_DIFFERENT)
    if (q_unit and c_floor) or (q_floor and c_unit):
        return int(UnitLevel.FLOOR_AND_DESIGNATOR)
    return int(UnitLevel.QUERY_ONLY if q_unit else UnitLevel.CANDIDATE_ONLY)


def _compare_designators(query: str, candidate: str, q_floor: str, c_floor: str) -> UnitLevel:
    if (query in PARTS_BY_WORD) != (candidate in PARTS_BY_WORD):
        return UnitLevel.FLOOR_AND_DESIGNATOR
    if query.replace(" ", "") == candidate.replace(" ", ""):
        floors_differ = bool(q_floor) and bool(c_floor) and q_floor != c_floor
        return UnitLevel.FLOOR_DIFFERENT if floors_differ else UnitLevel.EQUAL
    q_words, c_words = set(query.split()), set(candidate.split())
    if q_words == c_words or _floor_written_in(query, candidate, q_floor, c_floor):
        return UnitLevel.EQUAL
    if q_words < c_words or c_words < q_words:
        return UnitLevel.OVERLAPPING
    long_enough = min(len(query), len(candidate)) > 2
    if long_enough and OSA.distance(query, candidate) == 1:
        return UnitLevel.NEARLY
    return UnitLevel.DIFFERENT


def _floor_written_in(query: str, candidate: str, q_floor: str, c_floor: str) -> bool:
    """Return whether one side's number holds the other's floor: 302 beside flat 2 on floor 3."""
    if bool(q_floor) == bool(c_floor):
        return False
    floor, unit, other = (q_floor, query, candidate) if q_floor else (c_floor, candidate, query)
    return floor.isdecimal() and unit.isdecimal() and other == f"{floor}{unit:0>2}"


def _letters(column: Callable[[str], Coded]) -> Coded:
    """Return the letter of each row's number, else its flat's where that is a single letter."""
    return column("suffix").joined(column("unit")).map(_letter)


def _letter(suffix_and_unit: str) -> str:
    suffix, _, unit = suffix_and_unit.partition(JOINT)
    return suffix or (unit if len(unit) == 1 and unit.isalpha() else "")


@lru_cache(maxsize=1 << 12)
def _compare_letters(query: str, candidate: str) -> int:
    if query == candidate:
        return int(SuffixLevel.EQUAL if query else SuffixLevel.NEITHER)
    if query and candidate:
        return int(SuffixLevel.DIFFERENT)
    return int(SuffixLevel.QUERY_ONLY if query else SuffixLevel.CANDIDATE_ONLY)


def _designators(column: Callable[[str], Coded]) -> Coded:
    """Write floor and side, unit and suffix of every row as `floor|unit`: `FLAT A, 24` and `24A` both give `|A`.

    What nothing but its word tells from the whole, THE FLAT above a shop, is designated by its word.
    """
    columns = (column(field) for field in ("side", "unit", "suffix", "unit_kind"))
    return column("floor").joined(*columns).map(_designator)


def _designator(parts: str) -> str:
    floor, side, unit, suffix, kind = parts.split(JOINT)
    designator = f"{unit}{' ' if unit and suffix else ''}{suffix}"
    if not (floor or side or designator) and kind in PARTS_BY_WORD:
        designator = kind
    return f"{floor}{side}|{designator}"


def _written_alike(
    pairs: Pairs, q_number: NDArray[np.int64], c_number: NDArray[np.int64], q_unit: Coded, c_unit: Coded
) -> NDArray[np.bool_]:
    """Return where one side alone has a number, and writes with it what the other's sub-building is: FLAT 48A beside 48 A.

    A number by itself, said to be a flat's, is not taken for a house's.
    """
    alike = np.zeros(len(pairs), dtype=bool)
    asked_in_one, held_in_one = (q_number < 0) & (c_number >= 0), (q_number >= 0) & (c_number < 0)
    if not (asked_in_one | held_in_one).any():
        return alike
    q_word, c_word = q_unit.map(_unit_in_one), c_unit.map(_unit_in_one)
    asked_in_one &= q_word.said_at(pairs.query)
    held_in_one &= c_word.said_at(pairs.text)
    rows = (asked_in_one | held_in_one).nonzero()[0]
    queries, texts = pairs.query[rows], pairs.text[rows]
    asked = map(_numbered, q_number[rows].tolist(), q_word.at(queries))
    held = map(_numbered, c_number[rows].tolist(), c_word.at(texts))
    kinds = pairs.of_query("unit_kind").at(queries)
    alike[rows] = [
        a == h and not (kind and a.isdecimal()) for a, h, kind in zip(asked, held, kinds, strict=True)
    ]
    return alike


def _numbered(number: int, unit: str) -> str:
    """Write a number, negative where there is none, and a sub-building as one word."""
    return unit if number < 0 else f"{number}{unit}"


def _unit_in_one(designator: str) -> str:
    return designator.partition("|")[2].replace(" ", "")


def _is_bare(designators: Coded) -> NDArray[np.bool_]:
    """Return for each row whether it names no sub-building, or one by nothing but its word."""
    return designators.numbers(lambda designator: designator in _BARE).astype(bool)


def _as_number(designators: Coded) -> NDArray[np.int64]:
    """Return for each row the sub-building's number where it has one alone, else -9."""
    return designators.numbers(_number_alone)


def _number_alone(designator: str) -> int:
    unit = designator.partition("|")[2]
    return int(unit) if unit.isdecimal() and len(unit) < 9 else -9


def _slips(q: NDArray[np.int64], c: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where two numbers of one length (two digits or more) are `TRANSPOSED` or `NEARLY` the same; 0 elsewhere."""
    found = np.zeros(len(q), dtype=np.int64)
    likely = ((q > 9) & (c > 9) & (q != c)).nonzero()[0]
    if not len(likely):
        return found
    pairs, inverse = np.unique(q[likely] << 32 | c[likely], return_inverse=True)
    slips = [_slip(pair >> 32, pair & 0xFFFFFFFF) for pair in pairs.tolist()]
    found[likely] = np.array(slips, dtype=np.int64)[inverse]
    return found


@lru_cache(maxsize=1 << 16)
def _slip(q: int, c: int) -> int:
    asked, held = str(q), str(c)
    if len(asked) != len(held) or OSA.distance(asked, held, score_cutoff=1) != 1:
        return 0
    swapped = sorted(asked) == sorted(held)
    return int(NumberLevel.TRANSPOSED if swapped else NumberLevel.NEARLY)
