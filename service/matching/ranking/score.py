"""Each pair is scored under the parse of its query that fits the candidate best."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.retrieval import Candidates, ReferenceStatistics
from address_match.models.ranker.additive_ranker import AdditiveRanker
from address_match.parser.ragged import places_in_rows
from address_match.service.matching.features.columns.levels import is_one_of
from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.postcode import PostcodeLevel
from address_match.service.matching.features.street_identity import NEAR_NAMESAKE
from address_match.service.matching.features.table import FeatureTable, compare
from address_match.service.matching.query.alternatives import MOST_ALTERNATIVE_PARSES
from address_match.service.matching.query.query_columns import AlternativeParses, QueryColumns

NAMESAKE_LOG_ODDS = -6.0
"""What is added for a candidate on a namesake of the asked street, where that is held: enough to leave it no share worth naming beside
a candidate on the asked one, and still to show it."""


@dataclass(frozen=True, slots=True)
class ScoredPairs:
    """Pairs under the parse that fits best."""

    features: FeatureTable
    """A row a pair."""
    log_odds: NDArray[np.float64]
    """Shape (pairs,): of the ranker, and of namesakes."""
    alternative: NDArray[np.int64]
    """Shape (pairs,): row in `QueryColumns.alternatives`, -1 for the likeliest parse."""
    pairs: Pairs
    """What was compared, the queries under their likeliest parse."""


def score_pairs(
    columns: QueryColumns, candidates: Candidates, statistics: ReferenceStatistics, ranker: AdditiveRanker
) -> ScoredPairs:
    """Score every pair under every parse of its query, and keep the best; of equal ones the likelier parse."""
    pairs = Pairs(columns, candidates, statistics)
    features = compare(pairs)
    log_odds = ranker.log_odds(features.ranked)
    alternative = np.full(len(log_odds), -1, dtype=np.int64)
    alternatives = columns.alternatives
    if not len(alternatives.query):
        return ScoredPairs(features, log_odds + of_namesakes(features), alternative, pairs)
    parse, pair = _pairs_again(alternatives, candidates.query, len(columns.terms))
    again = compare(Pairs(columns.under_alternatives(), _again(candidates, parse, pair), statistics))
    scores = ranker.log_odds(again.ranked)
    ranks = alternatives.ranks()[parse]
    for rank in range(MOST_ALTERNATIVE_PARSES):
        part = np.flatnonzero(ranks == rank)
        better = part[scores[part] > log_odds[pair[part]]]
        features.matrix[pair[better]] = again.matrix[better]
        log_odds[pair[better]] = scores[better]
        alternative[pair[better]] = parse[better]
    return ScoredPairs(features, log_odds + of_namesakes(features), alternative, pairs)


def of_namesakes(features: FeatureTable) -> NDArray[np.float64]:
    """Return what is added to the log-odds of each pair, shape (pairs,): the street of a like name is not the asked one.

    Where the full postcode agrees, a clerk decides which of the two is wrong.
    """
    namesake = (features.street_held > 0) & is_one_of(features.street_identity, NEAR_NAMESAKE)
    return NAMESAKE_LOG_ODDS * (namesake & (features.postcode != PostcodeLevel.UNIT))


def _pairs_again(
    alternatives: AlternativeParses, query: NDArray[np.int32], queries: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each alternative parse with each pair of its query: row of the parse, and of the pair; `query` is that of every pair."""
    bounds = np.searchsorted(query, np.arange(queries + 1))
    pair, chosen = places_in_rows(bounds, alternatives.query)
    return np.repeat(np.arange(len(alternatives.query)), np.diff(chosen)), pair


def _again(candidates: Candidates, query: NDArray[np.int64], pair: NDArray[np.int64]) -> Candidates:
    """Return some pairs once more, for other rows of queries, with the texts that they need."""
    needed, text = np.unique(candidates.text[pair], return_inverse=True)
    return Candidates(
        query=query.astype(np.int32),
        text=text.astype(np.int32),
        channels=candidates.channels[pair],
        texts=candidates.texts.take(needed),
        vectors=candidates.vectors[needed],
    )
