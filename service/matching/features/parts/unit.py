"""How the sub-building of a query (flat, room, floor) compares with a candidate's."""

from collections.abc import Callable
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.texts.coded_strings import Coded
from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.feature import Feature, Field, by_level
from address_match.service.matching.features.parts.compare_units import UnitLevel, compare_designators
from address_match.service.matching.features.parts.crossed_notation import (
    crossed_notation,
    query_designators,
    text_designators,
)

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
    level[_has_letter_of_number_alone(pairs, level)] = int(UnitLevel.NEITHER)
    return level


def _has_letter_of_number_alone(pairs: Pairs, level: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return where one side's part is only the letter of a number, and the other side has no number: THE GABLES beside
    THE GABLES, 12A.

    Of a number that is unsaid the letter is unsaid too, and no part of the house.
    """
    unasked = (level == int(UnitLevel.CANDIDATE_ONLY)) & (pairs.query_numbers("number") < 0)
    missing = (level == int(UnitLevel.QUERY_ONLY)) & (pairs.text_numbers("number") < 0)
    if not (unasked | missing).any():
        return np.zeros(len(pairs), dtype=bool)
    of_query, of_text = _are_letters_of_numbers(pairs.of_query), _are_letters_of_numbers(pairs.of_text)
    alone: NDArray[np.bool_] = (unasked & of_text[pairs.text]) | (missing & of_query[pairs.query])
    return alone


def _are_letters_of_numbers(column: Callable[[str], Coded]) -> NDArray[np.bool_]:
    """Return for each row whether nothing but the letter of its number names a part."""
    part = column("unit").said_by_row() | column("floor").said_by_row() | column("side").said_by_row()
    letter: NDArray[np.bool_] = column("suffix").said_by_row() & ~part
    return letter


def unit_word_level(pairs: Pairs) -> NDArray[np.int64]:
    """Return a `UnitWordLevel` per pair."""
    return pairs.distinct(pairs.of_query("unit_kind"), pairs.of_text("unit_kind")).apply(_compare_unit_words)


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
