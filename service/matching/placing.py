"""Whether a query says in which town its premises stands, and says so of the best candidate.

Streets have namesakes: the `12 HIGH STREET` of a reference is the one that is asked for only where the query names its town,
or where the reference holds no other town's anyway. Whether it does is no matter of probability that training could settle:
the towns that a reference lacks leave no trace in it.
"""

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import term_id, terms
from indexer.retrieval import TermStatistics
from service.matching.comparison.features import COLUMN
from service.matching.comparison.places import FOUND_FROM, PlaceName, PostcodeRelation, TownRelation
from service.matching.kinds import is_one_of

_NEAR = (
    PostcodeRelation.UNIT,
    PostcodeRelation.ONE_EDIT,
    PostcodeRelation.SECTOR,
    PostcodeRelation.DISTRICT,
    PostcodeRelation.OUTCODE_ONLY,
)
COVERED_FROM = 0.5
"""Share of the texts of a reference that name a place from which it is the reference of that place."""


def stands_elsewhere(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Say of each candidate, by its feature row, whether all that is known of its place contradicts: the query names a town
    that is by no name one of the candidate's places, nor a locality that is, and no postcode. Shape (candidates,).
    """
    elsewhere: NDArray[np.bool_] = (
        (features[:, COLUMN["town_found"]] == TownRelation.NOT_FOUND)
        & (features[:, COLUMN["town_name"]] == PlaceName.OTHER)
        & (features[:, COLUMN["locality"]] < FOUND_FROM)
        & (features[:, COLUMN["postcode"]] == PostcodeRelation.QUERY_LACKS)
    )
    return elsewhere


def agrees_in_place(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Say of each candidate whether anything that the query says of its place agrees, or the query says nothing of it."""
    agrees: NDArray[np.bool_] = (
        is_one_of(features[:, COLUMN["postcode"]], _NEAR)
        | is_one_of(features[:, COLUMN["town_found"]], (TownRelation.FOUND, TownRelation.RESEMBLED))
        | (features[:, COLUMN["town_name"]] == PlaceName.ALSO_CALLED)
        | (features[:, COLUMN["locality"]] >= FOUND_FROM)
        | names_no_place(features)
    )
    return agrees


def names_no_place(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Say by the feature row of each candidate whether its query names neither town, locality nor postcode."""
    unnamed: NDArray[np.bool_] = (
        (features[:, COLUMN["town_found"]] == TownRelation.QUERY_LACKS)
        & (features[:, COLUMN["locality_name"]] == PlaceName.QUERY_LACKS)
        & (features[:, COLUMN["postcode"]] == PostcodeRelation.QUERY_LACKS)
    )
    return unnamed


def names_no_known_place(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Say of each candidate whether its query names no place, or but a locality that is none of the candidate's."""
    localities = (PlaceName.QUERY_LACKS, PlaceName.OTHER)
    unknown: NDArray[np.bool_] = (
        (features[:, COLUMN["town_found"]] == TownRelation.QUERY_LACKS)
        & is_one_of(features[:, COLUMN["locality_name"]], localities)
        & (features[:, COLUMN["postcode"]] == PostcodeRelation.QUERY_LACKS)
    )
    return unknown


def covers_one_place(place: str, statistics: TermStatistics) -> bool:
    """Say whether a reference is the reference of a candidate's town: most of its texts name it.

    A candidate that names no town itself has none that could be another.
    """
    words = terms(place)
    if not words:
        return True
    counts = statistics.frequencies(np.array([term_id(word) for word in words], dtype=np.int64))
    return bool(counts.min() >= COVERED_FROM * statistics.texts)
