"""The ranking stage: candidate texts are compared and scored, and the best text of each premises stands for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.retrieval import Candidates, ReferenceStatistics
from address_match.indexer.texts.distinct_numbers import are_among
from address_match.models.calibration import ListwiseCalibration
from address_match.models.ranker import AdditiveRanker
from address_match.service.matching.answer import Reason
from address_match.service.matching.features.columns.levels import is_level
from address_match.service.matching.features.streets.compare_streets import StreetIdentity
from address_match.service.matching.features.table import FeatureTable
from address_match.service.matching.query.query_columns import QueryColumns
from address_match.service.matching.ranking.query_features import (
    QUERY_FEATURES,
    RankedQueries,
    query_features_of,
)
from address_match.service.matching.ranking.score import ScoredPairs, score_pairs
from address_match.service.matching.ranking.ties import ties_with_the_best


@dataclass(frozen=True, slots=True)
class RankedBatch:
    """Premises proposed for the queries of a batch, one row a (query, UPRN), ordered by query and then best first."""

    query: NDArray[np.int64]
    """Shape (premises,)."""
    pair: NDArray[np.int64]
    """Shape (premises,): the pair whose text stands for the premises."""
    log_odds: NDArray[np.float64]
    """Shape (premises,): of the ranker, a pair by itself."""
    features: FeatureTable
    """Of that pair, a row per premises."""
    query_features: NDArray[np.float64]
    """Shape (queries, query features)."""
    abstain: Mapping[int, Reason]
    """For each query that has any premises, why a rule leaves the best one to a clerk; `Reason.NONE` where none does."""
    candidates: Candidates
    alternative: NDArray[np.int64]
    """Shape (premises,): which of the query's alternative parses fits: row in `QueryColumns.alternatives`, -1 for the
    likeliest.
    """

    is_outdone: NDArray[np.bool_]
    """Shape (premises,): whether the log-odds hold what is added for those that another candidate outdoes."""

    def text_rows(self) -> NDArray[np.int64]:
        """Return for each premises the row of its text in `candidates.texts`."""
        rows: NDArray[np.int64] = self.candidates.text[self.pair].astype(np.int64)
        return rows

    def of_texts(self, rows: NDArray[np.int64], *columns: str) -> list[list[str]]:
        """Return some columns of the texts that stand for rows of the batch."""
        texts = self.text_rows()[rows]
        return [self.candidates.texts.strings(name).at(texts) for name in columns]


@dataclass(frozen=True, slots=True)
class CalibratedBatch:
    """A ranked batch and its probabilities; those of a query's premises and of absence sum to one."""

    ranked: RankedBatch
    probability: NDArray[np.float64]
    """Shape (premises,)."""
    absent: NDArray[np.float64]
    """Shape (queries,)."""

    def starts(self) -> NDArray[np.int64]:
        """Return where the premises of each query begin, shape (queries + 1,)."""
        return np.searchsorted(self.ranked.query, np.arange(len(self.absent) + 1))


def rank(
    columns: QueryColumns, candidates: Candidates, statistics: ReferenceStatistics, ranker: AdditiveRanker
) -> RankedBatch:
    """Score every pair and keep the best text of each premises."""
    return best_text_of_each(score_pairs(columns, candidates, statistics, ranker))


def best_text_of_each(found: ScoredPairs) -> RankedBatch:
    """Keep the pair with the highest log-odds for each query and UPRN; ties go to the lower row.

    Premises that the query does not tell apart from its best have the features and the log-odds of that one. A premises
    stands on the asked street if any of its texts says so, in whichever language the best one is.
    """
    pairs, features, log_odds = found.pairs, found.features, found.log_odds
    uprn = pairs.of_text("uprn")
    order = np.lexsort((pairs.candidates.texts.rows[pairs.text], -log_odds, pairs.query))
    premises = pairs.query * max(1, len(uprn.values)) + uprn.codes[pairs.text]
    _, first = np.unique(premises[order], return_index=True)
    best = order[np.sort(first)]
    query = pairs.query[best]
    in_village = pairs.of_text("locality").said_at(pairs.text[best])
    counting = best[ties_with_the_best(features.take(best), query, in_village)]
    on_asked_street = is_level(features.street_identity, StreetIdentity.SAME)
    named_so = are_among(premises[best], premises[on_asked_street], int(premises.max(initial=0)) + 1)
    log_odds, features = log_odds[counting], features.take(counting).on_asked_street(named_so)
    queries = RankedQueries(pairs, query, counting, log_odds, features)
    return RankedBatch(
        query=query,
        pair=best,
        log_odds=log_odds,
        features=features,
        query_features=query_features_of(queries),
        abstain=dict(zip(queries.answered.tolist(), queries.abstain, strict=True)),
        candidates=pairs.candidates,
        alternative=found.alternative[counting],
        is_outdone=found.is_outdone[counting],
    )


def calibrate(ranked: RankedBatch, calibration: ListwiseCalibration) -> CalibratedBatch:
    """Turn log-odds into one distribution per query."""
    query_features = query_features_for(calibration, ranked)
    probability, absent = calibration.distribution(ranked.log_odds, ranked.query, query_features)
    return CalibratedBatch(ranked, probability, absent)


def query_features_for(calibration: ListwiseCalibration, ranked: RankedBatch) -> NDArray[np.float64]:
    """Return the query features that a calibration learned from, in its order, shape (queries, query features)."""
    return ranked.query_features[:, _places_of(tuple(calibration.query_features))]


@lru_cache(maxsize=8)
def _places_of(names: tuple[str, ...]) -> list[int]:
    """Return the places of some query features among `QUERY_FEATURES`."""
    return [QUERY_FEATURES.index(name) for name in names]
