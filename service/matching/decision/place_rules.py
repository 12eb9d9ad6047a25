"""Return whether a query says in which town its premises stands, and says so of the best candidate.

Streets have namesakes: the `12 HIGH STREET` of a reference is the one that is asked for only where the query names its town,
or where the reference holds no other town's anyway. Whether it does is no matter of probability that training could settle:
the towns that a reference lacks leave no trace in it.
"""

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.lexical.analysis import term_id, terms
from address_match.indexer.retrieval import TermStatistics
from address_match.service.matching.features.features import COLUMN
from address_match.service.matching.features.is_one_of import is_one_of
from address_match.service.matching.features.place import FOUND_FROM, PlaceNameLevel, PostcodeLevel, TownLevel

_NEAR = (
    PostcodeLevel.UNIT,
    PostcodeLevel.ONE_EDIT,
    PostcodeLevel.SECTOR,
    PostcodeLevel.DISTRICT,
    PostcodeLevel.OUTCODE_ONLY,
)
COVERED_FROM = 0.5
"""Share of the texts of a reference that name a place from which it is the reference of that place."""


def contradicts_place(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return for each candidate, by its feature row, whether all that is known of its place contradicts: the query names a town
    that is by no name one of the candidate's places, nor a locality that is, and no postcode. Shape (candidates,).
    """
    elsewhere: NDArray[np.bool_] = (
        (features[:, COLUMN["town_found"]] == TownLevel.NOT_FOUND)
        & (features[:, COLUMN["town_name"]] == PlaceNameLevel.OTHER)
        & (features[:, COLUMN["locality"]] < FOUND_FROM)
        & (features[:, COLUMN["postcode"]] == PostcodeLevel.QUERY_LACKS)
    )
    return elsewhere


def agrees_in_place(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return for each candidate whether anything that the query says of its place agrees, or the query says nothing of it."""
    agrees: NDArray[np.bool_] = (
        is_one_of(features[:, COLUMN["postcode"]], _NEAR)
        | is_one_of(features[:, COLUMN["town_found"]], (TownLevel.FOUND, TownLevel.RESEMBLED))
        | (features[:, COLUMN["town_name"]] == PlaceNameLevel.ALSO_CALLED)
        | (features[:, COLUMN["locality"]] >= FOUND_FROM)
        | names_no_place(features)
    )
    return agrees


def names_no_place(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return by the feature row of each candidate whether its query names neither town, locality nor postcode."""
    unnamed: NDArray[np.bool_] = (
        (features[:, COLUMN["town_found"]] == TownLevel.QUERY_LACKS)
        & (features[:, COLUMN["locality_name"]] == PlaceNameLevel.QUERY_LACKS)
        & (features[:, COLUMN["postcode"]] == PostcodeLevel.QUERY_LACKS)
    )
    return unnamed


def names_no_known_place(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return for each candidate whether its query names no place, or but a locality that is none of the candidate's."""
    localities = (PlaceNameLevel.QUERY_LACKS, PlaceNameLevel.OTHER)
    unknown: NDArray[np.bool_] = (
        (features[:, COLUMN["town_found"]] == TownLevel.QUERY_LACKS)
        & is_one_of(features[:, COLUMN["locality_name"]], localities)
        & (features[:, COLUMN["postcode"]] == PostcodeLevel.QUERY_LACKS)
    )
    return unknown


def covers_one_place(place: str, statistics: TermStatistics) -> bool:
    """Return whether a reference is the reference of a candidate's town: most of its texts name it.

    A candidate that names no town itself has none that could be another.
    """
    words = terms(place)
    if not words:
        return True
    counts = statistics.frequencies(np.array([term_id(word) for word in words], dtype=np.int64))
    return bool(counts.min() >= COVERED_FROM * statistics.texts)
