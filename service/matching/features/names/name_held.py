"""Whether a part of the named building is held on a candidate's street: beside 4 TANNERY YARD, 3 LOOM YARD is no 3
TANNERY YARD.
"""

import numpy as np
from numpy.typing import NDArray

from address_match.service.matching.features.columns.levels import is_one_of
from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.feature import Feature, Field
from address_match.service.matching.features.names.building import name_level
from address_match.service.matching.features.names.compare_names import OTHER_NAME, NameLevel

_LACKS_A_WORD = (NameLevel.QUERY_SAYS_MORE, *OTHER_NAME)
"""The candidate has a name, which lacks a word of the query's."""


def name_held(pairs: Pairs) -> NDArray[np.int64]:
    """Return 1 where the candidate's name lacks a word of the asked one, and another candidate on its street and in its
    place lacks none.
    """
    held = np.zeros(len(pairs), dtype=np.int64)
    level = name_level(pairs)
    otherwise = is_one_of(level, _LACKS_A_WORD).nonzero()[0]
    alike = (level == int(NameLevel.EQUAL)).nonzero()[0]
    if not len(otherwise) or not len(alike):
        return held
    streets = pairs.of_text("street").joined(pairs.of_text("locality"), pairs.of_text("town"))
    places = pairs.query * len(streets.values) + streets.codes[pairs.text]
    held[otherwise] = np.isin(places[otherwise], places[alike])
    return held


NAME_HELD = Feature(name="name_held", field=Field.BUILDING, compute=name_held, ranked=False)
