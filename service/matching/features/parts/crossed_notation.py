"""Numbers and sub-buildings written the other way round: `6 PRIORY VIEW` beside `FLAT 6, PRIORY VIEW`."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.texts.coded_strings import Coded
from address_match.service.matching.features.columns.pairs import Pairs, once_per_batch
from address_match.service.matching.features.parts.designator import (
    are_bare,
    designators,
    names_a_part,
    numbers_alone,
    unit_in_one,
)


@once_per_batch
def query_designators(pairs: Pairs) -> Coded:
    """Return the designator of every query's sub-building."""
    return designators(pairs.of_query)


@once_per_batch
def text_designators(pairs: Pairs) -> Coded:
    """Return the designator of every candidate text's sub-building."""
    return designators(pairs.of_text)


@dataclass(frozen=True, slots=True)
class CrossedNotation:
    """Which pairs are written the other way round, each of the shape (pairs,)."""

    crossed: NDArray[np.bool_]
    """One side's number is the other's sub-building, and nothing else is said of either."""
    swapped: NDArray[np.bool_]
    """Each side's number is the other's sub-building: FLAT 2, 14 beside FLAT 14, 2."""


@once_per_batch
def crossed_notation(pairs: Pairs) -> CrossedNotation:
    """Compare the number of each side with the sub-building of the other."""
    q_designators, c_designators = query_designators(pairs), text_designators(pairs)
    if not (any(map(names_a_part, q_designators.values)) or any(map(names_a_part, c_designators.values))):
        none = np.zeros(len(pairs), dtype=bool)
        return CrossedNotation(none, none)
    q_number, c_number = pairs.query_numbers("number"), pairs.text_numbers("number")
    q_unit_number = numbers_alone(q_designators)[pairs.query]
    c_unit_number = numbers_alone(c_designators)[pairs.text]
    number_is_unit = (q_number >= 0) & (q_number == c_unit_number)
    crossed = _written_alike(pairs, q_number, c_number)
    crossed |= are_bare(q_designators)[pairs.query] & number_is_unit
    swapped = number_is_unit & (c_number >= 0) & (q_number != c_number) & (c_number == q_unit_number)
    return CrossedNotation(crossed, swapped)


def _written_alike(
    pairs: Pairs, q_number: NDArray[np.int64], c_number: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return where one side alone has a number, and writes with it what the other's sub-building is: FLAT 48A beside 48
    A, 5-6 beside UNITS 5-6.

    A number by itself, said to be a flat's, is not taken for a house's.
    """
    alike = np.zeros(len(pairs), dtype=bool)
    in_candidate, in_query = (q_number < 0) & (c_number >= 0), (q_number >= 0) & (c_number < 0)
    if not (in_candidate | in_query).any():
        return alike
    q_word, c_word = query_designators(pairs).map(unit_in_one), text_designators(pairs).map(unit_in_one)
    in_candidate &= q_word.said_at(pairs.query)
    in_query &= c_word.said_at(pairs.text)
    rows = (in_candidate | in_query).nonzero()[0]
    queries, texts = pairs.query[rows], pairs.text[rows]
    q_end, c_end = (numbers[rows].tolist() for numbers in _ends_of_ranges(pairs))
    of_query = map(_numbered, q_number[rows].tolist(), q_end, q_word.at(queries))
    of_text = map(_numbered, c_number[rows].tolist(), c_end, c_word.at(texts))
    kinds = pairs.of_query("unit_kind").at(queries)
    alike[rows] = [
        q == c and not (kind and q.isdecimal()) for q, c, kind in zip(of_query, of_text, kinds, strict=True)
    ]
    return alike


def _ends_of_ranges(pairs: Pairs) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the last number of a range for the query and the candidate of each pair, negative where there is none."""
    return pairs.query_numbers("number_end"), pairs.text_numbers("number_end")


def _numbered(number: int, end: int, unit: str) -> str:
    """Write a number or a range, negative where there is none, and a sub-building as one word.

    >>> _numbered(48, -1, "A"), _numbered(5, 6, ""), _numbered(-1, -1, "5-6")
    ('48A', '5-6', '5-6')
    """
    if number < 0:
        return unit
    return f"{number}{unit}" if end < 0 else f"{number}-{end}{unit}"
