"""How the sub-building of a query (flat, room, floor) stands to a candidate's."""

from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.crossed_notation import (
    crossed_notation,
    query_designators,
    text_designators,
)
from address_match.service.matching.features.designator import PARTS_BY_WORD
from address_match.service.matching.features.feature import Feature, Field, by_level


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


SAME_UNIT = (UnitLevel.NEITHER, UnitLevel.EQUAL, UnitLevel.FLOOR_EQUAL, UnitLevel.CROSSED)
"""Both sides mean one part, or neither means one."""
OTHER_UNIT = (UnitLevel.NEARLY, UnitLevel.DIFFERENT, UnitLevel.FLOOR_DIFFERENT)
"""Both sides mean a part, and they mean two: never accepted."""


class UnitWordLevel(IntEnum):
    """The words for sub-buildings (FLAT, UNIT, ROOM) of the query beside the candidate's."""

    NEITHER = 0
    EQUAL = 1
    ONE_LACKS = 2
    DIFFERENT = 3


def unit_level(pairs: Pairs) -> NDArray[np.int64]:
    """Return a `UnitLevel` per pair."""
    level = pairs.distinct(query_designators(pairs), text_designators(pairs)).apply(compare_designators)
    notation = crossed_notation(pairs)
    level[notation.crossed | notation.swapped] = int(UnitLevel.CROSSED)
    return level


def unit_word_level(pairs: Pairs) -> NDArray[np.int64]:
    """Return a `UnitWordLevel` per pair."""
    return pairs.distinct(pairs.of_query("unit_kind"), pairs.of_text("unit_kind")).apply(_compare_unit_words)


@lru_cache(maxsize=1 << 16)
def compare_designators(query: str, candidate: str) -> int:
    """Compare two designators written as `floor|unit`, for instance `G|` beside `|A`.

    >>> UnitLevel(compare_designators("|A", "|A")).name, UnitLevel(compare_designators("|2", "|3")).name
    ('EQUAL', 'DIFFERENT')
    """
    q_floor, _, q_unit = query.partition("|")
    c_floor, _, c_unit = candidate.partition("|")
    if q_unit and c_unit:
        return int(_compare_units(q_unit, c_unit, q_floor, c_floor))
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


def _compare_units(query: str, candidate: str, q_floor: str, c_floor: str) -> UnitLevel:
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


def _compare_unit_words(query: str, candidate: str) -> int:
    if query == candidate:
        return int(UnitWordLevel.EQUAL if query else UnitWordLevel.NEITHER)
    return int(UnitWordLevel.DIFFERENT if query and candidate else UnitWordLevel.ONE_LACKS)


UNIT = Feature(
    name="unit",
    field=Field.FLAT,
    compute=unit_level,
    levels=UnitLevel,
    silent=UnitLevel.NEITHER,
    words=by_level(
        {
            UnitLevel.NEITHER: "neither is a flat",
            UnitLevel.EQUAL: "flat {q} agrees",
            UnitLevel.QUERY_ONLY: "flat {q} is asked for, the candidate is the whole",
            UnitLevel.CANDIDATE_ONLY: "the candidate is flat {c}, the whole is asked for",
            UnitLevel.DIFFERENT: "flat {q} is not {c}",
            UnitLevel.OVERLAPPING: "flat {q} is part of the name of {c}, or the reverse",
            UnitLevel.FLOOR_EQUAL: "floor {q} agrees",
            UnitLevel.FLOOR_DIFFERENT: "floor {q} is not {c}",
            UnitLevel.FLOOR_AND_DESIGNATOR: "floor or flat {q} may be {c}",
            UnitLevel.CROSSED: "number and flat are written the other way round",
            UnitLevel.NEARLY: "flat {q} is not {c}, one character off",
        }
    ),
)
UNIT_WORD = Feature(name="worded_units", field=Field.FLAT, compute=unit_word_level, levels=UnitWordLevel)
