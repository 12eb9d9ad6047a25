"""Whether a query says in which town its premises stands, and whether that is the best candidate's.

Streets have namesakes: the `12 HIGH STREET` of a reference is the one that is asked for only where the query names its town,
or where the reference holds no other town's anyway. Whether it does is no matter of probability that training could settle:
the towns that a reference lacks leave no trace in it.
"""

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.lexical.analysis import term_id, terms
from address_match.indexer.retrieval import TermStatistics
from address_match.service.matching.features.columns.levels import is_one_of
from address_match.service.matching.features.place import FOUND_FROM, PlaceNameLevel, TownLevel
from address_match.service.matching.features.postcode import SAME_DISTRICT, PostcodeLevel
from address_match.service.matching.features.table import FeatureTable

COVERED_FROM = 0.5
"""Share of the texts of a reference that name a place from which it is the reference of that place."""


def contradicts_place(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate, by its feature row, whether all that is known of its place contradicts: the query names a town
    that is by no name one of the candidate's places, nor a locality that is, and no postcode. Shape (candidates,).
    """
    elsewhere: NDArray[np.bool_] = (
        (features.town_found == TownLevel.NOT_FOUND)
        & (features.town_name == PlaceNameLevel.OTHER)
        & (features.locality < FOUND_FROM)
        & (features.postcode == PostcodeLevel.QUERY_LACKS)
    )
    return elsewhere


def agrees_in_place(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether anything that the query says of its place agrees, or the query says nothing of it."""
    agrees: NDArray[np.bool_] = (
        is_one_of(features.postcode, SAME_DISTRICT)
        | is_one_of(features.town_found, (TownLevel.FOUND, TownLevel.RESEMBLED))
        | (features.town_name == PlaceNameLevel.ALSO_CALLED)
        | (features.locality >= FOUND_FROM)
        | names_no_place(features)
    )
    return agrees


def names_no_place(features: FeatureTable) -> NDArray[np.bool_]:
    """Return by the feature row of each candidate whether its query names neither town, locality nor postcode."""
    unnamed: NDArray[np.bool_] = (
        (features.town_found == TownLevel.QUERY_LACKS)
        & (features.locality_name == PlaceNameLevel.QUERY_LACKS)
        & (features.postcode == PostcodeLevel.QUERY_LACKS)
    )
    return unnamed


def names_no_known_place(features: FeatureTable) -> NDArray[np.bool_]:
    """Return for each candidate whether its query names no place, or only a locality that is none of the candidate's."""
    localities = (PlaceNameLevel.QUERY_LACKS, PlaceNameLevel.OTHER)
    unknown: NDArray[np.bool_] = (
        (features.town_found == TownLevel.QUERY_LACKS)
        & is_one_of(features.locality_name, localities)
        & (features.postcode == PostcodeLevel.QUERY_LACKS)
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
