"""How the building number of a query, and its letter, stand to a candidate's."""

from collections.abc import Callable
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from address_match.indexer.texts.coded_strings import JOINT, Coded
from address_match.service.matching.features.columns.levels import first_that_holds, is_one_of
from address_match.service.matching.features.columns.pairs import Pairs, once_per_batch
from address_match.service.matching.features.feature import Feature, Field, by_level
from address_match.service.matching.features.parts.crossed_notation import crossed_notation
from address_match.service.matching.features.parts.house_letters import at_an_end


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
    """Two ranges share numbers, and are not one."""
    CROSSED = 9
    """One side's number is the other's sub-building: `6 PRIORY VIEW` beside `FLAT 6, PRIORY VIEW`."""
    TRANSPOSED = 11
    """Two neighbouring digits swapped: 12 beside 21."""


WRITTEN_ALIKE = (NumberLevel.NEITHER, NumberLevel.EQUAL, NumberLevel.CROSSED)
"""Nothing of the number is open. What says how likely absence is takes no less: where 44 fits best into 42-46, the
reference may well lack the 44.
"""
ANSWERS_ALL_ASKED = (*WRITTEN_ALIKE, NumberLevel.END_OF_RANGE, NumberLevel.INSIDE_RANGE)
"""The candidate holds every number that is asked for, so that it may be as good as another that does; one of 42, 44 and
46 answers a query for 42-46 in part.
"""
ONE_HOLDS_THE_OTHER = (
    NumberLevel.EQUAL,
    NumberLevel.END_OF_RANGE,
    NumberLevel.INSIDE_RANGE,
    NumberLevel.QUERY_RANGE_HOLDS,
)
"""One number or range lies in the other, so that their letters can be compared. The letter of a crossed number is part
of what was crossed, and of two ranges that overlap each may have a letter of its own.
"""
SHARES_A_NUMBER = (*ONE_HOLDS_THE_OTHER, NumberLevel.RANGES_OVERLAP, NumberLevel.CROSSED)
"""Some number is of both: enough for one building, which is then looked at for its flats. That neither has a number is
not.
"""
ONE_SIDE_AT_MOST = (NumberLevel.NEITHER, NumberLevel.QUERY_ONLY, NumberLevel.CANDIDATE_ONLY)
"""No number was compared, since a side was read to have none."""
CONTRADICTS = (NumberLevel.NEARLY, NumberLevel.TRANSPOSED, NumberLevel.DIFFERENT)
"""Both have a number, and no number is of both: never accepted, since 12 is not 21."""


class SuffixLevel(IntEnum):
    """The letter of the query's number beside the candidate's, where the numbers agree; a flat's single letter counts
    as one.
    """

    NUMBERS_DIFFER = 0
    NEITHER = 1
    EQUAL = 2
    QUERY_ONLY = 3
    CANDIDATE_ONLY = 4
    DIFFERENT = 5


@once_per_batch
def number_level(pairs: Pairs) -> NDArray[np.int64]:
    """Return a `NumberLevel` per pair."""
    level = _level_of_numbers(pairs)
    level[crossed_notation(pairs).crossed] = int(NumberLevel.CROSSED)
    return level


def suffix_level(pairs: Pairs) -> NDArray[np.int64]:
    """Return a `SuffixLevel` per pair."""
    agree = is_one_of(number_level(pairs), ONE_HOLDS_THE_OTHER)
    if not agree.any():
        return np.full(len(pairs), int(SuffixLevel.NUMBERS_DIFFER))
    letters = pairs.distinct(_letters(pairs.of_query), _letters(pairs.of_text)).apply(_compare_letters)
    return np.where(agree, letters, int(SuffixLevel.NUMBERS_DIFFER))


def _level_of_numbers(pairs: Pairs) -> NDArray[np.int64]:
    """Return a `NumberLevel` per pair, sub-buildings left out of account."""
    q, q_end = pairs.query_numbers("number"), pairs.query_numbers("number_end")
    c, c_end = pairs.text_numbers("number"), pairs.text_numbers("number_end")
    q_high, c_high = np.where(q_end < 0, q, q_end), np.where(c_end < 0, c, c_end)
    both_ranges = (q_high > q) & (c_high > c)
    either_end = (q == c) | (q_high == c_high)
    slips = _slips(q, c)
    return first_that_holds(
        (
            ((q < 0) & (c < 0), NumberLevel.NEITHER),
            (c < 0, NumberLevel.QUERY_ONLY),
            (q < 0, NumberLevel.CANDIDATE_ONLY),
            ((q == c) & (q_high == c_high), NumberLevel.EQUAL),
            (either_end & (q_high == q), NumberLevel.END_OF_RANGE),
            ((q_high == q) & (c < q) & (q < c_high) & _on_its_side(q, c, c_high), NumberLevel.INSIDE_RANGE),
            (
                (c_high == c) & (q <= c) & (c <= q_high) & _on_its_side(c, q, q_high),
                NumberLevel.QUERY_RANGE_HOLDS,
            ),
            (both_ranges & (q <= c_high) & (c <= q_high), NumberLevel.RANGES_OVERLAP),
            (slips == int(NumberLevel.TRANSPOSED), NumberLevel.TRANSPOSED),
            (slips == int(NumberLevel.NEARLY), NumberLevel.NEARLY),
        ),
        NumberLevel.DIFFERENT,
    )


def _on_its_side(q: NDArray[np.int64], low: NDArray[np.int64], high: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return where a number may be one of a range: of one side of the street, odd or even, where both of its ends are."""
    found: NDArray[np.bool_] = ((high - low) % 2 == 1) | ((q - low) % 2 == 0)
    return found


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
    query, candidate = str(q), str(c)
    if len(query) != len(candidate) or OSA.distance(query, candidate, score_cutoff=1) != 1:
        return 0
    transposed = sorted(query) == sorted(candidate)
    return int(NumberLevel.TRANSPOSED if transposed else NumberLevel.NEARLY)


def _letters(column: Callable[[str], Coded]) -> Coded:
    """Return the letter of each row's number, else its flat's where that is a single letter."""
    return column("suffix").joined(column("unit")).map(_letter)


def _letter(suffix_and_unit: str) -> str:
    suffix, _, unit = suffix_and_unit.partition(JOINT)
    return suffix or (unit if len(unit) == 1 and unit.isalpha() else "")


@lru_cache(maxsize=1 << 12)
def _compare_letters(query: str, candidate: str) -> int:
    if query == candidate or at_an_end(query, candidate):
        return int(SuffixLevel.EQUAL if query else SuffixLevel.NEITHER)
    if query and candidate:
        return int(SuffixLevel.DIFFERENT)
    return int(SuffixLevel.QUERY_ONLY if query else SuffixLevel.CANDIDATE_ONLY)


NUMBER = Feature(
    name="number",
    field=Field.NUMBER,
    compute=number_level,
    levels=NumberLevel,
    silent=NumberLevel.NEITHER,
    words=by_level(
        {
            NumberLevel.NEITHER: "neither has a number",
            NumberLevel.EQUAL: "number {q} agrees",
            NumberLevel.END_OF_RANGE: "number {q} is an end of {c}",
            NumberLevel.INSIDE_RANGE: "number {q} lies inside {c}",
            NumberLevel.QUERY_RANGE_HOLDS: "number {q} holds {c}",
            NumberLevel.NEARLY: "number {q} is not {c}, one digit off",
            NumberLevel.DIFFERENT: "number {q} is not {c}",
            NumberLevel.QUERY_ONLY: "number {q} is not said by the candidate",
            NumberLevel.CANDIDATE_ONLY: "the candidate's number {c} is not asked for",
            NumberLevel.CROSSED: "number and flat are written the other way round",
            NumberLevel.RANGES_OVERLAP: "number {q} overlaps {c}",
            NumberLevel.TRANSPOSED: "number {q} is not {c}, two digits swapped",
        }
    ),
)
SUFFIX = Feature(name="suffix", field=Field.NUMBER, compute=suffix_level, levels=SuffixLevel)
