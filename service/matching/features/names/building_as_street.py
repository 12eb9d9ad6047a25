"""Where a text names as its street what the query names as its building: `96 ALDER COURT` beside `96 ALDER COURT, MILL
HILL`.

A block without its street is read as a street, since its text does not tell. Such a text says nothing of the street
that the query names besides, so that it contradicts none.
"""

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.texts.coded_strings import Coded
from address_match.service.matching.features.columns.pairs import Pairs, once_per_batch
from address_match.service.matching.features.names.name_likeness import bare_name


@once_per_batch
def rows_of_buildings_as_streets(pairs: Pairs) -> NDArray[np.int64]:
    """Return the pairs whose text names no building, and as its street the building that the query names beside another
    street.
    """
    building, asked, held = pairs.of_query("building"), pairs.of_query("street"), pairs.of_text("street")
    both_asked = building.said_by_row() & asked.said_by_row()
    street_alone = held.said_by_row() & ~pairs.of_text("building").said_by_row()
    rows = (both_asked[pairs.query] & street_alone[pairs.text]).nonzero()[0]
    if not len(rows):
        return rows
    names = Coded.stacked((building, asked, held)).map(bare_name).merged().codes
    buildings, streets, texts = np.split(names, np.cumsum([len(building.codes), len(asked.codes)]))
    query, of_text = pairs.query[rows], texts[pairs.text[rows]]
    named: NDArray[np.int64] = rows[(buildings[query] == of_text) & (streets[query] != of_text)]
    return named
