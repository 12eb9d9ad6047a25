"""Whether a number or a part of one side stays open beside the other's, where the rest of them agrees."""

import numpy as np
from numpy.typing import NDArray

from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.crossed_notation import query_designators, text_designators
from address_match.service.matching.features.feature import Feature, Field


def open_part(pairs: Pairs) -> NDArray[np.int64]:
    """Return 1 where one side has a number or a part that the other has not.

    FLAT 1, 4 THE BUILDINGS beside 1 THE BUILDINGS, FLAT 2, 150A beside 150A; not FLAT B, 28 beside what a register writes as 28 B 28.
    """
    asked = pairs.of_query("unit").said_by_row()[pairs.query]
    held = pairs.of_text("unit").said_by_row()[pairs.text]
    numbers = pairs.query_numbers("number"), pairs.text_numbers("number")
    one_of_two = (numbers[0] >= 0) & asked & ~((numbers[1] >= 0) & held)
    rows = ((asked | held) & (numbers[0] == numbers[1])).nonzero()[0]
    q_units = query_designators(pairs).at(pairs.query[rows])
    c_units = text_designators(pairs).at(pairs.text[rows])
    parts = zip(q_units, c_units, numbers[1][rows].tolist(), strict=True)
    one_of_two[rows] |= np.fromiter((_open_words(*part) for part in parts), dtype=bool, count=len(rows))
    return one_of_two.astype(np.int64)


def _open_words(query: str, candidate: str, number: int) -> bool:
    q_words, c_words = (set(written.split("|")[1].split()) for written in (query, candidate))
    return bool(q_words and c_words and (q_words ^ c_words) - {str(number)})


OPEN_PART = Feature(name="open_part", field=Field.NUMBER, compute=open_part, ranked=False)
