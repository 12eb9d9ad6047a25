"""Each pair is scored under the parse of its query that fits the candidate best."""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.retrieval import Candidates, ReferenceStatistics
from address_match.models.ranker import AdditiveRanker
from address_match.parser.ragged import places_in_rows
from address_match.service.matching.features.columns.levels import is_one_of
from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.number import SHARES_A_NUMBER
from address_match.service.matching.features.postcode import PostcodeLevel
from address_match.service.matching.features.street_identity import NEAR_NAMESAKE, StreetIdentity
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
    is_namesake: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, dtype=bool))
    """Shape (pairs,): whether `NAMESAKE_LOG_ODDS` is in the log-odds."""


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
        return _beyond_ranker(ScoredPairs(features, log_odds, alternative, pairs))
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
    return _beyond_ranker(ScoredPairs(features, log_odds, alternative, pairs))


def _beyond_ranker(scored: ScoredPairs) -> ScoredPairs:
    """Add to the log-odds of the ranker what it cannot see in one pair by itself."""
    outdone = outdone_namesakes(scored.features, scored.pairs.query)
    return replace(scored, log_odds=scored.log_odds + NAMESAKE_LOG_ODDS * outdone, is_namesake=outdone)


def outdone_namesakes(features: FeatureTable, query: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which pairs, `query` being the row of the query of each, `NAMESAKE_LOG_ODDS` is added for.

    Where a candidate stands on the asked street with the asked number, one on a street of a like name is not the premises asked
    for. Where none does, or the full postcode agrees with the namesake, a clerk decides what is wrong.
    """
    answered = (features.street_identity == StreetIdentity.SAME) & is_one_of(features.number, SHARES_A_NUMBER)
    namesake: NDArray[np.bool_] = (features.street_held > 0) & is_one_of(
        features.street_identity, NEAR_NAMESAKE
    )
    namesake &= features.postcode != PostcodeLevel.UNIT
    if namesake.any():
        namesake &= (np.bincount(query[answered], minlength=int(query.max(initial=0)) + 1) > 0)[query]
    return namesake


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
