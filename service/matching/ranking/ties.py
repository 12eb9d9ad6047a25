"""Candidates that the query does not tell apart from the best one count as much as it does.

Where two premises hold all that a query says, and agree with it in every field, they differ in what it leaves unsaid:
the one stands in Gainford, the other in Denton. That a word which nobody asked for is rarer, or makes a text look less
alike, speaks for neither.
"""

import numpy as np
from numpy.typing import NDArray

from address_match.service.matching.features.columns.levels import is_level, is_one_of
from address_match.service.matching.features.names.compare_names import NameLevel
from address_match.service.matching.features.parts.number import ANSWERS_ALL_ASKED
from address_match.service.matching.features.parts.unit import SAME_UNIT
from address_match.service.matching.features.table import FeatureTable, places_of
from address_match.service.matching.features.words.word_overlap import ALL_SAID

_OF_UNSAID_WORDS = places_of(
    FeatureTable.cosine,
    FeatureTable.candidate_share,
    FeatureTable.candidate_leftover,
    FeatureTable.street_size,
)
"""Features in which candidates may differ by words that the query does not say."""
_OF_UNSAID_NAMES = places_of(
    FeatureTable.building, FeatureTable.building_in_query, FeatureTable.building_anywhere
)
"""Those besides where the candidates' names say more than the query's."""


def ties_with_the_best(
    features: FeatureTable, query: NDArray[np.int64], in_village: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Return for each premises the row of the one whose features count for it: the best of its query, or itself.

    `features`, `query` and `in_village`, whether the candidate's text names a locality, have a row per premises, those of
    a query behind each other and the best first.
    """
    rows = np.arange(len(query))
    holding_all = (features.query_share >= ALL_SAID).nonzero()[0]
    best = np.searchsorted(query, query[holding_all])
    others, best = holding_all[holding_all != best], best[holding_all != best]
    others, best = _alike(others, best, features.candidate_leftover > 0)
    others, best = _alike(others, best, in_village)
    if len(others):
        compared = features.take(others)
        even = (what_is_said(compared) == what_is_said(features.take(best))).all(axis=1)
        even &= is_one_of(compared.number, ANSWERS_ALL_ASKED)
        even &= is_one_of(compared.unit, SAME_UNIT)
        rows[others[even]] = best[even]
    return rows


def _alike(
    others: NDArray[np.int64], best: NDArray[np.int64], fact: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Keep those of which a fact holds as it does of the best of their query."""
    kept = fact[others] == fact[best]
    return others[kept], best[kept]


def what_is_said(features: FeatureTable) -> NDArray[np.float32]:
    """Return features without what they owe to words that the query does not say, shape (rows, features)."""
    said = features.ranked.copy()
    said[:, _OF_UNSAID_WORDS] = 0
    says_more = is_level(features.names, NameLevel.CANDIDATE_SAYS_MORE).nonzero()[0]
    said[says_more[:, None], _OF_UNSAID_NAMES] = 0
    return said
