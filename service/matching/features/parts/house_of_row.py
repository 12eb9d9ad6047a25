"""Whether one side names a flat in a numbered house of a row, and the other a house of that row: FLAT 1, 4 ELM
BUILDINGS beside 1 ELM BUILDINGS.

The number before the name of a building may be a flat's of it or a house's of a row. Where the other side has a flat's
word besides, both numbers are compared as if they were the flat's, and the house's is left over.
"""

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.texts.coded_strings import Coded
from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.feature import Feature, Field

_UNIT, _KIND, _BUILDING = "unit", "unit_kind", "building"


def house_of_row(pairs: Pairs) -> NDArray[np.int64]:
    """Return 1 where one side has a flat by its word and a number directly before its building's name, the other a
    number alone there.
    """
    numbers = pairs.query_numbers("number"), pairs.text_numbers("number")
    q_kind, c_kind = pairs.of_query(_KIND).said_at(pairs.query), pairs.of_text(_KIND).said_at(pairs.text)
    both = pairs.of_query(_UNIT).said_at(pairs.query) & pairs.of_text(_UNIT).said_at(pairs.text)
    if not both.any():
        return np.zeros(len(pairs), dtype=np.int64)
    in_query = both & q_kind & ~c_kind & (numbers[0] >= 0) & (numbers[1] < 0)
    in_text = both & c_kind & ~q_kind & (numbers[1] >= 0) & (numbers[0] < 0)
    found = np.zeros(len(pairs), dtype=bool)
    for chosen, number, building, whole, rows in (
        (in_query, numbers[0], pairs.of_query(_BUILDING), pairs.whole_query(), pairs.query),
        (in_text, numbers[1], pairs.of_text(_BUILDING), pairs.whole_text(), pairs.text),
    ):
        places = chosen.nonzero()[0]
        found[places] = _stands_before(number[places], building, whole, rows[places])
    return found.astype(np.int64)


def _stands_before(
    numbers: NDArray[np.int64], buildings: Coded, whole: Coded, rows: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return for some rows whether the number stands directly before the name of the building in the text."""
    said = zip(numbers.tolist(), buildings.at(rows), whole.at(rows), strict=True)
    before = (
        bool(building) and f" {number} {building} " in f" {text.replace(',', ' ')} "
        for number, building, text in said
    )
    return np.fromiter(before, dtype=bool, count=len(rows))


HOUSE_OF_ROW = Feature(name="house_of_row", field=Field.NUMBER, compute=house_of_row, ranked=False)
