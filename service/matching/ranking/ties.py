"""Candidates that the query does not tell apart from the best one count as much as it does.

Where two premises hold all that a query says, and agree with it in every field, they differ in what it leaves unsaid: the one
stands in Gainford, the other in Denton. That a word which nobody asked for is rarer, or makes a text look less alike, speaks
for neither.
"""

import numpy as np
from numpy.typing import NDArray

from address_match.service.matching.features.features import COLUMN
from address_match.service.matching.features.is_one_of import is_one_of
from address_match.service.matching.features.names import NameLevel
from address_match.service.matching.features.premises_part import UNIT_AGREES, NumberLevel

ALL_SAID = 1 - 1e-6
"""Share of a query's words from which a candidate holds all of them."""
_OF_THE_UNSAID = ("cosine", "candidate_share", "candidate_leftover", "crowding")
"""Features in which candidates may differ by words that the query does not say."""
_OF_UNSAID_NAMES = ("building", "building_in_query", "building_anywhere")
"""Those besides where the candidates' names say more than the query's."""
_NUMBER_AGREES = (
    NumberLevel.NEITHER,
    NumberLevel.EQUAL,
    NumberLevel.END_OF_RANGE,
    NumberLevel.INSIDE_RANGE,
    NumberLevel.CROSSED,
)


def ties_with_the_best(
    features: NDArray[np.float32], query: NDArray[np.int64], in_village: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Return for each premises the row of the one whose features count for it: the best of its query, or itself.

    `features`, `query` and `in_village`, whether the candidate's text names a locality, have a row a premises, those of a query
    behind each other and the best first.
    """
    rows = np.arange(len(query))
    settled = (features[:, COLUMN["query_share"]] >= ALL_SAID).nonzero()[0]
    best = np.searchsorted(query, query[settled])
    rivals, best = settled[settled != best], best[settled != best]
    rivals, best = _alike(rivals, best, features[:, COLUMN["candidate_leftover"]] > 0)
    rivals, best = _alike(rivals, best, in_village)
    if len(rivals):
        said = _what_is_said(features[rivals])
        even = (said == _what_is_said(features[best])).all(axis=1)
        even &= is_one_of(said[:, COLUMN["number"]], _NUMBER_AGREES)
        even &= is_one_of(said[:, COLUMN["unit"]], UNIT_AGREES)
        rows[rivals[even]] = best[even]
    return rows


def _alike(
    rivals: NDArray[np.int64], best: NDArray[np.int64], query_feature: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Keep the rivals that are as the best of their query is."""
    kept = query_feature[rivals] == query_feature[best]
    return rivals[kept], best[kept]


def _what_is_said(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return features without what they owe to words that the query does not say."""
    said = features.copy()
    for name in _OF_THE_UNSAID:
        said[:, COLUMN[name]] = 0
    says_more = features[:, COLUMN["names"]] == NameLevel.CANDIDATE_SAYS_MORE
    for name in _OF_UNSAID_NAMES:
        said[says_more, COLUMN[name]] = 0
    return said
