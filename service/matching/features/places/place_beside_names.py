"""Whether a query says the candidate's place where its parse saw a street or a part of a name: ROSE COTTAGE, ELMBRIDGE, or
ELMBRIDGE POST OFFICE.

A fact for rules; rankers do not see it.
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.texts.coded_strings import JOINT, Coded
from address_match.service.matching.features.columns.levels import is_one_of
from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.feature import Feature, Field
from address_match.service.matching.features.names.building import name_level
from address_match.service.matching.features.names.compare_names import NameLevel
from address_match.service.matching.features.names.qualifiers import QUALIFIERS
from address_match.service.matching.features.places.unplaced import of_the_unplaced

_NAMED_ALIKE = (NameLevel.EQUAL, NameLevel.KIND_UNSAID, NameLevel.QUERY_SAYS_MORE)
"""How the names of the candidates stand to the query's for which it is asked."""


def place_beside_names(pairs: Pairs) -> NDArray[np.int64]:
    """Return 1 where the query, which names no locality, says the candidate's locality or town besides its names."""
    found = np.zeros(len(pairs), dtype=np.int64)
    unplaced = ~pairs.of_query("locality").said_by_row()[pairs.query]
    rows = (unplaced & is_one_of(name_level(pairs), _NAMED_ALIKE)).nonzero()[0]
    if len(rows):
        asked, held = _names(pairs.of_query).at(pairs.query[rows]), _names(pairs.of_text).at(pairs.text[rows])
        places = pairs.of_text("locality").joined(pairs.of_text("town")).at(pairs.text[rows])
        found[rows] = list(map(says_place_besides, asked, held, places))
    return found


def _names(column: Callable[[str], Coded]) -> Coded:
    return column("street").joined(column("organisation"), column("building"))


@lru_cache(maxsize=1 << 14)
def says_place_besides(asked: str, held: str, places: str) -> bool:
    """Return whether all that one of some names says besides the words of others is a place; names and places are
    joined.

    >>> says_place_besides("ELMBRIDGE POST OFFICE", "POST OFFICE", "ELMBRIDGE")
    True
    >>> says_place_besides("ELMBRIDGE HALL", "ELMBRIDGE HALL", "ELMBRIDGE"), says_place_besides("LITTLE HALL", "HALL", "LITTLE BARTON")
    (False, False)
    """
    known = set(held.replace(JOINT, " ").split())
    place = f" {places.replace(JOINT, ' ')} "
    besides = ([word for word in name.split() if word not in known] for name in asked.split(JOINT))
    return any(
        words and not QUALIFIERS.issuperset(words) and f" {' '.join(words)} " in place for words in besides
    )


PLACE_BESIDE_NAMES = Feature(
    name="place_beside_names",
    field=Field.LOCALITY,
    compute=of_the_unplaced(place_beside_names),
    ranked=False,
)
