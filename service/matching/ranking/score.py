"""Each pair is scored under the parse of its query that fits the candidate best."""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.retrieval import Candidates, ReferenceStatistics
from address_match.models.ranker import AdditiveRanker
from address_match.ragged import places_in_rows, row_of_each
from address_match.service.matching.features.columns.levels import is_level, is_one_of
from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.streets.compare_streets import StreetIdentity
from address_match.service.matching.features.table import FeatureTable, compare
from address_match.service.matching.query.alternatives import MOST_ALTERNATIVE_PARSES
from address_match.service.matching.query.query_columns import AlternativeParses, QueryColumns
from address_match.service.matching.ranking.outdone import OUTDONE_LOG_ODDS, outdone


@dataclass(frozen=True, slots=True)
class ScoredPairs:
    """Pairs under the parse that fits best."""

    features: FeatureTable
    """A row per pair."""
    log_odds: NDArray[np.float64]
    """Shape (pairs,): of the ranker, and of what is outdone."""
    alternative: NDArray[np.int64]
    """Shape (pairs,): row in `QueryColumns.alternatives`, -1 for the likeliest parse."""
    pairs: Pairs
    """What was compared, the queries under their likeliest parse."""
    is_outdone: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, dtype=bool))
    """Shape (pairs,): whether `OUTDONE_LOG_ODDS` is in the log-odds."""


def score_pairs(
    columns: QueryColumns, candidates: Candidates, statistics: ReferenceStatistics, ranker: AdditiveRanker
) -> ScoredPairs:
    """Score every pair under every parse of its query, and keep the best; of equal ones the likelier parse."""
    pairs = Pairs(columns, candidates, statistics)
    alternative = np.full(len(pairs), -1, dtype=np.int64)
    alternatives = columns.alternatives
    if not len(alternatives.query):
        features = compare(pairs)
        return _beyond_ranker(ScoredPairs(features, ranker.log_odds(features.ranked), alternative, pairs))
    queries = len(columns.terms)
    parse, pair = _pairs_again(alternatives, candidates.query, queries)
    # All at once, since to compare twenty pairs costs hardly less than to compare forty.
    under_each = _with_pairs_again(candidates, queries + parse, pair)
    compared = compare(Pairs(columns.with_alternatives(), under_each, statistics))
    odds = ranker.log_odds(compared.ranked)
    features, again = compared.parted(len(pairs))
    log_odds, scores = odds[: len(pairs)], odds[len(pairs) :]
    ranks = alternatives.ranks()[parse]
    scores[_gives_up_the_street(features.take(pair), again)] = -np.inf
    for rank in range(MOST_ALTERNATIVE_PARSES):
        part = np.flatnonzero(ranks == rank)
        better = part[scores[part] > log_odds[pair[part]]]
        features.matrix[pair[better]] = again.matrix[better]
        log_odds[pair[better]] = scores[better]
        alternative[pair[better]] = parse[better]
    return _beyond_ranker(ScoredPairs(features, log_odds, alternative, pairs))


def _gives_up_the_street(features: FeatureTable, again: FeatureTable) -> NDArray[np.bool_]:
    """Return for each pair whether it stands on the street that the likeliest parse asks for, and the alternative one
    asks for none.

    THORNLEY RISE may be a house, and is none on the Thornley Rise of the reference.
    """
    gives_up: NDArray[np.bool_] = is_one_of(
        features.street_identity, (StreetIdentity.SAME, StreetIdentity.RESPELLED)
    ) & is_level(again.street_identity, StreetIdentity.UNSAID)
    return gives_up


def _beyond_ranker(scored: ScoredPairs) -> ScoredPairs:
    """Add to the log-odds of the ranker what it cannot see in one pair by itself."""
    is_outdone = outdone(scored.features, scored.pairs.query)
    return replace(scored, log_odds=scored.log_odds + OUTDONE_LOG_ODDS * is_outdone, is_outdone=is_outdone)


def _pairs_again(
    alternatives: AlternativeParses, query: NDArray[np.int32], queries: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each alternative parse with each pair of its query: row of the parse, and of the pair; `query` is that of
    every pair.
    """
    bounds = np.searchsorted(query, np.arange(queries + 1))
    pair, chosen = places_in_rows(bounds, alternatives.query)
    return row_of_each(chosen), pair


def _with_pairs_again(
    candidates: Candidates, query: NDArray[np.int64], pair: NDArray[np.int64]
) -> Candidates:
    """Return all pairs, and some of them once more behind these, for other rows of queries."""
    return Candidates(
        query=np.append(candidates.query, query.astype(np.int32)),
        text=np.append(candidates.text, candidates.text[pair]),
        channels=np.append(candidates.channels, candidates.channels[pair]),
        texts=candidates.texts,
        vectors=candidates.vectors,
    )
